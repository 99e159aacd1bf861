"""Which firm a passage speaks about, clause by clause, and by what sign.

The firm that acts is the subject: a name, a product, somebody who speaks for it, 我行 of whoever speaks, 公司 after a
name, or the subject of the sentence before. A firm that stands in another role (a partner after 与 or 依托, a parent, a
list of examples) is passed over. Clauses whose subject is the industry, an authority or a directive belong to nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mapper.firms.mentions import Mention, find_mentions
from mapper.firms.registry import Registry
from mapper.model import DocumentText, Passage, Sign

_CLAUSE = re.compile(r"[，,；;：:。！？!?\n]|(?<=[\u4e00-\u9fff”])\s{2,}")
_PARTNER_WORDS = (
    r"(?:与|和|同|跟|向|对|给|从|据|被|依托|借助|联合|携手|引入|引进|接入|对接|较|比|来自|根据|按照|参考|为|基于|替|获得|入驻|登陆|加入|隶属|在|以及|及|委托|受|经|控股|参股|投资|持有|收购|协助|支持|服务|牵手|联手|通过|认购|竞争对手|脱胎于|出自|成为|作为|至|到|入|邀请|推荐|批准|旗下的?合作)(?:了|着)?"
)
_PARTNER = re.compile(rf"{_PARTNER_WORDS}[“\"'《「（(]?$")
_PARTNER_LIST = re.compile(
    rf"(?:与|和|同|跟|依托|借助|联合|携手|引入|引进|接入|对接|通过|涵盖|覆盖)(?:了|着)?[“\"'《「（(]?[\u4e00-\u9fffA-Za-z]{{2,12}}[”\"'》」）)]?、(?:[^，,。；;、]{{2,14}}、)*[“\"'《「（(]?$"
)
"""A name further down a list whose head is a partner: 通过百行征信、朴道征信."""
_PARENT = re.compile(r"^(?:的)?(?:全资|控股|参股|旗下|理财|消费金融|金融|科技|集团)*(?:子公司|附属公司|孙公司|旗下)[^，,。；;]{0,3}$")
_FOUNDED = re.compile(r"^[^，,。；;]{0,20}?(?:改制|出资|控股|组建|设立|发起|持股|批准|核准|批复|托管|收购|承担|担保)")
"""由 … 出资: whoever founds, owns or approves; after any other 由 the name acts (由…牵头)."""
_EMPLOYER = re.compile(
    r"^[^，,。；;、“”]{0,12}?(?:研究员|分析师|首席经济学家|首席宏观|宏观经济|研究院|研究所|研究部|策略师|研报|研究报告|研究团队|博士后)"
)
"""A name followed by these is somebody's employer, not the actor."""
_TITLED = re.compile(
    r"^[^，,。；;“”]{0,14}?(?:董事长|总裁|行长|总经理|副总|负责人|首席[^，,。]{0,4}官|书记|主任|CEO|创始人|董秘|董事会秘书|总监|经理|理事长|发言人|工作人员|人士)(?P<person>[\u4e00-\u9fff]{2,4}?)?(?:近日|日前|在[^，,。]{2,20})?(?:表示|指出|介绍|说|称|认为|坦言|透露|告诉|强调|谈到|提到|：|:)"
)
_OUTSIDER = re.compile(
    r"(?:一家|一位|一名|某|多位|多名|有|业内|该|局|委|办|厅|部|政府|协会|大学|学院|研究院|有限公司|有限责任公司|合作社|村|企业|中心|银行|大行|城商行|股份行)[^，,。；;“”]{0,12}?(?:负责人|人士|经理|局长|司长|主任|教授|研究员|老板|先生|女士|理事长|村民|农户|书记|专家|分析师|行长|厂长|老乡|店主|客户)[^，,。；;“”]{0,10}?(?:表示|说|介绍|称|指出|坦言|告诉|认为|透露|补充|感慨|回忆)"
)
"""Somebody speaks who belongs to no firm of the registry; what he calls 我们 is nobody's."""
_UNKNOWN_SPEAKER = re.compile(r"^[“\"]?(?P<person>[\u4e00-\u9fff]{2,3})(?:表示|补充|认为|指出|称|坦言|分析|补充道|说|强调|介绍)[，,：:道]")
_OTHER_SUBJECT = re.compile(
    r"^(?:目前|据了解|据悉|日前|近日|今年以来|当前|随后|对此|此前|其中|事实上|[^，,。]{0,8}?[，,])?[\u4e00-\u9fffA-Za-z（）()]{2,24}?(?:局|委|委员会|政府|基地|协会|法院|大学|学院|研究院|部门|人士|专家|负责人|有限公司|开发区|园区|监管|合作社|媒体|市|省|县|镇|阿里巴巴|股价|国际)(?:已|将|表示|介绍|指出|认为|提出|要求|称|在|持续|积极|正|不断|也|还|共|联合|开启|出台|涨|跌|对|宣布|发布|于|重|工作|推动|牵头|组织|实现|所有)"
)
"""A clause with a subject of its own that is no firm: nothing is carried over into it."""
_INDUSTRY = re.compile(
    r"行业(?!领先|首|内首)|消费金融公司(?!APP)|各?金融机构(?:应|要|需|也|在|纷纷|开始|正|们)|银行业|保险业|业内|各家|多家银行|部分银行|商业银行|持牌机构|机构的|社会力量|广大|大行|城商行|逆周期|央行|监管部门|国家战略|大势所趋|普遍|市场(?:上|中|人士)"
)
"""Words that make a sentence without a subject of its own talk about the trade at large."""
_LISTING = re.compile(r"点名|通报|处罚|罚|违规|违法|下架|约谈|被诉|侵害")
_REFERS = re.compile(r"^(?:其中[，,]?)?(?:以上|上述|这些|这几|前述|涉事|相关App|相关应用|被点名|被通报|被罚|它们|这\d+[家款]|检测发现|经查|经检测)")
_KEEPS_ROLE = re.compile(r"(?:为|在|从|据|被|对|作为|成为|通过|根据|向|受)[“\"'《「（(]?$")
"""After these words a name is no partner when nothing else in the clause could act."""
_JOINT = re.compile(r"^[^，,。；;]{0,12}?(?:联合|共同|合作|携手|双方|签署|签约|签订|战略|一起|分别|等\d*家|均|都|\d+家)")
_CONTRACT = re.compile(r"签署|签约|签订|达成|战略合作")
_TOGETHER = re.compile(r"联合|共同|携手|一起|双方|合作推|均|都|分别")
_AND = re.compile(r"^(?:、|和|与|及|以及|，|,|\s)+$")
_GENERIC = re.compile(
    r"^(?:[“\"（(]?)(?:(?:当前|目前|如今|近年来|眼下|现在|今年|去年|同时|此外|另外|其实|一般来说|换言之|事实上|数据显示|在此基础上|不过|但是|但|而|且|并且|因此|所以|因为|由于|如果|随着|从|对|对于|根据|在|自|尽管|虽然|随后|据了解|日前|近日|早在|近十年来|近两年|为此|也|与此同时|\d{4}年(?:\d+月)?(?:\d+日)?|\d+月\d+日|[0-9]+年来)[，,]?)*"
    r"(?:国内外?|国外|我国|中国|全国|全市场|全球|一些|多家|不少|很多|许多|各家|各大|各类|各|部分|广大|众多|大多数|越来越多的?|持牌|头部|主流|传统|其他|其它|地方|大型|中小|中大型|所有|大量|整个|上述)*(?:的)?"
    r"(?:消费金融(?:公司|机构|行业|业|牌照)?|消金(?:公司|机构|行业)|金融机构|金融业|金融行业|金融科技(?:企业|公司|行业)?|银行业|保险业|商业银行|国有大行|国有银行|股份制银行|城商行|农商行|民营银行|银行机构|保险机构|保险公司|险企|机构|行业|业内|业界|市场主体|市场|头部企业|小微(?:金融|融资|服务)|普惠金融|监管|央行|中国人民银行|人民银行|金融监管总局|国家金融监管总局|金监总局|国家金融监督管理总局|银保监会|原?中国银保监会|银保监局|证监会|国务院|发改委|财政部|工信部|农业农村部|中央|政府|地方政府|专家|学者|分析人士|业内人士|人士|《?“?《?报告》?”?|“?实施意见”?|《?意见》?|《?办法》?|实施方案|指导意见|协会|研究院|数字经济|数字科技|金融科技信心|ESG|绿色金融|养老金融|科技金融|数字金融|国家|社会|记者|本刊|作者|文章|需求端|供给端|其一|其二|首先|其次|最后|道路|金融(?:是|于|的))"
)
_CUSTOMERS = re.compile(
    r"^(?:一般来说|目前|当前|近年来|随着|对于|对|从)?[，,]?(?:越来越多的?|广大|不少|许多|很多|普通|众多)?(?:的)?"
    r"(?:小微企业主?|个体工商户|企业主|普惠客群|长尾小微|长尾客群|消费者|居民|农民|农户|客户|投资者|用户|百姓|群众|借款人)"
)
_ENABLED = re.compile(r"可|能|只需|无需|不用|不必|不出|即|随时|足不出户|从申请|授信期限|凭|通过|在线|累计|占|已|满意")
"""What a firm lets its customers do; without it a clause about customers is about their needs."""
_BANKS = re.compile(
    r"^(?:目前|近日|同时|此外|越来越多的?|不少|各家|部分|多家|一些|[\u4e00-\u9fff]{0,4})?(?:银行|大行|国有行|股份行|中小银行|券商|险企|信托公司|租赁公司|理财公司)(?![卡账网间承汇理])"
)
"""A plain «银行» as subject: somebody of the trade, unless a sentence has already named which."""
_AUTHORITY = re.compile(
    r"^[^，,。；;]{0,16}?(?:协会|总局|监管局|银保监局|银监局|保监局|证监局|人民银行|央行|银监会|保监会|证监会|研究院|研究所|法院|检察院|网信办|工信部|发改委|财政厅|财政局|农业局|司司长|部长|行长会议|国务院|省政府|市政府|县政府|公安局|公安部|税务局)(?!授予|颁发|评为|支持下|指导下)"
)
_DIRECTIVE = re.compile(
    r"(?:实施意见|指导意见|管理办法|实施方案|行动方案|暂行办法|通知|条例|规定|指引|意见|办法|方案|规划|文件|政策|报告)[》”\"」]?[^，,。；;]{0,10}(?:指出|提出|要求|明确|强调|规定|特别提到|提到|认为|显示|印发|发布)"
)
_SPEECH = re.compile(r"(?:认为|指出|表示|称|建议|强调|介绍|坦言|看来|预计|分析)(?:道|说)?[，,：:]?[“\"]?$|认为|建议|指出|看来")
_CONTINUES = re.compile(
    r"^(?:其中|同时|此外|另外|并|还|也|且|目前|截至|据悉|据了解|数据显示|具体|例如|比如|如|通过|依托|借助|其|累计|该|这|今年|去年|[一二三四]是|第[一二三]|一方面|另一方面|用户|另据|下一步|未来|接下来|在此基础上|此举|在|以|为|针对|面向|围绕|从|\d)"
)


@dataclass(frozen=True)
class Attributed:
    """A stretch of a passage that speaks about one firm.

    ``start``/``end`` are offsets into the passage's text; ``mention`` holds the words that gave the sign, with
    offsets into the same text, or None where the subject was carried over; ``word`` names the sign for a reader.
    """

    firm: str
    start: int
    end: int
    sign: Sign
    word: str
    mention: Mention | None = None


@dataclass(frozen=True)
class Reading:
    """What attribution made of one passage: who acts where, and every mention of a name (masked from matching)."""

    attributed: tuple[Attributed, ...]
    names: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class _Actor:
    firms: tuple[str, ...]
    sign: Sign
    word: str
    mention: Mention | None = None


def attribute(document: DocumentText, registry: Registry) -> list[Reading]:
    """One :class:`Reading` per passage of the document, in order. Looks at this document and the registry only."""
    return list(_Walk(document, registry).readings())


class _Walk:
    """Goes through a document once, remembering who acted last."""

    def __init__(self, document: DocumentText, registry: Registry) -> None:
        self.document = document
        self.registry = registry
        self.mentions = [find_mentions(p.text, registry) for p in document.passages]
        self.named = {m.firm for ms in self.mentions for m in ms if m.firm}
        self.quoted: str | None = None
        self.outsider = False
        self.topic = self._topic()
        self.owner = self._firm(document.document.owner)
        self.voice = self._firm(document.document.speaker)
        self.people: dict[str, str | None] = {}
        self.listed: dict[str, str] = {}
        self.listed_paragraph = -10
        self.last: _Actor | None = None
        self.last_named: str | None = None
        self.last_paragraph = -1

    def _firm(self, name: str | None) -> str | None:
        firm = self.registry.find(name) if name else None
        return firm.id if firm else None

    def _topic(self) -> str | None:
        """The one firm that the document is about: four fifths of its mentions, or the only one in its title."""
        counts: Counter[str] = Counter(
            m.firm
            for passage, mentions in zip(self.document.passages, self.mentions, strict=True)
            for m in mentions
            if m.firm and not _EMPLOYER.match(passage.text[m.end : m.end + 30])
        )
        in_title = {m.firm for m in find_mentions(self.document.document.title or "", self.registry) if m.firm}
        if not counts:
            return next(iter(in_title)) if len(in_title) == 1 else None
        firm, most = counts.most_common(1)[0]
        if most >= 3 and most >= 0.8 * sum(counts.values()):
            return firm
        if len(in_title) == 1:
            return next(iter(in_title))
        return firm if len(counts) == 1 else None

    def readings(self) -> Iterator[Reading]:
        for passage, mentions in zip(self.document.passages, self.mentions, strict=True):
            names = tuple((m.start, m.end) for m in mentions if m.kind == "name")
            if passage.role == "question" or passage.damaged:
                yield Reading((), names)
                continue
            if passage.role != "body":
                self._note_heading(mentions)
                yield Reading((), names)
                continue
            yield Reading(tuple(self._passage(passage, mentions)), names)
            self.last_paragraph = passage.paragraph

    def _note_heading(self, mentions: tuple[Mention, ...]) -> None:
        named = {m.firm for m in mentions if m.firm}
        if len(named) == 1:
            self.last_named = named.pop()

    def _passage(self, passage: Passage, mentions: tuple[Mention, ...]) -> Iterator[Attributed]:
        text = passage.text
        listed = self._listed(passage, mentions)
        if listed is not None:
            yield from listed
            return
        employers = {m for m in mentions if m.firm and _EMPLOYER.match(text[m.end : m.end + 30])}
        self.outsider = self._outsider(text, mentions, employers)
        mentions = tuple(
            m for m in mentions if m not in employers and not (self.outsider and m.kind in ("self", "back"))
        )
        self.quoted = self._introduces(text, mentions)
        spans = _clauses(text)
        actors: list[_Actor | None] = []
        current = None if self.outsider or employers else self._opening(passage, mentions)
        nobody = bool(employers)
        first_named: int | None = None
        for number, (start, end) in enumerate(spans):
            inside = [m for m in mentions if start <= m.start < end]
            clause = text[start:end]
            actor = self._clause_actor(passage, text, start, end, inside, current)
            if actor is not None:
                nobody = False
                if len(actor.firms) == 2 and _CONTRACT.search(clause) and not _TOGETHER.search(clause):
                    actors.append(actor)
                    current = replace(actor, firms=actor.firms[:1])
                    if first_named is None:
                        first_named = number
                    continue
                agent = text[start : actor.mention.start].endswith("由") if actor.mention else False
                main, current = current, actor
                if agent and main is not None and main.firms != actor.firms:
                    actors.append(actor)
                    current = replace(actor, firms=tuple(dict.fromkeys((*main.firms, *actor.firms))))
                    continue
                if first_named is None:
                    first_named = number
            elif (
                _is_generic(clause)
                or (_BANKS.match(clause) and (current is None or current.sign == "carried"))
                or (_CUSTOMERS.match(clause.lstrip()) and (current is None or not _ENABLED.search(clause)))
            ):
                nobody, current = True, None
            elif _SPEECH.search(text[spans[number - 1][0] : start] if number else "") and _talks_of_industry(clause):
                nobody, current = True, None
            actors.append(None if nobody else current)
        if first_named:
            named = actors[first_named]
            for number in range(first_named):
                carried = actors[number]
                clause = text[spans[number][0] : spans[number][1]]
                if not _is_generic(clause) and (carried is None or carried.sign == "carried"):
                    actors[number] = named
        self._remember(actors, nobody)
        yield from _windows(spans, actors)

    def _opening(self, passage: Passage, mentions: tuple[Mention, ...]) -> _Actor | None:
        """Who acts at the start of a sentence that names nobody yet."""
        text = passage.text
        speaker = self._speaker(passage)
        if any(m.kind == "name" for m in mentions) and self.last is None and speaker is None:
            return None
        foreign = bool(_OTHER_SUBJECT.match(text)) and not mentions
        if passage.paragraph == self.last_paragraph and self.last is not None:
            return None if foreign else replace(self.last, sign="carried", mention=None)
        if speaker is not None:
            return _Actor((speaker,), "speaker", passage.speaker or speaker)
        if foreign or _INDUSTRY.search(text):
            return None
        if self.owner is not None:
            return _Actor((self.owner,), "owner", self.owner)
        if self.topic is None:
            return None
        alone = self.named == {self.topic}
        if alone or (_CONTINUES.match(text) and self.last is not None and self.last.firms == (self.topic,)):
            return _Actor((self.topic,), "carried", self.topic)
        return None

    def _outsider(self, text: str, mentions: tuple[Mention, ...], employers: set[Mention]) -> bool:
        """Whether somebody speaks in this sentence who stands for no firm."""
        unknown = _UNKNOWN_SPEAKER.match(text)
        if unknown and unknown["person"] in self.people:
            return self.people[unknown["person"]] is None
        for match in _OUTSIDER.finditer(text):
            clause = max((text.rfind(mark, 0, match.start()) for mark in "，,。；;：:“”"), default=-1) + 1
            if not any(clause <= m.start < match.end() for m in mentions if m not in employers):
                return True
        return False

    def _introduces(self, text: str, mentions: tuple[Mention, ...]) -> str | None:
        """The firm whose officer speaks in this sentence; his name is kept for the sentences to come."""
        found = None
        for mention in mentions:
            titled = _TITLED.match(text[mention.end : mention.end + 60]) if mention.firm else None
            if titled:
                found = mention.firm
                if titled["person"]:
                    self.people[titled["person"]] = mention.firm
        if found is None:
            unknown = _UNKNOWN_SPEAKER.match(text)
            found = self.people.get(unknown["person"]) if unknown else None
        return found

    def _listed(self, passage: Passage, mentions: tuple[Mention, ...]) -> list[Attributed] | None:
        """A list of firms that a regulator names, and the sentences that refer back to it; None for anything else."""
        text = passage.text
        firms = tuple(dict.fromkeys(m.firm for m in mentions if m.firm))
        end = len(text)
        if len(firms) >= 3 and _LISTING.search(text):
            first = {m.firm: m for m in reversed(mentions) if m.firm}
            self.listed = {firm: first[firm].word for firm in firms}
            self.listed_paragraph = passage.paragraph
            return [Attributed(firm, 0, end, "named", first[firm].word, first[firm]) for firm in firms]
        if not firms and self.listed and _REFERS.match(text) and passage.paragraph - self.listed_paragraph <= 3:
            return [Attributed(firm, 0, end, "listed", word) for firm, word in self.listed.items()]
        return None

    def _speaker(self, passage: Passage) -> str | None:
        if passage.speaker:
            entry = self.registry.surfaces.get(passage.speaker.lower())
            return entry[0] if entry else self.voice
        return None

    def _clause_actor(
        self, passage: Passage, text: str, start: int, end: int, inside: list[Mention], current: _Actor | None
    ) -> _Actor | None:
        """The actor that a clause itself shows, or None."""
        candidates = [m for m in inside if not self._passed_over(text, start, m, inside, current)]
        if not candidates:
            return None
        head = candidates[0]
        firms = [self._resolve(head, passage, current)]
        for other in candidates[1:]:
            between = text[head.end : other.start]
            if other.kind != "name" or not (_AND.match(_strip_unit(between, head)) or _listing(between, inside)):
                break
            if between.strip("、，, ") in ("和", "与", "及", "以及", "") and not (
                "、" in between or _JOINT.match(text[other.end : end + 12])
            ):
                break
            firms.append(other.firm)
            head = other
        known = tuple(dict.fromkeys(f for f in firms if f))
        if not known:
            return None
        if len(known) >= 3 and re.match(r"^等[^，,。]{0,14}(?:的|路径|来看)", text[head.end :]) and text[start:].startswith(
            ("从", "以", "像")
        ):
            return None
        first = candidates[0]
        return _Actor(known, _sign(first), first.unit or first.word, first)

    def _resolve(self, mention: Mention, passage: Passage, current: _Actor | None) -> str | None:
        if mention.firm:
            return mention.firm
        if mention.kind == "self":
            own = self.quoted or self._speaker(passage) or self.voice or self.owner
            if own:
                return own
        if current is not None and len(current.firms) == 1:
            return current.firms[0]
        if mention.kind == "self":
            return self.last_named or self.topic
        return self.last_named or self.topic

    def _passed_over(
        self, text: str, start: int, mention: Mention, inside: list[Mention], current: _Actor | None
    ) -> bool:
        """Whether a mention stands in a role that does not act."""
        lead = text[start : mention.start].rstrip("“\"'「《（( ")
        if mention.kind in ("self", "back"):
            return bool(re.search(r"(?:与|和|跟|向|给|联系|关注)$", lead)) and current is not None
        others = [m for m in inside if m is not mention and m.kind in ("name", "person", "self", "back")]
        if _PARTNER_LIST.search(text[start : mention.start]):
            return True
        if any(m.start > mention.end and _PARENT.match(text[mention.end : m.start]) for m in others if m.kind == "name"):
            return True
        if mention.kind == "product":
            owner = mention.firm
            if current is not None and owner not in current.firms and current.sign != "carried":
                return True
            if any(m.firm != owner for m in others if m.firm):
                return True
            return bool(current is not None and owner not in current.firms and lead and not lead.endswith(("其中", "如")))
        if lead.endswith("由"):
            return bool(_FOUNDED.match(text[mention.end :]))
        if not _PARTNER.search(lead):
            return False
        if _KEEPS_ROLE.search(lead) and not others and (current is None or current.sign == "carried"):
            return False
        if re.search(r"(?:和|与|及|以及|、)$", lead) and any(m.end <= mention.start for m in others):
            return False
        if not others and current is None and not re.search(r"(?:依托|借助|引入|接入|参股|持有|收购|投资)$", lead):
            return False
        return True

    def _remember(self, actors: list[_Actor | None], nobody: bool) -> None:
        last = next((a for a in reversed(actors) if a is not None), None)
        self.last = None if nobody else last
        if last is not None:
            self.last_named = last.firms[0]


def _sign(mention: Mention) -> Sign:
    signs: dict[str, Sign] = {
        "name": "named", "product": "product", "person": "person", "self": "speaker", "back": "pronoun",
    }
    return signs[mention.kind]


def _strip_unit(between: str, head: Mention) -> str:
    return between.replace((head.unit or "")[len(head.word) :], "", 1) if head.unit else between


def _listing(between: str, inside: list[Mention]) -> bool:
    """Two names of one enumeration: only other names and list marks stand between them."""
    rest = between
    for mention in inside:
        rest = rest.replace(mention.word, "")
    return bool(_AND.match(rest))


def _is_generic(clause: str) -> bool:
    return bool(_GENERIC.match(clause.lstrip()) or _AUTHORITY.match(clause.lstrip()) or _DIRECTIVE.search(clause))


def _talks_of_industry(clause: str) -> bool:
    return bool(re.search(r"行业|消费金融公司|金融机构|市场|我国|国家|机构(?:应|要|需)|金融科技已|技术正|普惠金融(?:应|要|需|是)", clause))


def _clauses(text: str) -> list[tuple[int, int]]:
    """Clause spans that cover the text; a comma or colon between digits does not divide."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _CLAUSE.finditer(text):
        at = match.start()
        if match.group() in ",，:：" and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit():
            continue
        spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _windows(spans: list[tuple[int, int]], actors: list[_Actor | None]) -> Iterator[Attributed]:
    """For each firm its clauses, neighbours joined into one stretch; of their signs the plainest is shown."""
    runs: dict[str, list[Attributed]] = {}
    for (start, end), actor in zip(spans, actors, strict=True):
        for firm in actor.firms if actor is not None else ():
            found = Attributed(firm, start, end, actor.sign, actor.word, actor.mention)  # type: ignore[union-attr]
            stretches = runs.setdefault(firm, [])
            if stretches and stretches[-1].end == start:
                before = stretches[-1]
                plainer = before if _weight(before.sign) >= _weight(found.sign) else found
                stretches[-1] = replace(plainer, start=before.start, end=end)
            else:
                stretches.append(found)
    yield from sorted((one for found in runs.values() for one in found), key=lambda one: (one.start, one.end))


def _weight(sign: Sign) -> int:
    return {"named": 6, "speaker": 5, "pronoun": 4, "person": 3, "product": 2, "carried": 1}.get(sign, 0)

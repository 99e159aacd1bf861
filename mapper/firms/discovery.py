"""Firms that no registry knows, found by the form of their names; and short names that a document gives itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from mapper.firms.registry import Registry
from mapper.model import DocumentText, Firm, FirmKind

_FORMS: tuple[tuple[str, str, FirmKind], ...] = (
    ("农村商业银行股份有限公司|农村商业银行|农商银行|农商行", "农商银行", "bank"),
    ("村镇银行股份有限公司|村镇银行有限责任公司|村镇银行", "村镇银行", "bank"),
    ("农村信用合作联社|农村信用联社|农村信用社联合社|农信联社|农信社|农村信用社", "农信社", "bank"),
    ("银行股份有限公司|银行有限责任公司", "银行", "bank"),
    ("银行", "银行", "bank"),
    ("消费金融股份有限公司|消费金融有限责任公司|消费金融有限公司|消费金融公司|消费金融|消金", "消费金融", "consumer-finance"),
    ("理财有限责任公司|理财有限公司|理财子公司", "理财", "wealth-manager"),
    ("财产保险股份有限公司|财产保险有限公司|财险|产险", "财险", "insurer"),
    ("人寿保险股份有限公司|人寿保险有限公司|人寿保险|人寿", "人寿", "insurer"),
    ("健康保险股份有限公司|健康保险有限公司|健康险公司", "健康", "insurer"),
    ("养老保险股份有限公司|养老保险公司", "养老", "insurer"),
    ("相互保险社|相互保险总社", "相互保险社", "insurer"),
    ("保险经纪有限公司|保险代理有限公司|保险经纪|保险代理", "保险经纪", "insurance-intermediary"),
    ("证券股份有限公司|证券有限责任公司|证券有限公司|证券", "证券", "securities"),
    ("期货股份有限公司|期货有限公司|期货有限责任公司|期货", "期货", "futures"),
    ("基金管理有限公司|基金管理股份有限公司", "基金", "fund-manager"),
    ("国际信托有限公司|信托有限责任公司|信托有限公司|信托股份有限公司|信托", "信托", "trust"),
    ("金融租赁股份有限公司|金融租赁有限公司|金融租赁有限责任公司|金融租赁|金租", "金租", "leasing"),
    ("融资租赁有限公司|融资租赁股份有限公司", "融资租赁", "leasing"),
    ("融资担保有限公司|融资担保有限责任公司|融资担保集团有限公司|融资担保集团|融资担保公司|担保集团", "担保", "guarantee"),
    ("小额贷款有限公司|小额贷款有限责任公司|小额贷款股份有限公司|小贷公司", "小贷", "microloan"),
    ("支付有限公司|支付科技有限公司", "支付", "payment"),
    ("金服集团|金服|数字科技集团|数科|金科", "", "fintech"),
)
_HAN = "\u4e00-\u9fff"
_NAME = re.compile(
    rf"(?P<head>[{_HAN}]{{2,12}}?)(?P<form>" + "|".join(form for forms, _, _ in _FORMS for form in forms.split("|")) + r")"
    rf"(?![{_HAN}]?(?:业务|行业|产品|市场|监管|机构|公司们|知识|从业|投资者|交易所|合同|价格|资产))"
)
_LEGAL = re.compile(r"公司$|社$|农商银行$|农商行$|农村商业银行$|村镇银行$|财险$|产险$")
"""Forms that only a name ends with; a shorter form (…消费金融, …证券) must earn it by place and repetition."""
_GENERIC_FORMS = ("消费金融公司", "小贷公司", "融资担保公司", "理财子公司", "养老保险公司", "健康险公司")
_VERBAL = re.compile(
    "丰富|谋求|引领|突出|享受|发挥|打造|适宜|不过|具备|境[外内]|进行|相关|领域|促进|发展|布局|拓宽|创新|建设|深化|提升|提供|从事|转型|使用|投资|涉及|加强|"
    "人民|引导|鼓励|助力|推进|规范|指引|监管|应用|可以|能够|应当|什么|这些|那些|哪些|所有|每|何|不|也|还|都|就|才|又|再|更|最|很|将|会|要|能|好|做|卖|买|看|说|指|受|享"
)
_CANON = {form: (short, kind) for forms, short, kind in _FORMS for form in forms.split("|")}
_STOP = re.compile(
    "的|与|和|及|由|对|向|在|为|是|被|从|给|把|将|据|了|等|各|该|本|我|某|如|即|于|让|使|到|至|以|并|而|但|有|无|家|个|款|类|项|"
    "全国|国内|广大|众多|许多|省内|市内|大型|部分|其他|传统|持牌|地方|中小|首家|旗下|子公司|合作|支持|获得|成立|设立|批准|通过|来自|包括|关于|公布|"
    "推动|服务|参股|控股|收购|加入|联合|携手|邀请|推荐|记者|近日|日前|目前|同时|此外|分别|下辖|多家|一家|根据|发布|显示|介绍|所属|组织|"
    "发起|股东|客户|企业|公司|集团|中心|总部|头部|知名|专业|开展|办理|购买|推出|走进|购入|针对|围绕|依托|借助|涉及|指导|督促|要求|会同"
)
_NO_HEAD = re.compile(
    r"^(?:农村|城市|商业|民营|外资|股份制|互联网|数字|政策性|国有|地方性?|全国性?|财产|人身|社会|养老|农业|绿色|普惠|科技|普通|中国|中外|"
    r"证券|期货|信托|保险|银行|金融|个人|家庭|企业|合资|独资|新型|小型|大中型|现代|综合|线上|线下|消费|住房|汽车|设备|生猪|价格|商品|股指|"
    r"国债|场外|场内|资产|资金|公益|家族|集合|单一|慈善|网络|第三方|移动|跨境|数据|理财|基金|团体|终身|定期|两全|分红|普通型|万能|年金|"
    r"中央|外资|手机|网上|直销|开放|投资|政策|中小|手机|电话|社区|智慧|贵|他|她|各大|各家|主办|代理|托管|存管|清算|结算|收单|开户|发卡|承办|合作|"
    r"牵头|参与|贷款|放款|存款|理财|血液|种子|题库|时间|道德|爱心|商业性|世界|亚洲|汇丰系|大宗|原油|黄金|生物|医疗|县域|乡村|省级|市级|县级|区域|本土|当地|辖内|辖区|行业|传统|持牌|上市|头部|发达|首家)$"
)
_SHORT = re.compile(r"[（(](?:以下|下称|下文)?(?:简称|称)(?:为)?[“\"「『]?(?P<short>[^”\"」』）)，,]{2,14})[”\"」』]?[，,）)]")
_NO_SHORT = re.compile(r"^(?:公司|本公司|集团|本行|我行|银行|报告|《.*|办法|意见|通知|条例|协会|.{0,2})$")


def local_registry(document: DocumentText, registry: Registry) -> Registry:
    """The registry for one document: with the firms that only its own words reveal, and the short names it gives.

    A name is taken only where nothing known stands in its place, its head is no common word, and it is followed or
    repeated as a name would be; otherwise a generic phrase (地方农商行) would become a firm.
    """
    known, _ = registry.automaton
    counts: Counter[tuple[str, FirmKind]] = Counter()
    sure: set[str] = set()
    surfaces: dict[str, set[str]] = {}
    for passage in document.passages:
        covered = [(s, e) for _, s, e in known.find_matches_as_indexes(passage.text.lower())]
        for name, kind, word, start in _names(passage.text):
            if any(s <= start < e or start <= s < start + len(word) for s, e in covered):
                continue
            counts[(name, kind)] += 1
            surfaces.setdefault(name, set()).add(word)
            if _LEGAL.search(word):
                sure.add(name)
    firms = [
        Firm(id=name, name=name, kind=kind, aliases=tuple(sorted(surfaces[name] - {name})), origin="discovered")
        for (name, kind), times in sorted(counts.items())
        if name in sure or times >= 2
    ]
    firms = _without_longer_forms(firms)
    extended = registry.with_firms(tuple(firms)) if firms else registry
    shorts = dict(_short_names(document, extended))
    return extended.with_words(shorts) if shorts else extended


def as_yaml(firms: Iterable[Firm]) -> str:
    """The firms as entries of a firms.yaml, ready to paste."""
    lines = ["firms:"]
    for firm in firms:
        aliases = f", aliases: [{', '.join(firm.aliases)}]" if firm.aliases else ""
        lines.append(f"  - {{name: {firm.name}, kind: {firm.kind}{aliases}}}")
    return "\n".join(lines)


def _names(text: str) -> Iterator[tuple[str, FirmKind, str, int]]:
    for match in _NAME.finditer(text):
        head = match["head"]
        stops = list(_STOP.finditer(head))
        cut = stops[-1].end() if stops else 0
        trimmed = head[cut:]
        before = text[match.start() - 1] if match.start() else ""
        bounded = bool(stops) or not before or not re.match(rf"[{_HAN}A-Za-z]", before)
        if not bounded or not 2 <= len(trimmed) <= 6 or _NO_HEAD.match(trimmed):
            continue
        short, kind = _CANON[match["form"]]
        word = trimmed + match["form"]
        legal = bool(_LEGAL.search(match["form"])) and match["form"] not in _GENERIC_FORMS
        if not legal and (stops or len(trimmed) > 4 or _VERBAL.search(trimmed)):
            continue
        if legal and re.search(r"[，。的了是在和与]", trimmed):
            continue
        yield trimmed + (short or match["form"]), kind, word, match.start() + cut


def _without_longer_forms(firms: list[Firm]) -> list[Firm]:
    """河南云岭农商银行 and 云岭农商银行 in one document are one firm, called by the shorter name."""
    kept: list[Firm] = []
    for firm in sorted(firms, key=lambda f: (len(f.name), f.name)):
        shorter = next((k for k in kept if k.kind == firm.kind and firm.name.endswith(k.name)), None)
        if shorter is None:
            kept.append(firm)
            continue
        words = tuple(sorted({*shorter.aliases, firm.name, *firm.aliases} - {shorter.name}))
        kept[kept.index(shorter)] = shorter.model_copy(update={"aliases": words})
    return sorted(kept, key=lambda f: f.id)


def _short_names(document: DocumentText, registry: Registry) -> Iterator[tuple[str, str]]:
    """Pairs of a short name the document gives itself and the firm it stands for."""
    automaton, words = registry.automaton
    for passage in document.passages:
        for match in _SHORT.finditer(passage.text):
            short = match["short"].strip()
            if _NO_SHORT.match(short) or short.lower() in registry.surfaces:
                continue
            before = passage.text[: match.start()].lower()
            named = [(e, n) for n, _, e in automaton.find_matches_as_indexes(before) if e == len(before)]
            if named:
                yield short, registry.surfaces[words[named[0][1]]][0]

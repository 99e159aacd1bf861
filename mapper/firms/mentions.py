"""Where a sentence calls a firm: by name, product, person, or as 我行, 公司, 该行."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mapper.firms.registry import Registry

MentionKind = Literal["name", "product", "person", "self", "back"]
"""self: 我行, 我司, 我们 (whoever speaks); back: 公司, 该行 (a firm named before)."""

_HAN = "\u4e00-\u9fff"
_BRANCH = re.compile(rf"(?:股份有限公司|有限责任公司|有限公司)?[{_HAN}]{{1,9}}?(?:分行|支行|分公司|营业部|分理处|支公司|中心支公司)")
_NO_UNIT = re.compile("[和与及在的等各其向对将]|要求|多家|所有|下属|辖内")
"""Words that no branch has in its name: 云岭银行要求各支行 is no unit of 云岭银行."""
_SELF = re.compile(r"我行|本行|我司|本公司|我公司|我社|本社|我们|咱们|我部|本机构|我集团|本集团")
_BACK = re.compile(
    rf"(?<![{_HAN}A-Za-z])(?:公司|集团)(?=[{_HAN}0-9“（(，,])(?!债|法|治理|章程|客户|业务|贷款|类|法人|型)"
    r"|该行|该公司|该集团|该支行|该分行|该机构|该平台|该社|该企业(?=推出|提供|开展)|该险企|该消金公司|该消费金融公司|该券商|上述公司|上述银行|银行方面"
)
_BACK_LEAD = re.compile(
    rf"(?:目前|今年|去年|近年来|多年来|日前|此外|同时|未来|截至目前|据悉|据了解|截至[{_HAN}0-9]{{2,10}}末|另外|近日|\d{{4}}年|年内|全年|上半年|期内|报告期内|其中)$"
)


@dataclass(frozen=True)
class Mention:
    """One mention. ``firm`` is None for self and back until attribution resolves it.

    ``start``/``end`` are offsets into the passage; ``word`` the words as they stand; ``unit`` the branch named.
    """

    start: int
    end: int
    kind: MentionKind
    word: str
    firm: str | None = None
    unit: str | None = None


_NO_SHORT_AFTER = re.compile(r"行(?:业|为|使|动|情|程|政|列|进|走|驶|文)")
_NO_NAME_AFTER = re.compile(r"银行(?:业|间(?!接)|保险监督|家协会)")
_NO_NAME_BEFORE = {
    "工行": "员化分职",
    "建行": "构搭",
    "中行": "其进执运流增",
    "交行": "社外提",
    "农行": "务",
    "乐信": "娱音",
    "招联": "校",
    "陆控": "大",
    "嘉银": "",
    "趣店": "有",
    "银联": "中外",
    "蚂蚁": "小只",
}
"""Letters that, standing before a short name, make it part of another word (员工行为, 娱乐信息)."""


def find_mentions(text: str, registry: Registry) -> tuple[Mention, ...]:
    """All mentions in reading order, none overlapping another (a longer name wins over a word inside it)."""
    found: list[Mention] = []
    automaton, words = registry.automaton
    lowered = text.lower()
    if len(lowered) == len(text):
        for number, start, end in automaton.find_matches_as_indexes(lowered):
            firm, kind = registry.surfaces[words[number]]
            if _inside_word(text, start, end) or _other_word(text, start, end):
                continue
            unit = None
            if kind == "name":
                branch = _BRANCH.match(text, end)
                if branch and not _NO_UNIT.search(branch.group()):
                    unit = text[start : branch.end()]
            found.append(Mention(start, end, kind, text[start:end], firm, unit))
    taken = [(m.start, m.end) for m in found]
    pronouns: tuple[tuple[re.Pattern[str], MentionKind], ...] = ((_SELF, "self"), (_BACK, "back"))
    for pattern, role in pronouns:
        for match in pattern.finditer(text):
            if any(s < match.end() and match.start() < e for s, e in taken):
                continue
            if text[match.start() : match.start() + 2] == "我们" and text[max(0, match.start() - 1)] in "让使给":
                continue
            found.append(Mention(match.start(), match.end(), role, match.group()))
    for match in re.finditer(r"公司", text):
        lead = text[: match.start()]
        if _BACK_LEAD.search(lead) and not any(s < match.end() and match.start() < e for s, e in taken):
            found.append(Mention(match.start(), match.end(), "back", "公司"))
    unique = {(m.start, m.end): m for m in found}
    return tuple(sorted(unique.values(), key=lambda m: (m.start, m.end)))


def _inside_word(text: str, start: int, end: int) -> bool:
    """A Latin name inside a longer Latin word is no mention (VISA in VISAGE)."""
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    latin_start = text[start].isascii() and text[start].isalnum()
    latin_end = text[end - 1].isascii() and text[end - 1].isalnum()
    return bool(
        (latin_start and before.isascii() and before.isalnum()) or (latin_end and after.isascii() and after.isalnum())
    )


def _other_word(text: str, start: int, end: int) -> bool:
    """Letters that only look like a short name: 工行 in 员工行为, 中国银行 in 中国银行业."""
    word = text[start:end]
    before = text[start - 1] if start else " "
    if len(word) == 2 and _NO_SHORT_AFTER.match(text, end - 1):
        return True
    return bool(_NO_NAME_AFTER.match(text, end - 2)) or before in _NO_NAME_BEFORE.get(word, "")

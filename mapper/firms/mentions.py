"""Where a sentence calls a firm: by name, product, person, or as 我行, 公司, 该行."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from mapper.firms import cues
from mapper.firms.names import LEGAL_FORM, is_place
from mapper.firms.pairs import before
from mapper.firms.patterns import name_rule
from mapper.firms.registry import Registry
from mapper.letters import lowered
from mapper.rules import rules

MentionKind = Literal["name", "product", "person", "self", "back"]
"""self: 我行, 我司, 我们 (whoever speaks); back: 公司, 该行 (a firm named before)."""

_HAN = "\u4e00-\u9fff"
_BRANCH = re.compile(
    rf"(?:{LEGAL_FORM})?"
    rf"(?:[{_HAN}]{{1,9}}?(?:分行|支行|分公司|营业部|分理处|支公司|中心支公司|中支)|信用卡中心|资金(?:运营)?中心)"
)
LEGAL = re.compile(f"^(?:{LEGAL_FORM})")
"""The legal form right behind a name: 股份有限公司."""
_COMPANY = re.compile("公司")
_GOES_ON = ("no-name-after", "no-office-after", "no-scheme-after", "no-assets-after", "no-broker-after", "no-pension-after")
"""Rules for what stands behind a name that is another word's beginning."""
_NEAR = 24
"""Characters before 公司 that tell whether it is a subject."""


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


def find_mentions(text: str, registry: Registry) -> tuple[Mention, ...]:
    """All mentions in reading order, none overlapping another (a longer name wins over a word inside it)."""
    found: list[Mention] = []
    for start, end, word in registry.matches(lowered(text)):
        firm, kind = registry.surfaces[word]
        if _inside_word(text, start, end) or _other_word(text, start, end):
            continue
        unit = None
        if kind == "name":
            branch = _BRANCH.match(text, end)
            if branch and not name_rule("no-unit").search(branch.group()):
                unit = text[start : branch.end()]
        found.append(Mention(start, end, kind, text[start:end], firm, unit))
        places = before(text, start, word) if kind == "name" and start and text[start - 1] in "、和与及" else ()
        for first, last, name in places:
            if (known := registry.surfaces.get(lowered(name))) is not None:
                found.append(Mention(first, last, "name", text[first:last], known[0]))
    runs = list(_runs(text, registry))
    if runs:
        found = [one for one in found if not any(run.start < one.end and one.start < run.end for run in runs)] + runs
    named = tuple((one.start, one.end) for one in found)
    pronouns: tuple[tuple[re.Pattern[str], MentionKind], ...] = ((cues.SELF_WORD, "self"), (cues.BACK_WORD, "back"))
    for pattern, role in pronouns:
        for match in pattern.finditer(text):
            if _within(match, named):
                continue
            if text[match.start() : match.start() + 2] == "我们" and text[max(0, match.start() - 1)] in "让使给":
                continue
            found.append(Mention(match.start(), match.end(), role, match.group()))
    for match in _COMPANY.finditer(text) if "公司" in text else ():
        lead = text[max(0, match.start() - _NEAR) : match.start()]
        if cues.BACK_LEAD.search(lead) and not _within(match, named):
            found.append(Mention(match.start(), match.end(), "back", "公司"))
    if not found:
        return ()
    unique = {(m.start, m.end): m for m in found}
    return tuple(sorted(unique.values(), key=lambda m: (m.start, m.end)))


def _within(match: re.Match[str], named: tuple[tuple[int, int], ...]) -> bool:
    return any(start < match.end() and match.start() < end for start, end in named)


def _runs(text: str, registry: Registry) -> Iterator[Mention]:
    """The banks in a run of characters, one each: 中农工行建交邮."""
    for match in name_rule("abbreviation-run").finditer(text):
        banks = rules("names")["abbreviation-run"].gives
        letters = [(at, banks[text[at]]) for at in range(match.start(), match.end()) if text[at] in banks]
        if len({name for _, name in letters}) != len(letters):
            continue
        ends = [at for at, _ in letters[1:]] + [match.end()]
        for (at, name), end in zip(letters, ends, strict=True):
            firm = registry.find(name)
            if firm is not None:
                yield Mention(at, end, "name", text[at:end], firm.id)


def with_counts(text: str, names: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where names of firms stand in a sentence, each with the words behind it that count them, or them and others:
    甲银行、乙银行两家银行, 甲银行等三家机构."""
    ordered = sorted(names)
    for number, (start, end) in enumerate(ordered):
        found = cues.COUNTED_AGAIN.match(text, end)
        among = number and cues.LIST_WORD.fullmatch(text[ordered[number - 1][1] : start])
        yield start, found.end() if found and (found["more"] or among) else end


def branches_known(found: Sequence[tuple[Mention, ...]]) -> list[tuple[Mention, ...]]:
    """The mentions of a document, where 江城分行 alone is its bank's once some passage has named it in full."""
    units: dict[str, set[str]] = defaultdict(set)
    for one in (one for mentions in found for one in mentions if one.unit and one.firm):
        units[LEGAL.sub("", (one.unit or "")[len(one.word) :])].add(one.firm or "")
    known = {unit: firms.pop() for unit, firms in units.items() if len(firms) == 1 and len(unit) > 2}
    return [tuple(_branch(one, known) for one in mentions) for mentions in found]


def _branch(one: Mention, known: dict[str, str]) -> Mention:
    if one.kind != "back" or not one.word.endswith(("行", "公司", "部")):
        return one
    firm = next((firm for unit, firm in known.items() if one.word.endswith(unit)), None)
    return replace(one, firm=firm) if firm else one


def _inside_word(text: str, start: int, end: int) -> bool:
    """A Latin name inside a longer Latin word is no mention (VISA in VISAGE)."""
    before = text[start - 1] if start else ""
    after = text[end] if end < len(text) else ""
    latin_start = text[start].isascii() and text[start].isalnum()
    latin_end = text[end - 1].isascii() and text[end - 1].isalnum()
    return bool(
        (latin_start and before.isascii() and before.isalnum()) or (latin_end and after.isascii() and after.isalnum())
    )


def _stands_alone(lead: str) -> bool:
    """Whether a name of two characters behind these words is cut off from them: at the head of a clause, behind a place."""
    return name_rule("short-alone").search(lead) is not None or any(is_place(lead[-size:]) for size in (2, 3, 4))


def _other_word(text: str, start: int, end: int) -> bool:
    """Letters that only look like a short name: 工行 in 员工行为, 嘉银 in 汇嘉银行, 中国银行 in 中国银行业."""
    if end - start == 2 and name_rule("no-bank-after").match(text, end - 1):
        return True
    if end - start == 2 and name_rule("no-short-after").match(text, end - 1) and not _stands_alone(text[:start]):
        return True
    if any(name_rule(one).match(text, end - 2) for one in _GOES_ON):
        return True
    if any(name_rule(one).match(text[end : end + 12]) for one in ("no-place-after", "founded-after")):
        return True
    before = name_rule("no-name-before").match(text, start - 1) if start else None
    return before is not None and before.end() == end

"""Which of the words before the form of a name are its stem, and whether they can be a firm's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mapper.firms import names
from mapper.firms.leads import LEAST, is_word, without_lead
from mapper.firms.names import PROVINCES, NameMatch
from mapper.firms.ordinary import ordinary, unnamed, usual
from mapper.firms.patterns import name_rule, name_words

_PLACELESS = frozenset({"platform", "credit-reference", "technology", "fintech"})
"""Forms of which a place alone is no stem: 北京金融, 上海网贷."""
_UNIONS = ("联社", "联合社")
"""Forms of which a province has one: 江城省农信联社."""
_SHORT_STEM = 3
"""So much alone at the beginning of a clause is a stem, unless all of it is words of every day."""
OWN_STEM = 4
"""A stem so long is no other word."""
_SAID = 2
"""Times that a document calls something a platform, and lets it act, before the words of every day are its name."""
_OFTEN = 3
"""Times that a document says a name in one way only, before words of every day in front are part of it."""
_HEAD = 4
"""Passages at the top that tell whose a document is; a name that begins a clause there needs no doubt."""


def with_stems(everything: list[NameMatch]) -> Iterator[tuple[str, str, NameMatch]]:
    """Each form with the stem that belongs to it, where there is one, and the longer stem that stands there."""
    counts: Counter[tuple[str, str]] = Counter()
    called = _called(everything)
    cut: list[tuple[NameMatch, str]] = []
    outlets = {
        (match["stem"], one.core)
        for one in everything
        if not one.legal and (match := name_rule("outlet").search(one.before)) and not name_rule("stop").search(match["stem"])
    }
    sizes = {len(stem) for stem, _ in outlets}
    ends = Counter((one.before[-2:], short_of(one)) for one in everything)
    for one in everything:
        once = ends[one.before[-2:], short_of(one)] == 1 and not (one.passage < _HEAD and one.open)
        outlet = any((one.before[-size:], one.core) in outlets for size in sizes)
        cut.append((one, "" if outlet else _cut(one, usual() if once else ordinary())))
    cut = list(_led(cut))
    for one, stem in cut:
        for length in range(2, len(stem) + 1):
            counts[stem[-length:], short_of(one)] += 1
    whole = {(stem, short_of(one)) for one, stem in cut}
    for one, stem in cut:
        if one.arm or (one.before, one.core) in called:
            yield one.before, one.before, one
            continue
        if len(stem) < 2:
            continue
        most = counts[stem, short_of(one)]
        best = stem
        for length in range(len(stem) - 1, 1, -1):
            end = stem[-length:], short_of(one)
            if end in whole and counts[end] > most:
                best, most = stem[-length:], counts[end]
        if _proper(best, one):
            yield best, stem if stem == one.before and _proper(stem, one) else best, one


def short_of(one: NameMatch) -> str:
    """The usual word for the form of a name."""
    return names.forms()[one.core].gives["short"]


def _led(cut: list[tuple[NameMatch, str]]) -> Iterator[tuple[NameMatch, str]]:
    """The forms with their stems, without the words of every day in front of those, or that are all of one.

    What a document says often and always in the same way is the name as it stands.
    """
    said = Counter((stem, short_of(one)) for one, stem in cut)
    for one, stem in cut:
        if not stem or one.arm or _brandlike(one):
            yield one, stem
            continue
        bare = without_lead(one.before, stem)
        often = said[stem, short_of(one)] >= _OFTEN and (bare == stem or (bare, short_of(one)) not in said)
        if often or (one.legal and is_word(bare)):
            yield one, stem
        else:
            yield one, "" if is_word(bare[-2:]) and not one.legal else bare


def _brandlike(one: NameMatch) -> bool:
    return names.forms()[one.core].id in _PLACELESS - {"credit-reference"}


def _called(everything: list[NameMatch]) -> set[tuple[str, str]]:
    """Words of every day with a form that a document calls a platform and lets act, both twice: then they name one."""
    kinds = [one for one in everything if one.core in name_words("managing-form")]
    generic = {(one.before, one.core) for one in kinds if name_rule("after").search(one.follows)}
    acting = Counter((one.before, one.core) for one in kinds if one.acts and 2 <= len(one.before) <= _SHORT_STEM + 1)
    often = [
        (stem, core) for (stem, core), times in acting.items()
        if times >= _SAID and not name_rule("numeral").search(stem) and not any(c == core and b.endswith(stem) for b, c in generic)
    ]
    platforms = [(one.before, one.core) for one in kinds if one.called]
    return {
        (stem, core) for stem, core in often if sum(c == core and b.endswith(stem) for b, c in platforms) >= _SAID
    }


def _cut(one: NameMatch, common: frozenset[str]) -> str:
    """The words before a form after the last that cannot belong to its stem; none where that is in doubt.

    ``common``: pairs of characters that are words of every day.
    """
    before = one.before
    if one.open and len(before) <= _SHORT_STEM and not all(before[at : at + 2] in common for at in range(len(before) - 1)):
        common = ordinary()
    stops = [match.span() for match in name_rule("stop").finditer(before)]
    if not one.legal:
        pairs = [(at, at + 2) for at in range(len(before) - 1) if before[at : at + 2] in common]
        single = [(at, at + 1) for at, letter in enumerate(before) if letter in unnamed()]
        stops = sorted([*stops, *pairs, *single], key=lambda span: span[1])
    if not one.joined and one.open and stops and not stops[0][0] and name_rule("soft").fullmatch(before[: stops[0][1]]):
        asked = before[0] == "向" and name_rule("asked-of").match(one.follows)
        governs = name_rule("governs").fullmatch(before[: stops[0][1]]) and len(before) - stops[0][1] >= LEAST
        stops = stops if asked or (governs and not one.legal) else stops[1:]
    soft = name_rule("soft-legal" if one.legal else "soft")
    for start, end in reversed(stops):
        place = PROVINCES.match(before)
        if place and place.end() == start and one.legal and name_rule("soft").fullmatch(before[start:end]):
            continue
        if len(before) - end >= 2:
            return before[end:]
        ends = end == len(before) > 2 and not one.legal and not (one.open and name_rule("four").match(before))
        if not soft.fullmatch(before[start:end]) or (before[start:end] != "联合" and ends):
            return ""
    return before if one.open else ""


def _proper(stem: str, one: NameMatch) -> bool:
    """Whether a stem can be a firm's own."""
    if len(stem) > (10 if one.legal else 6):
        return False
    bare = name_rule("legal-noun").sub("", stem) if "有限" in one.tail and len(stem) >= OWN_STEM else stem
    plain = stem if len(bare) < 2 else bare
    if name_rule("common").search(plain) or name_rule("nation").search(stem) or name_rule("guild").match(one.follows):
        return False
    numeral = name_rule("numeral").search(stem)
    alone = stands_alone(stem, one)
    lucky = len(stem) == 2 and ("有限" in one.tail or short_of(one) in name_words("rural-form") or alone)
    if numeral and not (lucky and numeral.start() == 1):
        return False
    if short_of(one) == "村镇银行" and names.is_place(stem) and "有限" not in one.tail:
        return False
    if short_of(one) == "银行" and not one.legal and name_rule("nickname").match(stem):
        return False
    placeless = names.forms()[one.core].id in _PLACELESS
    insurer = names.forms()[one.core].gives["kind"] == "insurer"
    region = ("省", "自治区", "市", "县", "区") if insurer else ("省", "自治区")
    league = insurer and len(stem) > 2 and stem.endswith("盟")
    union = one.core.endswith(_UNIONS)
    if not one.legal and (league or (stem.endswith(region) and not union) or (placeless and names.is_place(stem))):
        return False
    if not one.tail and name_rule("longer-word").match(one.follows) and names.forms()[one.core].gives.get("weak") == "legal":
        return False
    plainly = one.legal or short_of(one) in name_words("rural-form") or not name_rule("after").search(one.follows)
    return plainly or (alone and name_rule("its-own").match(one.follows) is not None)


def stands_alone(stem: str, one: NameMatch) -> bool:
    """Whether a short stem is all that stands before its form in the clause, and no two characters of it are a word."""
    own = PROVINCES.sub("", stem)
    pairs = (own[at : at + 2] for at in range(len(own) - 1))
    return one.open and one.before == stem and 2 <= len(own) <= OWN_STEM and usual().isdisjoint(pairs)

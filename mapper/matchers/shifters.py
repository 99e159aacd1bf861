"""Which way a sentence goes whose deed is denied, done in breach, plainly called a wrong, or done against one.

没有为老人保留柜台, 违规发放小微企业贷款 and 侵害消费者知情权 are faults, 没有收费 and 打击非法集资 are none.

No run of characters says that a word far before it takes it back. So a clause is read once more without such words, and
what it says then is turned round (valence shifters: Polanyi and Zaenen, «Contextual Valence Shifters», 2004; Kennedy and
Inkpen, «Sentiment classification using contextual valence shifters», 2006). Twice denied is not denied.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial

from mapper.matchers.grams import NAME
from mapper.rules import pattern, rules

SentenceScorer = Callable[[str], float]
"""Log odds that a folded text tells of a fault."""

_ENDS = "，,；;。！!？?：:"
_CLAUSE = re.compile(rf"[^{_ENDS}]+(?:[，,](?=(?:通过|以|采取)[^{_ENDS}]{{2,16}}?(?:方式|形式|渠道|途径))[^{_ENDS}]+)?")
"""A clause, with that behind it that says in what manner: 将赔款16533元，通过转账的方式赔付给了农户."""
_SHARE = 0.45
"""Share of a sentence that clauses with a denied deed make up at least, where they say which way it goes."""
_FEWEST = 2
"""Characters of a deed at least; with fewer it stands in the clauses before."""
_TELLS = 10
"""Characters of the other clauses from which they say themselves which way the sentence goes."""
_PLAIN_FAULT = 1.5
"""Log odds of what is a fault before it is denied, by the words of it alone."""
_FAULT = 1.5, 3.0
"""Log odds of a fault that a deed not done is given at least, and at most; the more, the surer the deed would be good."""
_GOOD = -1.5
"""Log odds of a fault that a fault not done is given at most."""
_DOUBT = -1.0
"""Log odds of a fault below which a text is plainly none."""
_RIGHT = {"fought": -3.0, "pays-out": -6.0}
"""Rules of clauses in which the firm works against a wrong, or gives customers what is theirs, with the log odds of a fault then."""
_WRONGS = ("more-complain", "hollow", "in-part", "ties")
"""Rules of sentences that are faults, however much of them sounds like a deed."""
_TAKES_NOTHING = ("lacking", "harmless")
"""Rules of words that deny something and take back no deed of the firm."""


_rule = partial(pattern, "shifters")


def direction(text: str, odds: float, read: SentenceScorer) -> float:
    """Log odds of a fault for a folded text that by its runs has these ``odds``; ``read`` says them of other texts."""
    for id in _TAKES_NOTHING if odds > _DOUBT else ():
        if (lacking := _rule(id).search(text)) is not None:
            odds = min(odds, read(text[: lacking.start("lack")] + text[lacking.end("lack") :]))
    clauses = [match.group() for match in _CLAUSE.finditer(text)]
    for wrongly in filter(None, map(_rule("wrongly").match, clauses)):
        odds = max(odds, _charged(read(wrongly["lead"] + wrongly["deed"])))
    if any(map(_rule("plainly").match, clauses)) or any(_rule(id).search(text) for id in _WRONGS):
        odds = max(odds, _FAULT[1])
    for id, plain in _RIGHT.items() if odds > _DOUBT else ():
        others = [clause for clause in clauses if not _rule(id).match(clause)]
        telling = [clause for clause in others if not _rule("only-when").match(clause)]
        if len(others) < len(clauses) and (not telling or read("，".join(telling)) < 0):
            return plain
    found = [_rule("withheld").match(clause) for clause in clauses]
    if len(clauses) > 1 and found[0] is not None and not _own(found[0]) and clauses[1].startswith(NAME):
        behind = "，".join(clauses[1:])  # what the firm did, or did not do, about what others lacked
        then = direction(behind, read(behind), read)
        if any(match is not None and _own(match) for match in found[1:]):
            return then
        if odds > _DOUBT:
            return min(odds, then)
    if not any(found):
        return odds
    told = [match for match in found if match is not None and _own(match)]
    others = [clause for clause, match in zip(clauses, found, strict=True) if match is None]
    if not told or len(told) + len(others) < len(clauses) or not _of_firm(clauses, found):
        return odds
    if all(len(match["deed"]) < _FEWEST for match in told):
        return max(odds, _FAULT[0]) if others and read("，".join(others)) < 0 else odds
    rest = sum(map(len, others))
    if rest > (1 - _SHARE) * len(text) or any(_rule("turns-round").search(clause) for clause in others):
        return odds
    ways = set(map(_is_good, told))
    if len(ways) > 1:
        return odds
    if ways == {True}:
        return min(odds, _GOOD)
    if any(_rule("none-of-many").search(match.group()) for match in told):
        return odds
    if rest >= _TELLS and read("，".join(others)) < _DOUBT:
        return odds
    plain = read("，".join(match["lead"] + match["deed"] for match in told))
    if plain > _PLAIN_FAULT:
        return odds
    return max(odds, _charged(plain))


def _charged(plain: float) -> float:
    """Log odds of a fault for a deed that is turned into one; ``plain``: those of the deed."""
    return min(_FAULT[1], max(_FAULT[0], _FAULT[0] - plain / 2))


def _own(clause: re.Match[str]) -> bool:
    """Whether it is the firm, or somebody of its own, whose deed a clause takes back."""
    return _rule("own-lead").match(clause["lead"]) is not None


def _of_firm(clauses: list[str], found: list[re.Match[str] | None]) -> bool:
    """Whether the first clause whose deed is denied names the firm or somebody of its own, or stands behind its name; else it
    may tell what others lack: 未过审查，△一律不上架; 没有厂房也能借."""
    first = next(number for number, match in enumerate(found) if match is not None)
    before = "".join(clauses[:first])
    lead = match["lead"] if (match := found[first]) is not None else ""
    return NAME in before or _rule("firm").search(lead) is not None


@cache
def _words() -> re.Pattern[str]:
    return re.compile("|".join(rules("shifters")["withheld"].words))


def _is_good(clause: re.Match[str]) -> bool:
    """Whether it is good that a clause takes its deed back: nobody should do it, or the words take back another denial."""
    times = sum(1 for word in _words().finditer(clause.string, clause.start("words")) if word.start() < clause.end("words"))
    burden = _rule("burden").match(clause["deed"])
    bad = burden is not None and _rule("discloses").search(clause["deed"]) is None
    return bad == bool(times % 2)


def hollow(text: str) -> bool:
    """Whether a deed is told only to say that it was not lived by, or done in part: by itself it is none."""
    return any(_rule(id).search(text) for id in ("hollow", "in-part"))

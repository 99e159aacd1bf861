"""An answer as it came → the verdicts in it that can be used, and what is wrong with the others.

Nothing is taken on trust: the answer is JSON of the form asked for, its ids, firms, requirements and grades are among
those asked about, and the words it quotes stand in the passage.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import Field, ValidationError

from mapper.ask.requests import AskedPassage, Request
from mapper.fingerprint import normalised
from mapper.letters import Span
from mapper.matchers.answers import UpheldVerdict
from mapper.model import Grade, Value

MOST = 12
"""Requirements that one sentence may bear on for one firm; an answer that names more of them judged nothing."""
_ELLIPSIS = re.compile(r"…+|\.{3,}|．{3,}")
_THOUGHT = re.compile(r"^.*</think>", re.DOTALL)
_WHY = 200
Fault = Literal[
    "not-json", "cut", "other-request", "sentence-unknown", "sentence-twice", "sentence-missing", "too-many",
    "verdict-shape", "verdict-twice", "requirement-unknown", "firm-unknown", "grade-unlike", "words-missing",
]  # fmt: skip
"""What an answer is refused for: the first three as a whole, the next four for a sentence, the others for a verdict."""
_AGAIN: frozenset[str] = frozenset({"not-json", "cut", "other-request", "sentence-missing", "sentence-twice"})
"""Faults that leave some sentence without an answer."""


class _RawVerdict(Value):
    """One verdict as the model writes it; ``not`` is as good as nothing."""

    requirement: str
    firm: str
    verdict: Literal["met", "partly", "breached", "not"]
    grade: Grade | None = None
    words: str = ""
    why: str = ""


class _SentenceAnswer(Value):
    """What the model answered for one sentence, by its id in the request."""

    id: str
    verdicts: tuple[Any, ...] = Field(max_length=1000)


@dataclass(frozen=True)
class Upheld:
    """What stood the checks: for each passage answered for (by number) its verdicts; and the faults, counted."""

    said: Mapping[int, tuple[UpheldVerdict, ...]] = field(default_factory=dict)
    faults: Mapping[str, int] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether it answers for every passage of the request: if not, asking again may be worth it."""
        return not (_AGAIN & self.faults.keys())


def check_answer(raw: str, request: Request, requirements: frozenset[str], *, cut: bool = False) -> Upheld:
    """Check the answer to a request. ``requirements``: the ids there are; ``cut``: the answer is known not to be whole."""
    faults: Counter[str] = Counter()
    data = _json(raw)
    if data is None:
        return Upheld(faults={"cut" if cut else "not-json": 1})
    entries = data.get("sentences")
    if not isinstance(entries, list):
        return Upheld(faults={"not-json": 1})
    sentences = list(_sentences(entries, faults))
    asked = {one.id: one for one in request.asked}
    if data.get("request", request.key) != request.key or (sentences and not any(one.id in asked for one in sentences)):
        return Upheld(faults={"other-request": 1})
    counts = Counter(one.id for one in sentences)
    said: dict[int, tuple[UpheldVerdict, ...]] = {}
    for sentence in sentences:
        about = asked.get(sentence.id)
        if about is None:
            faults["sentence-unknown"] += 1
        elif counts[sentence.id] > 1:
            faults["sentence-twice"] += 1
        else:
            found = list(_verdicts(sentence.verdicts, about, requirements, faults))
            if max(Counter(one.firm for one in found).values(), default=0) > MOST:
                faults["too-many"] += 1
                found = []
            said[about.number] = tuple(found)
    missing = sum(one.number not in said and counts[one.id] == 0 for one in request.asked)
    if missing:
        faults["sentence-missing"] += missing
    return Upheld(said, dict(faults))


def _json(raw: str) -> dict[str, Any] | None:
    """The JSON object of an answer, which some models wrap in a fence or precede by their thoughts."""
    text = _THOUGHT.sub("", raw).strip()
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        data = json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _sentences(entries: Sequence[Any], faults: Counter[str]) -> Iterator[_SentenceAnswer]:
    for entry in entries:
        try:
            yield _SentenceAnswer.model_validate(_known(entry, _SentenceAnswer))
        except ValidationError:
            faults["sentence-unknown"] += 1


def _known(entry: Any, shape: type[Value]) -> Any:
    """The fields that are asked for; models like to add some."""
    return {key: entry[key] for key in shape.model_fields if key in entry} if isinstance(entry, dict) else entry


def _verdicts(
    entries: Sequence[Any], about: AskedPassage, requirements: frozenset[str], faults: Counter[str]
) -> Iterator[UpheldVerdict]:
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        try:
            one = _RawVerdict.model_validate(_known(entry, _RawVerdict))
        except ValidationError:
            faults["verdict-shape"] += 1
            continue
        if one.verdict == "not":
            continue
        words = _places(one.words, about.text)
        grade = _grade(one)
        wrong: Fault | None = None
        if one.requirement not in requirements:
            wrong = "requirement-unknown"
        elif one.firm not in about.firms:
            wrong = "firm-unknown"
        elif grade is None:
            wrong = "grade-unlike"
        elif words is None:
            wrong = "words-missing"
        elif (one.requirement, one.firm) in seen:
            wrong = "verdict-twice"
        if wrong is not None or grade is None or words is None:
            faults[wrong or "verdict-shape"] += 1
            continue
        seen.add((one.requirement, one.firm))
        yield UpheldVerdict(one.requirement, one.firm, one.verdict, grade, words, " ".join(one.why.split())[:_WHY])


def _grade(one: _RawVerdict) -> Grade | None:
    """The grade, where it goes with the verdict: ``adverse`` with ``breached`` and with nothing else."""
    if one.grade is None:
        return "adverse" if one.verdict == "breached" else None
    return one.grade if (one.grade == "adverse") == (one.verdict == "breached") else None


def _places(words: str, text: str) -> tuple[Span, ...] | None:
    """Where quoted words stand in a text, whatever their spaces, punctuation and width; None where they do not."""
    at = 0
    folded, places = _folded(text)
    spans: list[Span] = []
    for part in _ELLIPSIS.split(words):
        key = normalised(part)
        if not key:
            continue
        found = folded.find(key, at)
        if found < 0:
            return None
        at = found + len(key)
        spans.append((places[found], places[at - 1] + 1))
    return tuple(spans) if sum(end - start for start, end in spans) > 1 else None


def _folded(text: str) -> tuple[str, list[int]]:
    """A text as :func:`normalised` has it, and for each of its characters the place it comes from."""
    signs: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        for sign in normalised(char):
            signs.append(sign)
            places.append(at)
    return "".join(signs), places

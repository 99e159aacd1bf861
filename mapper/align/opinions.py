"""The program's word and a language model's put together: whether evidence is shown, with which score, and who finds it.

Without a calibration the model's word stands beside the score: what either of them finds is shown. With one it is in it,
and what the model names has the grade that it gives: on labelled documents it errs less there than the program.
"""

from __future__ import annotations

from dataclasses import dataclass

from mapper.align.candidates import Candidate
from mapper.matchers.answers import AnswersMatcher, SecondReader, UpheldVerdict
from mapper.model import FoundBy, Grade, Opinion, Reason, Words


@dataclass(frozen=True)
class Program:
    """What the program alone says: score, grade, whether it is torn between praise and fault, and its own line."""

    score: float
    grade: Grade
    torn: bool
    line: float


@dataclass(frozen=True)
class Ruled:
    """What a candidate comes to."""

    shown: bool
    score: float
    grade: Grade
    found_by: FoundBy | None = None
    opinion: Opinion | None = None


def judged(
    one: Candidate, own: Program, line: float, opinions: AnswersMatcher, second: SecondReader | None
) -> Ruled:
    """What a candidate comes to; ``line``: from which score evidence is shown."""
    found = own.score >= line and not own.torn
    if second is None:
        return Ruled(found, own.score, own.grade)
    passage, firm = one.passage, one.attributed.firm
    if not opinions.was_asked(passage, firm):
        return Ruled(found, own.score, own.grade, "program")
    said = opinions.opinion(passage, firm, one.requirement.id)
    opinion = _opinion(opinions.reader, said, one.stretch.text, own.score)
    calibration = second.calibration
    if calibration is not None:
        found = own.score >= own.line and not own.torn
    by: FoundBy = "program" if said is None else "both" if found else "model"
    grade = said.grade if said is not None and (by == "model" or calibration is not None) else own.grade
    if calibration is None:
        return Ruled(found or said is not None, own.score, grade, by, opinion)
    final = calibration.scored(own.score, one.features)
    return Ruled(final >= line and (said is not None or found), final, grade, by, opinion)


def _opinion(reader: str, said: UpheldVerdict | None, text: str, program: float) -> Opinion:
    if said is None:
        return Opinion(by=reader, program=program)
    words = tuple(Words(start=start, end=end, text=text[start:end]) for start, end in said.words)
    return Opinion(by=reader, verdict=said.verdict, grade=said.grade, words=words, why=said.why, program=program)


def spoken_of(opinion: Opinion) -> Reason:
    """What the model says, as a reason that every report can show."""
    params = {"by": opinion.by, "score": f"{opinion.program:.2f}"}
    if opinion.why:
        params["why"] = opinion.why
    code = f"model-{opinion.verdict or 'silent'}" + ("-why" if opinion.why else "")
    return Reason(kind="model", code=code, params=params, words=opinion.words)

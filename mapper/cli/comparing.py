"""Figures of a second reader: ``mapper evaluate --answers``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from mapper.cli.asking import tell_second
from mapper.cli.codes import DONE, LEFT_OUT, WRONG
from mapper.cli.terminal import progress, put, tell, tell_problems, written
from mapper.messages import say
from mapper.shipped import folder

if TYPE_CHECKING:
    from mapper.ask.record import Answer
    from mapper.ask.second import AnsweringModel
    from mapper.evaluate import Label
    from mapper.model import Alignment
    from mapper.run import Inputs



def compare(policies: Path | None, corpus: Path, labels: Sequence[Label], answers: Path, *, calibrate: bool) -> int:
    """Print the figures of the program, of the model and of both; with ``calibrate`` write what both are worth."""
    from mapper.align.weighing import Weighing
    from mapper.ask.calibrate import compared
    from mapper.ask.record import chief, read_answers
    from mapper.ask.second import RecordedReader
    from mapper.ask.table import comparison
    from mapper.run import read_inputs

    recorded = read_answers(answers)
    leading = chief(recorded.answers)
    if leading is None:
        tell_problems(recorded.problems)
        tell(say("ask.no-answers", path=answers))
        return WRONG
    with progress() as show:
        inputs = read_inputs(policies or folder("policies"), corpus, show, answers=answers)
    left_out = tell_problems(inputs.problems)
    assert inputs.shelf is not None
    weighing = Weighing.of(inputs.shelf.weighing)
    made = {reader: _everything(inputs, answers, reader) for reader in sorted({one.reader for one in recorded.answers})}
    put(comparison(compared(made[leading][0], labels, lambda grade: weighing.least(weighing.line, grade))))
    shelf = made[leading][1].shelf
    assert shelf is not None and isinstance(shelf.second, RecordedReader)
    tell_second(shelf, shelf.second.tally)
    _told_spent([one for one in recorded.answers if one.reader == leading])
    _told_agreement({reader: alignment for reader, (alignment, _) in made.items()})
    if calibrate and not _calibrate(made[leading][0], labels, answers, corpus, leading):
        return WRONG
    return LEFT_OUT if left_out else DONE


def _everything(inputs: Inputs, answers: Path, reader: AnsweringModel) -> tuple[Alignment, Inputs]:
    """All that program and one reader say, whatever its score, and the inputs that it was made of."""
    from mapper.ask.second import second_reader
    from mapper.run import build

    assert inputs.shelf is not None
    second, _ = second_reader(answers, inputs.catalog, inputs.registry, inputs.shelf, reader=reader, weighed=False)
    own = replace(inputs, shelf=replace(inputs.shelf, second=second))
    return build(own, min_score=0.0), own


def _told_spent(answers: Sequence[Answer]) -> None:
    """What the answers cost, as far as the server counted."""
    counted = [one for one in answers if one.prompt_tokens is not None and one.answer_tokens is not None]
    documents = len({one.document for one in answers})
    sent = sum(one.prompt_tokens or 0 for one in counted)
    said = sum(one.answer_tokens or 0 for one in counted)
    share = max(1, len({one.document for one in counted}))
    tell(
        say(
            "ask.spent", answers=len(answers), documents=documents, each=f"{len(answers) / max(1, documents):.1f}",
            sent=round(sent / share), said=round(said / share),
        )
    )


def _told_agreement(made: Mapping[AnsweringModel, Alignment]) -> None:
    from mapper.ask.calibrate import agreement

    for (first, one), (second, other) in combinations(made.items(), 2):
        both, either = agreement(one.evidence, other.evidence)
        names = {"first": f"{first[0]} #{first[1]}", "second": f"{second[0]} #{second[1]}"}
        tell(say("ask.agreement", **names, both=both, either=either, share=f"{both / max(1, either):.2f}"))


def _calibrate(everything: Alignment, labels: Sequence[Label], answers: Path, corpus: Path, reader: AnsweringModel) -> bool:
    """Write the calibration beside the answers; False, and a message, where that cannot be done."""
    from mapper.ask.calibrate import calibrated
    from mapper.ask.prompt import VERSION
    from mapper.matchers.calibration import NAME, dump

    fitted = {
        "model": reader[0], "prompt": VERSION, "corpus": corpus.resolve().name,
        "documents": str(len({one.document for one in labels})), "labels": str(len(labels)),
    }  # fmt: skip
    found = calibrated(everything, labels, fitted)
    if found is None:
        tell(say("ask.too-few"))
        return False
    if not written({answers / NAME: dump(found)}, answers):
        return False
    put([str(answers / NAME)])
    return True

"""What a second reader is worth, measured on labelled documents: the program, the model, and both, and how both are weighed.

An alignment in which nothing is left out for its score is cut down to what each of them would show; the weights of both
together are fitted on other documents than those they are judged on (five folds by document).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from mapper.evaluate import Evaluation, Label, evaluate
from mapper.evaluate.folds import FOLDS, fold_of
from mapper.matchers.calibration import FEATURES, Calibration, fit, numbers
from mapper.model import Alignment, Evidence, Grade

FEWEST = 50
"""Marks that a model was asked about, below which nothing can be weighed."""
_LINES = [n / 20 for n in range(4, 16)]


@dataclass(frozen=True)
class Compared:
    """The figures of the program, of the model, of what both find, of what either finds, and of both weighed together.

    ``weighed`` is None where too little is labelled.
    """

    program: Evaluation
    model: Evaluation
    agreed: Evaluation
    either: Evaluation
    weighed: Evaluation | None


def compared(everything: Alignment, labels: Sequence[Label], least: Callable[[Grade], float]) -> Compared:
    """Compare the readers. ``everything``: an alignment without calibration and with a least score of 0; ``least``: the
    program's line for each grade.
    """
    everything = _found(everything, least)

    def judged(keep: Callable[[Evidence], bool]) -> Evaluation:
        return evaluate(_only(everything, keep), labels)

    def program(piece: Evidence) -> bool:
        return piece.found_by != "model" and piece.score >= least(piece.grade)

    return Compared(
        program=judged(program),
        model=evaluate(_as_model(everything), labels),
        agreed=judged(lambda piece: piece.found_by == "both"),
        either=judged(lambda piece: program(piece) or _named(piece)),
        weighed=_crossed(everything, labels),
    )


def _found(everything: Alignment, least: Callable[[Grade], float]) -> Alignment:
    """The same with every mark found by whom a run would say: what the program finds only below its line, the model finds."""
    return everything.model_copy(
        update={
            "evidence": tuple(
                piece.model_copy(update={"found_by": "model", "grade": piece.opinion.grade})
                if piece.opinion is not None and piece.opinion.grade is not None and piece.score < least(piece.grade)
                else piece
                for piece in everything.evidence
            )
        }
    )


def calibrated(everything: Alignment, labels: Sequence[Label], fitted: dict[str, str]) -> Calibration | None:
    """Weights by the marks that the model was asked about, and the line at which what is shown is best.

    None where too few are labelled, or all alike. ``fitted``: what it was fitted on, in words.
    """
    false = {(one.evidence.id, one.place.document) for one in evaluate(everything, labels).false_marks}
    asked = [piece for piece in everything.evidence if piece.opinion is not None]
    rows = [(numbers(piece.score, _features(piece)), (piece.id, piece.document) not in false) for piece in asked]
    if len(rows) < FEWEST or len({right for _, right in rows}) < 2:
        return None
    made = Calibration(fit(rows), 0.5, fitted)
    scored = {piece.id: made.scored(piece.score, _features(piece)) for piece in everything.evidence}

    def worth(line: float) -> float:
        shown = evaluate(_only(everything, lambda piece: _shown(piece, scored, line)), labels).overall
        return (shown.evidence.f1 or 0.0) + (shown.cells.f1 or 0.0)

    return Calibration(made.weights, max(_LINES, key=lambda line: (round(worth(line), 4), line)), fitted)


def _named(piece: Evidence) -> bool:
    return piece.opinion is not None and piece.opinion.verdict is not None


def _as_model(everything: Alignment) -> Alignment:
    """What the model alone finds, with its grades."""
    return everything.model_copy(
        update={
            "evidence": tuple(
                _graded(piece)
                for piece in everything.evidence
                if piece.opinion is not None and piece.opinion.grade is not None
            )
        }
    )


def _only(everything: Alignment, keep: Callable[[Evidence], bool]) -> Alignment:
    return everything.model_copy(update={"evidence": tuple(filter(keep, everything.evidence))})


def _features(piece: Evidence) -> dict[str, float]:
    """What the model said of a piece, by the names under which it is weighed."""
    if piece.opinion is None:
        return {}
    said = {FEATURES[1]: 1.0}
    return said | ({f"model-{piece.opinion.verdict}": 1.0} if piece.opinion.verdict else {})


def _shown(piece: Evidence, scored: dict[str, float], line: float) -> bool:
    return scored[piece.id] >= line


def _crossed(everything: Alignment, labels: Sequence[Label]) -> Evaluation | None:
    """Each document by weights that the others gave."""
    kept: list[Evidence] = []
    for fold in range(FOLDS):
        inside = {document.id for document in everything.documents if fold_of(document.id) == fold}
        others = _documents(everything, outside=inside)
        made = calibrated(others, [one for one in labels if one.document not in inside], {})
        if made is None:
            return None
        kept += [
            _graded(piece)
            for piece in everything.evidence
            if piece.document in inside and made.scored(piece.score, _features(piece)) >= made.line
        ]
    return evaluate(everything.model_copy(update={"evidence": tuple(kept)}), labels)


def _graded(piece: Evidence) -> Evidence:
    """The piece with the model's grade, where it named the requirement; so a calibrated run grades too."""
    if piece.opinion is None or piece.opinion.grade is None:
        return piece
    return piece.model_copy(update={"grade": piece.opinion.grade})


def _documents(everything: Alignment, *, outside: Collection[str]) -> Alignment:
    """The same without some documents, and without the evidence whose own place is in one of them."""
    return everything.model_copy(
        update={
            "documents": tuple(one for one in everything.documents if one.id not in outside),
            "evidence": tuple(piece for piece in everything.evidence if piece.document not in outside),
        }
    )


def agreement(first: Iterable[Evidence], second: Iterable[Evidence]) -> tuple[int, int]:
    """Of what two readers name (evidence by id), how many both name, and how many either does."""
    one = {piece.id for piece in first if _named(piece)}
    other = {piece.id for piece in second if _named(piece)}
    return len(one & other), len(one | other)

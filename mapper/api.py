"""The product from Python: read, build, decide, export, and what is done with the result. ``import mapper`` offers these.

Paths may be strings. What stops a run raises :class:`mapper.problems.InputError` with every problem; what stops nothing
stands in ``Inputs.problems``. Everything returned is frozen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import Any
from warnings import warn

from mapper import run
from mapper.binding import is_day
from mapper.files import settle, write_whole
from mapper.messages import say
from mapper.model import Alignment, Decision
from mapper.problems import InputError
from mapper.proof import Verified
from mapper.proof import verify as proved
from mapper.report.changes import Changes
from mapper.report.changes import compare as compared
from mapper.report.formats import FORMATS
from mapper.report.tables import TABLES
from mapper.review import Decisions, apply, default_path, load_decisions, overlooked
from mapper.run import Inputs
from mapper.shipped import folder

AnyPath = str | PathLike[str]


def read(
    corpus: AnyPath | None = None,
    policies: AnyPath | None = None,
    decisions: AnyPath | None = None,
    answers: AnyPath | None = None,
) -> Inputs:
    """Read and check documents, policies and decisions; by default the articles and policies that ship.

    Without ``decisions``, a decisions.yaml or decisions/ beside the corpus folder is read, as by ``mapper build``.
    ``answers``: the folder of a language model's recorded answers; none is read unless it is named.
    """
    documents = Path(corpus) if corpus is not None else folder("seeds")
    beside = default_path(documents.resolve().parent, documents) if corpus is not None else None
    ruled = Path(decisions) if decisions is not None else beside
    inputs = run.read_inputs(
        Path(policies) if policies is not None else folder("policies"), documents, decisions=ruled,
        answers=Path(answers) if answers is not None else None,
    )
    unread = overlooked(documents.resolve().parent, documents) if corpus is not None and decisions is None else []
    return replace(inputs, problems=(*inputs.problems, *unread))


def build(inputs: Inputs | None = None, *, min_score: float | None = None, as_of: str | None = None) -> Alignment:
    """Align what was read (by default, what ships). Evidence below ``min_score`` (0–1, by default the line) is only counted.

    ``as_of`` (YYYY-MM-DD): the day whose duties count; by default that of the latest document. Raises ValueError where
    this is no day.
    """
    if as_of is not None and not is_day(as_of):
        raise ValueError(say("cli.value-as_of"))
    return run.build(inputs if inputs is not None else read(), min_score=min_score, as_of=as_of)


def load(path: AnyPath) -> Alignment:
    """Read an alignment.json; what a run that was killed left unmoved beside it is moved first, or a warning is given.

    Raises InputError if it is missing or no alignment.
    """
    for problem in settle(Path(path).parent):
        warn(str(problem), stacklevel=2)
    return run.read_alignment(Path(path))


def decide(
    alignment: Alignment, decisions: AnyPath | Iterable[Decision], inputs: Inputs | None = None
) -> Alignment:
    """The alignment with these decisions in place of those it carries: a file, a folder, or the decisions themselves.

    With ``inputs``, words that the machine does not mark are looked for in all documents; without, in those sentences
    that the alignment keeps.
    """
    if isinstance(decisions, str | PathLike):
        ruled, problems = load_decisions(Path(decisions))
        if any(problem.severity == "error" for problem in problems):
            raise InputError(problems)
    else:
        ruled = Decisions(tuple(decisions))
    return apply(alignment, ruled, inputs.corpus.documents if inputs is not None else ())[0]


def export(alignment: Alignment, format: str, path: AnyPath | None = None) -> bytes:
    """The alignment in one of ``mapper.report.formats.FORMATS`` as bytes, written to ``path`` too where one is given.

    Raises KeyError for an unknown format and ExtraMissingError where the format needs an extra.
    """
    data = FORMATS[format].render(alignment)
    if path is not None:
        write_whole({Path(path): data})
    return data


def compare(old: Alignment, new: Alignment) -> Changes:
    """What changed from one alignment to another, cell by cell."""
    return compared(old, new)


def verify(alignment: Alignment, inputs: Inputs) -> Verified:
    """Whether every quote still stands in the documents as read now."""
    return proved(alignment, inputs.corpus.documents)


def to_frame(alignment: Alignment, table: str = "evidence") -> Any:
    """``evidence``, ``cells`` or ``decisions`` as a pandas data frame.

    Raises ImportError where pandas is not there, and KeyError for another table.
    """
    pandas: Any = import_module("pandas")
    made = TABLES[table](alignment)
    kinds = {str: "string", int: "Int64", float: "Float64", bool: "boolean"}
    frame = pandas.DataFrame(made.rows, columns=list(made.fields))
    return frame.astype({name: kinds[kind] for name, kind in made.fields.items()})

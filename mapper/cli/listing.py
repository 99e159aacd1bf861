"""What was read of a corpus, as a table: a row a document, and below it what has no room in a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from mapper.letters import width
from mapper.messages import Language, say, text
from mapper.model import DateBasis, Document
from mapper.run import Survey

_COLUMNS = ("file", "kind", "encoding", "passages", "kept", "dropped", "date")
_NUMBERS = {"passages", "kept", "dropped"}
_GAP = "  "
_INDENT = "    "


def listing(survey: Survey) -> Iterator[str]:
    """The lines that tell of every document, and of those that were left out."""
    heads = [[text(f"corpus.column-{name}", language) for name in _COLUMNS] for language in get_args(Language)]
    documents = survey.documents
    rows = [_row(document, survey.kept[document.id]) for document in documents]
    widths = [max(width(row[i]) for row in [*heads, *rows]) for i in range(len(_COLUMNS))]
    if rows:
        yield from (_line(head, widths) for head in heads)
    for document, row in zip(documents, rows, strict=True):
        yield _line(row, widths)
        yield from (f"{_INDENT}{note}" for note in _notes(document))
    left_out = [problem for problem in survey.problems if problem.severity == "left-out"]
    if left_out:
        yield from ([""] if rows else [])
        yield say("cli.left-out", count=len(left_out))
        yield from (f"{_INDENT}{problem}" for problem in left_out)


def _row(document: Document, kept: int) -> list[str]:
    date = f"{document.date} {_basis(document.date_basis)}" if document.date else "—"
    return [
        document.id,
        say(f"corpus.format-{document.format}"),
        document.encoding if document.encoding != document.format else "—",
        f"{document.passages:,}",
        f"{kept:,}",
        f"{document.dropped:,}",
        date,
    ]


def _notes(document: Document) -> Iterator[str]:
    for name, value, basis in (
        ("title", document.title, document.title_basis),
        ("publisher", document.publisher, document.publisher_basis),
        ("author", document.author, document.author_basis),
    ):
        if value:
            yield f"{say(f'corpus.note-{name}')}: {' '.join(value.split())} {_basis(basis)}"
    yield f"{say('corpus.note-firms')}: {'、'.join(document.firms) or say('corpus.note-no-firms')}"
    if document.repairs:
        yield f"{say('corpus.note-repairs')}: {'; '.join(say(f'corpus.repair-{code}') for code in document.repairs)}"


def _basis(basis: DateBasis) -> str:
    return f"({say(f'corpus.basis-{basis}')})"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = []
    for name, cell, wide in zip(_COLUMNS, cells, widths, strict=True):
        room = " " * (wide - width(cell))
        padded.append(room + cell if name in _NUMBERS else cell + room)
    return _GAP.join(padded).rstrip()

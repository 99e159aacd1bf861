"""The way of one document: bytes → blocks → repaired → paragraphs → without furniture and copies → passages."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from mapper.corpus.copies import first_copies
from mapper.corpus.figures import spoken
from mapper.corpus.furniture import sift
from mapper.corpus.garbage import is_garbled, packed_stretches
from mapper.corpus.limits import SENTENCE_LIMIT
from mapper.corpus.metadata import facts
from mapper.corpus.notices import noticed
from mapper.corpus.paragraphs import paragraphs
from mapper.corpus.readers import read
from mapper.corpus.reading import Reading, Record
from mapper.corpus.repair import LOST, repair
from mapper.corpus.repair.script import simplified
from mapper.corpus.segment import passages
from mapper.corpus.sentences import spans
from mapper.corpus.settings import DocumentSettings
from mapper.corpus.speakers import speakers
from mapper.corpus.stacked import unstacked
from mapper.corpus.tables import Columns
from mapper.corpus.textmap import TextMap
from mapper.corpus.yearly import yearly
from mapper.model import Document, DocumentText, document_id
from mapper.problems import Problem, UnreadableError

_MOST_NAMES = 20
"""Heads of a table that a problem names."""
_UNWRITABLE = re.compile("[\\ud800-\\udfff\\x00-\\x08\\x0e-\\x1f\\x7f]")
"""What no file can hold, or no reader is to see: halves of characters, and control characters."""
_WITHIN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_SAMPLE = 2_000
"""Blocks by which it is told whether a text is one."""
_MOST_LINES = 20
"""Runs of broken lines that a message names."""


@dataclass(frozen=True)
class FileContents:
    """What was read of a file: its documents, mostly one, and what of it was left out."""

    documents: tuple[DocumentText, ...] = ()
    problems: tuple[Problem, ...] = ()


def document_text(path: str, raw: bytes, entry: DocumentSettings | None = None) -> DocumentText | Problem:
    """Read one file as one document, whatever its rows say. ``path`` is its id; ``entry`` what corpus.yaml says of it.

    For tests and benchmarks, which have bytes and no folder; a run reads with :func:`read_file`.
    """
    found = read_file(path, raw, entry, apart=False)
    return found.documents[0] if found.documents else found.problems[0]


def document_texts(
    path: str, raw: bytes, entry: DocumentSettings | None = None, columns: Columns | None = None
) -> tuple[DocumentText, ...] | Problem:
    """The documents of one file, or why there are none; for tests and benchmarks, as :func:`document_text` is."""
    found = read_file(path, raw, entry, columns)
    return found.documents or found.problems[0]


def read_file(
    path: str, raw: bytes, entry: DocumentSettings | None = None, columns: Columns | None = None, *, apart: bool = True
) -> FileContents:
    """Read one file: a single document, or many where its rows or lines are documents of their own.

    ``columns`` are those that corpus.yaml names for all tables of the folder. Rows without text are passed over;
    lines that cannot be read are a problem, and the others are read.
    """
    own = entry.columns.named() if entry and entry.columns else None
    try:
        reading = read(raw, own or columns, table=own is not None)
    except UnreadableError as why:
        return left_out(why.code, path, **why.params)
    if is_garbled("".join(block.words.text for block in reading.blocks[:_SAMPLE])):
        return left_out("document-garbled", path)
    if not apart or not reading.records:
        reading = replace(reading, records=(Record("", reading.blocks, reading.stated),))
    digest = sha256(raw).hexdigest()
    made = (_document(path, digest, reading, record, entry) for record in reading.records)
    whole = [one for one in made if one is not None]
    documents = tuple(one for one, _ in whole)
    cut = tuple(Problem(code, path, severity="left-out", params=dict(params)) for code, params in reading.missing)
    if divided := sum(count for _, count in whole):
        params = {"count": str(divided), "limit": str(SENTENCE_LIMIT)}
        cut += (Problem("sentences-divided", path, severity="warning", params=params),)
    if packed := packed_stretches(reading.text):
        cut += (Problem("stretches-packed", path, severity="left-out", params={"count": str(packed)}),)
    if reading.broken:
        params = {"count": str(len(reading.broken)), "lines": _runs(reading.broken)}
        return FileContents(documents, (Problem("lines-broken", path, reading.broken[0], "left-out", params), *cut))
    if not documents:
        return FileContents(problems=(Problem("document-no-text", path, severity="left-out"), *cut))
    params = {"names": "、".join(reading.unknown[:_MOST_NAMES]) + "…" * (len(reading.unknown) > _MOST_NAMES)}
    doubtful = (Problem("table-columns-unknown", path, severity="warning", params=params),) if reading.unknown else ()
    return FileContents(documents, (*doubtful, *cut))


def left_out(code: str, path: str, **params: str) -> FileContents:
    """A file of which nothing was read, and why."""
    return FileContents(problems=(Problem(code, path, severity="left-out", params=params),))


def as_read(words: str) -> tuple[str, ...]:
    """The sentences that these words come to when a document holds them: repaired, and divided where sentences end."""
    [block], _ = repair([TextMap.of(words)])
    return tuple(block.text[start:end] for start, end in spans(block.text))


def forms_read(word: str) -> frozenset[str]:
    """A name in every form in which reading may leave it: repaired, in simplified characters, without spaces within."""
    [plain], _ = repair([TextMap.of(word)])
    forms = {plain.text, simplified(plain.text)}
    forms |= {_WITHIN.sub("", form) for form in forms}
    return frozenset(form for form in map(str.strip, forms) if form and LOST not in form)


def _runs(numbers: Sequence[int]) -> str:
    """Numbers in order as text, those that follow each other as one: 3, 7–9."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    said = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:_MOST_LINES]]
    return ", ".join([*said, "…"] if len(runs) > _MOST_LINES else said)


def _document(
    path: str, digest: str, reading: Reading, record: Record, entry: DocumentSettings | None
) -> tuple[DocumentText, int] | None:
    """One document of a file and how many of its sentences were divided, or None where it has no text of its own."""
    repaired, repairs = repair([block.words for block in record.blocks])
    blocks = [
        block if words is block.words else replace(block, words=words)
        for block, words in zip(record.blocks, repaired, strict=True)
    ]
    everything = paragraphs(yearly(spoken(unstacked(noticed(blocks)))))
    kept, furniture = sift(everything)
    kept, copies = first_copies(kept)
    identifier = document_id(path, record.key)
    result, divided = passages(identifier, speakers(kept))
    if not result:
        return None
    dropped = sum(len(paragraph.text) for paragraph in [*furniture, *copies])
    stated = {field: _UNWRITABLE.sub(LOST, value) for field, value in record.stated.items()}
    document = Document(
        id=identifier,
        path=path,
        sha256=digest,
        speaker=entry.speaker if entry else None,
        owner=stated.get("firm") or (entry.owner if entry else None),
        format=reading.format,
        encoding=reading.encoding,
        repairs=repairs,
        characters=sum(len(block.words) for block in record.blocks) if record.key else len(reading.text),
        dropped=dropped + (0 if record.key else reading.dropped),
        passages=len(result),
    )
    document = described(facts(document, stated, everything, kept), entry, own=stated if record.key else ())
    return DocumentText(document=document, text=reading.text, passages=result), divided


def described(document: Document, entry: DocumentSettings | None, own: Collection[str] = ()) -> Document:
    """The document with what corpus.yaml says of it, except what a row says of itself."""
    if entry is None:
        return document
    said: dict[str, str] = {}
    for name in ("title", "publisher", "author", "date"):
        if name not in own and (value := getattr(entry, name)) is not None:
            said |= {name: value, f"{name}_basis": getattr(entry, f"{name}_basis")}
    if entry.url and "url" not in own:
        said["url"] = entry.url
    return document.model_copy(update=said)

"""The way of one document: bytes → blocks → repaired → paragraphs → without furniture and copies → passages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from hashlib import sha256

from mapper.corpus.copies import first_copies
from mapper.corpus.furniture import sift
from mapper.corpus.metadata import Facts, facts
from mapper.corpus.paragraphs import paragraphs
from mapper.corpus.readers import read
from mapper.corpus.reading import Reading, Record, UnreadableError
from mapper.corpus.repair import repair
from mapper.corpus.segment import passages
from mapper.corpus.settings import Entry
from mapper.corpus.speakers import speakers
from mapper.corpus.tables import Columns
from mapper.model import Document, DocumentText
from mapper.problems import Problem


def document_text(path: str, raw: bytes, entry: Entry | None = None) -> DocumentText | Problem:
    """Read one file as one document, whatever its rows say. ``path`` is its id; ``entry`` what corpus.yaml says of it."""
    found = document_texts(path, raw, entry, apart=False)
    return found if isinstance(found, Problem) else found[0]


def document_texts(
    path: str, raw: bytes, entry: Entry | None = None, columns: Columns | None = None, *, apart: bool = True
) -> tuple[DocumentText, ...] | Problem:
    """Read one file: a single document, or many where its rows or lines are documents of their own.

    ``columns`` are those that corpus.yaml names for all tables of the folder. Rows without text are passed over.
    """
    own = entry.columns.named() if entry and entry.columns else None
    try:
        reading = read(raw, own or columns, table=own is not None)
    except UnreadableError as why:
        return Problem(why.code, path, severity="left-out", params=why.params)
    if not apart or not reading.records:
        reading = replace(reading, records=(Record("", reading.blocks, reading.stated),))
    digest = sha256(raw).hexdigest()
    made = (_document(path, digest, reading, record, entry) for record in reading.records)
    found = tuple(one for one in made if one is not None)
    return found or Problem("document-no-text", path, severity="left-out")


def _document(
    path: str, digest: str, reading: Reading, record: Record, entry: Entry | None
) -> DocumentText | None:
    """One document of a file, or None where it has no text of its own."""
    repaired, repairs = repair([block.words for block in record.blocks])
    blocks = [replace(block, words=words) for block, words in zip(record.blocks, repaired, strict=True)]
    everything = paragraphs(blocks)
    kept, furniture = sift(everything)
    kept, copies = first_copies(kept)
    identifier = f"{path}#{record.key}" if record.key else path
    result = passages(identifier, speakers(kept))
    if not result:
        return None
    dropped = sum(len(paragraph.text) for paragraph in [*furniture, *copies])
    known = described(facts(record.stated, everything, kept), entry, own=record.stated if record.key else ())
    document = Document(
        id=identifier,
        path=path,
        sha256=digest,
        title=known.title,
        title_basis=known.title_basis,
        publisher=known.publisher,
        publisher_basis=known.publisher_basis,
        author=known.author,
        author_basis=known.author_basis,
        date=known.date,
        date_basis=known.date_basis,
        url=known.url,
        speaker=entry.speaker if entry else None,
        owner=record.stated.get("firm") or (entry.owner if entry else None),
        format=reading.format,
        encoding=reading.encoding,
        repairs=repairs,
        characters=sum(len(block.words) for block in record.blocks) if record.key else len(reading.text),
        dropped=dropped + (0 if record.key else reading.dropped),
        passages=len(result),
    )
    return DocumentText(document=document, text=reading.text, passages=result)


def described(found: Facts, entry: Entry | None, own: Collection[str] = ()) -> Facts:
    """The facts of a file with those of corpus.yaml in their place, except those that a row says of itself."""
    if entry is None:
        return found
    if entry.title is not None and "title" not in own:
        found = replace(found, title=entry.title, title_basis=entry.title_basis)
    if entry.publisher is not None and "publisher" not in own:
        found = replace(found, publisher=entry.publisher, publisher_basis=entry.publisher_basis)
    if entry.author is not None and "author" not in own:
        found = replace(found, author=entry.author, author_basis=entry.author_basis)
    if entry.date is not None and "date" not in own:
        found = replace(found, date=entry.date, date_basis=entry.date_basis)
    return replace(found, url=entry.url or found.url) if "url" not in own else found

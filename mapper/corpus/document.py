"""The way of one document: bytes → blocks → repaired → paragraphs → without furniture and copies → passages."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from mapper.corpus.copies import first_copies
from mapper.corpus.furniture import sift
from mapper.corpus.metadata import Facts, facts
from mapper.corpus.paragraphs import paragraphs
from mapper.corpus.readers import read
from mapper.corpus.reading import UnreadableError
from mapper.corpus.repair import repair
from mapper.corpus.segment import passages
from mapper.corpus.settings import Entry
from mapper.corpus.speakers import speakers
from mapper.model import Document, DocumentText
from mapper.problems import Problem


def document_text(path: str, raw: bytes, entry: Entry | None = None) -> DocumentText | Problem:
    """Read one document from its bytes. ``path`` is its id; ``entry`` is what corpus.yaml says of it."""
    try:
        reading = read(raw)
    except UnreadableError as why:
        return Problem(why.code, path, severity="left-out", params=why.params)
    repaired, repairs = repair([block.words for block in reading.blocks])
    blocks = [replace(block, words=words) for block, words in zip(reading.blocks, repaired, strict=True)]
    everything = paragraphs(blocks)
    kept, furniture = sift(everything)
    kept, copies = first_copies(kept)
    result = passages(path, speakers(kept))
    if not result:
        return Problem("document-no-text", path, severity="left-out")
    dropped = reading.dropped + sum(len(paragraph.text) for paragraph in [*furniture, *copies])
    known = described(facts(reading.stated, everything, kept), entry)
    document = Document(
        id=path,
        path=path,
        sha256=sha256(raw).hexdigest(),
        title=known.title,
        title_basis=known.title_basis,
        publisher=known.publisher,
        publisher_basis=known.publisher_basis,
        date=known.date,
        date_basis=known.date_basis,
        url=known.url,
        speaker=entry.speaker if entry else None,
        owner=entry.owner if entry else None,
        format=reading.format,
        encoding=reading.encoding,
        repairs=repairs,
        characters=len(reading.text),
        dropped=dropped,
        passages=len(result),
    )
    return DocumentText(document=document, text=reading.text, passages=result)


def described(found: Facts, entry: Entry | None) -> Facts:
    """The facts of a file with those of corpus.yaml in their place."""
    if entry is None:
        return found
    if entry.title is not None:
        found = replace(found, title=entry.title, title_basis=entry.title_basis)
    if entry.publisher is not None:
        found = replace(found, publisher=entry.publisher, publisher_basis=entry.publisher_basis)
    if entry.date is not None:
        found = replace(found, date=entry.date, date_basis=entry.date_basis)
    return replace(found, url=entry.url or found.url)

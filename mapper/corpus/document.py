"""The way of one document: bytes → blocks → repaired → paragraphs → without furniture and copies → passages."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from mapper.corpus.copies import first_copies
from mapper.corpus.furniture import sift
from mapper.corpus.metadata import Facts, facts
from mapper.corpus.paragraphs import paragraphs, speakers
from mapper.corpus.reading import Unreadable
from mapper.corpus.readers import read
from mapper.corpus.repair import repair
from mapper.corpus.segment import passages
from mapper.corpus.settings import Entry
from mapper.model import Document, DocumentText
from mapper.problems import Problem


def document_text(path: str, raw: bytes, entry: Entry | None = None) -> DocumentText | Problem:
    """Read one document from its bytes. ``path`` is its id; ``entry`` is what corpus.yaml says of it."""
    try:
        reading = read(raw)
    except Unreadable as why:
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
    document = Document(
        id=path,
        path=path,
        sha256=sha256(raw).hexdigest(),
        format=reading.format,
        encoding=reading.encoding,
        repairs=repairs,
        characters=len(reading.text),
        dropped=dropped,
        passages=len(result),
        **_described(facts(reading.stated, everything), entry),
    )
    return DocumentText(document=document, text=reading.text, passages=result)


def _described(found: Facts, entry: Entry | None) -> dict[str, str | None]:
    described = dict(vars(found))
    if entry:
        for name in ("title", "publisher", "date"):
            if getattr(entry, name) is not None:
                described[name] = getattr(entry, name)
                described[f"{name}_basis"] = getattr(entry, f"{name}_basis")
        described["url"] = entry.url or found.url
        described["speaker"] = entry.speaker
        described["owner"] = entry.owner
    return described

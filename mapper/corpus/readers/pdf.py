"""PDF with a text layer. Needs the extra ``pdf`` (pypdfium2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mapper.corpus.garbage import is_garbled
from mapper.corpus.limits import PAGES_LIMIT
from mapper.corpus.lines import Page, continues, glue, runs_on, unnumbered, wrap_width
from mapper.corpus.readers.pdfbeside import of_file, of_page
from mapper.corpus.readers.pdfcovers import Drawings, things
from mapper.corpus.readers.pdfseen import shown, unseen
from mapper.corpus.reading import Block, Reading, counted
from mapper.corpus.textmap import TextMap
from mapper.problems import UnreadableError

_MARGIN = 4
"""Lines at the top and at the foot of a page among which running heads are looked for."""
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:\d{1,4}|[ivxlc]{1,6})[-—–·\s]*|第\s*\d+\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}|Page \d+.{0,10}", re.I
)
_HEAD_LENGTH = 60
_SENTENCE = re.compile(r"[。！？；]")
_NARROWEST = 30
_SLIGHT, _INDENT = 1.2, 4.5
"""Han characters from which, and up to which, a line that begins further right is indented."""
_LEAST_PER_PAGE = 8


class PdfReader:
    """Pages in their order; running heads and page numbers dropped, wrapped lines joined, also across pages."""

    def claims(self, raw: bytes) -> bool:
        """PDF allows some bytes of other matter before its mark."""
        return b"%PDF-" in raw[:1024]

    def read(self, raw: bytes) -> Reading:
        """The decoded text is that of all pages, joined by form feeds, without the running heads."""
        pages, info, count, beside = _extract(raw)
        garbled = [is_garbled("\n".join(line.text for line in page)) for page in pages]
        if any(garbled) and all(bad or not page for bad, page in zip(garbled, pages, strict=True)):
            raise UnreadableError("document-garbled")
        beside["pages-garbled"] = sum(garbled)
        pages = [[] if bad else page for bad, page in zip(garbled, pages, strict=True)]
        total = sum(len(line.text) + 1 for page in pages for line in page)
        if sum(len(line.text.strip()) for page in pages for line in page) < _LEAST_PER_PAGE * max(1, len(pages)):
            raise UnreadableError("document-unseen" if beside["letters-unseen"] else "document-scan")
        kept = _without_heads(pages)
        rows: list[_KeptLine] = []
        offset = 0
        for number, page in enumerate(kept, 1):
            for line in page:
                if line.text.strip():
                    rows.append(_KeptLine(number, TextMap.of(line.text, offset), line.box))
                offset += len(line.text) + 1
            offset += not page
        text = "\f".join("\n".join(line.text for line in page) for page in kept)
        cut = [("document-cut-pages", {"limit": str(PAGES_LIMIT)})] if count > PAGES_LIMIT else []
        missing = (*cut, *counted(dict(sorted(beside.items()))))
        return Reading(text, tuple(_blocks(rows)), "pdf", "pdf", _stated(info), max(0, total - len(text)), missing=missing)


@dataclass(frozen=True)
class _LineBox:
    """Where a line stands on its page, and the size of its letters, in points."""

    left: float
    right: float
    size: float


@dataclass(frozen=True)
class _Line:
    """A line of a page as the library gives it; ``box`` is None where it has no place."""

    text: str
    box: _LineBox | None


@dataclass(frozen=True)
class _KeptLine:
    """A line that is no running head or foot, with its page."""

    page: int
    words: TextMap
    box: _LineBox | None


def _extract(raw: bytes) -> tuple[list[list[_Line]], dict[str, str], int, Counter[str]]:
    """The lines of each page that is read, what the file says of itself, how many pages it has, and how much there is
    that is not read, by the code of its problem."""
    try:
        import pypdfium2  # type: ignore[import-untyped,unused-ignore]
        import pypdfium2.raw as pdf  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise UnreadableError("document-extra-missing", format="PDF", extra="pdf") from None
    try:
        document: Any = pypdfium2.PdfDocument(raw)
    except Exception:  # pypdfium2 raises its own and ctypes' errors for broken, locked and hostile files alike
        raise UnreadableError("document-broken", format="PDF") from None
    try:
        pages = []
        beside = of_file(document)
        drawings = Drawings()
        for number in range(min(len(document), PAGES_LIMIT)):
            page = document[number]
            textpage = page.get_textpage()
            sheet, drawn = shown(page.get_mediabox(), page.get_cropbox()), things(pdf, page)
            hidden, doubtful = unseen(textpage, sheet, drawn, drawings)
            lines, hushed = _page(textpage, hidden)
            pages.append(lines)
            beside += Counter({"letters-unseen": hushed, "letters-unjudged": doubtful})
            beside += of_page(page, sheet, drawn, sum(len(line.text.strip()) for line in lines))
            textpage.close()
            page.close()
        return pages, dict(document.get_metadata_dict()), len(document), beside
    except MemoryError:  # a sound file that is too much for its process is no broken one
        raise
    except Exception:
        raise UnreadableError("document-broken", format="PDF") from None
    finally:
        document.close()


def _page(textpage: Any, hidden: frozenset[int]) -> tuple[list[_Line], int]:
    """The lines of a page without what is hidden, and how many letters and figures that is; a dot is not worth telling."""
    text: str = textpage.get_text_range()
    placed = textpage.count_chars() == len(text)
    found: list[_Line] = []
    at = 0
    for piece in text.splitlines(keepends=True):
        line = piece.splitlines()[0]
        kept = [place for place in range(at, at + len(line)) if place not in hidden] if hidden else range(at, at + len(line))
        first, last = (next((place for place in places if not text[place].isspace()), -1) for places in (kept, reversed(kept)))
        box = _box(textpage, first, last) if first >= 0 and placed else None
        found.append(_Line("".join(map(text.__getitem__, kept)) if hidden else line, box))
        at += len(piece)
    return found, sum(text[place].isalnum() for place in hidden if place < len(text))


def _box(textpage: Any, first: int, last: int) -> _LineBox | None:
    left, _, _, _ = textpage.get_charbox(first, loose=True)
    _, bottom, right, top = textpage.get_charbox(last, loose=True)
    return _LineBox(left, right, top - bottom) if right > left and top - bottom > 1 else None


def _without_heads(pages: Sequence[list[_Line]]) -> list[list[_Line]]:
    """The lines of each page without those that the margins of several pages share, and without page numbers."""
    shared = Counter(key for page in pages for key in {_key(page[i].text) for i in _margin(page)})
    often = max(2, round(0.15 * len(pages)))
    kept = []
    for page in pages:
        margin = set(_margin(page))
        kept.append(
            [
                line
                for i, line in enumerate(page)
                if not (
                    i in margin
                    and (_PAGE_NUMBER.fullmatch(line.text.strip()) or (_key(line.text) and shared[_key(line.text)] >= often))
                )
            ]
        )
    return kept


def _margin(page: Sequence[_Line]) -> list[int]:
    filled = [i for i, line in enumerate(page) if line.text.strip()]
    return sorted({*filled[:_MARGIN], *filled[-_MARGIN:]})


def _key(line: str) -> str:
    """What running heads share: all but the number of the page; a sentence is none, and other figures tell two apart."""
    words = "".join(line.split())
    if len(words) > _HEAD_LENGTH or _SENTENCE.search(words):
        return ""
    return unnumbered(words)


def _blocks(rows: Sequence[_KeptLine]) -> list[Block]:
    blocks: list[Block] = []
    run: list[TextMap] = []
    page = 1
    for i, row in enumerate(rows):
        if run and not _goes_on(rows[max(0, i - 3) : i + 2], rows[i - 1], row):
            blocks.append(Block(glue(run), page=page, whole=True))
            run = []
        if not run:
            page = row.page
        run.append(row.words)
    if run:
        blocks.append(Block(glue(run), page=page, whole=True))
    return blocks


def _goes_on(near: Sequence[_KeptLine], line: _KeptLine, following: _KeptLine) -> bool:
    """Whether a paragraph goes on in the following line.

    Columns, boxes and tables have widths of their own, so a line is measured by its neighbours: by its place on the
    page, by columns, and by characters, since Latin letters may be set narrow or wide. An indent begins a paragraph.
    """
    texts = line.words.text, following.words.text
    if line.box and following.box:
        size = following.box.size
        beside = [row.box for row in near if row.box and abs(row.box.left - line.box.left) < _INDENT * size]
        margin = min(box.left for box in beside)
        if _SLIGHT * size < following.box.left - margin < _INDENT * size and line.box.left - margin < _SLIGHT * size:
            return False
        right = max(box.right for box in beside)
        wide = right - margin > _NARROWEST * size / 2
        if wide and runs_on(*texts, (right - line.box.right) / (size / 2)):
            return True
    return any(
        continues(*texts, Page(full, measure))
        for measure, least in ((wrap_width, _NARROWEST), (len, _NARROWEST // 2))
        if (full := max(measure(row.words.text.rstrip()) for row in near)) >= least
    )


def _stated(info: dict[str, str]) -> dict[str, str]:
    """What the file's properties say; they are often those of the program that made it, hence ``file_…``."""
    stated = {}
    title = re.sub(r"^Microsoft \w+ - |\.(?:pdf|docx?|pptx?|xlsx?|wps)$", "", info.get("Title", "").strip(), flags=re.I)
    if re.search(r"[\u3400-\u9fff]{4}", title):
        stated["file_title"] = title
    if info.get("Author", "").strip():
        stated["file_author"] = info["Author"].strip()
    made = re.match(r"D:(\d{4})(\d{2})(\d{2})", info.get("CreationDate", ""))
    if made:
        stated["file_date"] = "-".join(made.groups())
    return stated

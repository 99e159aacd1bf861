"""PDF with a text layer. Needs the extra ``pdf`` (pypdfium2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from mapper.corpus.limits import PAGES_LIMIT
from mapper.corpus.lines import Page, continues, glue, lines, width
from mapper.corpus.reading import Block, Reading, UnreadableError
from mapper.corpus.textmap import TextMap

_MARGIN = 4
"""Lines at the top and at the foot of a page among which running heads are looked for."""
_PAGE_NUMBER = re.compile(
    r"[-—–·\s]*(?:\d{1,4}|[ivxlc]{1,6})[-—–·\s]*|第\s*\d+\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}|Page \d+.{0,10}", re.I
)
_NARROWEST = 30
_LEAST_PER_PAGE = 8


class PdfReader:
    """Pages in their order; running heads and page numbers dropped, wrapped lines joined, also across pages."""

    def claims(self, raw: bytes) -> bool:
        """PDF allows some bytes of other matter before its mark."""
        return b"%PDF-" in raw[:1024]

    def read(self, raw: bytes) -> Reading:
        """The decoded text is that of all pages, joined by form feeds, without the running heads."""
        pages, info = _extract(raw)
        total = sum(len(page) for page in pages)
        if sum(len(page.strip()) for page in pages) < _LEAST_PER_PAGE * max(1, len(pages)):
            raise UnreadableError("document-scan")
        kept = _without_heads([page.splitlines() for page in pages])
        bodies = ["\n".join(rows) for rows in kept]
        rows: list[tuple[int, TextMap]] = []
        offset = 0
        for number, body in enumerate(bodies, 1):
            rows += ((number, row) for row in lines(body, offset))
            offset += len(body) + 1
        text = "\f".join(bodies)
        return Reading(text, tuple(_blocks(rows)), "pdf", "pdf", _stated(info), max(0, total - len(text)))


def _extract(raw: bytes) -> tuple[list[str], dict[str, str]]:
    try:
        import pypdfium2  # type: ignore[import-untyped,unused-ignore]
    except ImportError:
        raise UnreadableError("document-extra-missing", format="PDF", extra="pdf") from None
    try:
        document: Any = pypdfium2.PdfDocument(raw)
    except Exception:  # pypdfium2 raises its own and ctypes' errors for broken, locked and hostile files alike
        raise UnreadableError("document-broken", format="PDF") from None
    try:
        pages = []
        for number in range(min(len(document), PAGES_LIMIT)):
            page = document[number]
            textpage = page.get_textpage()
            pages.append(textpage.get_text_range().replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n"))
            textpage.close()
            page.close()
        return pages, dict(document.get_metadata_dict())
    except Exception:
        raise UnreadableError("document-broken", format="PDF") from None
    finally:
        document.close()


def _without_heads(pages: Sequence[list[str]]) -> list[list[str]]:
    """The lines of each page without those that the margins of several pages share, and without page numbers."""
    shared = Counter(key for page in pages for key in {_key(page[i]) for i in _margin(page)})
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
                    and (_PAGE_NUMBER.fullmatch(line.strip()) or (_key(line) and shared[_key(line)] >= often))
                )
            ]
        )
    return kept


def _margin(page: Sequence[str]) -> list[int]:
    filled = [i for i, line in enumerate(page) if line.strip()]
    return sorted({*filled[:_MARGIN], *filled[-_MARGIN:]})


def _key(line: str) -> str:
    squeezed = re.sub(r"\d+", "0", re.sub(r"\s+", "", line))
    return squeezed if len(squeezed) <= 60 else ""


def _blocks(rows: Sequence[tuple[int, TextMap]]) -> list[Block]:
    blocks: list[Block] = []
    run: list[TextMap] = []
    page = 1
    for i, (number, row) in enumerate(rows):
        if run and not _goes_on([near.text for _, near in rows[max(0, i - 3) : i + 2]], run[-1].text, row.text):
            blocks.append(Block(glue(run), page=page, whole=True))
            run = []
        if not run:
            page = number
        run.append(row)
    if run:
        blocks.append(Block(glue(run), page=page, whole=True))
    return blocks


def _goes_on(near: Sequence[str], line: str, following: str) -> bool:
    """Whether a paragraph goes on in the following line.

    Columns, boxes and tables have widths of their own, so a line is measured by its neighbours; and by columns as well
    as by characters, since Latin letters may be set narrow or wide.
    """
    return any(
        continues(line, following, Page(full, measure))
        for measure, least in ((width, _NARROWEST), (len, _NARROWEST // 2))
        if (full := max(measure(one.rstrip()) for one in near)) >= least
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

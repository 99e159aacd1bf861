"""What a PDF holds beside the text of its pages: remarks, form fields, files attached, and pages that are a picture only.

None of it is read; it is counted, and told. Links and the frames of remarks hold no words of their own.
"""

from __future__ import annotations

from collections import Counter
from ctypes import POINTER, cast, create_string_buffer
from typing import Any

from mapper.corpus.readers.pdfcovers import Box, PageObject, share

_PICTURE = 0.5
"""Share of a page that a picture fills at least where the page is nothing else."""
_FEWEST = 8
"""Letters of a page that is more than a picture with its number."""
_MOST = 2_000
"""Remarks and fields of a page that are looked at."""


def of_file(document: Any) -> Counter[str]:
    """Files that are attached, by the code of their problem."""
    import pypdfium2.raw as pdf  # type: ignore[import-untyped,unused-ignore]

    return Counter({"attachments-unread": max(0, pdf.FPDFDoc_GetAttachmentCount(document))})


def of_page(page: Any, sheet: Box, things: list[PageObject], written: int) -> Counter[str]:
    """What a page holds beside its text, by the code of its problem; ``written``: how many letters are read of it."""
    import pypdfium2.raw as pdf

    found: Counter[str] = Counter()
    for at in range(min(pdf.FPDFPage_GetAnnotCount(page), _MOST)):
        one = pdf.FPDFPage_GetAnnot(page, at)
        kind = pdf.FPDFAnnot_GetSubtype(one)
        if kind == pdf.FPDF_ANNOT_WIDGET:
            found["fields-unread"] += bool(_value(pdf, one, b"V"))
        elif kind not in (pdf.FPDF_ANNOT_LINK, pdf.FPDF_ANNOT_POPUP):
            found["comments-unread"] += bool(_value(pdf, one, b"Contents"))
        pdf.FPDFPage_CloseAnnot(one)
    if written < _FEWEST and any(one.kind == pdf.FPDF_PAGEOBJ_IMAGE and share(one.box, sheet) >= _PICTURE for one in things):
        found["pages-pictures"] += 1
    return found


def _value(pdf: Any, one: Any, key: bytes) -> str:
    """The words of a remark or a field under a key; "" where there are none."""
    size = min(pdf.FPDFAnnot_GetStringValue(one, key, None, 0), 10_000)
    held = create_string_buffer(size + 2)
    pdf.FPDFAnnot_GetStringValue(one, key, cast(held, POINTER(pdf.FPDF_WCHAR)), size)
    return held.raw[:size].decode("utf-16-le", "replace").strip("\x00 \t\r\n")

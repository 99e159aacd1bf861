"""A small reviewed world, shared by the tests of what is made from it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from mapper.align.alignment import align
from mapper.model import Alignment, Decision, DocumentText, Run
from mapper.review import Decisions, apply
from tests.builders import COMPLAINT, ELDERLY, GREEN, document, registry, tiny_catalog

WINDOW = "云岭银行为老年客户提供上门服务。"
LOANS = "云岭银行发放绿色贷款3亿元。"
HARBOUR = "海港银行为老年人保留人工服务。"
FORMULA = "=云岭银行在海港设爱心窗口，为长者办理业务。"
MISSED = "云岭银行的柜员会主动搀扶行动不便的顾客。"
CORPUS = [
    document(WINDOW, LOANS, FORMULA, id="一/a.txt", title="甲报道", publisher="某报", date="2024-05"),
    document(HARBOUR, MISSED, id="b.txt", date="2020"),
]


def decided(ruling: Any, words: str | None = WINDOW, requirement: str = ELDERLY, **fields: Any) -> Decision:
    """A decision of 王芳."""
    said = {"firm": "云岭银行", "by": "王芳", "at": "2026-03-01", "words": words, "why": "试"}
    return Decision(**(said | {"ruling": ruling, "requirement": requirement} | fields))


RULINGS = (
    decided("reject"),
    decided("regrade", LOANS, GREEN, to="commitment"),
    decided("accept", HARBOUR, firm="海港银行"),
    decided("reject", HARBOUR, firm="海港银行", by="李雷"),
    decided("add", MISSED, to="action", document="b.txt"),
    decided("not-applicable", None, COMPLAINT, firm="海港银行"),
    decided("accept", "早已删去的一句话。"),
)


def made(*decisions: Decision, corpus: list[DocumentText] = CORPUS) -> Alignment:
    """The world as aligned, with these decisions."""
    alignment = align(corpus, tiny_catalog(), registry(), Run(version="1", options={"min_score": "0.00"}))
    return apply(alignment, Decisions(decisions), corpus)[0]


def filled(workbook: bytes, sheet: str, *rows: tuple[dict[str, str], dict[str, Any]], by: str | None = None) -> bytes:
    """The workbook as somebody saved it: in the row that shows the first values, the second ones are filled in.

    Columns are named by their English heading.
    """
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(workbook))
    table = next(one for one in book.worksheets if one.title.endswith(sheet))
    columns = {str(cell.value).splitlines()[-1]: cell.column for cell in table[2] if cell.value}
    for known, values in rows:
        row = next(
            number
            for number in range(3, table.max_row + 1)
            if all(table.cell(number, columns[key]).value == value for key, value in known.items())
        )
        for key, value in values.items():
            table.cell(row, columns[key]).value = value
    if by:
        book.properties.lastModifiedBy = by
    out = BytesIO()
    book.save(out)
    return out.getvalue()

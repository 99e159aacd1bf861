"""Decisions filled into a workbook by people → decisions. Columns may be moved and added; ids may not be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from io import BytesIO
from typing import Any, get_args

from pydantic import ValidationError

from mapper.archive import Archive, local
from mapper.fingerprint import identity
from mapper.messages import say, sheet, text
from mapper.model import Alignment, Decision, Status
from mapper.problems import Problem, UnreadableError
from mapper.review import choices
from mapper.review.decisions import GRADES, wrong
from mapper.review.formulas import CellPlaces, unstored

EXTRA = "excel"
UNREADABLE = "workbook-unreadable"
"""The problem of what is no workbook at all."""
_COLUMNS = (
    "id", "firm", "requirement", "quote", "grade", "status", "decision", "to", "remark", "by", "at", "seen", "path",
)  # fmt: skip
_PIECES = frozenset({"id", "firm", "requirement", "quote", "decision"})
_CELLS = frozenset({"firm", "requirement", "status", "decision"})
_FILLED = ("decision", "to", "remark")
_SHEETS = {
    "evidence": (*_FILLED, "id", "firm", "requirement", "quote", "grade", "by", "at"),
    "undecided": (*_FILLED, "id", "firm", "requirement", "quote", "by", "at"),
    "gaps": ("decision", "remark", "firm", "requirement", "status", "by", "at"),
}
"""The sheets to decide in, and the columns without which what was filled in would be lost or taken for another's."""
_NAMED_ROWS = 20
"""Rows that are named, at most; of the rest it is said how many."""
_HEADS_WITHIN = 10
"""Rows from the top in which the headings are looked for."""
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+00:00:00)?")
_NEVER_SAVED = "2000-01-01"


@dataclass(frozen=True)
class Filled:
    """What a workbook says: decisions in the order of its rows, and what is wrong with which row."""

    decisions: list[Decision] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class ReaderMissingError(Exception):
    """The library that reads workbooks is not installed."""


def read_workbook(
    raw: bytes, shown: str, alignment: Alignment, *, by: str | None = None, at: str | None = None
) -> Filled:
    """The decisions of a workbook that ``mapper export --format xlsx`` made; ``shown`` is how messages name it.

    Who and when: the row's own columns, else ``by`` and ``at``, else who saved the file last and when, as Excel notes
    it. A row with an id that is not that of its words is refused, with its number; the other rows are read. A sheet that is
    gone or lacks a column is named, with its rows that were filled in. Raises ReaderMissingError where the extra is not
    installed.
    """
    try:
        calamine = import_module("python_calamine")
    except ImportError as error:
        raise ReaderMissingError from error
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(raw))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except Exception:  # the library has many ways to say that a file is no workbook
        return Filled(problems=[Problem(UNREADABLE, shown)])
    saved_by, saved_at = _saved(raw)
    given = {key for key, value in (("by", by), ("at", at)) if value}
    reader = _WorkbookReader(shown, alignment, by or saved_by, at or saved_at, given)
    formulas = unstored(raw)
    known = {reader.sheet(name, rows, formulas.get(name, frozenset())) for name, rows in sheets.items()}
    if known <= {None}:
        reader.filled.problems.append(Problem("workbook-no-columns", shown))
        return reader.filled
    for one in _SHEETS:
        if one not in known and (alignment.undecided or one != "undecided"):
            reader.filled.problems.append(Problem("workbook-sheet-missing", shown, params={"sheet": _title(one)}))
    return reader.filled


def _saved(raw: bytes) -> tuple[str | None, str | None]:
    """Who saved the file last, and on which day, as far as it says."""
    try:
        events = Archive(raw, "XLSX").aside("docProps/core.xml")
    except UnreadableError:
        return None, None
    found = {local(element.tag): (element.text or "").strip() for event, element in events if event == "end"}
    day = found.get("modified", "")[:10]
    return found.get("lastModifiedBy") or None, day if day and day != _NEVER_SAVED else None


class _WorkbookReader:
    """Reads the decisions that were filled into the sheets of one workbook."""

    def __init__(self, shown: str, alignment: Alignment, by: str | None, at: str | None, given: Set[str]) -> None:
        self.shown, self.by, self.at, self.given = shown, by, at, given
        self.filled = Filled()
        self.firms = {firm.id for firm in alignment.firms}
        self.requirements = {one.id for policy in alignment.policies for one in policy.requirements}
        self.quotes = {piece.id: piece.quote for piece in (*alignment.evidence, *alignment.undecided)}

    def sheet(self, name: str, rows: Sequence[Sequence[Any]], formulas: CellPlaces) -> str | None:
        """Read one sheet. Returns which of ours it is, by its title or else its columns; None where it is none to decide in."""
        heads = [(number, _columns(row)) for number, row in enumerate(rows[:_HEADS_WITHIN])]
        top, columns = max(heads, key=lambda one: len(one[1]), default=(0, {}))
        kind = next((one for one in _SHEETS if _title(one) == name), None) or _kind(set(columns))
        if kind is None:
            return None
        where = f"{self.shown} [{name}]"
        lacking = [key for key in _SHEETS[kind] if key not in columns and key not in self.given]
        if lacking:
            said = "、".join(say(f"handover.col-{key}") for key in lacking)
            self.filled.problems.append(Problem("workbook-columns", where, top + 1, params={"columns": said}))
        strange = _strange(rows[top]) if set(lacking) & set(_FILLED) and rows else []
        lost: list[int] = []
        for number, row in enumerate(rows[top + 1 :], start=top + 2):
            values = {key: _plain(row[at]) if at < len(row) else "" for key, at in columns.items()}
            empty = next((key for key in (*_FILLED, "by", "at") if (number - 1, columns.get(key)) in formulas), None)
            filled = any(values.get(key) for key in _FILLED) or empty is not None
            if lacking:
                lost += [number] if filled or any(_plain(row[at]) for at in strange if at < len(row)) else []
            elif empty is not None:
                column = say(f"handover.col-{empty}")
                self.filled.problems.append(Problem("workbook-formula", where, number, params={"column": column}))
            elif filled:
                self._row(name, number, values, pieces=kind != "gaps")
        if lost:
            rest = f" … ({len(lost)})" if len(lost) > _NAMED_ROWS else ""
            named = "、".join(map(str, lost[:_NAMED_ROWS])) + rest
            self.filled.problems.append(Problem("workbook-rows-lost", where, params={"rows": named}))
        return kind

    def _row(self, sheet: str, number: int, values: dict[str, str], *, pieces: bool) -> None:
        found = list(self._wrong_place(values, pieces))
        said, more = self._said(values, pieces)
        found.extend(more)
        if not found:
            try:
                decision = Decision.model_validate(said)
                found.extend((code, params) for _, code, params in wrong(decision))
            except ValidationError as error:
                fields = ", ".join(str(part["loc"][0]) for part in error.errors())
                found.append(("workbook-row", {"fields": fields}))
        if found:
            where = f"{self.shown} [{sheet}]"
            self.filled.problems.extend(Problem(code, where, number, params=params) for code, params in found)
        else:
            self.filled.decisions.append(decision)

    def _wrong_place(self, values: Mapping[str, str], pieces: bool) -> Iterator[tuple[str, dict[str, str]]]:
        """What tells that a row is not the one that was exported."""
        firm, requirement = values["firm"], values["requirement"]
        if pieces:
            key, quote = values["id"], values["quote"]
            same = identity(firm, requirement, quote) == key
            whole = self.quotes.get(key, "")
            if not same and identity(firm, requirement, whole) == key and len(quote) > 1000:
                same = whole.startswith(quote[:1000])  # a quote that was too long for a cell
            if not same:
                yield "workbook-id-changed", {"id": key or "—"}
        elif firm not in self.firms or requirement not in self.requirements:
            yield "workbook-cell-unknown", {"firm": firm or "—", "requirement": requirement or "—"}

    def _said(self, values: Mapping[str, str], pieces: bool) -> tuple[dict[str, Any], list[tuple[str, dict[str, str]]]]:
        """The fields of the decision, and what cannot be understood."""
        found: list[tuple[str, dict[str, str]]] = []

        def chosen(key: str, known: tuple[str, ...]) -> str | None:
            words = values.get(key, "")
            code = choices.meant(words, known) if words else None
            if words and code is None:
                found.append(("workbook-choice", {"value": words, "choices": ", ".join(known)}))
            return code

        ruling = chosen("decision", choices.rulings() if pieces else choices.gaps())
        to = chosen("to", choices.grades()) if pieces else None
        said: dict[str, Any] = {"firm": values["firm"], "requirement": values["requirement"]}
        if pieces:
            ruling = ruling or ("regrade" if to else "comment" if not found else None)
            said |= {"words": values["quote"], "document": values.get("path") or None}
        elif ruling != "not-applicable":
            ruling, to = ("set", ruling) if ruling else (None, None)
        at = _day(values["at"]) if values.get("at") else self.at
        if values.get("at") and at is None:
            found.append(("workbook-date", {"value": values["at"]}))
        if not (by := values.get("by") or self.by):
            found.append(("workbook-nobody", {}))
        if at is None and not values.get("at"):
            found.append(("workbook-never", {}))
        if not pieces and ruling is None and not found:
            found.append(("workbook-row", {"fields": "decision"}))
        said |= {"ruling": ruling, "to": to, "why": values.get("remark", ""), "by": by, "at": at}
        if values.get("seen"):
            seen: dict[str, Any] = {"requirement": values["seen"]}
            seen |= {"grade": _grade(values.get("grade", ""))} if pieces else {"status": _status(values["status"])}
            said["seen"] = seen
        return said, found


def _title(sheet: str) -> str:
    """What a sheet is called when it is written."""
    return " ".join(text(f"handover.sheet-{sheet}", language) for language in ("zh", "en"))


def _kind(columns: Set[str]) -> str | None:
    if columns >= _PIECES:
        return "evidence" if "grade" in columns else "undecided"
    return "gaps" if columns >= _CELLS else None


def _strange(row: Sequence[Any]) -> list[int]:
    """The columns whose heading is none that we write: somebody's own, or one of ours renamed."""
    heads = sheet("handover")
    ours = {text(f"handover.{key}", language) for key in heads if key.startswith("col-") for language in ("en", "zh")}
    return [number for number, cell in enumerate(row) if not any(line.strip() in ours for line in str(cell).splitlines())]


def _columns(row: Sequence[Any]) -> dict[str, int]:
    """Which of our columns stands where in a row of headings; a heading is known by either of its languages."""
    known = {text(f"handover.col-{key}", language): key for language in ("en", "zh") for key in _COLUMNS}
    columns: dict[str, int] = {}
    for number, cell in enumerate(row):
        for line in str(cell).splitlines():
            key = known.get(line.strip())
            if key is not None:
                columns.setdefault(key, number)
    return columns


def _plain(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _day(words: str) -> str | None:
    """2026-03-01, 2026/3/1, 2026年3月1日 → 2026-03-01; None for what is no day."""
    found = _DAY.fullmatch(words.strip())
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def _grade(words: str) -> str | None:
    if words == text("page.grade-alleged", "zh"):
        return "adverse"
    return next((one for one in GRADES if text(f"page.grade-{one}", "zh") == words), None)


def _status(words: str) -> str | None:
    first = words.partition(" / ")[0]
    return next((one for one in get_args(Status) if text(f"handover.status-{one}", "zh") == first), None)

"""What of a table is prose and yet read by nobody: in rows that do not fit their heads, and in columns of no known field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from mapper.corpus.reading import Missing, Row

_PROSE = 15
"""Characters of a cell that is prose at least, unless it ends as a sentence does."""
_MARK = re.compile(r"[。！？；，,]")
_WORDS = re.compile("[\u3400-\u9fff]{5}")
_STOP = re.compile("[。！？]")
_MOST_ROWS, _MOST_NAMES = 8, 8


def is_prose(cell: str) -> bool:
    """Whether a cell holds what somebody wrote out, rather than a name, a date or a figure."""
    return is_sentence(cell) or (len(cell) >= _PROSE and bool(_MARK.search(cell)) and not cell.isascii())


def is_sentence(cell: str) -> bool:
    """Whether a cell holds a sentence that is ended."""
    return any(map(_WORDS.search, _STOP.split(cell)[:-1]))


def uneven(rows: Iterable[Row], fields: Mapping[str, int], heads: Row, above: Sequence[Row] = ()) -> list[str]:
    """The keys of the rows whose prose stands where their heads have none: beyond them, in the place of a name or a date,
    or anywhere while the text is missing. Those ``above`` the heads have no place at all."""
    named = {column for column, cell in heads.cells if cell.text.strip()}
    words = {column for field, column in fields.items() if field in ("text", "title")}
    facts = {column for field, column in fields.items() if field not in ("text", "title")}
    found = [row.key for row in above if any(is_sentence(cell.text) for _, cell in row.cells)]
    for row in rows:
        cells = {column: cell.text.strip() for column, cell in row.cells}
        empty = not cells.get(fields["text"])
        if any(
            (column not in words and (column in facts or column not in named) and is_sentence(cell))
            or (empty and column not in words and is_prose(cell))
            for column, cell in cells.items()
        ):
            found.append(row.key)
    return found


def unread_columns(rows: Iterable[Row], fields: Mapping[str, int], heads: Row) -> list[str]:
    """The heads of columns that hold prose, of no field that is known, where the text stands in another."""
    known = {*fields.values()}
    names = {column: "".join(cell.text.split()) for column, cell in heads.cells if cell.text.strip() and column not in known}
    found: set[int] = set()
    for row in rows:
        cells = dict(row.cells)
        text = cells[fields["text"]].text if fields["text"] in cells else ""
        found |= {
            column for column in names.keys() - found
            if column in cells and is_prose(words := cells[column].text.strip()) and words not in text
        }  # fmt: skip
        if len(found) == len(names):
            break
    return [names[column] for column in sorted(found)]


def leftover_problems(rows: Sequence[str], names: Sequence[str]) -> tuple[Missing, ...]:
    """The problems that such rows and columns are; none where there are none."""
    missing: list[Missing] = []
    if rows:
        said = "、".join(rows[:_MOST_ROWS]) + "…" * (len(rows) > _MOST_ROWS)
        missing.append(("rows-uneven", {"count": str(len(rows)), "rows": said}))
    if names:
        said = "、".join(name[:40] for name in names[:_MOST_NAMES]) + "…" * (len(names) > _MOST_NAMES)
        missing.append(("columns-unread", {"names": said}))
    return tuple(missing)

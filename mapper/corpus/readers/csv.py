"""CSV: a table as text, its cells parted by commas, semicolons or tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from mapper.corpus.noticerow import announces
from mapper.corpus.reading import Reading, Row
from mapper.corpus.tables import Columns, has_heads
from mapper.corpus.textmap import Edit, TextMap

_DELIMITERS = ",\t;，"
_ENDS = re.compile(r"\r\n|[\r\n]")
_SAMPLE = 50
_HEAD_CELL = 20
_SENTENCE = re.compile(r"[。！？；：:“”]")
_FEWEST_ROWS, _FEWEST_CELLS = 4, 3
_MOST_CELLS = 2_000


class CsvReader:
    """Claims a text that begins with headings of columns, one of them that of a text, or all of whose rows are alike."""

    def claims(self, text: str) -> bool:
        """Commas alone make no table: prose is full of them."""
        return any(_is_table(islice(rows(text, mark), _SAMPLE)) for mark in _DELIMITERS if mark in text[:5000])

    def bears(self, text: str, columns: Columns) -> bool:
        """Whether a text begins with these headings."""
        return any(has_heads(list(islice(rows(text, mark), _SAMPLE)), columns) for mark in _DELIMITERS if mark in text[:5000])

    def read(self, text: str, encoding: str) -> Reading:
        """The decoded text is the file's own; each row keeps its number."""
        sample = {mark: list(islice(rows(text, mark), _SAMPLE)) for mark in _DELIMITERS}
        best = max(_DELIMITERS, key=lambda mark: (_is_table(iter(sample[mark])), _width(sample[mark])))
        return Reading(text, (), "csv", encoding, tables=(tuple(rows(text, best)),))


def _is_table(found: Iterator[Row]) -> bool:
    """Prose is known by its first lines: no more rows are taken than tell."""
    sample = list(islice(found, 2))
    for row in found:
        if sum(bool(cell.text.strip()) for _, cell in sample[0].cells) >= 2:
            sample.append(row)
            break
        sample = [*sample[1:], row]  # a title above the heads
    if not sample or len(sample[0].cells) < 2:
        return False
    heads = [cell.text.strip() for _, cell in sample[0].cells]
    if any(len(head) > _HEAD_CELL or _SENTENCE.search(head) for head in heads):
        return False
    if has_heads(sample[:1]) or announces(heads):
        return len(sample) < 2 or len(sample[1].cells) > 1  # «关键词 案例;法理» above prose heads nothing
    sample += found
    alike = len({len(row.cells) for row in sample}) == 1 and len(set(heads)) == len(heads) and all(heads)
    return alike and len(sample) >= _FEWEST_ROWS and len(heads) >= _FEWEST_CELLS


def _width(sample: list[Row]) -> int:
    return min((len(row.cells) for row in sample if len(row.cells) > 1), default=0)


def rows(text: str, mark: str) -> Iterator[Row]:
    """The rows that are not blank, numbered as a spreadsheet does. A quotation that is never closed is none."""
    bare = re.compile(rf"[^{re.escape(mark)}\r\n]*")
    quotes = True
    number = 0
    at = 0
    while at < len(text):
        number += 1
        cells: list[tuple[int, TextMap]] = []
        column = 0
        while True:
            parts: list[tuple[int, int]] = []
            if quotes and text.startswith('"', at):
                end = _closing(text, at + 1)
                quotes = end >= 0
                if end >= 0:
                    parts.append((at + 1, end))
                    at = end + 1
            end = _end(bare, text, at)
            if not parts or text[at:end].strip():
                parts.append((at, end))
            at = end
            words = _unquoted(text, parts)
            if column < _MOST_CELLS:
                cells.append((column, words))
            column += 1
            if text[at : at + 1] != mark:
                break
            at += 1
        end_of_line = _ENDS.match(text, at)
        at = end_of_line.end() if end_of_line else at
        if any(cell.text.strip() for _, cell in cells):
            yield Row(str(number), f"row {number}", tuple(cells))


def _end(bare: re.Pattern[str], text: str, at: int) -> int:
    match = bare.match(text, at)
    return match.end() if match else at


def _closing(text: str, at: int) -> int:
    """Where the quotation that begins before ``at`` is closed, doubled marks aside; -1 where it never is."""
    while (at := text.find('"', at)) >= 0 and text.startswith('"', at + 1):
        at += 2
    return at


def _unquoted(text: str, parts: list[tuple[int, int]]) -> TextMap:
    start, end = parts[0]
    words = TextMap.of(text[start:end], start)
    if '""' in words.text:
        edits: list[Edit] = [(match.start(), match.start() + 1, "") for match in re.finditer('""', words.text)]
        words = words.edit(edits)
    if len(parts) == 1:
        return words
    start, end = parts[1]
    rest = TextMap.of(text[start:end], start)
    return TextMap(words.text + rest.text, [*words.starts, *rest.starts], [*words.ends, *rest.ends])

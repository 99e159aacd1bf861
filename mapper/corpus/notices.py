"""Notices of penalties: whoever is punished, what for and how, as one passage a row, however the notice is laid out.

A row of a table with heads, cells below each other, labels with colons in lines of their own or run together, and
lines of values parted by commas all become one block of kind ``row`` that is a single sentence, in reading order:
«当事人名称：…；违法行为：…；处罚内容：…». A row that lists several firms with a numbered fact for each becomes one row each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from mapper.corpus.cells import MARKS, parted
from mapper.corpus.noticerow import (
    LABEL_LENGTH,
    LONGEST,
    Item,
    NoticeLabel,
    announces,
    blames,
    is_notice,
    label,
    notice_blocks,
    one_row,
)
from mapper.corpus.reading import Block
from mapper.corpus.textmap import TextMap
from mapper.rules import pattern

_COLON = re.compile(r"(?:(?<!\s)\s+)?[:：]\s*")
_NUMBER = re.compile(r"[（(]?(\d{1,4})[)）.、]?")
_LABELLED = re.compile(r"(?:^|(?<=[\s；;。，,|]))(?:\d{1,2}[.、]\s*)?([^\s：:；;。，,|]{2,24}?)\s*[:：]")
_COMMA_ROW = re.compile(r"\s*\d{1,6},")
_COMMA_CELL = re.compile(r'(?:"(?:[^"]|"")*"|[^,"]*)(?:,|$)')
_FEWEST_COMMAS = 6
_MOST_MORE = 12
"""Paragraphs that the facts of one firm may take."""
_MOST_ITEMS = 40
"""Labels and paragraphs of one firm."""


def noticed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with the rows of notices as blocks of their own; everything else as it was."""
    found: list[Block] = []
    i = 0
    while i < len(blocks):
        if not any(pattern("notices", id).search(blocks[i].words.text) for id in ("hint", "hint-besides")):
            found.append(blocks[i])
            i += 1
            continue
        for layout in (_headed, _run_together, _labelled, _commas):
            result = layout(blocks, i)
            if result is not None:
                rows, i = result
                found += rows
                break
        else:
            found.append(blocks[i])
            i += 1
    return found


# ---- a table with heads


def _headed(blocks: Sequence[Block], at: int) -> tuple[list[Block], int] | None:
    """Rows under a line of heads, or cells below each other under heads in a line or below each other."""
    text = blocks[at].words.text
    if len(text) > 400 or not (pattern("notices", "hint").search(text) or label(text)):
        return None
    heads, mark = parted(blocks[at].words)
    kinds = [label(head.text) for head in heads]
    below = at + 1
    if len(heads) < 2:
        while below < len(blocks) and below - at < 20 and label(blocks[below].words.text):
            below += 1
        heads = [block.words.strip() for block in blocks[at:below]]
        kinds = [label(head.text) for head in heads]
        mark = None
    if len(heads) < 3 and not (len(heads) == 2 and blocks[at].kind == "row"):
        return None
    if not announces([head.text for head in heads]):
        return None
    rows, end = _rows(blocks, below, heads, kinds, mark) if mark else ([], below)
    if not rows:
        rows, end = _stacked(blocks, below, heads, kinds)
    shown = [replace(block, kind="row", whole=True) for block in blocks[at:below]]
    return ([*shown, *rows], end) if rows else None


def _rows(
    blocks: Sequence[Block], start: int, heads: Sequence[TextMap], kinds: Sequence[NoticeLabel | None], mark: re.Pattern[str]
) -> tuple[list[Block], int]:
    found: list[Block] = []
    end = start
    while end < len(blocks):
        cells, _ = parted(blocks[end].words, mark)
        least = len(heads) - 1 if mark is MARKS[-1] else 2
        if not least <= len(cells) <= len(heads) + (mark is not MARKS[-1]) or all(label(cell.text) for cell in cells):
            break
        end += 1
        place = blocks[end - 1].place or f"row {end - start}"
        found += notice_blocks(blocks[end - 1], _matched(heads, kinds, cells), place)
    return found, end


def _stacked(
    blocks: Sequence[Block], start: int, heads: Sequence[TextMap], kinds: Sequence[NoticeLabel | None]
) -> tuple[list[Block], int]:
    """Cells below each other: by the numbers of the rows, or so many for each row."""
    found: list[Block] = []
    numbered = kinds[0] == "number"
    at = start
    while at < len(blocks):
        if numbered:
            number = _NUMBER.fullmatch(blocks[at].words.text.strip())
            if number is None or int(number.group(1)) != len(found) + 1:
                break
            end = at + 1
            following = str(len(found) + 2)
            while end < len(blocks) and end - at <= len(heads) + _MOST_MORE:
                next_number = _NUMBER.fullmatch(blocks[end].words.text.strip())
                if next_number and next_number.group(1) == following:
                    break
                end += 1
            else:
                end = min(len(blocks), at + len(heads))
        else:
            end = at + len(heads)
            party = blocks[at + list(kinds).index("party")].words.text if end <= len(blocks) else ""
            if not pattern("notices", "institution").search(party.strip()):
                break
        cells = [block.words.strip() for block in blocks[at:end]]
        rows = notice_blocks(blocks[at], _matched(heads, kinds, cells), f"row {len(found) + 1}")
        found += rows
        at = end
    return found, at


def _matched(heads: Sequence[TextMap], kinds: Sequence[NoticeLabel | None], cells: Sequence[TextMap]) -> list[Item]:
    """Each cell with its head; without, where the row has other cells than the table has heads.

    A numbered row with fewer lacks the last ones: what its other cells are, the heads still say where no cell gainsays it.
    """
    if len(cells) == len(heads):
        return [Item(head, kind, cell) for head, kind, cell in zip(heads, kinds, cells, strict=True)]
    told = next((at for at, kind in enumerate(kinds) if kind == "facts"), len(cells))
    numbered = kinds[0] == "number" and _NUMBER.fullmatch(cells[0].text) and told < len(cells) < len(heads)
    if numbered and blames(head.text for head in heads) and not pattern("persons", "no-fact").search(cells[told].text):
        return [Item(None, kind, cell) for kind, cell in zip(kinds, cells, strict=False)]
    return [Item(None, "number" if _NUMBER.fullmatch(cell.text) else None, cell) for cell in cells]


# ---- labels with colons


def _run_together(blocks: Sequence[Block], at: int) -> tuple[list[Block], int] | None:
    """«被处罚当事人：… 主要违法违规事实：… 行政处罚决定：…» in one paragraph, once or again and again."""
    words = blocks[at].words
    if not _COLON.search(words.text) or len(words) > 50 * LONGEST:
        return None
    labels = [(match.start(), match.end(), kind) for match in _LABELLED.finditer(words.text) if (kind := label(match.group(1)))]
    if not is_notice([kind for _, _, kind in labels]):
        return None
    starts: list[int] = []
    seen: set[str] = set()
    for number, (start, _, kind) in enumerate(labels):
        begins = kind == "party" or (kind in ("number", "beside") and _party_next(labels, number))
        if begins and (not starts or {"facts", "sanction"} & seen):
            starts.append(start)
            seen = set()
        seen.add(kind)
    bounds = [*starts, len(words)]
    found: list[Block] = []
    if words[: starts[0]].strip().text:
        found.append(replace(blocks[at], words=words[: starts[0]].strip()))
    for number, (start, end) in enumerate(pairwise(bounds), 1):
        piece = words[start:end].strip()
        facts = list(_facts(words.text, labels, start, end))
        found.append(one_row(blocks[at], piece, blocks[at].place or f"row {number}", facts))
    return found, at + 1


def _facts(text: str, labels: Sequence[tuple[int, int, NoticeLabel]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the values of labels that announce facts stand in a record of a text, counted from where its words begin."""
    if not blames(text[at:value] for at, value, _ in labels if start <= at < end):
        return
    begin = end - len(text[start:end].lstrip())
    ends = [*(at for at, _, _ in labels[1:]), end]
    for (at, value, kind), until in zip(labels, ends, strict=True):
        words = text[value : min(until, end)].rstrip("；;，,。 \u3000\n\t")
        if kind == "facts" and start <= at < end and words.strip():
            first = value + len(words) - len(words.lstrip())
            yield first - begin, value + len(words) - begin


def _party_next(labels: Sequence[tuple[int, int, NoticeLabel]], number: int) -> bool:
    """Whether what this label begins is followed by a party before any fact."""
    for _, _, kind in labels[number + 1 : number + 4]:
        if kind in ("facts", "sanction"):
            return False
        if kind == "party":
            return True
    return False


def _labelled(blocks: Sequence[Block], at: int) -> tuple[list[Block], int] | None:
    """Labels and values in lines of their own, or side by side as the two columns of a table."""
    text = blocks[at].words.text
    hint = pattern("notices", "hint")
    if not (hint.search(text, 0, 2 * LABEL_LENGTH) or _COLON.search(text, 0, LABEL_LENGTH)) or _labels(blocks[at]) is None:
        return None
    records: list[list[Item]] = [[]]
    starts = [at]
    i = at
    while i < len(blocks) and len(records[-1]) <= _MOST_ITEMS:
        item = _labels(blocks[i])
        kinds = {one.kind for one in records[-1]}
        if item is None:
            # The facts of one firm may go on for some paragraphs until the decision.
            more = records[-1] and records[-1][-1]
            if not more or (more.value.text and (more.kind != "facts" or len(records[-1]) > _MOST_MORE)):
                break
            if more.value.text and not _decides(blocks, i):
                break
            records[-1].append(Item(None, more.kind, blocks[i].words.strip()))
            i += 1
            continue
        full = "party" in kinds and bool(kinds & {"facts", "sanction"})
        if full and (item.kind in ("party", "number") or (item.kind == "beside" and _parties_ahead(blocks, i))):
            records.append([])
            starts.append(i)
        records[-1].append(item)
        i += 1
    bounds = [*starts[1:], i]
    found: list[Block] = []
    end = at
    for number, (record, bound) in enumerate(zip(records, bounds, strict=True), 1):
        if not is_notice([one.kind for one in record if one.value.text or one.kind == "party"]):
            break
        found += notice_blocks(blocks[at], record, blocks[at].place or f"row {number}")
        end = bound
    return (found, end) if found else None


def _labels(block: Block) -> Item | None:
    """The label and the value of a line, one of which may be in the next; None for a line that has no label."""
    words = block.words.strip()
    colon = _COLON.search(words.text, 0, LABEL_LENGTH + 4)
    if colon and (kind := label(words.text[: colon.start()])):
        return Item(words[: colon.start()], kind, words[colon.end() :].strip())
    if block.kind == "row" or "｜" in words.text or "\t" in words.text:
        cells, _ = parted(words)
        labelled = [cell for cell in cells if label(cell.text)]
        kinds = [label(cell.text) for cell in labelled]
        if labelled and len(cells) - len(labelled) <= 1 and cells[: len(labelled)] == labelled:
            value = cells[-1] if len(cells) > len(labelled) else words[len(words) :]
            kind = next((one for one in kinds if one != "beside"), kinds[0])
            return Item(labelled[kinds.index(kind)], kind, value)
        return None
    kind = label(words.text)
    return Item(words, kind, words[len(words) :]) if kind else None


def _decides(blocks: Sequence[Block], at: int) -> bool:
    """Whether a decision follows soon: then what stands before it are facts."""
    ahead = (_labels(block) for block in blocks[at : at + _MOST_MORE])
    return any(item is not None and item.kind == "sanction" for item in ahead)


def _parties_ahead(blocks: Sequence[Block], at: int) -> bool:
    """Whether the next labels lead to another party: then a new record begins here."""
    for block in blocks[at + 1 : at + 4]:
        item = _labels(block)
        if item is None or item.kind in ("facts", "sanction"):
            return False
        if item.kind == "party":
            return True
    return False


# ---- lines of values parted by commas


def _commas(blocks: Sequence[Block], at: int) -> tuple[list[Block], int] | None:
    """Numbered lines of as many values each: rows of a table whose heads are lost."""
    if not _COMMA_ROW.match(blocks[at].words.text):
        return None
    count = _values(blocks[at].words.text)
    end = at
    while end < len(blocks) and _COMMA_ROW.match(blocks[end].words.text) and _values(blocks[end].words.text) == count:
        end += 1
    if count < _FEWEST_COMMAS or end - at < 2:
        return None
    rows = [one_row(block, block.words.strip(), block.place or f"row {i}") for i, block in enumerate(blocks[at:end], 1)]
    return rows, end


def _values(text: str) -> int:
    count = at = 0
    while at < len(text):
        match = _COMMA_CELL.match(text, at)
        if match is None or match.end() == at:
            return 0
        count, at = count + 1, match.end()
    return count

"""Paper turned into a page: blocks that break off where a line or a sheet of paper ended are one paragraph again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mapper.corpus.lines import glue
from mapper.corpus.reading import Block
from mapper.corpus.wrapped import WrappedLine, grouped


def whole(source: str, blocks: Sequence[Block]) -> tuple[list[Block], int]:
    """The blocks with what a line or page end cut in two joined, and how many characters of running heads went.

    A converter leaves the line ends of the paper in the source of a paragraph: their width tells a paragraph that
    ended from one that was cut. Headings, items and rows of tables are what the page says they are.
    """
    rows: list[WrappedLine] = []
    owners: list[int] = []
    wall = False
    for number, block in enumerate(blocks):
        if block.kind != "text" or block.whole or block.linked:
            wall = True
            continue
        for piece in _lines(source, block):
            bound = bool(owners) and owners[-1] == number
            rows.append(WrappedLine(piece, bound=bound, wall=wall and not bound))
            owners.append(number)
            wall = False
    groups, heads = grouped(rows)
    joined: dict[int, list[int]] = {}
    gone = {owners[i] for i in heads}
    for group in groups:
        members = list(dict.fromkeys(owners[i] for i in group))
        joined[members[0]] = members
        gone.update(members[1:])
    found = []
    for number, block in enumerate(blocks):
        if number in gone:
            continue
        members = joined.get(number, [])
        found.append(replace(block, words=glue([blocks[i].words for i in members])) if len(members) > 1 else block)
    return found, sum(len(rows[i].text) for i in heads)


def _lines(source: str, block: Block) -> list[str]:
    """The text of a block, a line for each line of the source."""
    words = block.words
    cuts = [0]
    at = source.find("\n", words.start, words.end)
    while at >= 0:
        cuts.append(bisect_left(words.starts, at))
        at = source.find("\n", at + 1, words.end)
    cuts.append(len(words))
    pieces = [words.text[start:end].strip() for start, end in pairwise(cuts)]
    return [piece for piece in pieces if piece]

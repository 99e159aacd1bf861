"""A text that knows, for each of its characters, where it stands in the text it was made from."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Replace the characters ``start`` to ``end`` (end excluded) by this text."""


@dataclass(frozen=True)
class TextMap:
    """``text[i]`` was made from the characters ``starts[i]`` to ``ends[i]`` of the source.

    Both rows never fall, and ``starts[i] < ends[i]``: every character has an origin. Characters of the source that
    were removed simply lie between two origins.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str, offset: int = 0) -> TextMap:
        """The text as it stands in a source, ``offset`` characters from its beginning."""
        return cls(text, range(offset, offset + len(text)), range(offset + 1, offset + 1 + len(text)))

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> TextMap:
        return TextMap(self.text[part], self.starts[part], self.ends[part])

    @property
    def start(self) -> int:
        """Where the first character begins in the source (0 for an empty text)."""
        return self.starts[0] if self.text else 0

    @property
    def end(self) -> int:
        """Where the last character ends in the source (0 for an empty text)."""
        return self.ends[-1] if self.text else 0

    def strip(self) -> TextMap:
        """Without white space at both ends."""
        left = len(self.text) - len(self.text.lstrip())
        right = len(self.text.rstrip())
        return self if left == 0 and right == len(self.text) else self[left : max(left, right)]

    def edit(self, edits: Iterable[Edit]) -> TextMap:
        """Apply edits, in order and apart from each other.

        A replacement as long as what it replaces keeps the place of each character; of any other, each character is
        made from the whole stretch. Raises ValueError for an insertion, which would have no origin.
        """
        parts: list[str] = []
        starts, ends = array("q"), array("q")
        done = 0
        for start, end, new in edits:
            if start >= end or start < done:
                raise ValueError(f"edit {start}:{end} after {done}")
            parts += (self.text[done:start], new)
            starts.extend(self.starts[done:start])
            ends.extend(self.ends[done:start])
            if len(new) == end - start:
                starts.extend(self.starts[start:end])
                ends.extend(self.ends[start:end])
            else:
                starts.extend([self.starts[start]] * len(new))
                ends.extend([self.ends[end - 1]] * len(new))
            done = end
        if done == 0:
            return self
        parts.append(self.text[done:])
        starts.extend(self.starts[done:])
        ends.extend(self.ends[done:])
        return TextMap("".join(parts), starts, ends)

    def after(self, earlier: TextMap) -> TextMap:
        """This map, whose source is ``earlier.text``, carried back to the source of ``earlier``."""
        return TextMap(
            self.text,
            array("q", (earlier.starts[start] for start in self.starts)),
            array("q", (earlier.ends[end - 1] for end in self.ends)),
        )


def joined(parts: Sequence[TextMap], between: str = "") -> TextMap:
    """Several maps of one source, in its order, as one text.

    ``between`` is made from the gap between two parts, and from the last character before it where there is none.
    """
    full = [part for part in parts if part.text]
    if len(full) == 1:
        return full[0]
    texts: list[str] = []
    starts, ends = array("q"), array("q")
    for part in full:
        if texts and between:
            gap_start, gap_end = ends[-1], part.start
            if gap_start >= gap_end:
                gap_start, gap_end = starts[-1], ends[-1]
            texts.append(between)
            starts.extend([gap_start] * len(between))
            ends.extend([gap_end] * len(between))
        texts.append(part.text)
        starts.extend(part.starts)
        ends.extend(part.ends)
    return TextMap("".join(texts), starts, ends)

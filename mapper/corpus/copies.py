"""Paragraphs that a document holds more than once count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from zlib import crc32

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from mapper.corpus.paragraphs import Paragraph
from mapper.corpus.repair import LOST
from mapper.fingerprint import normalised
from mapper.rules import pattern

_ALIKE = 97.0
"""rapidfuzz ratio (0–100) from which two paragraphs are compared closely."""
_LEAST = 40
_SHORT = 16
_LONG = 5000
"""Characters above which only exact copies are looked for."""
_SHINGLE = 8
_SAMPLE = 6


def first_copies(found: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Keep the first undamaged copy of each paragraph, or the first where all are damaged. Returns kept, dropped."""
    groups: list[list[int]] = []
    exact: dict[str, int] = {}
    shared: defaultdict[int, list[int]] = defaultdict(list)
    texts = [normalised(paragraph.text) for paragraph in found]
    for i, text in enumerate(texts):
        if not text:
            continue
        group = exact.get(text)
        # Two rows may differ in nothing but the branch that they are about.
        if group is None and _LEAST <= len(text) <= _LONG and not found[i].single:
            marks = _marks(text)
            near = {candidate for mark in marks for candidate in shared[mark][:50]}
            group = next((one for one in sorted(near) if _same(found, texts, groups[one][0], i)), None)
            if group is None:
                for mark in marks:
                    shared[mark].append(len(groups))
        if group is None:
            group = len(groups)
            groups.append([])
        exact[text] = group
        groups[group].append(i)
    drop: set[int] = set()
    for members in groups:
        whole = [i for i in members if LOST not in found[i].text]
        drop.update(set(members) - {(whole or members)[0]})
    for i in sorted(drop, reverse=True):
        # A short line, such as the heading 数字金融 under each of several firms, is a copy only where its text is one.
        if len(texts[i]) < _SHORT and not {i - 1, i + 1} & drop:
            drop.discard(i)
    return [p for i, p in enumerate(found) if i not in drop], [p for i, p in enumerate(found) if i in drop]


def _marks(text: str) -> set[int]:
    """A few of the text's shingles, chosen by hash: near copies share some of them (bottom-k sketch, Broder 1997)."""
    hashes = {crc32(text[i : i + _SHINGLE].encode()) for i in range(len(text) - _SHINGLE + 1)}
    return set(sorted(hashes)[:_SAMPLE])


def _same(found: Sequence[Paragraph], texts: Sequence[str], one: int, other: int) -> bool:
    """Whether two paragraphs say the same: nearly equal, and different in nothing that could change what is said."""
    a, b = texts[one], texts[other]
    if ratio(a, b, score_cutoff=_ALIKE) < _ALIKE:
        return False
    damaged = LOST in found[one].text or LOST in found[other].text
    for edit in Levenshtein.editops(a, b):
        touched = "" if edit.tag == "insert" else a[edit.src_pos]
        touched += "" if edit.tag == "delete" else b[edit.dest_pos]
        if pattern("repair", "decisive").search(touched) or (edit.tag == "replace" and not damaged):
            return False
    return True

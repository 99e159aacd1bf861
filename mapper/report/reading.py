"""Documents as a reader of the article sees them: the text with every mark in its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from mapper.report import quotes
from mapper.report.shapes import CellView, DocumentView, EvidenceView, MarkView, Paragraph, Reading, Segment, Sentence

_GRADES = ("outcome", "action", "commitment", "adverse")
_GLYPHS = {"adverse": "✕", "outcome": "◆", "action": "●", "commitment": "○"}
_Marks = Sequence[tuple[EvidenceView, CellView]]
_At = tuple[int, int]


def readings(documents: Iterable[DocumentView], cells: Iterable[CellView]) -> tuple[Reading, ...]:
    """Every document with its marks, in the order of the documents; a copy of a piece is marked where it stands too."""
    leading: defaultdict[int, defaultdict[_At, list[tuple[EvidenceView, CellView]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    copied: defaultdict[int, defaultdict[_At, list[tuple[EvidenceView, CellView]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for cell in cells:
        for one in cell.evidence:
            leading[one.place.document.index][one.place.start, one.place.end].append((one, cell))
            for place in one.copies:
                copied[place.document.index][place.start, place.end].append((one, cell))
    return tuple(_reading(document, leading[document.index], copied[document.index]) for document in documents)


def _reading(
    document: DocumentView,
    leading: defaultdict[_At, list[tuple[EvidenceView, CellView]]],
    copied: defaultdict[_At, list[tuple[EvidenceView, CellView]]],
) -> Reading:
    marks: list[MarkView] = []
    for at in sorted(leading):
        evidence = leading[at]
        first = evidence[0][0]
        last = "".join(run.text for run in marks[-1].segments) if marks else None
        if marks and last == first.it.before:
            marks[-1] = replace(marks[-1], after="")
        marks.append(
            MarkView(
                place=first.place,
                before="" if last is not None and last == first.it.before else first.it.before,
                segments=_segments(first.it.quote, evidence),
                after=first.it.after,
                page=first.it.page,
                section=first.it.section,
                evidence=tuple(evidence),
            )
        )
    everywhere = {at: [*leading.get(at, ()), *copied.get(at, ())] for at in {*leading, *copied}}
    paragraphs = tuple(_paragraphs(document, everywhere))
    grades = Counter(one.it.grade for found in everywhere.values() for one, _ in found)
    return Reading(
        document=document,
        marks=tuple(marks),
        paragraphs=paragraphs,
        sentences=len(document.it.text),
        marked=sum(len(paragraph.marked) for paragraph in paragraphs),
        grades=tuple((grade, grades[grade]) for grade in _GRADES),
    )


def _paragraphs(document: DocumentView, marks: dict[_At, list[tuple[EvidenceView, CellView]]]) -> Iterator[Paragraph]:
    number, voice = 0, None
    for _, group in groupby(document.it.text, key=lambda one: (one.paragraph, one.role, one.speaker)):
        passages = list(group)
        sentences = []
        for passage in passages:
            found = marks.get((passage.start, passage.end), [])
            number += bool(found)
            grades = {one.it.grade for one, _ in found}
            sentences.append(
                Sentence(
                    number=number if found else 0,
                    segments=_segments(passage.text, found) if found else (Segment(passage.text, ()),),
                    glyph=next((glyph for grade, glyph in _GLYPHS.items() if grade in grades), ""),
                    evidence=tuple(found),
                )
            )
        first = passages[0]
        yield Paragraph(first.role, first.speaker if first.speaker != voice else None, tuple(sentences))
        voice = first.speaker


def _segments(text: str, evidence: _Marks) -> tuple[Segment, ...]:
    """The sentence with the words of all its marks, as far as they were made on this very text."""
    return quotes.segments(text, [reason for one, _ in evidence if one.it.quote == text for reason in one.it.reasons])

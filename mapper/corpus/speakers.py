"""Who speaks in an interview, as the document labels it: «王立鹏: …», «记者：…», «问：…»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mapper.corpus.paragraphs import Paragraph
from mapper.model import Role
from mapper.rules import pattern

_LABEL = re.compile(r"([\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z0-9· ]{0,14}?)\s?[:：]\s?(?=\S)")
_NUMBER = re.compile(r"(?<=^[QAqa问答])\s?\d{1,2}$")
"""The number of a question or an answer: Q1, 答2."""
_SHARE = 0.1
"""Labels of an interview open this part of its paragraphs; those of a table in a long report do not."""


def speakers(found: Sequence[Paragraph]) -> list[Paragraph]:
    """Give each paragraph its speaker: a label holds until the next, and what whoever asks says is a question.

    A label counts when it opens at least two paragraphs, and only in a document where at least two labels do. The label
    itself is left out of the paragraph. 答 and the like mark an answer, but name nobody.
    """
    labels = [_label(paragraph) for paragraph in found]
    counts = Counter(label for label in labels if label)
    known = {label for label, number in counts.items() if number >= 2}
    body = sum(paragraph.role == "body" for paragraph in found)
    if len(known) < 2 or sum(counts[label] for label in known) < _SHARE * body:
        return list(found)
    said = {label: [p.text for p, own in zip(found, labels, strict=True) if own == label] for label in known}
    asking = {label for label in known if _asks(label, said[label])}
    result = []
    speaker: str | None = None
    question = False
    for paragraph, label in zip(found, labels, strict=True):
        if label in known:
            question = label in asking
            speaker = None if question or _is(label or "", "answers") else label
            opening = _LABEL.match(paragraph.text)
            paragraph = replace(paragraph, words=paragraph.words[opening.end() if opening else 0 :])
        role: Role = "question" if question and paragraph.role == "body" else paragraph.role
        result.append(replace(paragraph, role=role, speaker=speaker))
    return result


def _label(paragraph: Paragraph) -> str | None:
    match = _LABEL.match(paragraph.text)
    if not match or paragraph.role == "heading":
        return None
    label = _NUMBER.sub("", match.group(1))
    return None if _is(label, "no-speaker") else label


def _asks(label: str, said: Sequence[str]) -> bool:
    """Whether a label is an interviewer's, by its word or because most of what it says ends with a question."""
    if _is(label, "answers"):
        return False
    if _is(label, "asks"):
        return True
    return sum("？" in text[-3:] or "?" in text[-3:] for text in said) > 0.5 * len(said)


def _is(label: str, id: str) -> bool:
    """Whether a label is what a rule of the sheet «speech» describes."""
    return pattern("speech", id).match(label) is not None

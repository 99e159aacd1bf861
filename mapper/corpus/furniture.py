"""What a page holds besides its article: navigation, disclaimers, share buttons, comment boxes, platform notices."""

from __future__ import annotations

from collections.abc import Sequence

from mapper.corpus.paragraphs import Paragraph
from mapper.rules import pattern, rules

_LINES = ("line-place", "line-button", "line-imprint", "line-time", "line-foot")
_LINE_LENGTH = 160
_NOTICE_LENGTH = 320
_SHORT = 60
_BRIEF = 400
"""Characters of a text so brief that its last tenth is no place of its own."""
_LINKED = 0.7


def sift(found: Sequence[Paragraph]) -> tuple[list[Paragraph], list[Paragraph]]:
    """Part the paragraphs of the article from the page's furniture; both keep their order."""
    total = sum(len(paragraph.text) for paragraph in found)
    kept: list[Paragraph] = []
    dropped: list[Paragraph] = []
    seen = 0
    listing = legal = noticed = False
    for paragraph in found:
        text = paragraph.text
        seen += len(text)
        short = len(text) <= _SHORT
        legal = legal or (seen > 0.5 * total and bool(pattern("pages", "legal-head").match(text)))
        listing = bool(pattern("pages", "list-head").match(text)) or (listing and short and not _is_finished(text))
        notice = len(text) <= _NOTICE_LENGTH and bool(pattern("pages", "platform-notice").search(text))
        # Who wrote it and what else the platform says stands between its notices, at the very end.
        imprint = noticed and short and total > _BRIEF and seen > 0.9 * total
        noticed = noticed or notice
        furniture = legal or listing or notice or imprint or _is_line(text) or _is_links(paragraph)
        if furniture and not paragraph.single:
            dropped.append(paragraph)
        else:
            kept.append(paragraph)
    return kept, dropped


def _is_finished(text: str) -> bool:
    return text.rstrip("”」）)").endswith(("。", "！", "？"))


def _is_line(text: str) -> bool:
    """Whether a line is furniture as a whole."""
    if len(text) > _LINE_LENGTH or text.endswith("。"):
        return False
    line = text.strip("|·• \t")
    return any(rules("pages")[rule].pattern.match(line) for rule in _LINES)


def _is_links(paragraph: Paragraph) -> bool:
    return paragraph.linked > _LINKED and len(paragraph.text) <= 80 and not _is_finished(paragraph.text)

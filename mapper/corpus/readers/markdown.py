"""Markdown, with the HTML that it may hold: marks are dropped, links keep their words."""

from __future__ import annotations

import re

from mapper.corpus.lines import stanzas, unwrap
from mapper.corpus.patterns import any_of
from mapper.corpus.readers.html import html_blocks
from mapper.corpus.reading import Block, BlockKind, Reading
from mapper.corpus.textmap import Edit, TextMap

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,8000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
_FIELD = re.compile(r"^(title|publisher|source|author|date|url|link)\s*:\s*[\"']?(.+?)[\"']?\s*$", re.M | re.I)
_SIGNS = any_of(
    r"^#{1,6} +\S",
    r"^[ \t\u3000]{0,4}\*\*[^*\n]+\*\*",
    r"\]\((?:https?:|/|#)",
    r"^[ \t]{0,3}\|[^\n]+\|[ \t]*\r?\n[ \t]{0,3}\|[ \t:|-]+\|[ \t]*$",
    r"^```",
    flags=re.M,
)
_TAG = re.compile(
    r"</?(?:p|div|table|tr|td|th|br|span|img|a|ul|ol|li|center|font|section|h[1-6]|b|strong|em)\b[^<>]{0,2000}>", re.I
)
_UNSEEN = (("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>"))
_INK = re.compile(r"\S")
_HEADING = re.compile(r"[ \u3000]*(#{1,6})\s+")
_RULE = re.compile(r"\s*(?:[-*_=]\s*){3,}|[\s|:-]+")
_STARTS = re.compile(r"[ \u3000\t]*(?:#{1,6}\s|[-*+]\s|>\s?|\d{1,3}[.)]\s|\|)")
_MARKS = (
    re.compile(r"!\[[^\]\n]{0,300}\]\((?:data:[^()\s]*+|[^()\n]{0,2000})\)"),
    re.compile(r"\[(?P<kept>[^\[\]\n]{0,300})\]\([^()\n]{0,2000}\)"),
    re.compile(r"~~(?=\S)[^~\n]{1,2000}~~"),
    re.compile(r"(?:\*\*|__)(?=\S)|(?<=\S)(?:\*\*|__)|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`"),
    re.compile(r"^\s*(?:[-*+]\s+|>\s?|#{1,6}\s+)|(?<!\s)\s+#+\s*$|\\(?=[*_#\[\]()>.-])"),
)


class MarkdownReader:
    """Claims a text that shows headings, emphasis, links, tables or front matter as Markdown writes them."""

    def claims(self, text: str) -> bool:
        """At least one mark that plain prose does not have."""
        head = text[:200_000]
        front = _FRONT.match(head)
        return bool(_SIGNS.search(head) or (front and _FIELD.search(front.group(1))))

    def read(self, text: str, encoding: str) -> Reading:
        """One block a paragraph, heading, list item or table row."""
        front = _FRONT.match(text)
        stated = {key.lower(): value for key, value in _FIELD.findall(front.group(1))} if front else {}
        for alias, name in (("source", "publisher"), ("link", "url")):
            if alias in stated:
                stated.setdefault(name, stated.pop(alias))
        start = front.end() if front else 0
        blocks: list[Block] = []
        seen, dropped = _seen(text)
        for rows in stanzas(seen[start:], start):
            found, left = _part(seen, rows)
            blocks += found
            dropped += left
        return Reading(text, tuple(blocks), "markdown", encoding, stated, dropped)


def _seen(text: str) -> tuple[str, int]:
    """The text with comments, scripts and style sheets blanked, each character in its place, and how many those were."""
    dropped = 0
    for opening, closing in _UNSEEN:
        pieces: list[str] = []
        at = 0
        while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start + len(opening))) >= 0:
            hidden = text[start : end + len(closing)]
            pieces += [text[at:start], _INK.sub(" ", hidden)]
            dropped += len(_INK.findall(hidden))
            at = end + len(closing)
        text = "".join(pieces) + text[at:]
    return text, dropped


def _part(text: str, rows: list[TextMap]) -> tuple[list[Block], int]:
    """The blocks of what stands between two blank lines, and how many characters of it were dropped."""
    start, end = rows[0].start, rows[-1].end
    if _TAG.search(text, start, end):
        return html_blocks(text[start:end], start)
    groups: list[list[TextMap]] = []
    for row in rows:
        if not groups or _STARTS.match(row.text) or _STARTS.match(groups[-1][-1].text):
            groups.append([])
        groups[-1].append(row)
    blocks = []
    for words in unwrap(groups):
        if _RULE.fullmatch(words.text):
            continue
        kind: BlockKind = "text"
        if _HEADING.match(words.text):
            kind = "heading"
        elif words.text.lstrip().startswith("|"):
            kind = "row"
        blocks.append(Block(_bare(words, kind), kind, whole=kind == "row"))
    return [block for block in blocks if block.words.text], 0


def _bare(words: TextMap, kind: BlockKind) -> TextMap:
    for pattern in _MARKS:
        edits: list[Edit] = []
        for match in pattern.finditer(words.text):
            kept = match.span("kept") if "kept" in pattern.groupindex else (match.end(), match.end())
            edits += [(a, b, "") for a, b in ((match.start(), kept[0]), (kept[1], match.end())) if a < b]
        words = words.edit(edits)
    if kind == "row":
        cells = words.text.strip().strip("|")
        begin = words.text.find(cells) if cells else 0
        words = words[begin : begin + len(cells)]
    return words.strip()

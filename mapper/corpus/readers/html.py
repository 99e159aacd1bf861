"""HTML: the article's text without navigation, scripts and hidden parts, each character mapped to the source."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from mapper.corpus.reading import Block, Kind, Reading
from mapper.corpus.readers.tags import Token, tokens
from mapper.corpus.textmap import Edit, TextMap, joined

_PAGE = re.compile(r"\s*(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]{0,200}>\s*<(?:!doctype\s+)?html)", re.I | re.S)
_ANY_TAG = re.compile(r"</(?:p|div|span|a|td|li|h[1-6]|ul|table|section|article|body|font)\s*>", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_SPACES = re.compile(r"\s+")

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
    " header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul br title option".split()
)
_DROPPED = frozenset(
    "script style noscript template head nav select button input textarea iframe object embed svg math canvas audio video map dialog"
    " footer datalist xmp noembed noframes title".split()
)
_UNSEEN = frozenset("script style template head title xmp noembed noframes".split())
_CLOSES = {
    "p": {"p"},
    "li": {"li", "p"},
    "tr": {"tr", "td", "th", "p", "li"},
    "td": {"td", "th", "p", "li"},
    "th": {"td", "th", "p", "li"},
    "dd": {"dd", "dt", "p"},
    "dt": {"dd", "dt", "p"},
    "option": {"option"},
    **{f"h{i}": {"p"} for i in range(1, 7)},
    **{name: {"p"} for name in ("div", "ul", "ol", "table", "section", "article", "blockquote", "dl")},
}
_FENCES = frozenset("table td th html body div section article".split())
"""An opened element is not closed across these."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![-\w])font-size\s*:\s*0(?:px|em|pt|;|\s*$)", re.I)
_ROLES = frozenset("navigation banner contentinfo search dialog alertdialog menu menubar toolbar complementary".split())
_FURNITURE = frozenset(
    "nav navbar navigation menu menubar breadcrumb breadcrumbs crumb crumbs footer foot sidebar sidenav share sharebar bdsharebuttonbox comment"
    " comments login signin register pagination pager related recommend recommended copyright toolbar topbar advert advertisement ads qrcode"
    " cookie popup modal toast backtop gotop friendlink friendlinks relate hotnews topnav subnav mianbaoxie daohang".split()
)
_KEEP = frozenset("html body main article table tbody tr td th".split())
_DEPTH = 400


class HtmlReader:
    """Claims a text that begins as a page does, or that begins with a tag and holds several closing ones."""

    def claims(self, text: str) -> bool:
        """Whether this is a page or a piece of one, rather than a text with a tag or two in it."""
        head = text[:200_000]
        return bool(_PAGE.match(head)) or (head.lstrip().startswith("<") and len(_ANY_TAG.findall(head)) >= 3)

    def read(self, text: str, encoding: str) -> Reading:
        """One block a paragraph, heading, list item, caption or table row; meta tags become ``stated``."""
        found = list(tokens(text))
        blocks, dropped = _article(text, found)
        return Reading(text, tuple(blocks), "html", encoding, _stated(text, found), dropped)


def html_blocks(piece: str, offset: int) -> tuple[list[Block], int]:
    """The blocks of a piece of HTML that stands at ``offset`` in a text, and how many characters were dropped."""
    return _article(piece, list(tokens(piece)), offset)


def _article(source: str, found: list[Token], offset: int = 0) -> tuple[list[Block], int]:
    """The blocks that are left when navigation is dropped, more leniently where next to nothing would be left."""
    best: tuple[list[Block], int] | None = None
    for strictness in (2, 1, 0):
        blocks, dropped = _Walk(source, offset, strictness).run(found)
        if best is None or _length(blocks) > 3 * _length(best[0]):
            best = blocks, dropped
        if dropped <= _length(blocks):
            break
    assert best is not None
    return best


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(block.words) for block in blocks)


class _Walk:
    """One walk over the tokens: an element stack, the block being filled, and the table rows being filled.

    ``strictness`` 2 drops by element, attribute and class name; 1 not by class name; 0 scripts and the like only.
    """

    def __init__(self, source: str, offset: int, strictness: int) -> None:
        self.source, self.offset, self.strictness = source, offset, strictness
        self.stack: list[tuple[str, bool]] = []
        self.hidden = 0
        self.links = 0
        self.parts: list[TextMap] = []
        self.linked = 0
        self.done: list[Block] = []
        self.rows: list[list[list[Block]]] = []
        self.dropped = 0

    def run(self, found: Iterable[Token]) -> tuple[list[Block], int]:
        for token in found:
            if not token.name:
                self.text(token)
            elif token.name.startswith("/"):
                self.close(token.name[1:])
            else:
                self.open(token)
        self.flush()
        while self.rows:
            self.end_row()
        return self.done, self.dropped

    def text(self, token: Token) -> None:
        words = self.source[token.start : token.end]
        if self.hidden:
            if not any(name in _UNSEEN for name, _ in self.stack[-4:]):
                self.dropped += len(_SPACES.sub("", words))
            return
        self.parts.append(_decoded(TextMap.of(words, self.offset + token.start)))
        if self.links:
            self.linked += len(words.strip())

    def open(self, token: Token) -> None:
        name = token.name
        for closed in _CLOSES.get(name, ()):
            self.close_implied(closed)
        if name in _BLOCKS:
            self.flush()
            if name not in ("title", "html", "head"):
                self.close_implied("head")
        if name in _VOID or len(self.stack) >= _DEPTH:
            return
        drop = name in _UNSEEN or (self.strictness > 0 and (name in _DROPPED or self.is_furniture(token)))
        self.stack.append((name, drop))
        self.hidden += drop
        self.links += name == "a"
        if name == "tr":
            self.rows.append([])
        elif name in ("td", "th") and self.rows:
            self.rows[-1].append([])

    def close(self, name: str) -> None:
        if name in _BLOCKS:
            self.flush()
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth][0] == name:
                while len(self.stack) > depth:
                    self.pop()
                return
            if self.stack[depth][0] in _FENCES and name not in _FENCES:
                return

    def close_implied(self, name: str) -> None:
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth][0] == name:
                self.flush()
                while len(self.stack) > depth:
                    self.pop()
                return
            if self.stack[depth][0] in ("table", "ul", "ol", "dl", "div", "section", "article", "blockquote"):
                return

    def pop(self) -> None:
        if self.stack[-1][0] in _BLOCKS:
            self.flush()
        name, drop = self.stack.pop()
        self.hidden -= drop
        self.links -= name == "a"
        if name == "tr" and self.rows:
            self.end_row()

    def flush(self) -> None:
        """End the block being filled."""
        words = _squeezed(joined(self.parts)) if self.parts else None
        parts, self.parts = self.parts, []
        linked, self.linked = self.linked, 0
        if words is None or not words.text:
            return
        names = {name for name, _ in self.stack[-8:]}
        kind: Kind = "text"
        if names & {"h1", "h2", "h3", "h4", "h5", "h6"}:
            kind = "title" if "h1" in names else "heading"
        elif names & {"figcaption", "caption"}:
            kind = "caption"
        elif names & {"li", "dd", "dt", "option"}:
            kind = "item"
        length = max(1, sum(len(part.text.strip()) for part in parts))
        self.emit(Block(words, kind, linked=min(1.0, linked / length)))

    def emit(self, block: Block) -> None:
        (self.rows[-1][-1] if self.rows and self.rows[-1] else self.done).append(block)

    def end_row(self) -> None:
        """A row of short cells is one block; a row that lays out a page is what its cells hold."""
        cells = [cell for cell in self.rows.pop() if cell]
        short = all(sum(len(block.words) for block in cell) <= 300 for cell in cells)
        if len(cells) >= 2 and short:
            whole = joined([joined([block.words for block in cell], " ") for cell in cells], " | ")
            linked = sum(block.linked for cell in cells for block in cell) / sum(len(cell) for cell in cells)
            self.emit(Block(whole, "row", linked=linked))
            return
        for cell in cells:
            for block in cell:
                self.emit(block)

    def is_furniture(self, token: Token) -> bool:
        attributes = token.attributes
        if not attributes:
            return False
        if "hidden" in attributes or attributes.get("aria-hidden") == "true" or attributes.get("role") in _ROLES:
            return True
        if _HIDDEN.search(attributes.get("style", "")):
            return True
        if self.strictness < 2 or token.name in _KEEP:
            return False
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        words = re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names).lower())
        return not _FURNITURE.isdisjoint(words) and not {"content", "article", "main", "has", "with", "no"} & set(words)


def _decoded(words: TextMap) -> TextMap:
    """Entities as the characters they stand for."""
    if "&" not in words.text:
        return words
    edits: list[Edit] = []
    for match in _ENTITY.finditer(words.text):
        char = html.unescape(match.group())
        if char != match.group():
            edits.append((*match.span(), char))
    return words.edit(edits)


def _squeezed(words: TextMap) -> TextMap:
    """White space of the source as one space; none between two Han characters that only a line end parts."""
    edits: list[Edit] = []
    for match in _SPACES.finditer(words.text):
        gap = match.group()
        broken = "\n" in gap and _is_han(words.text[match.start() - 1 : match.start()]) and _is_han(words.text[match.end() : match.end() + 1])
        ideographic = "\u3000" in gap or "\xa0" in gap
        new = "" if broken else ("  " if ideographic and len(gap) > 1 else " ")
        if gap != new:
            edits.append((*match.span(), new))
    return words.edit(edits).strip()


def _is_han(char: str) -> bool:
    return "\u3000" < char <= "\u9fff" or "\uff00" <= char <= "\uffef"


_META = {
    "og:title": "title",
    "article:title": "title",
    "og:site_name": "publisher",
    "publisher": "publisher",
    "source": "publisher",
    "contentsource": "publisher",
    "mediaid": "publisher",
    "pubdate": "date",
    "publishdate": "date",
    "publish_date": "date",
    "date": "date",
    "dc.date": "date",
    "article:published_time": "date",
    "og:published_time": "date",
    "weibo:article:create_at": "date",
    "datepublished": "date",
    "og:url": "url",
    "articletitle": "title",
    "sitename": "publisher",
    "author": "author",
}


def _stated(source: str, found: Iterable[Token]) -> dict[str, str]:
    """What meta tags, the canonical link and the page's title say."""
    stated: dict[str, str] = {}
    in_title = False
    for token in found:
        if token.name == "meta":
            key = token.attributes.get("property") or token.attributes.get("name") or token.attributes.get("itemprop") or ""
            field = _META.get(key.lower())
            content = html.unescape(token.attributes.get("content", "")).strip()
            if field and content:
                stated.setdefault(field, content)
        elif token.name == "link" and token.attributes.get("rel", "").lower() == "canonical":
            stated.setdefault("url", token.attributes.get("href", ""))
        elif token.name in ("title", "/title"):
            in_title = token.name == "title"
        elif in_title and not token.name and "page_title" not in stated:
            stated["page_title"] = " ".join(html.unescape(source[token.start : token.end]).split())
        elif token.name == "body":
            break
    return {key: value for key, value in stated.items() if value}

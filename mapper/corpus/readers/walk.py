"""HTML tokens → blocks: one walk with an element stack, dropping what is hidden or navigation."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from mapper.corpus.readers.styles import ElementStyle, Styles
from mapper.corpus.readers.tags import Token
from mapper.corpus.reading import CELLS, Block, BlockKind
from mapper.corpus.textmap import Edit, TextMap, joined

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_SPACES = re.compile(r"\s+")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_VOID = _words("area base br col embed hr img input link meta param source track wbr")
_BLOCKS = _words(
    "address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody td tfoot th thead"
    " title tr ul"
)
_DROPPED = _words(
    "audio button canvas datalist dialog embed footer head iframe input map math nav noembed noframes noscript object"
    " script select style svg template textarea title video xmp"
)
_UNSEEN = _words("script style template head title xmp noembed noframes")
_STRUCK = _words("del s strike rt rp rtc")
"""What was struck out, and the readings above Han characters."""
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
_FENCES = _words("table td th html body div section article")
"""An opened element is not closed across these."""
_ROLES = _words("navigation banner contentinfo search dialog alertdialog menu menubar toolbar complementary")
_FURNITURE = _words(
    "ads advert advertisement backtop bdsharebuttonbox breadcrumb breadcrumbs comment comments cookie copyright crumb"
    " crumbs daohang foot footer friendlink friendlinks gotop hotnews login menu menubar mianbaoxie modal nav navbar"
    " navigation pager pagination popup qrcode recommend recommended register relate related share sharebar sidebar"
    " sidenav signin subnav toast toolbar topbar topnav"
)
"""Words of a class or an id that mark furniture."""
_ARTICLE = _words("content article has with no")
"""Words beside them that speak against it: ``content-with-sidebar``."""
_KEEP = _words("html body main article table tbody tr td th")
PAGE = (2, 1, 0)
PIECE = (2, 1)
"""Of a few lines in a text all may be hidden; a page of which all is hidden is shown by a script."""
_DEPTH = 150
_CELL = 300
"""Characters of a cell, a third of them where it holds several paragraphs, beyond which its table lays out a page."""


def article(source: str, found: list[Token], offset: int = 0, levels: Sequence[int] = PAGE) -> tuple[list[Block], int]:
    """The blocks that are left when navigation is dropped, more leniently where next to nothing would be left.

    ``levels``: how strictly, one after the other (see :class:`_HtmlWalk`).
    """
    best: tuple[list[Block], int] | None = None
    sheets, elsewhere = _sheets(source, found)
    for strictness in levels:
        blocks, dropped = _HtmlWalk(source, offset, strictness, Styles(sheets, elsewhere)).run(found)
        if best is None or _length(blocks) > 3 * _length(best[0]):
            best = blocks, dropped
        if dropped <= _length(blocks):
            break
    assert best is not None
    return best


def _sheets(source: str, found: list[Token]) -> tuple[list[str], bool]:
    """The style sheets that stand in the page itself, and whether it has others elsewhere."""
    sheets = [
        source[token.end : after.start]
        for token, after in pairwise(found)
        if token.name == "style" and token.attributes.get("media", "all").strip().lower() in ("", "all", "screen")
    ]
    return sheets, any(one.name == "link" and "stylesheet" in one.attributes.get("rel", "").lower() for one in found)


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(block.words) for block in blocks)


class _HtmlWalk:
    """One walk over the tokens of a page: an element stack, the block being filled, and the table rows being filled.

    ``strictness`` 2 drops by element, attribute and class name; 1 not by class name; 0 scripts and the like only.
    """

    def __init__(self, source: str, offset: int, strictness: int, styles: Styles) -> None:
        self.source, self.offset, self.strictness, self.styles = source, offset, strictness, styles
        self.stack: list[tuple[str, bool]] = []
        self.looks: list[ElementStyle] = []
        """How the elements of the stack look."""
        self.hidden = 0
        self.links = 0
        self.parts: list[TextMap] = []
        self.linked = 0
        self.done: list[Block] = []
        self.rows: list[list[list[Block]]] = []
        self.spans: list[list[int]] = []
        """How many rows each cell of the rows being filled reaches down."""
        self.carried: list[tuple[TextMap, int]] = []
        """The first cells of the rows above that reach down, and how far still."""
        self.table = self.row = 0
        """How many tables there were, and rows of the last."""
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
        if self.hidden or (self.strictness > 0 and self.looks and self.looks[-1].unseen):
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
        look = self.styles.look(name, token.attributes, self.looks)
        drop = name in _UNSEEN or name in _STRUCK
        drop = drop or (self.strictness > 0 and (name in _DROPPED or look.hidden or self.is_furniture(token)))
        self.stack.append((name, drop))
        self.looks.append(look)
        self.hidden += drop
        self.links += name == "a"
        if name == "table" and not self.rows:
            self.table, self.row, self.carried = self.table + 1, 0, []
        elif name == "tr":
            self.row += not self.rows
            self.rows.append([])
            self.spans.append([])
        elif name in ("td", "th") and self.rows:
            self.rows[-1].append([])
            reach = token.attributes.get("rowspan", "")
            self.spans[-1].append(int(reach) if reach.isascii() and reach.isdigit() and len(reach) < 4 else 1)

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
        self.looks.pop()
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
        kind: BlockKind = "text"
        if names & {"h1", "h2", "h3", "h4", "h5", "h6"}:
            kind = "title" if "h1" in names else "heading"
        elif names & {"figcaption", "caption"}:
            kind = "caption"
        elif names & {"li", "dd", "dt", "option", "ul", "ol"}:
            kind = "item"
        length = max(1, sum(len(part.text.strip()) for part in parts))
        self.emit(Block(words, kind, linked=min(1.0, linked / length)))

    def emit(self, block: Block) -> None:
        (self.rows[-1][-1] if self.rows and self.rows[-1] else self.done).append(block)

    def end_row(self) -> None:
        """A row of short cells is one block; a row that lays out a page is what its cells hold."""
        every, spans = self.rows.pop(), self.spans.pop()
        cells = [cell for cell in every if cell]
        short = all(_length(cell) <= (_CELL if len(cell) == 1 else _CELL // 3) for cell in cells)
        if short and (len(cells) >= 2 or (cells and self.carried and not self.rows)):
            words = [joined([block.words for block in cell], " ") for cell in cells]
            whole = joined([*self.reaching(every, spans), *words], CELLS)
            linked = sum(block.linked for cell in cells for block in cell) / sum(len(cell) for cell in cells)
            place = f"table {self.table} row {self.row}" if self.table else None
            self.emit(Block(whole, "row", whole=True, linked=linked, place=place))
            return
        for cell in cells:
            for block in cell:
                self.emit(block)

    def reaching(self, cells: list[list[Block]], spans: list[int]) -> list[TextMap]:
        """The first cells of rows above that reach down to this one; those of this one are kept for the rows below."""
        if self.rows:
            return []
        above = [words for words, _ in self.carried]
        self.carried = [(words, left - 1) for words, left in self.carried if left > 1]
        for cell, span in zip(cells, spans, strict=False):
            if span < 2 or not cell:
                break
            self.carried.append((joined([block.words for block in cell], " "), span - 1))
        return above

    def is_furniture(self, token: Token) -> bool:
        attributes = token.attributes
        if not attributes:
            return False
        if "hidden" in attributes or attributes.get("aria-hidden") == "true" or attributes.get("role") in _ROLES:
            return True
        if self.strictness < 2 or token.name in _KEEP:
            return False
        names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        words = re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", names).lower())
        return not _FURNITURE.isdisjoint(words) and _ARTICLE.isdisjoint(words)


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
        broken = (
            "\n" in gap
            and _is_han(words.text[match.start() - 1 : match.start()])
            and _is_han(words.text[match.end() : match.end() + 1])
        )
        ideographic = "\u3000" in gap or "\xa0" in gap
        new = "" if broken else ("  " if ideographic and len(gap) > 1 else " ")
        if gap != new:
            edits.append((*match.span(), new))
    return words.edit(edits).strip()


def _is_han(char: str) -> bool:
    return "\u3000" < char <= "\u9fff" or "\uff00" <= char <= "\uffef"

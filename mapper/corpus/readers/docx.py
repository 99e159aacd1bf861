"""Word (.docx), read from its XML: paragraphs, headings by style, tables row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from xml.etree.ElementTree import Element

from mapper.archive import Archive, local, properties
from mapper.corpus.readers.beside import heads, is_document, unread
from mapper.corpus.readers.wordstyles import HIDDEN, CharacterStyle, is_dark, looks
from mapper.corpus.reading import CELLS, Block, BlockKind, Missing, Reading, counted
from mapper.corpus.textmap import TextMap
from mapper.problems import UnreadableError

_BODY = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_DROPPED = frozenset({"del", "moveFrom", "instrText", "fldData", "footnoteReference", "Fallback", "rt"})
"""Deleted text, field codes, what older programs are shown in place of text boxes, and how a character is pronounced."""
_CHUNKS = ("altChunk", "subDoc")
"""Whole files that a document shows as if they stood in it."""
_SHORT_CELL = 300


class DocxReader:
    """The decoded text is the document's paragraphs and table rows, one a line."""

    def claims(self, raw: bytes) -> bool:
        """A zip file that holds the body of a Word document."""
        return raw.startswith(b"PK\x03\x04") and _BODY.encode() in raw

    def read(self, raw: bytes) -> Reading:
        """Read the body, then its notes; running heads are dropped, comments are told."""
        archive = Archive(raw, "DOCX")
        walk = _DocxWalk(looks(archive))
        rows = walk.run(archive)
        text = "\n".join(row for row, _, _ in rows)
        blocks = []
        offset = 0
        for row, kind, place in rows:
            blocks.append(Block(TextMap.of(row, offset).strip(), kind, whole=kind == "row", place=place or None))
            offset += len(row) + 1
        kept = tuple(block for block in blocks if block.words.text)
        dropped, said = heads(archive)
        broken: list[Missing] = [("notes-broken", {})] if walk.broken else []
        elsewhere = counted(dict(sorted(walk.elsewhere.items())))
        missing = (*broken, *counted({"heads-unread": said}), *unread(archive), *elsewhere)
        if not kept and any(walk.elsewhere.values()):
            raise UnreadableError("document-chunks")
        return Reading(text, kept, "docx", "docx", properties(archive), dropped, missing=missing)


@dataclass
class _DocxWalk:
    """One walk over the elements of a Word file: the paragraph being filled, and the table cells being filled."""

    styles: dict[str, CharacterStyle]
    lines: list[tuple[str, BlockKind, str]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    kind: BlockKind = "text"
    tables: list[list[list[tuple[str, BlockKind]]]] = field(default_factory=list)
    dropped: int = 0
    seen: list[bool] = field(default_factory=list)
    """Whether any words were read of each shape being read that older programs are shown in another form."""
    other: str = ""
    """The words of that other form."""
    merged: list[set[int]] = field(default_factory=list)
    """Which cells of the rows being filled go on from the row above."""
    above: list[list[tuple[str, BlockKind]]] = field(default_factory=list)
    boxes: list[tuple[list[str], BlockKind, str]] = field(default_factory=list)
    """The paragraphs that the text boxes being read stand in."""
    in_run: bool = False
    own: CharacterStyle = field(default_factory=lambda: CharacterStyle({}))
    """What the run says itself."""
    run_style: str = ""
    paragraph_style: str = ""
    shaded: bool = False
    grounds: list[bool] = field(default_factory=list)
    in_cell: bool = False
    dark_table: bool = False
    """Whether the paragraph, a cell around it, or the style of its table has a ground of its own."""
    in_note: bool = False
    broken: bool = False
    """Whether some notes could not be read to their end."""
    elsewhere: Counter[str] = field(default_factory=Counter)
    """How many parts stand in files of their own, by the code of their problem."""
    paragraphs: int = 0
    table: int = 0
    row: int = 0
    """How many paragraphs outside of tables there were, how many tables, and rows of the table being filled."""

    def run(self, archive: Archive) -> list[tuple[str, BlockKind, str]]:
        for event, element in chain(archive.events(_BODY), self.notes(archive)):
            name = local(element.tag)
            if event == "start":
                self.start(name)
            else:
                self.end(name, element.text or "", {local(key): value for key, value in element.attrib.items()})
                element.clear()
        return self.lines

    def notes(self, archive: Archive) -> Iterator[tuple[str, Element]]:
        """The elements of the notes; where those break off, the body is read all the same."""
        for part in filter(archive.names.__contains__, _NOTES):
            try:
                yield from archive.events(part)
            except UnreadableError:
                self.broken = True

    def start(self, name: str) -> None:
        self.dropped += name in _DROPPED
        if name == "AlternateContent":
            self.seen.append(False)
            self.other = ""
        if name == "txbxContent" and not self.dropped:
            self.boxes.append((self.text, self.kind, self.paragraph_style))
            self.text, self.kind, self.paragraph_style = [], "text", ""
        elif name == "r":
            self.in_run, self.own, self.run_style = True, CharacterStyle({}), ""
        if name == "tbl" and not self.tables:
            self.table, self.row, self.above = self.table + 1, 0, []
        elif name == "tr":
            self.row += not self.tables
            self.tables.append([])
            self.merged.append(set())
        elif name == "tc" and self.tables:
            self.tables[-1].append([])
            self.grounds.append(False)
        elif name == "tcPr":
            self.in_cell = True
        elif name in ("footnote", "endnote"):
            self.in_note = True

    def end(self, name: str, text: str, attributes: dict[str, str]) -> None:
        if name in _DROPPED:
            self.dropped -= 1
        elif self.dropped:
            self.other += text.strip() if name == "t" and self.seen else ""
        elif name == "AlternateContent" and self.seen:
            seen = self.seen.pop()
            self.elsewhere["shapes-unread"] += bool(self.other) and not seen
            self.other = ""
        elif name == "t":
            self.seen = [True] * len(self.seen)
            self.text.append(text if self.is_seen() else "")
        elif name == "r":
            self.in_run = False
        elif name == "txbxContent" and self.boxes:
            self.text, self.kind, self.paragraph_style = self.boxes.pop()
        elif name in ("tab", "br", "cr"):
            self.text.append(" ")
        elif name == "noBreakHyphen":
            self.text.append("-")
        elif name == "pStyle":
            self.paragraph_style = attributes.get("val", "")
            style = self.paragraph_style.lower()
            self.kind = "heading" if style.startswith(("heading", "title", "标题")) or style in "123456" else "text"
        elif name == "numPr":
            self.kind = "item" if self.kind == "text" else self.kind
        elif name == "vMerge" and self.tables and self.tables[-1] and attributes.get("val", "continue") == "continue":
            self.merged[-1].add(len(self.tables[-1]) - 1)
        elif name == "p":
            self.end_paragraph()
        elif name == "tcPr":
            self.in_cell = False
        elif name == "tc" and self.grounds:
            self.grounds.pop()
        elif name == "tr" and self.tables:
            self.end_row()
        else:
            self.dress(name, attributes)
            self.pass_over(name, attributes)

    def end_paragraph(self) -> None:
        line = "".join(self.text).replace("\n", " ")
        self.paragraphs += not self.tables and bool(line.strip())
        self.put(line, self.kind, "" if self.in_note else f"paragraph {self.paragraphs}")
        self.text, self.kind, self.shaded, self.paragraph_style = [], "text", False, ""

    def dress(self, name: str, attributes: dict[str, str]) -> None:
        """Heed an element that says how letters look, or what stands behind them."""
        if name == "rStyle" and self.in_run:
            self.run_style = attributes.get("val", "")
        elif (name == "color" or name in HIDDEN) and self.in_run:
            self.own.heed(name, attributes)
        elif name in ("shd", "highlight"):
            self.ground(attributes)
        elif name == "tblStyle" and attributes.get("val", "") in self.styles:
            self.dark_table = bool(self.styles[attributes["val"]].dark)
        elif name == "tbl" and not self.tables:
            self.dark_table = False
        elif name == "background":
            self.grounds.insert(0, attributes.get("color", "").upper() not in ("", "AUTO", "FFFFFF"))

    def pass_over(self, name: str, attributes: dict[str, str]) -> None:
        """Count what holds words in a form that is not read."""
        if name == "textpath":
            self.elsewhere["shapes-unread"] += bool(attributes.get("string", "").strip())
        elif name in _CHUNKS:
            self.elsewhere["chunks-unread"] += 1
        elif name == "OLEObject" and is_document(attributes.get("ProgID", "")):
            self.elsewhere["objects-unread"] += 1

    def is_seen(self) -> bool:
        """Whether the letters of the run are: by what it says itself, by its style, or by that of its paragraph."""
        plain = CharacterStyle({})
        look = self.own.over(self.styles.get(self.run_style, plain)).over(self.styles.get(self.paragraph_style, plain))
        return not any(look.hidden.values()) and (
            not look.white or bool(look.dark) or self.shaded or self.dark_table or any(self.grounds)
        )

    def ground(self, attributes: dict[str, str]) -> None:
        """What stands behind the letters of a cell, or of the rest of a paragraph."""
        dark = is_dark(attributes)
        if self.in_cell and self.grounds:
            self.grounds[-1] = dark
        else:
            self.shaded = self.shaded or dark

    def put(self, line: str, kind: BlockKind, place: str) -> None:
        if not line.strip():
            return
        if self.tables and self.tables[-1]:
            self.tables[-1][-1].append((line, kind))
        else:
            self.lines.append((line, kind, place))

    def end_row(self) -> None:
        """A row of short cells is one line; a row that lays out a page is what its cells hold.

        A cell of an outer table that goes on from the row above holds what that row's does.
        """
        place = f"table {self.table} row {self.row}"
        row, merged = self.tables.pop(), self.merged.pop()
        if not self.tables:
            for number in merged:
                if not row[number] and number < len(self.above):
                    row[number] = self.above[number]
            self.above = row
        cells = [cell for cell in row if cell]
        if len(cells) >= 2 and all(sum(len(line) for line, _ in cell) <= _SHORT_CELL for cell in cells):
            self.put(CELLS.join(" ".join(line.strip() for line, _ in cell) for cell in cells), "row", place)
            return
        for cell in cells:
            for line, kind in cell:
                self.put(line, kind, place)

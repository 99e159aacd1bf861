"""The styles of a Word file, as far as they decide whether letters are seen."""

from __future__ import annotations

from dataclasses import dataclass

from mapper.archive import Archive, local

_PART = "word/styles.xml"
HIDDEN = frozenset({"vanish", "webHidden", "strike", "dstrike"})
"""Properties of a run that hide it or strike it out."""
_DEPTH = 20
"""Styles that may each be based on the next; in a ring they would have no end."""


@dataclass
class CharacterStyle:
    """What a style, or a run itself, says of its letters; None where it says nothing."""

    hidden: dict[str, bool]
    white: bool | None = None
    dark: bool | None = None
    """Whether there is a ground of its own behind them."""
    based_on: str = ""

    def heed(self, name: str, attributes: dict[str, str]) -> None:
        """Take one property in."""
        if name in HIDDEN:
            self.hidden[name] = attributes.get("val") not in ("0", "false", "off", "none")
        elif name == "color":
            self.white = attributes.get("val", "").upper() == "FFFFFF"
        elif name in ("shd", "highlight"):
            self.dark = is_dark(attributes)

    def over(self, other: CharacterStyle) -> CharacterStyle:
        """This one where it says something, the other where it does not."""
        white = other.white if self.white is None else self.white
        dark = other.dark if self.dark is None else self.dark
        return CharacterStyle({**other.hidden, **self.hidden}, white, dark)


def is_dark(attributes: dict[str, str]) -> bool:
    """Whether a shading or a highlight puts something behind letters on which white ones are seen."""
    return attributes.get("fill", attributes.get("val", "")).upper() not in ("", "AUTO", "FFFFFF", "NONE", "WHITE", "CLEAR")


def looks(archive: Archive) -> dict[str, CharacterStyle]:
    """What each style says, by its id, with what it is based on."""
    found: dict[str, CharacterStyle] = {}
    current: CharacterStyle | None = None
    for event, element in archive.aside(_PART):
        name = local(element.tag)
        values = {local(key): value for key, value in element.attrib.items()}
        if event == "start" and name == "style":
            current = found[values.get("styleId", "")] = CharacterStyle({})
        elif event == "end" and name == "style":
            current = None
        elif event == "end" and current is not None:
            if name == "basedOn":
                current.based_on = values.get("val", "")
            else:
                current.heed(name, values)
        if event == "end":
            element.clear()
    return {id: _whole(id, found) for id in found}


def _whole(id: str, found: dict[str, CharacterStyle]) -> CharacterStyle:
    made = found[id]
    for _ in range(_DEPTH):
        id = found[id].based_on
        if id not in found:
            break
        made = made.over(found[id])
    return made

"""What a page's own style sheets say of its letters, as far as it decides whether they are seen: enough of CSS for that.

Read are rules for all screens whose selectors are made of names, classes and ids within each other. Whatever says more
(states, attributes, neighbours, widths of a window) is passed over: letters are rather read than lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Colour = tuple[int, int, int]
Ground = Colour | None
"""What is behind letters; None where it is a picture, or anything that is not known."""

WHITE: Colour = (255, 255, 255)
_LINK: Colour = (0, 0, 238)
_NEAR = 8
"""Parts of a colour by which two may differ and look the same."""
_STEPS = 300_000
"""Comparisons of an element with a selector that one page may cost; after them its style sheets are not heeded."""
_MOST_RULES = 2_000
_MOST_CLASSES = 40
_SCREEN = re.compile(r"@media\s+(?:only\s+)?(?:screen|all)\s*|@layer.*", re.IGNORECASE)
_BRACES = re.compile(r"[{}]")
_COMPOUND = re.compile(r"(\*|[A-Za-z][\w-]*)?((?:[.#][\w-]+)*)")
_MARK = re.compile(r"[.#][\w-]+")
_FAR = re.compile(r"-(?:9{3,}|[1-9]\d{4,})(?:\.\d+)?[a-z%]{0,4}")
"""So far off that no screen reaches: what authors write who want letters to be there and not seen."""
_HIDDEN = (
    ("display", re.compile(r"none")),
    ("visibility", re.compile(r"hidden|collapse")),
    ("font-size", re.compile(r"[+-]?(?:0++(?:\.0+)?|\.0+)(?:[a-z]+|%)?")),
    ("opacity", re.compile(r"[+-]?(?:0++(?:\.0+)?|\.0+)%?")),
    ("text-decoration", re.compile(r".*?line-through.*", re.DOTALL)),
    ("text-indent", _FAR),
    ("left", _FAR),
    ("top", _FAR),
    ("margin-left", _FAR),
    ("clip-path", re.compile(r"inset\(\s*(?:50|100)%.{0,40}|circle\(\s*0.{0,40}", re.DOTALL)),
    ("transform", re.compile(r"scale\(\s*0\s*\)")),
    ("text-decoration-line", re.compile(r".*?line-through.*", re.DOTALL)),
)
_GROUNDS = frozenset({"background", "background-color", "background-image"})
"""A ground under transparent letters is mostly cut out in their shape."""
_COLOURS = _GROUNDS | {"color", "position"}
_HEEDED = _COLOURS | {name for name, _ in _HIDDEN}
_NO_GROUND = frozenset({"", "none", "transparent", "inherit", "initial", "unset"})
_NAMED: dict[str, Colour] = {"white": WHITE, "snow": (255, 250, 250), "black": (0, 0, 0)}
_HEX = re.compile(r"#([0-9a-f]{3,8})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*(?:[,/]\s*([\d.]+%?)\s*)?\)")


@dataclass(frozen=True)
class ElementStyle:
    """How an element looks: what selectors ask of it, its colour and what is behind it, and whether it is hidden."""

    name: str = ""
    marks: frozenset[str] = frozenset()
    colour: Colour | None = (0, 0, 0)
    """None where it is not known."""
    ground: Ground = WHITE
    hidden: bool = False
    clear: bool = False
    """Its letters are transparent."""

    @property
    def unseen(self) -> bool:
        """Whether its letters do not stand out from what is behind them."""
        if self.clear:
            return True
        if self.colour is None or self.ground is None:
            return False
        return all(abs(one - other) <= _NEAR for one, other in zip(self.colour, self.ground, strict=True))


@dataclass(frozen=True)
class _StyleRule:
    """One rule of a style sheet for one selector; where rules differ, the heavier says how an element looks."""

    weight: tuple[int, int, int, int]
    parts: tuple[tuple[str, str, frozenset[str]], ...]
    """For each step of the selector: > or a space before it, a name or ``*``, and the classes and ids it asks for."""
    says: Mapping[str, str]


@dataclass
class Styles:
    """The style sheets of one page."""

    sheets: Sequence[str] = ()
    more: bool = False
    """The page has sheets elsewhere: then those here do not tell what stands behind letters."""
    by_key: dict[str, list[_StyleRule]] = field(default_factory=dict)
    left: int = _STEPS

    def __post_init__(self) -> None:
        count = 0
        for sheet in self.sheets:
            for selectors, body in _rules(sheet):
                says = declarations(body)
                if self.more:
                    says = {name: value for name, value in says.items() if name not in _COLOURS}
                for selector in selectors.split(",") if says else ():
                    count += 1
                    rule = _rule(selector, count, says)
                    if rule is not None and count <= _MOST_RULES:
                        _, name, marks = rule.parts[-1]
                        self.by_key.setdefault(min(marks, default=name), []).append(rule)

    def look(self, name: str, attributes: Mapping[str, str], around: Sequence[ElementStyle]) -> ElementStyle:
        """How an element looks within those around it, outermost first."""
        parent = around[-1] if around else ElementStyle()
        marks = frozenset(f".{one}" for one in attributes.get("class", "").split()[:_MOST_CLASSES])
        if attributes.get("id"):
            marks |= {f"#{attributes['id']}"}
        said = self._said(name, marks, around) if self.by_key and self.left > 0 else {}
        if "style" in attributes:
            said |= declarations(attributes["style"])
        if "color" in attributes and name == "font":
            said.setdefault("color", attributes["color"].lower())
        if "bgcolor" in attributes:
            said.setdefault("background-color", attributes["bgcolor"].lower())
        if not said and name != "a":
            return ElementStyle(name, marks, parent.colour, parent.ground, clear=parent.clear)
        colour, clear = parent.colour, parent.clear
        if "color" in said:
            colour, clear = _colour(said["color"]), _is_clear(said["color"]) and not _GROUNDS & said.keys()
        elif name == "a" and "href" in attributes:
            colour = _LINK
        hidden = name not in ("html", "body") and any(
            value.fullmatch(said[key].strip()) for key, value in _HIDDEN if key in said
        )
        return ElementStyle(name, marks, colour, _ground(said, parent.ground), hidden, clear)

    def _said(self, name: str, marks: frozenset[str], around: Sequence[ElementStyle]) -> dict[str, str]:
        rules = [rule for key in sorted({*marks, name, "*"}) for rule in self.by_key.get(key, ())]
        found = [rule for rule in rules if self._fits(rule, name, marks, around)]
        said: dict[str, str] = {}
        for rule in sorted(found, key=lambda rule: rule.weight):
            said |= rule.says
        return said

    def _fits(self, rule: _StyleRule, name: str, marks: frozenset[str], around: Sequence[ElementStyle]) -> bool:
        at = len(around)
        here_name, here_marks = name, marks
        for number in range(len(rule.parts) - 1, -1, -1):
            _, wanted, asked = rule.parts[number]
            near = number == len(rule.parts) - 1 or rule.parts[number + 1][0] == ">"
            while True:
                self.left -= 1
                if wanted in ("*", here_name) and asked <= here_marks:
                    break
                if near or at == 0 or self.left < 0:
                    return False
                at -= 1
                here_name, here_marks = around[at].name, around[at].marks
            if number:
                if at == 0:
                    return False
                at -= 1
                here_name, here_marks = around[at].name, around[at].marks
        return True


def declarations(body: str) -> dict[str, str]:
    """What a style says of what decides whether letters are seen: names and values in lower case, the last one of each."""
    said: dict[str, str] = {}
    firm: dict[str, str] = {}
    for one in body.split(";"):
        name, colon, value = one.partition(":")
        name = name.strip().lower()
        if colon and name in _HEEDED:
            value, important, _ = value.lower().partition("!")
            (firm if important else said)[name] = value.strip()
    return said | firm


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and bodies of the rules that hold on every screen."""
    first, *rest = sheet.split("/*")
    plain = first + "".join(one.partition("*/")[2] for one in rest)
    around: list[str | bool] = []
    at = 0
    for brace in _BRACES.finditer(plain.replace("<!--", "").replace("-->", "")):
        piece, at = brace.string[at : brace.start()], brace.end()
        if brace.group() == "{":
            head = piece.rpartition(";")[2].strip()
            around.append(bool(_SCREEN.fullmatch(head)) if head.startswith("@") else head)
        elif around:
            head_or_not = around.pop()
            if isinstance(head_or_not, str) and all(around):
                yield head_or_not, piece


def _rule(selector: str, number: int, says: Mapping[str, str]) -> _StyleRule | None:
    parts: list[tuple[str, str, frozenset[str]]] = []
    before = " "
    for word in selector.replace(">", " > ").split():
        if word == ">":
            before = ">"
            continue
        made = _COMPOUND.fullmatch(word)
        if not made or len(parts) > 8:
            return None
        parts.append((before, (made.group(1) or "*").lower(), frozenset(_MARK.findall(made.group(2)))))
        before = " "
    if not parts:
        return None
    marks = [mark for _, _, asked in parts for mark in asked]
    ids = sum(mark.startswith("#") for mark in marks)
    return _StyleRule((ids, len(marks) - ids, sum(name != "*" for _, name, _ in parts), number), tuple(parts), says)


def _colour(value: str) -> Colour | None:
    if made := _HEX.fullmatch(value):
        digits = made.group(1)
        if len(digits) in (3, 4):
            digits = "".join(2 * digit for digit in digits)
        return (int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)) if len(digits) in (6, 8) else None
    if made := _RGB.fullmatch(value):
        return int(made.group(1)), int(made.group(2)), int(made.group(3))
    return _NAMED.get(value)


def _is_clear(value: str) -> bool:
    """Whether a colour lets everything through."""
    made = _RGB.fullmatch(value)
    if made and made.group(4):
        return not made.group(4).strip("0.%")
    return value == "transparent" or bool(re.fullmatch(r"#(?:[0-9a-f]{3}0|[0-9a-f]{6}00)", value))


def _ground(said: Mapping[str, str], behind: Ground) -> Ground:
    """What is behind the letters of an element: what it says itself, or else what is behind it."""
    if said.get("position") in ("absolute", "fixed"):
        behind = None
    for name in sorted(_GROUNDS):
        value = said.get(name, "")
        if value not in _NO_GROUND and not _is_clear(value):
            behind = _colour(value)
    return behind

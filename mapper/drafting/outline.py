"""Paragraphs of an official text → its head, and its clauses with parts, labels and paragraphs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from mapper.letters import numeral
from mapper.rules import rules

ARTICLE, PART, ITEM = 3, 4, 5
"""Levels of numbering (rules/numbering.yaml) that are spoken of by name."""
_FEWEST = 3
"""Articles of a text that is written in articles, at least."""
_SKIPPED = 5
"""Articles that may be missing between two, at most."""
_TITLE = 40
"""Characters of a heading that stands at the head of its own paragraph, at most."""
_OUTER = {PART: "p"}
"""What the key of a clause begins with that stands above those whose numbers run through the text; a chapter's with c."""
SIGNED = 40
"""Characters of a line that may be a signature."""
_STOPS = "。！？；"


@dataclass
class Node:
    """A numbered stretch: its label as a clause is cited, its heading, its own paragraphs, and what is numbered below it."""

    level: int
    label: str
    number: int | None
    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)
    opens: str = ""
    """The mark that parts the heading from what follows it in the same line; empty where the heading is a line."""
    below: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Clause:
    """What is cited by one label: 第七条, or 二、（六）. ``paragraphs`` hold the items of a list with what leads to them."""

    label: str
    level: int
    key: str
    """What an id of it ends with: its own number where the numbers run through the text, else its place."""
    part: str | None
    heading: str
    paragraphs: tuple[str, ...]
    above: tuple[str, ...] = ()
    """Headings above it, the outermost first."""


@dataclass(frozen=True)
class Outline:
    """An official text: the paragraphs before its first clause, its parts (label, heading), its clauses, its foot."""

    head: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...]
    foot: tuple[str, ...]
    articles: bool
    """Whether it is written in articles, as law is, or in parts and items, as plans and opinions are."""


def outline(paragraphs: Iterable[str]) -> Outline:
    """Take an official text apart by its own numbering (rules/numbering.yaml)."""
    lines = [_bare(one) for one in paragraphs]
    lines = [line for line in lines if line]
    labels = [found for line in lines if (found := _label(line)) is not None]
    articles = sum(level == ARTICLE for level, *_ in labels) >= _FEWEST
    head, roots, nodes = _tree(lines, articles)
    _told_apart(nodes)
    clauses, foot = _footed(_keyed(tuple(_clauses(roots))))
    used = {one.part for one in clauses}
    parts = {_cited(node.label): node.heading for node in roots if _cited(node.label) in used}
    return Outline(tuple(head), tuple(parts.items()), clauses, foot, articles)


def _bare(line: str) -> str:
    return line.strip().lstrip("#").strip().replace("\u3000", " ")


def _label(line: str) -> tuple[int, str, int | None, str] | None:
    """Level, label, number and the rest of a line that begins with a number of the text's own; None where it does not."""
    for rule in rules("numbering").values():
        found = rule.pattern.match(line)
        if found is None:
            continue
        level = int(rule.gives["level"])
        label = found.group().strip()
        number = numeral(found.groupdict().get("n") or "")
        return level, label, number, line[found.end() :].lstrip(" :：、").rstrip()
    return None


def _told_apart(nodes: Iterable[Node]) -> None:
    """A short first sentence is a heading where most of its level begin so, and else the first of its own sentences."""
    levels: defaultdict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        levels[node.level].append(node)
    for level in levels.values():
        opened = [node for node in level if node.opens]
        if 2 * len(opened) < len(level):
            for node in opened:
                node.paragraphs[0] = f"{node.heading}{node.opens}{node.paragraphs[0]}"
                node.heading = ""


def _tree(lines: Sequence[str], articles: bool) -> tuple[list[str], list[Node], list[Node]]:
    """The lines before the first numbered one, the numbered ones as a tree, and all of these in their order."""
    head: list[str] = []
    roots: list[Node] = []
    nodes: list[Node] = []
    stack: list[Node] = []
    last = 0
    for line in lines:
        found = _label(line)
        if found is not None and found[0] == ARTICLE:
            own = found[2] or 0
            if last < own <= last + _SKIPPED or "之" in found[1]:
                last = max(last, own)
            else:
                found = None  # a reference to an article at the head of a line
        elif found is not None and articles and last == 0 and found[0] > ARTICLE:
            found = None  # numbered lines of a letter before the text
        if found is None:
            (stack[-1].paragraphs if stack else head).append(line)
            continue
        level, label, number, rest = found
        heading, body = _headed(rest, level)
        node = Node(level, label, number, heading, [body] if body else [], "。" if heading and body else "")
        nodes.append(node)
        while stack and stack[-1].level >= level:
            stack.pop()
        (stack[-1].below if stack else roots).append(node)
        stack.append(node)
    return head, roots, nodes


def _headed(rest: str, level: int) -> tuple[str, str]:
    """Heading and body of what follows a label: a first short sentence before others, or a line that is no sentence."""
    if not rest:
        return "", ""
    stop = next((at for at, char in enumerate(rest) if char in _STOPS), None)
    if level < ARTICLE or stop is None:
        return (rest, "") if len(rest) <= _TITLE and not rest.endswith(("：", ":")) else ("", rest)
    if level > ARTICLE and rest[stop] == "。" and stop <= _TITLE and stop + 1 < len(rest):
        return rest[:stop], rest[stop + 1 :].strip()
    return "", rest


def _clauses(roots: Iterable[Node]) -> Iterator[Clause]:
    for node in roots:
        part = _cited(node.label) if node.below or node.level < ARTICLE else None
        yield from _within(node, part, "", ())


def _within(node: Node, part: str | None, before: str, above: tuple[str, ...]) -> Iterator[Clause]:
    """The clauses of a node: itself where it has words of its own or leads to a list, and those below it."""
    inner = (*above, node.heading)
    if node.level < ARTICLE:
        if node.paragraphs:  # such as what closes a directive without a number of its own
            yield Clause(_cited(node.label), node.level, str(node.number or ""), part, node.heading, tuple(node.paragraphs), above)
        yield from (one for below in node.below for one in _within(below, part, "", inner))
        return
    label = node.label if node.level == ARTICLE else before + node.label
    lists = node.level == ARTICLE or _leads(node.paragraphs)
    texts = [*node.paragraphs, *(text for below in node.below if lists for text in _listed(below))]
    if texts or (node.heading and not node.below):
        told = tuple(texts or [node.heading])
        yield Clause(_cited(label), node.level, str(node.number or ""), part, node.heading, told, above)
    if not lists:
        yield from (one for below in node.below for one in _within(below, part, label, inner))


def _leads(paragraphs: Sequence[str]) -> bool:
    """Whether the last paragraph leads to a list."""
    return bool(paragraphs) and paragraphs[-1].endswith(("：", ":"))


def _listed(node: Node) -> Iterator[str]:
    """The items of a list with their labels, as they are read."""
    said = f"{node.heading}。" if node.heading and node.paragraphs else node.heading
    first, *rest = node.paragraphs or [""]
    yield f"{node.label}{said}{first}"
    yield from rest
    for below in node.below:
        yield from _listed(below)


def _cited(label: str) -> str:
    return label.replace("(", "（").replace(")", "）").replace("．", ".").rstrip(".、")


def _keyed(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses with keys that tell them apart: their own numbers where these run through the text, else 01, 02, 03 …"""
    inner = [one for one in clauses if one.level >= ARTICLE and one.level != PART]
    inner = inner or [one for one in clauses if one.level >= ARTICLE] or list(clauses)
    numbers = [int(one.key or 0) for one in inner]
    if numbers and numbers[0] and all(before < after for before, after in pairwise(numbers)):
        running = {id(one) for one in inner}
        return tuple(
            replace(one, key=f"{int(one.key):02}" if id(one) in running else f"{_OUTER.get(one.level, 'c')}{one.key}")
            for one in clauses
        )
    return tuple(replace(one, key=f"{place:02}") for place, one in enumerate(clauses, start=1))


def _footed(clauses: Sequence[Clause]) -> tuple[tuple[Clause, ...], tuple[str, ...]]:
    """The clauses without what stands behind the last of them: signature, date, enclosures, source."""
    if not clauses:
        return (), ()
    last = clauses[-1]
    found = rules("official")
    for at, text in enumerate(last.paragraphs):
        short = len(text) <= _TITLE
        if at and (found["foot"].pattern.search(text) or signed(text) or (short and found["issuer-ends"].pattern.search(text))):
            return (*clauses[:-1], replace(last, paragraphs=last.paragraphs[:at])), last.paragraphs[at:]
    return tuple(clauses), ()


def signed(line: str) -> tuple[str, str] | None:
    """The name of an authority, which may be empty, and the day, of a line that holds nothing else; None of any other."""
    found = rules("official")
    day = found["date"].pattern.search(line)
    if day is None or len(line) > SIGNED or line[day.end() :].strip(" ）)"):
        return None
    name = line[: day.start()].strip(" （(")
    return (name, day.group()) if not name or found["issuer-ends"].pattern.search(name) else None

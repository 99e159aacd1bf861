"""Does any pattern take longer than the text grows: ``python -m benchmarks.patterns [--only NAME] [--all]``.

Every compiled expression of the program (those that modules hold, those written inside functions, those of the rule
sheets, and those built while the seeds are read) looks through texts made against it: what it begins with, what it may
repeat and what it looks for, over and over, never complete. Where the time per character is largest or grows, the text
is doubled until the clock can tell. Printed, worst first: how many times longer twice the text took, and the seconds for
a text of :data:`TOLD` characters. The exit code is 1 where twice the text takes more than :data:`MOST` times.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import pkgutil
import re
import signal
import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, NamedTuple

import mapper
from mapper.rules import rules, sheets
from mapper.shipped import folder

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import re._parser as parser  # type: ignore[import-not-found]  # no other way tells what a pattern is made of

MOST = 2.6
"""Times that twice the text may take: 2 where time grows with the text, 4 where with its square; the rest is the clock's."""
SHORT, LONG = 400, 1_600
"""Characters of the texts that are tried first."""
TOLD = 100_000
ENOUGH = 0.004
"""Seconds that a clock can tell from its own noise."""
PATIENCE = 2.0
"""Seconds after which a search is broken off: it grows faster than any square."""
FILL = ("", "字", "1", " ", "，", "\n")
ENDS = ("", "\x01", "\n\x01")
"""What ends a text: nothing, or what hardly anything looks for."""
_CLASSES = {"CATEGORY_DIGIT": "1", "CATEGORY_WORD": "字", "CATEGORY_SPACE": " ", "CATEGORY_NOT_SPACE": "字", "CATEGORY_NOT_DIGIT": "字"}
_CALLS = ("compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")
_FLAGS = {"sub": 4, "subn": 4, "split": 3, "compile": 1}
"""Where the flags stand among what is handed to a function of ``re``; third in most."""
_AT_ONE_PLACE = {"match", "fullmatch"}


class Held(NamedTuple):
    """A pattern, where it stands, and whether it is only ever tried at one place and not looked for."""

    name: str
    pattern: re.Pattern[str]
    placed: bool


class Worst(NamedTuple):
    """The text that a pattern likes least: times that twice of it took, seconds for :data:`TOLD` characters, its beginning."""

    times: float
    seconds: float
    text: str


def patterns() -> list[Held]:
    """Every expression of the program, each once."""
    found: dict[tuple[str, int], Held] = {}
    modules = [importlib.import_module(one.name) for one in pkgutil.walk_packages(mapper.__path__, "mapper.") if "__main__" not in one.name]
    trees = {module: ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")) for module in modules}
    uses: dict[str, set[str]] = {}
    for module, tree in trees.items():
        for name, method in _uses(tree):
            uses.setdefault(_known_as(module, name), set()).add(method)
    named = [held for module in modules for held in _by_name(module, uses)]
    named += [Held(f"{sheet}.yaml {id}", rule.pattern, False) for sheet in sheets() for id, rule in rules(sheet).items()]
    for held in (*named, *(held for module, tree in trees.items() for held in _inside(module, tree)), *_built()):
        found.setdefault((held.pattern.pattern, held.pattern.flags), held)
    return list(found.values())


def _known_as(module: ModuleType, name: str) -> str:
    return f"{module.__name__}.{name}" if name.startswith("_") else name


def _uses(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """What is done with each name: its methods that are called, and ``?`` where it is handed on.

    What is done with each of a collection is done with the collection.
    """
    called: set[ast.AST] = set()
    for body in ast.walk(tree):
        for loop in [body] if isinstance(body, ast.For) else getattr(body, "generators", []):
            if not isinstance(loop.iter, ast.Name):
                continue
            called.add(loop.iter)
            each = {one.id for one in ast.walk(loop.target) if isinstance(one, ast.Name)}
            for node in ast.walk(body):
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in each:
                    yield loop.iter.id, node.attr
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            base = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            name = base.id if isinstance(base, ast.Name) else base.attr if isinstance(base, ast.Attribute) else None
            if name:
                called.add(base)
                yield name, node.attr
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in called:
            yield node.id, "?"


def _by_name(module: ModuleType, uses: dict[str, set[str]]) -> Iterator[Held]:
    for name, value in vars(module).items():
        for place, one in enumerate(value if isinstance(value, tuple | list) else [value]):
            parts = one if isinstance(one, tuple) else (one,)
            for part in parts:
                if isinstance(part, re.Pattern) and isinstance(part.pattern, str):
                    done = uses.get(_known_as(module, name), {"?"})
                    placed = done <= _AT_ONE_PLACE
                    yield Held(f"{module.__name__}.{name}" + (f"[{place}]" if isinstance(value, tuple | list) else ""), part, placed)


def _inside(module: ModuleType, tree: ast.AST) -> Iterator[Held]:
    """Expressions written where they are used, ``re.search("…", text)``; what depends on arguments is met elsewhere."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS and node.args):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        flags = [one.value for one in node.keywords if one.arg == "flags"] + node.args[_FLAGS.get(node.func.attr, 2) :]
        try:
            words, *given = (eval(compile(ast.Expression(one), "", "eval"), vars(module)) for one in (node.args[0], *flags[:1]))
            made = re.compile(words, *given)
        except (NameError, AttributeError, TypeError):
            continue
        if isinstance(made.pattern, str):
            yield Held(f"{module.__name__}:{node.lineno}", made, node.func.attr in _AT_ONE_PLACE)


def _built() -> Iterator[Held]:
    """Expressions that functions build from names and rules, met while the seeds are read and aligned."""
    from mapper import run

    met: dict[tuple[str, int], str] = {}
    usual: Any = re._compile  # type: ignore[attr-defined]

    def noted(pattern: Any, flags: Any) -> Any:
        made = usual(pattern, flags)
        frame = sys._getframe(2)
        if frame.f_globals.get("__name__", "").startswith("mapper") and isinstance(made.pattern, str):
            met.setdefault((made.pattern, made.flags), f"{frame.f_globals['__name__']}:{frame.f_lineno}")
        return made

    re._compile = noted  # type: ignore[attr-defined]
    try:
        run.build(run.read_inputs(folder("policies"), folder("seeds")))
    finally:
        re._compile = usual  # type: ignore[attr-defined]
    for (words, flags), name in met.items():
        yield Held(name, re.compile(words, flags & ~re.UNICODE), False)


def pieces(pattern: re.Pattern[str]) -> list[str]:
    """What a pattern looks for, piece by piece: runs of letters, and one character for each class."""
    found: dict[str, None] = {}

    def walk(items: Any) -> None:
        run = ""
        for op, value in items:
            name = str(op)
            if name == "LITERAL":
                run += chr(value)
                continue
            if run:
                found[run] = None
            run = ""
            match name:
                case "BRANCH":
                    for branch in value[1]:
                        walk(branch)
                case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                    walk(value[2])
                case "SUBPATTERN":
                    walk(value[3])
                case "ASSERT" | "ASSERT_NOT":
                    walk(value[1])
                case "ATOMIC_GROUP":
                    walk(value)
                case "ANY" | "NOT_LITERAL":
                    found["字"] = None
                case "IN":
                    for kind, what in value[:3]:
                        match str(kind):
                            case "LITERAL":
                                found[chr(what)] = None
                            case "RANGE":
                                found[chr(what[0])] = None
                            case "NEGATE":
                                found["字"] = None
                            case _:
                                found[_CLASSES.get(str(what), "字")] = None
        if run:
            found[run] = None

    walk(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    return list(found)


def recipes(pattern: re.Pattern[str]) -> list[tuple[str, str, str]]:
    """Texts made against a pattern, as what begins them, what is repeated, and what ends them."""
    made = pieces(pattern)
    made = made[:12] + made[-6:] if len(made) > 18 else made
    found = [("", piece + fill, end) for piece in made for fill in FILL for end in ENDS]
    found += [("", first + other, "\x01") for first in made[:8] for other in made[:8] if first != other]
    found += [(first, other, "\x01") for first in made[:4] for other in made if first != other]
    return list(dict.fromkeys(found))


def text_of(recipe: tuple[str, str, str], length: int) -> str:
    """A text of some length; the first piece of a recipe that has one fills its first half."""
    first, repeated, end = recipe
    half = first * (length // 2 // len(first)) if first else ""
    return half + repeated * ((length - len(half)) // len(repeated)) + end


class _TooLong(Exception):
    pass


def _give_up(_: int, __: FrameType | None) -> None:
    raise _TooLong


def seconds(held: Held, text: str) -> float:
    """The time that looking for all that a pattern finds takes, or trying it at the one place; endless where broken off."""
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    begun = time.process_time()
    try:
        if held.placed:
            held.pattern.match(text), held.pattern.fullmatch(text)
        else:
            for _ in held.pattern.finditer(text):
                pass
        return time.process_time() - begun
    except _TooLong:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def worst(held: Held) -> Worst:
    """The text that a pattern likes least."""
    tried = []
    for recipe in recipes(held.pattern):
        short, long = (seconds(held, text_of(recipe, length)) for length in (SHORT, LONG))
        if long == float("inf"):
            return Worst(long, long, recipe[0] + recipe[1])
        tried.append((long, long / max(short, 1e-6), recipe))
    slow = sorted(tried, reverse=True)[:2]
    growing = sorted((one for one in tried if one[0] > 5e-5), key=lambda one: -one[1])[:2]
    return max((_doubled(held, recipe) for _, _, recipe in dict.fromkeys(slow + growing)), default=Worst(0, 0, ""))


def _doubled(held: Held, recipe: tuple[str, str, str]) -> Worst:
    length = LONG
    once = seconds(held, text_of(recipe, length))
    while once < ENOUGH and length < TOLD:
        length *= 2
        once = seconds(held, text_of(recipe, length))
    times = float("inf")
    for _ in range(3):
        once, twice = (min(seconds(held, text_of(recipe, much)) for _ in range(2)) for much in (length, 2 * length))
        times = min(times, twice / max(once, 1e-7))
        if times <= MOST:
            break
    grown = 2 if times > MOST else 1
    return Worst(times, twice * (TOLD / (2 * length)) ** grown, recipe[0] + recipe[1])


def main() -> int:
    """Run, print, and return the exit code."""
    asked_for = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked_for.add_argument("--only", default="", help="patterns whose name holds this")
    asked_for.add_argument("--all", action="store_true", help="every pattern, not only the worst thirty")
    asked = asked_for.parse_args()
    signal.signal(signal.SIGALRM, _give_up)
    begun = time.process_time()
    rows = sorted(((worst(held), held) for held in patterns() if asked.only in held.name), key=lambda row: row[0], reverse=True)
    faster = sum(one.times > MOST for one, _ in rows)
    print(f"{'pattern':<52}{'twice':>7}{'s':>10}  made against it ('|' : tried at one place only)")
    for one, held in rows if asked.all else rows[: max(30, faster)]:
        print(f"{held.name:<52}{one.times:7.1f}{one.seconds:10.4f}{'|' if held.placed else ' '} {one.text[:40]!r}")
    took = f"{time.process_time() - begun:.0f} s in all"
    print(f"{len(rows)} patterns, {faster} whose time grows faster than the text; s: seconds for {TOLD} characters; {took}")
    return 1 if faster else 0


if __name__ == "__main__":
    sys.exit(main())

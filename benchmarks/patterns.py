"""Does any pattern take longer than the text grows: ``python -m benchmarks.patterns [--characters N] [--only NAME]``.

Every compiled expression of the program, those of the modules and those of the rule sheets, looks through texts made
against it: what it begins with, what it may repeat and what it looks for, over and over, never complete. Printed are the
patterns whose time grows faster than :data:`MOST` says when a text is four times as long; the exit code is 1 where one
takes longer than :data:`LONG` seconds for it.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
import sys
import time
import warnings
from collections.abc import Iterator

import mapper
from mapper.rules import rules, sheets

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import re._parser as parser  # type: ignore[import-not-found]  # no other way tells what a pattern is made of

MOST = 8.0
"""Times that four times the text may take: 4 where time grows with the text, 16 where with its square."""
LONG = 0.5
FILL = ("", "字", "a", "1", " ", "，", "\n")
_CLASSES = {"CATEGORY_DIGIT": "1", "CATEGORY_WORD": "字", "CATEGORY_SPACE": " ", "CATEGORY_NOT_SPACE": "字", "CATEGORY_NOT_DIGIT": "字"}


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled expression over text that a module holds by name or in a collection, and every rule."""
    for found in pkgutil.walk_packages(mapper.__path__, "mapper."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            for place, one in enumerate(value if isinstance(value, tuple | list) else [value]):
                one = one[1] if isinstance(one, tuple) and len(one) == 2 else one
                if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                    yield f"{found.name}.{name}" + (f"[{place}]" if isinstance(value, tuple | list) else ""), one
    for sheet in sheets():
        for id, rule in rules(sheet).items():
            yield f"{sheet}.yaml {id}", rule.pattern


def pieces(pattern: str) -> list[str]:
    """What a pattern looks for, piece by piece: runs of letters, and one character for each class."""
    found: dict[str, None] = {}

    def walk(items: object) -> None:
        run = ""
        for op, value in items:  # type: ignore[attr-defined]
            name = str(op)
            if name == "LITERAL":
                run += chr(value)
                continue
            if run:
                found[run] = None
            run = ""
            if name == "BRANCH":
                for branch in value[1]:
                    walk(branch)
            elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                walk(value[2])
            elif name == "SUBPATTERN":
                walk(value[3])
            elif name in ("ASSERT", "ASSERT_NOT"):
                walk(value[1])
            elif name == "ATOMIC_GROUP":
                walk(value)
            elif name == "IN":
                for kind, what in value[:3]:
                    if str(kind) == "LITERAL":
                        found[chr(what)] = None
                    elif str(kind) == "RANGE":
                        found[chr(what[0])] = None
                    elif str(kind) == "CATEGORY":
                        found[_CLASSES.get(str(what), "字")] = None
        if run:
            found[run] = None

    walk(parser.parse(pattern))
    return list(found)


def texts(pattern: str, length: int) -> Iterator[str]:
    """Texts made against a pattern: each of its pieces over and over, alone and with something between."""
    made = pieces(pattern)[:24]
    for piece in made:
        for fill in FILL:
            yield ((piece + fill) * (length // len(piece + fill) + 1))[:length]
    for first in made[:6]:
        for other in made:
            yield first * (length // 2 // len(first)) + other * (length // 2 // len(other))


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """The time that looking for all that a pattern finds takes."""
    begun = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - begun


def main() -> int:
    """Run, print, and return the exit code."""
    parsed = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parsed.add_argument("--characters", type=int, default=2_000)
    parsed.add_argument("--only", default="")
    asked = parsed.parse_args()
    count = slow = 0
    for name, pattern in patterns():
        if asked.only not in name:
            continue
        count += 1
        worst = (0.0, 0.0, "")
        for text, longer in zip(*(texts(pattern.pattern, asked.characters * times) for times in (1, 4)), strict=True):
            once = seconds(pattern, text)
            if once < 0.002:
                continue
            four = seconds(pattern, longer)
            if four > max(worst[0], MOST * once):
                worst = four, four / once, text
        if worst[2]:
            slow += worst[0] > LONG
            print(f"{name:<50} {worst[0]:7.3f} s, {worst[1]:5.1f} times: {worst[2][:30]!r}", flush=True)
    print(f"{count} patterns, {slow} slower than {LONG} s for {4 * asked.characters} characters")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())

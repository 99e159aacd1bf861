"""How often Python looks for circles of dead values, and how to make none."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar, cast
from weakref import WeakMethod

T = TypeVar("T")

_MADE = 500_000
"""Values made before it looks again, where Python's own number is 700."""


@contextmanager
def seldom_searched() -> Iterator[None]:
    """Work in whose course Python seldom looks for circles.

    What a run makes holds hardly any, and to look for some among ever more of it takes a tenth of a long run's time.
    """
    before = gc.get_threshold()
    gc.set_threshold(_MADE, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def unsearched() -> Iterator[None]:
    """Work that makes no circles at all: to walk a page, or what it shows, again and again while it grows takes half its time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.freeze()
            gc.unfreeze()  # what was made counts as old now, or all of it would be walked at once
            gc.enable()


def remembered(method: Callable[..., T], most: int | None) -> Callable[..., T]:
    """What a method of an object gave, to be kept by the object itself: no circle holds both beyond their use."""
    weak = WeakMethod(method)

    @lru_cache(maxsize=most)
    def asked(*told: Hashable) -> T:
        return cast("Callable[..., T]", weak())(*told)

    return asked

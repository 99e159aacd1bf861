"""Policy-to-practice alignment: which firm evidences which requirement, quote by quote.

    import mapper

    inputs = mapper.read("documents")                  # with the policies that ship; decisions.yaml beside is read too
    alignment = mapper.build(inputs)
    alignment = mapper.decide(alignment, "decisions.yaml", inputs)
    mapper.export(alignment, "xlsx", "matrix.xlsx")
    mapper.to_frame(alignment, "cells")                # where pandas is installed

What each takes and gives back is said in :mod:`mapper.api`; nothing heavy is imported before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mapper.api import build, compare, decide, export, load, read, to_frame, verify

__version__ = "0.1.0"

__all__ = ["__version__", "build", "compare", "decide", "export", "load", "read", "to_frame", "verify"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("mapper.api"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

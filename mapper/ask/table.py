"""The figures of program, model and both side by side, as text."""

from __future__ import annotations

from mapper.ask.calibrate import Compared
from mapper.evaluate import Balance, Share
from mapper.evaluate.table import NOTHING, aligned
from mapper.messages import say, text

_HEADS = ("cells-f1", "cells-p", "cells-r", "evidence-f1", "evidence-p", "evidence-r", "grade", "adverse-f1")


def comparison(found: Compared) -> str:
    """A table with a line for each reader. Ends with a line break."""
    rows = [
        ["", *(text(f"ask.col-{key}", "zh") for key in _HEADS)],
        ["", *(text(f"ask.col-{key}", "en") for key in _HEADS)],
    ]
    for name in ("program", "model", "agreed", "either", "weighed"):
        one = getattr(found, name)
        if one is not None:
            figures = one.overall
            adverse = _number(figures.adverse.f1)
            rows.append(
                [say(f"ask.row-{name}"), *_balance(figures.cells), *_balance(figures.evidence), _share(figures.grade), adverse]
            )
    lines = [*aligned(rows), "", say("ask.compared-note")]
    return "\n".join(lines) + "\n"


def _balance(balance: Balance) -> list[str]:
    return [_number(balance.f1), _share(balance.precision), _share(balance.recall)]


def _share(share: Share) -> str:
    return _number(share.value)


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:.2f}"

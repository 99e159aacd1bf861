"""Which of the units above a table the figures of a row have: a share is not counted in yuan, nor customers in per cent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mapper.rules import rules

_BRACKETED = re.compile(r"[（(][^（()）]{1,12}[)）]$")
_RATES = ("%", "％", "‰", "个百分点")


def unit_of(name: str, units: Sequence[str]) -> str | None:
    """The unit of a row of this name, of those that a table gives; None where it cannot be told."""
    words = _BRACKETED.sub("", "".join(name.split()))
    rates = [unit for unit in units if unit in _RATES]
    money = [unit for unit in units if unit.endswith("元")]
    counts = [unit for unit in units if unit not in rates and unit not in money]
    rule = rules("tables")
    if rule["rate-name"].pattern.search(words):
        fits = rates
    elif found := rule["count-name"].pattern.search(words):
        fits = [unit for unit in counts if unit[-1] == found.group("counted")] or counts or rates
    elif len(units) > len(rates) + 1 and rule["amount-name"].pattern.search(words):
        fits = money
    else:
        fits = [*money, *counts] or rates
    return fits[0] if len(fits) == 1 else None

"""Long patterns, written one alternative a line."""

from __future__ import annotations

import re


def any_of(*alternatives: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern that matches any of the alternatives."""
    return re.compile("|".join(f"(?:{one})" for one in alternatives), flags)

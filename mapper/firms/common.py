"""Words that name no firm, however often somebody writes them into a list of firms: they would call anybody."""

from __future__ import annotations

from importlib.resources import files

COMMON = frozenset(files(__package__).joinpath("common.txt").read_text(encoding="utf-8").split())
"""Whoever speaks or was spoken of; kinds of firm; what they deal in; who speaks for them, and who oversees them.

In lower case, as :attr:`Registry.surfaces` holds words.
"""

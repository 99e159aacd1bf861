"""What a cell looks like: its level, with the letter and the mark that stand for it."""

from __future__ import annotations

from typing import Literal

Level = Literal["outcome", "action", "stated", "contrary", "none", "unsearched", "not-applicable", "not-yet"]
"""What a cell looks like: its status, with ``evidenced`` told apart by the best grade."""

LETTER: dict[Level, str] = {
    "outcome": "o",
    "action": "a",
    "stated": "s",
    "contrary": "c",
    "none": "n",
    "unsearched": "u",
    "not-applicable": "x",
    "not-yet": "y",
}
GLYPH: dict[Level, str] = {
    "outcome": "◆",
    "action": "●",
    "stated": "○",
    "contrary": "✕",
    "none": "·",
    "unsearched": "?",
    "not-applicable": "–",
    "not-yet": "…",
}
TENTATIVE_BELOW = 70
"""Percent of a cell's score below which it says: read the words first. README tells how often such marks were signed."""

"""Readers that are seldom, or never, sure whether words speak for a firm or against it."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from mapper.matchers.model import Model
from mapper.matchers.shelf import Shelf, shelf
from tests.builders import tiny_catalog

SELDOM = 0.1, 0.9
NEVER = 0.0, 1.01


@cache
def torn_model(calm: float, sure: float) -> Model:
    """The model that ships, calm and sure at these probabilities of a fault."""
    return _model({"calm": calm, "sure": sure})


def _model(weighing: dict[str, Any]) -> Model:
    model = shelf(tiny_catalog()).model
    return replace(model, weighing={**model.weighing, **weighing})


@cache
def torn(calm: float = NEVER[0], sure: float = NEVER[1]) -> Shelf:
    """What reads with it."""
    return shelf(tiny_catalog(), torn_model(calm, sure))


@cache
def scoring(deed: float, fault: float) -> Shelf:
    """A reader that is never sure, and gives every deed and every fault these log odds."""
    calm, sure = NEVER
    return shelf(tiny_catalog(), _model({"calm": calm, "sure": sure, "score": {"bias": deed}, "fault": {"bias": fault}}))

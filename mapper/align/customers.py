"""Sentences in which only a customer of the firm acts, or tells of his plight: neither a deed nor a fault of the firm."""

from __future__ import annotations

from functools import lru_cache

from mapper.rules import pattern, rules


@lru_cache(maxsize=256)
def only_comes(text: str) -> bool:
    """Whether a customer comes to a firm and wants something, and no more is told yet. Names of firms are masked."""
    return "△" in text and pattern("customers", "comes").search(text) is not None


@lru_cache(maxsize=256)
def only_deals(text: str) -> bool:
    """Whether a party of a case made a contract with a firm, and no more is told. Names of firms are masked."""
    return "某" in text and pattern("customers", "deals").search(text) is not None


@lru_cache(maxsize=256)
def only_pleads(text: str) -> bool:
    """Whether somebody tells a firm of his plight in his own words and charges it with nothing."""
    told = rules("customers")
    quoted = "“" in text or "”" in text
    return quoted and told["pleads"].pattern.search(text) is not None and told["charges"].pattern.search(text) is None


@lru_cache(maxsize=256)
def only_confides(text: str) -> bool:
    """Whether a customer tells the people of a firm what brings him, and charges it with nothing."""
    told = rules("customers")
    return "，" in text and told["confides"].pattern.search(text) is not None and told["charges"].pattern.search(text) is None

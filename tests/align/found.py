"""What is read of a document for the tests of evidence."""

from __future__ import annotations

from mapper.align.match import match_document
from mapper.catalog.load import Catalog
from mapper.matchers.shelf import shelf
from mapper.model import DocumentText, Evidence
from tests.builders import registry, tiny_catalog

LINE = 0.2
"""A line low enough for signals that no sentence taught."""


def evidence(text: DocumentText) -> list[Evidence]:
    """Of the tiny catalog."""
    return list(read(text, tiny_catalog()))


def read(text: DocumentText, catalog: Catalog) -> tuple[Evidence, ...]:
    """Of any catalog."""
    return match_document(text, catalog, registry(), shelf(catalog), LINE).evidence


def marks(text: DocumentText) -> set[tuple[str, str, str]]:
    """(firm, requirement, grade) of all evidence."""
    return {(one.firm, one.requirement, one.grade) for one in evidence(text)}

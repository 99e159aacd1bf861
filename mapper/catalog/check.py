"""A catalog tests itself: every example must match its requirement, no counterexample may."""

from __future__ import annotations

from collections.abc import Iterator

from mapper.catalog.load import Catalog
from mapper.catalog.matcher import Scan
from mapper.model import Requirement
from mapper.problems import Problem


def check_examples(catalog: Catalog) -> Iterator[Problem]:
    """Run every example and counterexample against its own requirement."""
    for requirement in catalog.requirements:
        path, line = catalog.places[requirement.id]
        for sentence in requirement.examples:
            if not matches(catalog.matcher.scan(sentence), requirement):
                yield Problem(
                    "example-unmatched", path, line, params={"id": requirement.id, "sentence": sentence}
                )
        for sentence in requirement.counterexamples:
            if matches(catalog.matcher.scan(sentence), requirement):
                yield Problem(
                    "counterexample-matched", path, line, params={"id": requirement.id, "sentence": sentence}
                )


def matches(scan: Scan, requirement: Requirement) -> bool:
    """Whether the sentence bears on the requirement, as practice or as breach."""
    return scan.match(requirement.id) is not None or scan.match(requirement.id, breach=True) is not None

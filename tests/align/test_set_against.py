"""A deed and a fault that one sentence sets against each other are two pieces of evidence, each with its own direction."""

from __future__ import annotations

import pytest

from mapper.align.alignment import align
from mapper.catalog.load import Catalog, load_catalog
from mapper.matchers.shelf import Shelf, shelf
from mapper.model import Run
from mapper.shipped import folder
from tests.builders import document, firm, registry

FIRMS = (firm("云泽银行", "bank"), firm("云泽财险", "insurer"))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    found, _ = load_catalog(folder("policies"))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def reader(catalog: Catalog) -> Shelf:
    return shelf(catalog)


def found(catalog: Catalog, reader: Shelf, *sentences: str) -> set[tuple[str, bool]]:
    """Requirements with evidence, and whether it speaks against the firm."""
    line = float(reader.model.weighing["line"])
    marks = align([document(sentences)], catalog, registry(*FIRMS), Run(version="0"), min_score=line, shelf=reader).evidence
    return {(one.requirement, one.grade == "adverse") for one in marks}


def test_a_deed_before_and_a_fault_behind(catalog: Catalog, reader: Shelf) -> None:
    marks = found(catalog, reader, "云泽银行为老人保留人工窗口，但收取的手续费未公示。")
    assert ("cp22-38", False) in marks and ("cp22-24", True) in marks and ("cp22-38", True) not in marks


def test_a_deed_stays_beside_a_sanction_for_something_else(catalog: Catalog, reader: Shelf) -> None:
    marks = found(catalog, reader, "云泽银行为农户发放贷款3亿元，但因泄露客户信息被罚款20万元。")
    assert {("fa25-03.b", False), ("cp22-42", True)} <= marks


def test_what_was_lacking_before_a_deed_is_no_fault_of_the_firm(catalog: Catalog, reader: Shelf) -> None:
    assert not any(fault for _, fault in found(catalog, reader, "以前村民取款难，但云泽银行设点后方便了。"))
    assert not any(fault for _, fault in found(catalog, reader, "云泽银行投诉虽多，但全部按期办结。"))

"""The product from Python: a handful of functions, nothing heavy before it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import mapper
from mapper.problems import InputError
from mapper.review import dump_decisions
from tests.review.worlds import RULINGS, made
from tests.tiny import Workspace, workspace


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


def test_read_build_decide_export(tiny: Workspace) -> None:
    inputs = mapper.read(str(tiny.corpus), tiny.policies)
    alignment = mapper.build(inputs)
    [piece] = alignment.evidence
    ruling = f"decisions:\n  - {{firm: 微众银行, requirement: tp-1, words: {piece.quote}, ruling: reject, by: 王, at: 2026-03-01}}\n"
    file = tiny.write("decisions.yaml", ruling)
    decided = mapper.decide(alignment, file, inputs)
    assert [cell.review for cell in decided.cells] == ["none"]
    assert mapper.build(mapper.read(tiny.corpus, tiny.policies)).review == decided.review, "found beside the corpus"
    assert mapper.export(decided, "csv", tiny.root / "a" / "e.csv") == (tiny.root / "a" / "e.csv").read_bytes()
    assert mapper.decide(decided, []).review == ()
    assert mapper.verify(decided, inputs).broken == ()
    assert mapper.compare(alignment, decided).worse
    mapper.export(decided, "json", tiny.root / "alignment.json")
    assert mapper.load(tiny.root / "alignment.json").review == decided.review


def test_a_run_from_python_is_told_its_day_too(tiny: Workspace) -> None:
    inputs = mapper.read(tiny.corpus, tiny.policies)
    assert mapper.build(inputs, as_of="2023-12-31").cells[0].voluntary, "before it was published nothing binds"
    assert not mapper.build(inputs, as_of="2024-12-31").cells[0].voluntary
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        mapper.build(inputs, as_of="昨天")


def test_a_broken_file_of_decisions_raises(tiny: Workspace) -> None:
    file = tiny.write("decisions.yaml", dump_decisions(RULINGS).replace("ruling: accept", "ruling: maybe"))
    with pytest.raises(InputError, match="ruling"):
        mapper.decide(made(), file)
    with pytest.raises(InputError, match=r"decisions\.yaml:"):
        mapper.read(tiny.corpus, tiny.policies)


@pytest.mark.parametrize("table", ["evidence", "cells", "decisions"])
def test_frames_have_the_types_of_the_fields(table: str) -> None:
    pytest.importorskip("pandas")
    frame = mapper.to_frame(made(*RULINGS), table)
    assert len(frame) and frame["firm"].dtype == "string"
    assert mapper.to_frame(made(corpus=[]), table).columns.tolist() == frame.columns.tolist()


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import mapper, sys; dir(mapper); print([m for m in ('pydantic', 'jinja2', 'yaml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        mapper.nonsense  # noqa: B018

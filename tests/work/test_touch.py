"""What a kept result hangs on."""

from __future__ import annotations

from pathlib import Path

import pytest

import mapper
from mapper.work.touch import program


@pytest.mark.parametrize("name", ["run.py", "rules/adverse.yaml", "firms/common.txt"])
def test_a_changed_file_of_the_program_makes_it_another(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapper, "__file__", str(tmp_path / "__init__.py"))
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("银行\n", encoding="utf-8")
    before = program.__wrapped__()
    assert program.__wrapped__() == before
    file.write_text("银行 公司\n", encoding="utf-8")
    assert program.__wrapped__() != before

"""All evidence as a folder that a database reads as one table."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mapper import run
from mapper.cli import main
from mapper.report import parquet_folder
from mapper.report.tables import EVIDENCE, evidence
from mapper.work import settled as in_order
from tests.builders import REPOSITORY
from tests.tiny import Workspace, workspace

pytest.importorskip("pyarrow")
duckdb = pytest.importorskip("duckdb")


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path)
    made.change("policies/tp.yaml", "    examples:", '    breaches:\n      - {need: ["@elderly", "罚款"]}\n    examples:')
    made.write("corpus/b.txt", "微众银行因拒绝老年客户使用人工柜台被罚款20万元。")
    made.write("corpus/c.txt", "马上消费金融在全部网点上线老年客户人工柜台服务。")
    return made


def build(made: Workspace, *more: str) -> int:
    return main(["build", *made.arguments, "--out", str(made.out), "--parquet", str(made.root / "evidence"), *more])


def asked(made: Workspace, query: str) -> list[tuple[Any, ...]]:
    place = (made.root / "evidence").as_posix()
    with duckdb.connect() as base:
        rows: list[tuple[Any, ...]] = base.execute(query.replace("'evidence/", f"'{place}/")).fetchall()
        return rows


def files(place: Path) -> dict[str, bytes]:
    return {one.relative_to(place).as_posix(): one.read_bytes() for one in place.rglob("*") if one.is_file()}


def test_the_folder_holds_all_evidence_in_parts_by_policy_and_kind(tiny: Workspace) -> None:
    assert build(tiny) == 0
    assert set(files(tiny.root / "evidence")) == {
        ".mapper-evidence",
        "policy=tp/kind=bank/evidence.parquet",
        "policy=tp/kind=consumer-finance/evidence.parquet",
    }
    columns = ", ".join(f'"{name}"' for name in EVIDENCE)
    rows = asked(tiny, f"SELECT {columns} FROM read_parquet('evidence/**/*.parquet', hive_partitioning = true)")
    expected = evidence(run.read_alignment(tiny.out / run.ALIGNMENT)).rows
    assert sorted(rows, key=repr) == sorted(expected, key=repr) and len(rows) >= 3


def test_the_same_run_gives_the_same_folder_also_when_it_is_large(tiny: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build(tiny) == 0
    first = files(tiny.root / "evidence")
    monkeypatch.setattr(in_order, "PIECES", 1)
    assert build(tiny) == 0
    assert files(tiny.root / "evidence") == first


QUERIES = re.findall(r"```sql\n(.*?)```", (REPOSITORY / "docs" / "large.md").read_text(encoding="utf-8"), re.DOTALL)


def test_the_queries_of_the_documentation_run(tiny: Workspace) -> None:
    assert build(tiny) == 0
    most, adverse, best = (asked(tiny, query) for query in QUERIES)
    assert [(row[0], row[2]) for row in most] == [("tp-1", 3)]
    assert {row[1] for row in best} == {"微众银行", "马上消费金融"}
    assert [(row[:3]) for row in adverse] == [("bank", "微众银行", 1)]


def test_a_folder_that_is_not_ours_is_left_alone(tiny: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tiny.write("evidence/mine.txt", "x")
    assert build(tiny) == 2
    assert kept.read_text() == "x" and not tiny.out.exists()
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_where_the_other_files_are_refused_the_folder_stays_as_it_was(tiny: Workspace) -> None:
    assert build(tiny) == 0
    first = files(tiny.root / "evidence")
    (tiny.out / "alignment.json").unlink()
    (tiny.out / "alignment.json").mkdir()
    tiny.write("corpus/d.txt", "微众银行在全部网点为老年客户保留人工柜台。")
    assert build(tiny) == 2
    assert files(tiny.root / "evidence") == first and not list(tiny.root.glob(".evidence*"))


def test_without_its_extra_the_message_says_so(
    tiny: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert build(tiny) == 2
    assert "[parquet]" in capsys.readouterr().err and not (tiny.root / "evidence").exists()


@pytest.mark.skipif(os.name == "nt", reason="what others write is never removed there")
def test_what_a_killed_run_had_taken_away_comes_back_and_nothing_is_left_beside_the_folder(tiny: Workspace) -> None:
    assert build(tiny) == 0
    first = files(tiny.root / "evidence")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    made = tiny.root / f".evidence.{gone.pid:x}.abcdefgh"
    shutil.copytree(tiny.root / "evidence", made)
    (tiny.root / "evidence").rename(tiny.root / f"{made.name}.old")
    mine = tiny.write(f".evidence.{gone.pid:x}.hijklmno/mine.txt", "x")
    parquet_folder._tidy(tiny.root / "evidence")
    assert files(tiny.root / "evidence") == first and not made.exists()
    assert build(tiny) == 0
    assert files(tiny.root / "evidence") == first and mine.exists(), "what is not ours stays"
    assert sorted(path.name for path in tiny.root.glob(".*")) == [mine.parent.name]

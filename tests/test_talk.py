"""What a run says besides its data: to a person, only what went wrong, or line by line as JSON."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from mapper.cli import main
from tests.test_terminal import Screen
from tests.tiny import Workspace, workspace


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path)
    made.write("corpus/b.txt", "微众银行为老年客户保留人工柜台。")
    made.write("corpus/broken.pdf", b"%PDF-1.7 broken")
    return made


def build(made: Workspace, *more: str) -> int:
    return main(["build", *made.arguments, "--out", str(made.out), *more])


def test_quiet_says_only_what_went_wrong(tiny: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert build(tiny, "--quiet") == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert "broken.pdf" in said.err and "条证据" not in said.err
    (tiny.corpus / "broken.pdf").unlink()
    assert build(tiny, "--quiet") == 0
    assert capsys.readouterr().err == ""
    (tiny.corpus / "a.txt").unlink()
    tiny.write("corpus/b.txt", "微众银行举办了运动会。")
    assert build(tiny, "--quiet", "--fail-under", "100") == 3
    assert "100" in capsys.readouterr().err


def test_json_log_is_one_object_a_line_with_progress_problems_and_results(
    tiny: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(tiny, "--json-log", "--store", str(tiny.root / "kept")) == 1
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    by_name = {one["event"]: one for one in events}
    last = by_name["progress"]
    assert (last["done"], last["total"], last["left_out"]) == (3, 3, 1) and last["per_second"] > 0
    assert (by_name["problem"]["severity"], by_name["problem"]["path"].endswith("broken.pdf")) == ("left-out", True)
    assert by_name["built"]["documents"] == 2 and by_name["built"]["evidence"] == 2
    assert by_name["reused"] == {"event": "reused", "reused": 0, "files": 3}


def test_firms_that_a_report_only_names_in_passing_are_told(tiny: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny.corpus / "broken.pdf").unlink()
    (tiny.corpus / "a.txt").unlink()
    own = "".join(f"微众银行举办了第{n}届运动会，并颁发了奖项。" for n in range(1, 80))
    tiny.write("corpus/b.txt", f"{own}\n\n招商银行召开了股东会。\n")
    assert build(tiny) == 0
    assert "另有 1 家机构只在别家的文档里顺带提到" in (said := capsys.readouterr().err) and "如 招商银行" in said
    page = (tiny.out / "matrix.html").read_text(encoding="utf-8")
    assert re.search(r'<details class="passing">.*?（1 家）.*?<bdi>招商银行</bdi>', page)
    assert build(tiny, "--json-log") == 0
    events = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [one["firms"] for one in events if one["event"] == "mentions"] == [["招商银行"]]
    ruled = {"firm": "招商银行", "requirement": "tp-1", "ruling": "set", "to": "stated", "why": "另有", "by": "王芳", "at": "2026-03-01"}
    tiny.write("decisions.yaml", json.dumps({"schema": "mapper/decisions/1", "decisions": [ruled]}, ensure_ascii=False))
    assert build(tiny) == 0
    assert "顺带提到" not in capsys.readouterr().err  # whom a reviewer rules on has a column


def test_the_bar_says_how_fast_it_goes_and_what_was_left_out(tiny: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    assert build(tiny) == 1
    assert "per second" in screen.getvalue() and "1 left out" in screen.getvalue()

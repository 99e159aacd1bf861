"""Handing over from the command line: what is written beside the page, what a changed run says, how a review comes back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mapper.cli import main
from mapper.report.formats import interface
from tests.tiny import Workspace, workspace

Capture = pytest.CaptureFixture[str]
REJECTED = """\
decisions:
  - firm: 微众银行
    requirement: tp-1
    words: 5月6日，微众银行在全部网点上线老年客户人工柜台服务，受到当地居民欢迎。
    ruling: reject
    by: 王芳
    at: 2026-03-01
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


def build(tiny: Workspace, *more: str, out: str = "out") -> int:
    return main(["build", *tiny.arguments, "--out", str(tiny.root / out), *more])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# ---- build -----------------------------------------------------------------------------------------------------


def test_other_formats_are_written_beside_the_page(tiny: Workspace, capsys: Capture) -> None:
    assert build(tiny, "--also", "csv, jsonl,json") == 0
    assert names(tiny.out) == ["alignment.json", "evidence.csv", "evidence.jsonl", "matrix.html"]
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_an_unknown_format_stops_before_anything_is_read(tiny: Workspace, capsys: Capture) -> None:
    assert build(tiny, "--also", "csv,xslx") == 2
    assert "xlsx" in capsys.readouterr().err and not tiny.out.exists()


def test_nothing_is_said_of_the_nearest_format_where_none_is_near(tiny: Workspace, capsys: Capture) -> None:
    assert main(["export", "--format", "docxx", "--out", str(tiny.out)]) == 2
    assert "没有格式 docxx（最接近的是 docx）" in capsys.readouterr().err
    assert main(["export", "--format", "qqq", "--out", str(tiny.out)]) == 2
    said = capsys.readouterr().err
    assert "没有格式 qqq；可用：json" in said and "no such format: qqq; there are" in said


def test_a_page_in_place_of_an_alignment_is_refused_once_in_each_language(tiny: Workspace, capsys: Capture) -> None:
    page = tiny.write("matrix.html", "<!DOCTYPE html>")
    assert main(["export", "--format", "csv", "--alignment", str(page)]) == 2
    chinese, english = capsys.readouterr().err.split(" / ")
    assert "不是本程序写的对照结果（这不是 JSON 文本" in chinese and "not an alignment written by this program (not JSON" in english


def test_a_missing_extra_leaves_nothing_half_written(
    tiny: Workspace, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(interface, "import_module", absent)
    assert build(tiny, "--also", "xlsx") == 2
    assert "pip install -e '.[excel]'" in capsys.readouterr().err and not tiny.out.exists()


def test_a_share_that_is_not_reached_is_told_and_everything_is_written(tiny: Workspace, capsys: Capture) -> None:
    assert build(tiny, "--fail-under", "100") == 0
    tiny.write("decisions.yaml", REJECTED)
    assert build(tiny, "--fail-under", "0.1") == 3
    assert "0.0%" in capsys.readouterr().err
    assert names(tiny.out) == ["alignment.json", "matrix.html"]
    assert build(tiny, "--fail-under", "101") == 2


def test_a_decision_that_cannot_be_read_stops_the_run_with_its_line(tiny: Workspace, capsys: Capture) -> None:
    file = tiny.write("decisions.yaml", REJECTED.replace("reject", "maybe"))
    assert build(tiny) == 2
    assert f"{file}:5: " in capsys.readouterr().err and not tiny.out.exists()
    assert build(tiny, "--decisions", str(tiny.root / "nowhere.yaml")) == 2


def test_decisions_are_counted_and_what_does_not_hold_is_named(tiny: Workspace, capsys: Capture) -> None:
    elsewhere = tiny.write("mine/d.yaml", REJECTED + REJECTED.replace("decisions:\n", "").replace("微众银行在", "某行在"))
    assert build(tiny, "--decisions", str(elsewhere)) == 0
    said = capsys.readouterr().err
    assert "2 项审阅裁定：有效 1" in said and "程序所判 1，审阅后 0" in said and f"{elsewhere}:8: " in said


# ---- review ----------------------------------------------------------------------------------------------------


def test_a_rejected_mark_stays_rejected_and_is_listed(tiny: Workspace, capsys: Capture) -> None:
    assert build(tiny) == 0
    alignment = ["--alignment", str(tiny.out / "alignment.json")]
    mine = tiny.write("mine.yaml", REJECTED)
    assert main(["review", "import", str(mine), *alignment]) == 0
    assert names(tiny.root) == ["corpus", "decisions.yaml", "mine.yaml", "out", "policies"]
    assert build(tiny) == 0
    capsys.readouterr()
    assert main(["review", "list", *alignment]) == 0
    assert capsys.readouterr().out.startswith(
        "有效 / current\t微众银行 × tp-1\t王芳 2026-03-01 驳回 / 王芳 2026-03-01 reject\t5月6日"
    )
    cell = json.loads((tiny.out / "alignment.json").read_text(encoding="utf-8"))["cells"][0]
    assert (cell["status"], cell["review"]) == ("evidenced", "none")


def test_a_decision_written_by_hand_is_no_news_when_the_page_gives_it_back(tiny: Workspace, capsys: Capture) -> None:
    """The page fills in what the machine said; by hand that may be left out."""
    assert build(tiny) == 0
    alignment = ["--alignment", str(tiny.out / "alignment.json")]
    by_hand = tiny.write("decisions.yaml", REJECTED)
    whole = tiny.write("whole.yaml", REJECTED)
    assert main(["review", "import", str(whole), *alignment, "--decisions", str(whole)]) == 0
    assert "seen:" in whole.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["review", "import", str(whole), *alignment]) == 0
    assert "收下新裁定 0 项" in capsys.readouterr().err and by_hand.read_text(encoding="utf-8") == REJECTED


def test_what_cannot_be_imported_is_said_and_changes_nothing(tiny: Workspace, capsys: Capture) -> None:
    assert build(tiny) == 0
    alignment = ["--alignment", str(tiny.out / "alignment.json")]
    assert main(["review", "import", str(tiny.root / "nowhere.xlsx"), *alignment]) == 2
    assert main(["review", "import", "x.xlsx", "--alignment", str(tiny.root / "no.json")]) == 2
    wrong = tiny.write("wrong.yaml", REJECTED.replace("reject", "maybe"))
    assert main(["review", "import", str(wrong), *alignment]) == 1
    assert "0 new decisions taken; 0 known already; 1 refused" in capsys.readouterr().err
    assert main(["review", "import", str(tiny.write("empty.xlsx", "")), *alignment]) == 2
    assert not (tiny.root / "decisions.yaml").exists()
    broken = tiny.write("decisions.yaml", "decisions: 无\n")
    assert main(["review", "import", str(tiny.write("mine.yaml", REJECTED)), *alignment]) == 2
    assert broken.read_text(encoding="utf-8") == "decisions: 无\n"


def test_what_is_not_read_of_the_decisions_that_are_there_is_told(tiny: Workspace, capsys: Capture) -> None:
    assert build(tiny) == 0
    tiny.write("decisions/notes.xlsx", "x")
    capsys.readouterr()
    alignment = ["--alignment", str(tiny.out / "alignment.json")]
    assert main(["review", "import", str(tiny.write("mine.yaml", REJECTED)), *alignment]) == 0
    said = capsys.readouterr().err
    assert said.count("notes.xlsx") == 1 and "收下新裁定 1 项" in said


def test_a_command_of_review_that_there_is_not_is_named(capsys: Capture) -> None:
    assert main(["review", "imprt"]) == 2
    said = capsys.readouterr().err
    assert "import" in said and "mapper review --help" in said
    assert main(["review"]) == 0
    assert "mapper review" in capsys.readouterr().out


# ---- verify and diff -------------------------------------------------------------------------------------------


def test_a_changed_source_is_found_out(tiny: Workspace, capsys: Capture) -> None:
    assert build(tiny) == 0
    arguments = ["verify", "--alignment", str(tiny.out / "alignment.json"), "--corpus", str(tiny.corpus)]
    assert main(arguments) == 0
    tiny.change("corpus/a.txt", "某地金融机构", "前面多出一段。\n\n某地金融机构")
    assert main(arguments) == 0, "moved is not gone"
    assert "移到" in capsys.readouterr().err
    tiny.change("corpus/a.txt", "人工柜台服务", "智能柜台服务")
    assert main(arguments) == 1
    assert "人工柜台服务" in capsys.readouterr().out
    (tiny.corpus / "a.txt").unlink()
    assert main(arguments) == 1
    assert main([*arguments[:3], "--corpus", str(tiny.root / "nowhere")]) == 2


def test_a_cell_that_got_worse_is_an_exit_code(tiny: Workspace, capsys: Capture) -> None:
    assert build(tiny, out="old") == 0
    tiny.write("decisions.yaml", REJECTED)
    assert build(tiny, out="new") == 0
    old, new = str(tiny.root / "old"), str(tiny.root / "new" / "alignment.json")
    capsys.readouterr()
    assert main(["diff", old, new]) == 3
    assert "变差的格" in capsys.readouterr().out
    assert main(["diff", new, old]) == 0
    page = tiny.root / "diff.html"
    assert main(["diff", old, new, "--format", "html", "--out", str(page)]) == 3
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert main(["diff", old, new, "--format", "pdf"]) == 2
    assert main(["diff", old, str(tiny.root / "nowhere")]) == 2

"""One review from beginning to end: two people, one conflict, new articles, a changed clause. No decision is ever lost."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from mapper.cli import main
from mapper.model import Alignment
from mapper.report.json import load
from tests.review.worlds import filled
from tests.tiny import Workspace, workspace

pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")
openpyxl = pytest.importorskip("openpyxl")

SECOND = """\
  - id: tp-2
    clause: "第二条"
    title: "小微贷款"
    text: "发放小微企业贷款。"
    obligation: must
    applies_to: [all]
    signals:
      - {need: ["小微", "贷款"]}
    examples: ["我行发放小微企业贷款。", "该行向小微企业发放贷款3亿元。"]
    counterexamples: ["小微企业数量增长。"]
"""
LOANS = "微众银行去年向小微企业发放贷款30亿元，惠及2万户。"
PLAN = "微众银行将向更多小微企业发放贷款。"
HOTLINE = "网商银行已为老年客户保留人工服务热线。"
MISSED = "微众银行的员工会陪同行动不便的长辈办理业务。"
MINE = f"""\
# 王芳的裁定
decisions:
  - {{firm: 微众银行, requirement: tp-2, words: {LOANS}, ruling: accept, by: 王芳, at: 2026-03-01}}
  - {{firm: 微众银行, requirement: tp-2, words: {PLAN}, ruling: reject, why: 只是打算, by: 王芳, at: 2026-03-01}}
  - {{firm: 网商银行, requirement: tp-1, words: {HOTLINE}, ruling: accept, by: 王芳, at: 2026-03-01}}
  - {{firm: 微众银行, requirement: tp-1, words: {MISSED}, ruling: add, to: action, by: 王芳, at: 2026-03-01}}
  - {{firm: 网商银行, requirement: tp-2, ruling: not-applicable, why: 不在范围, by: 王芳, at: 2026-03-01}}
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path)
    made.change("policies/tp.yaml", '- "全国老年人口继续增长。"\n', '- "全国老年人口继续增长。"\n' + SECOND)
    made.write("corpus/b.txt", f"某地新闻\n\n{LOANS}\n\n{PLAN}\n\n{MISSED}\n")
    made.write("corpus/c.txt", f"又一则新闻\n\n{HOTLINE}\n")
    return made


def build(tiny: Workspace, name: str, *more: str) -> Alignment:
    assert main(["build", *tiny.arguments, "--out", str(tiny.root / name), "--min-score", "0", *more]) == 0
    return load((tiny.root / name / "alignment.json").read_text(encoding="utf-8"))


def states(made: Alignment) -> dict[tuple[str, str, str], str]:
    """The state of each decision, by reviewer, ruling and requirement."""
    return {(one.decision.by, one.decision.ruling, one.decision.requirement): one.state for one in made.review}


def diff(tiny: Workspace, old: str, new: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["diff", str(tiny.root / old), str(tiny.root / new), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_review_by_two_people_from_beginning_to_end(tiny: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    # The first run: nobody has decided anything, and a workbook goes to 李雷.
    first = build(tiny, "first", "--also", "xlsx")
    assert first.review == () and len(first.evidence) == 4
    book = (tiny.root / "first" / "matrix.xlsx").read_bytes()

    # 王芳 decides in YAML, by hand; what the machine said is filled in for her.
    decisions = tiny.write("decisions.yaml", MINE)
    alignment = str(tiny.root / "first" / "alignment.json")
    assert main(["review", "import", str(decisions), "--alignment", alignment]) == 0
    assert decisions.read_text(encoding="utf-8").count("seen:") == 5

    # 李雷 decides in Excel: he rejects what 王芳 accepted, and regrades another piece.
    returned = tiny.write(
        "李雷.xlsx",
        filled(
            book,
            "Evidence",
            ({"Quote": HOTLINE}, {"Decision (choose)": "驳回 reject", "Remark": "不是服务热线"}),
            ({"Quote": LOANS}, {"Decision (choose)": "评注 comment", "Remark": "请核对口径"}),
            by="李雷",
        ),
    )
    at = ["--at", "2026-03-02"]
    assert main(["review", "import", str(returned), "--alignment", alignment, *at]) == 0
    once = decisions.read_bytes()
    assert main(["review", "import", str(returned), "--alignment", alignment, *at]) == 0
    assert decisions.read_bytes() == once, "nothing is taken twice"

    # The second run: seven decisions, two of them in conflict, found beside the corpus without being named.
    second = build(tiny, "second")
    assert states(second) == {
        ("王芳", "accept", "tp-2"): "current",
        ("王芳", "reject", "tp-2"): "current",
        ("王芳", "accept", "tp-1"): "conflict",
        ("李雷", "reject", "tp-1"): "conflict",
        ("王芳", "add", "tp-1"): "current",
        ("王芳", "not-applicable", "tp-2"): "current",
        ("李雷", "comment", "tp-2"): "current",
    }
    cells = {(cell.firm, cell.requirement): cell for cell in second.cells}
    assert cells["网商银行", "tp-1"].review == "conflict"
    assert (cells["网商银行", "tp-2"].status, cells["网商银行", "tp-2"].review) == ("none", "not-applicable")
    code, changes = diff(tiny, "first", "second", capsys)
    assert code == 0 and len(changes["decisions"]["new"]) == 7 and changes["worse"] == 0

    capsys.readouterr()
    assert main(["explain", "网商银行", "tp-1", "--out", str(tiny.root / "second")]) == 0
    said = capsys.readouterr().out
    assert "审阅后：审阅有分歧" in said and "王芳 2026-03-01 认可（有分歧）" in said and "状态：有实证" in said

    # Two new articles, a clause rewritten, a signal and an example changed, a file renamed.
    tiny.write("corpus/d.txt", "新文章一\n\n网商银行向小微企业发放贷款9亿元。\n")
    tiny.write("corpus/e.txt", "新文章二\n\n微众银行为长者保留人工窗口。\n")
    (tiny.corpus / "c.txt").rename(tiny.corpus / "renamed.txt")
    tiny.change("policies/tp.yaml", "发放小微企业贷款。\"\n    obligation", "发放小微企业贷款，并降低利率。\"\n    obligation")
    tiny.change("policies/tp.yaml", '"人工|柜台"', '"人工|柜台|窗口"')
    tiny.change("policies/tp.yaml", "该行面向长者开设人工专线。", "该行面向长者开设人工窗口。")
    third = build(tiny, "third")
    assert {one.id for one in third.review} == {one.id for one in second.review}, "every decision is accounted for"
    after = states(third)
    assert {state for (_, _, asked), state in after.items() if asked == "tp-2"} == {"suspect"}
    assert (after["王芳", "add", "tp-1"], after["王芳", "accept", "tp-1"]) == ("current", "conflict")
    code, changes = diff(tiny, "second", "third", capsys)
    assert changes["requirements"]["changed"] == ["tp-1", "tp-2"]
    assert changes["documents"] == {
        "new": ["d.txt", "e.txt"],
        "lost": [],
        "changed": [],
        "renamed": [{"old": "c.txt", "new": "renamed.txt"}],
    }
    assert len(changes["decisions"]["changed"]) == 4
    assert code == 0

    # The sources still prove every quote; one that is rewritten is named.
    alignment = str(tiny.root / "third" / "alignment.json")
    assert main(["verify", "--alignment", alignment, "--corpus", str(tiny.corpus)]) == 0
    tiny.change("corpus/b.txt", "30亿元", "31亿元")
    capsys.readouterr()
    assert main(["verify", "--alignment", alignment, "--corpus", str(tiny.corpus)]) == 1
    assert LOANS in capsys.readouterr().out
    tiny.change("corpus/b.txt", "31亿元", "30亿元")

    # 王芳 confirms one decision about the new clause; 李雷 comes round. The older words are kept as superseded.
    colleague = tiny.write(
        "more.yaml",
        f"""\
decisions:
  - {{firm: 微众银行, requirement: tp-2, words: {LOANS}, ruling: accept, by: 王芳, at: 2026-04-01}}
  - {{firm: 网商银行, requirement: tp-1, words: {HOTLINE}, ruling: accept, by: 李雷, at: 2026-04-01}}
""",
    )
    assert main(["review", "import", str(colleague), "--alignment", alignment]) == 0
    fourth = build(tiny, "fourth", "--also", "xlsx,csv,decisions-csv")
    assert len(fourth.review) == 9
    told = sorted((one.decision.by, one.decision.at, one.decision.ruling, one.state) for one in fourth.review)
    assert ("李雷", "2026-03-02", "reject", "superseded") in told and ("李雷", "2026-04-01", "accept", "current") in told
    assert ("王芳", "2026-03-01", "accept", "superseded") in told and ("王芳", "2026-04-01", "accept", "current") in told
    assert next(one for one in fourth.cells if (one.firm, one.requirement) == ("网商银行", "tp-1")).review == "evidenced"

    # What was decided can be learned from, and the workbook lists it all.
    capsys.readouterr()
    assert main(["review", "examples", "--alignment", str(tiny.root / "fourth" / "alignment.json")]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"text": MISSED, "evidences": ["tp-1"], "grade": "action", "written_for": "tp-1"} in lines
    listed = openpyxl.load_workbook(BytesIO((tiny.root / "fourth" / "matrix.xlsx").read_bytes()))
    assert next(one for one in listed.worksheets if one.title.endswith("Decisions")).max_row == 10
    assert len((tiny.root / "fourth" / "decisions.csv").read_text(encoding="utf-8").splitlines()) == 10

"""A new version of a policy: who became whom, and nothing that was taught or decided is lost."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.living import AMENDED, amended, judge_pairing, judge_splits, sides
from mapper.catalog.load import load_catalog
from mapper.cli import main
from mapper.drafting.pairing import PairingSide, pair
from mapper.drafting.parting import shipped_parting
from mapper.drafting.upgrade import carried_decisions, upgrade
from mapper.fingerprint import asked
from mapper.model import Alignment, Decision, Firm, Run, Seen
from mapper.review import load_decisions
from mapper.review.apply import apply
from mapper.review.decisions import Decisions
from tests.builders import REPOSITORY

OLD = """\
policy:
  {id: old, title: 旧办法, short_title: 旧办法, issuer: 某局, number: 1号, basis: verified, note: 试,
   issued: "2020-01-01", published: "2020-01-01"}
requirements:
  - id: old-1
    clause: 第一条
    title: 老年客户服务
    text: 为老年客户保留人工柜台和现金服务。
    obligation: must
    applies_to: [all]
    themes: [elderly]
    examples: [我行为老年客户保留人工柜台。, 网点设老年专窗。, 长者可走绿色通道。, 柜员上门为老人办卡。, 现金业务窗口照常开放。]
  - id: old-2
    clause: 第二条
    title: 收费公示
    text: 在营业场所公示收费项目和标准。
    obligation: must
    applies_to: [all]
    signals:
      - {need: ["收费", "公示"]}
    examples: [网点大厅公示全部收费标准。]
  - id: old-3
    clause: 第三条
    title: 投诉答复
    text: 收到客户投诉后十五日内答复，并按季分析投诉原因。
    obligation: must
    applies_to: [all]
    examples: [投诉都在十日内答复客户。, 每季度分析投诉原因并整改。, 客户投诉当天答复。, 按季通报投诉原因。, 投诉答复率百分之百。]
  - id: old-4
    clause: 第四条
    title: 印章管理
    text: 公章由两人分别保管。
    obligation: must
    applies_to: [all]
    examples: [公章由两人保管。, 印章柜双人双锁。, 用章须登记。, 印章分开保管。, 保管人不得兼任。]
"""
NEW = """\
# 修订后的办法
policy:
  id: new
  title: 新办法
  short_title: 新办法
  issuer: 某局
  number: 2号
  issued: "2025-01-01"
  published: "2025-01-01"
  basis: verified
  note: 试
requirements:
  - {id: new-1, clause: 第五条, title: 收费公示, text: 在营业场所公示收费项目和标准。, obligation: must, applies_to: [all]}
  # 编者：下一条待核
  - id: new-2
    clause: 第六条
    title: 长者服务
    text: 营业网点应为老年客户保留人工柜台，手机应用提供大字版。
    obligation: must
    applies_to: [all]
  - id: new-3
    clause: 第七条
    title: 投诉答复
    text: 收到客户投诉后七日内答复。
    obligation: must
    applies_to: [all]
  - id: new-4
    clause: 第八条
    title: 投诉分析
    text: 按季分析投诉原因，向董事会报告。
    obligation: must
    applies_to: [all]
  - id: new-5
    clause: 第九条
    title: 算法说明
    text: 用模型作出授信决定的，能说明理由。
    obligation: must
    applies_to: [all]
# 没有列入的条款：第十条（施行日期）
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")
    return tmp_path


def plain(text: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(text)
    return data


def test_each_clause_is_told_what_became_of_it() -> None:
    steps = upgrade(plain(OLD), plain(NEW), NEW).steps
    assert [(step.change, step.old, step.new) for step in steps] == [
        ("kept", ("old-2",), ("new-1",)),
        ("reworded", ("old-1",), ("new-2",)),
        ("split", ("old-3",), ("new-3", "new-4")),
        ("new", (), ("new-5",)),
        ("gone", ("old-4",), ()),
    ]


def test_an_authors_own_word_is_not_doubted() -> None:
    said = NEW
    for title, was in (("算法说明", "[old-4]"), ("长者服务", "[]")):
        said = said.replace(f"    title: {title}", f"    title: {title}\n    was: {was}")
    steps = {step.new: step for step in upgrade(plain(OLD), plain(said), said).steps}
    assert steps["new-5",].old == ("old-4",) and steps["new-2",].change == "new"


def test_what_the_old_clauses_were_taught_goes_over_and_the_rest_of_the_file_stays() -> None:
    made = upgrade(plain(OLD), plain(NEW), NEW)
    data = plain(made.text)
    assert data["policy"]["replaces"] == ["old"]
    by_id = {one["id"]: one for one in data["requirements"]}
    assert by_id["new-1"]["signals"] == [{"need": ["收费", "公示"]}]
    assert by_id["new-2"]["was"] == ["old-1"] and by_id["new-2"]["themes"] == ["elderly"]
    assert "投诉都在十日内答复客户。" in by_id["new-3"]["examples"]
    assert "每季度分析投诉原因并整改。" in by_id["new-4"]["examples"]
    assert "was" not in by_id["new-5"]
    assert "# 修订后的办法" in made.text and "# 编者：下一条待核" in made.text
    assert made.text.rstrip().endswith("# 没有列入的条款：第十条（施行日期）")


@pytest.mark.parametrize("style", ["braces", "one line", "spread braces", "quoted", "tight"])
def test_a_new_file_written_in_any_style_of_yaml_keeps_all_it_says(style: str) -> None:
    data = plain(NEW)
    said = {
        "braces": lambda: yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_flow_style=None, width=1000),
        "one line": lambda: json.dumps(data, ensure_ascii=False),
        "spread braces": lambda: json.dumps(data, ensure_ascii=False, indent=2),
        "quoted": lambda: yaml.safe_dump(data, allow_unicode=True, default_style='"'),
        "tight": lambda: NEW.replace("  - ", "- ").replace("\n    ", "\n  "),
    }[style]()
    made = plain(upgrade(plain(OLD), data, said).text)
    assert made["policy"] == data["policy"] | {"replaces": ["old"]}
    for before, after in zip(data["requirements"], made["requirements"], strict=True):
        assert before.items() <= after.items()
    assert [one.get("was") for one in made["requirements"]] == [["old-2"], ["old-1"], ["old-3"], ["old-3"], None]


UNCLEAR = "我行重视投诉工作。"


def test_a_sentence_goes_to_the_part_that_it_clearly_fits_and_what_is_unclear_is_left_to_the_author() -> None:
    old = OLD.replace("投诉答复率百分之百。]", f"投诉答复率百分之百。, {UNCLEAR}]")
    made = upgrade(plain(old), plain(NEW), NEW)
    by_id = {one["id"]: one for one in plain(made.text)["requirements"]}
    assert "客户投诉当天答复。" in by_id["new-3"]["examples"] and "按季通报投诉原因。" in by_id["new-4"]["examples"]
    assert UNCLEAR not in [*by_id["new-3"]["examples"], *by_id["new-4"]["examples"]]
    assert made.unclear == (UNCLEAR,)
    assert f"#   - {UNCLEAR}" in made.text and "可能属于这一条，也可能属于拆出的另一条" in made.text
    assert upgrade(plain(old), plain(made.text), made.text).text == made.text


def test_a_duty_that_binds_otherwise_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    weaker = NEW.replace("手机应用提供大字版。\n    obligation: must", "手机应用提供大字版。\n    obligation: encourage")
    (folder / "new.yaml").write_text(weaker, encoding="utf-8")
    assert main(["upgrade", str(folder / "old.yaml"), str(folder / "new.yaml")]) == 0
    told = capsys.readouterr().out
    assert "new-2 的约束力变了：应当 → 鼓励 / new-2 binds otherwise: must → encouraged" in told
    assert "改写　old-1 → new-2" in told and " / reworded: old-1 → new-2, likeness" in told


def test_it_says_how_many_requirements_wait_for_a_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = NEW.replace("    text: 收到客户投诉后七日内答复。\n", "    text: ''\n    source: 收到客户投诉后七日内答复。\n")
    (folder / "new.yaml").write_text(bare, encoding="utf-8")
    assert main(["upgrade", str(folder / "old.yaml"), str(folder / "new.yaml"), "--write"]) == 0
    assert "1 条还没有转述" in capsys.readouterr().err


def test_words_ruled_to_count_go_to_the_part_they_fit_and_a_rejection_to_each() -> None:
    quotes = {"按季分析投诉原因，向董事会报告。": ["new-4"], "收到投诉后三日内答复客户。": ["new-3"], UNCLEAR: ["new-3", "new-4"]}
    made = upgrade(plain(OLD), plain(NEW), NEW, ruled={"old-3": list(quotes)})
    for words, heirs in quotes.items():
        for ruling, to in (("accept", heirs), ("reject", ["new-3", "new-4"])):
            ruled = decision("old-3", words=words, ruling=ruling, to=None)
            assert [one.requirement for one in carried_decisions([ruled], made, plain(OLD), plain(NEW))] == to, (words, ruling)


def test_a_part_with_too_few_sentences_to_be_read_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "examples").mkdir()
    told = [{"text": f"收到客户投诉后{n}日内答复客户。", "evidences": ["old-3"], "grade": "action"} for n in "一二三四"]
    lines = [json.dumps(one, ensure_ascii=False) for one in told]
    (folder / "examples" / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert main(["upgrade", str(folder / "old.yaml"), str(folder / "new.yaml"), "--write"]) == 0
    said = capsys.readouterr().err
    assert "new-4：只有 2 句例句" in said and "mapper teach" in said and "new-3：" not in said
    written = [json.loads(line) for line in (folder / "examples" / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {tuple(one["evidences"]) for one in written} == {("old-3", "new-3")}


def test_sentences_of_policies_that_no_reader_was_taught_go_to_the_right_part() -> None:
    catalog, _ = load_catalog(REPOSITORY / "docs" / "gallery" / "notice")
    assert catalog is not None
    pairs = [(one, other) for one, other in pairwise(catalog.requirements) if one.policy == other.policy]
    made = judge_splits(catalog, pairs, shipped_parting())
    assert made.carried > 0.9 and made.right > 0.9


def test_upgrading_twice_changes_nothing_more() -> None:
    once = upgrade(plain(OLD), plain(NEW), NEW).text
    assert upgrade(plain(OLD), plain(once), once).text == once


def decision(requirement: str, **facts: Any) -> Decision:
    texts = {one["id"]: one["text"] for one in plain(OLD)["requirements"]}
    seen = Seen(requirement=asked("must", texts[requirement]), status="none")
    told: dict[str, Any] = {"firm": "某银行", "ruling": "set", "to": "evidenced", "why": "看过", "by": "王芳"}
    told |= {"at": "2024-05-01", "seen": seen}
    return Decision(requirement=requirement, **(told | facts))


def test_no_decision_is_lost_and_those_on_changed_clauses_are_suspect(folder: Path) -> None:
    made = upgrade(plain(OLD), plain(NEW), NEW)
    ruled = [decision(f"old-{n}") for n in range(1, 5)]
    carried = carried_decisions(ruled, made, plain(OLD), plain(NEW))
    assert [one.requirement for one in carried] == ["new-2", "new-1", "new-3", "new-4"]
    for one in plain(NEW)["requirements"]:
        taught = [{"text": f"{one['title']}例{n}。", "evidences": [one["id"]], "grade": "action"} for n in range(5)]
        lines = [json.dumps(lesson, ensure_ascii=False) for lesson in taught]
        (folder / "examples").mkdir(exist_ok=True)
        (folder / "examples" / f"{one['id']}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "old.yaml").unlink()
    catalog, problems = load_catalog(folder)
    assert catalog is not None, problems
    firm = Firm(id="某银行", name="某银行", kind="bank")
    alignment = Alignment(run=Run(version="1"), policies=catalog.policies, firms=(firm,), documents=(), evidence=(), cells=())
    reviewed, _ = apply(alignment, Decisions((*ruled, *carried)))
    states = {review.decision.requirement: review.state for review in reviewed.review}
    assert states == {
        "old-1": "orphaned", "old-2": "orphaned", "old-3": "orphaned", "old-4": "orphaned",
        "new-1": "current", "new-2": "suspect", "new-3": "suspect", "new-4": "suspect",
    }  # fmt: skip


def test_a_decision_without_what_was_seen_is_suspect_too_where_the_clause_changed() -> None:
    made = upgrade(plain(OLD), plain(NEW), NEW)
    kept, reworded = carried_decisions([decision("old-2", seen=None), decision("old-1", seen=None)], made, plain(OLD), plain(NEW))
    assert kept.seen is None
    assert reworded.seen is not None and reworded.seen.requirement != asked("must", plain(NEW)["requirements"][1]["text"])


def test_the_command_shows_first_and_writes_when_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decisions = folder / "decisions.yaml"
    decisions.write_text(
        "decisions:\n  - {firm: 某银行, requirement: old-1, ruling: set, to: evidenced, why: 看过, by: 王芳, at: '2024-05-01'}\n",
        encoding="utf-8",
    )
    (folder / "examples").mkdir()
    sentences = folder / "examples" / "a.jsonl"
    line = '{"text": "老人来网点有人陪办。", "evidences": ["old-1"], "grade": "action", "written_for": "old-1"}\n'
    sentences.write_text(line, encoding="utf-8")
    asked_for = ["upgrade", str(folder / "old.yaml"), str(folder / "new.yaml"), "--decisions", str(decisions)]
    assert main(asked_for) == 0
    assert (folder / "new.yaml").read_text(encoding="utf-8") == NEW
    assert "改写　old-1 → new-2" in capsys.readouterr().out
    assert main([*asked_for, "--write"]) == 0
    found, problems = load_decisions(decisions)
    assert [one.requirement for one in found.entries] == ["new-2", "old-1"] and not problems
    assert json.loads(sentences.read_text(encoding="utf-8"))["evidences"] == ["old-1", "new-2"]
    assert "was: [old-1]" in (folder / "new.yaml").read_text(encoding="utf-8")


def test_what_is_not_read_beside_the_decisions_is_told_and_stops_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "decisions").mkdir()
    ruled = "{firm: 某银行, requirement: old-1, ruling: set, to: evidenced, why: 看过, by: 王芳, at: '2024-05-01'}"
    (folder / "decisions" / "a.yaml").write_text(f"decisions:\n  - {ruled}\n", encoding="utf-8")
    (folder / "decisions" / "notes.xlsx").write_bytes(b"x")
    asked_for = ["upgrade", str(folder / "old.yaml"), str(folder / "new.yaml"), "--decisions", str(folder / "decisions"), "--write"]
    assert main(asked_for) == 0
    assert "notes.xlsx" in capsys.readouterr().err
    assert {one.requirement for one in load_decisions(folder / "decisions")[0].entries} == {"new-2", "old-1"}
    (folder / "decisions" / "b.yaml").write_text("decisions: 7\n", encoding="utf-8")
    assert main(asked_for) == 2


def test_sentences_of_a_policy_elsewhere_come_into_the_folder_of_the_new_one(folder: Path) -> None:
    (folder / "later").mkdir()
    new = folder / "later" / "new.yaml"
    new.write_text(NEW, encoding="utf-8")
    (folder / "examples").mkdir()
    line = '{"text": "老人来网点有人陪办。", "evidences": ["old-1", "old-4"], "grade": "action"}\n'
    (folder / "examples" / "a.jsonl").write_text(line, encoding="utf-8")
    assert main(["upgrade", str(folder / "old.yaml"), str(new), "--write"]) == 0
    [line] = (folder / "later" / "examples" / "from-old.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["evidences"] == ["new-2"]


def test_two_versions_that_share_ids_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "new.yaml").write_text(NEW.replace("new-5", "old-4"), encoding="utf-8")
    assert main(["upgrade", str(folder / "old.yaml"), str(folder / "new.yaml"), "--write"]) == 2
    assert "old-4" in capsys.readouterr().err


def test_what_is_no_policy_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.yaml").write_text("a: 1\n", encoding="utf-8")
    assert main(["upgrade", str(folder / "old.yaml"), str(folder / "bad.yaml"), "--write"]) == 2
    assert main(["upgrade", str(folder / "old.yaml"), str(folder / "none.yaml")]) == 2
    assert "不是政策文件" in capsys.readouterr().err


# ---- the measure -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "changes", "floor"),
    [("cp22", [10, 3, 2, 4, 2], 0.95), ("ph25", [8, 2, 1, 2, 1], 0.9), ("fa25", [10, 2, 1, 2, 1], 0.95)],
)
def test_a_made_up_amendment_of_a_shipped_policy_is_paired_rightly(id: str, changes: list[int], floor: float) -> None:
    catalog, _ = load_catalog(REPOSITORY / "policies")
    assert catalog is not None
    policy = next(one for one in catalog.policies if one.id == id)
    told = yaml.safe_load(AMENDED[id].read_text(encoding="utf-8"))
    assert [len(told[key]) for key in ("reworded", "split", "merged", "new", "gone")] == changes
    new, was = amended(policy, told)
    assert not {one.clause for one in new} & {one.clause for one in policy.requirements}
    share, wrong = judge_pairing(pair(sides(policy), new), was)
    assert share >= floor, wrong


def test_a_clause_worded_anew_is_known_by_its_neighbours() -> None:
    told = ["按月报送统计报表", "为老人保留人工柜台", "收费项目上墙公示"]
    later = ["按月报送统计报表", "网点须给长者留下服务人工", "收费项目上墙公示"]
    old, new = ([PairingSide(f"{id}-{n}", "", "", text, "must") for n, text in enumerate(said)] for id, said in (("a", told), ("b", later)))
    assert [(step.change, step.old) for step in pair(old, new)] == [
        ("kept", ("a-0",)), ("reworded", ("a-1",)), ("kept", ("a-2",)),
    ]  # fmt: skip


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text("甲乙丙丁戊己庚辛壬癸子丑寅卯", min_size=6, max_size=12), min_size=1, max_size=8, unique=True), st.randoms())
def test_a_policy_that_is_only_renumbered_is_kept_as_a_whole(texts: list[str], order: Any) -> None:
    old = [PairingSide(f"a-{n}", "", "", text, "must") for n, text in enumerate(texts)]
    shuffled = list(texts)
    order.shuffle(shuffled)
    new = [PairingSide(f"b-{n}", "", "", text, "must") for n, text in enumerate(shuffled)]
    steps = pair(old, new)
    assert {(texts[int(step.old[0][2:])], shuffled[int(step.new[0][2:])]) for step in steps} == {(one, one) for one in texts}
    assert {step.change for step in steps} == {"kept"}

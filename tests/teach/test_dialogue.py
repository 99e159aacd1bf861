"""An author teaches a policy: sentences in, lines out, and a file that the next run reads."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mapper.catalog.load import load_catalog
from mapper.cli import main
from mapper.inputs import read_for_teaching
from mapper.matchers import teaching
from mapper.teach.book import Book
from mapper.teach.desk import Desk, FirmSentence, Hit
from mapper.teach.dialogue import Dialogue
from mapper.teach.restate import restate, restated
from mapper.teach.rows import of_corpus
from mapper.teach.said import numbers
from tests.builders import shipped_catalog

Capture = pytest.CaptureFixture[str]
POLICY = """\
policy: {id: my, title: 某某办法}
requirements:
  - {id: my-1, title: 数据出境管理, text: 向境外提供客户数据以前完成安全评估并取得同意。}
  - {id: my-2, title: 轮岗和强制休假, text: 关键岗位定期轮岗、强制休假。}
"""
ABROAD = (
    "我行向境外提供客户数据前完成了出境安全评估。",
    "跨境传输个人信息，均取得客户单独同意。",
    "公司与境外接收方订立数据出境标准合同并备案。",
    "数据出境须经审批，出境记录逐笔留存。",
    "全年完成数据出境安全评估三项。",
)
MISS = "我行在境外设有五家分行。"
CORPUS = "云岭银行向境外合作方提供客户数据以前，办理了出境安全评估申报。\n云岭银行组织了春季运动会。\n"
Teach = Callable[..., str]


@pytest.fixture
def teach(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Teach:
    """Run the command on lines of a pipe in a workspace with one untaught policy; what it printed comes back.

    What is taught is told apart from fewer sentences about other things than authors' is, as it is taught with every line.
    """
    monkeypatch.setattr(teaching, "BACKGROUND", 300)
    monkeypatch.setattr(teaching, "LEAST_BACKGROUND", 100)
    for name, text in {"policies/my.yaml": POLICY, "corpus/a.txt": CORPUS,
                       "corpus/firms.yaml": "firms:\n  - {name: 云岭银行, kind: bank}\n"}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(*lines: str, name: str = "my.yaml", code: int = 0) -> str:
        stdin = io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode()), encoding="ascii")
        monkeypatch.setattr("sys.stdin", stdin)
        assert main(["teach", str(tmp_path / "policies" / name)]) == code
        said = capsys.readouterr()
        return said.out + said.err

    return run


def book(tmp_path: Path, name: str = "my") -> list[dict[str, object]]:
    text = (tmp_path / "policies/examples" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_five_sentences_teach_a_requirement_and_the_corpus_answers_at_once(tmp_path: Path, teach: Teach) -> None:
    said = teach(*ABROAD, f"- {MISS}", "看", "完")
    assert [one["text"] for one in book(tmp_path)] == [*ABROAD, MISS]
    assert book(tmp_path)[-1] == {"text": MISS, "evidences": [], "grade": None, "written_for": "my-1", "near_miss": True}
    assert "还差 1 句" in said and "现得 1 句" in said and "办理了出境安全评估申报" in said
    assert "春季运动会" not in said.partition("现得 1 句")[2]
    assert "my-2 轮岗和强制休假：还差 5 句" in said
    catalog, problems = load_catalog(tmp_path / "policies")
    assert catalog is not None and [one.id for one in catalog.requirements] == ["my-1"]
    assert [(one.code, one.severity) for one in problems] == [("requirement-untaught", "left-out")]


def test_sentences_are_picked_from_the_corpus_by_number(tmp_path: Path, teach: Teach) -> None:
    said = teach("找 1", "+ 1", "找", "完")
    assert [one["text"] for one in book(tmp_path)] == [CORPUS.splitlines()[0].replace("云岭银行", "△")]
    assert "1. 云岭银行向境外" in said and "云岭银行 · a.txt" in said


def test_names_of_firms_do_not_teach(tmp_path: Path, teach: Teach) -> None:
    teach("云岭银行向境外提供数据前先做安全评估。", "完")
    assert [one["text"] for one in book(tmp_path)] == ["△向境外提供数据前先做安全评估。"]


def test_starters_come_from_the_nearest_requirements_that_ship(tmp_path: Path, teach: Teach) -> None:
    teach("例 3", "+ 1-2", "- 3", "完")
    assert [one.get("near_miss", False) for one in book(tmp_path)] == [False, False, True]
    assert {tuple(one["evidences"]) for one in book(tmp_path)[:2]} == {("my-1",)}  # type: ignore[arg-type]


def test_the_last_sentence_can_be_graded_tagged_and_taken_back(tmp_path: Path, teach: Teach) -> None:
    teach(ABROAD[0], "反面", "& my-2", ABROAD[1], "撤", "完")
    assert book(tmp_path) == [
        {"text": ABROAD[0], "evidences": ["my-1", "my-2"], "grade": "adverse", "written_for": "my-1"}
    ]


def test_the_only_policy_of_a_folder_is_taught_whatever_lies_beside_it(tmp_path: Path, teach: Teach) -> None:
    (tmp_path / "policies/crosswalk.yaml").write_text("crosswalk: []\n", encoding="utf-8")
    (tmp_path / "policies/lexicon.yaml").write_text("concepts: {}\n", encoding="utf-8")
    teach(ABROAD[0], "完", name=".")
    assert [one["text"] for one in book(tmp_path)] == [ABROAD[0]]


ROTATED = (
    "关键岗位人员每三年轮岗一次。",
    "我行对重要岗位实行强制休假。",
    "柜员和客户经理定期轮岗。",
    "全年强制休假覆盖关键岗位三百人。",
    "公司落实关键岗位轮岗制度，由他人代岗检查。",
)


def at_work(tmp_path: Path, *lines: str) -> Dialogue:
    """A dialogue on the policy of the workspace that has heard these lines."""
    policy = tmp_path / "policies/my.yaml"
    read = read_for_teaching(policy, tmp_path / "corpus")
    desk = Desk(read.catalog, read.registry, read.corpus.documents)
    asked = [*read.catalog.requirements]
    dialogue = Dialogue(desk, Book.beside(policy.parent, "my"), asked, read.catalog, lambda line: None)
    for line in lines:
        dialogue.hear(line)
    return dialogue


@pytest.mark.usefixtures("teach")
def test_a_sentence_teaches_every_requirement_that_it_is_said_to_show(tmp_path: Path) -> None:
    learned = at_work(tmp_path, "下", *ROTATED[:4], "上", ROTATED[4], "& my-2").desk.shelf.learned.requirements
    assert learned == frozenset({"my-2"})


@pytest.mark.usefixtures("teach")
def test_a_sentence_that_is_taken_back_elsewhere_teaches_no_more(tmp_path: Path) -> None:
    taught = at_work(tmp_path, *ABROAD, "下")
    assert "my-1" in taught.desk.shelf.learned.requirements
    taught.hear("撤")
    assert taught.desk.missing("my-1") == 1 and "my-1" not in taught.desk.shelf.learned.requirements


def test_each_requirement_has_its_turn(tmp_path: Path, teach: Teach) -> None:
    said = teach("下", "关键岗位人员每三年轮岗一次。", "上", "到 my-2", "下", "列", "完")
    assert book(tmp_path)[0]["written_for"] == "my-2"
    assert "没有下一条了" in said and "+ 关键岗位人员每三年轮岗一次。" in said


@pytest.mark.parametrize(
    ("line", "answer"),
    [("好", "没看懂"), ("+ 9", "没有第 9 句"), ("到 my-9", "没有 my-9"), ("反面", "还没有收下过例句"), ("?", "近似句")],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(tmp_path: Path, teach: Teach, line: str, answer: str) -> None:
    assert answer in teach(line)
    assert not (tmp_path / "policies/examples").exists()


@pytest.mark.parametrize(
    "line",
    [":ad 某句话的例子", ":quit!!!!", "/help me now", "quit this now", "next requirement", "my-1234-5", "-- help me",
     "下 一条要求是什么", "撤 上一句是写错了的", "到 下一条 要求", "Our bank keeps counters for the elderly."],
)  # fmt: skip
def test_what_looks_like_a_command_is_not_learnt_as_a_sentence(tmp_path: Path, teach: Teach, line: str) -> None:
    said = teach(line)
    assert "没有收" in said or "没有 " in said
    assert not (tmp_path / "policies/examples").exists()


def test_an_id_or_a_title_by_itself_is_no_sentence_unless_it_is_said_to_be_one(tmp_path: Path, teach: Teach) -> None:
    path = tmp_path / "policies/my.yaml"
    path.write_text(POLICY.replace("my-1", "consumer-0012").replace("轮岗和强制休假", "定期轮岗和强制休假"), encoding="utf-8")
    assert teach("consumer-0012", "定期轮岗和强制休假", "完").count("没有收") == 2
    teach("+ 定期轮岗和强制休假", "完")
    assert [one["text"] for one in book(tmp_path)] == ["定期轮岗和强制休假"]


def test_a_sentence_is_taken_once_and_old_lines_stay_as_they_were(tmp_path: Path, teach: Teach) -> None:
    old = '{"text": "向境外提供数据前完成安全评估。",  "evidences": ["my-1"], "grade": "action", "written_for": "my-1"}'
    path = tmp_path / "policies/examples/my.jsonl"
    path.parent.mkdir()
    path.write_text(old, encoding="utf-8")
    said = teach("向境外提供数据前完成安全评估。", ABROAD[0], "完")
    assert "已经有这一句了" in said
    assert path.read_text(encoding="utf-8").splitlines()[0] == old and len(book(tmp_path)) == 2


def test_a_sentence_that_was_taken_for_the_wrong_kind_changes_sides(tmp_path: Path, teach: Teach) -> None:
    teach(*ABROAD, MISS, "完")
    teach(f"- {MISS}", ABROAD[0], "完")
    assert [(one["text"], one.get("near_miss", False)) for one in book(tmp_path)] == [
        *((text, False) for text in ABROAD), (MISS, True),
    ]  # fmt: skip


def test_a_policy_that_is_not_there_is_made_from_a_title_and_a_line_a_requirement(tmp_path: Path, teach: Teach) -> None:
    said = teach("市民办法", "收费公示：公示收费项目和标准", "投诉答复", "", ABROAD[0], "完", name="new.yaml")
    catalog, _ = load_catalog(tmp_path / "policies", untaught=True)
    assert catalog is not None
    made = next(policy for policy in catalog.policies if policy.id == "new")
    assert [(one.id, one.title, one.text) for one in made.requirements] == [
        ("new-01", "收费公示", "公示收费项目和标准"), ("new-02", "投诉答复", "投诉答复"),
    ]  # fmt: skip
    assert "2 条要求" in said and book(tmp_path, "new")[0]["written_for"] == "new-01"
    assert "什么都没写" in teach("", name="none.yaml", code=2)


@pytest.mark.parametrize(
    ("said", "picked"),
    [("1", [1]), ("1 3-5", [1, 3, 4, 5]), ("2，2、1", [2, 1]), ("3个网点保留现金", None),
     ("\uff11\uff0c\uff13\uff0d\uff14", [1, 3, 4]), ("1至3", [1, 2, 3]),
     ("", None), ("1-", None), ("5-3", None)],
)
def test_a_pick_is_numbers_and_ranges(said: str, picked: list[int] | None) -> None:
    assert numbers(said) == picked


# ---- wording ---------------------------------------------------------------------------------------------------

DRAFTED = """\
policy: {id: my, title: 某某办法}
requirements:  # 草稿
  - id: my-1
    title: "数据出境应当管"
    text: ""  # 待填
    obligation: must
  - id: my-2
    title: 轮岗
    source: |-
      官方原文一行。
      text: 这不是键
  - {id: my-3, title: 休假, text: ""}
"""


def test_a_draft_is_restated_in_the_dialogue_and_every_other_line_stays(tmp_path: Path, teach: Teach) -> None:
    path = tmp_path / "policies/my.yaml"
    path.write_text(DRAFTED, encoding="utf-8")
    said = teach("述 数据出境前先评估。", "题 数据出境", "下", "述 关键岗位三年一轮。", "下", "述 每年休假", "完")
    assert "[1/3] my-1 · my-1 · 数据出境" in said and "    数据出境前先评估。" in said and "要在文件里改" in said
    expected = DRAFTED.replace('text: ""  # 待填', 'text: "数据出境前先评估。"').replace('"数据出境应当管"', '"数据出境"')
    expected = expected.replace("    title: 轮岗\n", '    title: 轮岗\n    text: "关键岗位三年一轮。"\n')
    assert path.read_text(encoding="utf-8") == expected


BROKEN = "\x00\x07\x1b\x7f\x9f\ufdd0\ufeff\ufffe\uffff\U0001fffe"
"""Characters that come in with a paste and that no YAML may hold, or that say nothing."""


def test_what_no_file_may_hold_is_dropped_from_all_that_is_typed(tmp_path: Path, teach: Teach) -> None:
    teach(f"市民{BROKEN}办法", f"收费{BROKEN}公示：公示{BROKEN}标准", "", "完", name="new.yaml")
    teach(f"题 数据{BROKEN}出境", f"述 出境前{BROKEN}先评估。", f"{ABROAD[0][:9]}{BROKEN}{ABROAD[0][9:]}", "完", name="new.yaml")
    catalog, problems = load_catalog(tmp_path / "policies", untaught=True)
    assert catalog is not None and [one for one in problems if one.severity == "error"] == []
    made = next(policy for policy in catalog.policies if policy.id == "new")
    assert (made.title, made.requirements[0].title, made.requirements[0].text) == ("市民办法", "数据出境", "出境前先评估。")
    assert [one["text"] for one in book(tmp_path, "new")] == [ABROAD[0]]


def test_words_with_a_line_end_of_other_systems_stay_on_their_line(tmp_path: Path, teach: Teach) -> None:
    path = tmp_path / "policies/my.yaml"
    path.write_text(DRAFTED, encoding="utf-8")
    teach("题 数据\u2028出境\x85管理", "完")
    assert '    title: "数据 出境 管理"\n' in path.read_text(encoding="utf-8")


def test_a_file_is_never_replaced_by_one_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(DRAFTED, encoding="utf-8")
    assert not restate(path, "my-1", "title", "数据\x7f出境")
    assert path.read_text(encoding="utf-8") == DRAFTED


@pytest.mark.parametrize("value", ["|\n      旧的\n      转述", ">-\n      旧的", "旧的\n      转述"])
def test_a_text_over_several_lines_is_left_to_an_editor(value: str) -> None:
    source = f"requirements:\n  - id: a\n    text: {value}\n    title: 甲\n"
    assert restated(source, 2, "text", "新的") is None
    assert restated(source, 2, "title", "乙") == source.replace("title: 甲", 'title: "乙"')


def test_what_asks_nothing_of_firms_is_taken_out_by_its_id_only(tmp_path: Path, teach: Teach) -> None:
    path = tmp_path / "policies/my.yaml"
    path.write_text(DRAFTED, encoding="utf-8")
    said = teach("下", "删", "删 my-2", "完")
    assert "请输入 删 my-2" in said and "[2/2] my-3" in said
    start, end = DRAFTED.index("  - id: my-2"), DRAFTED.index("  - {id: my-3")
    assert path.read_text(encoding="utf-8") == DRAFTED[:start] + DRAFTED[end:]


# ---- grades, and sentences taken before ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "grade"),
    [
        ("该行以防范诈骗为由拒绝小微企业开户，被监管部门约谈。", "adverse"),
        ("该行限制客户账户却不说明理由，被监管部门通报。", "adverse"),
        ("我行将在年内建立账户申诉绿色通道。", "commitment"),
        ("全年举办反诈讲座150场，受众6万人。", "outcome"),
        ("我行规定柜员办理大额转账必须询问收款人和用途。", "action"),
    ],
)
def test_the_first_sentence_already_has_the_grade_of_its_words(
    tmp_path: Path, teach: Teach, sentence: str, grade: str
) -> None:
    teach(sentence, "完")
    assert [one["grade"] for one in book(tmp_path)] == [grade]


def test_a_borrowed_sentence_keeps_the_grade_it_teaches_by(tmp_path: Path, teach: Teach) -> None:
    said = teach("例 4", "+ 1-4", "完")
    catalog = shipped_catalog()
    ships = {one.text: one.grade for one in catalog.lessons if one.grade}
    assert [one["grade"] for one in book(tmp_path)] == [ships[str(one["text"])] for one in book(tmp_path)]
    assert all(f"  {one['text']}\n" in said for one in book(tmp_path))


def test_sentences_of_the_list_are_graded_taken_out_and_turned_by_their_numbers(tmp_path: Path, teach: Teach) -> None:
    teach(*ABROAD, "完")
    said = teach("列", "反面 2 5", "撤 1", "- 3", "完")
    assert "1. + 我行向境外" in said and "措施 / Action" in said
    assert {(one["text"], one["grade"]) for one in book(tmp_path)} == {
        (ABROAD[1], "adverse"), (ABROAD[2], None), (ABROAD[3], "action"), (ABROAD[4], "adverse"),
    }  # fmt: skip


def test_only_a_sentence_of_the_requirement_can_be_graded_by_number(tmp_path: Path, teach: Teach) -> None:
    said = teach("找 1", "反面 1", "撤 1", "反面 7", "完")
    assert said.count("不是这条要求的例句") == 2 and "没有第 7 句" in said
    assert not (tmp_path / "policies/examples").exists()


def test_greetings_and_lines_that_lead_to_others_are_not_offered(tmp_path: Path, teach: Teach) -> None:
    lines = "云岭银行客户您好。\n云岭银行现就数据出境安排说明如下：\n" + CORPUS
    (tmp_path / "corpus/a.txt").write_text(lines, encoding="utf-8")
    said = teach("找 9", "完")
    assert "1. 云岭银行向境外" in said and "您好" not in said and "说明如下" not in said


def test_a_fault_is_doubtful_by_the_line_of_faults(tmp_path: Path, teach: Teach) -> None:
    """What the matrix would list is not called «not shown»: faults have a line of their own."""
    hit = Hit(FirmSentence("a", "甲", "甲", "甲", ("某行",)), 0.37, "adverse", 0.35, False, ())
    assert hit.shown and hit.near_line and "没有列出" not in of_corpus(hit).about
    assert not replace(hit, grade="action", least=0.45).shown


def test_a_near_miss_that_another_requirement_is_shown_for_is_told_of(tmp_path: Path, teach: Teach) -> None:
    said = teach(*ABROAD, "下", f"- {CORPUS.splitlines()[0]}", "完")
    assert "这一句还对上 my-1 数据出境管理" in said
    assert "还对上" not in teach("到 my-2", f"- {MISS}", "完")

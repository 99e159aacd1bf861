"""The draft of a policy: what is asked, how bindingly, of whom; what asks nothing is left out and named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from benchmarks.living import judge_draft
from mapper.catalog.load import load_catalog
from mapper.cli import main
from mapper.corpus.whole import whole_paragraphs
from mapper.drafting.draft import Draft, draft
from mapper.drafting.sheet import as_yaml
from tests.builders import SHARED
from tests.drafting.texts import ARTICLES, NOTICE, PLAN, POINTS, paragraphs


@pytest.fixture(scope="module")
def law() -> Draft:
    return draft(paragraphs(ARTICLES), "yl25")


def test_each_paragraph_of_an_article_that_asks_something_is_a_requirement(law: Draft) -> None:
    assert [(one.id, one.clause, one.obligation) for one in law.requirements] == [
        ("yl25-04.a", "第四条", "must"),
        ("yl25-04.b", "第四条", "must-not"),
        ("yl25-05", "第五条", "must-not"),
        ("yl25-06", "第六条", "must"),
        ("yl25-07", "第七条", "encourage"),
    ]


def test_what_asks_nothing_of_institutions_is_left_out_with_the_reason(law: Draft) -> None:
    assert [(one.clause, one.why) for one in law.dropped] == [
        ("第一条", "purpose"), ("第二条", "definition"), ("第三条", "authority"),
        ("第八条", "penalty"), ("第九条", "interpretation"), ("第十条", "effect"),
    ]  # fmt: skip


def test_whom_it_asks_follows_the_definitions_of_the_text(law: Draft) -> None:
    addressed = {one.id: one.applies_to for one in law.requirements}
    assert addressed["yl25-05"] == ("bank", "insurer", "consumer-finance")
    assert addressed["yl25-06"] == ("insurer",)
    assert addressed["yl25-07"] == ("bank",)


def test_a_list_stays_with_what_leads_to_it(law: Draft) -> None:
    source = next(one.source for one in law.requirements if one.id == "yl25-05")
    assert source.count("\n") == 3 and "强制搭售" in source


def test_a_plan_is_split_into_its_sentences_and_those_for_authorities_are_left_out() -> None:
    made = draft(paragraphs(PLAN), "yn25")
    assert [(one.id, one.obligation) for one in made.requirements] == [
        ("yn25-01.a", "should"),
        ("yn25-01.b", "encourage"),
        ("yn25-02", "should"),
        ("yn25-03.a", "must-not"),
        ("yn25-03.b", "should"),
        ("yn25-04", "should"),
    ]
    assert [(one.clause, one.why) for one in made.dropped] == [
        ("一", "general"), ("二、（一）", "authority"), ("二、（二）", "authority"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), [(NOTICE, 3), (POINTS, 4)])
def test_other_styles_of_numbering_give_a_requirement_for_each_clause(text: str, number: int) -> None:
    made = draft(paragraphs(text), "x")
    assert len(made.requirements) == len({one.clause for one in made.requirements}) == number


def test_the_same_text_gives_the_same_draft_whatever_its_format(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    lines = paragraphs(ARTICLES)
    (tmp_path / "a.txt").write_text(ARTICLES, encoding="utf-8")
    page = "".join(f"<p>{line}</p>" for line in lines)
    (tmp_path / "a.html").write_text(f"<!doctype html><html><body>{page}</body></html>", encoding="utf-8")
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    word.save(str(tmp_path / "a.docx"))
    read = [whole_paragraphs(tmp_path / name) for name in ("a.txt", "a.html", "a.docx")]
    assert len({as_yaml(draft(one, "x")) for one in read if isinstance(one, tuple)}) == 1
    assert all(isinstance(one, tuple) for one in read)


# ---- the file --------------------------------------------------------------------------------------------------


def test_the_file_says_what_is_left_to_do_and_check_names_it(tmp_path: Path, law: Draft) -> None:
    said = as_yaml(law)
    (tmp_path / "yl25.yaml").write_text(said, encoding="utf-8")
    catalog, problems = load_catalog(tmp_path)
    assert catalog is None
    assert {problem.code for problem in problems} == {"requirement-unwritten", "requirement-untaught"}
    assert all(problem.line for problem in problems)
    unwritten = [problem for problem in problems if problem.code == "requirement-unwritten"]
    assert len(unwritten) == len(law.requirements)


def test_official_wording_is_never_read_into_a_catalog(tmp_path: Path, law: Draft) -> None:
    written = yaml.safe_load(as_yaml(law))
    written["policy"] |= {"published": "2025-09-02", "number": "7号"}
    for one in written["requirements"]:
        assert one["source"] and one["text"] == ""
        one |= {"text": "用自己的话说。", "examples": [f"我行做到了第{n}件事。" for n in range(5)]}
    (tmp_path / "yl25.yaml").write_text(yaml.safe_dump(written, allow_unicode=True), encoding="utf-8")
    catalog, problems = load_catalog(tmp_path)
    assert catalog is not None and problems == []
    assert "强制搭售" not in catalog.policies[0].model_dump_json()


def test_how_long_it_is_in_force_is_not_passed_over_where_its_beginning_is_unknown() -> None:
    made = draft(["第一条 银行应当公示价格。", "第二条 本办法自印发之日起施行，有效期两年。"], "yl25")
    assert (made.head.expires, made.head.term) == ("", "有效期两年")
    assert "  # expires: 待填：YYYY-MM-DD（文本写“有效期两年”，起算日不明） / to be filled in" in as_yaml(made)
    assert yaml.safe_load(as_yaml(made))["policy"].get("expires") is None


@pytest.mark.parametrize("day", ["2025年2月30日", "2025年13月1日", "二〇二五年二月三十日"])
def test_a_day_that_no_calendar_has_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str) -> None:
    (tmp_path / "a.txt").write_text(f"第一条 银行应当公示价格。\n第二条 本办法自{day}起施行，有效期5年。\n", encoding="utf-8")
    assert main(["draft", str(tmp_path / "a.txt")]) == 0
    made = yaml.safe_load(capsys.readouterr().out)["policy"]
    assert "effective" not in made and "expires" not in made
    kept = draft(["第一条 银行应当公示价格。", f"第二条 本办法自2025年1月1日起施行，有效期至{day}。"], "yl25").head
    assert (kept.effective, kept.expires, kept.term) == ("2025-01-01", "", f"有效期至{day}")


def test_a_term_that_no_calendar_holds_is_told_in_its_words() -> None:
    head = draft(["第一条 银行应当公示价格。", "第二条 本办法自9999年1月1日起施行，有效期五年。"], "yl25").head
    assert (head.effective, head.expires, head.term) == ("9999-01-01", "", "有效期五年")


@pytest.mark.parametrize(
    ("words", "forbids"),
    [
        ("银行应当用方言解释产品的风险；不得向六十五周岁以上的居民推销。", "不得向六十五周岁以上的居民推销"),
        ("银行应当公示价格，严禁虚假宣传。", "严禁虚假宣传"),
        ("银行应当妥善保管资料，切勿泄露客户信息。", "切勿泄露客户信息"),
        ("银行应当开展培训，每年不得少于四次。", ""),
        ("银行应当开展培训，每年不应少于四次。", ""),
        ("银行应当开展培训，每年不得少于四次且不得收费。", "每年不得少于四次且不得收费"),
        ("银行不得不停业的，应当提前公告。", ""),
        ("银行不得擅自扣款；应当公示价格。", ""),
        ("银行应当公示价格。", ""),
    ],
)
def test_what_a_duty_also_forbids_is_said_to_need_a_requirement_of_its_own(words: str, forbids: str) -> None:
    made = draft([f"第一条 {words}"], "yl25")
    [one] = made.requirements
    assert one.forbids == forbids
    assert (f"这里还有禁止（{forbids}）" in as_yaml(made)) is bool(forbids)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("银行不得误导销售保险产品，自2025年10月1日起，应当对销售过程录音录像。", "自2025年10月1日起，应当对销售过程录音录像"),
        ("银行不得误导销售，并应当对销售过程录音录像。", "并应当对销售过程录音录像"),
        ("银行不得擅自扣款；应当公示价格。", "应当公示价格"),
        ("银行不得隐瞒应当披露的信息。", ""),
        ("银行不得擅自扣款，不应搭售。", ""),
        ("银行应当公示价格，严禁虚假宣传。", ""),
    ],
)
def test_what_a_prohibition_also_asks_is_said_to_need_a_requirement_of_its_own(words: str, asked: str) -> None:
    made = draft([f"第一条 {words}"], "yl25")
    [one] = made.requirements
    assert one.asks == asked
    assert (f"这里还有义务（{asked}）" in as_yaml(made)) is bool(asked)


def test_the_items_of_a_list_that_is_forbidden_ask_nothing() -> None:
    made = draft(["第一条 银行不得有下列行为：", "（一）拒绝应当办理的业务；", "（二）强制搭售。"], "yl25")
    assert [(one.obligation, one.asks) for one in made.requirements] == [("must-not", "")]


def test_the_command_writes_no_file_over_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    official, out = tmp_path / "official.txt", tmp_path / "draft.yaml"
    official.write_text(ARTICLES, encoding="utf-8")
    assert main(["draft", str(official), "--out", str(out), "--id", "yl25"]) == 0
    before = out.read_bytes()
    assert main(["draft", str(official), "--out", str(out), "--id", "other"]) == 2
    assert out.read_bytes() == before
    assert "10 条：拟出 5 项要求" in capsys.readouterr().err


@pytest.mark.parametrize("id", ["a b", "25yl", "养老"])
def test_an_id_that_no_policy_may_have_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], id: str) -> None:
    official, out = tmp_path / "official.txt", tmp_path / "draft.yaml"
    official.write_text(ARTICLES, encoding="utf-8")
    assert main(["draft", str(official), "--out", str(out), "--id", id]) == 2
    assert not out.exists() and f"编号 {id} 不合格式" in capsys.readouterr().err


def test_an_id_with_han_characters_is_kept_as_a_catalog_would_keep_it() -> None:
    assert draft(["第一条 银行应当公示价格。"], "yl养老").id == "yl养老"


def test_a_text_without_numbered_clauses_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("今天天气很好。\n大家都很高兴。\n", encoding="utf-8")
    assert main(["draft", str(tmp_path / "a.txt")]) == 2
    assert "找不到编号的条款" in capsys.readouterr().err
    assert main(["draft", str(tmp_path / "absent.txt")]) == 2
    assert capsys.readouterr().err == f"找不到文件或文件夹 {tmp_path / 'absent.txt'} / no such file or folder: {tmp_path / 'absent.txt'}\n"


@pytest.mark.parametrize("name", ["matrix.xlsx", "matrix.csv", "lines.jsonl", "alignment.json", "old.doc", "folder"])
def test_what_is_no_official_text_is_refused_and_what_is_read_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    clause = "第一条 银行应当为老年客户保留人工窗口。"
    if name == "matrix.xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        book.active.append([clause])
        book.save(tmp_path / name)
    elif name == "folder":
        (tmp_path / name).mkdir()
    else:
        held = {
            "matrix.csv": f"正文,标题,日期\n{clause},甲,2025-01-01\n{clause},乙,2025-01-02\n",
            "lines.jsonl": f'{{"text": "{clause}"}}\n{{"text": "{clause}"}}\n',
            "alignment.json": f'[{{"words": "{clause}"}}]',
        }
        (tmp_path / name).write_bytes(held[name].encode() if name in held else b"\xd0\xcf\x11\xe0" + bytes(100))
    out = tmp_path / "draft.yaml"
    assert main(["draft", str(tmp_path / name), "--out", str(out)]) == 2 and not out.exists()
    assert "draft 读官方文本：txt、html、docx、pdf / draft reads official texts: txt, html, docx, pdf" in capsys.readouterr().err


@pytest.mark.skipif(not (SHARED / "policy-texts").is_dir(), reason="needs the official texts")
@pytest.mark.parametrize(
    ("policy", "clauses", "matched", "obligations"),
    [("cp22", 57, 1.0, 0.95), ("fa25", 21, 0.9, 0.9), ("ph25", 18, 1.0, 0.9)],
)
def test_drafts_of_official_texts_against_the_list_made_by_hand(
    policy: str, clauses: int, matched: float, obligations: float
) -> None:
    listed = yaml.safe_load((SHARED / "policies" / "requirements.yaml").read_text(encoding="utf-8"))["policies"]
    wanted = next(one for one in listed if one["id"] == policy)["requirements"]
    read = whole_paragraphs(SHARED / "policy-texts" / f"{policy}.txt")
    assert isinstance(read, tuple)
    made = draft(read, policy)
    judged = judge_draft(made, wanted)
    assert (len(made.clauses), judged.clauses) == (clauses, 1.0)
    assert judged.matched >= matched and judged.obligations >= obligations
    assert len(judged.spurious) <= 1


# ---- an article that asks several things -----------------------------------------------------------------------

TWICE = """\
云岭市金融监督管理局关于账户服务的若干规定
第一条　银行应当在开户时核实客户身份。银行不得以防范诈骗为由拒绝正常开户，应当提供简易开户服务。
第二条　银行应当建立监测模型。模型每年评估一次，评估结果应当报告董事会。
第三条　银行不得出售客户信息。自2026年7月1日起，银行应当提供名下账户一键查询。
第四条　本规定自2026年1月1日起施行。
"""


def test_sentences_of_an_article_that_each_bind_institutions_are_requirements_of_their_own() -> None:
    made = draft(paragraphs(TWICE), "zh25")
    assert [(one.id, one.obligation) for one in made.requirements] == [
        ("zh25-01.a", "must"), ("zh25-01.b", "must-not"), ("zh25-02", "must"), ("zh25-03.a", "must-not"), ("zh25-03.b", "must"),
    ]  # fmt: skip
    assert "评估结果" in next(one.source for one in made.requirements if one.id == "zh25-02")


def test_a_duty_that_says_from_when_it_binds_has_that_day_and_another_title() -> None:
    made = {one.id: one for one in draft(paragraphs(TWICE), "zh25").requirements}
    assert {id: one.effective for id, one in made.items() if one.effective} == {"zh25-03.b": "2026-07-01"}
    assert "一键查询" in made["zh25-03.b"].title


def test_a_text_that_does_not_say_when_it_was_published_is_taken_to_be_on_the_day_of_issue(law: Draft) -> None:
    assert law.head.published == "" and yaml.safe_load(as_yaml(law))["policy"]["published"] == law.head.issued

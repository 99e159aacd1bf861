"""What people fill into a workbook comes back as decisions, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from mapper.review import load_decisions
from mapper.review.decisions import requirement_digest
from mapper.review.take import files_with, resealed, sealed, unknown
from mapper.review.workbook import Filled, read_workbook
from tests.builders import ELDERLY, GREEN, tiny_catalog
from tests.review.worlds import HARBOUR, LOANS, RULINGS, WINDOW, decided, filled, made

pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")
openpyxl = pytest.importorskip("openpyxl")

DIGEST = requirement_digest(next(one for one in tiny_catalog().requirements if one.id == ELDERLY))


def exported(*decisions: object) -> bytes:
    from mapper.report.formats import FORMATS

    return FORMATS["xlsx"].render(made(*decisions))  # type: ignore[arg-type]


def read(workbook: bytes, *decisions: object, **given: str) -> Filled:
    return read_workbook(workbook, "审阅.xlsx", made(*decisions), **given)  # type: ignore[arg-type]


def codes(found: Filled) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in found.problems]


@pytest.mark.parametrize("decisions", [(), RULINGS])
def test_what_was_exported_and_not_touched_says_nothing_new(decisions: tuple[object, ...]) -> None:
    assert read(exported(*decisions)) == Filled()


def test_a_filled_in_row_is_a_decision_about_its_words() -> None:
    book = filled(
        exported(),
        "Evidence",
        ({"Quote": WINDOW}, {"Decision (choose)": "驳回 reject", "Remark": "只是宣传", "Reviewer": "李雷", "Reviewed on": "2026/3/5"}),
        ({"Quote": LOANS}, {"Change to (choose)": "表态 commitment", "Reviewer": "李雷", "Reviewed on": "2026年3月5日"}),
        ({"Quote": HARBOUR}, {"Remark": "请核对", "Reviewer": "李雷", "Reviewed on": "2026-03-05"}),
    )
    found = read(book)
    assert found.problems == []
    assert {(one.ruling, one.to, one.words, one.by, one.at) for one in found.decisions} == {
        ("reject", None, WINDOW, "李雷", "2026-03-05"),
        ("regrade", "commitment", LOANS, "李雷", "2026-03-05"),
        ("comment", None, HARBOUR, "李雷", "2026-03-05"),
    }
    rejected = next(one for one in found.decisions if one.ruling == "reject")
    assert (rejected.why, rejected.document) == ("只是宣传", "一/a.txt")
    assert rejected.seen is not None and (rejected.seen.requirement, rejected.seen.grade) == (DIGEST, "action")


def test_an_allegation_that_is_accepted_in_a_workbook_was_seen_as_a_fault() -> None:
    """The sheet calls it an allegation, which is no grade of its own."""
    from mapper.report.formats import FORMATS

    world = made()
    said = {"grade": "adverse", "basis": "allegation"}
    pieces = tuple(one.model_copy(update=said) if one.quote == WINDOW else one for one in world.evidence)
    alleged = world.model_copy(update={"evidence": pieces})
    accepted = {"Decision (choose)": "认可 accept", "Reviewer": "李雷", "Reviewed on": "2026-03-05"}
    book = filled(FORMATS["xlsx"].render(alleged), "Evidence", ({"Quote": WINDOW}, accepted))
    (one,) = read_workbook(book, "审阅.xlsx", alleged).decisions
    assert one.seen is not None and one.seen.grade == "adverse"


def test_a_gap_can_be_declared_not_applicable_or_set_by_hand() -> None:
    book = filled(
        exported(),
        "Gaps",
        ({"Firm": "海港银行", "Requirement": GREEN}, {"Decision (choose)": "不适用 not-applicable", "Remark": "不放贷"}),
        ({"Firm": "云岭银行", "Requirement": "op21-complaint"}, {"Decision (choose)": "stated", "Remark": "年报有"}),
    )
    found = read(book, by="李雷", at="2026-03-05")
    assert found.problems == []
    assert {(one.firm, one.ruling, one.to, one.seen.status if one.seen else None) for one in found.decisions} == {
        ("海港银行", "not-applicable", None, "none"),
        ("云岭银行", "set", "stated", "none"),
    }


def test_who_and_when_are_as_the_file_says_where_the_row_does_not() -> None:
    book = filled(exported(), "Evidence", ({"Quote": WINDOW}, {"Decision (choose)": "accept"}), by="李雷")
    [decision] = read(book).decisions
    assert decision.by == "李雷" and decision.at > "2020"
    assert read(book, by="韩梅", at="2026-01-02").decisions[0].by == "韩梅"


def test_a_row_without_a_reviewer_is_refused() -> None:
    book = filled(exported(), "Evidence", ({"Quote": WINDOW}, {"Decision (choose)": "accept"}))
    assert [code for code, _ in codes(read(book))] == ["workbook-nobody"]


def test_a_changed_id_or_quote_is_refused_by_row_and_the_others_are_read() -> None:
    good = {"Decision (choose)": "accept", "Reviewer": "李雷", "Reviewed on": "2026-03-05"}
    book = filled(
        exported(),
        "Evidence",
        ({"Quote": WINDOW}, good | {"ID": "0000000000000000"}),
        ({"Quote": LOANS}, good | {"Quote": "别的话。"}),
        ({"Quote": HARBOUR}, good),
    )
    found = read(book)
    assert [code for code, _ in codes(found)] == ["workbook-id-changed"] * 2
    assert all(line is not None and line >= 3 for _, line in codes(found))
    assert "[证据 Evidence]" in found.problems[0].path
    assert [one.words for one in found.decisions] == [HARBOUR]


def test_a_row_whose_words_have_left_the_alignment_since_is_still_taken() -> None:
    book = filled(exported(), "Evidence", ({"Quote": WINDOW}, {"Decision (choose)": "accept"}))
    from mapper.model import Alignment

    bare = made()
    later = Alignment(
        run=bare.run, policies=bare.policies, firms=bare.firms, documents=bare.documents, evidence=(), cells=bare.cells
    )
    assert len(read_workbook(book, "x", later, by="李雷", at="2026-03-05").decisions) == 1


def test_columns_of_ones_own_a_moved_column_and_unknown_choices() -> None:
    book = openpyxl.load_workbook(BytesIO(filled(exported(), "Evidence", ({"Quote": WINDOW}, {"Decision (choose)": "maybe"}))))
    table = next(one for one in book.worksheets if one.title.endswith("Evidence"))
    table.insert_cols(1)
    table.cell(2, 1).value = "我的一列"
    table.cell(3, 1).value = "随便"
    out = BytesIO()
    book.save(out)
    found = read(out.getvalue(), by="李雷", at="2026-03-05")
    assert [code for code, _ in codes(found)] == ["workbook-choice"]


def test_what_is_no_workbook_or_another_one_is_said() -> None:
    for broken in (b"not a workbook", b"", exported()[:2000]):
        assert codes(read(broken)) == [("workbook-unreadable", None)]
        assert "Error" not in str(read(broken).problems[0])
    other = openpyxl.Workbook()
    out = BytesIO()
    other.save(out)
    assert codes(read(out.getvalue())) == [("workbook-no-columns", None)]


# ---- sheets and columns that are gone ---------------------------------------------------------------------------

ACCEPTED = {"Decision (choose)": "accept", "Remark": "属实", "Reviewer": "李雷", "Reviewed on": "2026-03-05"}


def changed(book: bytes, change: Callable[[Any], None]) -> bytes:
    """The workbook as somebody saved it who did this to it."""
    opened = openpyxl.load_workbook(BytesIO(book))
    change(opened)
    out = BytesIO()
    opened.save(out)
    return out.getvalue()


def heading(name: str, new: str | None, sheet: str = "证据 Evidence") -> Callable[[Any], None]:
    """Write another heading, or delete the whole column."""

    def change(opened: Any) -> None:
        table = opened[sheet]
        at = next(cell.column for cell in table[2] if str(cell.value).endswith(name))
        if new is None:
            table.delete_cols(at)
        else:
            table.cell(2, at).value = new

    return change


@pytest.mark.parametrize(
    ("name", "new", "said"),
    [
        ("Decision (choose)", "结论", "裁定（请选）"),
        ("Quote", "原话", "引文"),
        ("ID", None, "编号"),
        ("Remark", "说明", "备注"),
        ("Reviewer", "谁", "审阅人"),
    ],
)
def test_a_sheet_without_one_of_its_headings_is_named_with_its_rows_and_nothing_of_it_is_taken(
    name: str, new: str | None, said: str
) -> None:
    book = filled(exported(), "Evidence", ({"Quote": WINDOW}, ACCEPTED), ({"Quote": HARBOUR}, ACCEPTED))
    found = read(changed(book, heading(name, new)))
    assert found.decisions == []
    assert [code for code, _ in codes(found)] == ["workbook-columns", "workbook-rows-lost"]
    assert said in str(found.problems[0]) and "[证据 Evidence]" in found.problems[0].path
    assert len(found.problems[1].params["rows"].split("、")) == 2


def test_the_other_sheets_of_such_a_workbook_are_read(tmp_path: Path) -> None:
    gap = ({"Firm": "海港银行", "Requirement": GREEN}, ACCEPTED | {"Decision (choose)": "不适用 not-applicable"})
    found = read(changed(filled(exported(), "Gaps", gap), heading("Decision (choose)", "结论")))
    assert [one.ruling for one in found.decisions] == ["not-applicable"]
    assert [code for code, _ in codes(found)] == ["workbook-columns"], "nothing was filled in there"


def test_who_reviewed_may_be_said_for_the_whole_workbook_in_place_of_a_column() -> None:
    book = filled(exported(), "Evidence", ({"Quote": WINDOW}, {"Decision (choose)": "accept"}))
    bare = changed(changed(book, heading("Reviewer", None)), heading("Reviewed on", None))
    found = read(bare, by="韩梅", at="2026-01-02")
    assert [code for code, _ in codes(found)] == [] and found.decisions[0].by == "韩梅"


def test_a_workbook_whose_notes_are_damaged_is_read_all_the_same() -> None:
    """Who saved it last is then unknown; the rows say who decided."""
    row = ({"Quote": WINDOW}, {"Decision (choose)": "驳回 reject", "Reviewer": "李雷", "Reviewed on": "2026-03-05"})
    whole = filled(exported(), "Evidence", row)
    with ZipFile(BytesIO(whole)) as packed:
        notes = packed.getinfo("docProps/core.xml")
    at = notes.header_offset + 30 + len(notes.filename)
    damaged = whole[:at] + b"\xff" * 8 + whole[at + 8 :]
    assert [(one.ruling, one.by) for one in read(damaged).decisions] == [("reject", "李雷")]


@pytest.mark.parametrize("sheet", ["证据 Evidence", "空缺 Gaps"])
def test_a_sheet_that_was_deleted_is_named(sheet: str) -> None:
    found = read(changed(exported(), lambda opened: opened.remove(opened[sheet])))
    assert [(code, sheet in str(found.problems[0])) for code, _ in codes(found)] == [("workbook-sheet-missing", True)]


def test_a_sheet_that_was_renamed_is_known_by_its_columns() -> None:
    def rename(opened: Any) -> None:
        opened["证据 Evidence"].title = "李雷的"

    found = read(changed(filled(exported(), "Evidence", ({"Quote": WINDOW}, ACCEPTED)), rename))
    assert found.problems == [] and len(found.decisions) == 1


def test_a_formula_without_a_stored_value_is_no_empty_cell() -> None:
    formula = {"Decision (choose)": '="ac"&"cept"', "Reviewer": "李雷", "Reviewed on": "2026-03-05"}
    found = read(filled(exported(), "Evidence", ({"Quote": WINDOW}, formula), ({"Quote": HARBOUR}, ACCEPTED)))
    assert [code for code, _ in codes(found)] == ["workbook-formula"] and found.problems[0].line
    assert [one.words for one in found.decisions] == [HARBOUR]


# ---- taking decisions into a file ------------------------------------------------------------------------------


def test_new_decisions_go_behind_the_old_and_the_text_above_stays(tmp_path: Path) -> None:
    target = tmp_path / "decisions.yaml"
    head = "# 我的注\nschema: mapper/decisions/1\ndecisions:\n"
    head += "- {firm: 甲, requirement: r, ruling: reject, words: 一, by: 王, at: 2026-03-01}\n"
    target.write_text(head, encoding="utf-8")
    [(path, data)] = files_with(target, [decided("accept")]).items()
    assert path == target and data.decode().startswith(head)
    target.write_bytes(data)
    assert sorted(one.ruling for one in load_decisions(target)[0].entries) == ["accept", "reject"]


def test_in_a_folder_each_reviewer_has_a_file(tmp_path: Path) -> None:
    files = files_with(tmp_path, [decided("accept"), decided("reject", by="李/雷")])
    assert sorted(path.name for path in files) == ["李_雷.yaml", "王芳.yaml"]


def test_what_is_known_is_not_taken_again_and_a_confirmation_is_news() -> None:
    alignment = made()
    [one] = sealed([decided("accept")], alignment)
    assert one.seen is not None and one.seen.grade == "action"
    assert unknown([one, one], []) == [one]
    again = one.model_copy(update={"at": "2026-04-01"})
    assert unknown([again], [one]) == []
    other = again.model_copy(update={"seen": one.seen.model_copy(update={"grade": "outcome"})})
    assert unknown([other], [one]) == [other]


def test_a_file_written_by_hand_gets_what_the_machine_said(tmp_path: Path) -> None:
    from mapper.review import dump_decisions

    file = tmp_path / "decisions.yaml"
    file.write_text(dump_decisions(RULINGS), encoding="utf-8")
    [(path, data)] = resealed(file, made()).items()
    path.write_bytes(data)
    entries = load_decisions(file)[0].entries
    assert len(entries) == len(RULINGS)
    assert sum(one.seen is not None for one in entries) == len(RULINGS) - 1, "gone words cannot be seen"
    assert resealed(file, made()) == {}

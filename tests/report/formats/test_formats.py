"""What every format promises: the same bytes, Chinese kept, human and machine side by side, extras named."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from mapper.cli import main
from mapper.model import Alignment
from mapper.problems import ExtraMissingError
from mapper.report.formats import FORMATS, interface
from mapper.report.json import dump
from mapper.report.tables import TABLES
from tests.report.conftest import HOSTILE, sample
from tests.review.worlds import FORMULA, HARBOUR, LOANS, MISSED, RULINGS, WINDOW, made

LARGEST = "x" * 40_000


def render(name: str, alignment: Alignment | None = None) -> bytes:
    one = FORMATS[name]
    for module in {"excel": "xlsxwriter", "word": "docx", "parquet": "pyarrow"}.get(one.extra or "", "json").split():
        pytest.importorskip(module)
    return one.render(alignment or made(*RULINGS))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_alignment_gives_the_same_bytes(name: str) -> None:
    assert render(name) == render(name)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("mark", [*HOSTILE, "\x00\x0b\ufffe", LARGEST])
def test_no_words_break_a_format(name: str, mark: str) -> None:
    made_of = render(name, sample(mark))
    assert made_of or name == "decisions-jsonl", "there are no decisions in it"


@pytest.mark.parametrize("name", FORMATS)
def test_an_alignment_without_evidence_can_be_written(name: str) -> None:
    bare = made(corpus=[])
    assert render(name, bare) or name.endswith("jsonl")


def test_files_have_names_of_their_own() -> None:
    assert len({one.file for one in FORMATS.values()}) == len(FORMATS)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(interface, "import_module", absent)
    for name, extra in (("xlsx", "excel"), ("docx", "word"), ("parquet", "parquet")):
        with pytest.raises(ExtraMissingError) as raised:
            FORMATS[name].render(made())
        assert raised.value.extra == extra == FORMATS[name].extra


# ---- records ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_its_fields_with_their_types(name: str) -> None:
    records = TABLES[name](made(*RULINGS))
    assert records.rows
    for row in records.rows:
        for value, (field, kind) in zip(row, records.fields.items(), strict=True):
            assert value is None or isinstance(value, kind), (field, value)


def test_csv_and_json_lines_hold_the_same_evidence() -> None:
    rows = list(csv.DictReader(StringIO(render("csv").decode())))
    lines = [json.loads(line) for line in render("jsonl").decode().splitlines()]
    assert [row["quote"] for row in rows] == [line["quote"] for line in lines]
    assert {WINDOW, LOANS, HARBOUR, FORMULA, MISSED} == {row["quote"] for row in rows}
    by_quote = {row["quote"]: row for row in rows}
    assert (by_quote[WINDOW]["grade"], by_quote[WINDOW]["review"]) == ("action", "rejected")
    assert (by_quote[MISSED]["origin"], by_quote[MISSED]["grade"], by_quote[MISSED]["review"]) == ("reviewer", "", "action")
    assert by_quote[HARBOUR]["review"] == "conflict" and "李雷" in by_quote[HARBOUR]["decisions"]


def test_csv_for_excel_has_a_mark_and_no_formula() -> None:
    plain, excel = render("csv"), FORMATS["csv"].for_excel
    assert excel is not None
    marked = excel(made())
    assert marked.startswith(b"\xef\xbb\xbf") and not plain.startswith(b"\xef\xbb\xbf")
    assert f"'{FORMULA}" in marked.decode() and f"'{FORMULA}" not in plain.decode()


def test_cells_say_what_the_machine_and_what_reviewers_say() -> None:
    cells = {(row["firm"], row["requirement"]): row for row in csv.DictReader(StringIO(render("cells-csv").decode()))}
    assert cells["海港银行", "op21-complaint"]["status"] == "none"
    assert cells["海港银行", "op21-complaint"]["review"] == "not-applicable"
    assert cells["海港银行", "op23-elderly"]["review"] == "conflict"


def test_an_allegation_is_told_from_a_finding_in_every_table() -> None:
    world = made()
    last = world.evidence[-1]
    alleged = last.model_copy(update={"grade": "adverse", "basis": "allegation"})
    cells = tuple(one.model_copy(update={"allegations": int(last.id in one.evidence)}) for one in world.cells)
    world = world.model_copy(update={"evidence": (*world.evidence[:-1], alleged), "cells": cells})
    rows = {name: list(csv.DictReader(StringIO(render(name, world).decode()))) for name in ("csv", "cells-csv")}
    assert [row["basis"] for row in rows["csv"] if row["id"] == last.id] == ["allegation"]
    assert {(row["allegations"], row["adverse"]) for row in rows["cells-csv"] if row["allegations"] != "0"} == {("1", "0")}
    assert '"basis": "allegation"' in render("jsonl", world).decode()
    with ZipFile(BytesIO(render("oscal", world))) as folder:
        assert any("allegation" in folder.read(name).decode() for name in folder.namelist())


def test_every_decision_is_a_record_with_its_state() -> None:
    rows = list(csv.DictReader(StringIO(render("decisions-csv").decode())))
    assert len(rows) == len(RULINGS)
    assert {row["state"] for row in rows} == {"current", "conflict", "orphaned"}


def test_parquet_has_the_types_of_the_fields() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(BytesIO(render("parquet")))
    assert table.num_rows == len(made(*RULINGS).evidence) + 1
    assert {str(table.schema.field(name).type) for name in ("score", "start", "predates", "quote")} == {
        "double", "int64", "bool", "string",
    }


# ---- the schema ------------------------------------------------------------------------------------------------


def test_every_alignment_keeps_to_the_schema_and_a_broken_one_does_not() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(render("schema"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for alignment in (made(*RULINGS), sample(), made(corpus=[])):
        assert list(validator.iter_errors(json.loads(dump(alignment)))) == []
    broken = json.loads(dump(made()))
    broken["cells"][0]["status"] = "fine"
    assert list(validator.iter_errors(broken))
    assert list(validator.iter_errors(broken | {"schema": "other"}))


# ---- Word and paper --------------------------------------------------------------------------------------------


def test_the_report_opens_and_says_what_it_is_not() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(BytesIO(render("docx")))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "这不是合规结论" in document.sections[0].footer.paragraphs[0].text
    assert FORMULA in words and "王芳 2026-03-01 认可（有分歧）：试" in words
    with ZipFile(BytesIO(render("docx"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_firm_has_one_sheet_with_the_disclaimer_and_its_evidence_behind() -> None:
    page = render("firm-sheets").decode()
    assert page.count('<table class="sheet">') == len(made().firms)
    assert page.count("<tfoot>") == len(made().firms) and "这不是合规结论" in page
    assert WINDOW in page and "已驳回" in page


def test_a_requirement_has_one_sheet() -> None:
    page = render("requirement-sheets").decode()
    assert page.count('<table class="sheet">') == 5 and HARBOUR in page


# ---- the command -----------------------------------------------------------------------------------------------


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    file = tmp_path / "out" / "alignment.json"
    file.parent.mkdir()
    file.write_text(dump(made(*RULINGS)), encoding="utf-8")
    return file


def test_export_writes_beside_the_alignment_and_names_what_it_wrote(
    exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--format", "csv,jsonl", "--alignment", str(exported)]) == 0
    assert capsys.readouterr().out.splitlines() == [str(exported.parent / name) for name in ("evidence.csv", "evidence.jsonl")]
    assert (exported.parent / "evidence.csv").read_bytes() == render("csv")


def test_export_of_one_firm_and_one_requirement(exported: Path, tmp_path: Path) -> None:
    target = tmp_path / "one.csv"
    arguments = ["export", "--format", "csv", "--alignment", str(exported), "--out", str(target), "--bom"]
    assert main([*arguments, "--firm", "云行", "--requirement", "op23-green"]) == 0
    assert [row["quote"] for row in csv.DictReader(StringIO(target.read_text(encoding="utf-8-sig")))] == [LOANS]


def test_a_part_is_written_beside_the_whole_and_not_over_it(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["export", "--format", "csv", "--alignment", str(exported)]
    assert main(arguments) == 0
    assert main([*arguments, "--firm", "云行", "--requirement", "op23-green"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == str(exported.parent / "evidence-云岭银行-op23-green.csv")
    assert (exported.parent / "evidence.csv").read_bytes() == render("csv")


def test_a_part_without_any_evidence_is_said_to_be_empty(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["export", "--format", "csv", "--alignment", str(exported), "--firm"]
    assert main([*arguments, "中国工商银行"]) == 0
    assert "没有一条证据" in capsys.readouterr().err
    assert main([*arguments, "云行"]) == 0
    assert "没有一条证据" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "xls"],
        ["--format", ""],
        ["--format", "jsonl", "--bom"],
        ["--format", "csv", "--firm", "无此机构"],
        ["--format", "json", "--firm", "云行"],
        ["--format", "csv", "--alignment", "nowhere.json"],
    ],
)
def test_what_cannot_be_exported_is_said_and_nothing_is_written(exported: Path, arguments: list[str]) -> None:
    before = {path: path.read_bytes() for path in exported.parent.iterdir()}
    assert main(["export", "--alignment", str(exported), *arguments]) == 2
    assert {path: path.read_bytes() for path in exported.parent.iterdir()} == before

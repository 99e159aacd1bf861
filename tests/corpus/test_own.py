"""What the program wrote or reads itself is no document; what cannot be read is named."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from mapper.cli import main
from mapper.corpus import read_corpus
from mapper.corpus.document import document_text
from mapper.model import DocumentText
from mapper.problems import Problem
from mapper.report.formats import FORMATS
from tests.builders import REPOSITORY
from tests.corpus.conftest import Make
from tests.tiny import workspace

SENTENCE = "云岭银行在县域网点设立小微企业服务专窗。"


def texts(source: str | bytes) -> list[str]:
    found = document_text("a", source.encode() if isinstance(source, str) else source)
    assert isinstance(found, DocumentText), found
    return [p.text for p in found.passages]


def test_results_and_policies_in_the_folder_are_named_and_not_read(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(SENTENCE, encoding="utf-8")
    assert main(["build", "--corpus", str(corpus), "--out", str(tmp_path / "out")]) == 0
    shutil.copytree(tmp_path / "out", corpus / "out")
    shutil.copytree(REPOSITORY / "policies", corpus / "policies")
    again = read_corpus(corpus)
    assert [text.document.id for text in again.documents] == ["a.txt"]
    named = {problem.path for problem in again.problems if problem.code == "document-own"}
    assert {"out/matrix.html", "out/alignment.json", "policies/lexicon.yaml", "policies/ph23.yaml"} <= named
    assert all(problem.severity == "warning" for problem in again.problems)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (b"{\\rtf1\\ansi hello}", "RTF"),
        (b" \r\n{\\rtf1\\ansi hello}", "RTF"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nx", "MHT"),
        (b"From: a@b\r\nSubject: c\r\n d\r\nContent-Transfer-Encoding: base64\r\n\r\n5b6u5LyX6ZO26KGM\r\n", "e-mail"),
        (b"From a@b Mon\n" + b"X-A: b\n" * 999 + b"Content-Transfer-Encoding: base64\n\n5b6u5LyX6ZO26KGM\n", "e-mail"),
        ("From: a@b\r\nTo: c@d\r\nSubject: 通知\r\n\r\n云岭银行为老年人保留人工服务。\r\n".encode(), "e-mail"),
        ("From a@b Mon May 6\nReceived: by a\n\twith b\nMessage-ID: <1@b>\nFrom: a@b\n\n保留人工服务。\n".encode(), "e-mail"),
        (b"From: a@b\n\n--q\nContent-Transfer-Encoding: quoted-printable\n\n=E5=BE=AE=E4=BC=97\n", "e-mail"),
        (b"MIME-version: 1\nContent-Type: message/rfc822\n\nTo: c@d\nContent-Transfer-Encoding: base64\n\n5b6u\n", "e-mail"),
    ],
)
def test_formats_that_look_like_text_and_are_none_are_named(source: bytes, what: str) -> None:
    found = document_text("a", source)
    assert isinstance(found, Problem) and (found.code, found.params["what"]) == ("document-format", what)


@pytest.mark.parametrize("head", ["Date: 2024-05-06\nTitle: 年报\n\n", "From: 某报\nDate: 2024-05-06\n\n", "Subject：通知\n\n"])
def test_a_text_with_a_line_or_two_such_as_letters_have_is_read(head: str) -> None:
    found = document_text("a.txt", f"{head}云岭银行为老年人保留人工服务。\n".encode())
    assert isinstance(found, DocumentText) and "人工服务" in found.passages[-1].text


@pytest.mark.parametrize(
    "source",
    [
        "<html><body><p>{0}</p><img src='data:image/png;base64,{1}' alt='图'><p>全部网点配备老花镜。</p></body></html>",
        '<html><body><p>{0}<img src="data:image/png;base64,{1}"></p><p>全部网点配备老花镜。</p></body></html>',
        "# 标题\n\n{0}\n\n![图](data:image/png;base64,{1})\n\n全部网点配备老花镜。\n",
        "{0}\n[图]: data:image/png;base64,{1}\n全部网点配备老花镜。\n",
    ],
)
def test_a_picture_within_a_text_is_no_words(source: str) -> None:
    found = texts(source.format(SENTENCE, "iVBORw0KGgo4Aa9" * 4000))
    assert SENTENCE in found and "全部网点配备老花镜。" in found
    assert not any("iVBOR" in text for text in found)


@pytest.mark.parametrize(
    "hidden",
    [
        "<del>多余</del>",
        "<s>多余</s>",
        "<strike>多余</strike>",
        "<span style='font-size:0'>多余</span>",
        "<span style='opacity: 0'>多余</span>",
        "<span style='text-decoration: line-through'>多余</span>",
        "<span style='position:absolute; left:-9999px'>多余</span>",
        "<span style='text-indent: -999em'>多余</span>",
        "<span style='clip-path: inset(100%)'>多余</span>",
        "<span style='transform: scale(0)'>多余</span>",
    ],
)
def test_what_is_struck_out_or_too_small_to_see_is_dropped(hidden: str) -> None:
    assert texts(f"<html><body><p>云岭银行{hidden}设立服务专窗。</p></body></html>") == ["云岭银行设立服务专窗。"]


def test_a_name_with_its_reading_above_is_a_name() -> None:
    page = "<html><body><p><ruby>云<rp>(</rp><rt>yún</rt><rp>)</rp>岭<rt>lǐng</rt></ruby>银行设立服务专窗。</p></body></html>"
    assert texts(page) == ["云岭银行设立服务专窗。"]


def body(inner: str) -> dict[str, str]:
    xml = '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="urn:w" xmlns:mc="urn:m"><w:body>'
    return {"word/document.xml": f"{xml}{inner}</w:body></w:document>"}


def test_a_place_near_the_page_hides_nothing() -> None:
    shown = "<span style='position:relative; left:-8px; text-indent:-2em; transform:scale(0.9)'>专门</span>"
    assert texts(f"<html><body><p>云岭银行{shown}设立服务专窗。</p></body></html>") == ["云岭银行专门设立服务专窗。"]


def test_what_markdown_strikes_out_is_dropped() -> None:
    assert texts("# 标题\n\n云岭银行~~多余~~设立专窗3~5个。\n")[-1] == "云岭银行设立专窗3~5个。"


@pytest.mark.parametrize("mark", ["vanish", "strike", "dstrike"])
def test_word_runs_that_are_hidden_or_struck_out_are_dropped(make: Make, mark: str) -> None:
    runs = f"<w:r><w:t>云岭银行</w:t></w:r><w:r><w:rPr><w:{mark}/></w:rPr><w:t>多余</w:t></w:r><w:r><w:t>设立专窗。</w:t></w:r>"
    shown = f'<w:r><w:rPr><w:{mark} w:val="false"/></w:rPr><w:t>老花镜。</w:t></w:r>'
    assert texts(make.zipped(body(f"<w:p>{runs}</w:p><w:p>{shown}</w:p>"))) == ["云岭银行设立专窗。", "老花镜。"]


def test_word_text_boxes_are_read_once(make: Make) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>全部网点配备老花镜。</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    found = texts(make.zipped(body(f"<w:p><w:r><w:t>云岭银行</w:t></w:r><w:r>{both}</w:r><w:r><w:t>设立专窗。</w:t></w:r></w:p>")))
    assert sorted(found) == ["云岭银行设立专窗。", "全部网点配备老花镜。"]


def test_rows_past_the_limit_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from mapper.corpus.document import read_file
    from mapper.corpus.readers import xlsx
    from tests.corpus.test_tables import xlsx as book

    monkeypatch.setattr(xlsx, "ROWS_LIMIT", 2)
    found = read_file("a.xlsx", book([["正文"], [SENTENCE], ["全部网点配备老花镜。"]]))
    assert [problem.code for problem in found.problems] == ["document-cut-rows"]
    assert [p.text for p in found.documents[0].passages] == [SENTENCE]


def test_everything_that_was_ever_written_is_named_and_not_read(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(SENTENCE, encoding="utf-8")
    assert main(["build", "--corpus", str(corpus), "--out", str(tmp_path / "out")]) == 0
    made = tmp_path / "out" / "alignment.json"
    for name in FORMATS:
        assert main(["export", "--format", name, "--alignment", str(made), "--out", str(corpus / "results")]) == 0
    with ZipFile(corpus / "results" / "oscal.zip") as packed:
        packed.extractall(corpus / "unpacked")
    again = read_corpus(corpus)
    assert [text.document.id for text in again.documents] == ["a.txt"]
    assert {problem.code for problem in again.problems} == {"document-own"}


def test_the_folder_of_documents_may_hold_all_that_is_written_and_the_result_stays_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = workspace(tmp_path)
    monkeypatch.chdir(made.corpus)
    command = ["build", "--policies", str(made.policies), "--corpus", "."]
    assert main([*command, "--out", str(tmp_path / "apart")]) == 0
    alone = {path.name: path.read_bytes() for path in (tmp_path / "apart").iterdir()}
    shutil.copytree(made.policies, made.corpus / "policies")
    plain = ",".join(name for name, one in FORMATS.items() if one.extra is None)
    for more in ([], ["--also", plain], ["--out", ".", "--also", plain]):
        for _ in range(2):
            assert main([*command, *more]) == 0
            out = made.corpus / (more[1] if "--out" in more else "out")
            assert {name: (out / name).read_bytes() for name in alone} == alone
    assert main(["diff", "out", str(tmp_path / "apart"), "--format", "html", "--out", "changes.html"]) == 0
    assert main(["diff", "out", str(tmp_path / "apart"), "--format", "json", "--out", "changes.json"]) == 0
    assert main(command) == 0
    assert {name: (made.corpus / "out" / name).read_bytes() for name in alone} == alone


def test_results_that_are_kept_for_the_next_run_are_no_documents(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    command = ["build", *made.arguments, "--out", str(made.corpus / "out"), "--store", str(made.corpus / "kept")]
    assert main(command) == 0
    first = (made.corpus / "out" / "alignment.json").read_bytes()
    (made.corpus / "kept" / "results.sqlite-journal").write_bytes(b"\xd9\xd5 half a step")
    assert main(command) == 0
    assert (made.corpus / "out" / "alignment.json").read_bytes() == first


def test_a_document_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = workspace(tmp_path)
    made.write("corpus/matrix.html", page := f"<html><body><p>{SENTENCE}</p></body></html>")
    assert main(["build", *made.arguments, "--out", str(made.corpus)]) == 2
    assert "matrix.html" in capsys.readouterr().err
    assert (made.corpus / "matrix.html").read_text("utf-8") == page
    assert not (made.corpus / "alignment.json").exists()


def test_what_lies_beside_policies_is_theirs_and_articles_there_are_documents(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "policies", tmp_path / "rules")
    for name in ("README.md", "notes.yaml", "learned.model"):
        (tmp_path / "rules" / name).write_text("老年客户可以在柜台办理业务。", encoding="utf-8")
    (tmp_path / "rules" / "a.txt").write_text(SENTENCE, encoding="utf-8")
    (tmp_path / "README.md").write_text(SENTENCE, encoding="utf-8")
    assert [text.document.id for text in read_corpus(tmp_path).documents] == ["README.md", "rules/a.txt"]


@pytest.mark.parametrize(
    "source",
    [
        '[{"text": "云岭银行设立服务专窗。"}]',
        '[\n {"title": "甲",\n  "body": "云岭银行设立服务专窗。"}\n]',
        '{"a": {"b": "云岭银行"}}',
        "[[{}]]",
    ],
)
def test_json_that_is_no_json_lines_is_named_and_not_read_as_prose(source: str) -> None:
    found = document_text("a.json", source.encode())
    assert isinstance(found, Problem) and found.code == "document-json"


def test_a_text_that_begins_with_a_bracket_is_a_text() -> None:
    assert texts("[图]\n\n" + SENTENCE)[-1] == SENTENCE
    assert texts('{"云岭银行"} ' + SENTENCE)


@pytest.mark.parametrize(
    "style", ["style='color:#fff'", "style='color: white'", "style='color:rgb(255, 255, 255)'", "style='color:transparent'"]
)
def test_white_letters_on_the_page_are_no_words_and_on_a_ground_of_their_own_they_are(style: str) -> None:
    page = "<html><body><p>云岭银行<span {}>多余</span>设立服务专窗。</p></body></html>"
    assert texts(page.format(style)) == ["云岭银行设立服务专窗。"]
    dark = style[:-1] + ";background:#003366'"
    assert texts(page.format(dark)) == ["云岭银行多余设立服务专窗。"]


def test_white_letters_of_word_are_no_words_unless_something_dark_is_behind_them(make: Make) -> None:
    white = "<w:r><w:rPr><w:color w:val='FFFFFF'/>{}</w:rPr><w:t>多余</w:t></w:r>"
    plain = "<w:r><w:t>云岭银行设立专窗。</w:t></w:r>"
    assert texts(make.zipped(body(f"<w:p>{white.format('')}{plain}</w:p>"))) == ["云岭银行设立专窗。"]
    cell = "<w:tc><w:tcPr><w:shd w:fill='003366'/></w:tcPr><w:p>{}</w:p></w:tc>"
    table = f"<w:tbl><w:tr>{cell.format(white.format(''))}{cell.format(plain)}</w:tr></w:tbl>"
    assert texts(make.zipped(body(table)))[0].startswith("多余")

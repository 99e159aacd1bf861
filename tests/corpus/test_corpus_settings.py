"""corpus.yaml: what it says is used; what is wrong in it is an error with its line."""

from pathlib import Path

import pytest

from mapper.corpus import read_corpus, settings

TEXT = "马上消费坚持自主研发,将数字化技术与金融业务深度融合。"


def folder(path: Path, yaml: str) -> Path:
    (path / "a.txt").write_text(TEXT, encoding="utf-8")
    (path / "corpus.yaml").write_text(yaml, encoding="utf-8")
    return path


def test_a_document_bears_what_is_said_of_it(tmp_path: Path) -> None:
    yaml = """
    documents:
      - path: a.txt
        title: 标题
        publisher: 某报
        publisher_basis: inferred
        date: 2022
        url: https://a.example/1
        speaker: 微众银行
        owner: 马上消费金融
    """
    document = read_corpus(folder(tmp_path, yaml)).documents[0].document
    assert (document.title, document.title_basis) == ("标题", "stated")
    assert (document.publisher, document.publisher_basis) == ("某报", "inferred")
    assert (document.date, document.date_basis) == ("2022", "stated")
    assert (document.url, document.speaker, document.owner) == ("https://a.example/1", "微众银行", "马上消费金融")


def test_the_file_is_optional_and_may_be_empty(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert read_corpus(tmp_path).settings_file is None
    for yaml in ("", "# nothing\n", "documents:\n"):
        assert settings.read(folder(tmp_path, yaml)) == (settings.Settings(), [])


@pytest.mark.parametrize(
    ("yaml", "code", "line"),
    [
        ("documents:\n- {path: a.txt, titel: x}\n", "yaml-unknown-key", 2),
        ("documents:\n- path: a.txt\n  titel: x\n", "yaml-unknown-key", 3),
        ("documents:\n- title: x\n", "yaml-missing-field", 2),
        ("documents:\n- path: a.txt\n  title: [x]\n", "yaml-wrong-value", 3),
        ("documents:\n- path: a.txt\n  date: 20220101\n", "yaml-wrong-value", 3),
        ("documents:\n- path: a.txt\n  date: 2022-13\n", "yaml-wrong-value", 3),
        ("documents:\n- path: a.txt\n  date: 2024-02-31\n", "yaml-wrong-value", 3),
        ("documents:\n- path: a.txt\n  date: 2023-02-29\n", "yaml-wrong-value", 3),
        ("documents:\n- path: a.txt\n  date_basis: guessed\n", "yaml-wrong-value", 3),
        ("documents:\n- a.txt\n", "yaml-wrong-value", 2),
        ("documents:\n- path: b.txt\n", "settings-document-missing", 2),
        ("documents:\n- path: ../a.txt\n", "settings-path-outside", 2),
        ("documents:\n- path: /etc/hosts\n", "settings-path-outside", 2),
        ("documents:\n- path: C:\\a.txt\n", "settings-path-outside", 2),
        ("documents:\n- path: a.txt\n- path: ./a.txt\n", "settings-path-twice", 3),
        ("documents:\n- path: a.txt\n  title: x\n  title: y\n", "yaml-duplicate-key", 4),
        ("files:\n- a.txt\n", "yaml-unknown-key", 1),
        ("documents: a.txt\n", "settings-shape", 1),
        ("- a.txt\n", "settings-shape", 1),
        ("documents: [\n", "yaml-syntax", 2),
    ],
)
def test_what_is_wrong_is_an_error_with_its_line(tmp_path: Path, yaml: str, code: str, line: int) -> None:
    problems = read_corpus(folder(tmp_path, yaml)).problems
    assert [(one.code, one.path, one.line, one.severity) for one in problems] == [(code, "corpus.yaml", line, "error")]
    assert str(problems[0]).startswith(f"corpus.yaml:{line}: ")


@pytest.mark.parametrize(("date", "forms"), [("2025年3月", "YYYY, YYYY-MM, YYYY-MM-DD"), ("2025-02-30", "YYYY-MM-DD")])
def test_a_wrong_date_is_answered_with_every_form_that_it_may_have(tmp_path: Path, date: str, forms: str) -> None:
    [problem] = read_corpus(folder(tmp_path, f"documents:\n- path: a.txt\n  date: '{date}'\n")).problems
    assert f"日期应写作 {forms}，" in str(problem) and f"written {forms}, is expected" in str(problem)


def test_a_link_that_leads_out_is_an_error(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(TEXT, encoding="utf-8")
    inside = tmp_path / "corpus"
    inside.mkdir()
    (inside / "b.txt").symlink_to(outside)
    problems = read_corpus(folder(inside, "documents:\n- path: b.txt\n")).problems
    assert [(one.code, one.severity) for one in problems] == [
        ("settings-path-outside", "error"),
        ("document-outside", "left-out"),
    ]

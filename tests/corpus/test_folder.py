"""A corpus folder may hold anything; the documents in it are read, everything else is left out by name."""

import os
from pathlib import Path

import pytest

from mapper.corpus import folder as files
from mapper.corpus import read_corpus, read_document
from mapper.problems import UnreadableError

TEXT = "马上消费坚持自主研发,将数字化技术与金融业务深度融合。"


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT, encoding="utf-8")


def left_out(folder: Path) -> dict[str, str]:
    return {one.path: one.code for one in read_corpus(folder).problems if one.severity == "left-out"}


def test_documents_are_read_in_the_order_of_their_ids_subfolders_too(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/c.txt", "a.txt", "乙.txt")
    assert [text.document.id for text in read_corpus(tmp_path).documents] == ["a.txt", "a/c.txt", "b.txt", "乙.txt"]


def test_settings_labels_and_hidden_files_are_no_documents(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ".hidden", ".git/config", "~$a.docx")
    for name in ("corpus.yaml", "firms.yaml", "gold.jsonl"):
        (tmp_path / name).write_text("", encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert [text.document.id for text in corpus.documents] == ["a.txt"]
    assert (corpus.settings_file, corpus.firms_file) == (tmp_path / "corpus.yaml", tmp_path / "firms.yaml")
    assert corpus.problems == ()


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(
            (name, "corpus.yaml")
            for name in ("corpus.yml", "Corpus.YAML", "CORPUS.yml", "corpus.yaml.txt", "corpus (1).yaml")
        ),
        *((name, "firms.yaml") for name in ("firm.yaml", "firms.yml", "Firms.yaml", "firm.yml", "firms - 副本.yaml")),
        *((name, "gold.jsonl") for name in ("Gold.jsonl", "gold.json")),
        *((f"2024/{name}", name) for name in ("corpus.yaml", "firms.yaml", "gold.jsonl")),
    ],
)
def test_settings_under_a_wrong_name_are_told_of_and_are_no_documents(tmp_path: Path, name: str, meant: str) -> None:
    write(tmp_path, "a.txt", name)
    corpus = read_corpus(tmp_path)
    assert [text.document.id for text in corpus.documents] == ["a.txt"]
    [problem] = corpus.problems
    assert (problem.code, problem.path, problem.severity) == ("settings-misnamed", name, "warning")
    assert meant in str(problem)


def test_a_settings_file_in_other_letters_that_the_system_takes_for_the_same_is_no_mistake(tmp_path: Path) -> None:
    """As on Windows, where capitals make no difference; a link stands in for that here."""
    write(tmp_path, "a.txt")
    (tmp_path / "Corpus.YAML").write_text("documents: []\n", encoding="utf-8")
    (tmp_path / "corpus.yaml").symlink_to(tmp_path / "Corpus.YAML")
    corpus = read_corpus(tmp_path)
    assert [text.document.id for text in corpus.documents] == ["a.txt"]
    assert corpus.problems == ()


@pytest.mark.parametrize("name", ["corpusculum.yaml", "firmware.yaml", "gold-prices.jsonl", "corpus.txt", "firms.md"])
def test_other_files_are_documents_whatever_their_names_begin_with(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert [text.document.id for text in read_corpus(tmp_path).documents] == [name]


def test_what_cannot_be_read_is_left_out_and_named(tmp_path: Path) -> None:
    write(tmp_path, "good.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.txt").write_bytes(b" \n\n")
    (tmp_path / "picture.png").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 500)
    (tmp_path / "some.zip").write_bytes(b"PK\x03\x04" + b"\x00" * 100)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (tmp_path / "russian.txt").write_bytes("Банк предоставляет финансовые услуги".encode("koi8-r"))
    corpus = read_corpus(tmp_path)
    assert [text.document.id for text in corpus.documents] == ["good.txt"]
    assert left_out(tmp_path) == {
        "blank.txt": "document-empty",
        "broken.pdf": "document-broken",
        "empty.txt": "document-empty",
        "old.doc": "document-format",
        "picture.png": "document-undecodable",
        "russian.txt": "document-undecodable",
        "some.zip": "document-format",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes and links")
def test_pipes_and_links_that_lead_out_are_left_out(tmp_path: Path) -> None:
    inside = tmp_path / "corpus"
    write(tmp_path, "outside.txt", "elsewhere/d.txt", "corpus/a.txt")
    os.mkfifo(inside / "pipe")
    (inside / "out.txt").symlink_to(tmp_path / "outside.txt")
    (inside / "device").symlink_to("/dev/zero")
    (inside / "folder").symlink_to(tmp_path / "elsewhere")
    (inside / "gone.txt").symlink_to(inside / "nowhere.txt")
    (inside / "loop").symlink_to(inside / "loop")
    assert left_out(inside) == {
        "device": "document-outside",
        "folder": "document-outside",
        "gone.txt": "document-unreadable",
        "loop": "document-unreadable",
        "out.txt": "document-outside",
        "pipe": "document-not-a-file",
    }


def test_a_link_to_a_document_of_the_folder_is_a_document(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert len(read_corpus(tmp_path).documents) == 2


def test_a_file_over_the_limit_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt")
    monkeypatch.setattr(files, "SIZE_LIMIT", 10)
    assert left_out(tmp_path) == {"a.txt": "document-too-large"}


def test_a_file_that_vanishes_is_left_out(tmp_path: Path) -> None:
    found = read_document(tmp_path / "never.txt")
    assert not found.documents
    assert [(one.code, one.path, one.severity) for one in found.problems] == [
        ("document-unreadable", "never.txt", "left-out")
    ]


def test_a_reader_that_fails_costs_one_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt")
    monkeypatch.setattr("mapper.corpus.apart.read_file", lambda *_: 1 / 0)
    assert left_out(tmp_path) == {"a.txt": "document-failed"}


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    assert [one.code for one in read_corpus(tmp_path / "nowhere").problems] == ["file-missing"]


def test_progress_is_told(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "b.txt")
    seen: list[tuple[int, int, str]] = []
    read_corpus(tmp_path, progress=lambda done, total, path: seen.append((done, total, path)))
    assert seen == [(0, 2, "a.txt"), (1, 2, "b.txt"), (2, 2, "")]


def test_the_same_folder_gives_the_same_corpus_wherever_it_lies(tmp_path: Path) -> None:
    write(tmp_path, "one/a.txt", "two/a.txt")
    assert read_corpus(tmp_path / "one").documents == read_corpus(tmp_path / "two").documents


def test_decisions_about_a_corpus_are_no_document_of_it(tmp_path: Path) -> None:
    (tmp_path / "decisions.yaml").write_text("decisions: []\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("一句话。", encoding="utf-8")
    assert files.walk(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("path", ["../outside.txt", "folder/d.txt", "./../outside.txt", "folder/../outside.txt"])
def test_no_way_leads_out_of_the_folder_by_a_link_or_by_going_back(tmp_path: Path, path: str) -> None:
    inside = tmp_path / "corpus"
    write(tmp_path, "outside.txt", "elsewhere/d.txt", "corpus/a.txt", "corpus/sub/b.txt")
    (inside / "folder").symlink_to(tmp_path / "elsewhere")
    (inside / "within").symlink_to(inside / "sub")
    with pytest.raises(UnreadableError) as refused:
        files.load(inside, path)
    assert refused.value.code == "document-outside"
    assert files.load(inside, "within/b.txt") == files.load(inside, "sub/../sub/b.txt") == files.load(inside, "sub/b.txt")

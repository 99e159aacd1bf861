"""A new workspace, and the list of what was read of a corpus."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

import pytest

from mapper.cli import main
from mapper.shipped import folder
from tests.tiny import Workspace, workspace

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


# ---- mapper init -----------------------------------------------------------------------------------------------


def test_a_new_workspace_holds_policies_and_an_empty_corpus(tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "新 项目"
    assert main(["init", str(target)]) == 0
    said = capsys.readouterr()
    shipped = folder("policies")
    copied = {str(path.relative_to(target / "policies")) for path in (target / "policies").rglob("*") if path.is_file()}
    assert copied == {str(path.relative_to(shipped)) for path in (*shipped.glob("*.yaml"), *shipped.glob("examples/*.jsonl"))}
    assert {path.name for path in (target / "corpus").iterdir()} == {"corpus.yaml", "firms.yaml"}
    assert [line.split()[:2] for line in said.out.splitlines()] == [["mapper", word] for word in ("corpus", "check", "build")]
    assert str(target / "corpus") in said.err


def test_the_three_commands_work_as_they_are_printed(tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "with space"
    assert main(["init", str(target)]) == 0
    commands = [shlex.split(line)[1:] for line in capsys.readouterr().out.splitlines()]
    assert main(commands[0]) == 0
    assert main(commands[2]) == 2
    assert "no readable document" in capsys.readouterr().err
    shutil.copy(folder("seeds") / "003_528cf213c8b04a03.txt", target / "corpus")
    assert [main(command) for command in commands] == [0, 0, 0]
    assert {path.name for path in (target / "out").iterdir()} == {"alignment.json", "matrix.html"}


def test_the_copies_of_the_policies_mark_as_those_that_ship(tmp_path: Path) -> None:
    target = tmp_path / "w"
    assert main(["init", str(target)]) == 0
    shutil.copy(folder("seeds") / "003_528cf213c8b04a03.txt", target / "corpus")
    for out, policies in (("copied", target / "policies"), ("shipped", folder("policies"))):
        arguments = ["--policies", str(policies), "--corpus", str(target / "corpus"), "--out", str(tmp_path / out)]
        assert main(["build", *arguments]) == 0
    for name in ("alignment.json", "matrix.html"):
        assert (tmp_path / "copied" / name).read_bytes() == (tmp_path / "shipped" / name).read_bytes()


def test_the_comments_of_a_new_workspace_are_valid_settings(tmp_path: Path) -> None:
    """Whoever takes the comment signs away gets what the comments say."""
    assert main(["init", str(tmp_path / "w")]) == 0
    corpus = tmp_path / "w" / "corpus"
    (corpus / "2024").mkdir()
    shutil.copy(folder("seeds") / "003_528cf213c8b04a03.txt", corpus / "2024" / "年报摘要.txt")
    rows = "正文,标题,来源,日期,机构\n我行为小微企业提供贷款。,题,某报,2024-01,微众银行\n"
    (corpus / "摘录.xlsx").write_text(rows, encoding="utf-8")
    for name in ("corpus.yaml", "firms.yaml"):
        kept = []
        for line in (corpus / name).read_text(encoding="utf-8").splitlines():
            bare = line.removeprefix("# ")
            if line.startswith("# ") and (bare.startswith((" ", "documents:", "firms:", "columns:"))):
                kept.append(bare)
        (corpus / name).write_text("\n".join(line for line in kept if "trust," not in line and "leasing" not in line))
    assert main(["corpus", str(corpus)]) == 0


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_there_is_not_touched(tmp_path: Path, capsys: Capture, kind: str) -> None:
    target = tmp_path / "w"
    if kind == "folder":
        target.mkdir()
    (target / "a.txt" if kind == "folder" else target).write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert main(["init", str(target)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and "no empty folder" in said.err
    assert sorted(tmp_path.rglob("*")) == before


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path)]) == 0
    assert (tmp_path / "corpus" / "firms.yaml").is_file()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert main(["init", str(tmp_path / "file" / "w")]) == 2
    assert "cannot write to" in capsys.readouterr().err


@pytest.mark.parametrize("there", [True, False], ids=["an empty folder", "no folder"])
@pytest.mark.parametrize("failing", ["shutil.copyfile", "pathlib.Path.write_bytes", "os.replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["disk", "Ctrl-C"])
def test_a_workspace_is_made_whole_or_not_at_all(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, failing: str, there: bool, error: BaseException
) -> None:
    place = tmp_path / "place"
    target = place if there else place / "new" / "w"
    place.mkdir()
    owner, _, name = failing.rpartition(".")
    module = {"shutil": shutil, "os": os, "pathlib.Path": Path}[owner]
    whole, calls = getattr(module, name), 0

    def second_fails(*given: object) -> object:
        nonlocal calls
        calls += 1
        if calls == (2 if there or failing != "os.replace" else 1):
            raise error
        return whole(*given)

    monkeypatch.setattr(module, name, second_fails)
    code = main(["init", str(target)])
    said = capsys.readouterr()
    assert code == (2 if isinstance(error, OSError) else 130)
    assert said.out == "" and len(said.err.splitlines()) == 1
    if isinstance(error, OSError):
        assert f"cannot write to {target} (No space left on device)" in said.err
    assert list(place.rglob("*")) == [] and [path.name for path in tmp_path.iterdir()] == ["place"]


def test_a_workspace_in_the_folder_one_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "."]) == 0
    assert main(["init", "a/b"]) == 0
    for place in (Path(), Path("a/b")):
        assert {path.name for path in place.iterdir()} - {"a"} == {"corpus", "policies"}


# ---- mapper corpus ---------------------------------------------------------------------------------------------


def test_what_was_read_is_listed(tiny: Workspace, capsys: Capture) -> None:
    assert main(["corpus", str(tiny.corpus)]) == 0
    said = capsys.readouterr()
    head, english, row, *notes = said.out.splitlines()
    assert head.split() == ["文件", "种类", "编码", "句", "保留字数", "略去字数", "日期"]
    assert english.split() == ["file", "kind", "encoding", "sentences", "kept", "dropped", "date"]
    assert row.split() == ["a.txt", "纯文本", "/", "plain", "text", "utf-8", "3", "85", "0", "—"]
    assert any("微众银行" in note for note in notes)
    assert "1 documents read, 3 sentences, 1 firms" in said.err


def test_repairs_and_how_dates_are_known_are_listed(capsys: Capture) -> None:
    assert main(["corpus"]) == 0
    said = capsys.readouterr().out
    assert "2023-06-29 (文中注明 / stated)" in said and "2022-01 (推断 / inferred)" in said
    assert "pinyin glosses" in said and "马上消费金融" in said


def test_what_was_left_out_is_listed_with_the_reason(tiny: Workspace, capsys: Capture) -> None:
    tiny.write("corpus/empty.txt", "")
    assert main(["corpus", str(tiny.corpus)]) == 1
    said = capsys.readouterr().out
    assert "documents left out: 1" in said
    assert "empty.txt: 文件是空的 / the file is empty" in said


def test_a_folder_of_nothing_readable_is_told_of(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert main(["corpus", str(tmp_path)]) == 1
    assert "empty.txt" in capsys.readouterr().out


def test_wrong_settings_and_missing_folders_stop_it(tiny: Workspace, capsys: Capture) -> None:
    tiny.write("corpus/corpus.yaml", "documents: 7\n")
    assert main(["corpus", str(tiny.corpus)]) == 2
    assert main(["corpus", str(tiny.root / "nowhere")]) == 2
    assert capsys.readouterr().out == ""


def test_a_workspace_for_own_policies_holds_none_that_ship_and_leads_to_the_first(tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "w"
    assert main(["init", str(target), "--own"]) == 0
    assert not any((target / "policies").iterdir())
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("mapper draft ") and second == f"mapper teach {target / 'policies/my.yaml'}"


def test_check_says_nothing_of_the_sentences_of_policies_as_they_ship(tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "w"
    assert main(["init", str(target)]) == 0
    shutil.copy(folder("seeds") / "003_528cf213c8b04a03.txt", target / "corpus")
    path = target / "policies" / "ph25.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "--policies", str(target / "policies"), "--corpus", str(target / "corpus")]) == 0
    said = capsys.readouterr().out
    assert "附带的 3 份政策没有改动" in said
    assert f"{path}:" in said and "cp22.yaml:" not in said

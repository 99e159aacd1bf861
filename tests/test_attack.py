"""What was found by attacking the whole program: each odd input is named, costs itself only, and never hangs the run."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from mapper.cli import main
from tests.tiny import Workspace, workspace

Capture = pytest.CaptureFixture[str]
DEEP = "[" * 100_000


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


def build(tiny: Workspace) -> int:
    return main(["build", *tiny.arguments, "--out", str(tiny.out)])


def test_a_sentence_that_teaches_from_a_thousand_brackets_is_passed_over(tiny: Workspace, capsys: Capture) -> None:
    tiny.write("policies/examples/a.jsonl", DEEP + "\n")
    assert build(tiny) == 0
    assert "a.jsonl:1: " in capsys.readouterr().err


def test_a_model_made_of_brackets_is_damaged(tiny: Workspace, capsys: Capture) -> None:
    tiny.write("policies/learned.model", '{"format": ' + DEEP)
    build(tiny)
    said = capsys.readouterr().err
    assert "learned.model" in said and "could not cope" not in said


@pytest.mark.parametrize("name", ["corpus.yaml", "firms.yaml"])
def test_settings_that_are_no_file_are_named_and_not_passed_over(tiny: Workspace, name: str, capsys: Capture) -> None:
    (tiny.corpus / name).mkdir()
    assert build(tiny) == 2
    assert f"{name}: " in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.parametrize(
    "name", ["corpus/corpus.yaml", "corpus/firms.yaml", "policies/examples/a.jsonl", "policies/b.yaml", "decisions.yaml"]
)
def test_a_pipe_in_the_place_of_a_file_is_named_and_not_waited_for(tiny: Workspace, name: str, capsys: Capture) -> None:
    (tiny.root / name).parent.mkdir(exist_ok=True)
    os.mkfifo(tiny.root / name)
    done: list[int] = []
    run = threading.Thread(target=lambda: done.append(build(tiny)), daemon=True)
    run.start()
    run.join(60)
    assert done == [2]
    assert Path(name).name in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_a_review_is_read_from_files_only(tiny: Workspace, kind: str, capsys: Capture) -> None:
    assert build(tiny) == 0
    place = tiny.root / "filled.xlsx"
    if kind == "folder":
        place.mkdir()
    elif hasattr(os, "mkfifo"):
        os.mkfifo(place)
    else:
        pytest.skip("this system has no pipes with names")
    capsys.readouterr()
    assert main(["review", "import", str(place), "--alignment", str(tiny.out / "alignment.json")]) == 2
    assert "filled.xlsx: " in capsys.readouterr().err


def test_a_key_that_is_a_list_is_named_in_words(tiny: Workspace, capsys: Capture) -> None:
    tiny.write("corpus/corpus.yaml", "? [a]\n: b\ndocuments: []\n")
    assert build(tiny) == 2
    assert "Node" not in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")
@pytest.mark.parametrize("option", ["--out", "--corpus", "--policies"])
@pytest.mark.parametrize("name", ["loop", "a" * 300, "a" * 5_000])
def test_a_path_that_no_system_takes_is_told_in_words(tiny: Workspace, option: str, name: str, capsys: Capture) -> None:
    (tiny.root / "loop").symlink_to(tiny.root / "loop")
    given = {"--policies": tiny.policies, "--corpus": tiny.corpus, "--out": tiny.out} | {option: tiny.root / name}
    assert main(["build", *(str(word) for pair in given.items() for word in pair)]) == 2
    said = capsys.readouterr().err
    assert said and "could not cope" not in said and len(said) < 1_500


def test_a_name_of_a_hundred_thousand_letters_is_not_looked_up(tiny: Workspace, capsys: Capture) -> None:
    assert main(["explain", "老" * 100_000, "tp-1", "--out", str(tiny.out)]) == 2
    assert len(capsys.readouterr().err) < 500


def test_decisions_that_a_build_does_not_find_are_named(tiny: Workspace, capsys: Capture) -> None:
    assert build(tiny) == 0
    tiny.write("decisions.yml", "schema: mapper/decisions/1\ndecisions: []\n")
    capsys.readouterr()
    assert build(tiny) == 1
    assert "decisions.yml: " in capsys.readouterr().err
    assert main(["build", *tiny.arguments, "--out", str(tiny.out), "--decisions", str(tiny.root / "decisions.yml")]) == 0

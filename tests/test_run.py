"""One run from the folders to the files: the same bytes every time, each file whole or untouched, quotes true."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mapper import run
from mapper.corpus.decode import decode
from mapper.corpus.repair import repair
from mapper.corpus.textmap import TextMap
from mapper.model import Alignment
from mapper.problems import InputError
from mapper.report.json import load
from mapper.shipped import folder
from tests.tiny import Workspace, workspace

FILES = (run.ALIGNMENT, run.MATRIX)


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


@pytest.fixture(scope="module")
def seeds() -> Alignment:
    return run.build(run.read_inputs(folder("policies"), folder("seeds")))


def written(made: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in made.out.iterdir()}


def build(made: Workspace) -> Alignment:
    alignment = run.build(run.read_inputs(made.policies, made.corpus))
    run.write(alignment, made.out)
    return alignment


# ---- the same bytes --------------------------------------------------------------------------------------------


def test_two_runs_give_the_same_bytes_whatever_the_hash_seed_folder_and_time_zone(tmp_path: Path) -> None:
    outs = []
    for number, (seed, zone) in enumerate((("1", "UTC"), ("2", "Asia/Shanghai"))):
        home = tmp_path / f"home{number}"
        home.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(Path(run.__file__).parents[1])}
        subprocess.run([sys.executable, "-m", "mapper", "build"], cwd=home, env=environment, check=True, timeout=300)
        outs.append([(home / "out" / name).read_bytes() for name in FILES])
    assert outs[0] == outs[1]


def test_a_moved_corpus_gives_the_same_bytes(tiny: Workspace, tmp_path: Path) -> None:
    build(tiny)
    before = written(tiny)
    (tmp_path / "elsewhere").mkdir()
    moved = Workspace(tmp_path / "elsewhere")
    shutil.move(tiny.policies, moved.policies)
    shutil.move(tiny.corpus, moved.corpus)
    build(moved)
    assert written(moved) == before
    assert str(tmp_path).encode() not in before[run.ALIGNMENT] + before[run.MATRIX]


def test_what_was_written_reads_back_the_same(tiny: Workspace) -> None:
    made = build(tiny)
    assert load((tiny.out / run.ALIGNMENT).read_text(encoding="utf-8")) == made
    assert run.read_alignment(tiny.out / run.ALIGNMENT) == made


def test_the_run_names_every_input_with_its_digest(tiny: Workspace) -> None:
    tiny.write("corpus/corpus.yaml", "documents:\n  - path: a.txt\n    title: 题\n")
    tiny.write("corpus/firms.yaml", "firms:\n  - name: 微众银行\n    people: [某人]\n")
    inputs = {(file.role, file.path) for file in build(tiny).run.inputs}
    assert inputs >= {
        ("policy", "tp.yaml"),
        ("lexicon", "lexicon.yaml"),
        ("document", "a.txt"),
        ("corpus", "corpus.yaml"),
        ("registry", "corpus/firms.yaml"),
    }


# ---- whole or untouched ----------------------------------------------------------------------------------------


def test_a_page_that_fails_leaves_the_old_files(tiny: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    alignment = build(tiny)
    before = written(tiny)

    def fail(_: Alignment) -> str:
        raise RuntimeError

    monkeypatch.setattr(run, "render_html", fail)
    with pytest.raises(RuntimeError):
        run.write(alignment, tiny.out)
    assert written(tiny) == before


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_disk_that_fails_leaves_the_old_files(
    tiny: Workspace, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    alignment = build(tiny)
    before = written(tiny)

    def fail(*_: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(OSError, match="no space"):
        run.write(alignment, tiny.out)
    assert written(tiny) == before


def test_what_killed_builds_have_left_is_removed_and_nothing_else(tiny: Workspace) -> None:
    left = [tiny.write(f"out/.{name}.{random}", "half") for name in FILES for random in ("k3_0pqrs", "zzzzzzzz")]
    others = ["alignment.json.bak", ".alignment.json.swp", ".matrix.html.backup-1", "matrix.html.abcdefgh", ".notes.abcdefgh"]
    kept = [tiny.write(f"out/{name}", "mine") for name in others]
    kept.append(tiny.write("out/.alignment.json.a_folder/x", "mine"))
    kept.append(tiny.out / ".matrix.html.a_link00")
    kept[-1].symlink_to(kept[0])
    build(tiny)
    assert [path for path in left if path.exists()] == []
    assert [path.read_text() for path in kept] == ["mine"] * len(kept)
    assert all((tiny.out / name).is_file() for name in FILES)


def test_bad_input_is_raised_with_all_problems_and_no_folder_is_made(tiny: Workspace) -> None:
    tiny.change("policies/tp.yaml", "obligation: must", "obligation: maybe")
    tiny.write("corpus/corpus.yaml", "documents:\n  - path: b.txt\n")
    with pytest.raises(InputError) as raised:
        run.read_inputs(tiny.policies, tiny.corpus)
    assert {problem.code for problem in raised.value.problems} == {"yaml-wrong-value", "settings-document-missing"}
    assert not tiny.out.exists()


def test_progress_is_told_of_every_document(tiny: Workspace) -> None:
    tiny.write("corpus/b.txt", (tiny.corpus / "a.txt").read_bytes())
    told: list[tuple[int, int, str]] = []
    run.read_inputs(tiny.policies, tiny.corpus, lambda *step: told.append(step))
    assert [step[:2] for step in told] == [(0, 2), (1, 2), (2, 2)]


# ---- quotes ----------------------------------------------------------------------------------------------------


def repaired_lines(text: str) -> list[TextMap]:
    """The original, line by line, as the corpus repairs it; nothing else of the reading is used."""
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        lines.append(TextMap.of(line, at))
        at += len(line)
    return repair(lines)[0]


def test_every_quote_stands_in_the_original_file_at_its_place(seeds: Alignment) -> None:
    assert len(seeds.evidence) > 100
    places = [(piece.quote, source) for piece in seeds.evidence for source in (piece.sources or (piece,))]
    for document in seeds.documents:
        decoded = decode((folder("seeds") / document.path).read_bytes())
        assert decoded is not None
        whole = repaired_lines(decoded.text)
        for quote, source in places:
            if source.document == document.id:
                there = "".join(
                    character
                    for line in whole
                    for character, start, end in zip(line.text, line.starts, line.ends, strict=True)
                    if source.start <= start and end <= source.end
                )
                assert "".join(quote.split()) in "".join(there.split()), (document.path, source.start)


def test_prefix_and_suffix_stand_around_the_quote(seeds: Alignment) -> None:
    texts = {}
    for document in seeds.documents:
        decoded = decode((folder("seeds") / document.path).read_bytes())
        assert decoded is not None
        texts[document.id] = decoded.text
    for piece in seeds.evidence:
        text = texts[piece.document]
        assert text[: piece.start].endswith(piece.prefix)
        assert text[piece.end :].startswith(piece.suffix)


def test_every_reason_points_at_words_of_the_quote(seeds: Alignment) -> None:
    for piece in seeds.evidence:
        assert {reason.kind for reason in piece.reasons} == {"signal", "attribution", "grade"}
        for words in (words for reason in piece.reasons for words in reason.words):
            assert piece.quote[words.start : words.end] == words.text


def test_seventeen_firms_stand_against_all_requirements(seeds: Alignment) -> None:
    requirements = [requirement.id for policy in seeds.policies for requirement in policy.requirements]
    assert len(requirements) == 133
    assert len(seeds.firms) == 17
    assert [(cell.firm, cell.requirement) for cell in seeds.cells] == [
        (firm.id, requirement) for firm in seeds.firms for requirement in requirements
    ]
    assert seeds.left_out == ()

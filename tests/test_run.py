"""One run from the folders to the files: the same bytes every time, each file whole or untouched, quotes true."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mapper import run
from mapper.corpus.decode import decode
from mapper.corpus.repair import repair
from mapper.corpus.textmap import TextMap
from mapper.model import Alignment
from mapper.problems import InputError
from mapper.report.formats import FORMATS
from mapper.report.json import dump, load
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

    def fail(_: Alignment) -> bytes:
        raise RuntimeError

    monkeypatch.setitem(FORMATS, "html", replace(FORMATS["html"], render=fail))
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
        assert {reason.kind for reason in piece.reasons} - {"example"} == {"signal", "attribution", "grade"}
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


# ---- firms that no list knows ------------------------------------------------------------------------------------


def test_a_speaker_that_no_list_knows_is_a_firm_of_that_name_and_said_so(tiny: Workspace) -> None:
    tiny.write("corpus/corpus.yaml", "documents:\n  - path: b.txt\n    speaker: 云岭农商银行\n")
    tiny.write("corpus/b.txt", "本行为老年客户保留人工柜台，全年接待两万人次。\n")
    inputs = run.read_inputs(tiny.policies, tiny.corpus)
    (problem,) = inputs.problems
    assert (problem.code, problem.line, problem.severity) == ("voice-unknown", 3, "warning")
    assert problem.params["kind"] == "bank"
    made = run.build(inputs)
    (firm,) = [firm for firm in made.firms if firm.name == "云岭农商银行"]
    assert (firm.kind, firm.origin) == ("bank", "corpus")
    assert [one.firm for one in made.evidence if one.document == "b.txt"] == ["云岭农商银行"]


def test_an_alignment_with_a_byte_order_mark_is_read(tiny: Workspace) -> None:
    tiny.write("out/alignment.json", dump(run.build(run.read_inputs(tiny.policies, tiny.corpus))))
    path = tiny.out / run.ALIGNMENT
    plain = run.read_alignment(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert run.read_alignment(path) == plain


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_instead_of_an_alignment_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "alignment.json")
    with pytest.raises(InputError) as raised:
        run.read_alignment(tmp_path / "alignment.json")
    assert [problem.code for problem in raised.value.problems] == ["document-not-a-file"]


@pytest.mark.parametrize(
    "name", ["雲嶺銀行", "云岭 银行", "云岭\u200b银行", "\ufeff云岭银行", "云\u3000岭银行 ", "ＹＬ云岭银行", "云岭Ｂａｎｋ"]
)
def test_a_firm_is_known_however_its_name_is_written_in_firms_yaml(tiny: Workspace, name: str) -> None:
    read = name.translate(str.maketrans("雲嶺銀行ＹＬＢａｎｋ", "云岭银行YLBank", "\u200b\ufeff\u3000 "))
    tiny.write("corpus/firms.yaml", f'firms:\n  - {{name: "{name}", kind: bank}}\n')
    tiny.write("corpus/b.txt", f"{read}在全部网点上线老年客户人工柜台服务，受到当地居民欢迎。\n")
    made = run.build(run.read_inputs(tiny.policies, tiny.corpus))
    [document] = [one for one in made.documents if one.id == "b.txt"]
    assert document.firms == (name,)

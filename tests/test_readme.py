"""The README says what the program does: help texts, worked examples, the gate's test command, marks and links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mapper.align.trial import Trials
from mapper.align.weighing import Weighing
from mapper.catalog.check import check_signals
from mapper.catalog.lessons import digests
from mapper.catalog.load import load_catalog
from mapper.cli import main
from mapper.cli.app import command
from mapper.corpus import read_corpus
from mapper.evaluate import Label, read_labels
from mapper.firms.lists import load_registry
from mapper.matchers.shelf import shelf
from mapper.model import FirmKind
from mapper.report.levels import GLYPH
from tests.builders import shipped_catalog
from tests.tiny import workspace

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_every_command_is_documented_with_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    inner = ([name, more] for name, one in command().commands.items() for more in getattr(one, "commands", ()))
    for arguments in ([], *([name] for name in command().commands), *inner):
        assert main([*arguments, "--help"]) == 0
        shown = f"```console\n$ {' '.join(['mapper', *arguments, '--help'])}\n{capsys.readouterr().out}```\n"
        assert shown in (page if arguments else README), "run python docs/commands.py"


def test_the_first_block_runs_the_job_and_the_tests() -> None:
    kind, block = BLOCKS[0]
    job, tests = block.splitlines()
    assert kind == "sh"
    assert job.endswith("&& .venv/bin/mapper build")
    assert tests.endswith("&& .venv/bin/python -m pytest -n auto")


def test_the_gate_runs_the_test_command_of_the_readme() -> None:
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert gate.splitlines()[-1] == """eval "$(grep -m1 -- '-m pytest' README.md)\""""
    first = next(line for line in README.splitlines() if "-m pytest" in line)
    assert first == BLOCKS[0][1].splitlines()[1]


def test_the_lines_and_the_number_of_sentences_are_those_of_the_reader_that_ships() -> None:
    catalog = shipped_catalog()
    weighing = Weighing.of(shelf(catalog).weighing)
    line, fault = f"{weighing.line:.2f}", f"{weighing.least(weighing.line, 'adverse'):.2f}"
    assert f"（{line}，反面 {fault}）" in README and f"({line}; {fault} for faults)" in README
    thousands = sum(len(path.read_text("utf-8").splitlines()) for path in (ROOT / "policies" / "examples").glob("*.jsonl")) // 1000
    for text in (README, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")):
        assert f"{thousands},000 余句" in text and f"some {thousands},000" in text


def test_the_reader_that_ships_was_taught_by_the_sentences_that_ship() -> None:
    catalog = shipped_catalog()
    reader = shelf(catalog).model
    now = digests(catalog.lessons, reader.requirements)
    assert [one for one in now if reader.taught[one] != now[one]] == []


def test_no_link_is_dead() -> None:
    beside = (ROOT / one / "README.md" for one in ("benchmarks", "encoder", "written", "policies/examples"))
    for page in (ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md"), *beside):
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (page.parent / target).exists(), (page.name, target)
    assert "(docs/matrix.png)" in README


def test_the_picture_is_a_light_png() -> None:
    picture = (ROOT / "docs" / "matrix.png").read_bytes()
    assert picture.startswith(b"\x89PNG") and len(picture) < 400_000


def test_the_marks_are_those_of_the_page() -> None:
    shown = [glyph for row in re.findall(r"^\| ([^`|]+) \| `[a-z-]+` \|", README, re.MULTILINE) for glyph in row.split()]
    assert shown == list(GLYPH.values())


def test_the_worked_examples_hold(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    files = {block.split("\n", 1)[0].removeprefix("# "): block for kind, block in BLOCKS if kind == "yaml"}
    (made.policies / "tp.yaml").unlink()
    made.write("policies/my.yaml", files["policies/my.yaml"])
    [sentences] = [block for kind, block in BLOCKS if kind == "jsonl"]
    made.write("policies/examples/my.jsonl", sentences)
    catalog, problems = load_catalog(made.policies)
    assert catalog is not None and problems == []
    reader = shelf(catalog)
    assert reader.learned.requirements == {"my-03"}
    assert list(Trials(catalog, reader, reader.model.weighing["line"]).problems()) == []

    made.write("corpus/2024/年报摘要.txt", (made.corpus / "a.txt").read_bytes())
    made.write("corpus/corpus.yaml", files["corpus.yaml"])
    firms = made.write("corpus/firms.yaml", files["firms.yaml"])
    assert read_corpus(made.corpus).problems == ()
    registry, problems = load_registry(firms)
    assert registry is not None and problems == []
    assert main(["check", *made.arguments]) == 0


def test_the_signals_that_are_shown_hold(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "signals.md").read_text(encoding="utf-8")
    signals, lexicon = re.findall(r"^```yaml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    [policy] = [block for kind, block in BLOCKS if kind == "yaml" and "policies/my.yaml" in block]
    made = workspace(tmp_path)
    (made.policies / "tp.yaml").unlink()
    made.write("policies/my.yaml", policy.replace("    examples:\n", signals.split("\n", 1)[1] + "    examples:\n"))
    made.write("policies/lexicon.yaml", lexicon)
    catalog, problems = load_catalog(made.policies)
    assert catalog is not None and problems == []
    assert list(check_signals(catalog)) == []
    assert catalog.matcher.scan("客户经理为行动不便的长者上门提供服务。").match("my-03") is not None


def test_the_label_that_is_shown_is_one_of_those_that_ship(tmp_path: Path) -> None:
    [shown] = [block for kind, block in BLOCKS if kind == "json"]
    (tmp_path / "gold.jsonl").write_text(shown, encoding="utf-8")
    [label] = read_labels(tmp_path / "gold.jsonl")
    assert label in read_labels(ROOT / "seeds" / "gold.jsonl")
    assert all(f"`{field}`" in README for field in Label.model_fields if field != "grade")


def test_every_kind_of_firm_is_listed() -> None:
    for kind in FirmKind.__args__:  # type: ignore[attr-defined]
        assert kind in README


def test_the_readme_is_no_book() -> None:
    assert len(README.splitlines()) < 250

"""The command line: what each command prints and returns, and what it says of bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapper.cli import main
from tests.tiny import Workspace, workspace

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def tiny(tmp_path: Path) -> Workspace:
    return workspace(tmp_path)


@pytest.fixture
def built(tiny: Workspace, capsys: Capture) -> Workspace:
    assert main(["build", *tiny.arguments, "--out", str(tiny.out)]) == 0
    capsys.readouterr()
    return tiny


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, both streams pipes."""
    return subprocess.run(
        [sys.executable, "-m", "mapper", *arguments],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


# ---- what the commands do --------------------------------------------------------------------------------------


def test_build_writes_both_files_and_names_them_on_stdout(tiny: Workspace, capsys: Capture) -> None:
    assert main(["build", *tiny.arguments, "--out", str(tiny.out)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [str(tiny.out / "alignment.json"), str(tiny.out / "matrix.html")]
    assert sorted(path.name for path in tiny.out.iterdir()) == ["alignment.json", "matrix.html"]
    assert "1 份文档" in said.err and "1 documents" in said.err


def test_build_leaves_out_what_scores_too_low(tiny: Workspace) -> None:
    assert main(["build", *tiny.arguments, "--out", str(tiny.out), "--min-score", "1"]) == 0
    assert json.loads((tiny.out / "alignment.json").read_text(encoding="utf-8"))["evidence"] == []


def test_build_is_quiet_in_a_pipe(tiny: Workspace) -> None:
    done = run("build", *tiny.arguments, cwd=tiny.root)
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1
    assert "\x1b" not in done.stdout + done.stderr
    assert (tiny.root / "out" / "matrix.html").is_file()


def test_chinese_is_written_whatever_the_locale(tiny: Workspace) -> None:
    done = run("check", *tiny.arguments, cwd=tiny.root, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "没有错误" in done.stdout


def test_a_reader_that_goes_away_is_no_error(tiny: Workspace) -> None:
    command = [sys.executable, "-m", "mapper", "evaluate", "--errors"]
    with subprocess.Popen(command, cwd=tiny.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
        assert process.wait(timeout=120) == 0


def test_check_finds_nothing_wrong_and_says_how_much_it_looked_at(tiny: Workspace, capsys: Capture) -> None:
    assert main(["check", *tiny.arguments]) == 0
    said = capsys.readouterr()
    assert "1 requirements, 2 examples, 1 counterexamples; 1 documents" in said.out
    assert said.err == ""


def test_what_ships_is_right(capsys: Capture) -> None:
    code = main(["check"])
    assert code == 0, capsys.readouterr().out[:2000]


def test_evaluate_judges_an_alignment_by_the_labels_given(built: Workspace, capsys: Capture) -> None:
    label: dict[str, Any] = {"document": "a.txt", "firm": "微众银行", "requirement": "tp-1", "quote": "上线老年客户人工柜台服务"}
    label |= {"grade": "action", "also": [], "level": "required", "cell": "required"}
    gold = built.write("corpus/gold.jsonl", json.dumps(label, ensure_ascii=False) + "\n")
    assert main(["evaluate", *built.arguments]) == 0
    fresh = capsys.readouterr().out
    assert "100.0% (1/1)" in fresh
    assert main(["evaluate", "--gold", str(gold), "--alignment", str(built.out / "alignment.json")]) == 0
    assert capsys.readouterr().out == fresh
    assert main(["evaluate", *built.arguments, "--errors"]) == 0
    assert "0 false marks" in capsys.readouterr().out


def test_plain_evaluate_repeats_the_figures_of_the_articles_that_ship(capsys: Capture) -> None:
    assert main(["evaluate"]) == 0
    assert "559 labels" in capsys.readouterr().out


# ---- explain ---------------------------------------------------------------------------------------------------


def test_explain_shows_the_words_the_source_and_the_reasons(built: Workspace, capsys: Capture) -> None:
    assert main(["explain", "微众银行", "tp-1", "--out", str(built.out)]) == 0
    said = capsys.readouterr().out
    for words in ("微众银行 × tp-1", "试行办法 第一条（应当）", "Evidenced", "措施 / Action", "a.txt", "某地金融机构服务老年客户"):
        assert words in said
    assert "【老年" in said and "柜台】" in said
    assert "信号命中" in said and "文中点名：微众银行" in said and "已采取的措施" in said


@pytest.mark.parametrize("name", ["微众银行", "深圳前海微众银行股份有限公司", "WEBANK", " webank ", "微粒贷"])
def test_a_firm_may_be_called_by_any_of_its_names(built: Workspace, capsys: Capture, name: str) -> None:
    assert main(["explain", name, "TP-1", "--out", str(built.out)]) == 0
    assert capsys.readouterr().out.startswith("微众银行 × tp-1 ")


def test_a_firm_of_the_registry_that_no_document_speaks_of_is_unsearched(built: Workspace, capsys: Capture) -> None:
    assert main(["explain", "招联消费金融", "tp-1", "--out", str(built.out)]) == 0
    said = capsys.readouterr().out
    assert "Not searched" in said and "[@elderly] + [人工|柜台]" in said


def test_an_unknown_firm_or_requirement_gets_the_nearest(built: Workspace, capsys: Capture) -> None:
    assert main(["explain", "微众银航", "tp-1", "--out", str(built.out)]) == 2
    assert "微众银行" in capsys.readouterr().err
    assert main(["explain", "微众银行", "tp-l", "--out", str(built.out)]) == 2
    assert "nearest: tp-1" in capsys.readouterr().err


@pytest.mark.parametrize("wanted", ["第一条", "适老服务", "service for the elderly", "试行办法 第一条", "《试行办法》第一条"])
def test_a_requirement_may_be_called_by_its_clause_or_title(built: Workspace, capsys: Capture, wanted: str) -> None:
    assert main(["explain", "微众银行", wanted, "--out", str(built.out)]) == 0
    assert capsys.readouterr().out.startswith("微众银行 × tp-1 ")


def test_a_clause_of_several_policies_is_answered_with_the_candidates(tiny: Workspace, capsys: Capture) -> None:
    other = (tiny.policies / "tp.yaml").read_text("utf-8").replace("tp-1", "zz-1").replace('"tp"', '"zz"')
    tiny.write("policies/zz.yaml", other.replace("试行办法", "细则"))
    assert main(["build", *tiny.arguments, "--out", str(tiny.out)]) == 0
    capsys.readouterr()
    assert main(["explain", "微众银行", "第一条", "--out", str(tiny.out)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "第一条 may mean several requirements" in said.err
    assert "tp-1 《试行办法》适老服务; zz-1 《细则》适老服务" in said.err
    assert main(["explain", "微众银行", "细则第一条", "--out", str(tiny.out)]) == 0


def test_several_firms_that_may_be_meant_are_named(built: Workspace, capsys: Capture) -> None:
    assert main(["explain", "云岭银行", "tp-1", "--out", str(built.out)]) == 2
    assert "铁岭银行; 微众银行" in capsys.readouterr().err
    assert main(["explain", "qqqqqq", "tp-1", "--out", str(built.out)]) == 2
    assert capsys.readouterr().err == "没有机构叫“qqqqqq” / no firm is called “qqqqqq”\n"


def test_explain_before_build_says_so(tiny: Workspace, capsys: Capture) -> None:
    assert main(["explain", "微众银行", "tp-1", "--out", str(tiny.out)]) == 2
    assert "mapper build" in capsys.readouterr().err


# ---- help and misuse -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", "build", "explain", "check", "evaluate", "suggest"])
def test_help_is_the_same_at_every_width_and_in_both_languages(command: str, tmp_path: Path) -> None:
    arguments = [command, "--help"] if command else ["--help"]
    wide = run(*arguments, cwd=tmp_path, COLUMNS="200")
    narrow = run(*arguments, cwd=tmp_path, COLUMNS="40", FORCE_COLOR="1")
    assert wide.returncode == 0 and wide.stderr == ""
    assert wide.stdout == narrow.stdout
    assert "用法 / Usage: mapper" in wide.stdout and "show this help" in wide.stdout


def test_without_a_command_there_is_help(capsys: Capture) -> None:
    assert main([]) == 0
    assert "用法 / Usage: mapper COMMAND" in capsys.readouterr().out


def test_the_version(capsys: Capture) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("mapper 0.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["buidl"], "nearest: build"),
        (["xyz"], "no such command: xyz"),
        (["build", "--corpsu", "x"], "nearest: --corpus"),
        (["build", "--out"], "--out needs a value"),
        (["build", "more"], "more arguments than the command takes: more"),
        (["build", "--min-score", "much"], "a number from 0 to 1"),
        (["build", "--min-score", "2"], "a number from 0 to 1"),
        (["build", "--min-score", "nan"], "a number from 0 to 1"),
        (["explain", "微众银行"], "missing: REQUIREMENT"),
    ],
)
def test_a_command_that_cannot_be_read_is_explained(arguments: list[str], words: str, capsys: Capture) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert words in said.err and said.out == ""


# ---- bad input -------------------------------------------------------------------------------------------------

Spoil = Callable[[Workspace], object]
BAD: dict[str, tuple[Spoil, str, str]] = {
    "YAML that does not parse": (
        lambda w: w.change("policies/tp.yaml", "need: [", "need: [["),
        "policies/tp.yaml:21: ",
        "YAML does not parse",
    ),
    "a lexicon that does not parse": (
        lambda w: w.write("policies/lexicon.yaml", "concepts:\n  a: [老\n"),
        "policies/lexicon.yaml:3: ",
        "YAML does not parse",
    ),
    "corpus.yaml that does not parse": (
        lambda w: w.write("corpus/corpus.yaml", "documents:\n  - path: 'a.txt\n"),
        "corpus/corpus.yaml:2: ",
        "YAML does not parse",
    ),
    "firms.yaml that does not parse": (
        lambda w: w.write("corpus/firms.yaml", "firms: {\n"),
        "corpus/firms.yaml:2: ",
        "YAML does not parse",
    ),
    "a file that is not UTF-8": (
        lambda w: w.write("policies/b.yaml", "政策".encode("gb18030")),
        "policies/b.yaml: ",
        "no UTF-8 text",
    ),
    "a policy file that is empty": (lambda w: w.write("policies/b.yaml", ""), "policies/b.yaml", "policy"),
    "a key written twice": (
        lambda w: w.change("policies/tp.yaml", '    title: "适老服务"\n', '    title: "适老服务"\n    title: "又"\n'),
        "policies/tp.yaml:16: ",
        "the key title occurs twice",
    ),
    "an unknown key in a requirement": (
        lambda w: w.change("policies/tp.yaml", "    obligation:", "    obligaton: must\n    obligation:"),
        "policies/tp.yaml:18: ",
        "unknown key tp-1: obligaton",
    ),
    "an unknown key in a policy": (
        lambda w: w.change("policies/tp.yaml", "  issuer:", "  isuer: x\n  issuer:"),
        "policies/tp.yaml:6: ",
        "unknown key policy: isuer",
    ),
    "an unknown key in a signal": (
        lambda w: w.change("policies/tp.yaml", "strength: strong", "strenght: strong"),
        "policies/tp.yaml:21: ",
        "unknown key tp-1: signals.0.strenght",
    ),
    "an unknown key in the lexicon": (
        lambda w: w.change("policies/lexicon.yaml", "concepts:", "concept: {}\nconcepts:"),
        "policies/lexicon.yaml:1: ",
        "unknown key concept",
    ),
    "an unknown key in corpus.yaml": (
        lambda w: w.write("corpus/corpus.yaml", "documents:\n  - path: a.txt\n    titel: x\n"),
        "corpus/corpus.yaml:3: ",
        "unknown key titel",
    ),
    "an unknown key in firms.yaml": (
        lambda w: w.write("corpus/firms.yaml", "firms:\n  - name: 某某银行\n    kind: bank\n    alias: [某行]\n"),
        "corpus/firms.yaml:4: ",
        "unknown key 某某银行: alias",
    ),
    "a wrong type": (
        lambda w: w.change("policies/tp.yaml", "applies_to: [all]", "applies_to: 7"),
        "policies/tp.yaml:19: ",
        "applies_to has a wrong value",
    ),
    "a word outside its vocabulary": (
        lambda w: w.change("policies/tp.yaml", "obligation: must", "obligation: maybe"),
        "policies/tp.yaml:18: ",
        "obligation has a wrong value",
    ),
    "a wrong type in firms.yaml": (
        lambda w: w.write("corpus/firms.yaml", "firms:\n  - name: 某某银行\n    kind: bank\n    aliases: 某行\n"),
        "corpus/firms.yaml:4: ",
        "aliases has a wrong value",
    ),
    "a wrong type in corpus.yaml": (
        lambda w: w.write("corpus/corpus.yaml", "documents:\n  - path: a.txt\n    date: 2024年\n"),
        "corpus/corpus.yaml:3: ",
        "date has a wrong value",
    ),
    "a missing field": (
        lambda w: w.change("policies/tp.yaml", '    title: "适老服务"\n', ""),
        "policies/tp.yaml:13: ",
        "missing field tp-1: title",
    ),
    "an id used twice in one file": (
        lambda w: w.write(
            "policies/tp.yaml", (t := (w.policies / "tp.yaml").read_text("utf-8")) + t[t.index("  - id: tp-1") :]
        ),
        "policies/tp.yaml:27: ",
        "the id tp-1 is used twice",
    ),
    "an id used twice in two files": (
        lambda w: w.write("policies/zz.yaml", (w.policies / "tp.yaml").read_text("utf-8")),
        "policies/zz.yaml:13: ",
        "the id tp-1 is used twice",
    ),
    "an id that YAML reads as a number": (
        lambda w: w.change("policies/tp.yaml", "- id: tp-1", "- id: 1.10"),
        "policies/tp.yaml:13: ",
        "no valid id",
    ),
    "an unknown concept": (
        lambda w: w.change("policies/tp.yaml", "@elderly", "@elder"),
        "policies/tp.yaml:21: ",
        "nearest: @elderly",
    ),
    "an unknown set of signals": (
        lambda w: w.change("policies/tp.yaml", '{need: ["@elderly", "人工|柜台"], strength: strong}', "{use: age}"),
        "policies/tp.yaml:21: ",
        "no signal set named age",
    ),
    "a signal that cannot be read": (
        lambda w: w.change("policies/tp.yaml", "人工|柜台", "人工||柜台"),
        "policies/tp.yaml:21: ",
        "cannot be read",
    ),
    "a fuzzy phrase that is too short": (
        lambda w: w.change("policies/tp.yaml", "人工|柜台", "~人工台"),
        "policies/tp.yaml:21: ",
        "~人工台",
    ),
    "a concept without words": (
        lambda w: w.change("policies/lexicon.yaml", "[老年, 长者]", "[]"),
        "policies/lexicon.yaml:2: ",
        "must be a list of words",
    ),
    "a concept that holds itself": (
        lambda w: w.change("policies/lexicon.yaml", "[老年, 长者]", '[老年, "@elderly"]'),
        "policies/lexicon.yaml:2: ",
        "can never match",
    ),
    "a signal that voids itself": (
        lambda w: w.change("policies/tp.yaml", "strength: strong", 'unless: ["人", "柜台"]'),
        "policies/tp.yaml:21: ",
        "can never match: every word of “人工|柜台”",
    ),
    "a signal that its requirement voids": (
        lambda w: w.change("policies/tp.yaml", "    examples:", '    unless: ["@elderly"]\n    examples:'),
        "policies/tp.yaml:21: ",
        "can never match: every word of “@elderly”",
    ),
    "a signal within a clause whose words hold a comma": (
        lambda w: w.change("policies/tp.yaml", '"人工|柜台"], strength: strong', '"人工，柜台"], within: clause'),
        "policies/tp.yaml:21: ",
        "can never match: every word of “人工，柜台”",
    ),
    "a signal that holds the end of a sentence": (
        lambda w: w.change("policies/tp.yaml", "人工|柜台", "人工。柜台"),
        "policies/tp.yaml:21: ",
        "never found: documents are divided into sentences inside of it",
    ),
    "a word in full width": (
        lambda w: w.change("policies/lexicon.yaml", "[老年, 长者]", "[ＶＩＰ]"),
        "policies/lexicon.yaml:2: ",
        "documents are read as “vip”, write it so",
    ),
    "three dots in a signal": (
        lambda w: w.change("policies/tp.yaml", "人工|柜台", "人工...柜台"),
        "policies/tp.yaml:21: ",
        "cannot be read: “人工...柜台”",
    ),
    "a thousand concepts in a row": (
        lambda w: w.write("policies/lexicon.yaml", "concepts:\n" + "".join(
            f'  c{n}: ["@c{n + 1}"]\n' for n in range(1000)) + "  c1000: [老年]\n  elderly: [老年, '@c0']\n"),
        "policies/lexicon.yaml:2: ",
        "more than 50 deep",
    ),
    "a firm called by a common word": (
        lambda w: w.write("corpus/firms.yaml", "firms:\n  - name: 某某银行\n    kind: bank\n    aliases: [某行, 银行]\n"),
        "corpus/firms.yaml:4: ",
        "“银行” is a common word and cannot call the firm 某某银行",
    ),
    "one word for two firms": (
        lambda w: w.write("corpus/firms.yaml", "firms:\n" + "".join(
            f"  - {{name: {name}, kind: bank, aliases: [两行]}}\n" for name in ("甲地银行", "乙地银行"))),
        "corpus/firms.yaml:3: ",
        "“两行” is given to both 甲地银行 and 乙地银行",
    ),
    "a day that does not exist": (
        lambda w: w.write("corpus/corpus.yaml", "documents:\n  - path: a.txt\n    date: 2024-02-31\n"),
        "corpus/corpus.yaml:3: ",
        "date has a wrong value (a day that exists",
    ),
    "an unknown kind of firm": (
        lambda w: w.write("corpus/firms.yaml", "firms:\n  - name: 某某银行\n    kind: banque\n"),
        "corpus/firms.yaml:3: ",
        "某某银行: kind has a wrong value",
    ),
    "an unknown addressee": (
        lambda w: w.change("policies/tp.yaml", "applies_to: [all]", "applies_to: [banks]"),
        "policies/tp.yaml:19: ",
        "applies_to.0 has a wrong value",
    ),
    "a firm listed twice": (
        lambda w: w.write("corpus/firms.yaml", "firms:\n" + "  - name: 某某银行\n    kind: bank\n" * 2),
        "corpus/firms.yaml:4: ",
        "某某银行 is listed twice",
    ),
    "a document that the folder lacks": (
        lambda w: w.write("corpus/corpus.yaml", "documents:\n  - path: b.txt\n"),
        "corpus/corpus.yaml:2: ",
        "holds no b.txt",
    ),
    "a document listed twice": (
        lambda w: w.write("corpus/corpus.yaml", "documents:\n  - path: a.txt\n  - path: a.txt\n"),
        "corpus/corpus.yaml:3: ",
        "listed twice",
    ),
    "a path that leads out": (
        lambda w: w.write("corpus/corpus.yaml", "documents:\n  - path: ../policies/tp.yaml\n"),
        "corpus/corpus.yaml:2: ",
        "leads out of the corpus folder",
    ),
    "a path from the root": (
        lambda w: w.write("corpus/corpus.yaml", "documents:\n  - path: /etc/hosts\n"),
        "corpus/corpus.yaml:2: ",
        "leads out of the corpus folder",
    ),
    "a corpus without a readable document": (
        lambda w: (w.corpus / "a.txt").write_text("\n", encoding="utf-8"),
        "corpus: ",
        "no readable document",
    ),
    "no policies": (
        lambda w: list(map(Path.unlink, w.policies.iterdir())),
        "policies: ",
        "no policy file",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_named_with_its_place_and_nothing_is_written(kind: str, tiny: Workspace, capsys: Capture) -> None:
    spoil, place, message = BAD[kind]
    spoil(tiny)
    assert main(["build", *tiny.arguments, "--out", str(tiny.out)]) == 2
    said = capsys.readouterr()
    assert any(f"{tiny.root}/{place}" in line and message in line for line in said.err.splitlines()), said.err
    assert said.out == ""
    assert not tiny.out.exists()
    assert main(["check", *tiny.arguments]) == 2
    assert any(f"{tiny.root}/{place}" in line and message in line for line in capsys.readouterr().out.splitlines())


@pytest.mark.parametrize("missing", ["policies", "corpus"])
def test_a_folder_that_is_not_there_is_named(missing: str, tiny: Workspace, capsys: Capture) -> None:
    (tiny.root / missing).rename(tiny.root / "elsewhere")
    assert main(["build", *tiny.arguments, "--out", str(tiny.out)]) == 2
    assert f"no such file or folder: {tiny.root / missing}" in capsys.readouterr().err
    assert not tiny.out.exists()


def test_a_document_that_cannot_be_decoded_is_left_out_and_named(tiny: Workspace, capsys: Capture) -> None:
    tiny.write("corpus/b.txt", bytes(range(128, 256)) * 40)
    assert main(["build", *tiny.arguments, "--out", str(tiny.out)]) == 1
    said = capsys.readouterr()
    assert "documents left out: 1" in said.err and f"{tiny.corpus / 'b.txt'}: " in said.err
    assert len(said.out.splitlines()) == 2
    assert "b.txt" in (tiny.out / "matrix.html").read_text(encoding="utf-8")
    assert json.loads((tiny.out / "alignment.json").read_text("utf-8"))["left_out"][0]["path"] == "b.txt"
    assert main(["check", *tiny.arguments]) == 1


def test_a_sanction_that_is_no_evidence_is_named_and_the_run_is_done(tiny: Workspace, capsys: Capture) -> None:
    facts = "未经任职资格审查任命高级管理人员"
    row = f"云银罚决字〔2023〕7号,云岭农村商业银行股份有限公司,{facts},罚款30万元"
    tiny.write("corpus/list.csv", f"行政处罚决定书文号,被处罚当事人,主要违法违规事实,行政处罚决定\n{row}\n".encode())
    assert main(["build", *tiny.arguments, "--out", str(tiny.out)]) == 0
    said = capsys.readouterr().err
    assert facts in said and "documents left out" not in said
    assert facts in (tiny.out / "matrix.html").read_text(encoding="utf-8")


def test_an_out_folder_that_refuses_is_named(tiny: Workspace, capsys: Capture) -> None:
    tiny.write("out", "a file")
    assert main(["build", *tiny.arguments, "--out", str(tiny.out)]) == 2
    assert f"cannot write to {tiny.out}" in capsys.readouterr().err
    assert tiny.out.read_text() == "a file"


@pytest.mark.parametrize("content", ["", "[]", "{", '{"schema": "else/1"}', '{"schema": "mapper/alignment/1"}', "\ud800"])
def test_what_is_no_alignment_is_named(content: str, tiny: Workspace, capsys: Capture) -> None:
    path = tiny.write("out/alignment.json", content.encode("utf-8", "surrogatepass"))
    for arguments in (["explain", "微众银行", "tp-1", "--out", str(tiny.out)], ["evaluate", "--alignment", str(path)]):
        assert main(arguments) == 2
        assert str(path) in capsys.readouterr().err


def test_labels_that_are_wrong_are_named_with_their_line(built: Workspace, capsys: Capture) -> None:
    gold = built.write("corpus/gold.jsonl", '\n{"document": 1}\n')
    assert main(["evaluate", "--gold", str(gold), *built.arguments]) == 2
    assert f"{gold}:2: " in capsys.readouterr().err
    gold.unlink()
    assert main(["evaluate", *built.arguments]) == 2
    assert f"no such file or folder: {gold}" in capsys.readouterr().err


def test_a_file_where_a_folder_is_wanted_and_an_empty_folder_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("云岭银行开会。", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for command in (["build", "--corpus", str(tmp_path / "a.txt")], ["corpus", str(tmp_path / "a.txt")]):
        assert main(command) == 2
        assert "这里要的是文件夹" in capsys.readouterr().err
    assert main(["corpus", str(tmp_path / "empty")]) == 0
    assert "没有可读的文档" in capsys.readouterr().err

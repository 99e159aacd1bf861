"""A catalog tests itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper.catalog.check import DEEPEST, check_depth, check_signals, check_words
from mapper.catalog.load import Catalog, load_catalog
from mapper.corpus import as_read
from tests.builders import LEXICON, a_policy, a_requirement, folder

SIGNAL = "{need: [投诉, 办结]}"


@pytest.mark.parametrize(
    "signal",
    [
        "{need: [绿色贷款], unless: [贷款]}",
        "{need: [示例], unless: [示例]}",
        '{need: ["@elderly", 上门], unless: ["@elderly"]}',
        '{need: ["@loan"], unless: ["@loan|利息"]}',
    ],
)
def test_a_signal_that_voids_itself_can_never_match_and_is_said(tmp_path: Path, signal: str) -> None:
    policy = a_policy(a_requirement("op23-1", "{need: [示例]}", signal))
    catalog, _ = load_catalog(folder(tmp_path, {"op23.yaml": policy, "lexicon.yaml": LEXICON}))
    assert catalog is not None
    line = policy[: policy.index(signal)].count("\n") + 1
    assert [(problem.code, problem.line) for problem in check_signals(catalog)] == [("signal-never", line)]


# ---- words that no document holds ------------------------------------------------------------------------------


def loaded(tmp_path: Path, *signals: str, lexicon: str = LEXICON, more: str = "") -> tuple[Catalog, str]:
    """A catalog of one requirement, and its policy as written."""
    policy = a_policy(a_requirement("op23-1", "{need: [示例]}", *signals, more=more))
    catalog, problems = load_catalog(folder(tmp_path, {"op23.yaml": policy, "lexicon.yaml": lexicon}))
    assert catalog is not None, [str(problem) for problem in problems]
    return catalog, policy


@pytest.mark.parametrize(
    ("word", "code", "read"),
    [
        ("放心。办理", "signal-word-cut", ""),
        ("放心！办理", "signal-word-cut", ""),
        ("可以吗？可以", "signal-word-cut", ""),
        ("ＡＰＰ", "signal-word-changed", "app"),
        ("２４小时", "signal-word-changed", "24小时"),
        ("３．１５", "signal-word-changed", "3.15"),
        ("５０％", "signal-word-changed", "50%"),
        ("公司＋农户", "signal-word-changed", "公司+农户"),
        ("＠elderly", "signal-word-changed", "@elderly"),
        ("7\u00a0×\u00a024", "signal-word-changed", "7 × 24"),
        ("零\u200b钱", "signal-word-changed", "零钱"),
        ("⾦融", "signal-word-changed", "金融"),
    ],
)
def test_a_word_that_reading_divides_or_changes_is_said(tmp_path: Path, word: str, code: str, read: str) -> None:
    signal = f'{{need: [投诉, "办结|{word}"]}}'
    catalog, policy = loaded(tmp_path, signal)
    line = policy[: policy.index(signal)].count("\n") + 1
    [problem] = check_words(catalog, as_read)
    assert (problem.code, problem.line, problem.severity) == (code, line, "warning")
    assert problem.path.endswith("op23.yaml")
    assert not read or problem.params["read"] == read


@pytest.mark.parametrize(
    "word",
    [
        "3.15",
        "3·15",
        "7×24",
        "e-CNY",
        "APP",
        "《你好！生活》",
        "“三查”",
        "存款、支付",
        "信用户、信用村",
        "放心！",
        "24%（",
    ],
)
def test_a_word_that_reading_leaves_as_it_is_is_fine(tmp_path: Path, word: str) -> None:
    assert list(check_words(loaded(tmp_path, f"{{need: [投诉, '{word}']}}")[0], as_read)) == []


@pytest.mark.parametrize(
    ("signal", "severities"),
    [
        ('{need: [投诉, "放心。办理"]}', ["error"]),
        ('{need: [投诉, "放心。办理|ＡＰＰ..办理"]}', ["error", "error"]),
        ('{need: [投诉, "放心。办理|@loan"]}', ["warning"]),
        ('{need: [投诉], unless: ["放心。办理"]}', ["warning"]),
    ],
)
def test_a_group_without_any_word_is_an_error(tmp_path: Path, signal: str, severities: list[str]) -> None:
    assert [problem.severity for problem in check_words(loaded(tmp_path, signal)[0], as_read)] == severities


def test_unless_and_breaches_of_a_requirement_are_looked_at_too(tmp_path: Path) -> None:
    more = "    breaches:\n      - {need: [罚款。处罚]}\n    unless: [ＡＰＰ]\n"
    found = list(check_words(loaded(tmp_path, more=more)[0], as_read))
    assert [(problem.code, problem.severity) for problem in found] == [
        ("signal-word-cut", "error"),
        ("signal-word-changed", "warning"),
    ]


def test_the_lexicon_is_looked_at_with_its_lines(tmp_path: Path) -> None:
    lexicon = (
        "concepts:\n  loan: [贷款, ＡＰＰ贷款]\n  web: [网。站]\nmasks: [绿色／通道, 绿色。通道]\nnegation: [没有]\n"
    )
    found = list(check_words(loaded(tmp_path, lexicon=lexicon)[0], as_read))
    assert [(one.line, one.severity, one.params["id"]) for one in found] == [
        (2, "warning", "@loan"),
        (3, "error", "@web"),
        (None, "warning", "masks"),
        (None, "warning", "masks"),
    ]
    assert all(one.path == str(tmp_path / "lexicon.yaml") for one in found)


@pytest.mark.parametrize(
    ("word", "meant"), [("投诉｜申诉", "|"), ("上门…服务", ".."), ("上门．．服务", ".."), ("～无障碍服务", "~")]
)
def test_a_mark_that_only_looks_like_one_of_the_language_is_said(tmp_path: Path, word: str, meant: str) -> None:
    [problem] = check_words(loaded(tmp_path, f'{{need: ["投诉|{word}"]}}')[0], as_read)
    assert (problem.code, problem.severity, problem.params["meant"]) == ("signal-lookalike", "warning", meant)


def test_three_dots_are_refused_with_their_line(tmp_path: Path) -> None:
    policy = a_policy(a_requirement("op23-1", "{need: [示例]}", "{need: [上门...服务]}"))
    _, problems = load_catalog(folder(tmp_path, {"op23.yaml": policy, "lexicon.yaml": LEXICON}))
    line = policy[: policy.index("上门...")].count("\n") + 1
    assert [(problem.code, problem.line) for problem in problems] == [("signal-syntax", line)]


# ---- concepts within concepts ----------------------------------------------------------------------------------


def a_chain(length: int) -> str:
    links = "".join(f'  c{number}: ["@c{number + 1}"]\n' for number in range(length - 1))
    return f"concepts:\n  loan: [贷款]\n{links}  c{length - 1}: [示例]\n"


def test_a_chain_of_a_thousand_concepts_is_said_and_named(tmp_path: Path) -> None:
    catalog, _ = loaded(tmp_path, '{need: ["@c0"]}', lexicon=a_chain(1000))
    [problem] = check_depth(catalog)
    assert (problem.code, problem.line, problem.params["name"]) == ("lexicon-deep", 3, "c0")


def test_a_chain_that_is_not_too_long_works(tmp_path: Path) -> None:
    catalog, _ = loaded(tmp_path, '{need: ["@c0"]}', lexicon=a_chain(DEEPEST))
    assert list(check_depth(catalog)) == []
    assert [*check_words(catalog, as_read), *check_signals(catalog)] == []

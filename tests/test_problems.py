"""A problem says what is wrong in both languages, whatever the words of the file that it quotes."""

from __future__ import annotations

import pytest

from mapper.problems import Problem, nearest


def test_a_param_may_be_a_message_of_its_own() -> None:
    said = str(Problem("yaml-wrong-value", "a.yaml", 3, params={"field": "x", "why": "@why-list"}))
    assert said == "a.yaml:3: x 的值不对（应为列表） / x has a wrong value (a list expected)"


def test_nothing_is_said_of_the_nearest_where_nothing_is_near() -> None:
    assert str(Problem("firm-unknown", params={"name": "甲", **nearest("")})) == "没有机构叫“甲” / no firm is called “甲”"
    said = str(Problem("firm-unknown", params={"name": "甲", **nearest("乙")}))
    assert said == "没有机构叫“甲”（最接近的是 乙） / no firm is called “甲” (nearest: 乙)"


@pytest.mark.parametrize("words", ["@why-", "@why-not", "@why-{x}", "{0}", "@why-\ud800"])
def test_words_of_a_file_that_only_look_like_one_stand_as_they_are(words: str) -> None:
    assert words in str(Problem("file-missing", params={"what": words}))


def test_a_megabyte_of_a_file_is_not_repeated_in_a_message() -> None:
    said = str(Problem("yaml-unknown-key", "a.yaml", 1, params={"field": "甲" * 1_000_000}))
    assert said.startswith("a.yaml:1: ") and "甲…" in said and len(said) < 1_000

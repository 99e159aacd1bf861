"""A problem says what is wrong in both languages, whatever the words of the file that it quotes."""

from __future__ import annotations

import pytest

from mapper.problems import Problem


def test_a_param_may_be_a_message_of_its_own() -> None:
    said = str(Problem("yaml-wrong-value", "a.yaml", 3, params={"field": "x", "why": "@why-list"}))
    assert said == "a.yaml:3: x 的值不对（应为列表） / x has a wrong value (a list expected)"


@pytest.mark.parametrize("words", ["@why-", "@why-not", "@why-{x}", "{0}", "@why-\ud800"])
def test_words_of_a_file_that_only_look_like_one_stand_as_they_are(words: str) -> None:
    assert words in str(Problem("file-missing", params={"what": words}))


def test_a_megabyte_of_a_file_is_not_repeated_in_a_message() -> None:
    said = str(Problem("yaml-unknown-key", "a.yaml", 1, params={"field": "甲" * 1_000_000}))
    assert said.startswith("a.yaml:1: ") and "甲…" in said and len(said) < 1_000

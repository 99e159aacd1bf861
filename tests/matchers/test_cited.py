"""A text that says which clause was broken names the requirement, whatever else its words are like. All sentences are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from mapper.align.alignment import align
from mapper.catalog.load import load_catalog
from mapper.matchers.cited import SOURCE, CitationMatcher
from mapper.matchers.interface import Stretch
from mapper.matchers.shelf import retaught, shelf
from mapper.model import Evidence
from tests.align.aligning import a_run
from tests.builders import a_policy, a_requirement, catalog_of, document, folder, registry, shipped_catalog

ACT = "银行保险机构消费者权益保护管理办法"


def cited(sentence: str) -> set[str]:
    claims = CitationMatcher(shipped_catalog()).read(Stretch(sentence, 0, len(sentence))).claims
    return {one.requirement for one in claims}


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        (f"云岭银行因违反《{ACT}》第二十三条被罚款。", {"cp22-23"}),
        ("云岭银行违反《消保管理办法》第四十三条第一款规定，被警告。", {"cp22-43"}),
        ("云岭银行违反消保管理办法第44条，被警告。", {"cp22-43"}),
        (f"云岭银行违反《{ACT}》第二十三条、第三十三条，被罚款。", {"cp22-23", "cp22-33"}),
        (f"云岭银行违反《{ACT}》第二十三、二十八条规定，被罚款。", {"cp22-23", "cp22-28"}),
        ("云岭银行违反了《征信业管理条例》第十八条第一款，被罚款。", {"cp22-43"}),
        (f"云岭银行未违反《{ACT}》第二十三条。", set()),
        (f"根据《{ACT}》第二十三条，云岭银行开展自查。", set()),
        (f"云岭银行违反《{ACT}》被罚款。", set()),
        ("云岭银行违反《商业银行服务价格管理办法》第二十三条，被罚款。", set()),
    ],
)
def test_the_clause_that_was_broken_names_its_requirement(sentence: str, found: set[str]) -> None:
    assert cited(sentence) == found


def test_only_the_words_that_speak_of_a_firm_count() -> None:
    text = f"云岭银行违反《{ACT}》第二十三条被罚，海港银行违反《{ACT}》第三十三条被罚。"
    claims = CitationMatcher(shipped_catalog()).read(Stretch(text, text.index("海港"), len(text))).claims
    assert [(one.requirement, text[slice(*one.words[0])]) for one in claims] == [("cp22-33", f"违反《{ACT}》第三十三条")]


def read(sentence: str) -> dict[str, Evidence]:
    texts = [document(sentence)]
    made = align(texts, shipped_catalog(), registry(), a_run(texts), min_score=0.5)
    return {one.requirement: one for one in made.evidence}


def test_it_is_a_finding_against_the_firm_and_says_so() -> None:
    one = read("云岭银行江州支行违反《征信业管理条例》第十八条，被罚款5万元。")["cp22-43"]
    assert (one.grade, one.basis) == ("adverse", "finding") and one.score >= 0.95
    why = next(reason for reason in one.reasons if reason.code == "clause-cited")
    assert [words.text for words in why.words] == ["违反《征信业管理条例》第十八条"]


def test_a_clause_that_several_requirements_make_up_names_none_of_them() -> None:
    """Every requirement that the builder makes is of the first article."""
    text = "云岭银行违反《意见op23》第一条，被罚款；违反《江州办法》第九条，被警告。"
    alone = catalog_of(a_policy(a_requirement("op23-1", more="    cited_as: [《江州办法》第九条]\n")))
    several = catalog_of(a_policy(a_requirement("op23-1"), a_requirement("op23-2")))
    found = [[one.requirement for one in CitationMatcher(each).read(Stretch(text, 0, len(text))).claims] for each in (alone, several)]
    assert found == [["op23-1", "op23-1"], []]


def test_an_article_that_is_written_otherwise_is_refused_with_its_line(tmp_path: Path) -> None:
    policy = a_policy(a_requirement("op23-1", more="    cited_as: [征信业管理条例]\n"))
    made, problems = load_catalog(folder(tmp_path, {"op23.yaml": policy}))
    line = policy[: policy.index("cited_as")].count("\n") + 1
    assert made is None and f"op23.yaml:{line}:" in str(problems[0]) and "cited_as" in str(problems[0])


def test_while_a_requirement_is_being_taught_clauses_are_still_read() -> None:
    reader = retaught(shelf(shipped_catalog()), shipped_catalog(), "cp22-23")
    text = f"云岭银行违反《{ACT}》第二十三条被罚。"
    claims = [one for matcher in reader.matchers for one in matcher.read(Stretch(text, 0, len(text))).claims]
    assert [one.requirement for one in claims if one.source == SOURCE] == ["cp22-23"]

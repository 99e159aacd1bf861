"""How requirements fire on a corpus: never, nearly everywhere, always together."""

from __future__ import annotations

from mapper.align.alignment import align
from mapper.align.firing import check_firing
from mapper.catalog.load import Catalog
from mapper.model import Run
from mapper.problems import Problem
from tests.builders import a_policy, a_requirement, catalog_of, document, registry

SENTENCES = [f"云岭银行推出{what}服务。" for what in ("上门", "大字版", "语音", "远程", "夜间", "周末", "陪同", "代办")]
QUIET = [f"云岭银行{what}。" for what in ("召开年会", "组织春游", "更换招牌", "修缮屋顶", "评选标兵", "举办比赛", "搬迁档案", "整理库房")]


def firing(catalog: Catalog, *texts: str) -> list[Problem]:
    made = align([document(*texts)], catalog, registry(), Run(version="1"))
    return list(check_firing(made, catalog))


def test_requirements_that_find_nothing_are_named_in_one_line() -> None:
    catalog = catalog_of(a_policy(*(a_requirement(f"op23-{n}", f"{{need: [{word}]}}") for n, word in enumerate(("上门", "火星", "木星")))))
    [problem] = firing(catalog, *SENTENCES, *QUIET)
    assert (problem.code, problem.severity, problem.params["ids"]) == ("requirements-silent", "warning", "op23-1、op23-2")


def test_a_requirement_that_fires_everywhere_is_named() -> None:
    catalog = catalog_of(a_policy(a_requirement("op23-1", "{need: [推出], strength: strong}")))
    found = {one.code: one.params for one in firing(catalog, *SENTENCES, *QUIET)}
    assert found["requirement-everywhere"] == {"id": "op23-1", "count": "8", "whole": "16"}
    assert firing(catalog, SENTENCES[0], *QUIET, *(f"{text}也" for text in QUIET)) == []


def test_two_that_always_fire_together_are_named_once() -> None:
    both = (a_requirement("op23-1", "{need: [推出]}"), a_requirement("op23-2", "{need: [服务]}"))
    found = [one for one in firing(catalog_of(a_policy(*both)), *SENTENCES) if one.code == "requirements-together"]
    assert [(one.params["id"], one.params["other"], one.params["count"]) for one in found] == [("op23-1", "op23-2", "8")]

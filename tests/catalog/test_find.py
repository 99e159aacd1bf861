"""A requirement is found by its id, by its clause or by its title; what could mean several is never guessed."""

from __future__ import annotations

import pytest

from mapper.catalog.find import find_requirement
from mapper.problems import InputError
from tests.builders import a_policy, a_requirement, catalog_of


def titled(id: str, clause: str, title: str) -> str:
    plain = a_requirement(id)
    return plain.replace("clause: 第一条", f"clause: {clause}").replace(f"title: {id}\n", f"title: {title}\n")


POLICIES = catalog_of(
    a_policy(
        titled("op21-1", "第一条", "投诉处理"),
        titled("op21-9", "第九条", "适老服务"),
        id="op21",
        published="2021-05-01",
    ),
    a_policy(
        titled("op23-6.a", "二、（六）", "绿色金融"),
        titled("op23-6.b", "二、（六）", "养老金融（产品）"),
        titled("op23-9", "第九条", "信息披露"),
    ),
).policies


@pytest.mark.parametrize(
    ("wanted", "id"),
    [
        ("op23-9", "op23-9"),
        (" OP23-6.A ", "op23-6.a"),
        ("第一条", "op21-1"),
        ("投诉处理", "op21-1"),
        ("养老金融(产品)", "op23-6.b"),
        ("title of OP23-9", "op23-9"),
        ("意见op23第九条", "op23-9"),
        ("《意见op21》 第九条", "op21-9"),
        ("op21第九条", "op21-9"),
        ("意见op23 绿色金融", "op23-6.a"),
    ],
)
def test_what_means_one_requirement_finds_it(wanted: str, id: str) -> None:
    policy, found = find_requirement(POLICIES, wanted)
    assert found.id == id and found in policy.requirements


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ("第九条", ["op21-9", "op23-9"]),
        ("二、(六)", ["op23-6.a", "op23-6.b"]),
        ("op23 二、（六）", ["op23-6.a", "op23-6.b"]),
    ],
)
def test_what_means_several_is_answered_with_all_of_them(wanted: str, ids: list[str]) -> None:
    with pytest.raises(InputError) as raised:
        find_requirement(POLICIES, wanted)
    [problem] = raised.value.problems
    assert problem.code == "requirement-ambiguous"
    assert [one.split()[0] for one in problem.params["candidates"].split("; ")] == ids


@pytest.mark.parametrize(
    ("wanted", "near"),
    [("op23-8", "op23-9 信息披露"), ("信息批露", "op23-9 信息披露"), ("适老", "op21-9 适老服务"), ("", "")],
)
def test_what_means_none_is_answered_with_the_nearest(wanted: str, near: str) -> None:
    with pytest.raises(InputError) as raised:
        find_requirement(POLICIES, wanted)
    [problem] = raised.value.problems
    assert problem.code == "requirement-unknown"
    assert near in problem.params["near"].split("; ")
    assert len(problem.params["near"].split("; ")) <= 3


@pytest.mark.parametrize("wanted", ["op23-6.a", "OP23-6.A"])
def test_an_exact_id_is_meant_however_like_it_another_is(wanted: str) -> None:
    alike = catalog_of(a_policy(titled("op23-6.a", "一", "甲"), titled("OP23-6.A", "二", "乙"))).policies
    assert find_requirement(alike, wanted)[1].id == wanted
    with pytest.raises(InputError, match=r"OP23-6\.A"):
        find_requirement(alike, "Op23-6.a")

"""Which duty binds which firm on which day: what is not yet in force, or means larger firms, is no gap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mapper.align.alignment import align
from mapper.align.union import merge
from mapper.binding import Binding, BindingPeriod, Phase, is_day
from mapper.catalog.load import Catalog
from mapper.model import Alignment, Run, Status
from tests.builders import a_policy, a_requirement, catalog_of, document, firm, registry

BIG, SMALL, UNSIZED = (
    firm("巨轮银行", "bank", assets=8000), firm("小舟银行", "bank", assets=300), firm("无名银行", "bank")
)  # fmt: skip
LATE = "    effective: '2026-07-01'\n"
SLOW = "    until: '2026-12-31'\n"
DUE = a_requirement("op23-1", "{need: [上门服务]}", more=LATE)
IN_TRANSITION = a_requirement("op23-1", "{need: [上门服务]}", more=SLOW)
LARGE = a_requirement("op23-1", "{need: [上门服务]}", applies_to="[{kind: bank, assets_from: 5000}]")


def made(requirement: str, *texts: tuple[str, str | None], **options: str) -> Alignment:
    """The alignment of documents (text, date) with one requirement."""
    documents = [document(text, id=f"{n}.txt", date=date) for n, (text, date) in enumerate(texts)]
    return align(documents, of(requirement), registry(BIG, SMALL, UNSIZED), Run(version="1", options=dict(options)))


def of(requirement: str) -> Catalog:
    return catalog_of(a_policy(requirement))


def status(alignment: Alignment, name: str) -> tuple[Status, bool]:
    cell = next(cell for cell in alignment.cells if cell.firm == name)
    return cell.status, cell.voluntary


# ---- time ------------------------------------------------------------------------------------------------------

NOTHING = "巨轮银行召开了年度会议。"
DONE = "巨轮银行为老年客户提供上门服务。"


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2026-06-30", "not-yet"), ("2026-07-01", "none"), ("2026-07", "none"), ("2026", "not-yet"), (None, "none")],
)
def test_a_gap_begins_on_the_day_the_duty_binds(date: str | None, expected: Status) -> None:
    """A year proves only that it had begun; where no document has a date every duty is taken to bind."""
    assert status(made(DUE, (NOTHING, date)), "巨轮银行") == (expected, False)


def test_the_latest_document_says_what_day_it_is() -> None:
    assert status(made(DUE, (NOTHING, "2026-01-05"), ("海港银行开会。", "2026-08")), "巨轮银行") == ("none", False)


def test_a_day_that_is_told_counts_before_the_documents() -> None:
    assert status(made(DUE, (NOTHING, "2026-09-01"), as_of="2026-02-01"), "巨轮银行") == ("not-yet", False)
    assert status(made(DUE, (NOTHING, "2026-02-01"), as_of="2026-09-01"), "巨轮银行") == ("none", False)


def test_who_does_it_before_it_binds_is_shown_outside_the_denominator() -> None:
    assert status(made(DUE, (DONE, "2026-02-01")), "巨轮银行") == ("evidenced", True)
    assert status(made(DUE, (DONE, "2026-08-01")), "巨轮银行") == ("evidenced", False)


@pytest.mark.parametrize(("day", "expected"), [("2026-12-31", "not-yet"), ("2027-01-01", "none")])
def test_a_transition_period_has_a_last_day(day: str, expected: Status) -> None:
    assert status(made(IN_TRANSITION, (NOTHING, None), as_of=day), "巨轮银行") == (expected, False)


def test_a_directive_that_states_no_day_binds_older_documents_too() -> None:
    plain = a_requirement("op23-1", "{need: [上门服务]}")
    assert status(made(plain, (NOTHING, "2021-01-01")), "巨轮银行") == ("none", False)
    assert status(made(plain, (NOTHING, "2021-01-01"), as_of="2021-01-01"), "巨轮银行") == ("not-yet", False)


def test_parts_of_a_corpus_merge_to_the_whole_though_each_has_its_own_latest_day() -> None:
    first, second = (NOTHING, "2026-02-01"), ("海港银行开会。", "2026-08-01")
    whole = made(DUE, first, second)
    catalog = of(DUE)
    parts = [
        align([document(text, id=f"{n}.txt", date=date)], catalog, registry(BIG, SMALL, UNSIZED), Run(version="1"))
        for n, (text, date) in enumerate((first, second))
    ]
    assert status(parts[0], "巨轮银行") == ("not-yet", False)
    assert merge(*parts).cells == whole.cells


def test_a_term_with_both_days() -> None:
    term = BindingPeriod("2026-01-01", "2026-06-30")
    assert [term.binds(day) for day in ("2025-12-31", "2026-03-01", "2026-07-01", None)] == [False, False, True, True]


@pytest.mark.parametrize(
    ("day", "phase"),
    [("2025-12-31", "not-yet"), ("2026-01-01", "in-transition"), ("2026-07-01", "in-force"), ("2028-12-31", "in-force"),
     ("2029-01-01", "expired"), (None, "in-force")],
)  # fmt: skip
def test_a_duty_is_not_yet_in_force_in_transition_in_force_or_expired(day: str | None, phase: Phase) -> None:
    assert BindingPeriod("2026-01-01", "2026-06-30", "2028-12-31").phase(day) == phase


TIMED = "  until: '2026-12-31'\n  expires: '2028-12-31'\n"


@pytest.mark.parametrize(
    ("day", "own", "expected"),
    [
        ("2026-12-31", "", "not-yet"), ("2027-01-01", "", "none"), ("2029-01-01", "", "not-yet"),
        ("2026-12-31", "    until: '2026-03-31'\n", "none"), ("2029-01-01", "    expires: '2029-12-31'\n", "none"),
    ],
)  # fmt: skip
def test_what_a_policy_says_of_its_time_holds_for_all_its_duties_that_say_nothing_else(
    day: str, own: str, expected: Status
) -> None:
    asked = a_requirement("op23-1", "{need: [上门服务]}", more=own)
    catalog = catalog_of(a_policy(asked).replace("requirements:", f"{TIMED}requirements:"))
    found = align([document(NOTHING, id="0.txt")], catalog, registry(BIG), Run(version="1", options={"as_of": day}))
    assert status(found, "巨轮银行") == (expected, False)


@pytest.mark.parametrize(("said", "holds"), [("2026-02-28", True), ("2026-02-30", False), ("2026-2-8", False), ("今天", False)])
def test_a_day_is_one_that_exists(said: str, holds: bool) -> None:
    assert is_day(said) is holds


# ---- size ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"), [("巨轮银行", "none"), ("小舟银行", "not-applicable"), ("无名银行", "none")]
)
def test_a_duty_of_large_firms_is_no_gap_of_a_small_one(name: str, expected: Status) -> None:
    """A firm whose size nobody stated is taken to be meant: a gap is named rather than lost."""
    assert status(made(LARGE, (f"{name}召开了年度会议。", None)), name) == (expected, False)


def test_a_small_firm_that_does_it_all_the_same_is_voluntary() -> None:
    alignment = made(LARGE, ("小舟银行为老年客户提供上门服务。", None))
    assert status(alignment, "小舟银行") == ("evidenced", True)
    assert [piece.voluntary for piece in alignment.evidence] == [True]


def test_a_size_is_for_its_kind_only() -> None:
    mixed = a_requirement("op23-1", applies_to="[insurer, {kind: bank, assets_below: 1000}]")
    requirement = of(mixed).requirements[0]
    asked = {one.name: requirement.means(one) for one in (BIG, SMALL, UNSIZED, firm("泰和保险", "insurer", assets=9000))}
    assert asked == {"巨轮银行": False, "小舟银行": True, "无名银行": True, "泰和保险": True}
    assert requirement.depends_on_size("bank") and not requirement.depends_on_size("insurer")
    assert not requirement.means(firm("启明科技", "fintech"))


def test_binding_takes_the_day_of_its_policy_where_a_requirement_states_none() -> None:
    catalog = of(a_requirement("op23-1"))
    policy = catalog.policies[0].model_copy(update={"effective": "2027-01-01"})
    bound = Binding.of([policy], [], Run(version="1", options={"as_of": "2026-01-01"}))
    assert not bound.in_force("op23-1")
    assert not replace(bound, day="2026-12-31").binds(policy.requirements[0], BIG)
    assert replace(bound, day="2027-01-01").binds(policy.requirements[0], BIG)


OLDER = a_policy(a_requirement("old-1", "{need: [上门服务]}"), a_requirement("old-2", "{need: [上门服务]}"), id="old")


@pytest.mark.parametrize(
    ("head", "ended"),
    [
        ("  replaces: [old]\n", {"old-1", "old-2"}),
        ("  amends: [old]\n  repeals: [old-2]\n", {"old-1", "old-2"}),
        ("  amends: [old]\n", {"old-1"}),
    ],
)
def test_what_a_newer_policy_takes_the_place_of_ends_the_day_before_it_is_in_force(head: str, ended: set[str]) -> None:
    newer = a_policy(a_requirement("new-1", "{need: [上门服务]}", more="    was: [old-1]\n"), id="new")
    for effective, last in (("  effective: '2026-07-01'\n", "2026-06-30"), ("", None)):
        policies = catalog_of(OLDER, newer.replace("policy:\n", f"policy:\n{head}{effective}", 1)).policies
        terms = Binding.of(policies, ("2026-07-01",), Run(version="1")).terms
        assert {id: term.expires for id, term in terms.items()} == {
            "new-1": None, "old-1": last, "old-2": last if "old-2" in ended else None
        }  # fmt: skip


def test_a_clause_that_binds_later_than_its_policy_leaves_the_old_one_in_force_until_then() -> None:
    more = "    was: [old-1]\n    effective: '2027-01-01'\n"
    newer = a_policy(a_requirement("new-1", "{need: [上门服务]}", more=more), id="new")
    head = "policy:\n  replaces: [old]\n  effective: '2026-07-01'\n"
    terms = Binding.of(catalog_of(OLDER, newer.replace("policy:\n", head, 1)).policies, ("2026-07-01",), Run(version="1")).terms
    assert (terms["old-1"].expires, terms["old-2"].expires) == ("2026-12-31", "2026-06-30")

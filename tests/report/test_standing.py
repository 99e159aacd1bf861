"""A firm is ahead where few others do what it does, and behind where many others do what was not found of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mapper.model import Alignment
from mapper.report.shapes import AmongPeers, RowView
from mapper.report.standing import standings
from mapper.report.view import build_view

Compare = Callable[..., tuple[list[tuple[AmongPeers, ...]], list[tuple[AmongPeers, ...]]]]


@pytest.fixture
def compare(alignment: Alignment) -> Compare:
    """Standings of one requirement, from the statuses of its cells; a star marks voluntary practice."""
    row = build_view(alignment).rows[0]

    def run(*statuses: str, kinds: str = "") -> tuple[list[tuple[AmongPeers, ...]], list[tuple[AmongPeers, ...]]]:
        cells = tuple(
            row.cells[0]._replace(firm=number, status=status.rstrip("*"), voluntary=status.endswith("*"))  # type: ignore[arg-type]
            for number, status in enumerate(statuses)
        )
        return standings([replace(row, cells=cells)], kinds or [str(number) for number in range(len(statuses))])

    return run


def test_one_in_four_is_few(compare: Compare) -> None:
    ahead, behind = compare("evidenced", "evidenced", "none", "none", "none")
    assert ahead[0] == ahead[1] == (AmongPeers(0, others=1, of=4),)
    assert behind == [(), (), *[(AmongPeers(0, others=2, of=4),)] * 3]


def test_what_most_do_is_no_strength(compare: Compare) -> None:
    ahead, behind = compare("evidenced", "evidenced", "evidenced", "none")
    assert ahead == [()] * 4 and behind[3] == (AmongPeers(0, others=3, of=3),)


def test_one_other_makes_nobody_fall_behind(compare: Compare) -> None:
    assert compare("evidenced", "none")[1] == [(), ()]


@pytest.mark.parametrize("status", ["unsearched", "not-applicable", "evidenced*", "contrary", "stated"])
def test_only_cells_searched_in_vain_are_behind(compare: Compare, status: str) -> None:
    assert compare("evidenced", "evidenced", "evidenced", status)[1][3] == ()


def test_unread_and_unaddressed_firms_are_not_compared(compare: Compare) -> None:
    ahead, _ = compare("evidenced", "unsearched", "not-applicable", "evidenced*", "none")
    assert ahead[0] == (AmongPeers(0, others=0, of=1),)


def test_alone_nobody_is_ahead(compare: Compare) -> None:
    assert compare("evidenced", "unsearched")[0] == [(), ()]


def test_the_sharpest_come_first_and_eight_at_most(alignment: Alignment) -> None:
    row = build_view(alignment).rows[0]
    blank = row.cells[0]

    def line(index: int, others: int) -> RowView:
        cells = [
            blank._replace(firm=0, status="none", voluntary=False),
            *(
                blank._replace(firm=number, status="evidenced" if number <= others else "none")
                for number in range(1, 9)
            ),
        ]
        return replace(row, index=index, cells=tuple(cells))

    rows = [line(index, 2 + index % 7) for index in range(12)]
    behind = standings(rows, list("abcdefghi"))[1][0]
    assert len(behind) == 8
    assert [one.others for one in behind] == sorted((one.others for one in behind), reverse=True)


def test_a_firm_is_compared_with_its_own_kind_where_there_are_enough_of_it(compare: Compare) -> None:
    ahead, behind = compare("evidenced", "none", "none", "none", "evidenced", "evidenced", kinds="aaaabb")
    assert ahead[0] == (AmongPeers(0, others=0, of=3, same=True),)
    assert ahead[4] == (), "two of a kind are too few: compared with all five others, two of which evidence it"
    assert behind == [()] * 6

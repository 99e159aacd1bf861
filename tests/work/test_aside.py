"""Records put aside: each is found again by its place, and all of them in their order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapper.work.aside import Aside

lines = st.lists(st.text(st.characters(exclude_characters="\n"), max_size=30), max_size=6)


@given(st.lists(st.tuples(lines, st.booleans()), max_size=6))
def test_what_is_put_aside_is_found_again_whenever_it_is_asked_for(steps: list[tuple[list[str], bool]]) -> None:
    with Aside() as aside:
        kept: list[tuple[int, str]] = []
        for some, asked in steps:
            kept += zip(aside.put(some), some, strict=True)
            if asked:
                assert [aside.take(place) for place, _ in reversed(kept)] == [line for _, line in reversed(kept)]
        assert list(aside) == [line for _, line in kept]
        assert list(aside) == [line for _, line in kept], "as often as one likes"


def test_a_line_longer_than_what_is_read_at_once_comes_back_whole() -> None:
    long = "长" * 1_000_000
    with Aside() as aside:
        places = aside.put([long, "短", long])
        assert [len(line) for line in aside] == [1_000_000, 1, 1_000_000]
        assert aside.take(places[1]) == "短"

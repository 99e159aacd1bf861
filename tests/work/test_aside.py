"""Records put aside: each is found again by its number, and all of them in their order."""

from __future__ import annotations

from tempfile import TemporaryFile

from hypothesis import given
from hypothesis import strategies as st

from mapper.work.aside import Aside, Laid

lines = st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"")), max_size=6)


@given(st.lists(st.tuples(lines, st.booleans()), max_size=6))
def test_what_is_put_aside_is_found_again_whenever_it_is_asked_for(steps: list[tuple[list[bytes], bool]]) -> None:
    with Aside() as aside:
        kept: list[tuple[int, bytes]] = []
        for some, asked in steps:
            kept += zip(aside.add(*some), some, strict=True)
            if asked:
                assert [aside.take(number) for number, _ in reversed(kept)] == [line for _, line in reversed(kept)]
        assert list(aside) == [line for _, line in kept]
        assert list(aside) == [line for _, line in kept], "as often as one likes"


@given(lines, st.lists(st.booleans(), min_size=6, max_size=6), lines)
def test_lines_of_a_file_lie_before_what_is_put_aside(before: list[bytes], kept: list[bool], after: list[bytes]) -> None:
    live = [range(number, number + 1) for number, one in enumerate(kept[: len(before)]) if one]
    left = [before[one.start] for one in live]
    with Aside() as aside, TemporaryFile(buffering=0) as file:
        aside.add(*before)
        ends, pieces = aside.only(live)
        file.write(b"head" + b"".join(pieces))
        with Aside(Laid(file, 4, ends)) as again:
            again.add(*after)
            assert len(again) == len(left) + len(after)
            assert list(again) == [again.take(number) for number in range(len(again))] == left + after


def test_lines_that_have_their_ends_are_put_aside_in_one_piece() -> None:
    with Aside() as aside:
        aside.add(b"0")
        assert list(aside.put("一\n\n二\n".encode(), (4, 1, 4))) == [1, 2, 3]
        assert [aside.take(number) for number in (3, 2, 1, 0)] == ["二".encode(), b"", "一".encode(), b"0"]


def test_a_line_longer_than_what_is_read_at_once_comes_back_whole() -> None:
    long = "长".encode() * 1_000_000
    with Aside() as aside:
        numbers = aside.add(long, b"short", long)
        assert [len(line) for line in aside] == [3_000_000, 5, 3_000_000]
        assert aside.take(numbers[1]) == b"short"

"""A text keeps the way back to every character of its source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.corpus.textmap import TextMap, joined

TEXTS = st.text(alphabet="金融服务abc 。\n", max_size=40)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, TextMap]:
    """A source and a map made from it by edits that keep the old text's length or not."""
    source = draw(TEXTS)
    words = TextMap.of(source)
    for _ in range(draw(st.integers(0, 3))):
        cuts = sorted(draw(st.sets(st.integers(0, len(words.text)), max_size=6)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        words = words.edit([(a, b, draw(TEXTS)) for a, b in pairs])
    return source, words


def is_lawful(words: TextMap, length: int) -> bool:
    spans = list(zip(words.starts, words.ends, strict=True))
    return (
        len(spans) == len(words.text)
        and all(0 <= start < end <= length for start, end in spans)
        and all(one <= two for one, two in zip(words.starts, words.starts[1:], strict=False))
        and all(one <= two for one, two in zip(words.ends, words.ends[1:], strict=False))
    )


@given(edited())
def test_every_character_has_an_origin_and_origins_never_fall(case: tuple[str, TextMap]) -> None:
    source, words = case
    assert is_lawful(words, len(source))


@given(TEXTS, st.integers(0, 1000))
def test_an_unchanged_text_points_at_itself(text: str, offset: int) -> None:
    words = TextMap.of(text, offset)
    assert [words.text[i] for i in range(len(text))] == [text[start - offset] for start in words.starts]


@given(edited(), st.data())
def test_composing_maps_is_mapping_through_both(case: tuple[str, TextMap], data: st.DataObject) -> None:
    _, first = case
    cut = data.draw(st.integers(0, len(first.text)))
    second = TextMap.of(first.text).edit([(0, cut, "x")] if cut else [])
    through = second.after(first)
    assert through.text == second.text
    assert list(through.starts) == [first.starts[start] for start in second.starts]
    assert list(through.ends) == [first.ends[end - 1] for end in second.ends]


@given(edited())
def test_editing_is_composing_with_an_edit_of_the_text(case: tuple[str, TextMap]) -> None:
    _, words = case
    if not words.text:
        return
    direct = words.edit([(0, 1, "甲乙")])
    composed = TextMap.of(words.text).edit([(0, 1, "甲乙")]).after(words)
    assert (direct.text, list(direct.starts), list(direct.ends)) == (
        composed.text,
        list(composed.starts),
        list(composed.ends),
    )


@given(edited(), st.data())
def test_parts_joined_again_are_the_whole(case: tuple[str, TextMap], data: st.DataObject) -> None:
    _, words = case
    cut = data.draw(st.integers(0, len(words.text)))
    whole = joined([words[:cut], words[cut:]])
    assert whole.text == words.text
    assert list(whole.starts) == list(words.starts)


def test_what_stands_between_joined_parts_is_made_from_the_gap() -> None:
    source = "普惠\n金融"
    whole = joined([TextMap.of("普惠", 0), TextMap.of("金融", 3)], "|")
    assert whole.text == "普惠|金融"
    assert source[whole.starts[2] : whole.ends[2]] == "\n"


def test_stripping_keeps_places() -> None:
    words = TextMap.of("  普惠 ").strip()
    assert (words.text, words.start, words.end) == ("普惠", 2, 4)


def test_an_insertion_has_no_origin_and_is_refused() -> None:
    with pytest.raises(ValueError, match="edit"):
        TextMap.of("普惠").edit([(1, 1, "x")])

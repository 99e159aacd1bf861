"""How a text is cut into the pieces of a vocabulary."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from mapper.matchers.pieces import SPACE, Pieces

WORDS = ("<unk>", SPACE, "普惠", "金融", "普", "惠", "金", "融", "惠金", SPACE + "a", "b", "1")
VOCABULARY = Pieces(WORDS, (0.0, -2.0, -3.0, -3.5, -6.0, -6.0, -6.0, -6.0, -9.0, -4.0, -5.0, -5.0), 0)


def cut(text: str) -> list[str]:
    return [WORDS[number] for number in VOCABULARY.cut(text)]


def test_the_likeliest_pieces_win() -> None:
    assert cut("普惠金融") == [SPACE, "普惠", "金融"]


def test_whatever_no_piece_covers_is_one_unknown_however_long() -> None:
    assert cut("普惠龘龘龘金融") == [SPACE, "普惠", "<unk>", "金融"]


def test_a_space_opens_a_word() -> None:
    assert cut("普惠 ab") == [SPACE, "普惠", SPACE + "a", "b"]


def test_full_width_letters_and_many_spaces_are_those_of_plain_text() -> None:
    assert VOCABULARY.cut("普惠   ａｂ１") == VOCABULARY.cut("普惠 ab1")


@given(st.text(alphabet="普惠金融ab1 ", max_size=30))
def test_the_pieces_of_a_known_text_make_up_the_text(text: str) -> None:
    pieces = cut(text)
    if "<unk>" not in pieces:
        squeezed = " ".join(part for part in unicodedata.normalize("NFKC", text).split(" "))
        while "  " in squeezed:
            squeezed = squeezed.replace("  ", " ")
        assert "".join(pieces) == SPACE + squeezed.replace(" ", SPACE)

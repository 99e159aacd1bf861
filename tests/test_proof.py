"""A quote is proved against its source: held, moved, or no longer there."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mapper import run
from mapper.proof import verify
from mapper.shipped import folder
from tests.builders import document
from tests.review.worlds import CORPUS, HARBOUR, LOANS, MISSED, WINDOW, decided, made


def found(*corpus: object) -> dict[str, str]:
    """How each quote of the world is found in these documents."""
    verified = verify(made(decided("add", MISSED, to="action")), corpus)  # type: ignore[arg-type]
    return {one.words: one.found for one in verified.quotes}


def test_every_quote_holds_in_the_corpus_it_was_made_from() -> None:
    verified = verify(made(decided("add", MISSED, to="action")), CORPUS)
    assert {one.found for one in verified.quotes} == {"held"}
    assert {MISSED, WINDOW} <= {one.words for one in verified.quotes}
    assert verified.changed == () and verified.broken == ()


def test_an_inserted_paragraph_moves_the_quotes_behind_it() -> None:
    changed = document("新的一段。", WINDOW, LOANS, id="一/a.txt", sha256="other")
    verified = verify(made(), [changed, CORPUS[1]])
    states = {one.words: one.found for one in verified.quotes}
    assert states[WINDOW] == states[LOANS] == "moved" and states[HARBOUR] == "held"
    moved = next(one for one in verified.moved if one.words == WINDOW)
    assert moved.at is not None and changed.text[moved.at.start : moved.at.end] == WINDOW
    assert [one.id for one in verified.changed] == ["一/a.txt"]


def test_changed_words_no_longer_hold() -> None:
    changed = document(WINDOW.replace("上门", "电话"), LOANS, id="一/a.txt", sha256="other")
    states = found(changed, CORPUS[1])
    assert states[WINDOW] == "gone" and states[LOANS] in ("held", "moved")


def test_spaces_put_in_do_not_break_a_quote() -> None:
    changed = document(WINDOW.replace("提供", "提供 "), LOANS, id="一/a.txt", sha256="other")
    assert found(changed, CORPUS[1])[WINDOW] == "moved"


def test_a_document_of_the_same_bytes_under_another_name_is_found() -> None:
    renamed = document(HARBOUR, MISSED, id="c.txt", sha256="sha256 of b.txt")
    states = found(CORPUS[0], renamed)
    assert states[HARBOUR] == "moved"


def test_a_document_that_is_not_there_is_said() -> None:
    assert found(CORPUS[0])[HARBOUR] == "no-document"


def test_of_two_places_the_one_with_the_same_neighbours_is_meant() -> None:
    before = document("甲开头。", WINDOW, "乙结尾。", id="a.txt")
    piece = made(corpus=[before]).evidence[0]
    assert (piece.prefix[-5:-1], piece.suffix[1:4]) == ("甲开头。", "乙结尾")
    after = document(WINDOW, "别的。", "甲开头。", WINDOW, "乙结尾。", id="a.txt", sha256="other")
    [quote, *_] = verify(made(corpus=[before]), [after]).quotes
    assert quote.at is not None and after.text[: quote.at.start].endswith("甲开头。\n")


def test_every_quote_of_the_articles_that_ship_holds_to_the_letter() -> None:
    inputs = run.read_inputs(folder("policies"), folder("seeds"))
    alignment = run.build(inputs, min_score=0)
    assert {one.found for one in verify(alignment, inputs.corpus.documents).quotes} == {"held"}
    texts = {one.document.id: one.text for one in inputs.corpus.documents}
    repaired = 0
    for piece in alignment.evidence:
        assert texts[piece.document][piece.start : piece.end] == (piece.original or piece.quote)
        repaired += piece.original is not None
    assert repaired, "some articles are repaired"


@given(st.lists(st.sampled_from(["插入的一段。", "又一段话。", "还有一段。"]), max_size=6), st.integers(0, 3))
def test_inserted_paragraphs_never_lose_a_quote(inserted: list[str], at: int) -> None:
    sentences = [passage.text for passage in CORPUS[0].passages]
    changed = document(*sentences[:at], *inserted, *sentences[at:], id="一/a.txt", sha256="other")
    assert verify(made(), [changed, CORPUS[1]]).broken == ()

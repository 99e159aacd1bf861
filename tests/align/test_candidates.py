"""What a sentence's neighbours and the rest of its document add to a claim."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.align.candidates import _NOTHING, _UNLIKE, _elsewhere, _Look

SCORE = st.floats(-9, 9, allow_nan=False)
LOOKS = st.lists(st.one_of(st.just(_NOTHING), st.builds(_Look, st.tuples(SCORE, SCORE))), min_size=1, max_size=7)


@settings(deadline=None)
@given(LOOKS, st.sampled_from([0, 1, None]), st.data())
def test_elsewhere_is_the_best_of_all_other_passages_and_never_less_than_nowhere_near(
    looks: list[_Look], place: int | None, data: st.DataObject
) -> None:
    """Passages that nobody looked at (headings), and requirements that only signals know, say nothing."""
    elsewhere = _elsewhere(looks)
    for number in data.draw(st.permutations(range(len(looks)))):
        others = [look.odds[place] for at, look in enumerate(looks) if at != number and look.odds and place is not None]
        assert elsewhere(place, number) == max([_UNLIKE, *others])

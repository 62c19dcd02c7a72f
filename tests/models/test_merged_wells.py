"""Wells that turned out to be one, as a plain relation: chains end, circles too, in whatever order they were
told.
"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.models.merged_wells import key_of, said_of, winners
from app.models.wells import ESP, Well, WellId

UIDS = st.sampled_from("abcdefg")


def test_a_chain_ends_in_its_last_well_and_a_circle_in_its_smallest() -> None:
    assert winners({"a": "b", "b": "c"}) == {"a": "c", "b": "c"}
    assert winners({"c": "b", "b": "c", "d": "c"}) == {"c": "b", "d": "b"}
    assert winners({"a": "a"}) == {}


@given(st.dictionaries(UIDS, UIDS))
def test_every_merged_well_ends_in_one_that_is_shown_whatever_the_order(into: dict[str, str]) -> None:
    found = winners(into)
    assert found == winners(dict(reversed(into.items())))
    assert not set(found) & set(found.values()), "nobody is seen under a well that is not seen"
    for well in into:
        assert found.get(well, well) == found.get(into[well], into[well]), "both ends are one well"


def test_a_merge_says_its_well_as_wells_are_called_and_nonsense_is_no_well() -> None:
    well = Well(WellId(1), "77", "Северное", "", ESP)
    assert key_of(said_of(well.key)) == well.key
    assert key_of({"into_uid": "77", "into_name": "77"}) is None
    assert key_of({}) is None

"""What is here of the readings, as it is remembered, and what of a wish it covers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.sync.carried import Carried, Subscription

MAY = datetime(2026, 5, 1, tzinfo=UTC)
HERE = Carried(frozenset({7, 3}), MAY, "all", "2026-11-20 08:00:00.000001")


def test_what_is_written_down_is_read_again() -> None:
    assert Carried.read(HERE.text()) == HERE
    assert HERE.text() == '[[3, 7], "2026-05-01T00:00:00Z", "all", "2026-11-20 08:00:00.000001"]'


def test_a_cache_that_carried_nothing_yet_says_so() -> None:
    assert Carried.read(None) is None


@pytest.mark.parametrize(
    ("since", "coarse", "covered"),
    [
        (MAY, False, True),
        (datetime(2026, 6, 1, tzinfo=UTC), False, True),
        (datetime(2026, 4, 30, 23, 59, tzinfo=UTC), False, False),
        (MAY, True, False),
    ],
    ids=["as it is", "later", "a minute earlier", "coarser"],
)
def test_a_later_beginning_is_covered_an_earlier_and_another_detail_is_not(
    since: datetime, coarse: bool, covered: bool
) -> None:
    assert HERE.covers(Subscription(since=since, coarse=coarse)) is covered


def test_coarse_readings_cover_a_wish_for_coarse_ones() -> None:
    here = Carried(HERE.wells, MAY, "coarse", "")
    assert here.covers(Subscription(since=MAY, coarse=True))
    assert not here.covers(Subscription(since=MAY))


def test_a_laptop_that_was_told_nothing_carries_all_wells_from_the_beginning_and_finely() -> None:
    assert Subscription() == Subscription(frozenset(), datetime(1970, 1, 1, tzinfo=UTC), coarse=False)

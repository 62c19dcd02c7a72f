"""At the end both sides count: what differs is fetched again and said; only what the centre has may go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from app.core.clock import to_us
from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job
from app.models.readings import Readings
from app.models.store import central_readings
from app.models.store import readings as reading_store
from app.models.store.database import Database
from app.sync.eviction import evict
from app.sync.sanity import CARDS, Difference, compare, month_of, month_start
from tests.sync.memory_readings import MemoryReadings, cut
from tests.sync.test_pull_readings import OCTOBER, OTHER_THERE, SEPTEMBER, THERE, Carrier, card

EVER = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture
def source(memory_readings: MemoryReadings) -> MemoryReadings:
    return memory_readings


@pytest.fixture
def carrier(cache: Database, source: MemoryReadings) -> Carrier:
    """Two wells with readings of September and October, here as there."""
    made = Carrier(cache, source)
    for well in (THERE, OTHER_THERE):
        for month in (SEPTEMBER, OCTOBER):
            source.has(well, 1, month, [0.1, -2.5, 3e20, 7e6])
    made.pulls()
    source.fetched.clear()
    return made


def compared(
    carrier: Carrier, since: datetime = EVER, busy: frozenset[int] = frozenset(), job: Job | None = None
) -> list[Difference]:
    made, _ = carrier.pull()
    return compare(job or Job(), carrier.cache, carrier.source, made, since, busy)


def lose(carrier: Carrier, well: int, moment: datetime) -> None:
    with carrier.cache.writing() as cursor:
        cursor.execute("DELETE FROM readings WHERE well = ? AND ts = ?", [well, moment.replace(tzinfo=None)])


def write_own(carrier: Carrier, moment: datetime, value: float = 5.0, well: int = 1) -> None:
    reading_store.write(carrier.cache, Readings.of_one(well, 1, np.array([to_us(moment)]), np.array([value])))


def test_both_sides_count_the_same_of_the_same_readings_however_big_they_are(carrier: Carrier) -> None:
    assert compared(carrier) == []
    assert carrier.source.fetched == []


def test_a_reading_that_was_lost_here_is_fetched_again_and_that_is_said(carrier: Carrier) -> None:
    lose(carrier, 1, OCTOBER)
    assert compared(carrier) == [Difference(1, "2026-10", mended=True)]
    assert OCTOBER in carrier.rows()
    assert [(part.well, part.first.month) for part in carrier.source.fetched] == [(THERE, 10)]
    assert compared(carrier) == []


@pytest.mark.parametrize("column", ["value", "quality"])
def test_a_reading_that_is_another_here_is_found_by_its_sum(carrier: Carrier, column: str) -> None:
    with carrier.cache.writing() as cursor:
        cursor.execute(
            f"UPDATE readings SET {column} = 1 WHERE well = 1 AND ts = ?", [OCTOBER.replace(tzinfo=None)]
        )
    assert [one.mended for one in compared(carrier)] == [True]
    assert compared(carrier) == []


def test_a_reading_at_another_moment_is_found_although_count_and_values_agree(carrier: Carrier) -> None:
    lose(carrier, 1, OCTOBER)
    write_own(carrier, OCTOBER + timedelta(seconds=1), 0.1)
    assert [(one.well, one.mended) for one in compared(carrier)] == [(1, False)]


def test_two_values_of_one_month_exchanged_are_found(carrier: Carrier) -> None:
    """Count, moments and values were the same in sum, for ever and without a word."""
    with carrier.cache.writing() as cursor:
        cursor.execute(
            "UPDATE readings SET value = CASE WHEN value = 7e6 THEN -2.5 ELSE 7e6 END "
            "WHERE well = 1 AND month(ts) = 10 AND value IN (-2.5, 7e6)"
        )
    assert [one.mended for one in compared(carrier)] == [True]
    assert compared(carrier) == []


def test_a_sensors_number_that_is_another_one_is_found(carrier: Carrier) -> None:
    with carrier.cache.writing() as cursor:
        cursor.execute("UPDATE readings SET sensor = 2 WHERE well = 1 AND month(ts) = 10")
    assert [(one.well, one.mended) for one in compared(carrier)] == [(1, False)], "what is too many stays"


def test_an_older_centre_that_counts_less_is_agreed_with_by_what_it_counts(
    carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = carrier.source.sums
    monkeypatch.setattr(
        carrier.source, "sums", lambda *asked: {k: replace(v, ties="") for k, v in whole(*asked).items()}
    )
    monkeypatch.setattr(carrier.source, "card_sums", has_no_such_query)
    assert compared(carrier) == []
    assert evicted(carrier, OCTOBER) == 8


def test_trouble_while_cards_are_counted_is_told(carrier: Carrier) -> None:
    carrier.source.trouble.always["card_sums"] = cut()
    with pytest.raises(KnownError, match="cut"):
        compared(carrier)


def has_no_such_query(*_: object) -> dict[tuple[int, str], str]:
    raise KnownError("centre_refused", status=404)


def cards_here(carrier: Carrier) -> int:
    with carrier.cache.reading() as cursor:
        return len(cursor.execute("SELECT id FROM cards").fetchall())


def test_a_card_that_never_came_is_found_at_the_second_look_and_fetched(carrier: Carrier) -> None:
    """At the first it may be on its way into the store that counts."""
    carrier.source.has_card(card())
    carrier.source.log.pop()  # nobody announces it
    carrier.pulls()
    assert (cards_here(carrier), compared(carrier)) == (0, [])
    assert compared(carrier) == [Difference(1, "2026-10", mended=True, what=CARDS)]
    assert (cards_here(carrier), compared(carrier)) == (1, [])


@pytest.mark.parametrize("changed", ["strokes_per_minute = 9", "sha256 = 'ffffffff'"])
def test_a_card_that_is_another_here_is_told(carrier: Carrier, changed: str) -> None:
    carrier.source.has_card(card())
    carrier.pulls()
    assert (cards_here(carrier), compared(carrier)) == (1, [])
    with carrier.cache.writing() as cursor:
        cursor.execute(f"UPDATE cards SET {changed}")
    assert [compared(carrier), [one.what for one in compared(carrier)]] == [[], [CARDS]]
    assert compared(carrier) == [], "and not at each sync"


def test_what_only_this_laptop_has_is_said_once_and_stays(carrier: Carrier) -> None:
    write_own(carrier, OCTOBER + timedelta(days=1))
    assert compared(carrier) == [Difference(1, "2026-10", mended=False)]
    carrier.source.fetched.clear()
    assert compared(carrier) == []
    assert carrier.source.fetched == [], "what has not changed since is not asked for again"
    assert OCTOBER + timedelta(days=1) in carrier.rows()


def test_a_known_difference_is_asked_for_again_when_either_side_has_changed(carrier: Carrier) -> None:
    write_own(carrier, OCTOBER + timedelta(days=1))
    compared(carrier)
    write_own(carrier, OCTOBER + timedelta(days=2))
    assert len(compared(carrier)) == 1
    carrier.source.has(THERE, 1, OCTOBER + timedelta(days=3), [9.0])
    assert len(compared(carrier)) == 1
    assert compared(carrier) == []


def test_wells_of_imports_that_the_centre_has_not_shown_are_not_compared(carrier: Carrier) -> None:
    lose(carrier, 1, OCTOBER)
    lose(carrier, 2, OCTOBER)
    assert [one.well for one in compared(carrier, busy=frozenset({1}))] == [2]
    carrier.source.counted.clear()
    assert compared(carrier, busy=frozenset({1, 2})) == []
    assert carrier.source.counted == [], "and when none is left nothing is asked"


def test_the_month_in_which_the_history_begins_is_compared_from_there_on(carrier: Carrier) -> None:
    lose(carrier, 1, OCTOBER)
    lose(carrier, 1, SEPTEMBER)
    assert [one.month for one in compared(carrier, since=SEPTEMBER + timedelta(hours=1))] == ["2026-10"]
    lose(carrier, 1, SEPTEMBER + timedelta(seconds=1_200))
    within = SEPTEMBER + timedelta(seconds=600)
    assert [(one.month, one.mended) for one in compared(carrier, since=within)] == [("2026-09", True)]
    lose(carrier, 1, SEPTEMBER)
    begins = SEPTEMBER.replace(day=1)
    assert [one.month for one in compared(carrier, since=begins)] == ["2026-09"], "whole, it is"


def test_a_cancelled_comparison_fetches_no_more(carrier: Carrier) -> None:
    lose(carrier, 1, OCTOBER)
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        compared(carrier, job=job)
    assert carrier.source.fetched == []


def test_several_differences_are_mended_well_by_well_and_month_by_month(carrier: Carrier) -> None:
    for well in (1, 2):
        for month in (SEPTEMBER, OCTOBER):
            lose(carrier, well, month)
    assert [(one.well, one.month, one.mended) for one in compared(carrier)] == [
        (1, "2026-09", True),
        (1, "2026-10", True),
        (2, "2026-09", True),
        (2, "2026-10", True),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-02", "2026-02-01T00:00:00", "2026-02-28T23:59:59.999999"),
        ("2028-02", "2028-02-01T00:00:00", "2028-02-29T23:59:59.999999"),
        ("2026-12", "2026-12-01T00:00:00", "2026-12-31T23:59:59.999999"),
    ],
)
def test_a_month_is_all_of_its_microseconds(text: str, first: str, last: str) -> None:
    found = month_of(text)
    assert found == tuple(datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (first, last))
    assert month_start(found[1]) == found[0]


# ---- what need not be carried any more ---------------------------------------------------------------------


def evicted(carrier: Carrier, before: datetime, busy: frozenset[int] = frozenset()) -> int:
    made, _ = carrier.pull()
    return evict(carrier.cache, carrier.source, made.numbers, before, busy)


def test_whole_months_before_the_history_go_and_the_one_it_begins_in_stays(carrier: Carrier) -> None:
    assert evicted(carrier, OCTOBER + timedelta(days=15)) == 8
    assert {at.month for at in carrier.rows(1)} == {at.month for at in carrier.rows(2)} == {10}


def test_nothing_goes_of_what_is_asked_to_be_carried(carrier: Carrier) -> None:
    assert evicted(carrier, SEPTEMBER) == 0
    assert evicted(carrier, SEPTEMBER.replace(day=1)) == 0
    assert carrier.source.counted == [], "the centre is not even asked"


def test_a_month_with_anything_that_only_this_laptop_has_stays_whole(carrier: Carrier) -> None:
    write_own(carrier, SEPTEMBER + timedelta(days=1))
    assert evicted(carrier, OCTOBER) == 4
    assert len(carrier.rows(1)) == 9
    assert {at.month for at in carrier.rows(2)} == {10}


def test_a_month_that_the_centre_counts_otherwise_stays(carrier: Carrier) -> None:
    carrier.source.counts_wrong.add((THERE, "2026-09"))
    assert evicted(carrier, OCTOBER) == 4
    assert len(carrier.rows(1)) == 8


def test_when_no_month_agrees_none_goes(carrier: Carrier) -> None:
    carrier.source.counts_wrong |= {(THERE, "2026-09"), (OTHER_THERE, "2026-09")}
    assert evicted(carrier, OCTOBER) == 0
    assert (len(carrier.rows(1)), len(carrier.rows(2))) == (8, 8)


def test_a_month_that_the_centre_has_lost_stays(carrier: Carrier) -> None:
    carrier.source.rows = {k: v for k, v in carrier.source.rows.items() if k[0] != THERE}
    assert evicted(carrier, OCTOBER) == 4
    assert len(carrier.rows(1)) == 8


def test_wells_with_an_import_on_its_way_keep_everything(carrier: Carrier) -> None:
    assert evicted(carrier, OCTOBER, frozenset({1})) == 4
    assert evicted(carrier, OCTOBER, frozenset({1, 2})) == 0
    assert len(carrier.rows(1)) == 8


def test_a_month_that_is_here_in_part_is_compared_by_that_part(carrier: Carrier) -> None:
    """History began in the middle of it: both sides count from the first reading that is here."""
    lose(carrier, 1, SEPTEMBER)
    with carrier.cache.writing() as cursor:
        central_readings.evict(cursor, 2, SEPTEMBER, SEPTEMBER + timedelta(seconds=1))
        central_readings.evict(cursor, 1, SEPTEMBER, SEPTEMBER + timedelta(seconds=1))
    assert evicted(carrier, OCTOBER) == 6


def test_the_roll_ups_and_spans_of_what_went_go_too(carrier: Carrier) -> None:
    evicted(carrier, OCTOBER)
    with carrier.cache.reading() as cursor:
        spans = cursor.execute("SELECT well, n, month(first_ts) FROM series ORDER BY well").fetchall()
        hours = cursor.execute("SELECT DISTINCT month(ts) FROM rollup_1h").fetchall()
    assert spans == [(1, 4, 10), (2, 4, 10)]
    assert hours == [(10,)]


def test_what_went_comes_back_when_more_history_is_asked_for(carrier: Carrier) -> None:
    """As a sync does it: what is carried is told first, then what lies before it goes."""
    carrier.subscription = carrier.subscription.__class__(since=OCTOBER.replace(day=1))
    carrier.pulls()
    evicted(carrier, OCTOBER)
    assert len(carrier.rows(1)) == 4
    carrier.subscription = carrier.subscription.__class__(since=SEPTEMBER.replace(day=1))
    carrier.pulls()
    assert len(carrier.rows(1)) == 8


def test_a_laptop_without_wells_evicts_nothing(carrier: Carrier) -> None:
    assert evict(carrier.cache, carrier.source, {}, OCTOBER, frozenset()) == 0

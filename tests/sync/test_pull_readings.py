"""Readings and cards from the centre: all of them the first time, what came the next time, and nothing marked
as here that is not.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from app.core.clock import from_us
from app.core.jobs import Job, Progress
from app.models.cards import StoredCard
from app.models.readings import Readings
from app.models.store import cards as card_store
from app.models.store import central
from app.models.store.database import Database
from app.models.wells import Well, WellId
from app.sync import pull
from app.sync.carried import Subscription
from app.sync.pull import READINGS, Pulled, ReadingPull
from app.sync.transports.base import CentralCard
from tests.sync.conftest import WELL
from tests.sync.memory_readings import MemoryReadings, cut

SEPTEMBER = datetime(2026, 9, 10, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 10, tzinfo=UTC)
OTHER = Well(WellId(2), "77", "Северное", "6", "srp")
THERE, OTHER_THERE = 70, 80
"""The centre's numbers."""


def make_card(card: CentralCard, well: int) -> StoredCard:
    return StoredCard(
        card.card_id,
        well,
        card.taken_at,
        card.strokes_per_minute,
        np.asarray(card.position_m, np.float64),
        np.asarray(card.load_n, np.float64),
    )


class Carrier:
    """A laptop that carries two wells of the centre."""

    def __init__(self, cache: Database, source: MemoryReadings) -> None:
        self.cache, self.source = cache, source
        self.subscription = Subscription()
        self.told: list[Readings] = []
        with cache.writing() as cursor:
            central.apply_well(cursor, {**WELL.key, "number": THERE}, {"lift": "esp"})
            central.apply_well(cursor, {**OTHER.key, "number": OTHER_THERE}, {"lift": "srp"})

    def pull(self) -> tuple[ReadingPull, Pulled]:
        done = Pulled()
        made = ReadingPull(
            self.cache, self.source, self.subscription, make_card, done, written=self.told.append
        )
        return made, done

    def pulls(self, job: Job | None = None) -> Pulled:
        made, done = self.pull()
        made.run(job or Job())
        return done

    def rows(self, well: int = 1) -> dict[datetime, float]:
        with self.cache.reading() as cursor:
            found = cursor.execute(
                "SELECT epoch_us(ts), value FROM readings WHERE well = ? ORDER BY ts", [well]
            ).fetchall()
        return {from_us(us): value for us, value in found}

    def marks(self) -> dict[str, str]:
        return central.marks(self.cache, READINGS)


@pytest.fixture(autouse=True)
def each_month_is_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few readings would be asked for together."""
    monkeypatch.setattr(pull, "ROWS_A_REQUEST", 1)


@pytest.fixture
def carrier(cache: Database, memory_readings: MemoryReadings) -> Carrier:
    return Carrier(cache, memory_readings)


@pytest.fixture
def source(memory_readings: MemoryReadings) -> MemoryReadings:
    return memory_readings


def card(name: str = "c1", at: datetime = OCTOBER, **more: object) -> CentralCard:
    return CentralCard(
        **{
            "card_id": name,
            "well": THERE,
            "taken_at": at,
            "strokes_per_minute": 5.0,
            "position_m": [0.0, 1.0, 2.0, 1.0],
            "load_n": [1e4, 2e4, 2e4, 1e4],
            "deleted": False,
            **more,
        }
    )


# ---- the first time ----------------------------------------------------------------------------------------


def test_the_first_pull_brings_everything_under_the_numbers_of_this_laptop(
    carrier: Carrier, source: MemoryReadings
) -> None:
    source.has(THERE, 1, OCTOBER, [1.0, 2.0, 3.0])
    source.has(OTHER_THERE, 1, OCTOBER, [9.0])
    done = carrier.pulls()
    assert (done.readings, done.changed) == (4, True)
    assert list(carrier.rows(1).values()) == [1.0, 2.0, 3.0]
    assert carrier.rows(2) == {OCTOBER: 9.0}


def test_the_newest_month_comes_first(carrier: Carrier, source: MemoryReadings) -> None:
    source.has(THERE, 1, SEPTEMBER, [1.0])
    source.has(THERE, 1, OCTOBER, [2.0])
    carrier.pulls()
    assert [part.first.month for part in source.fetched] == [10, 9]


def test_a_centre_without_readings_is_asked_for_nothing_more(
    carrier: Carrier, source: MemoryReadings
) -> None:
    carrier.pulls()
    assert source.fetched == []
    assert carrier.marks() == {}


def test_a_laptop_without_wells_asks_nothing(cache: Database, source: MemoryReadings) -> None:
    source.has(THERE, 1, OCTOBER, [1.0])
    source.trouble.always["newest"] = cut()
    done = Pulled()
    ReadingPull(cache, source, Subscription(), make_card, done).run(Job())
    assert done == Pulled()


def test_only_the_wells_that_were_chosen_come(carrier: Carrier, source: MemoryReadings) -> None:
    source.has(THERE, 1, OCTOBER, [1.0])
    source.has(OTHER_THERE, 1, OCTOBER, [9.0])
    carrier.subscription = Subscription(frozenset({OTHER.key["uid"]}))
    carrier.pulls()
    assert (carrier.rows(1), carrier.rows(2)) == ({}, {OCTOBER: 9.0})


def test_history_begins_where_it_was_asked_to(carrier: Carrier, source: MemoryReadings) -> None:
    source.has(THERE, 1, OCTOBER, [1.0, 2.0, 3.0], step_s=86_400)
    carrier.subscription = Subscription(since=OCTOBER + timedelta(days=1))
    carrier.pulls()
    assert list(carrier.rows().values()) == [2.0, 3.0]


def test_a_dear_connection_brings_two_readings_an_hour(carrier: Carrier, source: MemoryReadings) -> None:
    source.has(THERE, 1, OCTOBER, [5.0, 1.0, 3.0, 9.0, 2.0, 4.0])
    carrier.subscription = Subscription(coarse=True)
    carrier.pulls()
    assert list(carrier.rows().values()) == [1.0, 9.0]
    carrier.subscription = Subscription()
    carrier.pulls()
    assert list(carrier.rows().values()) == [5.0, 1.0, 3.0, 9.0, 2.0, 4.0]


# ---- the next time -----------------------------------------------------------------------------------------


def test_the_next_pull_asks_for_nothing_but_what_came(carrier: Carrier, source: MemoryReadings) -> None:
    source.has(THERE, 1, SEPTEMBER, [1.0])
    source.has(THERE, 1, OCTOBER, [2.0])
    carrier.pulls()
    source.fetched.clear()
    source.has(THERE, 1, OCTOBER + timedelta(days=1), [3.0])
    done = carrier.pulls()
    assert done.readings == 1
    assert SEPTEMBER not in {part.first for part in source.fetched}
    assert OCTOBER + timedelta(days=1) in {part.last for part in source.fetched}


def test_late_readings_of_an_old_month_come_by_when_they_came(
    carrier: Carrier, source: MemoryReadings
) -> None:
    source.has(THERE, 1, OCTOBER, [1.0])
    carrier.pulls()
    source.has(THERE, 1, SEPTEMBER, [7.0])
    assert carrier.pulls().readings == 1
    assert carrier.rows()[SEPTEMBER] == 7.0


def test_what_was_announced_a_moment_before_the_mark_is_read_again(
    carrier: Carrier, source: MemoryReadings
) -> None:
    """Two writers at the centre may announce out of order."""
    source.has(THERE, 1, OCTOBER, [1.0])
    carrier.pulls()
    late = replace(source.log[-1], first=OCTOBER + timedelta(days=2), last=OCTOBER + timedelta(days=2))
    source.has(THERE, 1, OCTOBER + timedelta(days=2), [2.0])
    announced = datetime.fromisoformat(source.log[0].at) - timedelta(seconds=29)
    source.log[1] = replace(late, at=f"{announced:%Y-%m-%d %H:%M:%S.%f}")
    assert carrier.pulls().readings == 1


def test_the_same_again_changes_nothing(carrier: Carrier, source: MemoryReadings) -> None:
    source.has(THERE, 1, OCTOBER, [1.0, 2.0])
    carrier.pulls()
    assert [len(told) for told in carrier.told] == [2]
    done = carrier.pulls()
    assert (done.readings, done.changed) == (0, False)
    assert len(carrier.told) == 1, "who keeps figures of readings is told of changes only"


def test_a_corrected_reading_stands_in_the_place_of_the_old_one(
    carrier: Carrier, source: MemoryReadings
) -> None:
    source.has(THERE, 1, OCTOBER, [1.0])
    carrier.pulls()
    source.has(THERE, 1, OCTOBER, [1.5])
    assert carrier.pulls().readings == 1
    assert carrier.rows() == {OCTOBER: 1.5}


def test_a_reading_that_was_taken_back_there_goes_here(carrier: Carrier, source: MemoryReadings) -> None:
    source.has(THERE, 1, OCTOBER, [1.0, 2.0, 3.0])
    carrier.pulls()
    source.takes_back(THERE, 1, OCTOBER + timedelta(seconds=600))
    done = carrier.pulls()
    assert (done.readings, done.changed) == (1, True)
    assert list(carrier.rows().values()) == [1.0, 3.0]
    with carrier.cache.reading() as cursor:
        assert cursor.execute("SELECT n FROM series WHERE well = 1").fetchone() == (2,)


def test_a_well_taken_back_altogether_leaves_no_series(carrier: Carrier, source: MemoryReadings) -> None:
    source.has(THERE, 1, OCTOBER, [1.0])
    carrier.pulls()
    source.takes_back(THERE, 1, OCTOBER)
    carrier.pulls()
    assert carrier.rows() == {}
    with carrier.cache.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM series").fetchone() == (0,)


def test_another_choice_of_wells_or_history_is_another_pull(carrier: Carrier, source: MemoryReadings) -> None:
    source.has(THERE, 1, SEPTEMBER, [1.0])
    source.has(OTHER_THERE, 1, SEPTEMBER, [9.0])
    carrier.subscription = Subscription(frozenset({WELL.key["uid"]}), OCTOBER)
    source.has(THERE, 1, OCTOBER, [2.0])
    carrier.pulls()
    carrier.subscription = Subscription(since=SEPTEMBER)
    carrier.pulls()
    assert (len(carrier.rows(1)), len(carrier.rows(2))) == (2, 1)


def test_a_well_that_is_added_brings_its_own_history_and_a_later_beginning_none(
    carrier: Carrier, source: MemoryReadings
) -> None:
    source.has(THERE, 1, SEPTEMBER, [1.0])
    source.has(OTHER_THERE, 1, SEPTEMBER, [9.0])
    carrier.subscription = Subscription(frozenset({WELL.key["uid"]}))
    carrier.pulls()
    source.fetched.clear()
    carrier.subscription = Subscription()
    assert carrier.pulls().readings == 1
    assert [part.wells for part in source.fetched if part.first == SEPTEMBER][0] == [OTHER_THERE]
    source.fetched.clear()
    carrier.subscription = Subscription(since=SEPTEMBER - timedelta(days=1))
    assert carrier.pulls().readings == 0
    assert len(carrier.rows(1)) == len(carrier.rows(2)) == 1


# ---- cards -------------------------------------------------------------------------------------------------


def test_cards_come_once(carrier: Carrier, source: MemoryReadings) -> None:
    source.has_card(card())
    done = carrier.pulls()
    assert (done.cards, done.changed) == (1, True)
    source.has_card(card("c2", OCTOBER + timedelta(hours=1)))
    assert carrier.pulls().cards == 1
    assert carrier.pulls().cards == 0
    assert {c.id for c in map(lambda n: card_store.by_id(carrier.cache, n), ("c1", "c2")) if c} == {
        "c1",
        "c2",
    }


def test_a_card_taken_back_there_goes_here(carrier: Carrier, source: MemoryReadings) -> None:
    source.has_card(card())
    carrier.pulls()
    source.has_card(card(deleted=True))
    done = carrier.pulls()
    assert (done.cards, done.changed) == (1, True)
    with carrier.cache.reading() as cursor:
        assert cursor.execute("SELECT count(*) FROM cards").fetchone() == (0,)


def test_cards_of_before_the_history_and_of_other_wells_do_not_come(
    carrier: Carrier, source: MemoryReadings
) -> None:
    source.has_card(card("old", SEPTEMBER))
    source.has_card(card("new", OCTOBER))
    source.cards = lambda part: [card(well=999)] + [c for c in source.shown if c.taken_at >= part.first]
    carrier.subscription = Subscription(since=OCTOBER - timedelta(days=1))
    assert carrier.pulls().cards == 1


def test_a_part_whose_cards_are_all_of_others_changes_nothing(
    carrier: Carrier, source: MemoryReadings
) -> None:
    source.has_card(card())
    source.cards = lambda part: [card(well=999)]
    done = carrier.pulls()
    assert (done.cards, done.changed) == (0, False)


def test_a_long_history_and_many_wells_are_one_request(
    carrier: Carrier, source: MemoryReadings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull, "ROWS_A_REQUEST", 1_000)
    for year in range(2000, 2026):
        for there in (THERE, OTHER_THERE):
            source.has(there, 1, datetime(year, 5, 5, tzinfo=UTC), [float(year)])
    assert carrier.pulls().readings == 52
    assert len(source.fetched) == 1
    assert len(carrier.rows(1)) == len(carrier.rows(2)) == 26


def test_how_many_cards_have_come_is_told_as_they_come(carrier: Carrier, source: MemoryReadings) -> None:
    source.has_card(card("c1", SEPTEMBER))
    source.has_card(card("c2", OCTOBER))
    told: list[Progress] = []
    carrier.pulls(Job(told.append, min_gap_s=0))
    assert told[-1] == Progress(2, None, "job.sync_cards")

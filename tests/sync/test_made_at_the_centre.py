"""What the centre made of wells in the night comes to laptops: the newest, once, and goes when it is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job
from app.models.store import central, central_fields, made
from app.models.store.database import Database
from app.sync.made import AT_ONCE, LONGEST, pull_made
from app.sync.pull import Pulled
from tests.sync.conftest import WELL
from tests.sync.memory_centre import refused
from tests.sync.memory_readings import MemoryReadings, cut

NIGHT = datetime(2026, 11, 26, 3, tzinfo=UTC)
THERE = 70
BODY = '{"form": 1, "made_at": "2026-11-26T03:00:00Z", "model": "m", "program": "p", "health": 0.5}'


@pytest.fixture
def source(cache: Database) -> MemoryReadings:
    with cache.writing() as cursor:
        central.apply_well(cursor, {**WELL.key, "number": THERE}, {"lift": "esp"})
    return MemoryReadings()


def pulled(cache: Database, source: MemoryReadings, numbers: dict[int, int] | None = None) -> Pulled:
    done = Pulled()
    pull_made(Job(), cache, source, {THERE: 1} if numbers is None else numbers, done)
    return done


def test_the_newest_comes_and_only_where_it_is_another(cache: Database, source: MemoryReadings) -> None:
    source.nights[THERE] = NIGHT, BODY
    assert pulled(cache, source).changed
    assert made.every(cache)[1].health == 0.5
    assert not pulled(cache, source).changed
    source.nights[THERE] = NIGHT + timedelta(days=1), BODY.replace("0.5", "0.4")
    assert pulled(cache, source).changed
    assert made.every(cache)[1].health == 0.4
    assert source.bodies_asked == [[THERE], [THERE]]


def test_what_the_centre_does_not_say_any_more_goes(cache: Database, source: MemoryReadings) -> None:
    source.nights[THERE] = NIGHT, BODY
    pulled(cache, source)
    source.nights.clear()
    assert pulled(cache, source).changed
    assert made.every(cache) == {}


@pytest.mark.parametrize(
    "older", [refused(404, "query_unknown"), KnownError("clickhouse_refused", reason="code: 60, made_wells")]
)
def test_a_centre_that_makes_none_takes_nothing_away(
    cache: Database, source: MemoryReadings, older: KnownError
) -> None:
    source.nights[THERE] = NIGHT, BODY
    pulled(cache, source)
    source.trouble.always["made"] = older
    assert not pulled(cache, source).changed
    assert 1 in made.every(cache)


@pytest.mark.parametrize(
    "trouble",
    [
        cut(),
        refused(422, "malformed"),
        KnownError("clickhouse_refused", reason="code: 600, made_wells"),
        KnownError("clickhouse_unreachable", reason="code: 60, made_wells", status=404),
    ],
)
def test_other_trouble_is_told_and_keeps_what_is_here(
    cache: Database, source: MemoryReadings, trouble: KnownError
) -> None:
    source.nights[THERE] = NIGHT, BODY
    pulled(cache, source)
    source.trouble.always["made"] = trouble
    with pytest.raises(KnownError, match=trouble.code):
        pulled(cache, source)
    assert 1 in made.every(cache)


def test_what_this_version_cannot_read_is_kept_and_not_shown(cache: Database, source: MemoryReadings) -> None:
    source.nights[THERE] = NIGHT, BODY.replace('"form": 1', '"form": 2')
    pulled(cache, source)
    assert made.every(cache) == {}
    assert made.moments(cache) == {1: NIGHT}
    for spoilt in ("{", "[]", "null", "", BODY.replace("0.5", '"much"')):
        source.nights[THERE] = source.nights[THERE][0] + timedelta(hours=1), spoilt
        pulled(cache, source)
        assert made.every(cache) == {}, spoilt
    source.nights[THERE] = NIGHT + timedelta(days=1), "x" * (LONGEST + 1)
    assert not pulled(cache, source).changed


def test_a_body_of_a_mebibyte_is_kept_and_of_one_well_alone_nothing_else_is_touched(
    cache: Database, source: MemoryReadings
) -> None:
    assert (AT_ONCE, LONGEST) == (200, 1_048_576)
    source.nights[THERE] = NIGHT, BODY
    pulled(cache, source)
    source.nights[THERE] = NIGHT + timedelta(days=1), BODY + " " * (LONGEST - len(BODY))
    source.nights[THERE + 1] = NIGHT, BODY
    assert pulled(cache, source, {THERE: 1, THERE + 1: 2, THERE + 2: 3}).changed
    assert made.moments(cache) == {1: NIGHT + timedelta(days=1), 2: NIGHT}
    assert source.bodies_asked == [[THERE], [THERE, THERE + 1]]


def test_a_laptop_that_carries_no_well_asks_nothing_and_one_that_is_stopped_asks_no_more(
    cache: Database, source: MemoryReadings
) -> None:
    source.trouble.always["made"] = cut()
    assert not pulled(cache, source, {}).changed
    source.trouble.always.clear()
    source.nights[THERE] = NIGHT, BODY
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        pull_made(job, cache, source, {THERE: 1}, Pulled())
    assert source.bodies_asked == []


def test_many_wells_are_asked_in_parts(cache: Database, source: MemoryReadings) -> None:
    numbers = {number: number + 1 for number in range(AT_ONCE + 1)}
    source.nights = dict.fromkeys(numbers, (NIGHT, BODY))
    pulled(cache, source, numbers)
    assert [len(one) for one in source.bodies_asked] == [AT_ONCE, 1]
    assert len(made.moments(cache)) == AT_ONCE + 1


def test_it_leaves_with_its_well(cache: Database, source: MemoryReadings) -> None:
    source.nights[THERE] = NIGHT, BODY
    pulled(cache, source)
    with cache.writing() as cursor:
        central_fields.leave_fields(cursor, [WELL.field_name])
    assert made.moments(cache) == {}

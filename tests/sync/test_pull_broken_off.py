"""Readings whose fetching broke off: nothing twice, nothing missing, and it goes on where it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job, Progress
from app.sync import fetching, pull
from app.sync.transports.base import Part
from tests.sync import test_pull_readings
from tests.sync.memory_readings import MemoryReadings, cut
from tests.sync.test_pull_readings import OCTOBER, SEPTEMBER, THERE, Carrier

carrier = test_pull_readings.carrier
each_month_is_a_request = test_pull_readings.each_month_is_a_request
source = test_pull_readings.source


# ---- broken off --------------------------------------------------------------------------------------------


def test_a_pull_that_was_cut_goes_on_with_the_parts_that_are_missing(
    carrier: Carrier, source: MemoryReadings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "ROWS_AT_ONCE", 1)
    for month in (7, 8, 9, 10):
        source.has(THERE, 1, datetime(2026, month, 5, tzinfo=UTC), [float(month)])
    readings = source.readings

    def until_the_third(part: Part, *, coarse: bool = False) -> object:
        if part.first.month == 8:
            raise cut()
        return readings(part, coarse=coarse)

    source.readings = until_the_third
    with pytest.raises(KnownError, match="unreachable"):
        carrier.pulls()
    assert sorted(carrier.rows().values()) == [9.0, 10.0]
    source.readings = readings
    source.fetched.clear()
    carrier.pulls()
    assert sorted(part.first.month for part in source.fetched) == [7, 8]
    assert sorted(carrier.rows().values()) == [7.0, 8.0, 9.0, 10.0]


def test_a_part_that_was_cut_inside_is_fetched_whole_again(
    carrier: Carrier, source: MemoryReadings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(fetching, "MOST_ROWS", 1)
    source.has(THERE, 1, OCTOBER, [float(i) for i in range(6)])
    source.rows_a_table, source.fails_after_tables = 2, 2
    with pytest.raises(KnownError):
        carrier.pulls()
    assert 0 < len(carrier.rows()) < 6
    assert carrier.marks() == {}, "it is not called here before it is"
    carrier.pulls()
    assert len(carrier.rows()) == 6


def test_rows_that_could_not_be_written_are_not_marked_as_here(
    carrier: Carrier, source: MemoryReadings, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.has(THERE, 1, OCTOBER, [1.0, 2.0])
    with monkeypatch.context() as patch:

        def full(*_: object) -> None:
            raise KnownError("disk_full", retry=True)

        patch.setattr(pull.central, "set_mark", full)
        with pytest.raises(KnownError, match="disk_full"):
            carrier.pulls()
    assert (carrier.rows(), carrier.marks()) == ({}, {})
    assert carrier.pulls().readings == 2


def test_the_mark_of_the_whole_comes_last_and_takes_the_place_of_those_of_parts(
    carrier: Carrier, source: MemoryReadings
) -> None:
    source.has(THERE, 1, SEPTEMBER, [1.0])
    source.has(THERE, 1, OCTOBER, [1.0])
    carrier.pulls()
    (whole,) = carrier.marks().values()
    assert source.log[-1].at in whole


def test_what_arrives_at_the_centre_while_we_read_is_not_marked_as_read(
    carrier: Carrier, source: MemoryReadings
) -> None:
    source.has(THERE, 1, OCTOBER, [1.0])
    months = source.months

    def and_then_more_came(wells: list[int], since: datetime) -> list[Part]:
        parts = months(wells, since)
        source.has(THERE, 1, SEPTEMBER, [7.0])
        source.months = months
        return parts

    source.months = and_then_more_came
    carrier.pulls()
    assert SEPTEMBER not in carrier.rows()
    carrier.pulls()
    assert carrier.rows()[SEPTEMBER] == 7.0


def test_a_cancelled_pull_keeps_what_was_written_and_goes_on_there(
    carrier: Carrier, source: MemoryReadings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "ROWS_AT_ONCE", 1)
    for month in (8, 9, 10):
        source.has(THERE, 1, datetime(2026, month, 5, tzinfo=UTC), [float(month)])
    job = Job(lambda _: job.cancel(), min_gap_s=0)
    with pytest.raises(Cancelled):
        carrier.pulls(job)
    assert list(carrier.rows().values()) == [10.0]
    carrier.pulls()
    assert len(carrier.rows()) == 3


def test_progress_is_told_in_readings_of_all_that_come(carrier: Carrier, source: MemoryReadings) -> None:
    source.has(THERE, 1, OCTOBER, [1.0, 2.0])
    told: list[Progress] = []
    carrier.pulls(Job(told.append, min_gap_s=0))
    assert [(p.done, p.total, p.text) for p in told] == [(2, 2, "job.sync_readings")]


def test_readings_of_a_well_that_nobody_knows_here_are_left(carrier: Carrier, source: MemoryReadings) -> None:
    source.has(THERE, 1, OCTOBER, [1.0])
    source.has(999, 1, OCTOBER, [9.0])
    source.readings = lambda part, *, coarse=False: iter([source._table(sorted(source.rows))])
    carrier.pulls()
    assert (len(carrier.rows(1)), len(carrier.rows(2))) == (1, 0)

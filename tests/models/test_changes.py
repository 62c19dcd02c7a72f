"""What a write changed, and who is concerned by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.models.changes import FINDINGS, READINGS, Changed
from app.models.records import Record

MOMENT = datetime(2026, 10, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_record_concerns_its_well_its_kind_and_its_time_and_nothing_else() -> None:
    change = Changed.of(Record("r", "flow_test", 7, MOMENT))
    assert change.concerns(7, {"flow_test", READINGS})
    assert change.concerns(None, {"flow_test"}), "a list of all wells"
    assert change.concerns(7), "whoever shows everything"
    assert not change.concerns(8, {"flow_test"})
    assert not change.concerns(7, {"event", FINDINGS})
    assert change.within(MOMENT - DAY, MOMENT + DAY)
    assert change.within(None, MOMENT)
    assert not change.within(MOMENT + DAY, None)
    assert not change.within(None, MOMENT - DAY)


def test_what_is_not_known_may_all_have_changed() -> None:
    assert Changed().concerns(7, {"event"})
    assert Changed().within(MOMENT, MOMENT)
    assert Changed(7).concerns(7, {"anything"})
    assert not Changed(7).concerns(8, {"anything"})
    assert Changed(kinds=frozenset({FINDINGS})).concerns(8, {FINDINGS})


def test_a_repair_that_lasts_reaches_into_the_time_between_its_ends() -> None:
    change = Changed.of(Record("w", "workover", 7, MOMENT, MOMENT + 10 * DAY))
    assert change.within(MOMENT + 4 * DAY, MOMENT + 5 * DAY)
    assert not change.within(MOMENT + 11 * DAY, MOMENT + 12 * DAY)

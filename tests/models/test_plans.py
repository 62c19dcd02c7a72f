"""Plans: tasks, and events and workovers that are still to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds, records
from app.models.store.database import open_database
from app.models.upcasting import readable_from
from app.reports.record_words import shown

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_a_moment_among_the_values_comes_back_as_it_was_put_in(tmp_path: Path) -> None:
    values = {"what": "fluid_level", "state": "done", "done_at": "2026-11-20T08:15:00.250000Z"}
    record = Record("a" * 32, "task", 1, AT, AT + timedelta(days=3), values)
    database = open_database(tmp_path / "c.duckdb", "ab" * 32)
    with database.writing() as cursor:
        kinds.put_one(cursor, record)
    found = kinds.find(database, KINDS["task"], record.id)
    database.close()
    assert found is not None
    assert found.until == record.until
    assert found.values == {**values, "origin": "person"}
    words = shown(KINDS["task"].field("done_at"), found.values["done_at"], Speaker("ru"))
    assert words == Speaker("ru").moment(AT + timedelta(minutes=15, microseconds=250_000))


def test_what_is_planned_has_not_happened(tmp_path: Path) -> None:
    database = open_database(tmp_path / "c.duckdb", "ab" * 32)
    told = (
        ("event", "stop", "planned"),
        ("event", "flushing", "done"),
        ("event", "start", None),
        ("workover", "krs", "planned"),
        ("workover", "opz", "done"),
    )
    with database.writing() as cursor:
        for number, (kind, what, state) in enumerate(told):
            values = {"kind": what} | ({"state": state} if state else {})
            kinds.put_one(cursor, Record(f"{number}" * 32, kind, 1, AT, None, values))
    found = records.events(database, 1, AT - timedelta(days=1), AT + timedelta(days=1))
    database.close()
    assert sorted((one.kind, one.note) for one in found) == [
        ("flushing", ""),
        ("start", ""),
        ("workover", "opz"),
    ]


@pytest.mark.parametrize(("state", "version"), [("planned", 8), ("done", 1), (None, 1)])
def test_a_program_that_knew_no_planned_events_is_not_shown_one_as_if_it_had_happened(
    state: str | None, version: int
) -> None:
    values = {"kind": "stop"} | ({"state": state} if state else {})
    assert readable_from("record", {"kind": "event", "values": values}) == version

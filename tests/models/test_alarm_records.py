"""Limits of alarms and what people did about one, as records."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.models.holding import checked
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds
from app.models.store.database import open_database
from app.models.upcasting import version_of

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_an_act_keeps_which_alarm_it_is_of_and_until_when_it_is_shelved(tmp_path: Path) -> None:
    values = {
        "act": "shelve",
        "pen": "motor_temperature",
        "level": "high",
        "raised_at": "2026-11-20T07:15:00Z",
    }
    record = Record("a" * 32, "alarm_act", 1, AT, AT + timedelta(hours=8), dict(values))
    database = open_database(tmp_path / "c.duckdb", "ab" * 32)
    with database.writing() as cursor:
        kinds.put_one(cursor, record)
    found = kinds.find(database, KINDS["alarm_act"], record.id)
    database.close()
    assert found == record


@pytest.mark.parametrize(("field", "value"), [("level", "highest"), ("says", "never"), ("dead_band", -1.0)])
def test_a_limit_that_nobody_could_watch_is_refused_by_form_journal_and_centre(
    field: str, value: object
) -> None:
    values = {"scope": "pad", "pen": "motor_temperature", "level": "high", field: value}
    with pytest.raises(KnownError) as refused:
        checked(KINDS["alarm_limit"], Record("b" * 32, "alarm_limit", 1, AT, None, dict(values)))
    assert refused.value.details["field"] == field


@pytest.mark.parametrize("kind", ["alarm_limit", "alarm_act"])
def test_an_older_centre_is_told_that_these_are_new_to_it(kind: str) -> None:
    assert version_of("record", {"kind": kind}) == 9

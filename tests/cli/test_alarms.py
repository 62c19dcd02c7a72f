"""`wellside alarms`: what is beyond its limit, without a window."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from app.core.clock import to_us
from app.core.ids import new_id
from app.core.notices import NoticeBus
from app.core.plain import Json
from app.models.readings import Readings
from app.models.records import Record
from app.models.sensors import SENSORS
from app.models.store import readings, records
from app.models.wells import ESP, Well, WellId
from app.services.opening import open_workspace
from app.services.records import entries
from tests.conftest import Said
from tests.profiles import empty_profile

Run = Callable[..., Said]
BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Two wells whose motors are 10 K above the limit of theirs for two hours; of one it is over."""
    paths = empty_profile(tmp_path / "profile")
    workspace = open_workspace(paths, NoticeBus())
    with workspace.store.writing() as cursor:
        records.put_wells(
            cursor, [Well(WellId(n), name, "Северное", "5", ESP) for n, name in ((1, "123Г"), (2, "124"))]
        )
    at = to_us(BEGAN) + np.arange(150, dtype=np.int64) * 60_000_000
    hot = np.where((np.arange(150) >= 10) & (np.arange(150) < 130), 160.0, 140.0) + 273.15
    for well, values in ((1, np.where(np.arange(150) >= 10, 433.15, 413.15)), (2, hot)):
        for key, row in (("motor_temperature", values), ("frequency", np.full(150, 50.0))):
            readings.write(workspace.store, Readings.of_one(well, SENSORS[key].number, at, row))
        told: dict[str, Json] = {"scope": "well", "pen": "motor_temperature", "level": "high"}
        told |= {"limit_unit": "°C", "limit_value": 150.0}
        record = Record(new_id(), "alarm_limit", well, BEGAN - timedelta(days=1), None, told)
        entries.save_record(workspace, record)
    workspace.close()
    return paths.store


def test_what_waits_for_somebody_is_listed_with_its_limit(said: Run, store: Path) -> None:
    code, out, errors = said("alarms", "--store", store)
    assert (code, errors) == (0, "")
    lines = {line.split(":")[0]: line.replace("\xa0", " ") for line in out.strip().splitlines()}
    assert set(lines) == {"123Г", "124"}
    assert "Motor temperature" in lines["123Г"]
    assert "furthest 160 °C, limit 150 °C" in lines["123Г"]


def test_one_well_is_asked_for_and_told_as_data(said: Run, store: Path) -> None:
    (one,) = json.loads(said("alarms", "124", "--json", "--store", store)[1])
    assert (one["well"], one["pen"], one["level"]) == ("124", "motor_temperature", "high")
    assert one["threshold"] == pytest.approx(423.15)
    assert one["ended_at"] is not None
    assert one["state"] == "returned_unacknowledged"


def test_a_well_that_is_not_there_is_refused(said: Run, store: Path) -> None:
    code, out, errors = said("alarms", "999", "--store", store)
    assert (code, out) == (1, "")
    assert "999" in errors

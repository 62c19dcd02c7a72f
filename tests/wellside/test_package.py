"""The public package: frames with units and zones, beside an open window, without a way to write."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import wellside
from app.core.clock import to_us
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.findings import Finding
from app.models.kinds import KINDS
from app.models.readings import Quality, Readings
from app.models.records import Record
from app.models.sensors import SENSORS
from app.models.store import findings as finding_store
from app.models.store import kinds as kind_store
from app.models.store import readings as reading_store
from app.services.opening import open_workspace
from app.services.sharing import Sharing
from app.services.workspace import Workspace
from tests.conftest import shared_file
from wellside.quantities import figure_of

START = datetime(2026, 10, 31, 18, tzinfo=UTC)
MEASURED = {"liquid_m3_per_s": 86.4 / 86_400, "water_cut": 0.45}


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """Well 123Г with an hour of pressure (one reading frozen), a flow test and a finding."""
    time_us = to_us(START) + np.arange(60, dtype=np.int64) * 60_000_000
    quality = np.zeros(60, np.uint8)
    quality[7] = Quality.FROZEN
    value = np.full(60, 5.0e6)
    number = SENSORS["intake_pressure"].number
    reading_store.write(workspace.store, Readings.of_one(1, number, time_us, value, quality))
    with workspace.store.writing() as cursor:
        kind_store.put_many(
            cursor,
            KINDS["flow_test"],
            [
                Record(
                    "t1", "flow_test", 1, START, None, {"liquid_m3_per_s": 86.4 / 86_400, "water_cut": 0.45}
                )
            ],
        )
    until = START + timedelta(hours=1)
    finding_store.renew(workspace.store, 1, [Finding(1, "gas_interference", "act", 0.8, START, until)])
    return workspace


@pytest.fixture
def field(filled: Workspace) -> Iterator[wellside.Field]:
    """Opened while another process has the store, as it is beside the window."""
    filled.store.checkpoint()
    filled.store.close()
    opened = wellside.open(filled.paths.store)
    yield opened
    opened.close()


def test_readings_come_as_a_column_each_sensor_with_its_unit(field: wellside.Field) -> None:
    frame = field.readings("123Г", ["intake_pressure"])
    assert len(frame) == 59, "the frozen reading is left out"
    assert frame["intake_pressure"].eq(5.0e6).all()
    assert frame.attrs["units"] == {"intake_pressure": "Pa"}
    assert frame.index[0] == pd.Timestamp(START)


def test_marked_readings_are_handed_out_when_asked_for(field: wellside.Field) -> None:
    frame = field.readings("123Г", marked=True)
    assert len(frame) == 60
    assert frame["intake_pressure_quality"].iloc[7] == Quality.FROZEN


def test_a_window_of_time_is_taken_in_the_readers_zone(filled: Workspace) -> None:
    filled.store.checkpoint()
    filled.store.close()
    with wellside.open(filled.paths.store, tz="Asia/Yekaterinburg") as field:
        frame = field.readings("123Г", since="2026-10-31 23:30", until="2026-10-31 23:40")
    assert len(frame) == 11, "23:30 in Yekaterinburg is 18:30 UTC"
    assert str(frame.index.tz) == "Asia/Yekaterinburg"


def test_units_of_the_field_are_converted_and_named(filled: Workspace) -> None:
    filled.store.checkpoint()
    filled.store.close()
    with wellside.open(filled.paths.store, units="ru_field") as field:
        assert field.readings("123Г")["intake_pressure"].iloc[0] == pytest.approx(5.0)
        tests = field.flow_tests("123Г")
    assert tests["liquid"].iloc[0] == pytest.approx(86.4)
    assert tests.attrs["units"]["liquid"] == "m³/d"


def test_findings_and_wells_are_frames(field: wellside.Field) -> None:
    findings = field.findings()
    assert findings[["well", "code", "severity"]].values.tolist() == [["123Г", "gas_interference", "act"]]
    assert findings["since"].iloc[0] == pd.Timestamp(START)
    wells = field.wells()
    assert list(wells.index) == ["123Г", "77"]
    assert wells.loc["123Г", "last_reading"] == pd.Timestamp(START + timedelta(minutes=59))
    assert pd.isna(wells.loc["77", "last_reading"])


def test_hours_come_from_the_rollups(field: wellside.Field) -> None:
    frame = field.hours("123Г", "intake_pressure")
    assert frame["intake_pressure", "mean"].tolist() == [5.0e6]


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda field: field.readings("999"), "well_unknown"),
        (lambda field: field.readings("123Г", ["pressure"]), "sensor_unknown"),
        (lambda field: field.records("123Г", "tests"), "kind_unknown"),
        (lambda field: field.readings("123Г", since="yesterday evening"), "moment_unknown"),
        (lambda field: field.readings("123Г", since="03.04.2026"), "moment_unknown"),
        (lambda field: field.readings("123Г", since=5), "moment_unknown"),
        (lambda field: field.readings("123Г", since="2026-11-02", until="2026-11-01"), "moments_turned"),
        (lambda field: field.readings("123Г", 5), "sensor_unknown"),
        (lambda field: field.records("123Г", ["flow_test"]), "kind_unknown"),
        (lambda field: field.flow_tests(None), "well_unknown"),
    ],
)
def test_what_is_asked_wrongly_is_answered_with_what_there_is(field: wellside.Field, ask, code: str) -> None:
    with pytest.raises(wellside.Error) as caught:
        ask(field)
    assert caught.value.code == code
    assert len(str(caught.value)) > 30


def test_a_closed_profile_says_so(filled: Workspace) -> None:
    filled.store.checkpoint()
    filled.store.close()
    field = wellside.open(filled.paths.store)
    field.close()
    with pytest.raises(wellside.Error, match="closed"):
        field.wells()


def test_no_column_of_a_record_is_named_by_a_unit_that_it_is_not_in(field: wellside.Field) -> None:
    for kind in field.kinds():
        names = list(field.records("77", kind).columns)
        assert len(names) == len(set(names)), kind
        assert not [name for name in names if name.endswith(("_pa", "_m3_per_s", "_kg_per_s", "_s"))], kind


def test_an_empty_answer_is_an_empty_frame(field: wellside.Field) -> None:
    assert field.readings("77").empty
    assert field.cards("77").empty
    assert field.flow_tests("77").empty
    assert field.findings("77").empty


def _in_another_process(script: str, opened: Workspace) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, str(opened.paths.store)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_what_is_open_in_another_process_is_read_as_it_is(filled: Workspace) -> None:
    """The window's process writes on; a second process reads what was there when it asked."""
    sharing = Sharing(filled.paths, filled.store, filled.key)
    script = (
        "import sys, wellside\n"
        "with wellside.open(sys.argv[1]) as field:\n"
        "    print(len(field.readings('123Г')), len(field.flow_tests('123Г')))\n"
    )
    try:
        said = subprocess.run(
            [sys.executable, "-c", script, str(filled.paths.store)],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        sharing.close()
    assert said.stdout.split() == ["59", "1"], said.stderr
    with filled.store.writing() as cursor:  # the lock is still ours, and the file was not touched
        kind_store.put_many(cursor, KINDS["flow_test"], [Record("t2", "flow_test", 1, START, None, MEASURED)])
    assert not list((filled.paths.folder / "reading").iterdir())


@pytest.mark.slow
def test_without_an_owner_that_answers_the_lock_is_told(filled: Workspace) -> None:
    script = "import sys, wellside\nwellside.open(sys.argv[1])"
    said = _in_another_process(script, filled)
    assert "already open in another program" in said.stderr


def test_a_stranger_without_the_key_gets_nothing(filled: Workspace) -> None:
    from multiprocessing import AuthenticationError
    from multiprocessing.connection import Client

    sharing = Sharing(filled.paths, filled.store, filled.key)
    try:
        address = filled.paths.sharing.read_text(encoding="utf-8")
        with pytest.raises((AuthenticationError, OSError, EOFError)):
            Client(address, authkey=b"guessed").recv_bytes()
        assert filled.paths.sharing.stat().st_mode & 0o077 == 0
    finally:
        sharing.close()
    assert not filled.paths.sharing.exists()


def test_the_end_waits_for_nobody_when_a_stranger_was_turned_away_just_before(filled: Workspace) -> None:
    """The thread that answers may be gone already: who knocks to wake it would wait for ever."""
    from multiprocessing.connection import Client

    sharing = Sharing(filled.paths, filled.store, filled.key)
    sharing._closing = True
    Client(filled.paths.sharing.read_text(encoding="utf-8")).close()
    sharing._thread.join(10)
    assert not sharing._thread.is_alive()
    ending = threading.Thread(target=sharing.close, daemon=True)
    ending.start()
    ending.join(10)
    assert not ending.is_alive()


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(wellside.Error, match="no data file"):
        wellside.open(tmp_path / "not" / "cache.duckdb")
    with pytest.raises(wellside.Error, match="no data file"):
        wellside.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_reader_does_not_keep_the_window_from_starting(filled: Workspace) -> None:
    filled.store.checkpoint()
    filled.store.close()
    with wellside.open(filled.paths.store) as field:
        again = open_workspace(profile_paths(filled.paths.store), NoticeBus())
        again.close()
        assert len(field.readings("123Г")) == 59


def test_a_card_is_analysed_without_a_profile() -> None:
    result = wellside.card(shared_file("data/well-c.json"), units="ru_field")
    assert result.measures.loc["fillage", "value"] == pytest.approx(0.988, abs=0.02)
    assert result.measures.loc["pump_intake_pressure", "value"] == pytest.approx(2.55, abs=0.05)
    assert result.measures.loc["pump_intake_pressure", "unit"] == "MPa"
    assert result.pump is not None
    assert result.findings["code"].iloc[0] == result.raw["findings"][0]["code"]


def test_a_card_that_is_wrong_says_where() -> None:
    with pytest.raises(wellside.Error, match="surface"):
        wellside.card({"well": "1", "taken_at": "2026-01-01T00:00:00Z"})


@pytest.mark.parametrize(
    ("key", "name", "quantity"),
    [
        ("pump_displacement_m3_per_d", "pump_displacement", "rate"),
        ("polished_rod_power_w", "polished_rod_power", "power"),
        ("permeability_m2", "permeability", "permeability"),
        ("wellbore_storage_m3_per_pa", "wellbore_storage", "storage"),
        ("fillage", "fillage", "number"),
    ],
)
def test_the_unit_is_read_off_the_name_of_a_figure(key: str, name: str, quantity: str) -> None:
    figure = figure_of(key)
    assert (figure.name, figure.quantity) == (name, quantity)

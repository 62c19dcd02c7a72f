"""What several columns of one well show together: told with the import, put right by one answer, undone with
it; and wells that are only odd are left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.models.readings import Quality
from app.services.diagnosis.diagnose import diagnose
from app.services.imports.importing import import_file, undo
from app.services.imports.offers import offers
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.services.test_readings_that_lie import NEW, stored

WELL, STEP_MIN, ROWS = "123Г", 20, 900
HEADS = {
    "intake": "Intake pressure, MPa",
    "discharge": "Discharge pressure, MPa",
    "wellhead": "Wellhead pressure, MPa",
    "cold": "Intake temperature, °C",
    "hot": "Motor temperature, °C",
    "a": "Current, phase A, A",
    "b": "Current, phase B, A",
    "hertz": "Frequency, Hz",
    "volt": "Voltage, V",
}


def told(stops: tuple[tuple[int, int], ...] = ((150, 175), (400, 430), (700, 720))) -> dict[str, np.ndarray]:
    """Twelve days of a healthy well by 20 minutes: stops let the level rise and the motor cool."""
    rng = np.random.default_rng(11)
    on = np.ones(ROWS, bool)
    for first, last in stops:
        on[first:last] = False
    level, heat = np.empty(ROWS), np.empty(ROWS)
    p, t = 6.0, 110.0
    for i in range(ROWS):
        p += 0.03 * ((6.0 if on[i] else 16.0) - p)
        t += 0.3 * ((110.0 if on[i] else 82.0) - t)
        level[i], heat[i] = p, t

    def rough(value: np.ndarray | float, size: float) -> np.ndarray:
        return np.asarray(value + rng.normal(0, size, ROWS))

    return {
        "intake": rough(level, 0.01),
        "discharge": rough(18.5, 0.02),
        "wellhead": rough(1.6, 0.01),
        "cold": rough(82.0, 0.1),
        "hot": rough(heat, 0.2),
        "a": np.where(on, rough(36.0, 0.3), 0.0),
        "b": np.where(on, rough(36.4, 0.3), 0.0),
        "hertz": np.where(on, 50.0, 0.0),
        "volt": np.where(on, rough(1050.0, 4.0), 0.0),
    }


def file_of(tmp_path: Path, columns: Mapping[str, np.ndarray], heads: Mapping[str, str] = HEADS) -> Path:
    lines = [",".join(["Well", "Time", *(f'"{heads[key]}"' for key in columns)])]
    for i in range(ROWS):
        at = datetime(2026, 5, 1) + timedelta(minutes=STEP_MIN * i)
        cells = [f"{values[i]:.3f}" for values in columns.values()]
        lines.append(",".join([WELL, at.strftime("%Y-%m-%d %H:%M:%S"), *cells]))
    file = tmp_path / "told.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def said(report: Any) -> dict[str, dict[str, Any]]:
    """Remark → its details, those of the zone apart."""
    return {code: details for code, details in report.remarks if code != "import.zone_unknown"}


def mended(workspace: Workspace, file: Path, report: Any) -> Any:
    """The same file with the second answer of everything that was offered."""
    answers = {one.details["key"]: list(one.details["options"])[1] for one in offers(report.remarks)}
    return import_file(workspace, file, replace(NEW, answers=answers))


def found(workspace: Workspace) -> list[str]:
    return [one.code for one in diagnose(workspace, find_well(workspace, WELL)) if one.confidence >= 0.5]


def test_a_healthy_well_with_stops_has_nothing_said_of_its_columns(
    workspace: Workspace, tmp_path: Path
) -> None:
    report = import_file(workspace, file_of(tmp_path, told()), NEW)
    assert not said(report)
    assert not offers(report.remarks)
    assert not found(workspace)


def test_a_phase_that_is_a_copy_is_marked_and_left_out_when_said_and_comes_back_when_undone(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = told()
    columns["b"] = columns["a"]
    file = file_of(tmp_path, columns)
    report = import_file(workspace, file, NEW)
    assert said(report)["import.column_copied"]["sensor"] == "motor_current_b"
    assert (stored(workspace, WELL, "motor_current_b")[1] & np.uint8(Quality.MANUAL)).all()
    assert not stored(workspace, WELL, "motor_current_a")[1].any()
    again = mended(workspace, file, report)
    assert not offers(again.remarks)
    assert not len(stored(workspace, WELL, "motor_current_b")[0])
    undo(workspace, again.id)
    assert len(stored(workspace, WELL, "motor_current_b")[0]) == ROWS


def test_a_gauge_five_hours_behind_is_told_by_starts_and_stops_and_put_on_the_stations_clock(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = told()
    for key in ("intake", "discharge", "cold", "hot"):
        columns[key] = np.roll(columns[key], 15)
    file = file_of(tmp_path, columns)
    report = import_file(workspace, file, NEW)
    assert said(report)["import.clock_differs"]["shift"] == pytest.approx(5 * 3600, abs=STEP_MIN * 60)
    assert "clock_shift" in found(workspace)
    again = mended(workspace, file, report)
    assert not offers(again.remarks)
    assert "clock_shift" not in found(workspace)


def test_a_discharge_that_does_not_lift_to_its_wellhead_is_in_another_unit_and_so_is_its_intake(
    workspace: Workspace, tmp_path: Path
) -> None:
    heads = HEADS | {"intake": "Intake pressure, atm", "discharge": "Discharge pressure, atm"}
    file = file_of(tmp_path, told(), heads)
    report = import_file(workspace, file, NEW)
    keys = {one.details["key"]: list(one.details["options"]) for one in offers(report.remarks)}
    assert keys == {
        "column_unit:discharge_pressure": ["leave", "MPa"],
        "column_unit:intake_pressure": ["leave", "MPa"],
    }
    assert found(workspace) == ["unit_mixup", "unit_mixup"]
    assert not offers(mended(workspace, file, report).remarks)
    assert float(np.median(stored(workspace, WELL, "discharge_pressure")[0])) == pytest.approx(
        18.5e6, rel=0.01
    )
    assert not found(workspace)


def test_fahrenheit_that_is_called_celsius_is_told_of_both_columns_of_the_gauge(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = told()
    for key in ("cold", "hot"):
        columns[key] = 1.8 * (columns[key] + 1.0) + 32
    file = file_of(tmp_path, columns)
    report = import_file(workspace, file, NEW)
    assert said(report)["import.column_unit"]["sensor"] == "intake_temperature"
    assert said(report)["import.column_unit_beside"]["sensor"] == "motor_temperature"
    mended(workspace, file, report)
    assert float(np.median(stored(workspace, WELL, "motor_temperature")[0])) == pytest.approx(384.2, abs=1)


def test_a_motor_told_in_fahrenheit_from_some_day_on_is_a_unit_and_no_hot_motor(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = told()
    columns["hot"][450:] = 1.8 * columns["hot"][450:] + 32
    file = file_of(tmp_path, columns)
    report = import_file(workspace, file, NEW)
    assert said(report)["import.unit_suspect"]["count"] == 450
    assert found(workspace) == ["unit_mixup"]
    again = mended(workspace, file, report)
    assert "import.stretch_converted" in said(again)
    assert not stored(workspace, WELL, "motor_temperature")[1].any()
    assert not found(workspace)


def test_a_pressure_in_another_unit_is_not_called_out_of_its_place(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = told()
    columns["intake"][500:] *= 10.197
    report = import_file(workspace, file_of(tmp_path, columns), NEW)
    assert "import.unit_suspect" in said(report)
    assert "import.columns_swapped" not in said(report)


def test_when_every_gauge_repeats_its_last_value_no_readings_came(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = told()
    for values in columns.values():
        values[500:530] = values[499]
    report = import_file(workspace, file_of(tmp_path, columns), NEW)
    assert said(report)["import.record_frozen"]["since"].day == 7
    assert int((stored(workspace, WELL, "intake_pressure")[1] & np.uint8(Quality.FROZEN) != 0).sum()) == 30
    assert found(workspace) == ["sensor_frozen"]


def test_hundredths_of_a_hertz_and_tenths_of_an_ampere_are_told_with_the_unit_that_fits(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = told()
    columns["hertz"] = 100 * columns["hertz"]
    columns["a"], columns["b"] = 10 * columns["a"], 10 * columns["b"]
    file = file_of(tmp_path, columns)
    report = import_file(workspace, file, NEW)
    fits = {one.details["sensor"]: one.details["fits"].split(", ")[0] for one in offers(report.remarks)}
    assert fits == {"frequency": "0.01 Hz", "motor_current_a": "0.1 A", "motor_current_b": "0.1 A"}
    mended(workspace, file, report)
    assert float(stored(workspace, WELL, "frequency")[0].max()) == pytest.approx(50.0)
    assert float(np.median(stored(workspace, WELL, "motor_current_a")[0])) == pytest.approx(36.0, rel=0.01)


def test_a_wellhead_below_zero_in_a_register_without_a_sign_gets_its_sign_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = told()
    cold = np.round(2.0 + 4.0 * np.sin(np.arange(ROWS) / 40), 1)
    columns["top"] = np.where(cold < 0, cold + 6553.6, cold)
    file = file_of(tmp_path, columns, HEADS | {"top": "Wellhead temperature, °C"})
    report = import_file(workspace, file, NEW)
    assert said(report)["import.column_rollover"]["count"] == int((cold < 0).sum())
    mended(workspace, file, report)
    value, marks = stored(workspace, WELL, "wellhead_temperature")
    assert value - 273.15 == pytest.approx(cold, abs=1e-2)
    assert not (marks & np.uint8(Quality.RANGE)).any()


def test_a_zero_that_no_intake_can_have_is_silence_and_said_so(workspace: Workspace, tmp_path: Path) -> None:
    columns = told()
    columns["intake"][300:340] = 0.0
    report = import_file(workspace, file_of(tmp_path, columns), NEW)
    assert said(report)["import.sentinels"]["count"] == 40
    assert not report.problems
    assert (stored(workspace, WELL, "intake_pressure")[1][300:340] == np.uint8(Quality.SENTINEL)).all()


def test_megohms_called_kilohms_on_a_running_motor_are_no_failing_insulation(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = told() | {"rins": np.full(ROWS, 4.2) + np.random.default_rng(2).normal(0, 0.02, ROWS)}
    file = file_of(tmp_path, columns, HEADS | {"rins": "Insulation resistance, kOhm"})
    report = import_file(workspace, file, NEW)
    assert said(report)["import.column_unit_against"]["fits"] == "MΩ"
    mended(workspace, file, report)
    assert float(np.median(stored(workspace, WELL, "insulation_resistance")[0])) == pytest.approx(
        4.2e6, rel=0.01
    )


def test_a_frequency_that_goes_on_through_stops_is_said_and_nothing_is_concluded_from_its_steadiness(
    workspace: Workspace, tmp_path: Path
) -> None:
    columns = told()
    slow = slice(500, None)
    running = columns["a"][slow] > 0
    for key, share in (("a", 0.85), ("b", 0.85), ("volt", 0.92)):
        columns[key][slow] = np.where(running, share * columns[key][slow], 0.0)
    columns["discharge"][slow] -= 1.0
    columns["intake"][slow] += 1.2
    columns["hertz"][:] = 50.0
    import_file(workspace, file_of(tmp_path, columns), NEW)
    assert found(workspace) == ["sensor_frozen"]
    [evidence] = [
        one.evidence for one in diagnose(workspace, find_well(workspace, WELL)) if one.code == "sensor_frozen"
    ]
    assert [item.code for item in evidence] == ["frequency_while_stopped", "voltage_moved"]


def test_what_hardly_any_well_has_is_asked_with_the_unit_that_makes_it_usual_and_not_marked(
    workspace: Workspace, tmp_path: Path
) -> None:
    """A wellhead in bar called MPa, vibration in mm/s called g, a rate an hour called one a day."""
    rng = np.random.default_rng(4)
    on = told()["hertz"] > 0
    columns = told() | {
        "wellhead": 12.0 + rng.normal(0, 0.05, ROWS),
        "shaken": np.where(on, 4.0 + rng.normal(0, 0.2, ROWS), 0.1),
        "rate": np.where(on, 3.4 + rng.normal(0, 0.05, ROWS), 0.0),
        "power": np.where(on, 34.0 + rng.normal(0, 0.3, ROWS), 0.0),
    }
    heads = {
        "shaken": "Vibration X, g",
        "rate": "Liquid rate, m3/d",
        "power": "Active power, kW",
    }
    report = import_file(workspace, file_of(tmp_path, columns, HEADS | heads), NEW)
    found = said(report)
    assert "bar" in found["import.column_unit_rare"]["fits"]
    assert found["import.column_unit_shaken"]["fits"].split(", ")[0] == "m/s²"
    assert found["import.column_unit_work"]["fits"] == "m³/h"
    offered = {one.details["key"] for one in offers(report.remarks)}
    assert offered == {f"column_unit:{key}" for key in ("wellhead_pressure", "vibration_x", "liquid_rate")}
    for sensor in ("wellhead_pressure", "vibration_x", "liquid_rate"):
        marks = stored(workspace, WELL, sensor)[1]
        assert not (marks & np.uint8(Quality.UNIT_SUSPECT)).any()

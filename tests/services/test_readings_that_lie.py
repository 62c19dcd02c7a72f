"""Readings of a known truth: units that cannot be, gauges that stand still or say nothing, a mapping put
right.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import KnownError
from app.models.readings import Quality
from app.models.sensors import SENSORS
from app.models.store import records
from app.services.imports.importing import import_file, undo
from app.services.imports.offers import offers
from app.services.imports.opening import ImportOptions
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from tests.conftest import shared_file

NEW = ImportOptions(new_wells=True)


def truth(name: str) -> Path:
    return shared_file(f"data/truth-cases/{name}.csv")


def stored(workspace: Workspace, well: str, sensor: str) -> tuple[np.ndarray, np.ndarray]:
    with workspace.store.reading() as cursor:
        rows = cursor.execute(
            "SELECT value, quality FROM readings WHERE well = ? AND sensor = ? ORDER BY ts",
            [find_well(workspace, well).id, SENSORS[sensor].number],
        ).fetchall()
    return np.array([row[0] for row in rows]), np.array([row[1] for row in rows], np.uint8)


def test_a_record_that_stands_still_is_frozen_zeros_are_silence_and_a_set_value_is_good(
    workspace: Workspace,
) -> None:
    report = import_file(workspace, truth("frozen_whole"), NEW)
    assert {code: details["sensor"] for code, details in report.remarks if "column_" in code} == {
        "import.column_silent": "intake_temperature",
        "import.column_frozen": "motor_temperature",
    }
    _, silent = stored(workspace, "W3", "intake_temperature")
    assert (silent & np.uint8(Quality.SENTINEL) != 0).all()
    _, frozen = stored(workspace, "W3", "motor_temperature")
    assert (frozen[1:] & np.uint8(Quality.FROZEN) != 0).all()
    for good in ("frequency", "intake_pressure"):
        assert not stored(workspace, "W3", good)[1].any()


def test_a_column_called_psia_that_holds_pascals_is_a_finding_about_the_column(workspace: Workspace) -> None:
    """Told with the unit that fits; or the file is refused by that very finding."""
    report = import_file(workspace, truth("pa_called_psia"), NEW)
    told = {details["sensor"]: details for code, details in report.remarks if code == "import.column_unit"}
    assert set(told) == {"intake_pressure", "discharge_pressure"}
    assert all("Pa" in one["fits"].split(", ") for one in told.values())
    assert (stored(workspace, "W2", "intake_pressure")[1] != 0).all(), "marked: nobody diagnoses from it"


def test_a_corrected_mapping_replaces_the_first_and_undoing_it_brings_the_first_back(
    workspace: Workspace,
) -> None:
    first = import_file(workspace, truth("remap"), NEW)
    assert not len(stored(workspace, "W4", "intake_pressure")[0])
    mapped = ImportOptions(mapping={"PRESS_X": "intake_pressure"}, new_wells=True)
    second = import_file(workspace, truth("remap"), mapped)
    assert not second.already
    value, marks = stored(workspace, "W4", "intake_pressure")
    assert len(value) == 120
    assert float(np.median(value)) == pytest.approx(4.19e6, rel=0.02)
    assert not marks.any()
    assert import_file(workspace, truth("remap"), mapped).already, "the same again is the same"
    assert [record.undone for record in records.imports(workspace.store) if record.id == first.id] == [True]
    undo(workspace, second.id)
    assert not len(stored(workspace, "W4", "intake_pressure")[0])
    assert len(stored(workspace, "W4", "frequency")[0]) == 120
    with pytest.raises(KnownError, match="import_unknown"):
        undo(workspace, first.id)  # it stands as a new import, not as the old one


def test_pressures_without_a_unit_that_may_be_pounds_or_kilopascals_are_asked_and_read_as_answered(
    workspace: Workspace,
) -> None:
    with pytest.raises(KnownError) as asked:
        import_file(workspace, truth("psi_unlabelled"), NEW)
    assert asked.value.code == "pressure_unit"
    assert "W1" not in {well.name for well in records.wells(workspace.store)}
    import_file(workspace, truth("psi_unlabelled"), replace(NEW, answers={"pressure_unit": "psi"}))
    for sensor, psi in (("discharge_pressure", 3700), ("intake_pressure", 400)):
        values, _ = stored(workspace, "W1", sensor)
        assert float(np.median(values)) / 6_894.757293 == pytest.approx(psi, rel=0.01)


def test_a_header_of_three_rows_is_wells_tags_and_units(workspace: Workspace) -> None:
    import_file(workspace, truth("three_rows"), NEW)
    for well, psi, hertz in (("ESP01", 600, 50.0), ("ESP02", 700, 45.0)):
        pressure, _ = stored(workspace, well, "intake_pressure")
        frequency, _ = stored(workspace, well, "frequency")
        assert float(np.median(pressure)) / 6_894.757293 == pytest.approx(psi, rel=0.01)
        assert float(np.median(frequency)) == pytest.approx(hertz)


def test_pressures_in_each_others_column_from_some_hour_on_are_told_with_that_hour(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [
        f"W9,2026-02-01 {n // 6:02}:{n % 6}0:00,{5.1 if n < 30 else 16.4},{16.4 if n < 30 else 5.1}"
        for n in range(60)
    ]
    file = tmp_path / "swapped.csv"
    head = 'Well,Time,"Intake pressure, MPa","Discharge pressure, MPa"'
    file.write_text("\n".join([head, *rows]))
    report = import_file(workspace, file, NEW)
    [told] = [details for code, details in report.remarks if code == "import.columns_swapped"]
    assert (told["well"], told["count"]) == ("W9", 30)
    assert (told["since"].hour, told["until"].hour) == (5, 9)
    [offer] = offers(report.remarks)
    assert list(offer.details["options"]) == ["leave", "put_back"]
    put_right = import_file(workspace, file, replace(NEW, answers={offer.details["key"]: "put_back"}))
    assert "import.columns_put_back" in dict(put_right.remarks)
    assert not offers(put_right.remarks)
    assert set(stored(workspace, "W9", "intake_pressure")[0].round()) == {5.1e6}
    value, marks = stored(workspace, "W9", "discharge_pressure")
    assert set(value.round()) == {16.4e6}
    assert not marks.any()
    undo(workspace, put_right.id)
    assert len(set(stored(workspace, "W9", "intake_pressure")[0].round())) == 2, "as the file had it"


def test_temperatures_of_motor_and_intake_in_each_others_column_are_put_back_too(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The motor at 110 °C, the liquid at 70: told the other way round for the last twenty rows."""
    rows = [
        f"W8,2026-02-01 {n // 6:02}:{n % 6}0:00,{70 if n < 40 else 110},{110 if n < 40 else 70}"
        for n in range(60)
    ]
    file = tmp_path / "hot.csv"
    file.write_text("\n".join(['Well,Time,"Intake temperature, °C","Motor temperature, °C"', *rows]))
    report = import_file(workspace, file, replace(NEW, answers={"columns_swapped": "put_back"}))
    assert dict(report.remarks)["import.columns_put_back"]["count"] == 20
    assert set(stored(workspace, "W8", "intake_temperature")[0].round(2)) == {343.15}
    assert set(stored(workspace, "W8", "motor_temperature")[0].round(2)) == {383.15}


def test_a_gauge_that_drifted_over_its_neighbour_stays_in_its_column_when_others_are_put_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Pressures changed places; the liquid told of 120 °C past a motor of 110, which nobody asked about."""
    head = 'Well,Time,"Intake pressure, MPa","Discharge pressure, MPa",'
    head += '"Intake temperature, °C","Motor temperature, °C"'
    rows = [
        f"W7,2026-02-01 {n // 6:02}:{n % 6}0:00,"
        f"{5.1 if n < 30 else 16.4},{16.4 if n < 30 else 5.1},{70 if n < 40 else 120},110"
        for n in range(60)
    ]
    file = tmp_path / "drifted.csv"
    file.write_text("\n".join([head, *rows]))
    report = import_file(workspace, file, replace(NEW, answers={"columns_swapped": "put_back"}))
    assert dict(report.remarks)["import.columns_put_back"]["count"] == 30
    assert set(stored(workspace, "W7", "intake_pressure")[0].round()) == {5.1e6}
    assert set(stored(workspace, "W7", "motor_temperature")[0].round(2)) == {383.15}
    assert set(stored(workspace, "W7", "intake_temperature")[0].round(2)) == {343.15, 393.15}


def test_a_unit_that_cannot_be_is_put_right_by_the_answer_that_its_offer_has(workspace: Workspace) -> None:
    report = import_file(workspace, truth("pa_called_psia"), NEW)
    told = {one.details["key"]: list(one.details["options"]) for one in offers(report.remarks)}
    assert set(told) == {"column_unit:intake_pressure", "column_unit:discharge_pressure"}
    assert all(options[0] == "leave" and "Pa" in options for options in told.values())
    mended = import_file(workspace, truth("pa_called_psia"), replace(NEW, answers=dict.fromkeys(told, "Pa")))
    assert not offers(mended.remarks)
    for sensor, pascal in (("intake_pressure", 4.2e6), ("discharge_pressure", 14e6)):
        value, marks = stored(workspace, "W2", sensor)
        assert float(np.median(value)) == pytest.approx(pascal, rel=0.05)
        assert not marks.any()


def test_phases_that_tell_one_value_from_some_day_on_are_marked_from_then_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    rng = np.random.default_rng(1)
    amps = 30 + rng.normal(0, 0.5, (2, 600)).round(1)
    amps[1, 350:] = amps[0, 350:]
    moments = np.datetime64("2026-05-01T00:00") + np.arange(600) * np.timedelta64(10, "m")
    lines = [f"W9,{at},{one},{other}" for at, one, other in zip(moments, *amps.tolist(), strict=True)]
    file = tmp_path / "phases.csv"
    file.write_text("\n".join(["Well,Time,Current phase A (A),Current phase B (A)", *lines]))
    report = import_file(workspace, file, NEW)
    [told] = [details for code, details in report.remarks if code == "import.copied_for_a_time"]
    assert (told["sensor"], told["other"]) == ("motor_current_b", "motor_current_a")
    _, marks = stored(workspace, "W9", "motor_current_b")
    doubted = marks & np.uint8(Quality.MANUAL) != 0
    assert doubted[355:].all()
    assert not doubted[:340].any()
    assert not stored(workspace, "W9", "motor_current_a")[1].any()

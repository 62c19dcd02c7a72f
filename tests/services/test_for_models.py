"""Tables for a model of a well: tests with what was read, inflow, the lift curve; or what is missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.advice.advised import Advice
from app.core.clock import to_us
from app.core.errors import KnownError
from app.models.kinds.curved import MODEL_CURVE
from app.models.readings import Readings
from app.models.records import FlowTest
from app.models.sensors import SENSORS
from app.models.store import kinds, readings, records
from app.models.values import needed_number, rows_of
from app.services.imports import importing
from app.services.imports.importing import ImportOptions
from app.services.reports import for_models
from app.services.reports.exporting import export
from app.services.wells import advice
from app.services.wells.finding import find_well
from app.services.workspace import Workspace

TESTED = datetime(2026, 11, 5, 9, tzinfo=UTC)


def tested(workspace: Workspace) -> None:
    tests = [
        FlowTest("t1", 2, TESTED, 4 * 3600.0, 100 / 86_400, 0.5, 0.4, None, 1e6),
        FlowTest(
            "t2", 2, TESTED + timedelta(days=1), None, 400 / 86_400, None, None, None, None, valid=False
        ),
    ]
    with workspace.store.writing() as cursor:
        records.put_flow_tests(cursor, tests)
    at = np.array([to_us(TESTED + timedelta(minutes=10 * n)) for n in range(24)], np.int64)
    for code, value in (("intake_pressure", 5e6), ("intake_temperature", 353.15)):
        readings.write(workspace.store, Readings.of_one(2, SENSORS[code].number, at, np.full(24, value)))


def test_a_good_test_stands_with_what_was_read_while_it_ran(workspace: Workspace, tmp_path: Path) -> None:
    tested(workspace)
    (row,) = for_models.matching(workspace, find_well(workspace, "77")).to_pylist()
    assert (row["tested_at"], row["well"]) == ("2026-11-05T09:00:00Z", "77")
    assert row["liquid_m3_per_day"] == pytest.approx(100)
    assert row["oil_t_per_day"] == pytest.approx(43.2)
    assert row["water_cut_percent"] == pytest.approx(40)
    assert (row["line_pressure_bara"], row["intake_pressure_bara"]) == (pytest.approx(10), pytest.approx(50))
    assert row["intake_temperature_c"] == pytest.approx(80)
    assert row["wellhead_pressure_bara"] is row["gas_m3_per_day"] is None
    assert export(workspace, find_well(workspace, "77"), "matching", tmp_path / "m.csv") == 1
    assert (tmp_path / "m.csv").read_text(encoding="utf-8-sig").startswith("tested_at")


@pytest.fixture
def gas_lifted(monkeypatch: pytest.MonkeyPatch) -> None:
    def told(workspace: Workspace, well: object, **_: object) -> Advice:
        return Advice(well, model=examples.gas_lifted())  # type: ignore[arg-type]

    monkeypatch.setattr(advice, "advise", told)


@pytest.mark.usefixtures("gas_lifted")
def test_three_inflows_go_through_the_test_from_the_reservoir_to_open_flow(workspace: Workspace) -> None:
    rows = for_models.inflow(workspace, find_well(workspace, "77")).to_pylist()
    assert [row["case"] for row in rows[:: for_models.POINTS]] == ["least", "likeliest", "most"]
    likeliest = [row for row in rows if row["case"] == "likeliest"]
    assert (likeliest[0]["liquid_m3_per_day"], likeliest[0]["pressure_bara"]) == (
        pytest.approx(0, abs=1e-6),
        160,
    )
    rate = np.interp(
        -70, [-row["pressure_bara"] for row in likeliest], [row["liquid_m3_per_day"] for row in likeliest]
    )
    assert rate == pytest.approx(86.4, rel=0.02)


@pytest.mark.usefixtures("gas_lifted")
def test_the_lift_curve_needs_more_pressure_with_less_gas(workspace: Workspace) -> None:
    rows = for_models.lift_curve(workspace, find_well(workspace, "77")).to_pylist()
    by_gas = [rows[n : n + for_models.POINTS] for n in range(0, len(rows), for_models.POINTS)]
    assert len(by_gas) == 3
    assert by_gas[0][10]["pressure_bara"] > by_gas[1][10]["pressure_bara"]
    assert by_gas[1][0]["gas_injected_m3_per_day"] == pytest.approx(0.2 * 86_400)


@pytest.mark.parametrize("what", ["inflow", "lift_curve"])
def test_what_is_missing_for_a_curve_is_said(workspace: Workspace, what: str, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as told:
        export(workspace, find_well(workspace, "77"), what, tmp_path / "m.csv")
    assert told.value.code == "no_model_table"
    assert "flow_test" in str(told.value.details["missing"]) or "lift" in str(told.value.details["missing"])
    assert not (tmp_path / "m.csv").exists()


@pytest.mark.usefixtures("gas_lifted", "read_here")
@pytest.mark.parametrize(
    ("what", "curve", "scenarios"),
    [("inflow", "ipr", ["least", "likeliest", "most"]), ("lift_curve", "vlp", ["lift"])],
)
def test_our_own_curve_comes_back_as_a_curve_of_a_model_with_its_name(
    workspace: Workspace, tmp_path: Path, what: str, curve: str, scenarios: list[str]
) -> None:
    """The file had no model in it, and an import asked for a name that nobody knew."""
    tested(workspace)
    well = find_well(workspace, "77")
    rows = (for_models.MODEL_TABLES[what])(workspace, well).to_pylist()
    export(workspace, well, what, tmp_path / f"{what}.csv")
    importing.import_file(workspace, tmp_path / f"{what}.csv", ImportOptions())
    found = kinds.of_well(workspace.store, MODEL_CURVE, 2)
    assert sorted(str(one.values["scenario"]) for one in found) == scenarios
    assert {(one.values["model"], one.values["curve"], one.at) for one in found} == {
        ("Wellside", curve, TESTED)
    }
    assert {one.values["depth_m"] for one in found} == {1500.0}
    points = [point for one in found for point in rows_of(one.values, "points")]
    assert len(points) == len(rows)
    told = sorted((row["liquid_m3_per_day"] / 86_400, row["pressure_bara"] * 1e5) for row in rows)
    kept = sorted(
        (needed_number(one, "liquid_m3_per_s"), needed_number(one, "pressure_pa")) for one in points
    )
    assert np.array(kept) == pytest.approx(np.array(told), rel=1e-4, abs=1.0)
    assert importing.import_file(workspace, tmp_path / f"{what}.csv", ImportOptions()).added == 0

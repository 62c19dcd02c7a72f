"""The pump of a well by its points, by the pumps of its string, by its name in the catalogue."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.analysis.catalogue.esp_pumps import ESP_PUMPS
from app.core.clock import from_us
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.paths import Paths, profile_paths
from app.core.units import DAY_S, STANDARD_GRAVITY
from app.models.records import Record
from app.models.store import trends
from app.services.records import entries
from app.services.wells import flow, taken
from app.services.wells.catalogue import equipment as library
from app.services.wells.equipment import EquipmentHistory, Equipped, equipment_at
from app.services.wells.finding import find_well
from app.services.wells.pumps import pump_of
from app.services.workspace import Workspace

KNOWN = "ЭЦН5-125"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return profile_paths(tmp_path / "profile" / "cache.duckdb")


def points_of(paths: Paths, stages: float, count: int = 8) -> list[dict[str, Any]]:
    """A curve of so many stages as a passport prints it."""
    curve = library(paths, ESP_PUMPS).find(KNOWN).item.curve
    rates = np.linspace(curve.rate[0], curve.rate[-1], count)
    heads = stages * curve.head_at(rates)
    return [{"flow_m3_per_s": float(q), "head_m": float(h)} for q, h in zip(rates, heads, strict=True)]


def esp(**values: Any) -> Equipped:
    stages = values.pop("stages", None)
    return Equipped({"esp": values, "stages": stages})


def test_eight_points_of_a_passport_are_the_curve(paths: Paths) -> None:
    known = library(paths, ESP_PUMPS).find(KNOWN).item.curve
    pump = pump_of(esp(curve=points_of(paths, 100)[::-1], curve_stages=100, stages=250.0), paths)
    assert pump is not None
    assert pump.stages == 250.0
    rate = 100 / DAY_S
    assert float(pump.curve.head_at(rate)) == pytest.approx(float(known.head_at(rate)), rel=0.02)
    assert pump.curve.frequency_hz == 50.0


def test_a_curve_is_of_all_stages_where_it_does_not_say_of_how_many(paths: Paths) -> None:
    pump = pump_of(esp(curve=points_of(paths, 250), stages=250.0, curve_frequency_hz=60.0), paths)
    assert pump is not None
    assert (pump.stages, pump.curve.frequency_hz) == (250.0, 60.0)
    assert float(pump.curve.head[0]) * 250 == pytest.approx(points_of(paths, 250)[0]["head_m"])


def test_two_pumps_of_one_string_add_their_heads(paths: Paths) -> None:
    string = [{"pump_type": KNOWN, "stages": 100.0}, {"pump_type": KNOWN, "stages": 150.0}]
    pump = pump_of(esp(pumps=string), paths)
    known = library(paths, ESP_PUMPS).find(KNOWN).item.curve
    assert pump is not None
    for rate in (50 / DAY_S, 120 / DAY_S):
        assert pump.stages * float(pump.curve.head_at(rate)) == pytest.approx(
            250 * float(known.head_at(rate)), rel=1e-3
        )


def test_the_catalogue_has_it_by_its_type(paths: Paths) -> None:
    pump = pump_of(Equipped({"pump_type": KNOWN, "stages": 200}), paths)
    assert pump is not None
    assert pump.stages == 200.0
    assert pump_of(Equipped({"pump_type": KNOWN}), paths) is None
    assert pump_of(Equipped({}), paths) is None


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"curve": [{"flow_m3_per_s": 0.0, "head_m": 9.0}] * 2, "stages": 9}, "pump_curve_short"),
        ({"curve": [{"flow_m3_per_s": 0.0, "head_m": 9.0}] * 3, "stages": 9}, "pump_curve_twice"),
        ({"curve": [{"flow_m3_per_s": q, "head_m": 9.0} for q in (0.0, 1e-3, 2e-3)]}, "pump_curve_stages"),
    ],
)
def test_a_curve_that_is_none_says_what_is_wrong_with_it(
    paths: Paths, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(KnownError, match=code):
        pump_of(esp(**values), paths)


def test_a_pump_that_no_catalogue_has_works_by_its_points_as_it_would_by_its_name(
    demo_workspace: Workspace,
) -> None:
    """Operating point, virtual rates and nodal picture."""
    well = find_well(demo_workspace, "101")
    span = trends.span(demo_workspace.store, int(well.id))
    assert span is not None
    window = (from_us(span[0]), from_us(span[1]))
    by_name = flow.history(demo_workspace, well, *window)
    assert by_name.pump is not None
    installed = next(one for one in equipment_at(demo_workspace, int(well.id), window[1]).sources)
    stages = equipment_at(demo_workspace, int(well.id), window[1]).equipment["stages"]
    name = equipment_at(demo_workspace, int(well.id), window[1]).equipment["pump_type"]
    curve = library(demo_workspace.paths, ESP_PUMPS).find(name).item.curve
    rates = np.linspace(curve.rate[0], curve.rate[-1], 8)
    values = {
        "pump_name": "Чей-то насос",
        "pump_type": "НИКТО-1",
        "depth_m": 1800.0,
        "stages": float(stages),
        "curve": [
            {"flow_m3_per_s": float(q), "head_m": float(h)}
            for q, h in zip(rates, stages * curve.head_at(rates), strict=True)
        ],
    }
    entries.save_record(
        demo_workspace,
        Record(new_id(), "installation", int(well.id), installed.at + timedelta(days=1), None, values),
    )
    by_points = flow.history(demo_workspace, well, *window)
    assert by_points.pump_refused is None
    assert by_points.pump is not None
    assert by_points.pump.head_factor == pytest.approx(by_name.pump.head_factor, rel=0.03)
    assert [row.virtual is None for row in by_points.rows] == [row.virtual is None for row in by_name.rows]


def test_the_head_at_a_test_is_that_of_the_wells_own_liquid(demo_workspace: Workspace) -> None:
    """It was one of usual oil and water, whatever the laboratory had found."""
    well = find_well(demo_workspace, "101")
    window = flow.usual_window(demo_workspace, well)
    before = flow.history(demo_workspace, well, *window)
    test = before.rows[0].test
    at = test.taken_at - timedelta(days=1)
    cut, known = taken.cut_of(test), flow.fluid_of(EquipmentHistory(demo_workspace, int(well.id)), test)
    own = {"oil_relative_density": 0.75, "water_relative_density": 1.15}
    entries.save_record(demo_workspace, Record(new_id(), "fluid", int(well.id), at, None, own))
    after = flow.history(demo_workspace, well, *window)
    assert before.pump is not None
    assert after.pump is not None
    heavier = 1000 * (cut * 1.15 + (1 - cut) * 0.75) / taken.liquid_density(cut, known)
    assert after.pump.at_head_m * heavier == pytest.approx(before.pump.at_head_m)
    assert heavier != pytest.approx(1.0, abs=0.01)


def test_an_entered_reservoir_pressure_is_brought_to_the_pump(demo_workspace: Workspace) -> None:
    well = find_well(demo_workspace, "101")
    span = trends.span(demo_workspace.store, int(well.id))
    assert span is not None
    window = (from_us(span[0]), from_us(span[1]))
    depth = equipment_at(demo_workspace, int(well.id), window[1]).equipment["pump"]["depth_m"]
    reservoir = Record(
        new_id(),
        "reservoir",
        int(well.id),
        window[0],
        None,
        {"reservoir_pressure_pa": 25e6, "datum_m": depth + 200.0},
    )
    entries.save_record(demo_workspace, reservoir)
    shown = flow.history(demo_workspace, well, *window).pump
    assert shown is not None
    assert shown.nodal is not None
    equipment = equipment_at(demo_workspace, int(well.id), window[1]).equipment
    found = flow.reservoir_pressure(demo_workspace, well, window[1], equipment, 1000.0)
    assert found == pytest.approx(25e6 - 1000.0 * STANDARD_GRAVITY * 200.0)

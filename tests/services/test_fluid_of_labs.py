"""What laboratories found of the fluid counts where nobody entered it; records of one moment add up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.core.ids import new_id
from app.models.records import Record
from app.models.store import kinds
from app.services.wells import building, lab_fluid
from app.services.wells.equipment import EquipmentHistory
from app.services.wells.succession import _of_one_moment
from app.services.workspace import Workspace

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def result(parameter: str, value: float, at: datetime, qualifier: str = "") -> Record:
    values = {"parameter": parameter, "value": value, "unit": "", "qualifier": qualifier}
    return Record(new_id(), "lab_result", 1, at, None, values)


def test_each_field_is_of_the_newest_result_before_the_moment_and_only_where_none_was_entered() -> None:
    results = [
        result("gas_oil_ratio", 45, DAY + timedelta(days=60)),
        result("oil_density_20c", 880, DAY + timedelta(days=30)),
        result("water_cut", 70, DAY + timedelta(days=20)),
        result("viscosity", 12, DAY),
        result("oil_density_20c", 870, DAY),
        result("saturation_pressure", 8.5, DAY - timedelta(days=1), "<"),
    ]
    told, sources = lab_fluid.added({"water_cut": 0.5}, lab_fluid.usable(results), DAY + timedelta(days=10))
    assert told == pytest.approx({"oil_relative_density": 0.87, "gas_oil_ratio": 45})
    assert {one.record for one in sources} == {results[0].id, results[4].id}
    assert lab_fluid.added({}, lab_fluid.usable(results), DAY + timedelta(days=90))[0] == pytest.approx(
        {"oil_relative_density": 0.88, "gas_oil_ratio": 45, "water_cut": 0.7}
    )


def test_a_well_with_analyses_and_without_a_fluid_is_computed_with_them(workspace: Workspace) -> None:
    unit = {"unit_name": "СК8-3,5-4000", "api_a_m": 3.0, "gearbox_rating_n_m": 40e3}
    known = [
        Record("f" * 32, "pumping_unit", 1, DAY, None, unit),
        Record(new_id(), "pumping_unit", 1, DAY, None, {"unit_name": "ours", "beam_rating_n": 80e3}),
        Record(new_id(), "fluid", 1, DAY, None, {"water_cut": 0.9}),
        result("oil_density_20c", 870, DAY),
        result("water_cut", 70, DAY),
        result("saturation_pressure", 8.5, DAY),
    ]
    with workspace.store.writing() as cursor:
        for record in known:
            kinds.put_one(cursor, record)
    found = EquipmentHistory(workspace, 1).at(DAY)
    assert found.bore.fluid.oil_relative_density == pytest.approx(0.87)
    assert found.equipment["fluid"] == pytest.approx({"water_cut": 0.9, "oil_relative_density": 0.87})
    assert found.equipment["unit"] | {"geometry": "conventional"} == {
        "geometry": "conventional",
        "api_A_m": 3.0,
        "gearbox_rating_n_m": 40e3,
        "beam_rating_n": 80e3,
    }
    assert known[3].id in [one.record for one in found.sources if one.kind == "lab_result"]
    well = next(one for one in building.neighbours(workspace, None) if int(one.id) == 1)
    there = building.standing(workspace, well)
    assert there.by_labs == pytest.approx(
        {"water_cut": 0.7, "oil_relative_density": 0.87, "bubble_point_pa": 8.5e6}
    )
    missing = {gap.path for gap in building.seen([], "srp", None, there.by_labs).gaps}
    assert "fluid.density" not in missing


def test_a_wells_own_record_stands_over_that_of_a_well_merged_into_it() -> None:
    own = Record("b" * 32, "pumping_unit", 1, DAY, None, {"unit_name": "own"})
    merged = Record("a" * 32, "pumping_unit", 1, DAY, None, {"unit_name": "merged", "beam_rating_n": 80e3})
    found = _of_one_moment([own, merged])
    assert found is not None
    assert (found.id, found.values) == (own.id, {"unit_name": "own", "beam_rating_n": 80e3})

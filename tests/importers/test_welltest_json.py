"""A well test in our JSON: each value at the border of what it may be; what is wrong is named by its key."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import KnownError
from app.importers.welltest_json import test_from as taken_from
from app.models.well_tests import RecordedTest

FORMATION = {
    "formation_volume_factor": 1.2,
    "viscosity_pa_s": 1e-3,
    "porosity": 0.2,
    "thickness_m": 10.0,
    "total_compressibility_per_pa": 1e-9,
    "wellbore_radius_m": 0.1,
}
TIMES = [float(n) for n in range(1, 9)]
BUILDUP = {
    "kind": "buildup",
    "time_s": TIMES,
    "pressure_pa": [1e7 + n for n in range(8)],
    "rate_m3_per_s": 1e-3,
    "producing_time_s": 3600.0,
    **FORMATION,
}
INFLOW = {
    "kind": "inflow",
    "points": [
        {"rate_m3_per_s": 0.0, "pressure_pa": 2e7},
        {"rate_m3_per_s": 1e-3, "pressure_pa": 1e7, "shut_in_pressure_pa": 2e7, "stabilised": False},
    ],
}
GAS = {"relative_density": 0.7, "temperature_k": 350.0}


def read(body: dict[str, Any], **changes: Any) -> RecordedTest:
    """`changes`: None leaves a key out."""
    told = {key: value for key, value in {**body, **changes}.items() if value is not None}
    return taken_from(told, Path("т.json"))


def refused(body: dict[str, Any], **changes: Any) -> tuple[str, Any]:
    with pytest.raises(KnownError) as error:
        read(body, **changes)
    assert error.value.details["file"] == "т.json"
    return error.value.code, error.value.details.get("key", error.value.details)


def test_a_test_is_read_whole() -> None:
    found = read(BUILDUP, well="101", taken_at="2026-03-01T05:00:00Z")
    assert (found.kind, found.well) == ("buildup", "101")
    assert found.taken_at == datetime(2026, 3, 1, 5, tzinfo=UTC)
    assert found.time_s.tolist() == TIMES
    assert found.pressure_pa.tolist() == BUILDUP["pressure_pa"]
    assert found.rates == ((0.0, 1e-3),)
    assert found.rate_m3_per_s.tolist() == [1e-3]
    assert found.producing_time_s == 3600.0
    assert found.second_gauge is None
    assert found.gas is None
    assert (found.porosity, found.thickness_m, found.water_cut) == (0.2, 10.0, None)


def test_what_a_test_does_not_say_is_not_said() -> None:
    found = read(BUILDUP)
    assert (found.well, found.taken_at, found.reservoir_pressure_pa) == ("", None, None)
    assert read(BUILDUP, water_cut=0.0).water_cut == 0.0


def test_points_of_an_inflow_need_no_formation() -> None:
    found = read(INFLOW)
    assert found.rate_m3_per_s.tolist() == [0.0, 1e-3]
    assert found.pressure_pa.tolist() == [2e7, 1e7]
    assert found.shut_in_pa == (None, 2e7)
    assert found.stood == (True, False)
    assert len(found.time_s) == 0


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ({"kind": None}, "json_missing", "kind"),
        ({"kind": "drawdwn"}, "json_value", "kind"),
        ({"colour": 1}, "json_unknown_key", "colour"),
        ({"well": 101}, "json_value", "well"),
        ({"taken_at": "вчера"}, "json_value", "taken_at"),
        ({"porosity": 1.01}, "json_value", "porosity"),
        ({"porosity": 0}, "json_value", "porosity"),
        ({"porosity": None}, "json_missing", "porosity"),
        ({"thickness_m": None}, "json_missing", "thickness_m"),
        ({"viscosity_pa_s": -1}, "json_value", "viscosity_pa_s"),
        ({"water_cut": -0.01}, "json_value", "water_cut"),
        ({"water_cut": 1.01}, "json_value", "water_cut"),
        ({"producing_time_s": 0}, "json_value", "producing_time_s"),
        ({"rate_m3_per_s": None}, "json_missing", "rate_m3_per_s"),
        ({"rate_m3_per_s": 1.01}, "json_value", "rate_m3_per_s"),
        ({"rate_m3_per_s": [[0, -1.01], [5, 0]]}, "json_value", "rate_m3_per_s"),
        ({"rate_m3_per_s": []}, "json_value", "rate_m3_per_s"),
        ({"rate_m3_per_s": [[0, 0], [5, 0]]}, "json_value", "rate_m3_per_s"),
        ({"rate_m3_per_s": [[0, 1e-3], [5, "x"]]}, "json_value", "rate_m3_per_s[1]"),
        ({"rate_m3_per_s": [[0, 1e-3], [5, True]]}, "json_value", "rate_m3_per_s[1]"),
        ({"rate_m3_per_s": [[0, 1e-3, 4]]}, "json_value", "rate_m3_per_s[0]"),
        ({"rate_m3_per_s": [5]}, "json_value", "rate_m3_per_s[0]"),
        ({"pressure_pa": [1e7] * 7}, "json_lengths", None),
        ({"pressure_pa": [1e7] * 7 + [0.0]}, "json_value", "pressure_pa[7]"),
        ({"pressure_pa": [1e7] * 7 + [-1.0]}, "json_value", "pressure_pa[7]"),
        ({"pressure_pa": [9.9e4] * 8}, "json_value", "pressure_pa"),
        ({"pressure_pa": [1e7] * 7 + [3.1e8]}, "json_value", "pressure_pa"),
        ({"time_s": TIMES[:7], "pressure_pa": [1e7] * 7}, "welltest_too_short", None),
    ],
)
def test_what_is_wrong_is_named_by_its_key(changes: dict[str, Any], code: str, key: str | None) -> None:
    found = refused(BUILDUP, **changes)
    assert found[0] == code
    assert key is None or found[1] == key


@pytest.mark.parametrize(
    "changes",
    [
        {"porosity": 1.0},
        {"water_cut": 1.0},
        {"rate_m3_per_s": 1.0},
        {"pressure_pa": [1e5] * 8},
        {"pressure_pa": [3e8] * 8},
        {"rate_m3_per_s": [[0, 1e-3], [5, 0]]},
        {"rate_m3_per_s": [[-100, 1e-3], [0, 0]]},
        {"rate_m3_per_s": [[0, -1.0], [5, 0]]},
    ],
)
def test_what_stands_at_its_border_is_taken(changes: dict[str, Any]) -> None:
    assert read(BUILDUP, **changes).kind == "buildup"


def test_steps_of_rates_and_times_go_up() -> None:
    found = read(BUILDUP, rate_m3_per_s=[[0, 1e-3], [3600, 2e-3]])
    assert found.rates == ((0.0, 1e-3), (3600.0, 2e-3))
    for second in (0, -1):
        code, told = refused(BUILDUP, rate_m3_per_s=[[0, 1e-3], [second, 2e-3]])
        assert code == "welltest_time"
        assert (told["index"], told["value"], told["before"]) == (1, second, 0.0)
    for back in (3.0, 2.0):
        code, told = refused(BUILDUP, time_s=[*TIMES[:3], back, *TIMES[4:]])
        assert code == "welltest_time"
        assert (told["index"], told["value"], told["before"]) == (3, back, 3.0)


def test_a_gas_tells_what_it_is_and_may_flow_faster() -> None:
    by_gas = dict.fromkeys(("formation_volume_factor", "viscosity_pa_s", "total_compressibility_per_pa"))
    found = read(BUILDUP, gas={**GAS, "nitrogen": 0.1}, rate_m3_per_s=500.0, **by_gas)
    assert found.gas == {**GAS, "carbon_dioxide": 0.0, "hydrogen_sulphide": 0.0, "nitrogen": 0.1}
    assert refused(BUILDUP, gas=GAS, rate_m3_per_s=500.1, **by_gas) == ("json_value", "rate_m3_per_s")
    assert refused(BUILDUP, gas=GAS, porosity=None) == ("json_missing", "porosity")
    assert read(BUILDUP, formation_volume_factor=0.49, rate_m3_per_s=500.0).gas is None
    assert refused(BUILDUP, formation_volume_factor=0.5, rate_m3_per_s=1.1)[0] == "json_value"


@pytest.mark.parametrize(
    ("gas", "key"),
    [
        ({"relative_density": 0.49}, "relative_density"),
        ({"relative_density": 2.01}, "relative_density"),
        ({"temperature_k": 249.9}, "temperature_k"),
        ({"temperature_k": 500.1}, "temperature_k"),
        ({"nitrogen": 0.71}, "nitrogen"),
        ({"nitrogen": -0.01}, "nitrogen"),
        ({"carbon_dioxide": 0.71}, "carbon_dioxide"),
        ({"colour": 1}, "gas.colour"),
    ],
)
def test_a_gas_is_held_to_what_one_can_be(gas: dict[str, float], key: str) -> None:
    assert refused(BUILDUP, gas={**GAS, **gas})[1] == key
    for fine in ({"relative_density": 0.5}, {"relative_density": 2.0}, {"nitrogen": 0.7}, {"nitrogen": 0.0}):
        assert read(BUILDUP, gas={**GAS, **fine}).gas is not None
    for kelvin in (250.0, 500.0):
        assert read(BUILDUP, gas={**GAS, "temperature_k": kelvin}).gas is not None


def test_a_second_gauge_is_held_like_the_first() -> None:
    second = {"time_s": TIMES, "pressure_pa": [2e7] * 8}
    found = read(BUILDUP, second_gauge=second).second_gauge
    assert found is not None
    assert found[0].tolist() == TIMES
    assert found[1].tolist() == [2e7] * 8
    assert (
        refused(BUILDUP, second_gauge={**second, "pressure_pa": [2e4] * 8})[1] == "second_gauge.pressure_pa"
    )
    assert refused(BUILDUP, second_gauge={**second, "colour": 1})[1] == "second_gauge.colour"


@pytest.mark.parametrize(
    ("points", "code", "key"),
    [
        (None, "json_missing", "points"),
        ([], "json_missing", "points"),
        ({}, "json_missing", "points"),
        ([{"pressure_pa": 2e7}], "json_missing", "points[0].rate_m3_per_s"),
        ([{"rate_m3_per_s": -1e-9, "pressure_pa": 2e7}], "json_value", "points[0].rate_m3_per_s"),
        ([{"rate_m3_per_s": 0}], "json_missing", "points[0].pressure_pa"),
        ([{"rate_m3_per_s": 0, "pressure_pa": 0}], "json_value", "points[0].pressure_pa"),
        (
            [{"rate_m3_per_s": 0, "pressure_pa": 1, "shut_in_pressure_pa": 0}],
            "json_value",
            "points[0].shut_in_pressure_pa",
        ),
        ([{"rate_m3_per_s": 0, "pressure_pa": 1, "stabilised": 1}], "json_value", "points[0].stabilised"),
        ([{"rate_m3_per_s": 0, "pressure_pa": 1, "colour": 1}], "json_unknown_key", "points[0].colour"),
    ],
)
def test_a_wrong_point_is_named(points: Any, code: str, key: str) -> None:
    assert refused(INFLOW, points=points) == (code, key)

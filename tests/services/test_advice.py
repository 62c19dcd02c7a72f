"""What to set on the wells of the demo: each has an answer or the thing that is missing for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.analysis.advice.advised import Advice
from app.analysis.energy import Energy, together
from app.core.ids import new_id
from app.core.texts import Speaker
from app.core.units import STANDARD_GRAVITY
from app.models.records import Record
from app.models.store import cards as card_store
from app.models.wells import ESP, GAS_LIFT, SRP, Well, WellId
from app.reports.advice_words import missing_words
from app.services.records import entries
from app.services.wells import energy, flow
from app.services.wells.advice import advise, of_pad, prices_of
from app.services.wells.equipment import EquipmentHistory, equipment_at
from app.services.wells.finding import find_well
from app.services.wells.power import line_power_w
from app.services.workspace import Workspace
from tests.conftest import Said

MISSING = {"lift", "flow_test", "pump", "readings", "reservoir_pressure", "card", "pump_card"}
MISSING |= {"intake_pressure", "no_meeting", "reservoir_under_intake"}
MISSING |= {f"reading_{code}" for code in ("frequency", "intake_pressure", "discharge_pressure")}


def static_level(workspace: Workspace, name: str, level_m: float) -> tuple[float, float]:
    """Entered before the newest card; (depth of the pump, density) that it is read with."""
    well = find_well(workspace, name)
    card = card_store.last(workspace.store, int(well.id))
    assert card is not None
    at = card.taken_at - timedelta(days=3)
    values = {"level": "static", "level_m": level_m, "casing_pressure_pa": 0.4e6}
    entries.save_record(workspace, Record(new_id(), "fluid_level", int(well.id), at, None, values))
    depth = equipment_at(workspace, int(well.id), card.taken_at).equipment["pump"]["depth_m"]
    return float(depth), 950.0


@pytest.fixture
def found(demo_workspace: Workspace) -> list[Advice]:
    return of_pad(demo_workspace, None, None)


def test_each_well_has_advice_or_what_is_missing_and_most_to_gain_comes_first(found: list[Advice]) -> None:
    known = [one for one in found if one.now is not None]
    assert known, "the demo has wells whose reservoir a build-up told"
    assert {code for one in found for code in one.missing} <= MISSING
    assert all(one.missing for one in found if one.now is None)
    assert found[: len(known)] == known
    gains = [one.best.gain[1] if one.best else 0.0 for one in known]
    assert gains == sorted(gains, reverse=True)
    for one in known:
        assert one.now is not None
        assert one.measured_rate is not None
        assert one.now.rate[1] == pytest.approx(one.measured_rate, rel=0.02), "the model meets the test"
        for choice in one.choices:
            assert choice.outcome.kept
            assert choice.gain[0] <= choice.gain[1] <= choice.gain[2]


def test_what_stands_in_a_well_is_read_once_for_its_advice(
    demo_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    as_it_is = EquipmentHistory.__init__

    def counted(self: EquipmentHistory, workspace: Workspace, well_id: int) -> None:
        read.append(well_id)
        as_it_is(self, workspace, well_id)

    monkeypatch.setattr(EquipmentHistory, "__init__", counted)
    well = find_well(demo_workspace, "101")
    assert advise(demo_workspace, well).now is not None
    assert read == [int(well.id)]


@pytest.mark.slow
def test_a_static_level_is_a_reservoir_pressure_where_nobody_ran_a_gauge(demo_workspace: Workspace) -> None:
    well = find_well(demo_workspace, "203")
    assert advise(demo_workspace, well).missing == ("reservoir_pressure",)
    depth, density = static_level(demo_workspace, "203", 100.0)
    card = card_store.last(demo_workspace.store, int(well.id))
    assert card is not None
    expected = 0.4e6 + density * STANDARD_GRAVITY * (depth - 100.0)
    equipment = equipment_at(demo_workspace, int(well.id), card.taken_at).equipment
    found = flow.reservoir_pressure(demo_workspace, well, card.taken_at, equipment, density)
    assert found == pytest.approx(expected)
    told = advise(demo_workspace, well)
    assert told.now is not None
    assert {limit.code for limit in told.now.limits} >= {"fillage", "rods"}


def test_power_is_what_was_measured(demo_workspace: Workspace) -> None:
    well = find_well(demo_workspace, "102")
    test = flow.history(demo_workspace, well, *flow.usual_window(demo_workspace, well)).rows[0].test
    power = line_power_w(demo_workspace, well, *flow.window_us(test))
    assert power is not None
    assert 5e3 < power < 200e3


def test_the_command_says_settings_with_their_limits_or_what_is_missing(
    demo_workspace: Workspace, said: Callable[..., Said]
) -> None:
    store = demo_workspace.paths.store
    demo_workspace.close()
    code, out, _ = said("advise", "--field", "Polyarnoe", "--store", store)
    assert code == 0
    code, out, _ = said("advise", "102", "--json", "--store", store)
    told = json.loads(out)
    assert code == 0
    assert told["well"] == "102"
    assert (told["now"] is None) == (told["missing"] is not None)
    code, _, errors = said("advise", "--store", store)
    assert code == 1
    assert "--pad" in errors


def test_a_tonne_takes_what_the_line_gave_over_what_was_lifted(demo_workspace: Workspace) -> None:
    found = energy.of_pad(demo_workspace, None, None)
    known = [one for one in found if one.kwh_per_tonne is not None]
    assert found[: len(known)] == known, "the dearest first, the unknown last"
    one = next(one for one in known if one.well.name == "102")
    assert one.power_w is not None
    assert one.mass_rate is not None
    assert one.kwh_per_tonne == pytest.approx(one.power_w / 1e3 / (one.mass_rate * 3.6))
    assert one.efficiency is not None
    assert one.needed_kwh_per_tonne == pytest.approx(one.efficiency * one.kwh_per_tonne)
    cheapest, dearest = known[-1].kwh_per_tonne, known[0].kwh_per_tonne
    mean = together(found)
    assert mean is not None
    assert cheapest is not None
    assert dearest is not None
    assert cheapest <= mean <= dearest


def test_without_power_current_and_voltage_speak_and_a_gain_over_the_power_is_no_efficiency() -> None:
    well = Well(1, "1", "F", "1", "esp")
    assert Energy(well, 10e3, 2.0, 12e3).efficiency is None
    assert Energy(well, 10e3, 2.0, None).needed_kwh_per_tonne is None
    assert Energy(well, None, 2.0, 5e3).kwh_per_tonne is None
    assert together([]) is None


def test_the_command_tells_energy_by_well_and_together(
    demo_workspace: Workspace, said: Callable[..., Said]
) -> None:
    store = demo_workspace.paths.store
    demo_workspace.close()
    code, out, _ = said("energy", "--pad", "1", "--json", "--store", store)
    told = json.loads(out)
    assert code == 0
    assert {one["well"] for one in told["wells"]} == {"101", "102", "103", "104"}
    assert told["together_kwh_per_t"] > 0
    code, out, _ = said("energy", "102", "--store", store)
    assert "kWh/t" in out


def test_a_gas_lifted_well_is_advised_once_its_valve_tubing_fluid_and_reservoir_are_entered(
    demo_workspace: Workspace,
) -> None:
    well = replace(find_well(demo_workspace, "203"), lift=GAS_LIFT)
    assert advise(demo_workspace, well).missing[0] == "gas_lift_valve"
    test = flow.last_good_test(demo_workspace, well)
    assert test is not None
    at = test.taken_at - timedelta(days=2)
    told = {
        "installation": {
            "tubing_inner_diameter_m": 0.062,
            "valves": [{"depth_m": 900.0}, {"depth_m": 1400.0}],
        },
        "fluid": {"gas_oil_ratio": 50.0, "water_cut": 0.4, "bubble_point_pa": 8e6},
        "reservoir": {"reservoir_pressure_pa": 14e6, "datum_m": 1500.0},
        "flow_test": {
            "liquid_m3_per_s": 6e-4,
            "water_cut": 0.4,
            "gas_m3_per_s": 0.15,
            "line_pressure_pa": 1e6,
        },
    }
    for kind, values in told.items():
        moment = test.taken_at + timedelta(days=1) if kind == "flow_test" else at
        entries.save_record(demo_workspace, Record(new_id(), kind, int(well.id), moment, None, values))
    found = advise(demo_workspace, well)
    assert found.now is not None, found.missing
    assert found.now.knobs["gas_m3_per_s"] == pytest.approx(0.15 - 50.0 * 6e-4 * 0.6)
    assert found.now.rate[1] == pytest.approx(6e-4, rel=0.05), "the model meets the test"
    assert found.choices
    assert found.choices[0].outcome.knobs["gas_m3_per_s"] > found.now.knobs["gas_m3_per_s"]


def test_prices_of_the_site_turn_oil_into_money(demo_workspace: Workspace) -> None:
    assert prices_of(demo_workspace) is None
    demo_workspace.settings.set("oil_price", 15_000.0)
    demo_workspace.settings.set("energy_price", 6.0)
    prices = prices_of(demo_workspace)
    assert prices is not None
    assert prices.oil == pytest.approx(15.0)
    assert prices.energy * 3.6e6 == pytest.approx(6.0)
    found = advise(demo_workspace, find_well(demo_workspace, "102"))
    assert found.choices
    assert all(one.worth is not None for one in (*found.choices, *found.workover))


@pytest.mark.slow
def test_an_esp_is_sized_for_a_rate_on_the_command_line_and_says_what_was_taken_for_want_of_a_record(
    demo_workspace: Workspace, said: Callable[..., Said]
) -> None:
    store = demo_workspace.paths.store
    demo_workspace.close()
    code, out, _ = said("size", "102", "--rate", "60", "--json", "--store", store)
    told = json.loads(out)
    assert code == 0
    assert told["duty"]["head_m"] > 300
    assert told["pumps"][0]["stages"] > 50
    code, out, _ = said("size", "102", "--rate", "60", "--store", store)
    assert code == 0
    assert told["pumps"][0]["pump"] in out
    code, _, errors = said("size", "102", "--rate", "5000", "--store", store)
    assert code == 1
    assert errors


def test_all_that_is_missing_is_told_at_once(demo_workspace: Workspace) -> None:
    well = replace(find_well(demo_workspace, "203"), lift=GAS_LIFT)
    told = advise(demo_workspace, well).missing
    assert told == ("gas_lift_valve", "gas_oil_ratio", "reservoir_pressure")
    words = missing_words(told, Speaker("en"))
    assert words.count(";") == len(told) - 1
    assert "valve" in words
    assert "the gas-oil ratio of the formation is not entered" in words
    bare = replace(find_well(demo_workspace, "203"), id=WellId(9_999), lift=ESP)
    assert set(advise(demo_workspace, bare).missing) == {"flow_test", "pump", "reservoir_pressure"}
    rods = replace(bare, lift=SRP)
    assert set(advise(demo_workspace, rods).missing) == {"flow_test", "card", "reservoir_pressure"}

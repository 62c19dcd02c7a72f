"""What a setting would bring: against figures worked by hand, and never over a limit in silence."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.advice import rod_pump
from app.analysis.advice.choice import Choice, Limit, Outcome, Prices, choice, ranked
from app.analysis.advice.esp import EspKnobs, EspNow, esp_outcome, esp_settings
from app.analysis.advice.esp_workover import Stage, esp_workovers
from app.analysis.advice.gas_lift import GasLiftKnobs, gas_lift_outcome, needed_pa
from app.analysis.advice.inflows import through
from app.analysis.advice.rod_pump import LEAST_INTAKE_PA, RodKnobs, RodNow, rod_outcome
from app.analysis.esp.pump import Curve
from app.analysis.simulate.twin import match

CURVE = Curve(
    np.array([0.0, 1e-3, 2e-3, 3e-3]),
    np.array([8.0, 7.0, 5.0, 2.0]),
    np.array([60.0, 110.0, 150.0, 160.0]),
    None,
)
INFLOWS = through(rate=1.5e-3, intake_pa=6e6, reservoir_pa=18e6, bubble_pa=3e6, water_cut=0.5)
STANDS = EspKnobs(50.0, 1.5e6, 200.0)
# 10 MPa over 200 stages of 6.1 m at 1.5 l/s (PCHIP of the four points), 950 kg/m³.
NOW = EspNow(
    STANDS,
    CURVE,
    10e6 / (950 * 9.80665) / (200 * float(CURVE.head_at(1.5e-3))),
    950.0,
    1.5e-3,
    16e6,
    INFLOWS,
    430.0,
    line_pa=1.0e6,
    power_w=35e3,
    motor_w=40e3,
)


def test_the_setting_that_stands_gives_what_was_measured() -> None:
    found = esp_outcome(NOW, STANDS)
    assert found is not None
    assert found.rate == pytest.approx((1.5e-3,) * 3, rel=1e-3)
    assert found.intake_pa == pytest.approx(6e6, rel=2e-3)
    assert found.power_w == pytest.approx(35e3, rel=2e-3)
    assert found.energy_j_per_kg / 3600 == pytest.approx(35.0 / (1.5e-3 * 3600 * 0.95), rel=5e-3), "kWh/t"


def test_an_opened_choke_gives_what_the_two_curves_give_by_hand() -> None:
    """Half a MPa less above the pump: the crossing of J = 1.25e-10 with the pump, by bisection."""
    found = esp_outcome(NOW, replace(STANDS, wellhead_pa=1.0e6))
    assert found is not None

    def gap(rate: float) -> float:
        pump = NOW.head_factor * 200 * float(CURVE.head_at(rate)) * 950 * 9.80665
        above = 15.5e6 * (0.97 + 0.03 * (rate / 1.5e-3) ** 2)
        return 18e6 - rate / 1.25e-10 - (above - pump)

    low, high = 1.0e-3, 2.5e-3
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if gap(middle) > 0 else (low, middle)
    assert found.rate[1] == pytest.approx(low, rel=2e-3)
    assert found.rate[0] < found.rate[1] < found.rate[2]


def test_more_frequency_than_the_motor_has_is_a_broken_limit_and_no_advice() -> None:
    now, fast = (
        esp_outcome(NOW, STANDS),
        esp_outcome(replace(NOW, motor_w=20e3), replace(STANDS, frequency_hz=58.0)),
    )
    assert now is not None
    assert fast is not None
    broken = [limit.code for limit in fast.limits if not limit.kept]
    assert "motor_load" in broken
    found = choice(fast, now)
    assert found.gain[1] > 0
    assert found.risk == "high"
    assert ranked([found]) == []


def test_a_limit_that_nobody_knows_is_named_and_the_risk_is_not_called_low() -> None:
    bare = replace(NOW, motor_w=None, motor_k=None, line_pa=None)
    now, slower = (esp_outcome(bare, replace(STANDS, frequency_hz=hertz)) for hertz in (50.0, 51.0))
    assert now is not None
    assert slower is not None
    assert slower.unchecked == ("wellhead_pressure", "motor_load", "motor_temperature")
    assert choice(slower, now).risk in ("unchecked", "middle", "high")
    whole = esp_outcome(NOW, STANDS)
    assert whole is not None
    assert "motor_load" not in whole.unchecked
    known = replace(slower, limits=(), oil=(1.0, 1.0, 1.0))
    assert choice(known, replace(known, oil=(0.5, 0.5, 0.5))).risk == "unchecked"
    assert choice(replace(known, unchecked=()), replace(known, oil=(0.5, 0.5, 0.5))).risk == "low"


def test_a_pump_that_cannot_lift_meets_no_inflow() -> None:
    assert esp_outcome(NOW, replace(STANDS, wellhead_pa=9e6, stages=30.0)) is None


def test_settings_to_try_hold_the_choke_as_it_is_and_open() -> None:
    heads = {one.wellhead_pa for one in esp_settings(NOW)}
    assert heads == {1.5e6, 1.1e6}
    assert STANDS not in esp_settings(NOW)


def test_without_a_bubble_point_the_interval_is_wider() -> None:
    def width(bubble: float | None) -> float:
        three = through(rate=1e-3, intake_pa=9e6, reservoir_pa=18e6, bubble_pa=bubble, water_cut=0.0)
        least, _, most = (float(one.rate(np.array([4e6]))[0]) for one in three.each)
        return most - least

    assert width(None) == width(2e6), "the ends are Vogel and the straight line, whatever lies between"
    three = through(rate=1e-3, intake_pa=9e6, reservoir_pa=18e6, bubble_pa=None, water_cut=0.0)
    told = through(rate=1e-3, intake_pa=9e6, reservoir_pa=18e6, bubble_pa=2e6, water_cut=0.0)
    at = np.array([4e6])
    assert three.likeliest.rate(at)[0] < told.likeliest.rate(at)[0]


@pytest.fixture(scope="module")
def rods() -> RodNow:
    twin = match(examples.card())
    assert twin is not None
    stands = RodKnobs(twin.knobs.strokes_per_minute, twin.knobs.stroke_m, twin.knobs.plunger_diameter_m)
    inflows = through(rate=3e-4, intake_pa=3e6, reservoir_pa=12e6, bubble_pa=None, water_cut=0.6)
    return RodNow(stands, twin, inflows, 0.9, 940.0, 340.0, None, 2.5e3)


def test_a_faster_pump_gives_more_until_the_well_gives_no_more_and_then_it_pounds(rods: RodNow) -> None:
    slow, fast = (rod_outcome(rods, replace(rods.knobs, strokes_per_minute=speed)) for speed in (5.0, 14.0))
    assert slow.rate[1] < fast.rate[1]
    assert slow.intake_pa > fast.intake_pa
    small = through(rate=5e-5, intake_pa=3e6, reservoir_pa=5e6, bubble_pa=None, water_cut=0.6)
    dry = rod_outcome(replace(rods, inflows=small), replace(rods.knobs, strokes_per_minute=12.0))
    assert dry.intake_pa == pytest.approx(LEAST_INTAKE_PA, rel=0.05)
    assert "fillage" in [limit.code for limit in dry.limits if not limit.kept]


def test_a_limit_is_near_within_a_tenth_and_broken_beyond() -> None:
    far, near, broken = (Limit("motor_load", value, None, 1.0) for value in (0.8, 0.95, 1.01))
    assert (far.near, far.kept) == (False, True)
    assert (near.near, near.kept) == (True, True)
    assert not broken.kept


def test_of_settings_alike_the_one_that_takes_less_comes_first() -> None:
    def of(name: float, power: float) -> Choice:
        return Choice(Outcome({"f": name}, (1, 1, 1), (1, 1, 1), 5e6, power, 900.0, ()), (0.0, 2.0, 3.0))

    assert [one.outcome.knobs["f"] for one in ranked([of(1, 9e3), of(2, 5e3)])] == [2, 1]


def gas_lifted(gas: float) -> Outcome:
    found = gas_lift_outcome(examples.gas_lifted(), GasLiftKnobs(gas, 1e6))
    assert found is not None
    return found


def test_more_gas_lifts_more_until_its_friction_takes_it_back() -> None:
    """The performance curve: steep, flat, falling; each meets the inflow where the tubing does."""
    now = examples.gas_lifted()
    gas = (0.0, 0.05, 0.2, 0.6, 3.0)
    found = [gas_lifted(one) for one in gas]
    rates = [one.rate[1] for one in found]
    assert rates[0] < rates[1] < rates[2] < rates[3]
    assert rates[4] < rates[3]
    assert (rates[1] - rates[0]) / 0.05 > 10 * (rates[3] - rates[2]) / 0.4
    for one, of_gas in zip(found, gas, strict=True):
        needed = needed_pa(now, GasLiftKnobs(of_gas, 1e6), one.rate[1])
        assert needed == pytest.approx(
            float(now.inflows.likeliest.pressure(np.array([one.rate[1]]))[0]), rel=0.03
        )
    assert found[0].power_w == 0 < found[1].power_w < found[3].power_w


def test_a_site_that_tells_its_prices_is_told_the_gas_that_pays_not_the_gas_that_lifts_most() -> None:
    prices = Prices(oil=200e-3, energy=10.0 / 3.6e6, liquid=2e-3)
    now = gas_lifted(0.2)
    more = choice(gas_lifted(0.6), now, prices)
    less = choice(gas_lifted(0.1), now, prices)
    assert more.gain[1] > 0 > less.gain[1]
    assert more.worth is not None
    assert less.worth is not None
    assert more.worth[1] < 0 < less.worth[1]
    assert ranked([more, less]) == [less]
    expected = more.gain[1] * 0.2 - (more.outcome.power_w - now.power_w) * 10.0 / 3.6e6
    expected -= (more.outcome.rate[1] - now.rate[1]) * now.density * 2e-3
    assert more.worth[1] == pytest.approx(expected)


def test_a_limit_of_gas_is_a_limit() -> None:
    now = replace(examples.gas_lifted(), most_gas_m3_per_s=0.25)
    found = gas_lift_outcome(now, GasLiftKnobs(0.3, 1e6))
    assert found is not None
    assert [limit.code for limit in found.limits if not limit.kept] == ["gas"]


def test_a_new_pump_is_sized_for_what_the_well_gives_and_loses_its_wear() -> None:
    larger = Curve(CURVE.rate * 1.5, CURVE.head, None if CURVE.power is None else CURVE.power * 1.5, None)
    worn = replace(NOW, head_factor=0.8, motor_w=None)
    found = esp_workovers(
        worn,
        [Stage("same", CURVE, 0.1), Stage("larger", larger, 0.1), Stage("wide", CURVE, 0.2)],
        casing_m=0.13,
    )
    assert {one.equipment for one in found} == {"same", "larger"}
    for one in found:
        assert one.rate[1] > worn.rate
        assert one.intake_pa == pytest.approx(1.15 * 0.5 * 3e6 if worn.bubble_pa else 1.15 * 2e6, rel=0.1)
        assert one.figures["rate_over_best"] == pytest.approx(1.0, abs=0.36)


def test_another_plunger_or_stroke_is_offered_only_within_the_limits_of_rods_and_gearbox(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked of the twin at a tenth of its cost: what it answers is told here."""
    asked: list[RodKnobs] = []

    def told(now: RodNow, knobs: RodKnobs) -> Outcome:
        asked.append(knobs)
        oil = knobs.plunger_diameter_m * knobs.strokes_per_minute * knobs.stroke_m
        heavy = Limit("rods", knobs.plunger_diameter_m / 0.05, None, 1.0)
        return Outcome({}, (oil,) * 3, (oil,) * 3, 5e6, 1e3, 900.0, (heavy,))

    monkeypatch.setattr(rod_pump, "rod_outcome", told)
    now = SimpleNamespace(knobs=RodKnobs(6.0, 3.0, 0.044))
    found = rod_pump.rod_workovers(cast(RodNow, now))
    assert [one.equipment for one in found] == ["plunger", "plunger", "stroke", "stroke"]
    assert {one.plunger_diameter_m for one in asked} == {0.038, 0.044, 0.050}
    assert all(one.kept for one in found)
    asked.clear()
    assert (
        len(rod_pump.rod_workovers(cast(RodNow, SimpleNamespace(knobs=RodKnobs(6.0, 3.0, 0.050))), (3.0,)))
        == 1
    )
    assert {one.stroke_m for one in asked} == {3.0}, "a unit of one stroke is offered no other"

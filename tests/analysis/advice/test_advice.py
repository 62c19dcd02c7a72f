"""What a setting would bring: against figures worked by hand, and never over a limit in silence."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis import examples
from app.analysis.advice.choice import Choice, Limit, Outcome, choice, ranked
from app.analysis.advice.esp import EspKnobs, EspNow, esp_outcome, esp_settings
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

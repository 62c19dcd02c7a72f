"""Limits of what a recorder may do and of what tells a unit, each from both sides."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from app.analysis.cards import record
from app.analysis.cards.long_stroke import motion_over_time
from app.analysis.cards.timed import is_timed
from app.models.cards import Card, WellBore
from tests.analysis.cards.test_record import AIR, LOAD, POSITION, RODS, TURN, card, refusal, stepped

# ---- each limit from both sides ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "share", "timed"),
    [
        (30, 0.345, True),
        (30, 0.335, False),
        (40, 0.326, True),
        (40, 0.316, False),
        (60, 0.254, True),
        (60, 0.246, False),
        (100, 0.1755, True),
        (100, 0.1705, False),
        (200, 0.1205, True),
        (200, 0.1165, False),
        (400, 0.1205, True),
        (400, 0.1165, False),
    ],
)
def test_how_sharply_a_belt_may_turn_goes_by_the_points_of_the_record(
    points: int, share: float, timed: bool
) -> None:
    """It turns by 2π over the share of its time: 18 at 30 points, 0.28·n + 8, 52 from 157 on."""
    assert abs(2 * math.pi / share - min(max(0.28 * points + 8, 18), 52)) < 2.2
    speed = np.diff(motion_over_time(6.0, points, turn_share=share), append=0.0)
    slower = (
        1 - 0.12 * np.sin(6 * np.pi * (np.arange(points) + 0.5) / points) ** 2
    )  # uneven between its turns
    assert is_timed(np.cumsum(speed * slower)) is timed


@pytest.mark.parametrize("points", [60, 80, 100, 120, 150])
@pytest.mark.parametrize("up", [1.0, 0.8])
def test_a_belt_that_turns_sharply_runs_in_time_however_few_its_points_are(points: int, up: float) -> None:
    """Its speed is even: of points along a curve no more than three in four are as far apart. A cylinder may
    go faster one way than the other."""
    even = np.arange(points) / points
    warped = np.where(even < up / 2, even / up, 0.5 + (even - up / 2) / (2 - up))
    fine = motion_over_time(6.0, 6000, turn_share=0.14)
    position = np.interp(warped, np.arange(6000) / 6000, fine, period=1.0)
    assert is_timed(position)


@pytest.mark.parametrize("points", [40, 60, 100])
@pytest.mark.parametrize("aspect", [0.15, 0.3, 0.6, 1.0])
def test_a_flat_card_that_somebody_drew_is_not_in_time(points: int, aspect: float) -> None:
    """A frame with leaning sides and one wave, its points evenly along the line."""
    x = np.r_[np.linspace(0.0, 0.1, 50), np.linspace(0.1, 1.0, 400), np.linspace(1.0, 0.9, 50)]
    x = np.r_[x, np.linspace(0.9, 0.0, 400)]
    y = np.r_[np.linspace(0, 1, 50), 1 + 0.1 * np.sin(np.linspace(0, 9, 400)), np.linspace(1, 0, 50)]
    y = np.r_[y, 0.1 * np.sin(np.linspace(0, 9, 400))]
    along = np.r_[0.0, np.cumsum(np.hypot(np.diff(x), aspect * np.diff(y)))]
    assert not is_timed(np.interp(np.arange(points) / points * along[-1], along, x))


@pytest.mark.parametrize(("beside", "clipped"), [(0.0009, 0.0), (0.0011, 0.05)])
def test_a_cell_is_run_into_by_a_thousandth_of_its_range(beside: float, clipped: float) -> None:
    load = np.r_[np.linspace(0, 1 - beside, 48), np.ones(5), np.linspace(1 - beside, 0, 47)]
    assert record.clipped_share(load) == pytest.approx(clipped)


@pytest.mark.parametrize(("under", "count"), [(0.9e-5, 5), (1.1e-5, 4)])
def test_at_the_limit_is_what_stands_within_a_hundred_thousandth_of_it(under: float, count: int) -> None:
    load = np.sin(TURN) * 0.7
    load[20:25] = 1.0
    load[24] -= under * (load.max() - load.min())
    assert record.clipped_share(load) == pytest.approx(count / 100)


def test_a_load_that_is_at_its_limit_all_the_time_is_none() -> None:
    assert record.clipped_share(np.full(40, 3e4)) == 0.0


@pytest.mark.parametrize(("harmonic", "share"), [(19, 0.0), (20, 1.0)])
def test_noise_is_what_lies_above_a_sixth_of_the_points(harmonic: int, share: float) -> None:
    wave = np.cos(harmonic * 2 * math.pi * np.arange(120) / 120)
    assert record._noise_share(5 + wave) == pytest.approx(share, abs=1e-9)


@pytest.mark.parametrize(("noise", "code"), [(0.33, ""), (0.37, "card_noise")])
def test_noise_is_refused_from_thirty_five_hundredths_of_the_energy(noise: float, code: str) -> None:
    wave = math.sqrt(1 - noise) * np.sin(TURN) + math.sqrt(noise) * np.sin(31 * TURN)
    assert refusal(load=30e3 + 9e3 * wave) == code


@pytest.mark.parametrize(("noise", "code"), [(0.095, ""), (0.105, "card_position_noise")])
def test_a_position_may_hold_a_tenth_of_noise(noise: float, code: str) -> None:
    wave = math.sqrt(1 - noise) * np.cos(TURN) + math.sqrt(noise) * np.cos(31 * TURN)
    assert refusal(position=1.5 + wave) == code


@pytest.mark.parametrize(("share", "code"), [(35, ""), (36, "card_clipped")])
def test_a_cell_may_stand_at_its_limit_for_thirty_five_hundredths(share: int, code: str) -> None:
    load = np.r_[np.full(share, 40e3), 30e3 - 9e3 * np.sin(np.linspace(0, math.pi, 100 - share))]
    assert refusal(load=load) == code


def test_limits_of_loads_and_strokes_are_within_them() -> None:
    assert refusal(load=10e3 + 50 * np.sin(TURN)) == "", "a hundred newtons"
    assert refusal(load=390e3 + 10e3 * np.sin(TURN)) == "", "four hundred kilonewtons"
    assert refusal(load=np.r_[np.full(50, 9e3), np.full(50, -9e3)]) == "card_load", "nothing is weighed"
    assert refusal(POSITION / 3 * 15) == ""
    assert refusal(load=np.where(np.sin(TURN) < -0.99, -401e3, LOAD)) == "card_load"


@pytest.mark.parametrize(("off", "twice"), [(0.004, True), (0.006, False)])
def test_a_dead_centre_is_within_a_two_hundredth_of_the_stroke(off: float, twice: bool) -> None:
    position, load = stepped()
    position[-1] += off * 2
    assert record.closes_twice(position, load) is twice


@pytest.mark.parametrize(("gap", "is_open"), [(0.119, False), (0.121, True)])
def test_an_eighth_less_is_closed(gap: float, is_open: bool) -> None:
    half = np.linspace(0, 1, 600)
    assert record.is_open(np.r_[half, np.linspace(1, gap, 600)]) is is_open
    assert record.is_open(np.r_[half[::-1], np.linspace(0, 1 - gap, 600)]) is is_open


def test_seven_strokes_are_more_than_a_record_is_looked_through_for() -> None:
    turn = 2 * math.pi * np.arange(240) / 240
    assert record.stroke_count(np.cos(3 * turn) + 5 * np.cos(7 * turn)) == 3


# ---- units of load -----------------------------------------------------------------------------------------


def at_speed(speed: float, load: np.ndarray, **bore: Any) -> str:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return record.load_factor(
        Card("7", moment, speed, POSITION, load, bore=WellBore(rods=RODS, **bore)), load
    )[0]


@pytest.mark.parametrize(
    ("speed", "span", "unit"),
    [
        (2.0, 0.39, "N"),
        (2.0, 0.41, "kN"),
        (9.0, 0.76, "N"),  # free rods swing by 5·3 m·81/1,790 and a tenth
        (9.0, 0.80, "kN"),
    ],
)
def test_a_card_is_thin_under_four_tenths_or_what_free_rods_swing_by(
    speed: float, span: float, unit: str
) -> None:
    assert at_speed(speed, 0.9 * AIR / 1e3 * (1 + span / 2 * np.sin(TURN))) == unit


@pytest.mark.parametrize(("share", "unit"), [(0.76, "N"), (0.78, "kN"), (1.29, "kN"), (1.31, "N")])
def test_a_unit_fits_that_brings_the_mean_within_three_tenths_of_the_rods(share: float, unit: str) -> None:
    assert at_speed(2.0, share * 0.9 * AIR / 1e3 * (1 + 0.3 * np.sin(TURN))) == unit


@pytest.mark.parametrize(("share", "unit"), [(0.29, "lbf"), (0.305, "N")])
def test_three_tenths_of_the_rods_may_be_what_is_left_of_them(share: float, unit: str) -> None:
    assert at_speed(2.0, share * 0.9 * AIR * (1 + 0.3 * np.sin(TURN))) == unit


@pytest.mark.parametrize(("over", "unit"), [(0.97, "kN"), (1.03, "N")])
def test_in_its_unit_a_string_swings_by_one_and_a_half_columns_and_its_own_inertia(
    over: float, unit: str
) -> None:
    half = 0.5 * math.pi / 4 * 0.044**2 * 950 * 9.80665 * 1_000
    usual = 0.9 * AIR + half
    swing = 5 * 3.0 * 36 / 1_790
    most = 3 * half + 2 * swing * usual
    load = (usual + over * most / 2 * np.sin(TURN)) / 1e3
    assert at_speed(6.0, load, plunger_diameter_m=0.044, pump_depth_m=1_000.0) == unit


@pytest.mark.parametrize("known", [{"plunger_diameter_m": 0.044}, {"pump_depth_m": 1_000.0}])
def test_without_a_pump_any_swing_is_one(known: dict[str, float]) -> None:
    assert at_speed(6.0, 0.9 * AIR / 1e3 * (1 + 0.9 * np.sin(TURN)), **known) == "kN"


def test_a_mean_of_nothing_has_no_unit_to_be_told_by() -> None:
    assert record.load_factor(card(), np.array([-5.0, 5.0])) == ("N", 1.0)


@pytest.mark.parametrize(
    ("kilonewtons", "unit"),
    [(2.4, "unknown"), (2.6, "kN"), (10.9, "kN"), (11.1, "unknown"), (15.0, "unknown")],
)
def test_a_beam_carries_a_quarter_to_eleven_tenths_of_its_rating(kilonewtons: float, unit: str) -> None:
    load = kilonewtons * (0.7 + 0.3 * np.sin(TURN))
    assert record.load_factor(card(unit={"beam_rating_n": 10e3}), load) == (unit, 1e3)
    tonnes = card(unit={"beam_rating_n": 98.0665e3})
    assert record.load_factor(tonnes, load)[0] == ("tf" if unit == "kN" else "unknown")
    assert record.load_factor(card(unit={"beam_rating_n": 0.0}), load)[0] == "unknown"


# ---- a row of equal loads at the end of a record -----------------------------------------------------------

FINE = 5e4 * np.sin(2 * np.pi * np.arange(100) / 100 + 0.123)
"""No two of its loads are alike; 1e5 N from end to end."""


def standing(count: int, first: int) -> np.ndarray:
    load = FINE.copy()
    load[first : first + count] = load[first]
    return load


@pytest.mark.parametrize(
    ("load", "step_n", "may"),
    [
        (FINE, 20_000.0, False),
        (standing(4, 5), 20_000.0, True),  # within the range a recorder that stands still is a coarse one
        (standing(3, 5), 20_000.0, False),
        (np.minimum(FINE, 4e4), 20_000.0, False),  # its own ends are what is asked of
        (np.maximum(FINE, -4e4), 20_000.0, False),
        (FINE.round(-3), 3_000.0, True),
        (FINE.round(-3), 3_001.0, False),
        (FINE, 999.0, True),
        (FINE, 1_001.0, False),
    ],
)
def test_a_row_of_equal_loads_is_of_a_coarse_record_or_of_a_limit(
    load: np.ndarray, step_n: float, may: bool
) -> None:
    assert record.comes_in_steps(load, step_n) is may

"""The finite differences beside Gibbs' harmonics: one mechanics two ways, and what only they carry."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards import differences, harmonic
from app.analysis.cards.differences import Drag, damping_from_power, pump_motion
from app.models.cards import RodSection
from tests.proofs import examples

N = 120
TURN = 2 * math.pi * np.arange(N) / N
POSITION = 1.5 - 1.5 * np.cos(TURN)
LOAD = 30e3 + 8e3 * np.sin(TURN + 0.6) + 2e3 * np.cos(2 * TURN)
AREA = 3e-4
ROD = RodSection(900.0, math.sqrt(4 * AREA / math.pi), 2.5, 2.1e11, math.sqrt(2.1e11 * AREA / 2.5))
HEAVY = RodSection(500.0, math.sqrt(5e-4 / math.pi * 4), 4.2, 2.1e11, math.sqrt(2.1e11 * 5e-4 / 4.2))
RODS = (HEAVY, ROD)
WELL: dict[str, Any] = {"strokes_per_minute": 6.0, "buoyant_weight_n": 25e3}


@pytest.mark.parametrize("damping", [0.0, 0.3])
def test_both_solutions_of_one_equation_meet(damping: float) -> None:
    by_steps = pump_motion(POSITION, LOAD, RODS, drag=Drag(damping, damping), **WELL)
    by_waves = harmonic.pump_motion(POSITION, LOAD, RODS, damping_per_s=damping, harmonics=40, **WELL)
    assert by_steps.position_m == pytest.approx(by_waves.position_m, abs=0.005)
    assert by_steps.load_n == pytest.approx(by_waves.load_n, abs=100)


def test_loads_at_the_tops_of_sections_are_those_of_the_harmonics() -> None:
    by_steps = pump_motion(POSITION, LOAD, RODS, **WELL)
    by_waves = harmonic.pump_motion(
        POSITION, LOAD, RODS, damping_per_s=0.0, harmonics=40, with_sections=True, **WELL
    )
    assert len(by_steps.section_loads_n) == 2
    assert by_steps.section_loads_n[0] == pytest.approx(LOAD - 25e3)
    assert by_steps.section_loads_n[1] == pytest.approx(by_waves.section_loads_n[1], abs=100)


def test_damping_is_in_the_load_at_the_top_of_a_lower_section_too() -> None:
    """At an even speed: the upper section's m·c·L·v is gone by then, all of it."""
    rising = np.arange(N) * 60 / 6.0 / N
    found = pump_motion(rising, np.full(N, 28e3), RODS, drag=Drag(0.4, 0.4), **WELL)
    assert found.section_loads_n[1][10:-10] == pytest.approx(3e3 - 4.2 * 0.4 * 500.0, rel=1e-6)


def test_more_cells_come_nearer_to_the_harmonics() -> None:
    exact = harmonic.pump_motion(POSITION, LOAD, (ROD,), damping_per_s=0.0, harmonics=40, **WELL).load_n
    off = [
        float(np.abs(pump_motion(POSITION, LOAD, (ROD,), cells=cells, **WELL).load_n - exact).max())
        for cells in (1, 8)
    ]
    assert off[1] < off[0]


def test_at_rest_the_rods_hang_stretched_and_pull_what_they_do_not_weigh() -> None:
    still = pump_motion(np.full(40, 0.7), np.full(40, 28e3), RODS, **WELL)
    assert still.load_n == pytest.approx(3e3)
    stretch = 3e3 * sum(rod.length_m / rod.stiffness_n for rod in RODS)
    assert still.position_m == pytest.approx(0.7 - stretch)


def test_at_an_even_speed_damping_alone_takes_from_the_pull() -> None:
    """Rods that all rise at 1 m/s: F below is F above less m·c·L·v; going down the other damping adds."""
    dt = 60 / 6.0 / N
    rising = np.arange(N) * dt
    middle = slice(10, -10)
    for sign, rate in ((1, 0.4), (-1, 0.7)):
        found = pump_motion(sign * rising, np.full(N, 28e3), (ROD,), drag=Drag(0.4, 0.7), **WELL)
        taken = 2.5 * rate * 900.0
        assert found.load_n[middle] == pytest.approx(3e3 - sign * taken, rel=1e-6)


def test_at_an_even_speed_friction_takes_its_force_a_metre_whatever_the_speed() -> None:
    """Up at one speed, down at the same: far from both ends the pull is short of 900 m · 1 N/m, then over."""
    drag = Drag(0.0, 0.0, np.array([0.0, 900.0]), np.array([1.0, 1.0]))
    for stroke in (0.5, 4.0):
        position = stroke * (1 - np.abs(1 - np.arange(N) / (N / 2)))
        found = pump_motion(position, np.full(N, 28e3), (ROD,), drag=drag, **WELL)
        assert found.load_n[N // 4] == pytest.approx(3e3 - 900.0, rel=2e-3)
        assert found.load_n[3 * N // 4] == pytest.approx(3e3 + 900.0, rel=2e-3)


def test_friction_is_straight_between_its_depths_and_keeps_its_ends() -> None:
    drag = Drag(0.0, 0.0, np.array([200.0, 600.0]), np.array([1.0, 3.0]))
    assert [drag.friction_at(depth) for depth in (0.0, 200.0, 400.0, 600.0, 900.0)] == [1, 1, 2, 3, 3]
    assert Drag(0.1, 0.1).friction_at(300.0) == 0.0
    assert Drag(0.0, 0.0, np.array([0.0]), None).friction_at(300.0) == 0.0
    assert Drag(0.0, 0.0, None, np.array([1.0])).friction_at(300.0) == 0.0


@given(scale=st.floats(0.2, 5), shift=st.floats(-3, 3))
@settings(max_examples=examples(10))
def test_without_friction_the_march_is_linear(scale: float, shift: float) -> None:
    once = pump_motion(POSITION, LOAD, RODS, drag=Drag(0.1, 0.3), **WELL)
    other = pump_motion(
        scale * POSITION + shift,
        scale * LOAD,
        RODS,
        strokes_per_minute=6.0,
        buoyant_weight_n=scale * 25e3,
        drag=Drag(0.1, 0.3),
    )
    assert other.position_m == pytest.approx(scale * once.position_m + shift, abs=1e-7)
    assert other.load_n == pytest.approx(scale * once.load_n, rel=1e-6, abs=1e-2)


def test_beginning_elsewhere_only_turns_the_answer() -> None:
    once = pump_motion(POSITION, LOAD, RODS, **WELL)
    turned = pump_motion(np.roll(POSITION, 17), np.roll(LOAD, 17), RODS, **WELL)
    assert turned.load_n == pytest.approx(np.roll(once.load_n, 17), abs=1e-5)


def test_a_record_that_holds_its_first_point_twice_is_a_step_shorter_in_time() -> None:
    """n + 1 points of the same stroke, the last beside the first: the march is the same but for its ends."""
    once = pump_motion(POSITION, LOAD, (ROD,), **WELL)
    twice = pump_motion(np.r_[POSITION, POSITION[0]], np.r_[LOAD, LOAD[0]], (ROD,), closes_twice=True, **WELL)
    assert len(twice.load_n) == N + 1
    middle = slice(15, N - 15)
    assert twice.load_n[middle] == pytest.approx(once.load_n[middle], abs=1e-6)
    assert twice.load_n[0] != pytest.approx(once.load_n[0], abs=1)


def test_smoothing_leaves_what_is_smooth_and_takes_what_is_not() -> None:
    rough = LOAD + 50 * np.cos(50 * TURN)
    left, smoothed = (pump_motion(POSITION, rough, (ROD,), harmonics=h, **WELL) for h in (None, 20))
    clean = pump_motion(POSITION, LOAD, (ROD,), **WELL)
    assert smoothed.load_n == pytest.approx(clean.load_n, abs=2)
    assert np.abs(left.load_n - clean.load_n).max() > 15


def test_the_surface_is_left_as_it_was_recorded() -> None:
    position, load = POSITION.copy(), LOAD.copy()
    pump_motion(position, load, RODS, drag=Drag(0.2, 0.2), closes_twice=True, **WELL)
    assert np.array_equal(position, POSITION)
    assert np.array_equal(load, LOAD)


def surface_of(pump_load: np.ndarray, pump_position: np.ndarray, damping: float) -> tuple[Any, Any]:
    """Up the rods by the inverse of the transfer: the same matrix with lengths the other way."""
    omega = 2 * math.pi * 6 / 60
    u, f = np.fft.rfft(-pump_position), np.fft.rfft(pump_load)
    upwards = RodSection(-ROD.length_m, ROD.diameter_m, 2.5, 2.1e11, ROD.wave_speed_m_per_s)
    top_u, top_f = harmonic.transfer(u, f, (upwards,), omega, damping)
    return -np.fft.irfft(top_u, N), np.fft.irfft(top_f, N) + 25e3


def test_damping_is_found_at_which_the_pump_only_lifts_the_liquid() -> None:
    """A pump that does F₀·stroke going up and nothing going down, seen through rods damped by 0.25 1/s."""
    pump_position = 1.2 - 1.2 * np.cos(TURN)
    pump_load = np.where(math.pi > TURN, 12e3, 0.0)
    soft = np.fft.rfft(pump_load)
    pump_load = np.fft.irfft(soft * harmonic.taper(len(soft), 14), N)
    position, load = surface_of(pump_load, pump_position, 0.25)
    found = damping_from_power(position, load, (ROD,), fluid_load_n=12e3, **WELL)
    assert (found.up_per_s + found.down_per_s) / 2 == pytest.approx(0.25, abs=0.08)
    marched = differences.pump_motion(position, load, (ROD,), drag=found, harmonics=30, **WELL)
    step = (np.roll(marched.position_m, -1) - np.roll(marched.position_m, 1)) / 2
    lifted = float((marched.load_n * step)[step > 0].sum())
    assert lifted == pytest.approx(12e3 * float(step[step > 0].sum()), rel=0.01)


def lifting(amplitude_m: float, damping: float) -> tuple[Any, Any]:
    """(position, load) of a pump that lifts 12 kN and whose rods lose by `damping`."""
    soft = np.fft.rfft(np.where(math.pi > TURN, 12e3, 0.0))
    pump_load = np.fft.irfft(soft * harmonic.taper(len(soft), 14), N)
    return surface_of(pump_load, amplitude_m * (1 - np.cos(TURN)), damping)


@pytest.mark.parametrize(("amplitude_m", "enough"), [(0.1, 8), (4.0, 3)])
def test_damping_is_sought_until_a_thousandth_of_the_power_is_left_and_no_longer(
    amplitude_m: float, enough: int
) -> None:
    """A short stroke says little of damping: there the search takes longer."""
    position, load = lifting(amplitude_m, 0.25)
    found, later, sooner = (
        damping_from_power(position, load, (ROD,), fluid_load_n=12e3, rounds=rounds, **WELL)
        for rounds in (enough, enough + 1, 1)
    )
    assert found == later
    assert found.up_per_s == pytest.approx(0.25, rel=0.02)
    assert found != sooner


def test_rods_that_lose_nothing_are_not_damped_below_nothing() -> None:
    pump_load = 6e3 + 6e3 * np.sin(TURN)
    position, load = surface_of(pump_load, 1.2 - 1.2 * np.cos(TURN), 0.0)
    found = damping_from_power(position, load, (ROD,), fluid_load_n=40e3, rounds=3, **WELL)
    assert found.up_per_s == 0.0
    assert found.down_per_s >= 0.0


def test_nothing_hangs_above_the_first_rod_and_friction_is_asked_from_the_surface_to_the_pump() -> None:
    asked: list[float] = []

    class Rubbing(Drag):
        def friction_at(self, depth_m: float) -> float:
            asked.append(depth_m)
            return 0.5 + depth_m / 1_000

    found = pump_motion(POSITION, LOAD, RODS, drag=Rubbing(0.2, 0.2), **WELL)
    assert found.section_loads_n[0] == pytest.approx(LOAD - WELL["buoyant_weight_n"], abs=1e-9)
    assert (asked[0], asked[-1]) == (0.0, pytest.approx(sum(rod.length_m for rod in RODS)))
    assert asked == sorted(asked)


@pytest.mark.parametrize(
    ("sign", "up", "down"), [(1, 0.4, 0.0), (-1, 0.0, 0.7), (1, 0.0, 0.7), (-1, 0.4, 0.0)]
)
def test_damping_of_one_stroke_alone_takes_from_that_stroke(sign: int, up: float, down: float) -> None:
    rising = np.arange(N) * 60 / 6.0 / N
    found = pump_motion(sign * rising, np.full(N, 28e3), (ROD,), drag=Drag(up, down), **WELL)
    taken = 2.5 * (up if sign > 0 else -down) * 900.0
    assert found.load_n[10:-10] == pytest.approx(3e3 - taken, rel=1e-6)

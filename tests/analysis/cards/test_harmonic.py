"""Gibbs' solution against exact numbers, a second integration, and what linear mechanics must keep."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.cards.harmonic import pump_motion, taper, transfer, useful_harmonics
from app.models.cards import RodSection
from tests.proofs import examples


def rod(length: float = 1_000.0, area: float = 3e-4, mass: float = 2.5) -> RodSection:
    return RodSection(length, math.sqrt(4 * area / math.pi), mass, 2.1e11, math.sqrt(2.1e11 * area / mass))


TAPER = (rod(700.0, 0.0003801, 3.14), rod(800.0, 0.0002835, 2.35))
OMEGA = 2 * math.pi * 6 / 60
TURN = 2 * math.pi * np.arange(128) / 128
STROKE = {"strokes_per_minute": 6.0, "damping_per_s": 0.1, "buoyant_weight_n": 25e3}


def test_the_exact_harmonics_of_a_tapered_string_are_met() -> None:
    """reference/wave-equation-exact.json, second case, to 40 digits: 22/19 mm, 6 strokes a minute, c 0.2."""
    displacement = np.array([0, -1.25, 0.03 + 0.01j, 0.004 - 0.006j])
    force = np.array([10e3, -8e3 + 5e3j, 900 - 1200j, 300 + 250j])
    below, pull = transfer(displacement, force, TAPER, OMEGA, 0.2)
    assert below == pytest.approx(
        [
            0.2220709578422461,
            -1.4013378107213361 + 0.1019792711266908j,
            0.047070680401987204 - 0.016391547025671593j,
            0.00968514081681562 + 0.00045321264062651764j,
        ],
        rel=1e-9,
    )
    assert pull == pytest.approx(
        [
            10e3,
            -5900.356322937971 + 4251.9224026328675j,
            658.4058116383248 - 1152.4411887753806j,
            209.58964000936547 + 308.57569285283864j,
        ],
        rel=1e-9,
    )


def test_a_fine_chain_of_springs_and_masses_comes_to_the_same() -> None:
    """The second method: steps of U' = F/EA, F' = −m·(k²ω² − i·c·k·ω)·U by the midpoint rule."""
    section, k, damping = rod(), 3, 0.3
    u, f = complex(0.2, -0.1), complex(3e3, 1e3)
    below, pull = transfer(np.array([0, 0, 0, u]), np.array([0, 0, 0, f]), (section,), OMEGA, damping)
    steps = 4_000
    dx = section.length_m / steps
    weight = section.mass_kg_per_m * ((k * OMEGA) ** 2 - 1j * damping * k * OMEGA)
    for _ in range(steps):
        u_half, f_half = u + f / section.stiffness_n * dx / 2, f - weight * u * dx / 2
        u, f = u + f_half / section.stiffness_n * dx, f - weight * u_half * dx
    assert below[3] == pytest.approx(u, rel=1e-5)
    assert pull[3] == pytest.approx(f, rel=1e-5)


def test_a_steady_pull_only_stretches_the_rods_by_hookes_law() -> None:
    below, pull = transfer(np.array([0.5, 0]), np.array([10e3, 0]), TAPER, OMEGA, 0.2)
    stretch = sum(10e3 * each.length_m / each.stiffness_n for each in TAPER)
    assert below[0] == pytest.approx(0.5 + stretch)
    assert pull[0] == 10e3


def test_cutting_a_rod_in_two_changes_nothing() -> None:
    u, f = np.array([0.1, 1 - 0.3j, 0.2j]), np.array([4e3, 1e3 + 2e3j, -500.0])
    whole = transfer(u, f, (rod(),), OMEGA, 0.2)
    parts = transfer(u, f, (rod(370.0), rod(630.0)), OMEGA, 0.2)
    assert parts[0] == pytest.approx(whole[0])
    assert parts[1] == pytest.approx(whole[1])


def test_forces_at_the_tops_are_those_that_enter_each_section() -> None:
    tops: list[np.ndarray] = []
    u, f = np.array([0, 1 - 0.3j]), np.array([4e3, 1e3 + 2e3j])
    transfer(u, f, TAPER, OMEGA, 0.2, tops)
    assert len(tops) == 2
    assert tops[0] == pytest.approx(f)
    assert tops[1] == pytest.approx(transfer(u, f, TAPER[:1], OMEGA, 0.2)[1])


def test_what_was_given_is_left_as_it_was() -> None:
    u, f = np.array([0.1, 1 - 0.3j]), np.array([4e3, 1e3 + 2e3j])
    kept = u.copy(), f.copy()
    transfer(u, f, TAPER, OMEGA, 0.2)
    assert np.array_equal(u, kept[0])
    assert np.array_equal(f, kept[1])


def test_damping_takes_power_on_the_way_down_and_none_takes_none() -> None:
    """Mean power that a harmonic carries down: ½·kω·Im(U·F*)."""
    u, f = np.array([0, 1 - 0.3j]), np.array([0, 4e3 + 2e3j])

    def carried(displacement: np.ndarray, force: np.ndarray) -> float:
        return float((displacement[1] * force[1].conjugate()).imag)

    assert carried(*transfer(u, f, (rod(),), OMEGA, 0.0)) == pytest.approx(carried(u, f), rel=1e-9)
    assert carried(*transfer(u, f, (rod(),), OMEGA, 0.4)) < carried(u, f) - 100


def test_strokes_a_minute_are_radians_a_second() -> None:
    """The same harmonics by `transfer` at 2π·n/60, untapered ones of a card of two."""
    position, load = 1.5 - np.cos(TURN), 30e3 + 5e3 * np.sin(TURN)
    found = pump_motion(
        position,
        load,
        TAPER,
        strokes_per_minute=9.0,
        damping_per_s=0.2,
        buoyant_weight_n=25e3,
        harmonics=4,
    )
    below, pull = transfer(
        np.fft.rfft(-position)[:2], np.fft.rfft(load - 25e3)[:2], TAPER, 2 * math.pi * 9 / 60, 0.2
    )
    assert -np.fft.rfft(found.position_m)[1] == pytest.approx(below[1], rel=1e-9)
    assert np.fft.rfft(found.load_n)[1] == pytest.approx(pull[1], rel=1e-9)


@pytest.mark.parametrize("count", [40, 41])
def test_at_rest_the_pull_is_the_load_less_the_weight(count: int) -> None:
    still = pump_motion(np.full(count, 0.7), np.full(count, 28e3), (rod(),), **STROKE)
    assert still.load_n == pytest.approx(3e3)
    # Down positive inside: the plunger hangs as much lower as the pull stretches the rods.
    assert still.position_m == pytest.approx(0.7 - 3e3 * 1_000 / rod().stiffness_n)
    assert len(still.position_m) == len(still.load_n) == count


def surface(phase: float = 0.6) -> tuple[np.ndarray, np.ndarray]:
    return 1.5 - 1.5 * np.cos(TURN), 30e3 + 8e3 * np.sin(TURN + phase) + 2e3 * np.cos(2 * TURN)


@given(scale=st.floats(0.1, 5), shift=st.floats(-3, 3))
@settings(max_examples=examples(15))
def test_the_solution_is_linear_and_does_not_care_where_zero_is(scale: float, shift: float) -> None:
    position, load = surface()
    once = pump_motion(position, load, TAPER, harmonics=10, **STROKE)
    options = {**STROKE, "buoyant_weight_n": scale * 25e3}
    other = pump_motion(scale * position + shift, scale * load, TAPER, harmonics=10, **options)
    assert other.position_m == pytest.approx(scale * once.position_m + shift, abs=1e-9)
    assert other.load_n == pytest.approx(scale * once.load_n, abs=1e-4)


@given(st.integers(0, 127))
@settings(max_examples=examples(15))
def test_beginning_elsewhere_in_the_stroke_only_turns_the_answer(start: int) -> None:
    position, load = surface()
    once = pump_motion(position, load, TAPER, harmonics=12, **STROKE)
    turned = pump_motion(np.roll(position, start), np.roll(load, start), TAPER, harmonics=12, **STROKE)
    assert turned.position_m == pytest.approx(np.roll(once.position_m, start), abs=1e-9)
    assert turned.load_n == pytest.approx(np.roll(once.load_n, start), abs=1e-5)


def test_backwards_in_time_without_damping_is_the_same_card_backwards() -> None:
    position, load = surface()
    options = {**STROKE, "damping_per_s": 0.0, "harmonics": 12}
    forth = pump_motion(position, load, TAPER, **options)
    back = pump_motion(position[::-1], load[::-1], TAPER, **options)
    assert back.position_m == pytest.approx(forth.position_m[::-1], abs=1e-9)
    assert back.load_n == pytest.approx(forth.load_n[::-1], abs=1e-5)


def test_a_batch_is_run_as_each_card_alone() -> None:
    cards = [surface(0.3), surface(0.9)]
    batch = pump_motion(
        np.array([x for x, _ in cards]), np.array([f for _, f in cards]), TAPER, harmonics=12, **STROKE
    )
    for row, (x, f) in enumerate(cards):
        alone = pump_motion(x, f, TAPER, harmonics=12, **STROKE)
        assert batch.position_m[row] == pytest.approx(alone.position_m, abs=1e-12)
        assert batch.load_n[row] == pytest.approx(alone.load_n, abs=1e-7)


def test_loads_of_sections_come_only_when_asked_for_and_begin_with_the_surface() -> None:
    position, load = surface()
    assert pump_motion(position, load, TAPER, **STROKE).section_loads_n == ()
    found = pump_motion(position, load, TAPER, harmonics=30, with_sections=True, **STROKE)
    top, middle = found.section_loads_n
    assert top == pytest.approx(load - 25e3, abs=1e-5), "two harmonics of thirty: nothing is tapered"
    assert np.ptp(middle) != pytest.approx(np.ptp(top), rel=1e-3)


def test_more_harmonics_than_the_record_has_are_no_more_than_it_has() -> None:
    position, load = 1 - np.cos(TURN[::8]), 30e3 + 1e3 * np.sin(TURN[::8])
    many, all_of_them = (pump_motion(position, load, (rod(),), harmonics=n, **STROKE) for n in (500, 8))
    assert many.load_n == pytest.approx(all_of_them.load_n)


def test_a_card_is_the_sum_of_its_weighted_harmonics_at_the_pump() -> None:
    """The second method: a sum of cosines at each moment, each harmonic by itself, without a transform."""
    position, load = surface()
    load = load + 1.5e3 * np.cos(3 * TURN + 0.4) + 800 * np.sin(5 * TURN)
    keep = 6
    weights = taper(keep + 1, keep)
    assert 0 < weights[5] < weights[3] < weights[2] < 1, "some of them are weighted"
    displacement, force = np.zeros(keep + 1, complex), np.zeros(keep + 1, complex)
    for k in range(keep + 1):
        wave = weights[k] * np.exp(-1j * k * TURN) * (1 if k == 0 else 2) / len(TURN)
        displacement[k], force[k] = (-position * wave).sum(), ((load - 25e3) * wave).sum()
    below, pull = transfer(displacement, force, TAPER, OMEGA, 0.1)
    found = pump_motion(position, load, TAPER, harmonics=keep, **STROKE)
    order = np.arange(keep + 1)[:, None]
    assert found.position_m == pytest.approx(-(below[:, None] * np.exp(1j * order * TURN)).real.sum(axis=0))
    assert found.load_n == pytest.approx((pull[:, None] * np.exp(1j * order * TURN)).real.sum(axis=0))


def test_weights_are_one_up_to_a_quarter_fall_and_end_at_nothing() -> None:
    weights = taper(60, 40)
    assert (weights[:11] == 1).all()
    assert (np.diff(weights[10:41]) < 0).all()
    assert weights[40] > 0
    assert (weights[41:] == 0).all()
    middle = (10 + 41) / 2
    assert weights[25] + weights[26] == pytest.approx(1.0), f"half at {middle}"


@pytest.mark.parametrize(("points", "found"), [(8, 4), (20, 10), (28, 14), (2, 1)])
def test_a_short_record_gives_all_the_harmonics_it_has(points: int, found: int) -> None:
    assert useful_harmonics(np.sin(np.arange(points, dtype=float))) == found


def noisy(last: int, seed: int = 4) -> np.ndarray:
    rng = np.random.default_rng(seed)
    turn = 2 * np.pi * np.arange(400) / 400
    return sum(1e3 * np.cos(k * turn + k) for k in range(1, last + 1)) + 20 * rng.normal(size=400)


def test_harmonics_are_kept_as_far_as_they_stand_above_the_noise() -> None:
    assert useful_harmonics(noisy(5)) == 14
    assert 28 <= useful_harmonics(noisy(30)) <= 34
    assert useful_harmonics(noisy(90)) == 60
    assert useful_harmonics(noisy(90), most=40) == 40
    assert useful_harmonics(noisy(5), fewest=20) == 20


@pytest.mark.parametrize(("amplitude", "found"), [(2.2, 14), (2.6, 30)])
def test_what_stands_above_the_noise_is_power_the_square_of_a_load(amplitude: float, found: int) -> None:
    """Noise of 1 at each harmonic: four times 1/ln 2 is 5.8, between 2.2² and 2.6²."""
    order = np.arange(101)
    size = np.where(order <= 5, 100.0, np.where(order <= 30, amplitude, 1.0))
    spectrum = size * np.exp(1j * order.astype(float) ** 2)
    assert useful_harmonics(np.fft.irfft(spectrum, 200)) == pytest.approx(found, abs=2)


def test_how_many_are_useful_does_not_depend_on_the_unit_of_load() -> None:
    assert useful_harmonics(noisy(30) / 4.448) == useful_harmonics(noisy(30))


def test_half_as_many_harmonics_as_points_are_all_there_are_and_none_of_them_is_lost() -> None:
    turn = TURN[::8][:12] * 16 / 12
    position, load = 1 - np.cos(turn), 30e3 + 1e3 * np.cos(5 * turn)
    found = pump_motion(position, load, (rod(),), harmonics=6, **STROKE)
    assert np.abs(np.fft.rfft(found.load_n))[5] > 10.0


@pytest.mark.parametrize(("fewest", "most", "found"), [(3, 60, 3), (14, 60, 14), (5, 5, 5), (9, 4, 4)])
def test_no_fewer_and_no_more_harmonics_are_useful_than_are_asked_for(
    fewest: int, most: int, found: int
) -> None:
    noise = np.sin(TURN) + 0.3 * np.random.default_rng(3).normal(size=len(TURN))
    assert useful_harmonics(noise, fewest=fewest, most=most) == found

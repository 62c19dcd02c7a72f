"""Torque on the gearbox: closed forms, balance, and what the counterweights can and cannot do."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from app.analysis.cards import gearbox
from app.analysis.cards.gearbox import MARK2_OFFSET_RAD, Torque, counterbalance_effect_n, torque_over_turn
from app.analysis.cards.unit import Linkage, linkage_of, motion, motion_over_time

UNIT: dict[str, Any] = {
    "api_A_m": 3.2766,
    "api_C_m": 2.8212,
    "api_K_m": 4.459,
    "api_P_m": 3.3528,
    "api_R_m": 1.0668,
    "api_I_m": 2.8194,
}
MARK2: dict[str, Any] = {
    "api_A_m": 7.9248,
    "api_C_m": 6.5532,
    "api_K_m": 6.21532,
    "api_P_m": 4.41325,
    "api_R_m": 0.9558,
    "api_I_m": 4.7244,
    "geometry": "mark2",
}
AIR = {**UNIT, "geometry": "air_balanced", "api_A_m": 3.937, "api_C_m": 1.778, "api_K_m": 3.77154}
AIR = {**AIR, "api_P_m": 3.3528, "api_R_m": 0.492125, "api_I_m": 1.7272}


def known(unit: dict[str, Any]) -> Linkage:
    linkage = linkage_of(unit)
    assert linkage is not None
    return linkage


def stroke(unit: dict[str, Any], n: int = 240) -> tuple[np.ndarray, np.ndarray]:
    """Position at equal times, and a load of 40 kN up and 20 kN down."""
    position = motion_over_time(known(unit), n)
    load = np.where(np.arange(n) < np.argmax(position), 40e3, 20e3)
    return position, load


def torque(unit: dict[str, Any], **more: Any) -> Torque:
    found = torque_over_turn(*stroke(unit), {**unit, **more})
    assert found is not None
    return found


def around(values: np.ndarray, crank: np.ndarray) -> float:
    """Integral over the turn."""
    closed = np.r_[crank, crank[0] + 2 * math.pi]
    return float(np.trapezoid(np.r_[values, values[0]], closed))


@pytest.mark.parametrize("unit", [UNIT, MARK2, AIR])
def test_the_rods_torque_does_the_work_of_the_card(unit: dict[str, Any]) -> None:
    """Virtual work: ∮T·dθ = ∮W·ds, here 20 kN over the stroke."""
    found = torque(unit)
    assert around(found.rod_n_m, found.crank_rad) == pytest.approx(20e3 * known(unit).stroke_m, rel=0.02)


@pytest.mark.parametrize("unit", [UNIT, MARK2, AIR])
def test_counterweights_do_no_work_over_a_turn(unit: dict[str, Any]) -> None:
    found = torque(unit)
    against = found.counterbalance_n_m
    assert abs(around(against, found.crank_rad)) < 0.01 * np.abs(against).max()


@pytest.mark.parametrize("unit", [UNIT, MARK2, AIR])
def test_best_balanced_both_strokes_peak_alike(unit: dict[str, Any]) -> None:
    found = torque(unit)
    up = found.rod_n_m > 0
    highest = found.balanced_n_m[up].max()
    assert highest == pytest.approx(found.balanced_n_m[~up].max(), rel=1e-6)
    assert found.balanced_peak_n_m == pytest.approx(np.abs(found.balanced_n_m).max())
    assert found.balanced_n_m == pytest.approx(found.rod_n_m - found.counterbalance_n_m)
    assert highest < 0.75 * found.rod_n_m.max()


def test_on_the_best_moment_the_existing_torque_is_the_balanced_one() -> None:
    best = torque(UNIT).best_moment_n_m
    found = torque(UNIT, counterbalance_moment_n_m=best)
    assert found.existing_n_m == pytest.approx(found.balanced_n_m)
    assert found.peak_n_m == pytest.approx(found.balanced_peak_n_m)
    assert found.imbalance == pytest.approx(0.0, abs=1e-6)
    assert found.moment_n_m == best


@pytest.mark.parametrize(("share", "sign"), [(0.8, 1), (1.2, -1)])
def test_too_little_weight_is_rod_heavy_and_too_much_the_other_way(share: float, sign: int) -> None:
    best = torque(UNIT).best_moment_n_m
    found = torque(UNIT, counterbalance_moment_n_m=share * best)
    assert found.imbalance is not None
    assert 0.1 < sign * found.imbalance <= 1.0
    assert found.peak_n_m is not None
    assert found.peak_n_m > found.balanced_peak_n_m


def test_imbalance_is_the_difference_of_the_peaks_over_the_larger() -> None:
    rod = np.array([1.0, 1.0, -1.0, -1.0])
    base = Torque(np.zeros(4), rod, rod, rod, np.array([80.0, 20.0, 50.0, -90.0]), 1.0, 1.0)
    assert base.imbalance == pytest.approx((80 - 50) / 80)
    assert base.peak_n_m == 90.0
    turned = replace(base, existing_n_m=np.array([50.0, 20.0, 80.0, -90.0]))
    assert turned.imbalance == pytest.approx((50 - 80) / 80)
    driven = replace(base, existing_n_m=np.array([-5.0, -2.0, -8.0, -9.0]))
    assert driven.imbalance == 0.0, "a gearbox that is driven both ways has no peak to compare"


@pytest.mark.parametrize("seed", range(12))
def test_no_other_moment_has_lower_peaks_and_where_both_strokes_have_one_they_are_equal(seed: int) -> None:
    """Against a search that tries them all; also of loads that fall below nothing on one stroke."""
    rng = np.random.default_rng(seed)
    turn = 2 * np.pi * np.arange(36) / 36
    lever = np.sin(turn) + 0.1 * rng.normal(size=36)
    rod = 40e3 * np.sin(turn + 0.2 * rng.normal()) + 15e3 * rng.normal(size=36)
    if seed % 4 == 0:
        rod = np.where(rod > 0, rod, 0.02 * rod)
    if seed % 4 == 1:
        rod = np.where(rod > 0, 0.02 * rod, rod)
    found = gearbox._best_moment(rod, lever)
    up, down = gearbox._peaks(rod - found * lever, rod)
    tried = np.linspace(0.0, 4 * np.abs(rod).max() / np.abs(lever).max(), 1_001)
    peaks = [gearbox._peaks(rod - moment * lever, rod) for moment in tried]
    balanced = [moment for moment, (one, other) in zip(tried, peaks, strict=True) if one > other]
    expected = max(balanced, default=0.0)
    assert expected - 1e-6 <= found <= expected + 1.001 * tried[1]
    assert up == pytest.approx(down, rel=1e-6, abs=1e-3) or found < 1e-6


@pytest.mark.parametrize("moment", [None, 0.0])
def test_where_nobody_told_the_moment_nothing_is_said_of_the_weights_as_they_stand(
    moment: float | None,
) -> None:
    found = torque(UNIT, counterbalance_moment_n_m=moment)
    assert found.existing_n_m is None
    assert found.peak_n_m is None
    assert found.imbalance is None
    assert found.moment_n_m is None
    assert found.best_moment_n_m > 0


def test_structural_imbalance_is_taken_off_the_load() -> None:
    position, load = stroke(UNIT)
    lighter = torque_over_turn(position, load - 3e3, UNIT)
    assert lighter is not None
    assert torque(UNIT, structural_imbalance_n=3e3).rod_n_m == pytest.approx(lighter.rod_n_m)
    heavy_head = torque(UNIT, structural_imbalance_n=-3e3)
    assert heavy_head.rod_n_m.max() > torque(UNIT).rod_n_m.max()


def test_twice_the_load_is_twice_the_torque_and_asks_for_twice_the_weight() -> None:
    position, load = stroke(UNIT)
    once, twice = torque_over_turn(position, load, UNIT), torque_over_turn(position, 2 * load, UNIT)
    assert once is not None
    assert twice is not None
    assert twice.rod_n_m == pytest.approx(2 * once.rod_n_m)
    assert twice.best_moment_n_m == pytest.approx(2 * once.best_moment_n_m, rel=1e-6)


def test_without_dimensions_there_is_no_torque() -> None:
    position, load = stroke(UNIT)
    assert torque_over_turn(position, load, {**UNIT, "api_R_m": None}) is None
    assert counterbalance_effect_n(50e3, {}) is None


def test_the_crank_angle_goes_from_the_bottom_once_round() -> None:
    crank = torque(UNIT).crank_rad
    assert crank[0] == pytest.approx(0.0, abs=0.02)
    assert (np.diff(crank) > -1e-9).all()
    assert crank[-1] == pytest.approx(2 * math.pi, abs=0.06)


def by_hand(unit: dict[str, Any], phase: float) -> tuple[float, float]:
    """Torque factor by central differences of the position, and the crank's angle from K there."""
    angle, _ = motion(known(unit))
    at = float(angle[round(phase * len(angle))])
    around = 1e-4 * (1 if angle[1] > angle[0] else -1)
    low, high = known(unit).position(np.array([at - around, at + around]))
    return float(high - low) / 2e-4, at


@pytest.mark.parametrize("phase", [0.2, 0.25, 0.3])
def test_the_counterbalance_effect_is_the_moments_weight_over_the_torque_factor(phase: float) -> None:
    """CBE = M·sin θ/TF + B, θ from 12 o'clock: the angle from K and K's own from the vertical."""
    factor, angle = by_hand(UNIT, phase)
    tilt = math.asin(UNIT["api_I_m"] / UNIT["api_K_m"])
    expected = 50e3 * math.sin(angle + tilt) / factor - 2e3
    found = counterbalance_effect_n(50e3, {**UNIT, "structural_imbalance_n": -2e3}, phase=phase)
    assert found == pytest.approx(expected, rel=2e-3)


def test_counterweights_of_a_mark_ii_stand_24_degrees_off_the_crank() -> None:
    factor, angle = by_hand(MARK2, 0.25)
    tilt = math.asin(MARK2["api_I_m"] / MARK2["api_K_m"])
    lever = abs(math.sin(angle + tilt + math.radians(24)))
    assert math.degrees(MARK2_OFFSET_RAD) == pytest.approx(24)
    assert counterbalance_effect_n(50e3, MARK2) == pytest.approx(50e3 * lever / factor, rel=2e-3)


def test_without_its_horizontal_distance_the_crankshaft_is_taken_six_tenths_of_k_aside() -> None:
    unit = {key: value for key, value in UNIT.items() if key != "api_I_m"}
    assert counterbalance_effect_n(50e3, unit) == pytest.approx(
        counterbalance_effect_n(50e3, {**unit, "api_I_m": 0.6 * 4.459})
    )
    # A distance longer than K itself cannot be: the line then lies flat.
    flat = counterbalance_effect_n(50e3, {**unit, "api_I_m": 9.0})
    assert flat == pytest.approx(counterbalance_effect_n(50e3, {**unit, "api_I_m": 4.459}))


def test_air_pushes_at_every_angle_with_the_same_load() -> None:
    quarter, third = (counterbalance_effect_n(50e3, AIR, phase=phase) for phase in (0.25, 0.35))
    assert quarter == pytest.approx(third, rel=1e-6)


def test_at_the_other_rotation_the_same_card_asks_for_another_torque() -> None:
    ahead, against = (counterbalance_effect_n(50e3, {**UNIT, "rotation": way}) for way in ("cw", "ccw"))
    assert ahead is not None
    assert against is not None
    assert ahead > 0 < against
    assert abs(ahead / against - 1) > 0.01


def test_peaks_of_hardly_a_newton_metre_are_compared_as_large_ones_are() -> None:
    """Where the rod does no work it is the downstroke's; a stroke without a peak has one of nothing."""
    rod = np.array([1.0, 0.0, -1.0])
    base = Torque(np.zeros(3), rod, rod, rod, np.array([0.4, 0.1, 0.2]), 1.0, 1.0)
    assert base.imbalance == pytest.approx((0.4 - 0.2) / 0.4)
    assert replace(base, existing_n_m=np.array([0.4, 0.8, 0.2])).imbalance == pytest.approx((0.4 - 0.8) / 0.8)
    assert replace(base, existing_n_m=np.array([-0.4, 0.1, 0.2])).imbalance == -1.0
    assert replace(base, existing_n_m=np.array([0.4, -0.1, -0.2])).imbalance == 1.0


def test_without_weights_and_out_of_balance_by_nothing_the_check_reads_nothing() -> None:
    assert counterbalance_effect_n(0.0, UNIT) == 0.0

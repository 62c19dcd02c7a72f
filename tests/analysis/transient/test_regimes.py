"""Stretches of a derivative drawn by hand, and the names that they have."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from app.analysis.transient.fitting import Fitter
from app.analysis.transient.regimes import Regime, log_slopes, regimes


def names(time_s: np.ndarray, slope_pa: np.ndarray) -> list[str]:
    """Without storage: the change of pressure is a hundred times the derivative and more."""
    n = len(time_s)
    response = SimpleNamespace(time_s=time_s, change_pa=np.full(n, 100 * float(slope_pa.max())))
    given = SimpleNamespace(response=response, slope_pa=slope_pa, off_pressure_pa=np.ones(n))
    return [one.name for one in regimes(cast(Fitter, given))]


@pytest.mark.parametrize(("times", "doubled"), [(1.6, False), (1.8, True), (2.3, True), (2.5, False)])
def test_a_second_level_of_about_twice_the_first_is_a_doubling(times: float, doubled: bool) -> None:
    """A fault doubles the level exactly; the bands of 1.7 and 2.4 are for noise."""
    time_s = np.geomspace(10.0, 1e5, 81)
    found = names(time_s, np.where(time_s < 1e3, 1e4, times * 1e4))
    assert found.count("radial") == 2
    assert ("doubling" in found) == doubled


@pytest.mark.parametrize(("ratio", "named"), [(2.2, True), (1.9, False)])
def test_two_points_are_a_stretch_where_they_are_three_tenths_of_a_cycle_apart(
    ratio: float, named: bool
) -> None:
    """Level by three points each: the second and third of the middle ones have neighbours of one height."""
    time_s = 10.0 * ratio ** np.arange(7)
    height = np.array([-4.0, -2.0, 0.0, 0.3, 0.0, 0.3, 3.0])
    assert ("radial" in names(time_s, 1e4 * np.exp(height))) == named


def regimes_of(time_s: np.ndarray, slope_pa: np.ndarray, change_pa: np.ndarray | None = None) -> list[Regime]:
    """Without storage, unless a change of pressure says it."""
    n = len(time_s)
    change = np.full(n, 100 * float(slope_pa.max())) if change_pa is None else change_pa
    response = SimpleNamespace(time_s=time_s, change_pa=change)
    given = SimpleNamespace(response=response, slope_pa=slope_pa, off_pressure_pa=np.ones(n))
    return list(regimes(cast(Fitter, given)))


@pytest.mark.parametrize(
    ("tilt", "name"),
    [
        *((tilt, "radial") for tilt in (-0.11, 0.0, 0.11)),
        *((tilt, "bilinear") for tilt in (0.18, 0.25, 0.32)),
        *((tilt, "linear") for tilt in (0.39, 0.5, 0.61)),
        *((tilt, "spherical") for tilt in (-0.36, -0.5, -0.64)),
        *((tilt, "closed") for tilt in (0.81, 1.0, 1.19)),
        *((tilt, "falling") for tilt in (-0.66, -1.5, -4.0)),
        *((tilt, "") for tilt in (-0.34, -0.13, 0.13, 0.16, 0.34, 0.37, 0.63, 0.79, 1.21)),
    ],
)
def test_a_straight_line_has_the_name_of_its_slope_and_is_one_stretch_of_it_all(
    tilt: float, name: str
) -> None:
    time_s = np.geomspace(10.0, 1e3, 41)
    found = regimes_of(time_s, 1e4 * (time_s / 100) ** tilt)
    if not name:
        assert found == []
        return
    [one] = found
    assert (one.name, one.from_s, one.to_s) == (name, time_s[0], time_s[-1])
    assert one.level_pa == pytest.approx(1e4), "at the middle of the log axis"
    assert one.cycles == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("tilt", "cycles"), [(0.0, 0.3), (0.25, 0.6), (0.5, 0.5), (-0.5, 0.6), (1.0, 0.2), (-1.0, 0.2)]
)
def test_a_stretch_has_a_name_from_its_least_length_on(tilt: float, cycles: float) -> None:
    for length, named in ((cycles + 0.01, 1), (cycles - 0.01, 0)):
        time_s = 10.0 * 10 ** np.linspace(0.0, length, 12)
        assert len(regimes_of(time_s, 1e4 * (time_s / 10) ** tilt)) == named


@pytest.mark.parametrize("tilt", [1.0, -1.0])
def test_what_only_a_boundary_does_is_named_at_the_end_alone(tilt: float) -> None:
    time_s = np.geomspace(10.0, 1e5, 121)
    early = np.clip(time_s / 100, 1.0, 10.0) ** tilt
    assert {one.name for one in regimes_of(time_s, 1e4 * early)} <= {"radial", "doubling", "valley"}
    late = np.maximum(time_s / 1e4, 1.0) ** tilt
    names_late = [one.name for one in regimes_of(time_s, 1e4 * late)]
    assert names_late == ["radial", "closed" if tilt > 0 else "falling"]


def test_the_end_is_the_last_half_of_the_time() -> None:
    """A fall that goes over into a rise, later and later: when it ends says whether a boundary may do it."""
    time_s = 10 ** np.linspace(1.0, 4.0, 301)
    seen = set()
    for turn in np.linspace(0.3, 1.0, 15) * time_s[-1]:
        slope = 1e4 * np.where(time_s < turn, (time_s / turn) ** -1.0, (time_s / turn) ** 3.0)
        last = np.flatnonzero(log_slopes(time_s, slope) <= -0.65)[-1]
        is_late = bool(time_s[last] > 0.5 * time_s[-1])
        assert ("falling" in [one.name for one in regimes_of(time_s, slope)]) is is_late
        seen.add(is_late)
    assert seen == {True, False}


@pytest.mark.parametrize(("last_s", "named"), [(1_100.0, True), (2_600.0, False)])
def test_the_end_is_that_of_the_very_last_sample_however_long_nothing_came_before(
    last_s: float, named: bool
) -> None:
    """A fall to the second last sample, and one more of a level."""
    time_s = np.r_[np.geomspace(10.0, 1e3, 81), last_s]
    slope_pa = np.r_[1e8 * time_s[:-1] ** -1.5, 1e5]
    assert ("falling" in names(time_s, slope_pa)) == named


@pytest.mark.parametrize(("depth", "is_one"), [(0.74, True), (0.76, False)])
def test_a_valley_lies_a_quarter_under_the_lower_of_its_shores(depth: float, is_one: bool) -> None:
    time_s = np.geomspace(10.0, 1e5, 81)
    slope = np.full(81, 2e4)
    slope[41:] = 1e4
    slope[40] = depth * 1e4
    slope[[10, 70]] += 1.0
    found = [one for one in regimes_of(time_s, slope) if one.name == "valley"]
    assert bool(found) is is_one
    if is_one:
        assert (found[0].from_s, found[0].to_s) == (time_s[10], time_s[70])
        assert found[0].level_pa == pytest.approx(depth * 1e4)


def test_a_fall_without_a_farther_shore_and_four_points_are_no_valley() -> None:
    time_s = np.geomspace(10.0, 1e5, 41)
    assert "valley" not in [one.name for one in regimes_of(time_s, 1e4 * (time_s / 10) ** -0.3)]
    dip = np.array([2.0, 1.0, 0.1, 1.0, 2.0]) * 1e4
    assert "valley" in [one.name for one in regimes_of(time_s[:5], dip)]
    assert "valley" not in [one.name for one in regimes_of(time_s[1:5], dip[1:])]


def test_storage_lasts_as_long_as_it_has_the_say_and_its_hump_has_no_name() -> None:
    """A derivative that is the change itself, then falls by a slope of −1 to a level."""
    time_s = np.geomspace(1.0, 1e5, 101)
    slope = 1e3 * np.where(time_s <= 10, time_s, np.maximum(100 / time_s, 1.0))
    change = np.where(time_s <= 10, 1e3 * time_s, 2e4)
    found = regimes_of(time_s, slope, change)
    assert [one.name for one in found] == ["storage", "radial"]
    stored, level = found
    assert stored.from_s == 1.0
    assert 9.9 < stored.to_s < 40
    assert stored.level_pa == slope[time_s == stored.to_s][0]
    assert 60 < level.from_s < 250
    assert (level.to_s, level.level_pa) == (time_s[-1], pytest.approx(1e3, rel=0.02))


def test_stretches_come_by_their_time_and_a_doubling_lies_between_its_levels() -> None:
    time_s = np.geomspace(10.0, 1e5, 81)
    found = regimes_of(time_s, np.where(time_s < 1e3, 1e4, 2e4))
    assert [one.from_s for one in found] == sorted(one.from_s for one in found)
    one, later = (each for each in found if each.name == "radial")
    [doubling] = (each for each in found if each.name == "doubling")
    assert (doubling.from_s, doubling.to_s, doubling.level_pa) == (one.to_s, later.from_s, later.level_pa)
    assert (one.level_pa, later.level_pa) == pytest.approx((1e4, 2e4), rel=0.02)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("half_window", [0.1, 0.25])
def test_slopes_are_those_of_lines_through_what_is_near(seed: int, half_window: float) -> None:
    """The second method: a fit of a line through each neighbourhood, of three points at least."""
    rng = np.random.default_rng(seed)
    time_s = np.sort(10 ** rng.uniform(0, 3, 30))
    slope_pa = 10 ** rng.uniform(3, 5, 30)
    x, y = np.log10(time_s), np.log10(slope_pa)
    for at, found in enumerate(log_slopes(time_s, slope_pa, half_window)):
        away = np.abs(x - x[at])
        near = away <= max(half_window, float(np.sort(away)[2]))
        assert found == pytest.approx(np.polyfit(x[near], y[near], 1)[0], rel=1e-6, abs=1e-8)


def test_what_falls_by_a_half_right_after_the_hump_is_storage_that_goes_and_later_it_is_a_regime() -> None:
    """The wellbore has a say for a cycle more: derivative and change are one to 10 s, a fourth at 20 s."""
    time_s = np.geomspace(1.0, 1e5, 151)
    hump = np.where(time_s <= 10, time_s / 10, 10 / np.clip(time_s, 10, 20))
    change = 1e4 * np.where(time_s <= 10, time_s / 10, 2.0)
    for begins, cycles, named in ((20.0, 0.8, False), (1_000.0, 1.3, True)):
        fall = (np.clip(time_s, begins, begins * 10**cycles) / begins) ** -0.5
        found = [one.name for one in regimes_of(time_s, 1e4 * hump * fall, change)]
        assert found[0] == "storage"
        assert ("spherical" in found) is named

"""Stretches of a derivative drawn by hand, and the names that they have."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from app.analysis.transient.fitting import Fitter
from app.analysis.transient.regimes import regimes


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

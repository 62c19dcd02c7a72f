"""The golden section beside SciPy's bounded search."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from app.analysis.least import least_between


@given(st.floats(1e5, 5e7), st.floats(0.01, 0.99), st.floats(0.3, 4.0))
def test_the_least_is_where_scipy_finds_it(top: float, share: float, power: float) -> None:
    low, high = top * 1.0005, top * 4
    place = low + share * (high - low)
    found = least_between(lambda x: abs(x / place - 1) ** (1 + power) + 3, low, high)
    flat = 1e-16 ** (1 / (1 + power))
    assert found == pytest.approx(place, rel=3 * flat + 2e-9)
    said = minimize_scalar(lambda x: (x / place - 1) ** 2, bounds=(low, high), method="bounded").x
    assert least_between(lambda x: (x / place - 1) ** 2, low, high) == pytest.approx(said, rel=1e-7)


def test_a_function_that_only_falls_is_least_at_its_end() -> None:
    assert least_between(math.exp, -2.0, 1.0) == pytest.approx(-2.0, abs=1e-8)

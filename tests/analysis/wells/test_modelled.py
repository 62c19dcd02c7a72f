"""How far a model is from what was measured, and whether it drifts away."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.wells.modelled import misfit

DAY_US = 86_400_000_000


def of(model: list[float], measured: list[float], *, shares: bool = True) -> object:
    days = np.arange(len(model)) * DAY_US
    return misfit(days, np.array(model), np.array(measured), shares=shares)


def test_nothing_measured_is_no_misfit_and_two_moments_are_no_drift() -> None:
    assert of([1.0, 2.0], [float("nan")] * 2) is None
    found = misfit(np.array([0, DAY_US]), np.array([2.0, 3.0]), np.array([1.0, 1.0]), shares=True)
    assert found is not None
    assert (found.n, found.difference, found.share, found.drift) == (2, 1.5, 1.5, None)


def test_a_share_of_nothing_or_of_a_quantity_without_a_zero_is_not_said() -> None:
    for found in (of([1.0], [0.0]), of([353.15], [343.15], shares=False)):
        assert found is not None
        assert found.share is None  # type: ignore[attr-defined]


def test_one_bad_measurement_of_five_does_not_lead() -> None:
    found = of([11.0] * 5, [10.0, 10.0, 90.0, 10.0, 10.0])
    assert found is not None
    assert (found.difference, found.drift) == (1.0, 0.0)  # type: ignore[attr-defined]


@given(
    st.lists(st.floats(1.0, 100.0), min_size=3, max_size=8),
    st.floats(-50.0, 50.0),
    st.floats(-2.0, 2.0),
)
def test_a_model_off_by_so_much_that_grows_so_fast_is_told_so(
    measured: list[float], off: float, a_day: float
) -> None:
    at = np.arange(len(measured))
    found = misfit(at * DAY_US, np.array(measured) + off + a_day * at, np.array(measured), shares=True)
    assert found is not None
    assert found.drift == pytest.approx(a_day, abs=1e-9)
    assert found.difference == pytest.approx(off + a_day * np.median(at), abs=1e-9)

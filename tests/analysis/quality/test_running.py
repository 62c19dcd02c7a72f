"""From what on a motor runs, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.quality.running import least_running


def test_a_motor_runs_from_fifteen_hundredths_of_the_most_it_ever_told() -> None:
    assert least_running(np.array([0.0, 50.0, np.nan, 20.0])) == pytest.approx(7.5)
    assert least_running(np.array([1e-3, -4.0])) == pytest.approx(1.5e-4), "thousandths of a unit run too"


@pytest.mark.parametrize("value", [np.zeros(3), np.full(3, -1.0), np.full(3, np.nan), np.zeros(0)])
def test_what_never_ran_does_not_run_at_nothing(value: np.ndarray) -> None:
    assert 0.0 < least_running(value) < 1e-6

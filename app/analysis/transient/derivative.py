"""The logarithmic derivative of pressure, by superposition time (Bourdet et al., SPE 12777, 1989)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.record import Response

Floats = NDArray[np.float64]
SMOOTHING = 0.2
"""Half window L in log cycles of superposition time; Bourdet: 0.1 to 0.3, no more than 0.5."""


def bourdet(x: Floats, y: Floats, half_window: float) -> Floats:
    """dy/dx (n,): slopes to the points at least `half_window` to each side, weighted by the distance of the
    other one.

    Points nearer than that to an end use what there is; an end itself has only one side.
    """
    n = len(x)
    index = np.arange(n)
    left = np.clip(np.searchsorted(x, x - half_window, side="right") - 1, 0, n - 1)
    right = np.clip(np.searchsorted(x, x + half_window, side="left"), 0, n - 1)
    left = np.where(left >= index, np.maximum(index - 1, 0), left)
    right = np.where(right <= index, np.minimum(index + 1, n - 1), right)
    to_left, to_right = x - x[left], x[right] - x
    with np.errstate(divide="ignore", invalid="ignore"):
        slope_left = np.where(to_left > 0, (y - y[left]) / to_left, 0.0)
        slope_right = np.where(to_right > 0, (y[right] - y) / to_right, 0.0)
        both = (slope_left * to_right + slope_right * to_left) / (to_left + to_right)
    result: Floats = np.where(to_left <= 0, slope_right, np.where(to_right <= 0, slope_left, both))
    return result


def derivative_pa(
    response: Response, smoothing: float = SMOOTHING, change_pa: Floats | None = None
) -> Floats:
    """dΔp/dX (n,) [Pa], X the superposition time in natural logarithms; its plateau is radial flow.

    `change_pa` (n,) stands in for the measured pressure change: a model's.
    """
    x = response.superposition
    if response.steps:
        # Late in a long shut-in X hardly moves: a window in X would reach over everything.
        span = float(np.log(response.time_s[-1] / response.time_s[0]))
        half = smoothing * np.log(10) * min(1.0, float(x[-1] - x[0]) / max(span, 1e-9))
    else:
        half = smoothing * np.log(10)
    return bourdet(x, response.change_pa if change_pa is None else change_pa, half)

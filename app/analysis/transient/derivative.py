"""The logarithmic derivative of pressure, by superposition time (Bourdet et al., SPE 12777, 1989)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.record import Response

Floats = NDArray[np.float64]
SMOOTHING = 0.2
"""Half window L in log cycles of superposition time; Bourdet: 0.1 to 0.3, no more than 0.5."""


def bourdet(x: Floats, y: Floats, half_window: float) -> Floats:
    """Slope of y over x, smoothed: the derivative of Bourdet and others.

    dy/dx = (Δy₁/Δx₁·Δx₂ + Δy₂/Δx₂·Δx₁)/(Δx₁ + Δx₂), 1 and 2 the first points at least L to the left and to
    the right

    Args:
        x: [-] (n,) rising, a logarithm of time as a rule
        y: [any] (n,)
        half_window: [-] L, in the unit of x
    Returns:
        [y per x] (n,)
    Valid: at least two points. Nearer than L to an end what there is is used; an end itself has one side.
    Source: Bourdet et al., SPE 12777, 1989.

    >>> x = np.log(np.linspace(1.0, 100.0, 50))
    >>> bool(np.allclose(bourdet(x, 3 * x + 1, 0.2), 3.0))  # of a straight line exactly its slope
    True
    """
    n = len(x)
    index = np.arange(n)
    far_left = np.searchsorted(x, x - half_window, side="right") - 1
    left = np.maximum(np.minimum(far_left, index - 1), 0)
    right = np.minimum(np.maximum(np.searchsorted(x, x + half_window), index + 1), n - 1)
    to_left, to_right = x - x[left], x[right] - x
    with np.errstate(divide="ignore", invalid="ignore"):
        slope_left = (y - y[left]) / to_left
        slope_right = np.where(to_right > 0, (y[right] - y) / to_right, 0.0)
        both = (slope_left * to_right + slope_right * to_left) / (to_left + to_right)
    result: Floats = np.where(to_left <= 0, slope_right, np.where(to_right <= 0, slope_left, both))
    return result


def derivative_pa(
    response: Response, smoothing: float = SMOOTHING, change_pa: Floats | None = None
) -> Floats:
    """Derivative of the pressure change by superposition time; its plateau is radial flow.

    dΔp/dX with X of `Response.superposition` in natural logarithms, by `bourdet` with L = `smoothing` log
    cycles

    Args:
        response: rates and pressures
        smoothing: [-] L in log cycles; late in a long shut-in it shrinks with the span of X
        change_pa: [Pa] (n,) stands in for the measured change: a model's
    Returns:
        [Pa] (n,)
    Valid: smoothing 0.1 … 0.3, no more than 0.5: more bends the plateau.
    Source: Bourdet et al., SPE 12777, 1989.

    >>> from app.analysis import examples
    >>> slope = derivative_pa(examples.buildup())[9:15]  # 7 to 24 h; the line: 70
    >>> round(float(np.median(slope)) * np.log(10) / examples.PSI)
    76
    """
    x = response.superposition
    if response.steps:
        # Late in a long shut-in X hardly moves: a window in X would reach over everything.
        span = float(np.log(response.time_s[-1] / response.time_s[0]))
        half = smoothing * np.log(10) * min(1.0, float(x[-1] - x[0]) / max(span, 1e-9))
    else:
        half = smoothing * np.log(10)
    return bourdet(x, response.change_pa if change_pa is None else change_pa, half)

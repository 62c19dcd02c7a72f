"""How surely the reservoir is known from one test: the least, the likeliest and the most that more drawdown
brings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.wells.inflow import Inflow

RESERVOIR_ERROR = 0.05
"""Of the reservoir pressure: what build-ups of one well differ by from each other."""

UNKNOWN_BUBBLE = 0.5
"""Of the reservoir pressure, where nobody told the bubble point: between none and all of it."""


@dataclass(frozen=True)
class Inflows:
    """Three inflows through the one point that was measured.

    Attributes:
        least: gas from the reservoir pressure on (Vogel), which is 5 % higher than told
        likeliest: straight down to the bubble point
        most: straight all the way, from a reservoir pressure 5 % lower
    """

    least: Inflow
    likeliest: Inflow
    most: Inflow

    @property
    def each(self) -> tuple[Inflow, Inflow, Inflow]:
        """In that order."""
        return self.least, self.likeliest, self.most


def through(
    *, rate: float, intake_pa: float, reservoir_pa: float, bubble_pa: float | None, water_cut: float
) -> Inflows:
    """Three inflows through a measured point.

    J so that q(p_in) is the measured rate, for each of three shapes

    Args:
        rate: [m³/s] of the test
        intake_pa: [Pa] at the depth of `reservoir_pa`, during the test
        reservoir_pa: [Pa] above `intake_pa`
        bubble_pa: [Pa] None where nobody told it: half of the reservoir pressure then
        water_cut: [-]
    Returns:
        which agree at the measured point and part from there
    Valid: one test; the error of a test itself (3 %) is the same now and with another setting.
    Ours: Vogel and the straight line are the ends of what a well does; 5 % of pressure as builds-up differ.

    >>> three = through(rate=1e-3, intake_pa=6e6, reservoir_pa=20e6, bubble_pa=9e6, water_cut=0.5)
    >>> [round(float(one.rate(np.array([6e6]))[0]), 6) for one in three.each]
    [0.001, 0.001, 0.001]
    >>> less, likely, more = (float(one.rate(np.array([3e6]))[0]) for one in three.each)
    >>> less < likely < more
    True
    """
    bubble = UNKNOWN_BUBBLE * reservoir_pa if bubble_pa is None else bubble_pa
    lower = max((1 - RESERVOIR_ERROR) * reservoir_pa, 0.5 * (reservoir_pa + intake_pa))
    higher = (1 + RESERVOIR_ERROR) * reservoir_pa

    def fitted(pressure: float, bend: float) -> Inflow:
        one = Inflow(pressure, 1e-12, bend, water_cut)
        return Inflow(pressure, 1e-12 * rate / float(one.rate(np.array([intake_pa]))[0]), bend, water_cut)

    return Inflows(fitted(higher, higher), fitted(reservoir_pa, bubble), fitted(lower, 0.0))

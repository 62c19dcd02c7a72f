"""Curves that a model gave for a well, beside what was measured: pressures over rate (IPR, VLP), and liquid
over lift gas.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.wells.modelled import Misfit, misfit
from app.analysis.wells.nodal import meetings
from app.models.kinds.curved import GAS_LIFT, VLP

Floats = NDArray[np.float64]
Times = NDArray[np.int64]
Point = tuple[float, float | None, float | None]
"""Liquid rate, pressure, lift gas."""
LEAST_POINTS = 2


@dataclass(frozen=True)
class Measured:
    """A point that was measured where a model has curves.

    Attributes:
        time_us: [µs] of its flow test
        liquid_m3_per_s: [m³/s]
        pressure_pa: [Pa] at the depth of the model's pressures, None where nobody measured it
        by: gauge or level, whichever told the pressure; empty without one
        moved_m: [m] how far under the pump the model's depth is, by which it was brought there; None
            where one of the two depths is not known, and the pressure is as it was measured
        gas_m3_per_s: [m³/s] lift gas, None where it is not known
    """

    time_us: int
    liquid_m3_per_s: float
    pressure_pa: float | None = None
    by: str = ""
    moved_m: float | None = None
    gas_m3_per_s: float | None = None


@dataclass(frozen=True)
class Curve:
    """One curve of a case.

    Attributes:
        what: ipr, vlp (pressure over liquid) or gas_lift_curve (liquid over gas)
        gas_m3_per_s: [m³/s] lift gas for which a VLP holds, None where the model says none
        x: [m³/s] (n,) liquid, of gas_lift_curve the gas; rising
        y: [Pa] (n,), of gas_lift_curve the liquid [m³/s]
    """

    what: str
    gas_m3_per_s: float | None
    x: Floats
    y: Floats


@dataclass(frozen=True)
class Compared:
    """A curve beside what was measured.

    Attributes:
        curve: as the model gave it
        misfit: model less measured, of pressure [Pa], of gas_lift_curve of liquid [m³/s]; None where nothing
            could be compared
        outside: [-] measured points that lie beyond the ends of the curve
    """

    curve: Curve
    misfit: Misfit | None
    outside: int


@dataclass(frozen=True)
class ModelCase:
    """The newest curves of a case, and what was measured at their depth.

    Attributes:
        name: model, version and scenario
        author: who made it; empty where nobody said
        depth_m: [m] of its pressures, None where it does not say
        curves: those with two points and more
        measured: oldest first
        unused: [-] points of which no curve could be made
        works_at: ([m³/s], [Pa]) where its inflow meets what the tubing needs, with one VLP
    """

    name: str
    author: str
    depth_m: float | None
    curves: tuple[Compared, ...]
    measured: tuple[Measured, ...]
    unused: int = 0
    works_at: tuple[float, float] | None = None


def curves_of(what: str, points: Iterable[Point]) -> tuple[list[Curve], int]:
    """The curves that the points of a record are.

    pressure over rate, a VLP for each gas that it is told for; of gas_lift_curve the rate over gas

    Args:
        what: ipr, vlp or gas_lift_curve
        points: rate [m³/s], pressure [Pa], gas [m³/s], in any order
    Returns:
        the curves, each by rising x; [-] how many points are in none: without what it is of, or alone
    Valid: of several points of one x the mean is taken.
    Ours: a lift table of a nodal program is a VLP for each rate of gas.

    >>> found, unused = curves_of("vlp", [(2e-3, 12e6, None), (1e-3, 11e6, None), (1e-3, None, None)])
    >>> [one.y.tolist() for one in found], unused
    ([[11000000.0, 12000000.0]], 1)
    """
    each: dict[float | None, list[tuple[float, float]]] = {}
    unused = 0
    for rate, pressure, gas in points:
        if what == GAS_LIFT and gas is not None:
            each.setdefault(None, []).append((gas, rate))
        elif what != GAS_LIFT and pressure is not None:
            each.setdefault(gas if what == VLP else None, []).append((rate, pressure))
        else:
            unused += 1
    found = []
    for gas, pairs in each.items():
        x, y = _by_x(pairs)
        if len(x) < LEAST_POINTS:
            unused += len(pairs)
        else:
            found.append(Curve(what, gas, x, y))
    return found, unused


def _by_x(pairs: list[tuple[float, float]]) -> tuple[Floats, Floats]:
    table = np.array(pairs, float)
    x, place = np.unique(table[:, 0], return_inverse=True)
    return x, np.bincount(place, table[:, 1]) / np.bincount(place)


def points_beside(what: str, measured: Iterable[Measured]) -> tuple[Times, Floats, Floats]:
    """What was measured, as points of the plane in which a curve is drawn.

    (q, p); of gas_lift_curve (q_gas, q); a point of which one of the two is not known is none

    Args:
        what: ipr, vlp or gas_lift_curve
        measured: points of the well
    Returns:
        [µs] (n,) of their flow tests, x and y (n,) as those of a `Curve`
    Valid: any.
    Ours: bookkeeping.

    >>> measured = [Measured(0, 1e-3, 14e6), Measured(1, 2e-3, gas_m3_per_s=0.1)]
    >>> [one.tolist() for one in points_beside("ipr", measured)]
    [[0], [0.001], [14000000.0]]
    >>> [one.tolist() for one in points_beside("gas_lift_curve", measured)]
    [[1], [0.1], [0.002]]
    """
    each = (
        (one.time_us, one.gas_m3_per_s, one.liquid_m3_per_s)
        if what == GAS_LIFT
        else (one.time_us, one.liquid_m3_per_s, one.pressure_pa)
        for one in measured
    )
    told = [one for one in each if None not in one]
    x, y = (np.array([one[place] for one in told], float) for place in (1, 2))
    return np.array([one[0] for one in told], np.int64), x, y


def beside(curve: Curve, measured: Iterable[Measured]) -> Compared:
    """A curve and how far it is from what was measured.

    d = y(x_measured) − y_measured, straight between the points; beyond the ends nothing is said

    Args:
        curve: of a model
        measured: points of the well
    Returns:
        the curve with its misfit
    Valid: points within the ends of the curve.
    Ours: an operating point lies on the IPR and on the VLP at once, so both are held against it.

    >>> straight = Curve("ipr", None, np.array([0.0, 2e-3]), np.array([20e6, 10e6]))
    >>> held = beside(straight, [Measured(0, 1e-3, 14e6), Measured(1, 5e-3, 1e6)])
    >>> held.misfit.difference, held.misfit.n, held.outside
    (1000000.0, 1, 1)
    """
    time_us, x, y = points_beside(curve.what, measured)
    model = np.interp(x, curve.x, curve.y, left=np.nan, right=np.nan)
    return Compared(curve, misfit(time_us, model, y, shares=True), int(np.isnan(model).sum()))


def meeting(ipr: Curve, vlp: Curve) -> tuple[float, float] | None:
    """Where a well would work by its model: inflow and need meet.

    the last crossing of p_ipr(q) − p_vlp(q) from above, straight between the points of both

    Args:
        ipr: pressure that the reservoir leaves
        vlp: pressure that the tubing needs
    Returns:
        ([m³/s], [Pa]), None where they do not cross within both
    Valid: the range of rates that both have; the crossing at the highest rate is the one that stands.
    Ours: at a lower crossing, where VLP falls steeper than IPR, flow does not stay.

    >>> falls = Curve("ipr", None, np.array([0.0, 4e-3]), np.array([20e6, 0.0]))
    >>> rises = Curve("vlp", None, np.array([0.0, 4e-3]), np.array([5e6, 10e6]))
    >>> meeting(falls, rises)[0]
    0.0024
    """
    low, high = max(ipr.x[0], vlp.x[0]), min(ipr.x[-1], vlp.x[-1])
    x = np.unique(np.r_[ipr.x, vlp.x])
    x = x[(x >= low) & (x <= high)]
    met = meetings(x, np.interp(x, ipr.x, ipr.y) - np.interp(x, vlp.x, vlp.y))
    if not len(met):
        return None
    return float(met[-1]), float(np.interp(met[-1], ipr.x, ipr.y))

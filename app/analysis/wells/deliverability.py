"""What a gas well can give: tests of several rates by back-pressure and by laminar and inertial flow.

Rates at standard conditions, pressures at the bottom of the hole. Of short flows (isochronal) the slope of
the straight line is heard, and its place of the one flow that was held until it stood. In a modified
isochronal test each flow is seen against the shut-in pressure before it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.wells.gas_properties import STANDARD_PA

Floats = NDArray[np.float64]
STEEPEST, FLATTEST = 0.5, 1.0
"""n: all inertial, all laminar (Rawlins and Schellhardt, 1935)."""

SURFACE_PA = STANDARD_PA
"""At the sand face where a well is called open."""


@dataclass(frozen=True)
class Flow:
    """One flow of a test.

    Attributes:
        rate: [m³/s] at standard conditions
        pressure_pa: [Pa] at its end
        shut_in_pa: [Pa] before it; None: the reservoir's
        stood: held until its pressure stood; all of an ordinary back-pressure test
    """

    rate: float
    pressure_pa: float
    shut_in_pa: float | None = None
    stood: bool = True


@dataclass(frozen=True)
class Deliverability:
    """A gas well's deliverability.

    Attributes:
        kind: back_pressure, isochronal or modified_isochronal
        exponent: [-] n of q = C·(p_r² − p²)ⁿ, 0.5 … 1
        coefficient: [m³/(s·Pa²ⁿ)] C
        exponent_fitted: [-] n before it was put within its bounds
        laminar: [of potential per m³/s] a of ψ(p_r) − ψ(p) = a·q + b·q²; None where the flows give none
        inertial: [of potential per (m³/s)²] b
        open_flow: [m³/s] at one atmosphere by back-pressure
        open_flow_by_flow: [m³/s] by a and b
        reservoir_pa: [Pa] p_r
        misfit: [-] root of the mean square of the rates' error of the back-pressure line
    """

    kind: str
    exponent: float
    coefficient: float
    exponent_fitted: float
    laminar: float | None
    inertial: float | None
    open_flow: float
    open_flow_by_flow: float | None
    reservoir_pa: float
    misfit: float


def deliverability(
    flows: Sequence[Flow], reservoir_pa: float, potential: Callable[[Floats], Floats] = np.square
) -> Deliverability | None:
    """Back-pressure and laminar-inertial flow through the flows of a test.

    q = C·(p_s² − p²)ⁿ by least squares of logarithms, C of the flow that stood where others did not;
    [ψ(p_s) − ψ(p)]/q = a + b·q, a of the flow that stood, ψ: p² or pseudo-pressure; open flow at 1 atm

    Args:
        flows: two at least; `shut_in_pa` makes the test a modified isochronal one
        reservoir_pa: [Pa] p_r
        potential: [Pa] (n,) → [any] (n,) rising: p², or pseudo-pressure at high pressures
    Returns:
        None where two different rates with a drawdown are not among them
    Valid: one well without a change of skin; p² under 14 MPa, pseudo-pressure everywhere.
    Source: Rawlins and Schellhardt, USBM Monograph 7 (1935); Houpeurt, Rev. IFP 14 (1959); isochronal:
        Cullender, Trans. AIME 204 (1955); modified: Katz et al., Handbook of Natural Gas Engineering (1959).

    >>> q = np.array([0.2, 0.4, 0.8])
    >>> p = np.sqrt(20e6**2 - (q / 2e-12) ** (1 / 0.8))
    >>> found = deliverability([Flow(*one) for one in zip(q.tolist(), p.tolist())], 20e6)
    >>> round(found.exponent, 6), round(found.coefficient / 2e-12, 4), found.kind
    (0.8, 1.0, 'back_pressure')
    """
    rate = np.array([one.rate for one in flows])
    pressure = np.array([one.pressure_pa for one in flows])
    shut_in = np.array([reservoir_pa if one.shut_in_pa is None else one.shut_in_pa for one in flows])
    good = (rate > 0) & (pressure > 0) & (shut_in > pressure)
    stood = np.array([one.stood for one in flows])[good]
    rate, pressure, shut_in = rate[good], pressure[good], shut_in[good]
    short = ~stood if (~stood).any() and stood.any() else np.ones(len(rate), bool)
    if len(np.unique(rate[short])) < 2:
        return None
    squares = shut_in**2 - pressure**2
    fitted = float(np.polyfit(np.log(squares[short]), np.log(rate[short]), 1)[0])
    exponent = min(max(fitted, STEEPEST), FLATTEST)
    # p_r² and not a shut-in before it: what stood is seen against the reservoir.
    placed = reservoir_pa**2 - pressure**2
    held = stood if stood.any() else short
    coefficient = math.exp(float(np.mean(np.log(rate[held]) - exponent * np.log(placed[held]))))
    line = math.exp(float(np.mean(np.log(rate[short]) - exponent * np.log(squares[short]))))
    off = line * squares[short] ** exponent / rate[short] - 1
    laminar, inertial = _by_flow(rate, potential(shut_in) - potential(pressure), short)
    if laminar is not None and inertial is not None and (held != short).any():
        drop = float(potential(np.array([reservoir_pa]))[0]) - potential(pressure[held])
        laminar = float(np.mean(drop / rate[held] - inertial * rate[held]))
    fall = float(np.subtract(*potential(np.array([reservoir_pa, SURFACE_PA]))))
    return Deliverability(
        _kind(flows, short),
        exponent,
        coefficient,
        fitted,
        laminar,
        inertial,
        coefficient * (reservoir_pa**2 - SURFACE_PA**2) ** exponent,
        _open_flow(laminar, inertial, fall),
        reservoir_pa,
        float(np.sqrt(np.mean(off**2))),
    )


def _kind(flows: Sequence[Flow], short: NDArray[np.bool_]) -> str:
    if any(one.shut_in_pa is not None for one in flows):
        return "modified_isochronal"
    return "isochronal" if any(not one.stood for one in flows) else "back_pressure"


def _by_flow(rate: Floats, drop: Floats, short: NDArray[np.bool_]) -> tuple[float | None, float | None]:
    """(a, b) of drop/q = a + b·q; neither below 0: what falls with the rate is no flow in a rock."""
    inertial, laminar = (float(one) for one in np.polyfit(rate[short], drop[short] / rate[short], 1))
    if laminar < 0:
        return None, None
    if inertial < 0:
        return float(np.mean(drop[short] / rate[short])), 0.0
    return laminar, inertial


def _open_flow(laminar: float | None, inertial: float | None, fall: float) -> float | None:
    if laminar is None or inertial is None or laminar < 0:
        return None
    if inertial <= 1e-12 * laminar**2 / fall:
        return fall / laminar if laminar > 0 else None
    return (-laminar + math.sqrt(laminar**2 + 4 * inertial * fall)) / (2 * inertial)


def curve(found: Deliverability, pressure_pa: Floats) -> Floats:
    """Rate at a bottom-hole pressure by back-pressure.

    q = C·(p_r² − p²)ⁿ

    Args:
        found: the well's
        pressure_pa: [Pa] (n,)
    Returns:
        [m³/s] (n,) at standard conditions, 0 above p_r
    Valid: as `deliverability`.
    Source: Rawlins and Schellhardt, USBM Monograph 7 (1935).

    >>> well = Deliverability("back_pressure", 1.0, 1e-14, 1.0, None, None, 4.0, None, 20e6, 0.0)
    >>> curve(well, np.array([20e6, 10e6])).round(6).tolist()
    [0.0, 3.0]
    """
    squares = np.maximum(found.reservoir_pa**2 - np.asarray(pressure_pa, float) ** 2, 0.0)
    return found.coefficient * squares**found.exponent

"""What a gas-lifted well would do with another rate of gas: the performance curve, from inflow and tubing."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.advice.choice import Limit, Outcome, unchecked
from app.analysis.advice.inflows import Inflows
from app.analysis.smooth_curve import between
from app.analysis.wells import gas_properties
from app.analysis.wells.gradient import Stream, method_for, traverse
from app.analysis.wells.nodal import meetings

Floats = NDArray[np.float64]
LIMITS = ("gas", "wellhead_pressure")
"""Of every well of this lift."""

SHARES = (0.0, 0.25, 0.5, 0.75, 0.9, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5)
"""Of the present gas: what a distribution manifold can be turned to."""

POINTS, FINE, STEP_M = 8, 200, 150.0
"""Rates at which the tubing is marched through, those at which the inflow is asked, and the steps down. A
tubing with gas bends at low rates: eight by steps of log rate are within 0.1 MPa, ten equal ones 0.7 off.
"""

VALVE_PA, COMPRESSOR, ADIABATIC = 0.7e6, 0.75, 1.28
"""What a valve takes (API RP 11V6: 50 … 150 psi), a compressor's efficiency, κ of a lean gas."""

WETTEST = 0.98
"""Water cut that is computed with: the gas is told by the oil."""


@dataclass(frozen=True)
class GasLiftKnobs:
    """What can be set.

    Attributes:
        gas_m3_per_s: [m³/s] injected, at standard conditions
        wellhead_pa: [Pa] before the choke
    """

    gas_m3_per_s: float
    wellhead_pa: float


@dataclass(frozen=True)
class GasLiftNow:
    """The well as its last test found it.

    Attributes:
        knobs: where they stand
        stream: of the test, with the gas of the formation alone
        inflows: at the depth where the gas enters
        depth_m: [m] of that place along the tubing
        diameter_m: [m] of the tubing inside
        top_k: [K] at the wellhead
        bottom_k: [K] at the place where the gas enters
        density: [kg/m³] of the liquid at the surface
        oil_share: [kg/m³] of oil in the liquid
        inclination_rad: [rad] mean, from the vertical
        line_pa: [Pa] of the gas before it is compressed; None: not known
        most_gas_m3_per_s: [m³/s] there is for this well; None: not known
    """

    knobs: GasLiftKnobs
    stream: Stream
    inflows: Inflows
    depth_m: float
    diameter_m: float
    top_k: float
    bottom_k: float
    density: float
    oil_share: float
    inclination_rad: float = 0.0
    line_pa: float | None = None
    most_gas_m3_per_s: float | None = None


def needed_pa(now: GasLiftNow, knobs: GasLiftKnobs, rate: float) -> float:
    """Pressure that the tubing needs where the gas enters.

    the march from the wellhead down with the gas of the formation and the injected gas together

    Args:
        now: the well as its last test found it
        knobs: as they are to stand
        rate: [m³/s] of liquid
    Returns:
        [Pa]
    Valid: as `gradient.method_for` chooses.
    Source: nodal analysis of gas lift: Takacs, Gas Lift Manual (2005), ch. 5.

    >>> from app.analysis import examples
    >>> round(needed_pa(examples.gas_lifted(), GasLiftKnobs(0.2, 1e6), 1e-3) / 1e6, 1)
    4.2
    """
    cut = min(now.stream.water_cut, WETTEST)
    ratio = now.stream.gas_oil_ratio + knobs.gas_m3_per_s / max(rate * (1 - cut), 1e-9)
    stream = replace(now.stream, liquid_m3_per_s=rate, water_cut=cut, gas_oil_ratio=ratio)
    _, pressure = traverse(
        stream,
        top_pressure_pa=knobs.wellhead_pa,
        depth_m=now.depth_m,
        diameter_m=now.diameter_m,
        top_temperature_k=now.top_k,
        bottom_temperature_k=now.bottom_k,
        inclination_rad=now.inclination_rad,
        method=method_for(now.stream, now.inclination_rad),
        step_m=STEP_M,
    )
    return float(pressure[-1])


def gas_lift_outcome(now: GasLiftNow, knobs: GasLiftKnobs) -> Outcome | None:
    """What a gas-lifted well would do with its knobs so.

    where each of three inflows meets the tubing, at the larger of two meetings: the other does not stand;
    power: compression of the gas from the line to the valve's depth

    Args:
        now: the well as its last test found it
        knobs: as they are to stand
    Returns:
        None where inflow and tubing do not meet: the well does not flow
    Valid: gas enters at one depth; no slugs, no unloading.
    Source: Takacs, Gas Lift Manual (2005), ch. 5; compression: adiabatic.

    >>> from app.analysis import examples
    >>> now = examples.gas_lifted()
    >>> little, more = (gas_lift_outcome(now, GasLiftKnobs(gas, 1e6)) for gas in (0.1, 0.4))
    >>> little.rate[1] < more.rate[1]
    True
    """
    rates = np.geomspace(0.02, 0.98, POINTS) * max(one.most for one in now.inflows.each)
    needed = np.array([needed_pa(now, knobs, float(rate)) for rate in rates])
    fine = np.linspace(rates[0], rates[-1], FINE)
    by_tubing = between(np.log(fine), np.log(rates), needed)
    met = [meetings(fine, one.pressure(fine) - by_tubing) for one in now.inflows.each]
    if not all(len(rates) for rates in met):
        return None
    low, likely, high = (float(rates[-1]) for rates in met)
    low, high = min(low, likely, high), max(low, likely, high)
    intake = float(np.interp(likely, fine, by_tubing))
    power = compression_w(now, knobs.gas_m3_per_s, intake)
    limits = _limits(now, knobs)
    return Outcome(
        {"gas_m3_per_s": knobs.gas_m3_per_s, "wellhead_pa": knobs.wellhead_pa},
        (low, likely, high),
        (low * now.oil_share, likely * now.oil_share, high * now.oil_share),
        intake,
        power,
        now.density,
        limits,
        {"gas_to_liquid": knobs.gas_m3_per_s / max(likely, 1e-9)},
        unchecked=unchecked(limits, LIMITS),
    )


def compression_w(now: GasLiftNow, gas_m3_per_s: float, at_valve_pa: float) -> float:
    """Power that compressing the injected gas takes.

    κ/(κ − 1)·p_s·q·[(p₂/p₁)^((κ−1)/κ) − 1]/0.75; p₂: what the valve needs, less the gas column above it

    Args:
        now: the well
        gas_m3_per_s: [m³/s] injected, at standard conditions
        at_valve_pa: [Pa] in the tubing where the gas enters
    Returns:
        [W]; 0 where the line's pressure is enough
    Valid: one stage, gas at 288 K; several stages with cooling take up to a fifth less.
    Source: adiabatic compression of an ideal gas.

    >>> from app.analysis import examples
    >>> round(compression_w(examples.gas_lifted(), 0.3, 7e6) / 1e3)
    96
    """
    line = now.line_pa if now.line_pa is not None else now.knobs.wellhead_pa
    column = gas_properties.column_factor(
        now.depth_m * math.cos(now.inclination_rad),
        (now.top_k + now.bottom_k) / 2,
        now.stream.oil.gas_relative_density,
        0.9,
    )
    share = (ADIABATIC - 1) / ADIABATIC
    ratio = max((at_valve_pa + VALVE_PA) / column / line, 1.0)
    return gas_properties.STANDARD_PA * gas_m3_per_s * (ratio**share - 1) / share / COMPRESSOR


def _limits(now: GasLiftNow, knobs: GasLiftKnobs) -> tuple[Limit, ...]:
    found = []
    if now.most_gas_m3_per_s is not None:
        found.append(Limit("gas", knobs.gas_m3_per_s, None, now.most_gas_m3_per_s))
    if now.line_pa is not None:
        found.append(Limit("wellhead_pressure", knobs.wellhead_pa, 0.98 * now.line_pa))
    return tuple(found)


def gas_lift_settings(now: GasLiftNow) -> list[GasLiftKnobs]:
    """Settings to try: shares of the present gas, from none to two and a half times of it.

    Args:
        now: the well as its last test found it
    Returns:
        the well's own setting is among none of them
    Valid: any.
    Ours: beyond twice the gas curves are flat, or fall.

    >>> from app.analysis import examples
    >>> len(gas_lift_settings(examples.gas_lifted()))
    11
    """
    return [replace(now.knobs, gas_m3_per_s=share * now.knobs.gas_m3_per_s) for share in SHARES]

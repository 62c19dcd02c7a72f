"""Inflow: what the reservoir gives at a bottom-hole pressure. SI; rates [m³/s] at the surface, pressures
[Pa].

Vogel, JPT 1968; Fetkovich, SPE 4529 (1973); composite with water after Brown, *Technology of Artificial Lift
Methods* vol. 4 (1984), ch. 2 (weighted by pressure, not by rate).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.analysis.least import least_between
from app.models.values import Read, a_part, needed_number, numbers_of, part_of

Floats = NDArray[np.float64]
VOGEL_A, VOGEL_B = 0.2, 0.8


@dataclass(frozen=True)
class Inflow:
    """Straight above the bubble point, Vogel's curve below it, water by its share.

    Attributes:
        reservoir_pressure_pa: [Pa] p_r
        productivity: [m³/(s·Pa)] J, above the bubble point
        bubble_pressure_pa: [Pa] p_b; 0: straight all the way
        water_cut: [-] 0 … 1
    """

    reservoir_pressure_pa: float
    productivity: float
    bubble_pressure_pa: float = 0.0
    water_cut: float = 0.0

    @property
    def straight_until(self) -> float:
        """Rate at the bubble point [m³/s]."""
        return self.productivity * (self.reservoir_pressure_pa - self._bubble)

    @property
    def _bubble(self) -> float:
        return min(self.bubble_pressure_pa, self.reservoir_pressure_pa)

    @cached_property
    def most(self) -> float:
        """Rate at no pressure at all, absolute open flow [m³/s]."""
        return float(self.rate(np.array([0.0]))[0])

    def rate(self, pressure_pa: Floats) -> Floats:
        """Rate at a bottom-hole pressure: the curve `pressure` turned round by halving.

        Args:
            pressure_pa: [Pa] (n,)
        Returns:
            [m³/s] (n,) from 0 to J·p_r
        Valid: 0 … p_r; a pressure above p_r gives 0.
        Source: composite curve after Brown, Technology of Artificial Lift Methods, vol. 4 (1984), ch. 2.

        >>> one = Inflow(2550.0, 2.0, 2100.0, water_cut=0.5)  # any one unit for both pressures does
        >>> one.rate(np.array([2300.0, 2100.0, 1500.0, 1000.0, 500.0])).round(1).tolist()  # worked by hand
        [500.0, 900.0, 2012.3, 2758.1, 3218.7]
        """
        wanted = np.asarray(pressure_pa, float)
        low = np.zeros(wanted.shape)
        high = np.full(wanted.shape, self.productivity * self.reservoir_pressure_pa * (1 + 1e-9))
        for _ in range(60):
            middle = (low + high) / 2
            above = self.pressure(middle) > wanted
            low, high = np.where(above, middle, low), np.where(above, high, middle)
        return (low + high) / 2

    def pressure(self, rate: Floats) -> Floats:
        """Bottom-hole pressure at a rate.

        Up to q_b p_r − q/J; then f_w·(p_r − q/J) + (1 − f_w)·0.125·p_b·(√(81 − 80·(q − q_b)/(q_max − q_b)) −
        1); beyond q_max the straight line its slope there goes on with

        Args:
            rate: [m³/s] (n,)
        Returns:
            [Pa] (n,), below 0 where the reservoir cannot give it
        Valid: any rate ≥ 0.
        Source: Vogel, JPT 1968; with water Brown, Technology of Artificial Lift Methods, vol. 4 (1984), ch.
            2: weighted by pressure, not by rate.

        >>> dry = Inflow(2550.0, 2.0, 2100.0)
        >>> dry.pressure(np.array([500.0, 900.0])).tolist()
        [2300.0, 2100.0]
        """
        rate = np.asarray(rate, float)
        straight = self.reservoir_pressure_pa - rate / self.productivity
        if self._bubble <= 0 or self.water_cut >= 1:
            return straight
        bend, oil_most = self.straight_until, self._oil_most
        oil, water = 1 - self.water_cut, self.water_cut
        under = 81 - 80 * (rate - bend) / max(oil_most - bend, 1e-30)
        curved = water * straight + oil * 0.125 * self._bubble * (np.sqrt(np.maximum(under, 0)) - 1)
        near = 0.999 * oil_most
        at_near = water * (
            self.reservoir_pressure_pa - near / self.productivity
        ) + oil * 0.125 * self._bubble * (
            math.sqrt(max(81 - 80 * (near - bend) / max(oil_most - bend, 1e-30), 0)) - 1
        )
        at_most = water * (self.reservoir_pressure_pa - oil_most / self.productivity)
        beyond = at_most - (rate - oil_most) * (at_near - at_most) / (oil_most - near)
        return np.where(rate <= bend, straight, np.where(rate <= oil_most, curved, beyond))

    @property
    def _oil_most(self) -> float:
        return self.straight_until + self.productivity * self._bubble / 1.8


def vogel_rate(pressure_pa: Floats, reservoir_pressure_pa: float, most: float) -> Floats:
    """Vogel's inflow of a reservoir below its bubble point.

    q = q_max·(1 − 0.2·p/p_r − 0.8·(p/p_r)²)

    Args:
        pressure_pa: [Pa] (n,) at the bottom of the hole
        reservoir_pressure_pa: [Pa] p_r
        most: [m³/s] q_max at no pressure
    Returns:
        [m³/s] (n,), below 0 above p_r
    Valid: solution gas drive, p ≤ p_r ≤ p_b.
    Source: Vogel, JPT 1968.

    >>> round(float(vogel_rate(np.array(500.0), 2000.0, 162.5)), 6)  # 65 at 1500 of 2000 psi: q_max 162.5
    146.25
    """
    share = np.asarray(pressure_pa, float) / reservoir_pressure_pa
    return most * (1 - VOGEL_A * share - VOGEL_B * share**2)


def productivity_of_formation(
    *,
    permeability_m2: float,
    thickness_m: float,
    viscosity_pa_s: float,
    formation_volume_factor: float,
    drainage_radius_m: float,
    wellbore_radius_m: float,
    skin: float = 0.0,
    pseudo_steady: bool = True,
) -> float:
    """Productivity index of radial flow.

    J = 2π·k·h/(B·μ·(ln(r_e/r_w) − ¾ + S)), without the ¾ in steady state

    Args:
        permeability_m2: [m²] k
        thickness_m: [m] h
        viscosity_pa_s: [Pa·s] μ
        formation_volume_factor: [m³/m³] B
        drainage_radius_m: [m] r_e
        wellbore_radius_m: [m] r_w
        skin: [-] S
        pseudo_steady: closed boundary; False: constant pressure at it
    Returns:
        [m³/(s·Pa)] J at the surface
    Valid: one phase, ln(r_e/r_w) + S above ¾; below it the answer has the wrong sign.
    Source: Guo, Lyons and Ghalambor, Petroleum Production Engineering (2007), ch. 3.

    >>> md, ft, psi = 9.869233e-16, 0.3048, 6_894.757293
    >>> j = productivity_of_formation(  # Guo's example 3.1: 0.1968 STB/(d·psi)
    ...     permeability_m2=8.2 * md, thickness_m=53 * ft, viscosity_pa_s=1.7e-3, formation_volume_factor=1.1,
    ...     drainage_radius_m=2980 * ft, wellbore_radius_m=0.328 * ft,
    ... )
    >>> round(j * 86_400 / 0.158987294928 * psi, 4)
    0.1968
    """
    resistance = math.log(drainage_radius_m / wellbore_radius_m) - (0.75 if pseudo_steady else 0.0) + skin
    return (
        2 * math.pi * permeability_m2 * thickness_m / (formation_volume_factor * viscosity_pa_s * resistance)
    )


def fitted(
    rate: Floats,
    pressure_pa: Floats,
    *,
    reservoir_pressure_pa: float | None = None,
    bubble_pressure_pa: float | None = None,
    water_cut: float = 0.0,
) -> dict[str, dict[str, float] | None]:
    """Each inflow model laid through test points by least squares in rate.

    `pi` q = J·(p_r − p); `vogel`; `fetkovich` q = C·(p_r² − p²)ⁿ, ½ ≤ n ≤ 1; `composite` (`Inflow`)

    Args:
        rate: [m³/s] (n,)
        pressure_pa: [Pa] (n,) at the bottom of the hole
        reservoir_pressure_pa: [Pa] where it is known, else found with the rest
        bubble_pressure_pa: [Pa] `composite` needs it
        water_cut: [-] of `composite`
    Returns:
        model → its figures [SI] with `residual_m3_per_s`, or None where it cannot be had from so few points
    Valid: two points or one and p_r; three for `fetkovich`. Points that rise with pressure: None.
    Source: Vogel, JPT 1968; Fetkovich, SPE 4529 (1973); Brown, vol. 4 (1984), ch. 2. Least squares in rate is
        ours.

    >>> found = fitted(
    ...     np.array([900.0]), np.array([2000.0]), reservoir_pressure_pa=5500.0, bubble_pressure_pa=3500.0
    ... )
    >>> round(found["composite"]["productivity_m3_per_s_pa"], 2)  # Guo's example 3.4, well B: 0.28
    0.28
    >>> found = fitted(np.array([65.0]), np.array([1500.0]), reservoir_pressure_pa=2000.0)
    >>> round(found["vogel"]["maximum_rate_m3_per_s"], 6)
    162.5
    """
    points = len(rate) + (reservoir_pressure_pa is not None)
    result: dict[str, dict[str, float] | None] = dict.fromkeys(("pi", "vogel", "fetkovich", "composite"))
    if points < 2:
        return result
    result["pi"] = _fit_straight(rate, pressure_pa, reservoir_pressure_pa)
    result["vogel"] = _fit_vogel(rate, pressure_pa, reservoir_pressure_pa)
    if points >= 3 or (reservoir_pressure_pa is not None and len(rate) >= 2):
        result["fetkovich"] = _fit_fetkovich(rate, pressure_pa, reservoir_pressure_pa, result["vogel"])
    if bubble_pressure_pa is not None:
        result["composite"] = _fit_composite(
            rate, pressure_pa, reservoir_pressure_pa, bubble_pressure_pa, water_cut
        )
    return result


def _rms(off: Floats) -> float:
    return float(np.sqrt(np.mean(off**2)))


def _fit_straight(rate: Floats, pressure: Floats, reservoir: float | None) -> dict[str, float] | None:
    if reservoir is None:
        if np.ptp(rate) == 0:
            return None
        steep, reservoir = np.polyfit(rate, pressure, 1)
        productivity = -1 / float(steep)
    else:
        drawdown = reservoir - pressure
        productivity = float((rate * drawdown).sum() / (drawdown**2).sum())
    if productivity <= 0:
        return None
    reservoir = float(reservoir)
    return {
        "productivity_m3_per_s_pa": productivity,
        "reservoir_pressure_pa": reservoir,
        "maximum_rate_m3_per_s": productivity * reservoir,
        "residual_m3_per_s": _rms(rate - productivity * (reservoir - pressure)),
    }


def _fit_vogel(rate: Floats, pressure: Floats, reservoir: float | None) -> dict[str, float] | None:
    def best_for(reservoir_pa: float) -> tuple[float, float]:
        shape = vogel_rate(pressure, reservoir_pa, 1.0)
        most = float((rate * shape).sum() / (shape**2).sum())
        return most, _rms(rate - most * shape)

    if reservoir is None:
        if np.ptp(rate) == 0:
            return None
        top = float(pressure.max())
        tried = top * np.geomspace(1.0005, 4, 60)
        near = float(tried[int(np.argmin([best_for(float(p))[1] for p in tried]))])
        reservoir = least_between(lambda p: best_for(p)[1], max(top, near / 1.05), near * 1.05)
    most, residual = best_for(reservoir)
    if most <= 0:
        return None
    return {"maximum_rate_m3_per_s": most, "reservoir_pressure_pa": reservoir, "residual_m3_per_s": residual}


def _fit_fetkovich(
    rate: Floats, pressure: Floats, reservoir: float | None, vogel: dict[str, float] | None
) -> dict[str, float] | None:
    """q = C·(p_r² − p²)ⁿ, ½ ≤ n ≤ 1 (a fit outside says that the points do not belong together)."""
    reservoir = reservoir if reservoir is not None else vogel["reservoir_pressure_pa"] if vogel else None
    if reservoir is None:
        return None
    squares = reservoir**2 - pressure**2
    good = (squares > 0) & (rate > 0)
    if good.sum() < 2 or np.ptp(np.log(squares[good])) == 0:
        return None
    exponent = float(np.clip(np.polyfit(np.log(squares[good]), np.log(rate[good]), 1)[0], 0.5, 1.0))
    coefficient = math.exp(float(np.mean(np.log(rate[good]) - exponent * np.log(squares[good]))))
    return {
        "coefficient": coefficient,
        "exponent": exponent,
        "reservoir_pressure_pa": reservoir,
        "maximum_rate_m3_per_s": coefficient * reservoir ** (2 * exponent),
        "residual_m3_per_s": _rms(rate - coefficient * np.maximum(squares, 0) ** exponent),
    }


def _fit_composite(
    rate: Floats, pressure: Floats, reservoir: float | None, bubble: float, cut: float
) -> dict[str, float] | None:
    def best_for(reservoir_pa: float) -> tuple[float, float]:
        # The curve's shape does not depend on J: pressures at J = 1 give rates per unit of J.
        per_unit = Inflow(reservoir_pa, 1.0, bubble, cut).rate(pressure)
        productivity = float((rate * per_unit).sum() / (per_unit**2).sum())
        return productivity, _rms(rate - productivity * per_unit)

    if reservoir is None:
        if len(rate) < 2 or np.ptp(rate) == 0:
            return None
        top = float(pressure.max())
        reservoir = least_between(lambda p: best_for(p)[1], top * 1.0005, top * 4)
    productivity, residual = best_for(reservoir)
    if productivity <= 0:
        return None
    whole = Inflow(reservoir, productivity, bubble, cut)
    return {
        "productivity_m3_per_s_pa": productivity,
        "reservoir_pressure_pa": reservoir,
        "bubble_pressure_pa": bubble,
        "water_cut": cut,
        "maximum_rate_m3_per_s": whole.most,
        "residual_m3_per_s": residual,
    }


def curves_of(answer: Read) -> list[tuple[str, Floats, Floats]]:
    """The inflow models of an answer as curves to draw, from no flow to no pressure.

    Args:
        answer: the stable JSON of a well test; its `inflow` is what `fitted` gives
    Returns:
        (model, [m³/s] (80,) rate, [Pa] (80,) pressure) of each that was had
    Valid: models that are None are left out.
    Ours: the formulas of `fitted` at 80 pressures.

    >>> model = {"reservoir_pressure_pa": 20e6, "productivity_m3_per_s_pa": 1e-10}
    >>> ((name, rate, pressure),) = curves_of({"inflow": {"pi": model, "vogel": None}})
    >>> name, float(pressure[0]), round(float(rate[-1]), 6)
    ('pi', 20000000.0, 0.002)
    """
    curves = []
    models = part_of(answer, "inflow")
    for name, told in models.items():
        if told is None:
            continue
        model = a_part(told, name)
        if "rate_m3_per_s" in model:
            curves.append((name, _column(model, "rate_m3_per_s"), _column(model, "pressure_pa")))
            continue
        reservoir_pa = needed_number(model, "reservoir_pressure_pa")
        pressure = np.linspace(reservoir_pa, 0.0, 80)
        if name == "pi":
            rate = needed_number(model, "productivity_m3_per_s_pa") * (reservoir_pa - pressure)
        elif name == "vogel":
            rate = vogel_rate(pressure, reservoir_pa, needed_number(model, "maximum_rate_m3_per_s"))
        elif name in ("fetkovich", "back_pressure"):
            squares = np.maximum(reservoir_pa**2 - pressure**2, 0)
            rate = needed_number(model, "coefficient") * squares ** needed_number(model, "exponent")
        else:
            whole = Inflow(
                reservoir_pa,
                needed_number(model, "productivity_m3_per_s_pa"),
                needed_number(model, "bubble_pressure_pa"),
                needed_number(model, "water_cut"),
            )
            rate = whole.rate(pressure)
        curves.append((name, rate, pressure))
    return curves


def _column(model: Read, key: str) -> Floats:
    return np.array(numbers_of(model, key), float)

"""A pump's curve: head, power and efficiency of a stage at a rate, at another frequency, with a viscous
liquid.

Affinity laws: Q ~ f, H ~ f², N ~ f³. Viscosity: ANSI/HI 9.6.7-2010, B = 16.6·√ν·H^0.0625/(Q^0.375·n^0.25), 1
< B < 40 (ν cSt, Q m³/h, H m per stage, n rpm). Rates [m³/s], heads [m], powers [W].
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.errors import KnownError
from app.core.units import STANDARD_GRAVITY

Floats = NDArray[np.float64]
LARGEST_B = 40.0
LEAST_POINTS = 4


@dataclass(frozen=True)
class Curve:
    """One stage in water at `frequency_hz`: rate (k,) rising, head (k,), power (k,) or None, efficiency (k,)
    or None.
    """

    rate: Floats
    head: Floats
    power: Floats | None
    efficiency: Floats | None
    frequency_hz: float = 50.0

    @property
    def best_rate(self) -> float:
        """Rate at the best efficiency [m³/s]; without efficiency, where rate × head (the hydraulic power) is
        largest.
        """
        fine = np.linspace(self.rate[0], self.rate[-1], 400)
        good = (
            np.interp(fine, self.rate, self.efficiency)
            if self.efficiency is not None
            else fine * self.head_at(fine)
        )
        return float(fine[int(np.argmax(good))])

    def head_at(self, rate: Floats | float) -> Floats:
        """Between the points by a smooth curve that makes no bumps of its own (PCHIP); below the first rate
        the first head, beyond the last its slope goes on to zero.
        """
        from scipy.interpolate import PchipInterpolator

        rate = np.asarray(rate, float)
        inside: Floats = PchipInterpolator(self.rate, self.head)(np.clip(rate, self.rate[0], self.rate[-1]))
        slope = min(0.0, (self.head[-1] - self.head[-2]) / (self.rate[-1] - self.rate[-2]))
        return np.maximum(inside + slope * np.maximum(rate - self.rate[-1], 0), 0.0)

    def power_at(self, rate: Floats | float) -> Floats:
        """Shaft power of a stage in water [W]: given, or from efficiency; NaN without either."""
        rate = np.asarray(rate, float)
        if self.power is not None:
            return np.interp(rate, self.rate, self.power)
        if self.efficiency is None:
            return np.full(rate.shape, np.nan)
        good = np.maximum(np.interp(rate, self.rate, self.efficiency), 1e-3)
        return 1000 * STANDARD_GRAVITY * rate * self.head_at(rate) / good

    def efficiency_at(self, rate: Floats | float) -> Floats:
        rate = np.asarray(rate, float)
        if self.efficiency is not None:
            return np.interp(rate, self.rate, self.efficiency)
        power = self.power_at(rate)
        return np.where(
            power > 0, 1000 * STANDARD_GRAVITY * rate * self.head_at(rate) / np.maximum(power, 1e-9), np.nan
        )

    def at_frequency(self, frequency_hz: float) -> Curve:
        ratio = frequency_hz / self.frequency_hz
        power = None if self.power is None else self.power * ratio**3
        return Curve(self.rate * ratio, self.head * ratio**2, power, self.efficiency, frequency_hz)

    def rate_for_head(self, head: float) -> tuple[float | None, bool]:
        """(rate at which a stage gives this head on the falling branch, whether it lies on the curve's
        points).
        """
        top = int(np.argmax(self.head))
        beyond = self.rate[-1] * 1.25
        fine = np.linspace(self.rate[top], beyond, 2000)
        heads = self.head_at(fine)
        if head > heads[0] or head < 0:
            return None, False
        rate = float(np.interp(-head, -heads, fine))
        return rate, self.rate[0] <= rate <= self.rate[-1]


def curve_of(
    rate: Floats, head: Floats, power: Floats | None, efficiency: Floats | None, frequency_hz: float
) -> Curve:
    """Checked. Raises KnownError (pump_curve_*) for points that are no pump's."""
    if len(rate) < LEAST_POINTS:
        raise KnownError("pump_curve_points", count=len(rate), least=LEAST_POINTS)
    for name, values in (("head", head), ("power", power), ("efficiency", efficiency)):
        if values is not None and len(values) != len(rate):
            raise KnownError("pump_curve_lengths", name=name, count=len(values), rate=len(rate))
    back = np.flatnonzero(np.diff(rate) <= 0)
    if len(back) or rate[0] < 0:
        raise KnownError("pump_curve_rate", index=int(back[0]) + 1 if len(back) else 0)
    if (head < 0).any() or head[-1] >= head.max():
        raise KnownError(
            "pump_curve_head", index=int(np.argmax(head < 0)) if (head < 0).any() else len(head) - 1
        )
    if efficiency is not None and ((efficiency < 0) | (efficiency >= 1)).any():
        raise KnownError("pump_curve_efficiency", index=int(np.argmax((efficiency < 0) | (efficiency >= 1))))
    return Curve(rate, head, power, efficiency, frequency_hz)


@dataclass(frozen=True)
class ViscosityFactors:
    """What is left of rate, head at best efficiency, and efficiency; B is the correlation's parameter."""

    b: float
    rate: float
    efficiency: float

    def head(self, share_of_best: float) -> float:
        """C_H at a share of the best-efficiency rate."""
        return 1 - (1 - self.rate) * share_of_best**0.75

    @property
    def in_range(self) -> bool:
        return self.b < LARGEST_B


def viscosity_factors(
    *, viscosity_m2_per_s: float, best_rate: float, best_head: float, speed_rpm: float
) -> ViscosityFactors:
    """HI 9.6.7; head per stage [m], rate [m³/s]. B ≤ 1 needs no correction."""
    cst, per_hour = viscosity_m2_per_s * 1e6, best_rate * 3600
    b = 16.6 * math.sqrt(max(cst, 0.0)) * best_head**0.0625 / (per_hour**0.375 * speed_rpm**0.25)
    if b <= 1:
        return ViscosityFactors(b, 1.0, 1.0)
    rate = 2.71 ** (-0.165 * math.log10(b) ** 3.15)
    return ViscosityFactors(b, rate, b ** (-0.0547 * b**0.69))


def viscous(curve: Curve, factors: ViscosityFactors) -> Curve:
    """The curve with a viscous liquid."""
    best = curve.best_rate
    head = curve.head * np.array([factors.head(float(q) / best) for q in curve.rate])
    efficiency = None if curve.efficiency is None else curve.efficiency * factors.efficiency
    power = None
    if curve.power is not None:
        power = curve.power * factors.rate * (head / np.maximum(curve.head, 1e-9)) / factors.efficiency
    return Curve(curve.rate * factors.rate, head, power, efficiency, curve.frequency_hz)

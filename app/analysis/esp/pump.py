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

from app.analysis import smooth_curve
from app.core.errors import KnownError
from app.core.units import STANDARD_GRAVITY

Floats = NDArray[np.float64]
LARGEST_B = 40.0
LEAST_POINTS = 4


@dataclass(frozen=True)
class Curve:
    """One stage in water.

    Attributes:
        rate: [m³/s] (k,) rising
        head: [m] (k,)
        power: [W] (k,) at the shaft, or None
        efficiency: [-] (k,) or None
        frequency_hz: [Hz] at which
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
        """Head of a stage at a rate.

        PCHIP between the points: no bumps of its own

        Args:
            rate: [m³/s] (n,)
        Returns:
            [m] (n,)
        Valid: below the first rate the first head; beyond the last its slope goes on to zero.
        Source: `smooth_curve.between`.

        >>> curve = Curve(np.array([0, 1e-3, 2e-3, 3e-3]), np.array([8.0, 7.0, 5.0, 2.0]), None, None)
        >>> curve.head_at(np.array([1e-3, 3.5e-3, 9.0])).tolist()
        [7.0, 0.5, 0.0]
        """
        rate = np.asarray(rate, float)
        inside = smooth_curve.between(np.clip(rate, self.rate[0], self.rate[-1]), self.rate, self.head)
        slope = min(0.0, (self.head[-1] - self.head[-2]) / (self.rate[-1] - self.rate[-2]))
        return np.maximum(inside + slope * np.maximum(rate - self.rate[-1], 0), 0.0)

    def power_at(self, rate: Floats | float) -> Floats:
        """Shaft power of a stage in water at a rate.

        the given points, or 1000·g·Q·H/η

        Args:
            rate: [m³/s] (n,)
        Returns:
            [W] (n,), NaN without power and efficiency
        Valid: the range of the points; beyond it the last value.
        Source: definition of efficiency; Takacs, ESP Manual (2nd ed., 2018), ch. 3–5.

        >>> points = np.array([0, 1e-3, 2e-3, 3e-3])
        >>> curve = Curve(points, np.array([8.0, 7.0, 5.0, 2.0]), None, np.array([0.0, 0.5, 0.6, 0.4]))
        >>> round(float(curve.power_at(1e-3)), 2)  # 1000·9.80665·0.001·7/0.5
        137.29
        """
        rate = np.asarray(rate, float)
        if self.power is not None:
            return np.interp(rate, self.rate, self.power)
        if self.efficiency is None:
            return np.full(rate.shape, np.nan)
        good = np.maximum(np.interp(rate, self.rate, self.efficiency), 1e-3)
        return 1000 * STANDARD_GRAVITY * rate * self.head_at(rate) / good

    def efficiency_at(self, rate: Floats | float) -> Floats:
        """Efficiency of a stage at a rate.

        the given points, or 1000·g·Q·H/N

        Args:
            rate: [m³/s] (n,)
        Returns:
            [-] (n,), NaN without power and efficiency
        Valid: the range of the points; beyond it the last value.
        Source: definition of efficiency; Takacs, ESP Manual (2nd ed., 2018), ch. 3–5.

        >>> points = np.array([0, 1e-3, 2e-3, 3e-3])
        >>> power = np.array([90.0, 137.2931, 160.0, 170.0])
        >>> curve = Curve(points, np.array([8.0, 7.0, 5.0, 2.0]), power, None)
        >>> round(float(curve.efficiency_at(1e-3)), 4)
        0.5
        """
        rate = np.asarray(rate, float)
        if self.efficiency is not None:
            return np.interp(rate, self.rate, self.efficiency)
        power = self.power_at(rate)
        return np.where(
            power > 0, 1000 * STANDARD_GRAVITY * rate * self.head_at(rate) / np.maximum(power, 1e-9), np.nan
        )

    def at_frequency(self, frequency_hz: float) -> Curve:
        """The curve at another frequency by the affinity laws.

        Q ~ f, H ~ f², N ~ f³, η the same

        Args:
            frequency_hz: [Hz]
        Returns:
            the curve there
        Valid: 30 … 70 Hz of a 50 Hz pump; efficiency really falls a little.
        Source: affinity laws; Takacs, ESP Manual (2nd ed., 2018), ch. 3–5.

        >>> curve = Curve(np.array([0, 1e-3]), np.array([8.0, 5.0]), np.array([100.0, 100.0]), None)
        >>> fast = curve.at_frequency(60.0)
        >>> [round(float(part[-1]), 6) for part in (fast.rate / 1e-3, fast.head / 5, fast.power / 100)]
        [1.2, 1.44, 1.728]
        """
        ratio = frequency_hz / self.frequency_hz
        power = None if self.power is None else self.power * ratio**3
        return Curve(self.rate * ratio, self.head * ratio**2, power, self.efficiency, frequency_hz)

    def rate_for_head(self, head: float) -> tuple[float | None, bool]:
        """Rate at which a stage gives a head, on the falling branch.

        Args:
            head: [m]
        Returns:
            ([m³/s], whether it lies on the curve's points); (None, False) for a head above the curve
        Valid: up to 1.25 times the last rate.
        Ours: `head_at` turned round on 2000 points.

        >>> curve = Curve(np.array([0, 1e-3, 2e-3, 3e-3]), np.array([8.0, 7.0, 5.0, 2.0]), None, None)
        >>> rate, inside = curve.rate_for_head(5.0)
        >>> round(rate, 6), bool(inside), curve.rate_for_head(9.0)
        (0.002, True, (None, False))
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
    """A curve from points, checked.

    Args:
        rate: [m³/s] (k,) rising from 0 or more
        head: [m] (k,) falling in the end
        power: [W] (k,) or None
        efficiency: [-] (k,) or None, under 1
        frequency_hz: [Hz]
    Returns:
        as it was given
    Raises:
        KnownError: pump_curve_points, pump_curve_lengths, pump_curve_rate, pump_curve_head,
            pump_curve_efficiency
    Valid: four points at least.
    Ours: what no pump can do is refused.

    >>> curve_of(np.arange(4) * 1e-3, np.array([8.0, 7.0, 5.0, 2.0]), None, None, 50.0).frequency_hz
    50.0
    """
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
    """What a viscous liquid leaves of a pump.

    Attributes:
        b: [-] the correlation's parameter B
        rate: [-] C_Q, and C_H at the best efficiency
        efficiency: [-] C_η
    """

    b: float
    rate: float
    efficiency: float

    def head(self, share_of_best: float) -> float:
        """Share of the head that is left.

        C_H = 1 − (1 − C_Q)·(Q/Q_best)^0.75

        Args:
            share_of_best: [-] Q/Q_best
        Returns:
            [-] C_H
        Valid: as `viscosity_factors`.
        Source: ANSI/HI 9.6.7-2010.

        >>> example = viscosity_factors(
        ...     viscosity_m2_per_s=120e-6, best_rate=110 / 3600, best_head=77.0, speed_rpm=2950
        ... )
        >>> abs(example.head(0.6) - 0.958) < 0.002  # its example 1
        True
        """
        return 1 - (1 - self.rate) * share_of_best**0.75

    @property
    def in_range(self) -> bool:
        """Whether B is under 40: beyond it the correlation does not speak."""
        return self.b < LARGEST_B


def viscosity_factors(
    *, viscosity_m2_per_s: float, best_rate: float, best_head: float, speed_rpm: float
) -> ViscosityFactors:
    """Correction of a pump for viscosity by the Hydraulic Institute.

    B = 16.6·√ν·H^0.0625/(Q^0.375·n^0.25), C_Q = 2.71^(−0.165·(lg B)^3.15), C_η = B^(−0.0547·B^0.69); ν cSt, Q
    m³/h, H m

    Args:
        viscosity_m2_per_s: [m²/s] ν
        best_rate: [m³/s] Q at the best efficiency, in water
        best_head: [m] H of a stage there
        speed_rpm: [1/min] n
    Returns:
        all 1 for B ≤ 1
    Valid: 1 < B < 40, Newtonian liquids; beyond, `in_range` is False and the answer the formula's.
    Source: ANSI/HI 9.6.7-2010, its example 1.

    >>> example = viscosity_factors(
    ...     viscosity_m2_per_s=120e-6, best_rate=110 / 3600, best_head=77.0, speed_rpm=2950
    ... )
    >>> abs(example.b / 5.52 - 1) < 0.01, abs(example.rate / 0.938 - 1) < 0.01
    (True, True)
    >>> abs(example.efficiency / 0.738 - 1) < 0.01
    True
    """
    cst, per_hour = viscosity_m2_per_s * 1e6, best_rate * 3600
    b = 16.6 * math.sqrt(max(cst, 0.0)) * best_head**0.0625 / (per_hour**0.375 * speed_rpm**0.25)
    if b <= 1:
        return ViscosityFactors(b, 1.0, 1.0)
    rate = 2.71 ** (-0.165 * math.log10(b) ** 3.15)
    return ViscosityFactors(b, rate, b ** (-0.0547 * b**0.69))


def viscous(curve: Curve, factors: ViscosityFactors) -> Curve:
    """The curve with a viscous liquid.

    Q·C_Q, H·C_H, η·C_η, N·C_Q·C_H/C_η

    Args:
        curve: in water
        factors: of `viscosity_factors`
    Returns:
        in the liquid
    Valid: as `viscosity_factors`.
    Source: ANSI/HI 9.6.7-2010.

    >>> curve = Curve(np.array([0.0, 1e-3, 2e-3, 3e-3]), np.array([8.0, 7.0, 5.0, 2.0]), None, None)
    >>> viscous(curve, ViscosityFactors(1.0, 1.0, 1.0)).head.tolist()  # water stays water
    [8.0, 7.0, 5.0, 2.0]
    """
    best = curve.best_rate
    head = curve.head * np.array([factors.head(float(q) / best) for q in curve.rate])
    efficiency = None if curve.efficiency is None else curve.efficiency * factors.efficiency
    power = None
    if curve.power is not None:
        power = curve.power * factors.rate * (head / np.maximum(curve.head, 1e-9)) / factors.efficiency
    return Curve(curve.rate * factors.rate, head, power, efficiency, curve.frequency_hz)

"""Straight lines: Horner (superposition) and MDH. k from the slope, skin from the height, p* where time has
no end.

Earlougher, *Advances in Well Test Analysis* (SPE Monograph 5, 1977), ch. 5; Lee, *Well Testing* (SPE Textbook
1, 1982), ch. 2. The skin takes the real pressure history into account, so no term for a short producing time
is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.radial import Window
from app.analysis.transient.record import Response

Floats = NDArray[np.float64]
HOUR_S = 3600.0


@dataclass(frozen=True)
class Line:
    """A straight line and what follows from it.

    Attributes:
        slope_pa_per_cycle: [Pa] per log cycle
        one_hour_pa: [Pa] on the line after one hour
        p_star_pa: [Pa] p*, None in a first drawdown
        permeability_m2: [m²]
        permeability_half_width_m2: [m²] of the 95 % interval, by the scatter about the line
        skin: [-]
        residual_pa: [Pa] scatter about the line
    """

    slope_pa_per_cycle: float
    one_hour_pa: float
    p_star_pa: float | None
    permeability_m2: float
    permeability_half_width_m2: float
    skin: float
    residual_pa: float

    def answer(self) -> dict[str, float | None]:
        """The line in the stable JSON of `wellside welltest`.

        Returns:
            key of the JSON → [SI]
        Valid: any line.
        Source: domain/card-format.md.

        >>> line = Line(1e5, 2e7, 2.1e7, 1e-14, 1e-16, 2.0, 500.0)
        >>> line.answer()["p_1h_pa"]
        20000000.0
        """
        return {
            "slope_pa_per_cycle": self.slope_pa_per_cycle,
            "p_1h_pa": self.one_hour_pa,
            "p_star_pa": self.p_star_pa,
            "permeability_m2": self.permeability_m2,
            "skin": self.skin,
            "residual_pa": self.residual_pa,
        }


def horner(response: Response, window: Window) -> Line | None:
    """The line over superposition time, its slope as heard from all good windows.

    p = p* − m′·Σ…, S = ½·[(p₁ₕ − p_wf)/m′ − X(1 h) − Σ Δq_i/q·ln t_i − ln(4·k/(φ·μ·c_t·r_w²)) + 0.5772]

    Args:
        response: pressures and rates
        window: its points and slope
    Returns:
        None where pressure does not rise
    Valid: radial flow; the real history of rates is taken, so no term for a short producing time is left out.
    Source: Earlougher, SPE Monograph 5 (1977), ch. 5; Lee, Well Testing (SPE Textbook 1, 1982), ch. 2.

    >>> from app.analysis import examples
    >>> from app.analysis.transient.radial import between
    >>> lee = examples.buildup()
    >>> line = horner(lee, between(lee, 6 * 3600, 50 * 3600))
    >>> round(line.permeability_m2 / examples.MILLIDARCY, 2), round(line.skin, 2)  # Lee: 7.65 md, 6.37
    (7.74, 6.39)
    >>> round(line.p_star_pa / examples.PSI)  # least squares on 6–50 h: 4576 psi
    4574
    """
    return _line(response, window.points, response.superposition, horner_like=True, slope_pa=window.slope_pa)


def mdh(response: Response, window: Window) -> Line | None:
    """The line of Miller, Dyes and Hutchinson: over the logarithm of time alone.

    p = p₁ₕ + m′·ln(Δt/1 h), k and S as by Horner

    Args:
        response: pressures and rates
        window: its points
    Returns:
        None where pressure does not rise
    Valid: Δt short against the production; longer, k comes out too large.
    Source: Earlougher, SPE Monograph 5 (1977), ch. 5.

    >>> from app.analysis import examples
    >>> from app.analysis.transient.radial import between
    >>> lee = examples.buildup()
    >>> line = mdh(lee, between(lee, 6 * 3600, 50 * 3600))
    >>> round(line.permeability_m2 / examples.MILLIDARCY, 2)  # least squares on 6–50 h: 7.67
    7.67
    """
    return _line(response, window.points, np.log(response.time_s), horner_like=False)


def _line(
    response: Response, window: slice, x: Floats, *, horner_like: bool, slope_pa: float | None = None
) -> Line | None:
    chosen, pressure = x[window], response.pressure_pa[window]
    if len(chosen) < 3 or np.ptp(chosen) <= 0 or np.ptp(pressure) <= 0:
        return None
    centre = float(chosen.mean())
    spread = float(((chosen - centre) ** 2).sum())
    steep = float(((chosen - centre) * pressure).sum()) / spread
    if slope_pa is not None:
        steep = response.sign * slope_pa
    height = float(pressure.mean())
    slope = response.sign * steep
    if slope <= 0:
        return None
    residual = pressure - (height + steep * (chosen - centre))
    deviation = math.sqrt(float((residual**2).sum()) / max(len(chosen) - 2, 1))
    well, rate = response.formation, abs(response.rate_m3_per_s)
    permeability = well.permeability(rate, slope)
    one_hour_x = _x_at(response, HOUR_S, horner_like=horner_like)
    one_hour = height + steep * (one_hour_x - centre)
    # Δp on the line = m′·(X(Δt) + Σ…ln t_i + ln(4·k/(e^γ·φμc_t·r_w²)) + 2s), natural logarithms.
    before = response.superposition_at_change if horner_like else 0.0
    flowing = response.sign * (one_hour - response.start_pa) / slope
    skin = 0.5 * (
        flowing - one_hour_x - before - math.log(4 * well.diffusion_per_s(permeability)) + np.euler_gamma
    )
    p_star = None
    if _shut_in(response):
        # Where X is 0: infinite time for a shut-in; MDH has no such point, the Horner time of its line stands
        # in.
        at_end = 0.0 if horner_like else _mdh_end(response)
        p_star = height + steep * (at_end - centre)
    wide = 1.96 * deviation / math.sqrt(spread) / slope
    return Line(slope * math.log(10), one_hour, p_star, permeability, permeability * wide, skin, deviation)


def _shut_in(response: Response) -> bool:
    """Whether nothing flows after the change: only then the line ends at a pressure."""
    if not response.steps:
        return not response.falling
    flows_on = sum(change for _, change in response.steps) - response.rate_m3_per_s
    return abs(flows_on) <= 1e-6 * abs(response.rate_m3_per_s)


def _x_at(response: Response, time_s: float, *, horner_like: bool) -> float:
    x = math.log(time_s)
    if horner_like:
        x -= sum(
            change / response.rate_m3_per_s * math.log(before + time_s) for before, change in response.steps
        )
    return x


def _mdh_end(response: Response) -> float:
    produced = sum(before * change for before, change in response.steps) / response.rate_m3_per_s
    return math.log(produced) if produced > 0 else math.log(response.time_s[-1])

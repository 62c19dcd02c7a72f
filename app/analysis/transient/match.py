"""Non-linear match of storage, skin and radial flow to a whole response, with intervals.

Fitted are ln k, ln C and S as an engineer lays a type curve on the log-log plot: to the pressure change and
to its superposition derivative, each as near as the gauge allows, points by equal steps of log time, so that
a gauge that writes every second does not outvote the radial flow. Loss: soft L1, for single bad points and
for what a boundary does at the end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient import wellbore
from app.analysis.transient.derivative import derivative_pa
from app.analysis.transient.record import Response

Floats = NDArray[np.float64]
POINTS = 60
PRESSURE_RATIO, SLOPE_RATIO = 0.003, 0.03
"""How well a model can meet a real well, beside the gauge's noise: of the pressure change and of its
derivative.
"""

SMOOTHING = 0.15
STEP = 1e-4
"""Of the numerical gradient: Stehfest carries six digits, a finer step would differentiate its rounding."""
LIMITS = (
    np.array([math.log(1e-20), math.log(1e-14), -7.0]),
    np.array([math.log(1e-9), math.log(1e-1), 250.0]),
)


@dataclass(frozen=True)
class Match:
    """Storage, skin and permeability of a matched response; half widths are of 95 % intervals.

    Attributes:
        permeability_m2: [m²]
        storage_m3_per_pa: [m³/Pa]
        skin: [-]
        permeability_half_width_m2: [m²]
        storage_half_width: [m³/Pa]
        skin_half_width: [-]
        residual_pa: [Pa] RMS over the thinned points
        share: [-] of the whole rise
        misfit: [-] RMS in units of what gauge and model allow: under 1 the model is the well as far as one
            can see
    """

    permeability_m2: float
    storage_m3_per_pa: float
    skin: float
    permeability_half_width_m2: float
    storage_half_width: float
    skin_half_width: float
    residual_pa: float
    share: float
    misfit: float

    @property
    def sure(self) -> bool:
        """Whether permeability is known at all: its interval is narrower than a fifth of it."""
        return self.permeability_half_width_m2 < 0.2 * self.permeability_m2


def thinned(response: Response, points: int = POINTS) -> Response:
    """At most so many samples, spread over log time.

    Args:
        response: n samples
        points: [-] how many at most
    Returns:
        samples of the response itself: nothing is averaged or invented
    Valid: samples whose pressure has not moved are left out.
    Ours: so that a gauge that writes every second does not outvote radial flow.

    >>> from app.analysis import examples
    >>> len(thinned(examples.buildup(), 10).time_s) <= 10
    True
    """
    inside = np.flatnonzero(response.change_pa > 0)
    time_s = response.time_s[inside]
    if len(time_s) > points:
        wanted = np.geomspace(time_s[0], time_s[-1], points)
        inside = inside[np.unique(np.abs(np.log(time_s)[None] - np.log(wanted)[:, None]).argmin(axis=1))]
    return replace(response, time_s=response.time_s[inside], pressure_pa=response.pressure_pa[inside])


def gauge_noise_pa(response: Response) -> float:
    """How rough a record is.

    1.4826·median|p_i − line between its neighbours in ln t|/√1.5, of the later half, at least 2e-4 of the
    range

    Args:
        response: n samples
    Returns:
        [Pa]
    Valid: five samples; fewer: a thousandth of the range.
    Ours: the median, so that a jump is no noise.

    >>> from app.analysis import examples
    >>> round(gauge_noise_pa(examples.buildup()) / examples.PSI, 2)  # printed to the whole psi
    0.66
    """
    x, y = np.log(response.time_s), response.pressure_pa
    if len(x) < 5:
        return max(0.001 * float(np.ptp(y)), 1.0)
    share = (x[1:-1] - x[:-2]) / (x[2:] - x[:-2])
    off = y[1:-1] - ((1 - share) * y[:-2] + share * y[2:])
    late = off[len(off) // 2 :]  # the early rise is curved, not rough
    return max(1.4826 * float(np.median(np.abs(late))) / math.sqrt(1.5), 2e-4 * float(np.ptp(y)))


def fit(response: Response, starts: list[tuple[float, float, float]]) -> Match | None:
    """Storage, skin and radial flow laid through a whole response.

    ln k, ln C and S by least squares with soft L1 on Δp and on its derivative, each over √(noise² + share²)
    of what gauge and model allow, 60 points by log time

    Args:
        response: pressures and rates
        starts: ([m²] k, [m³/Pa] C, [-] S) to begin from; the best end counts
    Returns:
        None with fewer than 6 points
    Valid: k 1e-20 … 1e-9 m², C 1e-14 … 1e-1 m³/Pa, S −7 … 250: bounds of the search; boundaries and changing
        storage are not in the model, `misfit` tells.
    Source: model: Agarwal, Al-Hussainy and Ramey, SPEJ 1970, by Stehfest 1970; the weights are ours.

    >>> from app.analysis import examples
    >>> lee = examples.buildup()
    >>> made = replace(lee, pressure_pa=lee.start_pa + wellbore.change_pa(lee, 8e-15, 4e-8, 5.0))
    >>> found = fit(made, [(7e-15, 3e-8, 4.0)])
    >>> round(found.permeability_m2 * 1e15, 2), round(found.skin, 2)
    (8.0, 5.0)
    """
    from scipy.optimize import least_squares

    part = thinned(response)
    measured = part.change_pa
    if len(measured) < 6:
        return None
    scale = float(measured.max())
    steepness = derivative_pa(part, SMOOTHING, measured)
    noise = gauge_noise_pa(response)
    off_pressure = np.hypot(noise, PRESSURE_RATIO * measured)
    off_slope = np.hypot(noise / (SMOOTHING * math.log(10)), SLOPE_RATIO * np.abs(steepness))

    def residuals(vector: Floats) -> Floats:
        modelled = wellbore.change_pa(part, math.exp(vector[0]), math.exp(vector[1]), vector[2])
        steep = derivative_pa(part, SMOOTHING, modelled)
        return np.r_[(modelled - measured) / off_pressure, (steep - steepness) / off_slope]

    best = None
    for k, c, s in starts:
        first = np.clip([math.log(k), math.log(c), s], LIMITS[0] + 1e-6, LIMITS[1] - 1e-6)
        found = least_squares(
            residuals, first, bounds=LIMITS, loss="soft_l1", x_scale="jac", diff_step=STEP, max_nfev=150
        )
        if best is None or found.cost < best.cost:
            best = found
        if best.cost < 0.02 * len(measured):
            break
    assert best is not None
    return _as_match(best, part, measured, scale)


def _as_match(found: object, part: Response, measured: Floats, scale: float) -> Match:
    x, jacobian = found.x, found.jac  # type: ignore[attr-defined]
    k, c, s = math.exp(x[0]), math.exp(x[1]), float(x[2])
    off = wellbore.change_pa(part, k, c, s) - measured
    n = len(measured)
    variance = 2 * float(found.cost) / max(n - 3, 1)  # type: ignore[attr-defined]
    spread = np.sqrt(np.abs(np.diag(np.linalg.pinv(jacobian.T @ jacobian))) * variance)
    wide = 1.96 * spread
    residual = float(np.sqrt(np.mean(off**2)))
    return Match(
        k,
        c,
        s,
        k * math.expm1(min(wide[0], 50.0)),
        c * math.expm1(min(wide[1], 50.0)),
        float(wide[2]),
        residual,
        residual / scale,
        math.sqrt(float(found.cost) / n),  # type: ignore[attr-defined]
    )


def radial_from_s(response: Response, match: Match, tolerance: float = 0.05) -> float:
    """When the matched well's derivative has come down to its plateau: the end of storage.

    The last time at which |m/m′ − 1| is over `tolerance`; where it comes up from below (stimulated wells),
    over a tenth at most.

    Args:
        response: its rate and formation
        match: of it
        tolerance: [-] share of the plateau
    Returns:
        [s] up to 1e4 times the test's length
    Valid: any match.
    Ours: tolerance instead of a rule of thumb (1.5 log cycles from the end of the unit slope).

    >>> from app.analysis import examples
    >>> lee = examples.buildup()
    >>> well = Match(8e-15, 4e-8, 5.0, 1e-16, 1e-9, 0.1, 0.0, 0.0, 0.5)
    >>> early, late = radial_from_s(lee, well, 0.2), radial_from_s(lee, well, 0.02)
    >>> 1.0 < early / 3600 < late / 3600 < 100.0
    True
    """
    time_s = np.geomspace(response.time_s[0] / 10, response.time_s[-1] * 1e4, 400)
    bare = replace(response, steps=(), time_s=time_s)
    curve = wellbore.change_pa(bare, match.permeability_m2, match.storage_m3_per_pa, match.skin)
    slope = np.gradient(curve, np.log(time_s))
    plateau = response.formation.slope_pa(abs(response.rate_m3_per_s), match.permeability_m2)
    off = slope / plateau - 1
    away = np.flatnonzero((off > tolerance) | (off < -min(tolerance, 0.1)))
    return float(time_s[min(int(away[-1]) + 1, len(time_s) - 1)]) if len(away) else float(time_s[0])


def highest_permeability_m2(response: Response, best: Match) -> float:
    """The largest permeability that still explains a test without radial flow.

    k grows by steps of 10^(1/6) until storage and skin, left free, miss by over twice the best match (or 1 %
    of the rise).

    Args:
        response: pressures and rates
        best: the match it begins from
    Returns:
        [m²] at most 1e4 times the match's
    Valid: skin up to 60.
    Ours: an upper bound is said where k itself cannot be had (domain/wells.md: no plateau, no k).

    >>> from app.analysis import examples
    >>> lee = thinned(examples.buildup(), 12)
    >>> known = Match(7.6e-15, 4e-8, 6.4, 1e-16, 1e-9, 0.1, 3e4, 0.01, 0.5)
    >>> 7.6e-15 <= highest_permeability_m2(lee, known) < 7.6e-11
    True
    """
    from scipy.optimize import least_squares

    part = thinned(response, 30)
    measured = part.change_pa
    allowed = max(2.0 * best.residual_pa, 0.01 * float(measured.max()))
    highest = best.permeability_m2
    for k in best.permeability_m2 * np.geomspace(1, 1e4, 25)[1:]:

        def off(vector: Floats, k: float = float(k)) -> Floats:
            return wellbore.change_pa(part, k, math.exp(vector[0]), vector[1]) - measured

        found = least_squares(
            off,
            [math.log(best.storage_m3_per_pa), min(best.skin, 59.0)],
            bounds=([LIMITS[0][1], -7.0], [LIMITS[1][1], 60.0]),
            x_scale=(1.0, 3.0),
            diff_step=STEP,
            max_nfev=40,
        )
        if float(np.sqrt(np.mean(found.fun**2))) > allowed:
            break
        highest = float(k)
    return highest

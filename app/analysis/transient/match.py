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
    """Half widths are of 95 % intervals; `residual_pa` the RMS over the thinned points, `share` of the whole
    rise.

    `misfit` is the RMS in units of what gauge and model allow: under 1 the model is the well as far as one
    can see.
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
    """At most `points` samples, spread over log time; nothing is averaged or invented."""
    inside = np.flatnonzero(response.change_pa > 0)
    time_s = response.time_s[inside]
    if len(time_s) > points:
        wanted = np.geomspace(time_s[0], time_s[-1], points)
        inside = inside[np.unique(np.abs(np.log(time_s)[None] - np.log(wanted)[:, None]).argmin(axis=1))]
    return replace(response, time_s=response.time_s[inside], pressure_pa=response.pressure_pa[inside])


def gauge_noise_pa(response: Response) -> float:
    """How rough the record is [Pa]: each sample against the line between its neighbours in log time, by the
    median.
    """
    x, y = np.log(response.time_s), response.pressure_pa
    if len(x) < 5:
        return max(0.001 * float(np.ptp(y)), 1.0)
    share = (x[1:-1] - x[:-2]) / (x[2:] - x[:-2])
    off = y[1:-1] - ((1 - share) * y[:-2] + share * y[2:])
    late = off[len(off) // 2 :]  # the early rise is curved, not rough
    return max(1.4826 * float(np.median(np.abs(late))) / math.sqrt(1.5), 2e-4 * float(np.ptp(y)))


def fit(response: Response, starts: list[tuple[float, float, float]]) -> Match | None:
    """The best of several starts (k [m²], C [m³/Pa], S); None with fewer than 6 points."""
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
    """When the matched well's derivative has come down to its plateau within `tolerance` [s]: the end of
    storage.

    Stimulated wells come up to it from below, and slowly: there at most a tenth may be missing.
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
    """The largest k that still explains a test without radial flow, storage and skin (up to 60) left free
    [m²].
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

"""Decline of production by Arps (Trans. AIME 160, 1945): exponential, hyperbolic, harmonic, with intervals.

q(t) = q_i/(1 + b·D_i·t)^(1/b); b = 0 exponential, b = 1 harmonic. D_i is the nominal initial decline [1/s].
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from app.analysis.decline.bend import CERTAIN, Bent, bent
from app.analysis.decline.months import quantile, rough, scale_of
from app.analysis.transient.descent import descend, soft
from app.core.errors import KnownError

Floats = NDArray[np.float64]
SEARCHES = 80
FAR_OFF = 0.1
"""Of a rate: what lies farther off counts by its distance, not by its square."""

LEAST_POINTS = 6
B_KNOWN_TO = 0.4
"""What is known of b before a well has told it."""


@dataclass(frozen=True)
class Decline:
    """A decline curve, with how sure it is.

    Attributes:
        initial_rate: [m³/s] q_i
        initial_decline: [1/s] D_i, nominal
        b: [-] 0 exponential … 1 harmonic
        covariance: [-] (3, 3) of (ln q_i, ln D_i, b)
        spread: [-] of ln q about the curve
        bent: what it may be instead: a fall that quickens; None: nothing hints at it
    """

    initial_rate: float
    initial_decline: float
    b: float
    covariance: Floats | None = None
    spread: float = 0.0
    bent: Bent | None = None

    @property
    def kind(self) -> str:
        """exponential (b under 0.02), hyperbolic or harmonic (over 0.98)."""
        return "exponential" if self.b < 0.02 else "harmonic" if self.b > 0.98 else "hyperbolic"

    def rate(self, time_s: Floats) -> Floats:
        """Rate at a time.

        q = q_i/(1 + b·D_i·t)^(1/b); q_i·exp(−D_i·t) for b = 0

        Args:
            time_s: [s] (n,) from the beginning of the curve
        Returns:
            [m³/s] (n,)
        Valid: t ≥ 0, b 0 … 1.
        Source: Arps, Trans. AIME 160 (1945).

        >>> month = 1.0  # any unit of time does
        >>> round(float(Decline(100.0, 0.05 / month, 0.0).rate(np.array(12.0))), 5)
        54.88116
        >>> round(float(Decline(100.0, 0.1 / month, 0.5).rate(np.array(24.0))), 5)
        20.66116
        >>> round(float(Decline(100.0, 0.1 / month, 1.0).rate(np.array(24.0))), 5)
        29.41176
        """
        return _rate(
            np.asarray(time_s, float), math.log(self.initial_rate), math.log(self.initial_decline), self.b
        )

    def cumulative(self, time_s: float) -> float:
        """Produced from the beginning of the curve.

        N = q_i/((1 − b)·D_i)·[1 − (1 + b·D_i·t)^((b−1)/b)]; q_i/D_i·(1 − e^(−D_i·t)) for b = 0; q_i/D_i·ln(1
        + D_i·t) for b = 1

        Args:
            time_s: [s] until then
        Returns:
            [m³]
        Valid: t ≥ 0, b 0 … 1.
        Source: Arps, Trans. AIME 160 (1945).

        >>> round(Decline(100.0, 0.05, 0.0).cumulative(12.0), 4)
        902.3767
        >>> round(Decline(100.0, 0.1, 0.5).cumulative(24.0), 4)
        1090.9091
        """
        q, d, b = self.initial_rate, self.initial_decline, self.b
        if b < 1e-9:
            return q / d * -math.expm1(-d * time_s)
        if abs(b - 1) < 1e-9:
            return q / d * math.log1p(d * time_s)
        return q / ((1 - b) * d) * (1 - (1 + b * d * time_s) ** ((b - 1) / b))

    def interval(self, time_s: Floats, level: float = 0.8) -> tuple[Floats, Floats]:
        """Where the rate will lie: the curve's own uncertainty and that of single months around it.

        q·exp(±z·√(σ² + Jᵀ·C·J)), J the gradient of ln q by (ln q_i, ln D_i, b); at most as at t = 0; where
        the fall may quicken the lower end is that of both, each by its chance

        Args:
            time_s: [s] (n,)
            level: [-] chance to lie within, 0 … 1
        Returns:
            ([m³/s] (n,) low, [m³/s] (n,) high)
        Valid: as far as the future goes like the past.
        Ours: linear propagation in logarithms, which a short and steep history makes grow for ever; what
            declines gives no more than at its beginning.

        >>> low, high = Decline(100.0, 0.05, 0.0, None, 0.1).interval(np.array([12.0]))
        >>> round(float(np.log(high / low)[0]), 4)  # 2·1.28155·0.1
        0.2563
        """
        time_s = np.concatenate([[0.0], np.asarray(time_s, float)])
        middle = np.log(self.rate(time_s))
        variance = np.full(len(time_s), self.spread**2)
        if self.covariance is not None:
            jacobian = _jacobian(time_s, math.log(self.initial_rate), math.log(self.initial_decline), self.b)
            variance = variance + np.einsum("ni,ij,nj->n", jacobian, self.covariance, jacobian)
        wide = NormalDist().inv_cdf(0.5 + level / 2) * np.sqrt(variance)
        most = middle[0] + wide[0]
        low = middle - wide
        if self.bent is not None:
            low = np.minimum(
                low, _under_both(self.bent, time_s, (middle, np.sqrt(variance)), 0.5 - level / 2)
            )
        return np.exp(low[1:]), np.exp(np.minimum(middle + wide, most)[1:])


def _under_both(bent: Bent, time_s: Floats, curve: tuple[Floats, Floats], share: float) -> Floats:
    """ln q under which a share of both lies: of the curve (ln q, its error) and of the bend going on."""
    ahead, chance = bent.ahead(time_s), bent.chance
    cdf = NormalDist().cdf
    low = np.minimum(curve[0] - 6 * curve[1], ahead[0] - 6 * ahead[1])
    high = np.maximum(curve[0] + curve[1], ahead[0] + ahead[1])

    def under(log_rate: Floats) -> Floats:
        of_curve, of_bend = (
            np.array([cdf(z) for z in ((log_rate - level) / error).tolist()])
            for level, error in (curve, ahead)
        )
        return np.asarray((1 - chance) * of_curve + chance * of_bend)

    return quantile(under, share, low, high)


def _rate(time_s: Floats, log_rate: float, log_decline: float, b: float) -> Floats:
    turned = math.exp(log_decline) * time_s
    if b < 1e-6:
        return np.exp(log_rate - turned)
    return np.exp(log_rate - np.log1p(b * turned) / b)


def _jacobian(time_s: Floats, log_rate: float, log_decline: float, b: float) -> Floats:
    steps = np.eye(3) * (1e-6, 1e-6, 1e-5)
    first = np.array([log_rate, log_decline, max(b, 1e-4)])
    columns = []
    for step in steps:
        up, down = _rate(time_s, *(first + step)), _rate(time_s, *(first - step))
        columns.append((np.log(up) - np.log(down)) / (2 * step.sum()))
    return np.stack(columns, axis=1)


def fit(time_s: Floats, rate: Floats, *, b: float | None = None) -> Decline:
    """A decline laid through rates in logarithms, bad months damped.

    least squares of ln q with soft L1 beyond 10 %, t from the first known rate

    Args:
        time_s: [s] (n,) rising
        rate: [m³/s] (n,); unknown and zero rates are left out
        b: [-] fixes the kind; free it lies in 0 … 1
    Returns:
        with its covariance
    Raises:
        KnownError: decline_few_points under six rates, decline_not_falling
    Valid: one way of working the well: a step in it is no decline.
    Source: Arps, Trans. AIME 160 (1945); the fit is ours.

    >>> month = np.arange(24.0)
    >>> found = fit(month, 100 * np.exp(-0.05 * month), b=0.0)
    >>> round(found.initial_rate, 3), round(found.initial_decline, 5)
    (100.0, 0.05)
    """
    good = np.isfinite(rate) & (rate > 0)
    if good.sum() < LEAST_POINTS:
        raise KnownError("decline_few_points", count=int(good.sum()), least=LEAST_POINTS)
    t, log_q = np.asarray(time_s, float)[good], np.log(np.asarray(rate, float)[good])
    t = t - t[0]
    steep = -float(np.polyfit(t, log_q, 1)[0])
    if steep <= 0:
        raise KnownError("decline_not_falling")
    first = [float(log_q[:3].max()), math.log(steep), 0.5 if b is None else b]
    free = 3 if b is None else 2

    def off(vectors: Floats) -> Floats:
        curves = [_rate(t, v[0], v[1], float(v[2]) if free == 3 else float(first[2])) for v in vectors]
        return soft((np.log(np.maximum(curves, 1e-300)) - log_q) / FAR_OFF)

    low, high = np.array([-80.0, -60.0, 0.0])[:free], np.array([80.0, 0.0, 1.0])[:free]
    # From gentle and steep beginnings, straight and bent: a start whose bend met its bound may stay there.
    starts = [
        [first[0] + bend * steeper, first[1] + steeper, bend]
        for steeper in (0.0, 1.0)
        for bend in ((0.05, 0.5, 0.95) if b is None else (b,))
    ]
    found = descend(off, np.array(starts)[:, :free], (low, high), SEARCHES)
    best, slope = found.vectors[0], FAR_OFF * found.gradients[0]
    shape = float(best[2]) if free == 3 else float(first[2])
    residual = np.log(np.maximum(_rate(t, best[0], best[1], shape), 1e-300)) - log_q
    spread = scale_of(residual)
    covariance = np.zeros((3, 3))
    covariance[:free, :free] = np.linalg.pinv(slope.T @ slope) * spread**2
    return Decline(math.exp(best[0]), math.exp(best[1]), shape, covariance, spread)


def best_fit(time_s: Floats, rate: Floats) -> tuple[Decline, dict[str, float]]:
    """The kind of decline that explains rates best.

    least AIC = n·ln(mean squared ln error) + 2·(parameters)

    Args:
        time_s: [s] (n,)
        rate: [m³/s] (n,)
    Returns:
        (the best, kind → [-] AIC)
    Raises:
        KnownError: as `fit`; decline_quickens where rates fall faster and faster
    Valid: as `fit`. What has not begun by the last rate (water that is yet to break through) is not foretold.
    Source: Arps, Trans. AIME 160 (1945); Akaike's criterion decides.

    >>> month = np.arange(36.0)
    >>> best, scores = best_fit(month, np.round(100 / (1 + 0.1 * month), 1))
    >>> best.kind, min(scores, key=scores.get)
    ('harmonic', 'harmonic')
    """
    known = {
        "exponential": fit(time_s, rate, b=0.0),
        "hyperbolic": fit(time_s, rate),
        "harmonic": fit(time_s, rate, b=1.0),
    }
    good = np.isfinite(rate) & (rate > 0)
    t, log_q = (
        np.asarray(time_s, float)[good] - np.asarray(time_s, float)[good][0],
        np.log(np.asarray(rate, float)[good]),
    )
    bow = bent(t, log_q)
    if bow.sigmas < -CERTAIN:
        raise KnownError("decline_quickens", count=len(t))
    scores = {}
    for name, decline in known.items():
        off = np.log(decline.rate(t)) - log_q
        scores[name] = float(
            len(t) * math.log(max(float(np.mean(off**2)), 1e-300)) + 2 * (3 if name == "hyperbolic" else 2)
        )
    best = honest(known[min(scores, key=lambda name: scores[name])], t, log_q)
    return replace(best, bent=bow if bow.chance > 0 else None), scores


def honest(decline: Decline, time_s: Floats, log_rate: Floats) -> Decline:
    """A decline as sure as its months allow.

    C = [JᵀJ/σ²·(1 − ρ)/(1 + ρ) + diag(0, 0, 1/0.4²)]⁻¹·f², σ² = s²·n/(n − 3)/(1 − (1 + ρ)/(1 − ρ)/n); ρ the
    correlation of neighbouring months, b known to 0.4 before anything is seen, whatever kind was chosen, f
    Student's over the normal quantile at n·(1 − ρ)/(1 + ρ) − 3 degrees

    Args:
        decline: laid through the months
        time_s: [s] (n,) of the months, from the curve's beginning
        log_rate: [-] (n,) ln of their rates [m³/s]
    Returns:
        the same curve with its covariance and spread
    Valid: six months; one way of working the well.
    Source: effective number by Bayley and Hammersley (1946); the rest is ours: neighbouring months are alike
        and the kind is not known: intervals of independent months held 36–72 % where they said 80 %.

    >>> month = np.arange(36.0)
    >>> rough = np.sin(month * 0.9) * 0.1
    >>> plain = fit(month, np.exp(4 - 0.05 * month + rough), b=0.0)
    >>> wide = honest(plain, month, 4 - 0.05 * month + rough)
    >>> bool(np.log(wide.interval(np.array([60.0]))[1]) > np.log(plain.interval(np.array([60.0]))[1]))
    True
    """
    n = len(time_s)
    seen = rough(log_rate - np.log(decline.rate(time_s)))
    share = seen.share
    variance = seen.variance / max(1 - 1 / (share * n), 0.5)
    slopes = _jacobian(time_s, math.log(decline.initial_rate), math.log(decline.initial_decline), decline.b)
    known = slopes.T @ slopes / variance * share + np.diag([0.0, 0.0, 1 / B_KNOWN_TO**2])
    z = NormalDist().inv_cdf(0.9)
    wider = 1 + (z**2 + 1) / (4 * max(share * n - 3, 2.0))
    return replace(
        decline,
        covariance=np.asarray(np.linalg.pinv(known) * wider**2, float),
        spread=math.sqrt(variance) * wider,
    )

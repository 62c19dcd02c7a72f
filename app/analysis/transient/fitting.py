"""A model laid through a whole response: pressure change and derivative, as near as gauge and model allow.

As an engineer lays a type curve on the log-log plot: points by equal steps of log time, so that a gauge that
writes every second does not outvote radial flow; loss soft L1, for single bad points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.derivative import derivative_pa
from app.analysis.transient.descent import Descent, descend, soft
from app.analysis.transient.models import Model
from app.analysis.transient.record import Response
from app.analysis.transient.superposed import SMOOTHING, Superposed, superposed

Floats = NDArray[np.float64]
POINTS = 60
PRESSURE_RATIO, SLOPE_RATIO = 0.003, 0.03
"""How well a model can meet a real well, beside the gauge's noise: of the pressure change and of its
derivative.
"""

STORED, FALLING, FALLS_WITHIN, LEAVES_CYCLES = 0.8, 0.25, 1.2, 1.0
"""Derivative over pressure change while the wellbore rules (1 on the unit slope), and on the way down from
its hump; log cycles that way takes at most, and that storage takes to go.
"""

RESAMPLES, BLOCK = 200, 6
FIRST_ITERATIONS, GO_ON = 8, 2
"""All starts go down so far, then the best go on to the end."""


@dataclass(frozen=True)
class Fit:
    """A model that was laid through a response.

    Attributes:
        model: which
        vector: [as searched] (p,)
        residuals: [-] (2n,) of pressure change and derivative, in units of what gauge and model allow, soft
        gradient: [-] (2n, p)
        residual_pa: [Pa] RMS of the pressure change over the thinned points
        share: [-] of the whole rise
        free: (p,) which parameters were looked for
    """

    model: Model
    vector: Floats
    residuals: Floats
    gradient: Floats
    residual_pa: float
    share: float
    free: NDArray[np.bool_]

    @property
    def values(self) -> dict[str, float]:
        """Physical values by name [unit of the name]."""
        return self.model.physical(self.vector)

    @property
    def misfit(self) -> float:
        """RMS in units of what gauge and model allow [-]: under 1 the model is the well as far as one can
        see.
        """
        return math.sqrt(float((self.residuals**2).sum()) / len(self.residuals))

    @property
    def permeability_m2(self) -> float:
        """k [m²]."""
        return self.values["permeability_m2"]

    @property
    def storage_m3_per_pa(self) -> float:
        """C [m³/Pa]."""
        return self.values["wellbore_storage_m3_per_pa"]

    @cached_property
    def draws(self) -> Floats:
        """What other noise would have given [as searched] (RESAMPLES, p): a bootstrap by blocks of residuals.

        Blocks, because neighbouring residuals are alike; one Gauss-Newton step for each draw.
        """
        rng = np.random.default_rng(19)
        n = len(self.residuals) // 2
        block = min(BLOCK, n)
        starts = rng.integers(0, n - block + 1, (RESAMPLES, -(-n // block)))
        at = (starts[:, :, None] + np.arange(block)).reshape(RESAMPLES, -1)[:, :n]
        drawn = np.concatenate([self.residuals[at], self.residuals[at + n]], axis=1)
        lost = len(self.residuals) / 2 / max(len(self.residuals) / 2 - self.free.sum(), 1)
        steps = drawn @ np.linalg.pinv(self.gradient[:, self.free], rcond=1e-9).T * math.sqrt(lost)
        moved = np.repeat(self.vector[None], RESAMPLES, axis=0)
        moved[:, self.free] += steps - steps.mean(axis=0)
        return moved

    @cached_property
    def spread(self) -> Floats:
        """Standard deviations [as searched] (p,): of logarithms they are shares."""
        return np.asarray(self.draws.std(axis=0))

    @property
    def intervals(self) -> dict[str, tuple[float, float]]:
        """95 % intervals by name [unit of the name]."""
        found = {}
        for one, value, spread in zip(
            self.model.parameters, self.vector.tolist(), self.spread.tolist(), strict=True
        ):
            low, high = value - 1.96 * min(spread, 30.0), value + 1.96 * min(spread, 30.0)
            found[one.name] = (math.exp(low), math.exp(high)) if one.log else (low, high)
        return found

    @property
    def correlation(self) -> Floats:
        """Of the parameters [-] (p, p); 0 where one stands still."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.nan_to_num(np.corrcoef(self.draws.T)))

    @property
    def sure(self) -> bool:
        """Whether permeability is known at all: its interval is narrower than a fifth of it."""
        return bool(1.96 * self.spread[0] < 0.2)


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


@dataclass(frozen=True)
class Fitter:
    """What a response asks of every model.

    Attributes:
        whole: the response thinned, with its matrices
        slope_pa: [Pa] (n,) measured derivative
        off_pressure_pa: [Pa] (n,) that gauge and model allow
        off_slope_pa: [Pa] (n,) the same of the derivative
        stored_seen: a unit slope was recorded
    """

    whole: Superposed
    slope_pa: Floats
    off_pressure_pa: Floats
    off_slope_pa: Floats
    stored_seen: bool

    @property
    def response(self) -> Response:
        """The thinned response."""
        return self.whole.response

    def residuals(self, model: Model, vectors: Floats) -> Floats:
        """How far off models are.

        Args:
            model: which
            vectors: [as searched] (b, p)
        Returns:
            [-] (b, 2n) soft
        Valid: as the model.
        Ours: the weights; the loss is `soft`.

        >>> from app.analysis import examples
        >>> lee = fitter(examples.buildup())
        >>> values = {"permeability_m2": 7.65e-15, "wellbore_storage_m3_per_pa": 1e-8, "skin": 6.37}
        >>> lee.residuals(Model(), Model().searched(values)[None]).shape
        (1, 40)
        """
        change, slope = self.whole.modelled_pa(model, vectors)
        off = np.concatenate(
            [
                (change - self.response.change_pa) / self.off_pressure_pa,
                (slope - self.slope_pa) / self.off_slope_pa,
            ],
            axis=1,
        )
        return soft(off)

    def fit(
        self,
        model: Model,
        starts: Floats,
        fixed: dict[str, float] | None = None,
        iterations: int = 60,
        hopeless: float = math.inf,
    ) -> Fit:
        """The model laid through the response from the best of some starts.

        Args:
            model: which
            starts: [as searched] (m, p)
            fixed: values by name that stand [unit of the name]
            iterations: [-] at most, of the best starts
            hopeless: [-] misfit over which the best starts do not go on
        Returns:
            the best end
        Valid: as `descend`.
        Source: model: see there; the weights are ours.

        >>> from app.analysis import examples
        >>> lee = fitter(examples.buildup())
        >>> values = {"permeability_m2": 5e-15, "wellbore_storage_m3_per_pa": 3e-8, "skin": 4.0}
        >>> found = lee.fit(Model(), Model().searched(values)[None])
        >>> round(found.permeability_m2 / examples.MILLIDARCY, 1)  # Lee: 7.65 md; its end feels a boundary
        8.8
        """
        free = np.array([name not in (fixed or {}) for name in model.names])
        starts = starts.copy()
        if fixed:
            there = model.searched({**model.physical(starts[0]), **fixed})
            starts[:, ~free] = there[~free]
        low, high = model.limits

        def off(part: Floats) -> Floats:
            whole = np.repeat(starts[:1], len(part), axis=0)
            whole[:, free] = part
            return self.residuals(model, whole)

        bounds = (low[free], high[free])
        found = descend(off, starts[:, free], bounds, FIRST_ITERATIONS)
        if math.sqrt(2 * float(found.costs[0]) / found.residuals.shape[1]) < hopeless:
            found = descend(off, found.vectors[:GO_ON], bounds, iterations)
        return self._as_fit(model, found, starts[0], free)

    def _as_fit(self, model: Model, found: Descent, base: Floats, free: NDArray[np.bool_]) -> Fit:
        vector = base.copy()
        vector[free] = found.vectors[0]
        change, _ = self.whole.modelled_pa(model, vector[None])
        measured = self.response.change_pa
        residual = float(np.sqrt(np.mean((change[0] - measured) ** 2)))
        gradient = np.zeros((found.residuals.shape[1], len(vector)))
        gradient[:, free] = found.gradients[0]
        share = residual / float(measured.max())
        return Fit(model, vector, found.residuals[0], gradient, residual, share, free)


def fitter(response: Response, points: int = POINTS) -> Fitter:
    """What a response asks of every model, worked out once.

    σ² = noise² + share², of Δp 0.3 %, of the derivative 3 %

    Args:
        response: pressures and rates
        points: [-] at most so many samples are heard
    Returns:
        to fit models with
    Valid: six samples that moved.
    Ours: the shares: how near models come to real wells.

    >>> from app.analysis import examples
    >>> len(fitter(examples.buildup()).slope_pa)
    20
    """
    part = thinned(response, points)
    slope = derivative_pa(part, SMOOTHING)
    noise = gauge_noise_pa(response)
    stored = wellbore_rules(part.time_s, part.change_pa, slope, noise)
    return Fitter(
        superposed(part),
        slope,
        np.hypot(noise, PRESSURE_RATIO * part.change_pa),
        np.hypot(noise / (SMOOTHING * math.log(10)), SLOPE_RATIO * np.abs(slope)),
        bool(stored.any()),
    )


def wellbore_rules(time_s: Floats, change_pa: Floats, slope_pa: Floats, noise_pa: float) -> Floats:
    """How far the wellbore has the say: 1 to the end of storage, then falling over a log cycle.

    Storage: the derivative is over 0.8 of the change, or over a quarter of it and about to fall to a third
    within 1.2 log cycles (a fracture's falls slower).

    Args:
        time_s: [s] (n,)
        change_pa: [Pa] (n,)
        slope_pa: [Pa] (n,) its derivative
        noise_pa: [Pa] of the gauge
    Returns:
        [-] (n,) 0 … 1; 0 throughout where no storage was recorded
    Valid: any response.
    Ours: a rule of thumb lets storage go after a cycle and a half; most of it is over after one.

    >>> t = np.geomspace(1, 1e4, 5)
    >>> wellbore_rules(t, t, np.array([1.0, 9.5, 50.0, 40.0, 40.0]), 0.01).tolist()
    [1.0, 1.0, 0.0, 0.0, 0.0]
    """
    share = slope_pa / np.maximum(change_pa, 1e-9)
    soon = [slope_pa[(time_s >= at) & (time_s <= at * 10**FALLS_WITHIN)].min() for at in time_s]
    falls = (share > FALLING) & (np.array(soon) < slope_pa / 3)
    seen = (change_pa > 10 * noise_pa) & ((share > STORED) | falls)
    if not seen.any():
        return np.zeros(len(time_s))
    last = time_s[np.flatnonzero(seen)[-1]]
    return np.clip(1 - np.log10(time_s / last) / LEAVES_CYCLES, 0.0, 1.0)

"""Whether a gauge that drifts would look like the edge or the second rock that a record speaks for."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.transient import contest, fitting
from app.analysis.transient.contest import PLAUSIBLE, Contest
from app.analysis.transient.fitting import Fit, Fitter
from app.analysis.transient.models import Model
from app.analysis.transient.record import Formation, Response

MOST_PA_PER_S = 0.2
"""0.7 kPa an hour: ours, what old strain gauges may do; quartz drifts a hundredth of it."""
OTHER_K, OTHER_SKIN = 0.1, 0.5
"""From what on two answers are two wells: of ln k, and of the skin. Ours."""
STEPS, CLOSER = 9, 3
"""Drifts tried between the ends, and how many times between the two beside the best."""


@dataclass(frozen=True)
class Drift:
    """A drift with which the plain model describes the record as well.

    Attributes:
        pa_per_s: [Pa/s] of the gauge
        fit: the plain model without it
        ahead: [-] of AICc, by that it is better than the model that speaks; under zero: worse
    """

    pa_per_s: float
    fit: Fit
    ahead: float = 0.0

    def contradicts(self, answer: Fit, formation: Formation) -> bool:
        """Whether a drift that is as likely makes another well of it.

        k apart by over a tenth, or skin by over 0.5

        Args:
            answer: the model that speaks
            formation: of the test
        Returns:
            False where the drift is less likely
        Valid: any.
        Ours: what an engineer would decide otherwise by.

        >>> from app.analysis import examples
        >>> plain, formation = examples.contested().of(Model()), examples.buildup().formation
        >>> Drift(0.1, plain).contradicts(plain, formation)  # k and skin are the same
        False
        """
        apart = abs(math.log(self.fit.permeability_m2 / answer.permeability_m2))
        skins = abs(self.fit.values["skin"] - answer.model.skin_of(answer.values, formation))
        return self.ahead >= 0 and (apart > OTHER_K or skins > OTHER_SKIN)


def drift_alike(response: Response, fitter: Fitter, found: Contest, answer: Fit) -> Drift | None:
    """The drift of a gauge that explains a record as well as the model that speaks.

    Δp − d·t, |d| ≤ 0.2 Pa/s, laid through by storage and skin alone; as well: AICc within 6

    Args:
        response: pressures and rates
        fitter: of it
        found: all models laid through it
        answer: the one that speaks
    Returns:
        None where no drift does, or the plain model speaks itself
    Valid: drift that is even in time.
    Ours: one number more than the plain model has, as a fault is.

    >>> from app.analysis import examples
    >>> lee, found = examples.buildup(), examples.contested()
    >>> drift_alike(lee, fitting.fitter(lee), found, found.of(Model())) is None
    True
    """
    plain = found.of(Model())
    if plain is None or answer.model == Model() or answer.model.well != "vertical":
        return None

    def without(drift: float) -> Fit:
        sign = -1.0 if response.falling else 1.0
        moved = replace(response, pressure_pa=response.pressure_pa - sign * drift * response.time_s)
        told = fitting.fitter(moved)
        return told.fit(Model(), Model().searched(plain.values)[None], iterations=25)

    best, at = nearest(without, plain, MOST_PA_PER_S)
    ahead = better_by(best, answer, found)
    return Drift(at, best, ahead) if at and ahead >= -PLAUSIBLE else None


def nearest(fit_at: Callable[[float], Fit], plain: Fit, most: float) -> tuple[Fit, float]:
    """The value of one number more with which the plain model comes nearest.

    nine values between −most and most, nine between the two beside the best, and nine once more

    Args:
        fit_at: [any] value → the plain model with it
        plain: the plain model without it
        most: [any] of the value
    Returns:
        (its fit, [any] the value; 0 where none is nearer than none at all)
    Valid: one best value.
    Ours: a record is laid through anew for each.

    >>> from app.analysis import examples
    >>> plain = examples.contested().of(Model())
    >>> nearest(lambda _: plain, plain, 1.0)[1]
    0.0
    """
    low, high = -most, most
    best, at = plain, 0.0
    for _ in range(CLOSER):
        tried = [(value, fit_at(value)) for value in np.linspace(low, high, STEPS).tolist()]
        value, fit = min(tried, key=lambda one: one[1].misfit)
        if fit.misfit < best.misfit:
            best, at = fit, value
        step = (high - low) / (STEPS - 1)
        low, high = max(at - step, -most), min(at + step, most)
    return best, at


def better_by(other: Fit, answer: Fit, found: Contest) -> float:
    """How much a plain model with one number more is ahead of the model that speaks.

    difference of AICc, less two for the number

    Args:
        other: the plain model with it
        answer: the model that speaks
        found: all models laid through the record
    Returns:
        [-] under zero: it is worse
    Valid: fits of one record.
    Source: as `contest.score`.

    >>> from app.analysis import examples
    >>> found = examples.contested()
    >>> better_by(found.best, found.best, found)
    -2.0
    """
    return contest.score(answer, found.independent) - contest.score(other, found.independent) - 2

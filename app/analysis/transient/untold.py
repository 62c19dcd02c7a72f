"""Whether another time of flow than was told would look like the edge that a shut-in speaks for."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from app.analysis.transient import fitting
from app.analysis.transient.contest import PLAUSIBLE, Contest
from app.analysis.transient.drifting import better_by, nearest
from app.analysis.transient.fitting import Fit
from app.analysis.transient.models import Model
from app.analysis.transient.record import Response
from app.core.errors import Remark

MOST = math.log(50.0)
"""Hours told as days are 24 times off; a rate that was cut before the shut-in makes the flow before it a few
times as long by Horner's approximation."""
LEAST = math.log(1.2)
"""Nearer to what was told no one would speak of another history."""


@dataclass(frozen=True)
class Untold:
    """A time of flow with which the plain model describes a shut-in as well.

    Attributes:
        told_s: [s] that was told
        other_s: [s] at the rate before the shut-in
        fit: the plain model with it
    """

    told_s: float
    other_s: float
    fit: Fit

    @property
    def said(self) -> tuple[Remark, ...]:
        """What is told of it."""
        well = {"permeability": self.fit.permeability_m2, "skin": self.fit.values["skin"]}
        return (("history_alike", {"told": self.told_s, "other": self.other_s, **well}),)


def history_alike(response: Response, found: Contest, answer: Fit) -> Untold | None:
    """The time of flow that explains a shut-in as well as the model that speaks.

    the plain model with t_p·f, ln f between −ln 50 and ln 50; as well: AICc within 6

    Args:
        response: pressures and rates
        found: all models laid through it
        answer: the one that speaks
    Returns:
        None where none does, where the plain model speaks itself or where more than one rate was told
    Valid: one rate before the shut-in; what is produced over the last rate stands for more (Horner).
    Source: Horner, Third World Petroleum Congress (1951), for the time of flow; the comparison is ours.

    >>> from app.analysis import examples
    >>> found = examples.contested()
    >>> history_alike(examples.buildup(), found, found.of(Model())) is None
    True
    """
    plain = found.of(Model())
    if (
        plain is None
        or answer.model == Model()
        or answer.model.well != "vertical"
        or len(response.steps) != 1
    ):
        return None
    [(told, rate)] = response.steps

    def with_time(log_factor: float) -> Fit:
        moved = replace(response, steps=((told * math.exp(log_factor), rate),))
        return fitting.fitter(moved).fit(Model(), Model().searched(plain.values)[None], iterations=25)

    fit, at = nearest(with_time, plain, MOST)
    if abs(at) < LEAST or better_by(fit, answer, found) < -PLAUSIBLE:
        return None
    return Untold(told, told * math.exp(at), fit)

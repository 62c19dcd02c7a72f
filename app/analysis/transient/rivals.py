"""What else a record may be, how long a test would tell, and how large k can be where it is not known."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.contest import PLAUSIBLE, Contest, score
from app.analysis.transient.fitting import Fit, Fitter
from app.analysis.transient.models import Model
from app.analysis.transient.record import Response
from app.analysis.transient.superposed import at_times, superposed

Floats = NDArray[np.float64]
APART, SKIN_APART = 0.1, 0.5
"""Answers that differ by more are different answers: share of k, skin."""

TOLD_APART = 0.2
"""Derivatives that differ by this share are told apart by a look at the plot."""

LATEST = 300.0
"""Times the test's own length that is still looked at."""

BOUND_STEPS, CERTAIN = 16, 4.0
"""Steps of k upwards, over two decades; AICc by which a k is refused."""

OF_THE_GAUGE = 1.03
"""A bound leaves that to a gauge that drifts: of 11 made tests with 2 mPa/s of drift or noise two bounds lay
1 % under the truth."""


@dataclass(frozen=True)
class Rival:
    """Another model that the record allows.

    Attributes:
        fit: of it
        skin: [-] its whole skin
        until_s: [s] how long a test would tell it from the answer; None where none would
    """

    fit: Fit
    skin: float
    until_s: float | None


def rivals(found: Contest, answer: Fit, response: Response) -> tuple[Rival, ...]:
    """Models nearly as good as the answer that say another k or skin.

    Args:
        found: all models laid through the response
        answer: the one that speaks
        response: rates and formation
    Returns:
        the best first, one of each family
    Valid: any contest; those that leave k open themselves say nothing.
    Ours: 10 % of k and half a unit of skin: what engineers call another answer.

    >>> from app.analysis import examples
    >>> from app.analysis.transient.fitting import fitter
    >>> lee, found = fitter(examples.buildup()), examples.contested()
    >>> all(one.fit != found.best for one in rivals(found, found.best, lee.response))
    True
    """
    rock = response.formation
    skin = answer.model.skin_of(answer.values, rock)
    told = []
    for one in found.fits:
        if one is answer or found.behind(one) > found.behind(answer) + PLAUSIBLE or open_wide(one):
            continue
        other = one.model.skin_of(one.values, rock)
        apart = abs(math.log(one.permeability_m2 / answer.permeability_m2)) > APART
        if apart or abs(other - skin) > SKIN_APART:
            told.append(Rival(one, other, told_apart_s(response, answer, one)))
    return tuple(told)


def as_likely(found: Contest, answer: Fit) -> tuple[Model, ...]:
    """Other models that the record allows as well: which edge it is, it does not tell.

    Args:
        found: all models laid through the response
        answer: the one that speaks
    Returns:
        the best first
    Valid: an answer that is not the plain model.
    Source: Burnham and Anderson (2002), as `contest.PLAUSIBLE`.

    >>> from app.analysis import examples
    >>> found = examples.contested()
    >>> found.best.model in as_likely(found, found.best)
    False
    """
    if answer.model == Model():
        return ()
    limit = found.behind(answer) + PLAUSIBLE
    return tuple(one.model for one in found.fits if one is not answer and found.behind(one) <= limit)


def open_wide(one: Fit) -> bool:
    """Whether a model leaves k open altogether: by more than half of it.

    Args:
        one: a fit
    Returns:
        then it says nothing against another
    Valid: any fit.
    Ours: half.

    >>> import types
    >>> open_wide(types.SimpleNamespace(spread=np.array([0.4])))
    True
    """
    return bool(1.96 * one.spread[0] > 0.5)


def told_apart_s(response: Response, one: Fit, other: Fit) -> float | None:
    """Until when the test would have to last for two models to part.

    The first time after its end at which their derivatives differ by a fifth.

    Args:
        response: rates and times
        one: a fit
        other: another
    Returns:
        [s] None where they do not part within 300 times its length
    Valid: the rates stand as they are.
    Ours: a fifth is seen on the plot.

    >>> from app.analysis import examples
    >>> found = examples.contested()
    >>> told_apart_s(examples.buildup(), found.best, found.best) is None
    True
    """
    last = float(response.time_s[-1])
    whole = superposed(at_times(response, np.geomspace(last / 10, last * LATEST, 60)))
    slopes = [whole.modelled_pa(fit.model, fit.vector[None])[1][0] for fit in (one, other)]
    safe = [np.maximum(slope, 1e-9 * float(np.abs(slope).max())) for slope in slopes]
    apart = np.abs(np.log(safe[0] / safe[1])) > TOLD_APART
    after = np.flatnonzero(apart & (whole.response.time_s > last))
    return float(whole.response.time_s[after[0]]) if len(after) else None


def radial_from_s(response: Response, fit: Fit, tolerance: float = 0.05) -> float:
    """When a model's derivative in an endless formation has come to its plateau for good.

    The last time at which |m/m′ − 1| is over `tolerance`; where it comes up from below (stimulated wells),
    over a tenth at most.

    Args:
        response: its rate and formation
        fit: of a model; its edges are taken away
        tolerance: [-] share of the plateau
    Returns:
        [s] up to 1e4 times the test's length
    Valid: any fit.
    Ours: tolerance instead of a rule of thumb (1.5 log cycles from the end of the unit slope).

    >>> from app.analysis import examples
    >>> found = examples.contested()
    >>> early, late = (radial_from_s(examples.buildup(), found.best, share) for share in (0.2, 0.02))
    >>> 1.0 < early / 3600 < late / 3600 < 100.0
    True
    """
    endless = replace(fit.model, edges="infinite")
    vector = endless.searched(fit.values)
    time_s = np.geomspace(response.time_s[0] / 10, response.time_s[-1] * 1e4, 200)
    curve = endless.pressure_d(time_s, vector[None], response.formation)[0]
    off = 2 * np.gradient(curve, np.log(time_s)) - 1  # p_D′ of radial flow is a half
    away = np.flatnonzero((off > tolerance) | (off < -min(tolerance, 0.1)))
    return float(time_s[min(int(away[-1]) + 1, len(time_s) - 1)]) if len(away) else float(time_s[0])


def highest_permeability_m2(fitter: Fitter, found: Contest) -> float:
    """The largest permeability that still explains a test in which k is not known.

    k grows in steps until a model, all else left free, is refused by AICc: the step at which it is; the
    largest of all models that are not refused themselves: a fracture's k lies above what a plain well would
    have.

    Args:
        fitter: the response
        found: all models laid through it
    Returns:
        [m²] at most a hundred times the largest
    Valid: the models that were tried.
    Ours: an upper bound is said where k itself cannot be had (domain/wells.md: no plateau, no k).

    >>> from app.analysis import examples
    >>> from app.analysis.transient.fitting import fitter
    >>> lee, found = fitter(examples.buildup()), examples.contested()
    >>> 7.3e-15 <= highest_permeability_m2(lee, found) < 7.3e-13
    True
    """
    possible = [one for one in found.fits if found.behind(one) <= PLAUSIBLE + CERTAIN]
    return OF_THE_GAUGE * max(_highest(fitter, one, found) for one in possible[:4])


def _highest(fitter: Fitter, one: Fit, found: Contest) -> float:
    allowed = max(score(one, found.independent), found.scores[0]) + CERTAIN
    k, at = one.permeability_m2, one
    for k in (one.permeability_m2 * np.geomspace(1, 100, BOUND_STEPS)[1:]).tolist():
        begin = one.model.searched({**at.values, "permeability_m2": min(k, 9e-10)})
        at = fitter.fit(one.model, begin[None], {"permeability_m2": min(k, 9e-10)}, iterations=15)
        # One value less is free: it is not cheaper for that.
        if score(at, found.independent) + 2 > allowed:
            break
    return float(k)


def plain_fit(found: Contest) -> Fit:
    """The plain model's fit, which every contest has.

    Args:
        found: a contest
    Returns:
        storage, skin and radial flow
    Valid: any contest.
    Ours: the plain model is what straight lines are compared with.

    >>> from app.analysis import examples
    >>> plain_fit(examples.contested()).model.code
    'homogeneous'
    """
    plain = found.of(Model())
    return plain if plain is not None else found.best

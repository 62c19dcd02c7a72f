"""From a response to k, skin, p* and storage: regimes, models, the straight line, and what cannot be had.

Flow regimes are named first, then models are laid through the record and weighed. A model speaks where it is
as near as the gauge allows. Real wells store unevenly: else the straight line of radial flow speaks, as long
as the model agrees with it. Without radial flow, or the shape of a model that is sure of it, k is not
determined: an upper bound is given. What else the record may be is said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient import contest, fitting, radial, rivals, semilog, starting
from app.analysis.transient.contest import Contest
from app.analysis.transient.derivative import derivative_pa
from app.analysis.transient.drifting import Drift, drift_alike
from app.analysis.transient.fitting import Fit, Fitter
from app.analysis.transient.models import Model
from app.analysis.transient.radial import Window
from app.analysis.transient.record import Response
from app.analysis.transient.regimes import Regime, regimes
from app.analysis.transient.relatives import ENOUGH, EXACT
from app.analysis.transient.rivals import Rival
from app.analysis.transient.semilog import Line
from app.analysis.transient.untold import history_alike
from app.core.errors import Remark

Floats = NDArray[np.float64]
FAIR = contest.POOR
"""Misfit of a model that is like the well (`EXACT`: that is it)."""

ROUGH = 1.0
"""Misfit from which a model that speaks is off by more than gauge and model allow."""

PRECISE = 0.05
LEAST_RADIAL_CYCLES = 0.3
SHORT_LINE = 0.3
STORAGE_LEFT = 0.3
"""A line may begin where storage still adds this share to the slope: its straightness is tested anyway."""

AGREES, THE_SAME = 0.1, 0.05
"""How far the line's k may be from the model's to be heard beside it, and to need no second voice."""

CHOSEN = "model_chosen"
STORED_TO_THE_END = 0.55
"""Derivative over pressure change at the end of a test that never got beyond storage; linear flow has a
half.
"""


@dataclass(frozen=True)
class Interpretation:
    """What a response says; `permeability_m2` and what follows are None where it is not determined.

    Attributes:
        response: that was asked
        derivative_pa: [Pa] (n,)
        regimes: named by the slopes of the derivative
        window: of radial flow
        horner: the line over superposition time
        mdh: the line over log time
        match: the model that describes the record best
        rivals: other models that it may be
        permeability_m2: [m²]
        skin: [-] the whole skin
        storage_m3_per_pa: [m³/Pa]
        p_star_pa: [Pa]
        upper_bound_m2: [m²] of k, where k is not known
        by: who speaks: match, line, both, nobody
        remarks: (code, details) of the texts
    """

    response: Response
    derivative_pa: Floats
    regimes: tuple[Regime, ...]
    window: Window | None
    horner: Line | None
    mdh: Line | None
    match: Fit
    rivals: tuple[Rival, ...]
    permeability_m2: float | None
    skin: float | None
    storage_m3_per_pa: float | None
    p_star_pa: float | None
    upper_bound_m2: float | None
    by: str
    remarks: tuple[Remark, ...] = ()

    @property
    def investigated_m(self) -> float | None:
        """Radius of investigation at the end of the test [m]; None without permeability."""
        if self.permeability_m2 is None:
            return None
        return self.response.formation.investigated_m(self.permeability_m2, float(self.response.time_s[-1]))


def interpret(
    response: Response,
    window: tuple[float, float] | None = None,
    model: Model | None = None,
    fixed: dict[str, float] | None = None,
) -> Interpretation:
    """From a response to permeability, skin, p* and storage.

    The model that AICc speaks for where it is exact or no line contradicts it; else the line; both where the
    line is short; nobody without radial flow.

    Args:
        response: pressures and rates
        window: ([s], [s]) the part the engineer chose for radial flow; found by itself without
        model: the engineer's; chosen by evidence without
        fixed: values of its parameters that stand [unit of the name]
    Returns:
        with every figure that can be had
    Valid: what the models of `contest` can be; one fluid.
    Source: Earlougher, SPE Monograph 5 (1977); Bourdet et al., SPE 12777, 1989; who speaks is ours.

    >>> from app.analysis import examples
    >>> lee = examples.buildup()
    >>> found = interpret(lee, (6 * 3600.0, 50 * 3600.0))
    >>> round(found.permeability_m2 / examples.MILLIDARCY, 1), found.by  # Lee: 7.65 md
    (7.7, 'line')
    """
    fitter = fitting.fitter(response)
    named = regimes(fitter)
    if model is not None:
        found = contest.weighed([chosen(fitter, model, fixed)])
    else:
        found = contest.contest(fitter, named)
    plain = rivals.plain_fit(found)
    like = plain if plain.misfit < FAIR else None
    line_window = _window(response, like, window or _outer(found, named))
    horner = semilog.horner(response, line_window) if line_window else None
    speaking = _Speaking(fitter, found, line_window, horner)
    by, answer, remarks = (
        ("line", plain, _remarks(plain, "line"))
        if window is not None and horner is not None
        else _spoken(speaking, model is not None)
    )
    others = rivals.rivals(found, answer, fitter.response) if by in ("match", "both") else ()
    beyond_plain = bool(remarks) and remarks[0][0] == CHOSEN
    drift = drift_alike(response, fitter, found, answer) if beyond_plain else None
    untold = history_alike(response, found, answer) if beyond_plain else None
    alike = (*_alike(found, answer, others, drift), *(untold.said if untold else ())) if beyond_plain else ()
    doubted = model is None and drift is not None and drift.contradicts(answer, response.formation)
    if doubted:
        by, others, alike = "nobody", (), (*alike, ("drift_contradicts", {}))
    whole = Interpretation(
        response,
        derivative_pa(response),
        named,
        line_window,
        horner,
        semilog.mdh(response, line_window) if line_window else None,
        answer,
        others,
        None,
        None,
        answer.storage_m3_per_pa if answer.misfit < FAIR else _storage_of(response),
        horner.p_star_pa if horner else None,
        None,
        by,
        (*remarks, *_ambiguous(others), *alike),
    )
    if doubted:
        return whole
    return _bounded(whole, speaking) if by == "nobody" else _figured(whole)


def chosen(fitter: Fitter, model: Model, fixed: dict[str, float] | None = None) -> Fit:
    """One model laid through a response because an engineer wants to see it.

    Args:
        fitter: the response
        model: which
        fixed: values that stand [unit of the name]
    Returns:
        its fit, however bad
    Valid: any model.
    Ours: the starts are those of the contest.

    >>> from app.analysis import examples
    >>> lee = fitting.fitter(examples.buildup())
    >>> round(chosen(lee, Model(edges="fault"), {"fault_distance_m": 300.0}).values["fault_distance_m"])
    300
    """
    drawn = starting.first_values(fitter, float(fitter.response.time_s[-1]))
    return fitter.fit(model, starting.starts(fitter, model, drawn), fixed)


@dataclass(frozen=True)
class _Speaking:
    """All that is heard before it is decided who speaks."""

    fitter: Fitter
    found: Contest
    window: Window | None
    horner: Line | None

    @property
    def plain(self) -> Fit:
        return rivals.plain_fit(self.found)

    @property
    def line_is_long(self) -> bool:
        return self.horner is not None and self.window is not None and self.window.worth >= SHORT_LINE

    @property
    def only_stored(self) -> bool:
        """Whether the wellbore rules to the end of the test."""
        share = self.fitter.slope_pa[-5:] / self.fitter.response.change_pa[-5:]
        return float(np.median(share)) > STORED_TO_THE_END


def _spoken(heard: _Speaking, by_hand: bool) -> tuple[str, Fit, tuple[Remark, ...]]:
    """(who speaks, the model's fit, remarks)."""
    best, plain = heard.found.simplest, heard.plain
    if by_hand:
        return ("match" if best.sure else "nobody"), best, _does_not_fit(best, heard.found)
    if best is plain or heard.found.behind(plain) < contest.DECISIVE:
        by = _by_plain(heard)
        return by, plain, _remarks(plain, by)
    if heard.only_stored:
        return "nobody", best, ()
    if best.misfit >= FAIR:
        by = "line" if heard.line_is_long else "nobody"
        return by, best, _does_not_fit(best, heard.found)
    line = heard.horner
    if _rings_miss(best) and heard.line_is_long:
        return "line", best, _beyond(best)
    apart = abs(math.log(line.permeability_m2 / best.permeability_m2)) if line is not None else math.inf
    # A richer model bends more easily than a real record is smooth: a line that agrees is heard too.
    if best.misfit >= ENOUGH and heard.line_is_long and apart < AGREES:
        return ("line" if apart < THE_SAME else "both"), best, _beyond(best)
    return ("match" if best.sure else "nobody"), best, _beyond(best)


def _by_plain(heard: _Speaking) -> str:
    response, plain = heard.fitter.response, heard.plain
    like = plain if plain.misfit < FAIR else None
    reached = like is not None and like.sure and _reached(response, like)
    if like is not None and like.misfit < EXACT:
        return "match" if reached else "nobody"
    if reached and like is not None and 1.96 * float(like.spread[0]) < PRECISE:
        return "match"
    if heard.line_is_long:
        return "line"
    if heard.window is not None and heard.horner is not None and like is not None and like.sure:
        return "both"
    return "match" if reached else "nobody"


def _figured(whole: Interpretation) -> Interpretation:
    """With k and skin of who speaks."""
    answer, line = whole.match, whole.horner
    heard: list[tuple[float, float]] = []
    if whole.by != "line":
        skin = answer.model.skin_of(answer.values, whole.response.formation)
        heard.append((answer.permeability_m2, skin))
    if whole.by != "match" and line is not None:
        heard.append((line.permeability_m2, line.skin))
    k = math.exp(sum(math.log(one) for one, _ in heard) / len(heard))
    return replace(whole, permeability_m2=k, skin=sum(skin for _, skin in heard) / len(heard))


def _bounded(whole: Interpretation, heard: _Speaking) -> Interpretation:
    """Without k, with the most that it can be and how long the test should have been."""
    bound = rivals.highest_permeability_m2(heard.fitter, heard.found)
    until = rivals.radial_from_s(whole.response, whole.match, 0.1) * 10**LEAST_RADIAL_CYCLES
    last = float(whole.response.time_s[-1])
    details = {"upper_bound": bound, "until": until if last < until < last * 1e3 else None}
    code = "no_radial_flow_until" if details["until"] is not None else "no_radial_flow"
    return replace(
        whole,
        window=None,
        horner=None,
        mdh=None,
        p_star_pa=None,
        upper_bound_m2=bound,
        remarks=((code, details), *whole.remarks),
    )


def _window(response: Response, like: Fit | None, by_hand: tuple[float, float] | None) -> Window | None:
    if by_hand is not None:
        return radial.between(response, *by_hand)
    last = float(response.time_s[-1])
    start = rivals.radial_from_s(response, like, STORAGE_LEFT) if like is not None else 0.0
    found = radial.find(response, start)
    if found is None and like is not None and like.misfit < EXACT and _reached(response, like):
        found = radial.between(response, rivals.radial_from_s(response, like, 0.1), last)
    return found


def _rings_miss(best: Fit) -> bool:
    """Rock in two rings, the outer one wider, that is not the well: what is near the well may be the
    wellbore's own doing, and the last level is what is seen.
    """
    rings = best.model.edges == "composite" and best.misfit >= EXACT
    return rings and best.values["permeability_ratio"] < 1


def _outer(found: Contest, named: tuple[Regime, ...]) -> tuple[float, float] | None:
    """([s], [s]) of the last level where rock in two rings comes nearest and is not the well."""
    levels = [one for one in named if one.name == "radial"]
    return (levels[-1].from_s, levels[-1].to_s) if levels and _rings_miss(found.simplest) else None


def _reached(response: Response, found: Fit) -> bool:
    """Whether radial flow lasted long enough within the test to be seen."""
    last = float(response.time_s[-1])
    return math.log10(last / rivals.radial_from_s(response, found, 0.1)) >= LEAST_RADIAL_CYCLES


def _remarks(plain: Fit, by: str) -> tuple[Remark, ...]:
    if by == "both":
        return (("radial_flow_just_reached", {}),)
    if by == "line" and plain.misfit >= FAIR:
        return (("match_poor", {"share": plain.share}),)
    return ()


def _does_not_fit(best: Fit, found: Contest) -> tuple[Remark, ...]:
    """A model that does not fit, and the three that come nearest."""
    if best.misfit < FAIR:
        return ()
    nearest = [one.model.code for one in found.fits[:3]]
    return (("model_does_not_fit", {"models": nearest, "share": best.share}),)


def _beyond(best: Fit) -> tuple[Remark, ...]:
    """That more than a plain well in an endless formation is seen, and how far off it is where it is not the
    well.
    """
    rough: tuple[Remark, ...] = (("model_rough", {"share": best.share}),) if best.misfit >= ROUGH else ()
    return ((CHOSEN, {"model": best.model.code}), *rough)


def _alike(found: Contest, answer: Fit, others: tuple[Rival, ...], drift: Drift | None) -> tuple[Remark, ...]:
    """What else makes the same k and skin: other edges, a gauge that drifts."""
    said: list[Remark] = []
    told = {one.fit.model for one in others}
    models = [model.code for model in rivals.as_likely(found, answer) if model not in told]
    if models:
        said.append(("models_alike", {"model": answer.model.code, "models": models}))
    if answer.model.edges == "composite":
        said.append(("rings_or_edges", _of_rings(answer)))
    elif answer.model.edges != "infinite":
        said.append(("edge_or_neighbour", {}))
    if drift is not None:
        skin = drift.fit.values["skin"]
        details = {"drift": drift.pa_per_s, "permeability": drift.fit.permeability_m2, "skin": skin}
        said.append(("drift_alike", details))
    return tuple(said)


def _of_rings(answer: Fit) -> dict[str, float]:
    near, values = answer.permeability_m2, answer.values
    return {
        "near": near,
        "beyond": near / values["permeability_ratio"],
        "radius": values["composite_radius_m"],
    }


def _ambiguous(others: tuple[Rival, ...]) -> tuple[Remark, ...]:
    if not others:
        return ()
    first = others[0]
    details = {
        "model": first.fit.model.code,
        "permeability": first.fit.permeability_m2,
        "skin": first.skin,
        "until": first.until_s,
    }
    return (("model_ambiguous_until" if first.until_s is not None else "model_ambiguous", details),)


def _storage_of(response: Response) -> float | None:
    """C = qB·Δt/Δp on the unit slope [m³/Pa], from the first points; None when the test begins after it."""
    time_s, change = response.time_s, response.change_pa
    early = np.flatnonzero(change > 0)[:12]
    if len(early) < 2:
        return None
    slope = np.polyfit(np.log(time_s[early[:4]]), np.log(change[early[:4]]), 1)[0] if len(early) >= 4 else 1.0
    if not 0.7 < slope < 1.3:
        return None
    flow = abs(response.rate_m3_per_s) * response.formation.formation_volume_factor
    return float(flow * np.median(time_s[early[:4]] / change[early[:4]]))

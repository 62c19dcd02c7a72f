"""Which model a well test speaks for: candidates fitted, weighed by corrected AIC, rivals told.

AICc = n·ln(RSS/n) + 2p + 2p·(p + 1)/(n − p − 1) on the residuals of pressure change and derivative, n the
number of *independent* points: residuals of a real well go in waves, sixty of them are not sixty witnesses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient.fitting import Fit, Fitter
from app.analysis.transient.models import EDGES, Model
from app.analysis.transient.record import Formation
from app.analysis.transient.regimes import Regime
from app.analysis.transient.relatives import ENOUGH, opened_parts, relatives, second_edges, unseen
from app.analysis.transient.starting import COSTLY, DOWN, beside, first_values, starts

Floats = NDArray[np.float64]
SEEN = 0.03
"""A misfit under which models cannot be told apart: beside it our own numerics count."""

POOR = 2.5
"""A misfit with which a model does not fit: it misses by more than gauge and model allow."""

HOPELESS = 4.0
"""Times the best misfit so far: nobody goes on from there."""

LEAST_POINTS = 20
PLAUSIBLE = 6.0
"""AICc this near to the best is still possible (Burnham and Anderson, 2002: 4 to 7 considerably less)."""

ALWAYS = (
    Model(edges="fault"),
    Model(edges="constant_pressure"),
    Model(edges="circle"),
    Model(edges="composite"),
    Model(rock="double_pseudo_steady"),
    Model(rock="double_slabs"),
    Model(well="fracture_infinite"),
    Model(well="fracture_uniform"),
)
RISING, AT_END_CYCLES = 0.12, 0.6
"""Log-log slope of the derivative that is a rise, over so many of the last log cycles."""

FALLING = -1.0
"""A fall steeper than one edge of constant pressure makes: it is held all round, or the well is closed."""

STIMULATED = -3.0
"""Skin of the plain model under which a fracture is asked for."""

UNLIKELY, NO_FRACTURE, MOST_IN_FISSURES = 6.0, -5.5, 0.5
"""AICc that an unlikely value costs (odds of 20 to 1); the skin under which a hole is a fracture: 245 radii
wide; the share of storage over which fissures are no longer fissures.
"""

NEAREST_EDGE = 10.0
"""Own lengths of the well: a nearer edge would not mirror it as a line, nor is it one that a geologist
draws.
"""


DECISIVE = 10.0
"""AICc by which a model of more values is taken: no support is left for the other
(Burnham and Anderson, 2002).
"""
RARE, MANY = ("composite", "wedge"), ("composite", "wedge", "channel", "rectangle")


@dataclass(frozen=True)
class Contest:
    """Models laid through a response, the best by AICc first.

    Attributes:
        fits: all that were tried
        scores: [-] AICc of each
        independent: [-] points
    """

    fits: tuple[Fit, ...]
    scores: tuple[float, ...]
    independent: float

    @property
    def best(self) -> Fit:
        """What the record speaks for."""
        return self.fits[0]

    @property
    def simplest(self) -> Fit:
        """The best, or the one with the fewest values that it contains and that is not worse by DECISIVE.
        Rock in two rings bends as edges and fissures do, and is the rarer: it has to be better by as much
        than any with no more values. Where it is above the gauge's noise by twice as much, and two edges at
        an angle as well.
        """
        whole = self.best.model
        parts = [
            one
            for one in self.fits
            if one.model.well == whole.well
            and self.behind(one) > 0
            and (
                (set(one.model.names) < set(whole.names) and self.behind(one) < DECISIVE)
                or (
                    one.model.edges not in MANY
                    and len(one.model.names) <= len(whole.names)
                    and self.behind(one) < self._ahead_at_least
                )
            )
        ]
        return min(parts, key=lambda one: len(one.model.names), default=self.best)

    @property
    def _ahead_at_least(self) -> float:
        """By how much the best has to be ahead of the usual ones with no more values."""
        edges = self.best.model.edges
        if edges in RARE and self.best.misfit > ENOUGH:
            return 2 * DECISIVE
        return DECISIVE if edges == "composite" else 0.0

    def behind(self, fit: Fit) -> float:
        """How far behind the best by AICc.

        Args:
            fit: one of them
        Returns:
            [-] 0 for the best
        Valid: fits of this contest.
        Source: Burnham and Anderson, Model Selection (2002).

        >>> import types
        >>> best = types.SimpleNamespace(model=Model())
        >>> Contest((best,), (3.0,), 20.0).behind(best)
        0.0
        """
        return self.scores[self.fits.index(fit)] - self.scores[0]

    def of(self, model: Model) -> Fit | None:
        """The fit of one model.

        Args:
            model: which
        Returns:
            None where it was not tried or not credible
        Valid: any contest.
        Ours: to compare with it.

        >>> Contest((), (), 20.0).of(Model()) is None
        True
        """
        return next((fit for fit in self.fits if fit.model == model), None)


def independent_points(fit: Fit) -> float:
    """How many points say something of their own.

    n·(1 − ρ)/(1 + ρ), ρ the correlation of neighbouring residuals of the derivative

    Args:
        fit: the best so far
    Returns:
        [-] at least 20
    Valid: residuals in order of time.
    Source: Bayley and Hammersley, J. R. Stat. Soc. Suppl. 8 (1946) 184, for a first-order process.

    >>> import types
    >>> wave = np.sin(np.linspace(0, 9, 60))
    >>> independent_points(types.SimpleNamespace(residuals=np.r_[wave, wave]))
    20.0
    """
    n = len(fit.residuals) // 2
    late = fit.residuals[n:] - fit.residuals[n:].mean()
    square = float((late**2).sum())
    alike = float((late[1:] * late[:-1]).sum()) / square if square > 0 else 0.0
    alike = min(max(alike, 0.0), 0.95)
    return max(n * (1 - alike) / (1 + alike), float(LEAST_POINTS))


def score(fit: Fit, independent: float) -> float:
    """Corrected AIC.

    n·ln(misfit² + 0.03²) + 2p + 2p·(p + 1)/(n − p − 1), and 6 for each value that hardly any well has

    Args:
        fit: a model's
        independent: [-] n
    Returns:
        [-] less is better; differences count
    Valid: n over p + 1.
    Source: Hurvich and Tsai, Biometrika 76 (1989) 297; n as in `independent_points`.

    >>> from app.analysis import examples
    >>> from app.analysis.transient.fitting import fitter
    >>> lee = fitter(examples.buildup())
    >>> plain = lee.fit(Model(), starts(lee, Model(), first_values(lee, 2.6e5)))
    >>> score(plain, 20.0) > score(plain, 40.0)
    False
    """
    count = int(fit.free.sum()) + 1
    least = max(independent - count - 1, 1.0)
    evidence = independent * math.log(fit.misfit**2 + SEEN**2)
    return evidence + 2 * count + 2 * count * (count + 1) / least + UNLIKELY * _unlikely(fit)


def _unlikely(fit: Fit) -> int:
    """How many of a fit's values hardly any well has."""
    values = fit.values
    widest = fit.model.well == "vertical" and values["skin"] < NO_FRACTURE and fit.model != Model()
    return int(widest) + int(values.get("storativity_ratio", 0.0) > MOST_IN_FISSURES)


def candidates(fit: Fitter, plain: Fit, named: tuple[Regime, ...]) -> tuple[Model, ...]:
    """What the flow regimes allow a test to be, beside the plain model.

    Args:
        fit: the response
        plain: the plain model laid through it
        named: its regimes
    Returns:
        cheap ones always, costly ones where a regime asks for them
    Valid: any response.
    Ours: two edges need a rise at the end, a held rim a steep fall, a resisting fracture a slope of ½ or ¼ or
        a stimulated well, an opened part a fall by ½, changing storage a seen one.

    >>> from app.analysis import examples
    >>> from app.analysis.transient.fitting import fitter
    >>> lee = fitter(examples.buildup())
    >>> plain = lee.fit(Model(), starts(lee, Model(), first_values(lee, 2.6e5)))
    >>> Model(well="partial") in candidates(lee, plain, ())
    False
    """
    codes = {one.name for one in named}
    late = fit.response.time_s > fit.response.time_s[-1] * 10**-AT_END_CYCLES
    slope = np.log(np.maximum(fit.slope_pa[late], 1e-9))
    tail = float(np.polyfit(np.log(fit.response.time_s[late]), slope, 1)[0]) if len(slope) > 2 else 0.0
    found = list(ALWAYS)
    if "storage" in codes:
        found.append(Model(storage="changing"))
    if tail > RISING or "doubling" in codes:
        found += [Model(edges="channel"), Model(edges="wedge")]
    if tail < FALLING:
        found.append(Model(edges="circle_constant_pressure"))
    if codes & {"linear", "bilinear"} or plain.values["skin"] < STIMULATED:
        found.append(Model(well="fracture_finite"))
    if "spherical" in codes:
        found.append(Model(well="partial"))
    return tuple(found)


def credible(fit: Fit, rock: Formation, storage_ends_s: float) -> bool:
    """Whether a fit's values can be a well's.

    Args:
        fit: a model's
        rock: its formation
        storage_ends_s: [s] when the wellbore no longer rules
    Returns:
        no where an edge is nearer than ten of the well's own lengths, or storage changes after it is over
    Valid: values that were looked for; what the engineer fixed is theirs.
    Ours: the ten; images are lines.

    >>> import types
    >>> from app.analysis import examples
    >>> values = {"skin": 0.0, "fault_distance_m": 0.3, "permeability_m2": 1e-14}
    >>> near = types.SimpleNamespace(model=Model(edges="fault"), values=values)
    >>> credible(near, examples.buildup().formation, 0.0)
    False
    """
    values = fit.values
    skin = values.get("skin", 0.0)
    length = values.get("fracture_half_length_m", rock.wellbore_radius_m * math.exp(-min(skin, 0.0)))
    edges = [values[one.name] for one in EDGES[fit.model.edges] if one.name.endswith("_m")]
    if edges and min(edges) < NEAREST_EDGE * length:
        return False
    return fit.model.storage == "constant" or values["storage_time_s"] <= storage_ends_s


def contest(fit: Fitter, named: tuple[Regime, ...]) -> Contest:
    """What a response may be, laid through it and weighed.

    The plain model first: where it is at the gauge's noise, nothing else is asked. Where the best misses by
    more than gauge and model allow, it is joined with an edge.

    Args:
        fit: the response
        named: its flow regimes
    Returns:
        the best first, the plain model always among them
    Valid: what `candidates` can be.
    Source: Burnham and Anderson, Model Selection (2002), for AICc; the candidates are ours.

    >>> from app.analysis import examples
    >>> examples.contested().best.model.edges != "infinite"  # Lee's last two points feel a boundary
    True
    """
    rock = fit.response.formation
    drawn = first_values(fit, float(fit.response.time_s[-1]))
    plain = fit.fit(Model(), starts(fit, Model(), drawn))
    ends = max((one.to_s for one in named if one.name == "storage"), default=0.0)
    fits = [plain]
    if plain.misfit >= ENOUGH:
        for model in candidates(fit, plain, named):
            fits.append(tried(fit, model, drawn, fits))
        for further in (second_edges, partial(relatives, named=named)):
            for model in further(fits):
                fits.append(tried(fit, model, drawn, fits))
        first = float(fit.response.time_s[0])
        fits = [plain, *(one for one in fits[1:] if credible(one, rock, ends) and not unseen(one, first))]
        best = min(fits, key=lambda one: one.misfit)
        if best.misfit > POOR and best.model.edges == "infinite" and best.model != Model():
            joined = [
                tried(fit, replace(best.model, edges=edges), drawn, fits) for edges in ("fault", "circle")
            ]
            fits += [one for one in joined if credible(one, rock, ends)]
    return weighed(fits)


def tried(fit: Fitter, model: Model, drawn: dict[str, Floats], before: list[Fit]) -> Fit:
    """One model from its own starts and from where simpler ones ended.

    Args:
        fit: the response
        model: which
        drawn: [unit of the name] (n,) by name, of `first_values`
        before: fits of other models; those that it contains lend it a start
    Returns:
        its best
    Valid: any model.
    Ours: as `beside`.

    >>> from app.analysis import examples
    >>> from app.analysis.transient.fitting import fitter
    >>> lee = fitter(examples.buildup())
    >>> tried(lee, Model(edges="circle"), first_values(lee, 2.6e5), []).misfit < 1
    True
    """
    begin = [starts(fit, model, drawn, 2 if model.well in COSTLY else DOWN)]
    begin += [beside(one, model, drawn) for one in before]
    if model.well == "fracture_finite":
        ideal = next((one for one in before if one.model.well == "fracture_infinite"), None)
        if ideal is not None:
            rows = [{**ideal.values, "fracture_conductivity": value} for value in (1.0, 5.0, 30.0)]
            begin.append(np.array([model.searched(row) for row in rows]))
    if model.well == "partial" and before:
        begin.append(opened_parts(min(before, key=lambda one: one.misfit), model))
    best = min((one.misfit for one in before), default=math.inf)
    return fit.fit(model, np.concatenate(begin), hopeless=max(HOPELESS * best, POOR))


def weighed(fits: list[Fit]) -> Contest:
    """Fits in the order of their AICc.

    Args:
        fits: of one response
    Returns:
        the best first
    Valid: at least one.
    Source: as `score`.

    >>> from app.analysis import examples
    >>> from app.analysis.transient.fitting import fitter
    >>> lee = fitter(examples.buildup())
    >>> plain = lee.fit(Model(), starts(lee, Model(), first_values(lee, 2.6e5)))
    >>> weighed([plain]).behind(plain)
    0.0
    """
    independent = independent_points(min(fits, key=lambda one: one.misfit))
    order = sorted(fits, key=lambda one: score(one, independent))
    return Contest(tuple(order), tuple(score(one, independent) for one in order), independent)

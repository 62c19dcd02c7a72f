"""From a response to k, skin, p* and storage: the window, the lines, the match, and what cannot be had.

The match speaks where it is as near as the gauge allows and storage ends within the test: it knows what
storage still adds to the line. Real wells store unevenly: else the straight line speaks. Where the line is
only just reached, both are heard. Without radial flow k is not determined: an upper bound is given.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.transient import match, radial, semilog
from app.analysis.transient.derivative import derivative_pa
from app.analysis.transient.match import Match
from app.analysis.transient.radial import Window
from app.analysis.transient.record import Response
from app.analysis.transient.semilog import Line

Floats = NDArray[np.float64]
EXACT, FAIR = 0.7, 3.0
"""Misfit of a match that is the well, and of one that is like it."""

PRECISE = 0.05
LEAST_RADIAL_CYCLES = 0.3
SHORT_LINE = 0.3
STORAGE_LEFT = 0.3
"""A line may begin where storage still adds this share to the slope: its straightness is tested anyway."""


@dataclass(frozen=True)
class Interpretation:
    """What a response says; `permeability_m2` and what follows are None without radial flow.

    Attributes:
        response: that was asked
        derivative_pa: [Pa] (n,)
        window: of radial flow
        horner: the line over superposition time
        mdh: the line over log time
        match: storage, skin and radial flow together
        permeability_m2: [m²]
        skin: [-]
        storage_m3_per_pa: [m³/Pa]
        p_star_pa: [Pa]
        upper_bound_m2: [m²] of k, where k is not known
        by: who speaks: match, line, both, nobody
        remarks: (code, details) of the texts
    """

    response: Response
    derivative_pa: Floats
    window: Window | None
    horner: Line | None
    mdh: Line | None
    match: Match | None
    permeability_m2: float | None
    skin: float | None
    storage_m3_per_pa: float | None
    p_star_pa: float | None
    upper_bound_m2: float | None
    by: str
    remarks: tuple[tuple[str, dict[str, Any]], ...] = ()

    @property
    def investigated_m(self) -> float | None:
        """Radius of investigation at the end of the test [m]; None without permeability."""
        if self.permeability_m2 is None:
            return None
        return self.response.formation.investigated_m(self.permeability_m2, float(self.response.time_s[-1]))


def interpret(response: Response, window: tuple[float, float] | None = None) -> Interpretation:
    """From a response to permeability, skin, p* and storage.

    The match where it is exact and radial flow is reached within the test; else the line; both where the line
    is short; nobody without radial flow.

    Args:
        response: pressures and rates
        window: ([s], [s]) the part the engineer chose for radial flow; found by itself without
    Returns:
        with every figure that can be had
    Valid: wells in an endless formation; what a boundary does at the end is left out of the window.
    Source: Earlougher, SPE Monograph 5 (1977); Bourdet et al., SPE 12777, 1989; who speaks is ours.

    >>> from app.analysis import examples
    >>> lee = examples.buildup()
    >>> found = interpret(lee, (6 * 3600.0, 50 * 3600.0))
    >>> round(found.permeability_m2 / examples.MILLIDARCY, 1), found.by  # Lee: 7.65 md
    (7.7, 'line')
    """
    storage = _storage_of(response)
    slope = derivative_pa(response)
    found = match.fit(response, _starts(response, slope, storage))
    like = found if found is not None and found.misfit < FAIR else None
    chosen = _window(response, like, window)
    horner = semilog.horner(response, chosen) if chosen else None
    by = (
        _who_speaks(response, like, chosen, by_hand=window is not None)
        if horner or window is None
        else "nobody"
    )
    whole = Interpretation(
        response,
        slope,
        chosen,
        horner,
        semilog.mdh(response, chosen) if chosen else None,
        found,
        None,
        None,
        like.storage_m3_per_pa if like else storage,
        horner.p_star_pa if horner else None,
        None,
        by,
    )
    if by == "nobody":
        bound = match.highest_permeability_m2(response, found) if found is not None else None
        return replace(
            whole,
            window=None,
            horner=None,
            mdh=None,
            p_star_pa=None,
            upper_bound_m2=bound,
            remarks=(("no_radial_flow", {"upper_bound": bound}),),
        )
    heard: tuple[Match | Line | None, ...] = (
        like if by != "line" else None,
        horner if by != "match" else None,
    )
    sure = [one for one in heard if one is not None]
    k = math.exp(sum(math.log(one.permeability_m2) for one in sure) / len(sure))
    return replace(
        whole, permeability_m2=k, skin=sum(one.skin for one in sure) / len(sure), remarks=_remarks(found, by)
    )


def _window(response: Response, like: Match | None, by_hand: tuple[float, float] | None) -> Window | None:
    if by_hand is not None:
        return radial.between(response, *by_hand)
    last = float(response.time_s[-1])
    start = match.radial_from_s(response, like, STORAGE_LEFT) if like is not None else 0.0
    found = radial.find(response, start)
    if found is None and like is not None and like.misfit < EXACT and _reached(response, like):
        found = radial.between(response, match.radial_from_s(response, like, 0.1), last)
    return found


def _who_speaks(response: Response, like: Match | None, window: Window | None, *, by_hand: bool) -> str:
    if by_hand:
        return "line"
    reached = like is not None and like.sure and _reached(response, like)
    if like is not None and like.misfit < EXACT:
        return "match" if reached else "nobody"
    if reached and like is not None and like.permeability_half_width_m2 < PRECISE * like.permeability_m2:
        return "match"
    if window is not None and window.worth >= SHORT_LINE:
        return "line"
    if window is not None and like is not None and like.sure:
        return "both"
    return "match" if reached else "nobody"


def _reached(response: Response, found: Match) -> bool:
    """Whether radial flow lasted long enough within the test to be seen."""
    last = float(response.time_s[-1])
    return math.log10(last / match.radial_from_s(response, found, 0.1)) >= LEAST_RADIAL_CYCLES


def _remarks(found: Match | None, by: str) -> tuple[tuple[str, dict[str, Any]], ...]:
    if by == "both":
        return (("radial_flow_just_reached", {}),)
    if by == "line" and (found is None or found.misfit >= FAIR):
        return (("match_poor", {"share": found.share if found else None}),)
    return ()


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


def _starts(response: Response, slope: Floats, storage: float | None) -> list[tuple[float, float, float]]:
    """First guesses: k from the last third of the derivative and around it, C from the unit slope or the
    first point.
    """
    late = slope[len(slope) // 2 :]
    late = late[late > 0]
    level = float(np.median(late)) if len(late) else float(np.ptp(response.pressure_pa)) / 10
    k = response.formation.permeability(abs(response.rate_m3_per_s), level)
    change = response.change_pa
    first = int(np.argmax(change > 0))
    flow = abs(response.rate_m3_per_s) * response.formation.formation_volume_factor
    c = storage or flow * float(response.time_s[first]) / max(float(change[first]), 1.0)
    guesses = []
    for factor in (1.0, 0.3, 3.0):
        guess = k * factor
        flat = response.formation.slope_pa(abs(response.rate_m3_per_s), guess)
        d = response.formation.diffusion_per_s(guess) * float(response.time_s[-1])
        skin = 0.5 * (float(change[-1]) / flat - math.log(max(d, 1.0)) - 0.80907)
        guesses.append((guess, c, min(max(skin, -5.0), 80.0)))
        guesses.append((guess, c / 5, min(max(skin, -5.0), 80.0)))
    return guesses

"""What a rod-pumped well would do with another speed, stroke or plunger: the twin and the inflow together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.advice.choice import Limit, Outcome, unchecked
from app.analysis.advice.inflows import Inflows
from app.analysis.simulate.twin import Knobs, Twin, ask

LIMITS = ("fillage", "least_rod_load", "rods", "gearbox", "beam")
"""Of every well of this lift."""

LINE_TO_ROD = 0.7
"""Motor 0.82, belt, gearbox and beam 0.85: where nobody measured what comes from the line."""

LEAST_INTAKE_PA = 0.5e6
"""Down to that the liquid can be drawn; what the pump asks for beyond is not there: it pounds."""

LEAST_FILLAGE = 0.8
SPEEDS = (0.7, 0.85, 1.15, 1.3)
"""Of the present speed: belts and pulleys there are."""


@dataclass(frozen=True)
class RodKnobs:
    """What can be set.

    Attributes:
        strokes_per_minute: [1/min]
        stroke_m: [m]
        plunger_diameter_m: [m]
    """

    strokes_per_minute: float
    stroke_m: float
    plunger_diameter_m: float


@dataclass(frozen=True)
class RodNow:
    """The well as its last card and test found it.

    Attributes:
        knobs: where they stand
        twin: matched to the card
        inflows: at the pump's depth
        delivered: [-] liquid at the surface over what the full plunger displaces: slip, gas, shrinkage
        density: [kg/m³] of the liquid
        oil_share: [kg/m³] of oil in it
        power_w: [W] from the line; None: not measured
        rod_power_w: [W] of the polished rod on the card
        beam_rating_n: [N] None: not known
    """

    knobs: RodKnobs
    twin: Twin
    inflows: Inflows
    delivered: float
    density: float
    oil_share: float
    power_w: float | None
    rod_power_w: float
    beam_rating_n: float | None = None


def rod_outcome(now: RodNow, knobs: RodKnobs) -> Outcome:
    """What a rod-pumped well would do with its knobs so.

    capacity C of the full pump by the twin, what arrives of it; rate = min(C, inflow at 0.5 MPa); fillage
    rate/C; intake pressure where the inflow gives that rate; loads by the twin run once more with both

    Args:
        now: the well as its last card and test found it
        knobs: as they are to stand
    Returns:
        with each limit of rods, gearbox, beam and filling
    Valid: as the twin; a plunger keeps its fit.
    Source: Takacs, Sucker-Rod Pumping Handbook (2015), ch. 5 (pumping system and inflow together).

    >>> from app.analysis import examples
    >>> from app.analysis.advice.inflows import through
    >>> from app.analysis.simulate.twin import match
    >>> twin = match(examples.card())
    >>> at = RodKnobs(twin.knobs.strokes_per_minute, twin.knobs.stroke_m, twin.knobs.plunger_diameter_m)
    >>> inflows = through(rate=3e-4, intake_pa=3e6, reservoir_pa=12e6, bubble_pa=6e6, water_cut=0.6)
    >>> now = RodNow(at, twin, inflows, 0.9, 940.0, 340.0, None, 3e3)
    >>> rod_outcome(now, at).rate[1] < rod_outcome(now, replace(at, strokes_per_minute=7.0)).rate[1]
    True
    """
    before = now.twin.knobs
    full = Knobs(
        knobs.strokes_per_minute, knobs.stroke_m, knobs.plunger_diameter_m, 1.0, before.damping_per_s
    )
    capacity = max(now.delivered * ask(now.twin, full).liquid_m3_per_s, 1e-9)
    most = [float(one.rate(np.array([LEAST_INTAKE_PA]))[0]) for one in now.inflows.each]
    rates = [min(capacity, there) for there in most]
    likely = rates[1]
    intake = max(float(now.inflows.likeliest.pressure(np.array([likely]))[0]), LEAST_INTAKE_PA)
    fillage = min(likely / capacity, 1.0)
    answer = ask(replace(now.twin, intake_pressure_pa=intake), replace(full, fillage=max(fillage, 0.05)))
    line = (
        answer.polished_rod_power_w / LINE_TO_ROD
        if now.power_w is None
        else now.power_w * answer.polished_rod_power_w / max(now.rod_power_w, 1.0)
    )
    goodman = [share for share in answer.goodman if share is not None]
    limits = [Limit("fillage", fillage, LEAST_FILLAGE), Limit("least_rod_load", answer.minimum_load_n, 0.0)]
    if goodman:
        limits.append(Limit("rods", max(goodman), None, 1.0))
    if answer.gearbox_fraction is not None:
        limits.append(Limit("gearbox", answer.gearbox_fraction, None, 1.0))
    if now.beam_rating_n:
        limits.append(Limit("beam", answer.peak_load_n / now.beam_rating_n, None, 1.0))
    low, high = min(rates), max(rates)
    return Outcome(
        {
            "strokes_per_minute": knobs.strokes_per_minute,
            "stroke_m": knobs.stroke_m,
            "plunger_diameter_m": knobs.plunger_diameter_m,
        },
        (low, likely, high),
        (low * now.oil_share, likely * now.oil_share, high * now.oil_share),
        intake,
        line,
        now.density,
        tuple(limits),
        {"peak_load": answer.peak_load_n},
        unchecked=unchecked(tuple(limits), LIMITS),
    )


def rod_settings(now: RodNow) -> list[RodKnobs]:
    """Settings to try without pulling the pump: other pulleys.

    Args:
        now: the well as its last card and test found it
    Returns:
        speeds of 0.7 … 1.3 of the present one
    Valid: 1 … 15 strokes a minute.
    Ours: plunger and stroke wait for a workover or a crane: they are sliders.

    >>> from types import SimpleNamespace
    >>> now = SimpleNamespace(knobs=RodKnobs(6.0, 3.0, 0.044))
    >>> [round(one.strokes_per_minute, 1) for one in rod_settings(now)]
    [4.2, 5.1, 6.9, 7.8]
    """
    speeds = [now.knobs.strokes_per_minute * share for share in SPEEDS]
    return [replace(now.knobs, strokes_per_minute=speed) for speed in speeds if 1.0 <= speed <= 15.0]


PLUNGERS_M = (0.027, 0.032, 0.038, 0.044, 0.050, 0.057, 0.063, 0.070, 0.095)
"""Of API 11AX and ГОСТ 31835, rounded."""

STROKES = (0.8, 1.2)
"""Of the present one: the next holes of a crank."""


def rod_workovers(now: RodNow, strokes_m: tuple[float, ...] = ()) -> list[Outcome]:
    """What another plunger or stroke would bring, each with its best speed.

    the plungers next to the present one, and the strokes next to it, at the present speed and at 0.7 of it;
    of each the most oil whose limits hold

    Args:
        now: the well as its last card and test found it
        strokes_m: [m] that the unit has; empty: 0.8 and 1.2 of the present one
    Returns:
        one for each that is another; none where every speed breaks a limit
    Valid: as `rod_outcome`; the rods stay, and so does the share of the displacement that arrives.
    Ours: what a workover or a crane can change.

    >>> from app.analysis import examples
    >>> from app.analysis.advice.inflows import through
    >>> from app.analysis.simulate.twin import match
    >>> twin = match(examples.card())
    >>> at = RodKnobs(twin.knobs.strokes_per_minute, twin.knobs.stroke_m, twin.knobs.plunger_diameter_m)
    >>> inflows = through(rate=3e-4, intake_pa=3e6, reservoir_pa=12e6, bubble_pa=6e6, water_cut=0.6)
    >>> found = rod_workovers(RodNow(at, twin, inflows, 0.9, 940.0, 340.0, None, 3e3), (3.0,))
    >>> all(one.kept and one.equipment for one in found)
    True
    """
    here = now.knobs
    smaller = [one for one in PLUNGERS_M if one < here.plunger_diameter_m - 1e-3][-1:]
    larger = [one for one in PLUNGERS_M if one > here.plunger_diameter_m + 1e-3][:1]
    strokes = strokes_m or tuple(share * here.stroke_m for share in STROKES)
    shorter = sorted(one for one in strokes if one < 0.98 * here.stroke_m)[-1:]
    longer = sorted(one for one in strokes if one > 1.02 * here.stroke_m)[:1]
    others = [("plunger", replace(here, plunger_diameter_m=one)) for one in (*smaller, *larger)]
    others += [("stroke", replace(here, stroke_m=one)) for one in (*shorter, *longer)]
    found = []
    for name, knobs in others:
        speeds = (here.strokes_per_minute, SPEEDS[0] * here.strokes_per_minute)
        tried = (rod_outcome(now, replace(knobs, strokes_per_minute=one)) for one in speeds)
        kept = [one for one in tried if one.kept]
        if kept:
            found.append(replace(max(kept, key=lambda one: one.oil[1]), equipment=name))
    return found

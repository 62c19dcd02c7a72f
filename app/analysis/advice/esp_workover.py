"""Other stages and other pumps of the catalogue for an ESP well's next workover."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.advice.choice import Outcome
from app.analysis.advice.esp import (
    LEAST_INTAKE_PA,
    OF_BUBBLE,
    RANGE,
    EspKnobs,
    EspNow,
    esp_outcome,
    shaft_w,
)
from app.analysis.esp.pump import Curve
from app.analysis.wells.nodal import FRICTION_SHARE
from app.core.units import STANDARD_GRAVITY

NEW_PUMP = 0.97
"""Of the catalogue's head, new, where the old one gave no more: makers are allowed 5 % (ISO 15551)."""

ABOVE_LEAST = 1.15
"""Intake pressure that a new pump is sized for, over the least that is allowed."""

MOST_STAGES, AT_HZ = 600, 50.0
SHOWN = 5


@dataclass(frozen=True)
class Stage:
    """A stage that could be run in.

    Attributes:
        name: in the catalogue
        curve: of it
        outer_diameter_m: [m] None: not told
    """

    name: str
    curve: Curve
    outer_diameter_m: float | None = None


def esp_workovers(now: EspNow, stages: Iterable[Stage], *, casing_m: float | None = None) -> list[Outcome]:
    """What other stages would bring, each sized for the most that the inflow gives.

    target: the likeliest inflow at 1.15 of the least intake pressure; z = Δp/(ρ·g·k·h(q)) at 50 Hz, whole;
    stages whose best rate is 0.6 … 1.35 away from it, or wider than the casing, are left out

    Args:
        now: the well as its last test found it
        stages: of the catalogue
        casing_m: [m] inner diameter; None: not known
    Returns:
        the five that take the least power for their rate, with their limits; motor and cable stay
    Valid: as `esp_outcome`; the head that gas and viscosity take is that of the old pump, its wear is gone.
    Source: sizing by total dynamic head: Takacs, ESP Manual (2nd ed., 2018), ch. 5.

    >>> from app.analysis.advice.inflows import through
    >>> curve = Curve(np.array([0.0, 1e-3, 2e-3, 3e-3]), np.array([8.0, 7.0, 5.0, 2.0]), None, None)
    >>> inflows = through(rate=1.5e-3, intake_pa=6e6, reservoir_pa=18e6, bubble_pa=8e6, water_cut=0.5)
    >>> now = EspNow(EspKnobs(50.0, 1.5e6, 230.0), curve, 0.9, 950.0, 1.5e-3, 16e6, inflows, 430.0)
    >>> [found] = esp_workovers(now, [Stage("ours", curve)])
    >>> found.equipment, found.rate[1] > 1.5e-3
    ('ours', True)
    """
    least = LEAST_INTAKE_PA if now.bubble_pa is None else OF_BUBBLE * now.bubble_pa
    aimed = ABOVE_LEAST * least
    target = float(now.inflows.likeliest.rate(np.array([aimed]))[0])
    if target <= 0:
        return []
    above = now.discharge_pa * (1 - FRICTION_SHARE + FRICTION_SHARE * (target / now.rate) ** 2)
    head_m = (above - aimed) / (now.density * STANDARD_GRAVITY)
    factor = max(NEW_PUMP, now.head_factor)
    found = []
    for stage in stages:
        at_hz = stage.curve.at_frequency(AT_HZ)
        fits = casing_m is None or stage.outer_diameter_m is None or stage.outer_diameter_m < casing_m
        if not fits or not RANGE[0] < target / max(at_hz.best_rate, 1e-9) < RANGE[1]:
            continue
        each = factor * float(at_hz.head_at(target))
        count = math.ceil(head_m / each) if each > 0 else MOST_STAGES + 1
        if not 1 <= count <= MOST_STAGES:
            continue
        outcome = esp_outcome(*_with(now, stage, count, factor))
        if outcome is not None:
            found.append(replace(outcome, equipment=stage.name))
    return sorted(found, key=lambda one: one.energy_j_per_kg)[:SHOWN]


def _with(now: EspNow, stage: Stage, count: int, factor: float) -> tuple[EspNow, EspKnobs]:
    """The well with the new pump; from shaft to line it loses what was measured of the old one. How hot the
    winding gets with another pump nobody has measured.
    """
    knobs = EspKnobs(AT_HZ, now.knobs.wellhead_pa, count)
    new = replace(now, curve=stage.curve, head_factor=factor, motor_k=None)
    if now.power_w is not None:
        old, same = shaft_w(now, now.knobs, now.rate), shaft_w(new, now.knobs, now.rate)
        new = replace(new, power_w=now.power_w * same / max(old, 1.0))
    return new, knobs

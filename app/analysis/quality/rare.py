"""A column that may be as it is read, and hardly ever is: asked about with the unit that would make it usual,
never marked. What no well can have is a matter of `against`.
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np
from numpy.typing import NDArray

from app.analysis.quality.against import (
    NEARLY_ALL,
    USUAL_LIFT_PA,
    Contradicted,
    Given,
    Units,
    others,
    together_running,
)
from app.analysis.quality.together import Series
from app.core.units import STANDARD_GRAVITY

Floats = NDArray[np.floating]
HIGH_WELLHEAD_PA, USUAL_WELLHEAD_PA = 5e6, (0.2e6, 5e6)
"""Of a running ESP: flowlines are laid for 4 MPa and less, a choke holds back part of that again."""
HIGH_VIBRATION, USUAL_VIBRATION = 2 * STANDARD_GRAVITY, (0.01 * STANDARD_GRAVITY, 1.5 * STANDARD_GRAVITY)
"""Stations trip at 2 … 5 g: no motor runs a record long over the least of it."""
LOW_SHARE, USUAL_SHARE = 0.02, (0.1, 0.7)
"""Of its power that a pump gives the liquid: 0.2 … 0.5 of well-kept ones, 0.05 of throttled ones. A voltage
from before a transformer makes it up to five times too large, never smaller than the fiftieth.
"""
LEAST_LIFT_PA = 2e6
"""200 m of water. A pump that lifts nothing has no work to be judged by (a broken shaft, an open circulation
valve); one that is never hung less deep is asked about.
"""
LOW_VOLTAGE, USUAL_VOLTAGE = 100.0, (200.0, 6_000.0)
"""Of a motor that runs: 380 V before a transformer are the least."""
HOT_K, USUAL_K = 273.15 + 150, (273.15 + 20, 273.15 + 130)
"""Of the liquid at an intake: hotter is steam that somebody injects, or °F."""
SIMPLE = {
    "wellhead_pressure": (HIGH_WELLHEAD_PA, math.inf, USUAL_WELLHEAD_PA),
    "vibration_x": (HIGH_VIBRATION, math.inf, USUAL_VIBRATION),
    "vibration_y": (HIGH_VIBRATION, math.inf, USUAL_VIBRATION),
    "voltage": (0.0, LOW_VOLTAGE, USUAL_VOLTAGE),
    "intake_temperature": (HOT_K, math.inf, USUAL_K),
}
"""Sensor → between what it is rare, and between what it is usual."""


def rare(series: Series, given: Given, units: Units) -> list[Contradicted]:
    """Columns in a unit that hardly any well would have, with units that make them usual.

    of nine of ten moments of a running pump: wellhead over 5 MPa; vibration over 2 g; under 100 V; an intake
    over 150 °C; discharge less wellhead under 2 MPa; q·(p_dis − p_in)/P under 0.02 or over 1

    Args:
        series: of one well, good samples only
        given: sensor → the unit its file names
        units: quantity → those it may be written in
    Returns:
        none where no unit makes them usual
    Valid: ten values of a running pump.
    Ours: ranges of any ESP; what is rare is asked, not called wrong.

    >>> from app.core.units import MPA
    >>> from app.core.unit_spellings import usual_units
    >>> at = np.arange(20, dtype=np.int64)
    >>> known = {"wellhead_pressure": (at, np.full(20, 12e6)), "frequency": (at, np.full(20, 50.0))}
    >>> [found] = rare(known, {"wellhead_pressure": MPA}, usual_units)
    >>> "bar" in found.fits, "psi" in found.fits
    (True, False)
    """
    found = [*_alone(series, given, units), *_lift(series, given, units), *_rate(series, given, units)]
    return [one for one in found if one.fits]


def _alone(series: Series, given: Given, units: Units) -> list[Contradicted]:
    """Of one column each."""
    found = []
    for key, (low, high, usual) in SIMPLE.items():
        told = together_running(series, key)
        if told is None or not _between(told[0], (low, high)) or _said_twice(series, key):
            continue
        fits = others(key, told[0], given, units, partial(_within, limits=usual))
        limit = low if high == math.inf else high
        found.append(Contradicted(key, key, len(told[0]), float(np.median(told[0])), limit, fits))
    return found


def _said_twice(series: Series, key: str) -> bool:
    """Whether a second gauge says so too: the flowline of a wellhead."""
    both = together_running(series, key, "line_pressure") if key == "wellhead_pressure" else None
    return both is not None and float(np.median(both[1])) > 0.5 * float(np.median(both[0]))


def _lift(series: Series, given: Given, units: Units) -> list[Contradicted]:
    """A pump that hangs hardly under the wellhead, by what it gives."""
    told = together_running(series, "discharge_pressure", "wellhead_pressure")
    if told is None or not _between(told[0] - told[1], (-math.inf, LEAST_LIFT_PA)):
        return []
    key, other = "discharge_pressure", "wellhead_pressure"
    fits = others(key, told[0], given, units, lambda one: _within(one - told[1], USUAL_LIFT_PA))
    above, top = (float(np.median(one)) for one in told)
    return [Contradicted(key, other, len(told[0]), above, top, fits)]


def _rate(series: Series, given: Given, units: Units) -> list[Contradicted]:
    """By the work that the pump does for the power it takes."""
    current = next((key for key in ("motor_current", "motor_current_a") if key in series), "")
    needed = ("liquid_rate", "intake_pressure", "discharge_pressure")
    measured = together_running(series, *needed, "active_power")
    reckoned = None if measured is not None else together_running(series, *needed, "voltage", current)
    told = measured or reckoned
    if told is None:
        return []
    rate, lift = told[0], told[2] - told[1]
    power = told[3] if measured is not None else np.sqrt(3) * told[3] * told[4]
    known = (rate > 0) & (power > 0) & (lift > LEAST_LIFT_PA)
    if float(np.mean(known)) < NEARLY_ALL:
        return []
    rate, lift, power = rate[known], lift[known], power[known]

    def share(of: Floats) -> float:
        return float(np.median(of * lift / power))

    low, high = share(rate) < LOW_SHARE, measured is not None and share(rate) > 1
    if not (low or high):
        return []
    fits = others("liquid_rate", rate, given, units, lambda one: USUAL_SHARE[0] < share(one) < USUAL_SHARE[1])
    against = "active_power" if measured is not None else current
    middle = float(np.median(power))
    return [Contradicted("liquid_rate", against, len(rate), float(np.median(rate)), middle, fits)]


def _between(value: Floats, limits: tuple[float, float]) -> bool:
    return float(np.mean((value > limits[0]) & (value < limits[1]))) >= NEARLY_ALL


def _within(value: Floats, limits: tuple[float, float]) -> bool:
    return limits[0] <= float(np.median(value)) <= limits[1]

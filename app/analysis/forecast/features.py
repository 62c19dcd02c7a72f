"""What the failure model looks at, once a day: how long the pump has run, and how far it is from what it was.

The same names and units for simulated and for real pumps; `VERSION` changes with them, and a model of another
version is refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.analysis.rules.base import EspCase

Floats = NDArray[np.float64]
VERSION = 1
NAMES = (
    "age_days",
    "insulation",
    "insulation_falls",
    "motor_rise",
    "vibration",
    "lift_loss",
    "raggedness",
    "starts_a_day",
    "unbalance",
    "load",
)
"""days run; lg of insulation under 10 MΩ; its fall, lg per 30 days; K above the usual; shares of the usual;
starts; share; share.
"""

WEEK_H = 7 * 24.0
HEALTHY_OHM = 10e6


@dataclass(frozen=True)
class Features:
    """What the failure model looks at.

    Attributes:
        values: [as NAMES says] (len(NAMES),)
        known: (len(NAMES),) which were measured; the rest are what a healthy pump has
    """

    values: Floats
    known: NDArray[np.bool_]

    def named(self) -> dict[str, float]:
        """The features by their names.

        Returns:
            name → [as NAMES says]
        Valid: any.
        Ours: for reports and tests.

        >>> Features(NEUTRAL, np.zeros(len(NAMES), bool)).named()["load"]
        0.75
        """
        return dict(zip(NAMES, self.values.tolist(), strict=True))


NEUTRAL = np.array([0.0, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.01, 0.75])


def features_of(case: EspCase, age_days: float) -> Features:
    """Features of the last week of a window.

    medians of the departures while the pump ran; lg(10 MΩ/R) and its fall by 30 days; starts by the day

    Args:
        case: an ESP well over a window
        age_days: [d] the pump has run
    Returns:
        in the order of NAMES; what is not measured is as a healthy pump's
    Valid: a window of weeks: the fall of insulation needs 14 days.
    Ours: NAMES and VERSION go with the model file.

    >>> from app.analysis import examples
    >>> hot = features_of(examples.esp({"motor_temperature": 1.04}), 300.0).named()
    >>> hot["age_days"], round(hot["motor_rise"])  # 4 % of 375 K
    (300.0, 15)
    """
    values, known = NEUTRAL.copy(), np.zeros(len(NAMES), bool)
    grid, d = case.grid, case.departures

    def put(name: str, value: float | None) -> None:
        if value is not None and math.isfinite(value):
            values[NAMES.index(name)], known[NAMES.index(name)] = value, True

    put("age_days", age_days)
    week = slice(max(0, len(grid) - grid.cells(WEEK_H)), len(grid))
    put("starts_a_day", _starts(case, week))
    _insulation(case, week, put)
    if d is not None:
        for name, parameter, sign in (
            ("motor_rise", "motor_rise", 1),
            ("vibration", "vibration", 1),
            ("lift_loss", "lift", -1),
            ("raggedness", "noise", 1),
        ):
            if d.has(parameter):
                put(name, sign * _median(d.value[parameter][week]))
        if d.has("current_unbalance"):
            put("unbalance", _median(d.value["current_unbalance"][week] + d.usual["current_unbalance"][week]))
    if "load" in grid.mean:
        put("load", _median(np.where(case.modes.on, grid.mean["load"], np.nan)[week]))
    return Features(values, known)


def _median(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else math.nan


def _starts(case: EspCase, week: slice) -> float:
    planned = case.modes.periodic[np.minimum(case.modes.starts, len(case.grid) - 1)]
    inside = (case.modes.starts >= week.start) & ~planned
    return float(inside.sum()) / max(case.grid.hours(week.stop - week.start) / 24, 1.0)


def _insulation(case: EspCase, week: slice, put: object) -> None:
    resistance = case.grid.mean.get("insulation_resistance")
    if resistance is None:
        return
    now = _median(resistance[week])
    first = resistance[: max(1, len(resistance) // 4)]
    before, days = _median(first), case.grid.hours(len(resistance)) / 24
    if now > 0:
        put("insulation", math.log10(HEALTHY_OHM / now))  # type: ignore[operator]
        if before > 0 and days >= 14:
            put("insulation_falls", max(0.0, math.log10(before / now)) / (0.875 * days) * 30)  # type: ignore[operator]

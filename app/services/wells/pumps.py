"""The ESP that stood in a well: its curve from the points that were entered, from the pumps of its string, or
from the catalogue by its type.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.catalogue.esp_pumps import ESP_PUMPS
from app.analysis.esp.pump import Curve
from app.core.errors import KnownError
from app.core.paths import Paths
from app.models.values import Values, needed_number, number_of, part_of, rows_of
from app.services.wells.catalogue import equipment as library
from app.services.wells.equipment import Equipped

FEWEST_POINTS = 3
POINTS = 60
"""Of the common curve of several pumps."""


@dataclass(frozen=True)
class InstalledPump:
    """`curve` is one stage of `stages` alike; of a string of different pumps it is the whole string, once."""

    curve: Curve
    stages: float


def pump_of(equipped: Equipped, paths: Paths) -> InstalledPump | None:
    """None where nothing names it. Raises KnownError (pump_unknown, catalogue_…, pump_curve_…)."""
    equipment = equipped.equipment
    esp = part_of(equipment, "esp")
    stages = number_of(equipment, "stages")
    if esp.get("curve"):
        return _own(esp, stages)
    if pumps := rows_of(esp, "pumps"):
        return _string(pumps, paths)
    name = equipment.get("pump_type")
    if not name or not stages:
        return None
    return InstalledPump(library(paths, ESP_PUMPS).find(str(name)).item.curve, stages)


def _own(esp: Values, stages: float | None) -> InstalledPump:
    """A curve by points is of as many stages as it says, else of all that are installed."""
    points = sorted(rows_of(esp, "curve"), key=lambda point: needed_number(point, "flow_m3_per_s"))
    of_curve = number_of(esp, "curve_stages") or stages
    if len(points) < FEWEST_POINTS:
        raise KnownError("pump_curve_short", count=len(points), least=FEWEST_POINTS)
    if not of_curve:
        raise KnownError("pump_curve_stages")
    rate = np.array([needed_number(point, "flow_m3_per_s") for point in points], float)
    if np.any(np.diff(rate) <= 0):
        raise KnownError("pump_curve_twice", rate=float(rate[np.flatnonzero(np.diff(rate) <= 0)[0]]))
    power = _column(points, "power_w")
    curve = Curve(
        rate,
        np.array([needed_number(point, "head_m") for point in points], float) / of_curve,
        None if power is None else power / of_curve,
        _column(points, "efficiency"),
        number_of(esp, "curve_frequency_hz") or 50.0,
    )
    return InstalledPump(curve, stages or of_curve)


def _column(points: list[Values], key: str) -> np.ndarray | None:
    """Only where every point has it: a curve with holes would be drawn through nothing."""
    if any(point.get(key) is None for point in points):
        return None
    return np.array([needed_number(point, key) for point in points], float)


def _string(pumps: list[Values], paths: Paths) -> InstalledPump:
    """Several pumps, one above the other: the same rate through all, their heads and powers added."""
    known = library(paths, ESP_PUMPS)
    parts = [(known.find(str(pump["pump_type"])).item.curve, needed_number(pump, "stages")) for pump in pumps]
    frequency = parts[0][0].frequency_hz
    parts = [(curve.at_frequency(frequency), stages) for curve, stages in parts]
    rate = np.linspace(0.0, min(float(curve.rate[-1]) for curve, _ in parts), POINTS)
    head = sum(stages * curve.head_at(rate) for curve, stages in parts)
    power = sum(stages * curve.power_at(rate) for curve, stages in parts)
    shaft = np.asarray(power, float)
    return InstalledPump(
        Curve(rate, np.asarray(head, float), shaft if np.isfinite(shaft).all() else None, None, frequency),
        1.0,
    )

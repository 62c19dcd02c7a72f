"""The ESP that stood in a well: its curve from the points that were entered, from the pumps of its string, or
from the catalogue by its type.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.analysis.catalogue.esp_pumps import ESP_PUMPS
from app.analysis.esp.pump import Curve
from app.core.errors import KnownError
from app.core.paths import Paths
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
    esp: dict[str, Any] = equipment.get("esp") or {}
    stages = equipment.get("stages")
    if esp.get("curve"):
        return _own(esp, stages)
    if esp.get("pumps"):
        return _string(esp["pumps"], paths)
    name = equipment.get("pump_type")
    if not name or not stages:
        return None
    return InstalledPump(library(paths, ESP_PUMPS).find(str(name)).item.curve, float(stages))


def _own(esp: dict[str, Any], stages: float | None) -> InstalledPump:
    """A curve by points is of as many stages as it says, else of all that are installed."""
    points = sorted(esp["curve"], key=lambda point: float(point["flow_m3_per_s"]))
    of_curve = esp.get("curve_stages") or stages
    if len(points) < FEWEST_POINTS:
        raise KnownError("pump_curve_short", count=len(points), least=FEWEST_POINTS)
    if not of_curve:
        raise KnownError("pump_curve_stages")
    rate = np.array([point["flow_m3_per_s"] for point in points], float)
    if np.any(np.diff(rate) <= 0):
        raise KnownError("pump_curve_twice", rate=float(rate[np.flatnonzero(np.diff(rate) <= 0)[0]]))
    power = _column(points, "power_w")
    curve = Curve(
        rate,
        np.array([point["head_m"] for point in points], float) / of_curve,
        None if power is None else power / of_curve,
        _column(points, "efficiency"),
        float(esp.get("curve_frequency_hz") or 50.0),
    )
    return InstalledPump(curve, float(stages or of_curve))


def _column(points: list[dict[str, Any]], key: str) -> np.ndarray | None:
    """Only where every point has it: a curve with holes would be drawn through nothing."""
    if any(point.get(key) is None for point in points):
        return None
    return np.array([point[key] for point in points], float)


def _string(pumps: list[dict[str, Any]], paths: Paths) -> InstalledPump:
    """Several pumps, one above the other: the same rate through all, their heads and powers added."""
    known = library(paths, ESP_PUMPS)
    parts = [(known.find(str(pump["pump_type"])).item.curve, float(pump["stages"])) for pump in pumps]
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

"""Stages of electric submersible pumps: curves as data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.catalogue.entry import Entry
from app.analysis.catalogue.library import Kind
from app.analysis.catalogue.spelling import Parts
from app.analysis.esp.pump import Curve, curve_of
from app.core.errors import KnownError
from app.core.units import DAY_S, STANDARD_GRAVITY

LEAST_TOLERANCE = 0.03
"""Printed curves round: a site's own is allowed as much between its efficiency and its power."""


@dataclass(frozen=True)
class EspPump:
    """A stage of the catalogue.

    Attributes:
        curve: in water, at its frequency
        maker: of it
        speed_rpm: [1/min] at its frequency, or None
        outer_diameter_m: [m] of the pump, or None
        working_range_m3_per_s: [m³/s] least and most, or empty
        reading_error: [-] how far the printed efficiency is from that of head and power, at most
    """

    curve: Curve
    maker: str = ""
    speed_rpm: float | None = None
    outer_diameter_m: float | None = None
    working_range_m3_per_s: tuple[float, ...] = ()
    reading_error: float = LEAST_TOLERANCE


def same_pump(found: Parts) -> Parts:
    """What of a name tells one pump from another.

    Args:
        found: its parts
    Returns:
        ESP and УЭЦН are ЭЦН
    Valid: any.
    Ours: the unit (УЭЦН) is called by its pump.

    >>> same_pump(("ESP", "5", "A", "100"))
    ('ЭЦH', '5', 'A', '100')
    """
    return tuple("ЭЦH" if one in ("ESP", "YЭЦH") else one for one in found)


def efficiency_error(curve: Curve) -> float:
    """How far a curve's efficiency is from that of its head and power, at most.

    max|η − 1000·g·Q·H/N|

    Args:
        curve: with power and efficiency
    Returns:
        [-] 0 without one of them
    Valid: points with power.
    Source: definition of efficiency.

    >>> points, head = np.array([0, 1e-3, 2e-3, 3e-3]), np.array([8.0, 7.0, 5.0, 2.0])
    >>> curve = Curve(points, head, np.full(4, 150.0), np.array([0.0, 0.45, 0.6, 0.4]))
    >>> round(efficiency_error(curve), 3)
    0.054
    """
    if curve.power is None or curve.efficiency is None:
        return 0.0
    some = curve.power > 0
    of_power = 1000 * STANDARD_GRAVITY * curve.rate[some] * curve.head[some] / curve.power[some]
    return float(np.abs(of_power - curve.efficiency[some]).max(initial=0.0))


def _read(entry: Entry) -> EspPump:
    rate = np.array(entry.numbers("rate_m3_per_d", 0, 20_000, 4)) / DAY_S
    head = np.array(entry.numbers("head_m_per_stage", 0, 120, 4))
    power, efficiency = (
        np.array(values) if values else None
        for values in (
            entry.numbers("power_w_per_stage", 0, 50_000, 4),
            entry.numbers("efficiency", 0, 0.95, 4),
        )
    )
    frequency_hz = entry.number("frequency_hz", 20, 200)
    try:
        curve = curve_of(rate, head, power, efficiency, frequency_hz)
    except KnownError as error:
        raise entry.wrong(f"catalogue_{error.code}", "rate_m3_per_d", len(rate), **error.details) from error
    told = entry.optional("reading_error", 0, 0.1)
    allowed = LEAST_TOLERANCE if told is None else told
    found = efficiency_error(curve)
    if found > allowed + 0.005:
        raise entry.wrong("catalogue_efficiency", "efficiency", round(found, 3), allowed=allowed)
    outer = entry.optional("outer_diameter_mm", 40, 400)
    return EspPump(
        curve,
        entry.text("maker"),
        entry.optional("speed_rpm", 500, 12_000),
        None if outer is None else outer / 1000,
        tuple(one / DAY_S for one in entry.numbers("working_range_m3_per_d", 0, 20_000, 2)),
        allowed,
    )


ESP_PUMPS = Kind("esp_pumps", _read, same_pump, "pump_unknown")

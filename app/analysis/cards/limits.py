"""Where a figure of a card turns from good to worth watching to acting on: the traffic lights of page and
protocol.
"""

from __future__ import annotations

from typing import Any

from app.analysis.cards.figures import CardAnalysis
from app.models.cards import RodSection

# measure → (watch from, act from); the first larger than the second: low is bad. Shares of 1.
LIMITS = {
    "fillage": (0.85, 0.6),
    "goodman_fraction": (0.9, 1.0),
    "load_fraction": (0.9, 1.0),
    "beam_load_fraction": (0.9, 1.0),
    "system_efficiency": (0.35, 0.2),
}


def light(measure: str, value: float | None) -> str:
    """One of "ok", "watch", "act", or "" where there is no limit or no value."""
    if measure not in LIMITS or value is None:
        return ""
    watch, act = LIMITS[measure]
    if watch > act:
        watch, act, value = -watch, -act, -value
    return "act" if value >= act else "watch" if value >= watch else "ok"


def permissible_load_n(rod: RodSection, minimum_load_n: float) -> float | None:
    """Polished rod load at which the top section is fully used, given the least load (API RP 11BR) [N]."""
    if rod.minimum_tensile_pa is None:
        return None
    least = minimum_load_n / rod.area_m2
    return (rod.minimum_tensile_pa / 4 + 0.5625 * least) * rod.service_factor * rod.area_m2


def worst_goodman(analysis: CardAnalysis) -> float | None:
    rows: list[dict[str, Any]] = analysis.measures["rods"] or []
    known = [row["goodman_fraction"] for row in rows if row["goodman_fraction"] is not None]
    return max(known, default=None)

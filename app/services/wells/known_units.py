"""A pumping unit of a passport in the catalogue: ratings and dimensions by its name and its stroke."""

from __future__ import annotations

from app.analysis.catalogue.library import Found
from app.analysis.catalogue.pumping_units import PUMPING_UNITS, PumpingUnit
from app.core.paths import Paths
from app.models.values import Values
from app.services.wells.catalogue import equipment

CLOSE = 0.06
"""A stroke of so little difference is that of a crank hole: passports round to a tenth of a metre."""


def unit_named(paths: Paths, name: str) -> Found[PumpingUnit] | None:
    """Raises KnownError for a site's catalogue that is damaged."""
    return equipment(paths, PUMPING_UNITS).known(name) if name.strip() else None


def known_unit(paths: Paths, name: str, stroke_m: float | None) -> Values:
    """What a card's "unit" says of it: no dimensions without its crank hole, nothing of an unknown one."""
    found = unit_named(paths, name)
    if found is None:
        return {}
    strokes = found.item.computed_strokes_m()
    if not strokes:
        return found.item.as_unit()
    if stroke_m is None:
        return found.item.as_unit(0)
    hole = min(range(len(strokes)), key=lambda i: abs(strokes[i] - stroke_m))
    unit = found.item.as_unit(hole)
    if abs(strokes[hole] / stroke_m - 1) > CLOSE:
        return {key: value for key, value in unit.items() if not key.startswith("api_")}
    return unit

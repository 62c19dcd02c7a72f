"""The unit of a column that names none: the first of the usual ones in which its values are usual."""

from __future__ import annotations

import numpy as np

from app.core.unit_spellings import usual_units
from app.core.units import M3_PER_S, Unit
from app.importers.targets import Target
from app.models.sensors import SENSORS


def usual_share(values: np.ndarray, unit: Unit, target: Target) -> float:
    low, high = target.usual or (target.minimum, target.maximum)
    nonzero = values[values != 0]
    if not len(nonzero) or low is None or high is None:
        return 1.0
    si = unit.to_si(nonzero)
    return float(np.mean((si >= low) & (si <= high)))


def guess_unit(values: np.ndarray, target: Target) -> str | None:
    """The first of the field's units in which nearly all values are usual; None when the usual unit does."""
    if target.key == "position" and target.required and len(values):
        # Of a card: metres or millimetres; what may as well be inches or centimetres is not guessed at.
        return "mm" if 600 <= float(np.ptp(values)) <= 12_000 else None
    if target.quantity == "number" or target.named.startswith("lab."):
        return None
    if target.key in SENSORS and target.quantity not in (
        "pressure",
        "surface_pressure",
        "load",
        "length",
        "ratio",
    ):
        return None
    units = usual_units(target.quantity)
    for unit in units:
        if target.quantity == "rate" and "gas" not in target.key and unit not in (units[0], M3_PER_S):
            continue  # of a poor well a day's rate is as small as another's of an hour: only SI tells itself
        if usual_share(values, unit, target) >= 0.9:
            return None if unit is units[0] else unit.en
    return None

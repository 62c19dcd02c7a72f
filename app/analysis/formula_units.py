"""What the parts of a formula are made of: powers of base units, and what they are shown as."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.units import DAY_S, STANDARD_GRAVITY

Floats = NDArray[np.float64]
Dimension = tuple[int, int, int, int, int]
"""Powers of kg, m, s, A, K."""

PLAIN: Dimension = (0, 0, 0, 0, 0)
KELVIN: Dimension = (0, 0, 0, 0, 1)
SECOND: Dimension = (0, 0, 1, 0, 0)
# What a quantity is made of; those that are not here cannot stand in a formula.
DIMENSIONS: dict[str, Dimension] = {
    "pressure": (1, -1, -2, 0, 0),
    "surface_pressure": (1, -1, -2, 0, 0),
    "temperature": KELVIN,
    "temperature_step": KELVIN,
    "current": (0, 0, 0, 1, 0),
    "voltage": (1, 2, -3, -1, 0),
    "resistance": (1, 2, -3, -2, 0),
    "power": (1, 2, -3, 0, 0),
    "frequency": (0, 0, -1, 0, 0),
    "pumping_speed": (0, 0, -1, 0, 0),
    "rate": (0, 3, -1, 0, 0),
    "mass_rate": (1, 0, -1, 0, 0),
    "length": (0, 1, 0, 0, 0),
    "small_length": (0, 1, 0, 0, 0),
    "acceleration": (0, 1, -2, 0, 0),
    "ratio": PLAIN,
    "number": PLAIN,
    "volume": (0, 3, 0, 0, 0),
    "hours": SECOND,
}
UNITS: dict[str, tuple[float, str]] = {
    "pa": (1.0, "pressure"),
    "па": (1.0, "pressure"),
    "kpa": (1e3, "pressure"),
    "кпа": (1e3, "pressure"),
    "mpa": (1e6, "pressure"),
    "мпа": (1e6, "pressure"),
    "atm": (101_325.0, "pressure"),
    "атм": (101_325.0, "pressure"),
    "bar": (1e5, "pressure"),
    "бар": (1e5, "pressure"),
    "k": (1.0, "temperature_step"),
    "к": (1.0, "temperature_step"),
    "a": (1.0, "current"),
    "а": (1.0, "current"),
    "v": (1.0, "voltage"),
    "в": (1.0, "voltage"),
    "kw": (1e3, "power"),
    "квт": (1e3, "power"),
    "hz": (1.0, "frequency"),
    "гц": (1.0, "frequency"),
    "m": (1.0, "length"),
    "м": (1.0, "length"),
    "mm": (1e-3, "length"),
    "мм": (1e-3, "length"),
    "g": (STANDARD_GRAVITY, "acceleration"),
    "h": (3_600.0, "hours"),
    "ч": (3_600.0, "hours"),
    "d": (DAY_S, "hours"),
    "сут": (DAY_S, "hours"),
}


@dataclass(frozen=True)
class Value:
    """What a part of a formula comes to.

    Attributes:
        value: [SI] (n,) or a single number; NaN where nothing is known
        dimension: [-] powers of kg, m, s, A, K
        absolute: [-] on a scale whose zero is no nothing (°C): only differences of it count
        per_day: [-] a change in a day of something of this dimension
    """

    value: Floats
    dimension: Dimension
    absolute: bool = False
    per_day: bool = False


def quantity_of(value: Value) -> str:
    """What quantity it is shown as; empty where none is made so.

    Args:
        value: [SI] (n,) of a formula
    Returns:
        [-] a quantity of `core.units`
    Valid: any.
    Ours: a difference of temperatures is a step, a plain number stays one.

    >>> quantity_of(Value(np.array([1.0]), KELVIN)), quantity_of(Value(np.array([1.0]), KELVIN, True))
    ('temperature_step', 'temperature')
    """
    if value.dimension == KELVIN:
        return "temperature" if value.absolute else "temperature_step"
    if value.dimension == PLAIN:
        return "number"
    return next((name for name, one in DIMENSIONS.items() if one == value.dimension), "")


def si_unit(dimension: Dimension) -> str:
    """What has no name of its own, in base units: `kg·m⁻¹·s⁻²`.

    Args:
        dimension: [-] powers of kg, m, s, A, K
    Returns:
        [-] its unit
    Valid: any powers.
    Source: BIPM, The International System of Units, 9th edition (2019), 5.4.

    >>> si_unit((0, 3, -1, 0, -1))
    'm³·s⁻¹·K⁻¹'
    """
    raised = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    parts = zip(("kg", "m", "s", "A", "K"), dimension, strict=True)
    return "·".join(
        name + ("" if power == 1 else str(power).translate(raised)) for name, power in parts if power
    )

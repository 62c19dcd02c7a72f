"""What two fields of one record cannot be together: a hole whose top is below its bottom, a pipe wider than
what it stands in. Nothing is refused: one of the two is wrong, and who entered them knows which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.models.values import Read, number_of, text_of

SMALLER: dict[str, tuple[tuple[str, str], ...]] = {
    "installation": (
        ("perforation_top_m", "perforation_bottom_m"),
        ("tubing_inner_diameter_m", "tubing_outer_diameter_m"),
        ("casing_inner_diameter_m", "casing_diameter_m"),
        ("tubing_outer_diameter_m", "casing_diameter_m"),
        ("tubing_outer_diameter_m", "casing_inner_diameter_m"),
        ("plunger_diameter_m", "casing_inner_diameter_m"),
    ),
}
"""Kind → pairs of its fields of which the first is the smaller."""
_PLUNGER = re.compile(r"\bН[НВСГ]\w*[\s-]+(\d{2,3})(?!\d)", re.IGNORECASE)
"""`НН2Б-44-30-12`: the first number of a Russian rod pump is its plunger [mm] (ГОСТ Р 51896-2002)."""
NAMES = ("pump_name", "pump_type")
NAMED_M = 2e-3
"""A plunger and the size in its pump's name: 57 and 57.15 mm are one."""


@dataclass(frozen=True)
class Contradiction:
    """Keys of the two fields; `name` is the pump's where its name says another plunger."""

    first: str
    second: str
    name: str = ""


def contradictions(kind: str, values: Read) -> list[Contradiction]:
    """`values` in SI, by field; what is not told contradicts nothing.

    >>> contradictions("installation", {"perforation_top_m": 1460.0, "perforation_bottom_m": 1450.0})
    [Contradiction(first='perforation_top_m', second='perforation_bottom_m', name='')]
    >>> contradictions("installation", {"pump_name": "НН2Б-44", "plunger_diameter_m": 0.070})[0].name
    'НН2Б-44'
    """
    found = [
        Contradiction(small, large)
        for small, large in SMALLER.get(kind, ())
        if (low := number_of(values, small)) is not None
        and (high := number_of(values, large)) is not None
        and low > high
    ]
    plunger = number_of(values, "plunger_diameter_m")
    for key in NAMES:
        name = text_of(values, key)
        said = plunger_named(name)
        if said is not None and plunger is not None and abs(said - plunger) > NAMED_M:
            found.append(Contradiction(key, "plunger_diameter_m", name))
    return found


def plunger_named(name: str) -> float | None:
    """What a Russian rod pump's name says of its plunger [m].

    >>> plunger_named("НН2Б-44-30-12")
    0.044
    """
    said = _PLUNGER.search(name)
    return None if said is None else int(said[1]) / 1000

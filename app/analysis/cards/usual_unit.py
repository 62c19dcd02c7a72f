"""A pumping unit of which the dimensions are not known: it is taken to be built as conventional units are, of
the size that makes its stroke.
"""

from __future__ import annotations

from dataclasses import replace

from app.analysis.cards.unit import Linkage
from app.core.plain import JsonObject

USUAL = Linkage(1.28, 1.10, 1.74, 1.31, 0.417)


def sized(linkage: Linkage, stroke_m: float) -> Linkage:
    """The same unit with its crank pin moved so that it makes this stroke; scaled where no pin can.

    bisection of R; else every length times stroke over stroke

    Args:
        linkage: of the unit
        stroke_m: [m] of the polished rod
    Returns:
        the linkage that makes it, within 1 %
    Valid: strokes above 0.
    Ours: a pin is moved before a unit is made larger.

    >>> round(sized(USUAL, 2.5).stroke_m, 1)
    2.5
    """
    low, high = 0.05 * linkage.r_m, 1.6 * linkage.r_m
    for _ in range(25):
        middle = replace(linkage, r_m=(low + high) / 2)
        if middle.turns() and middle.stroke_m < stroke_m:
            low = middle.r_m
        else:
            high = middle.r_m
    found = replace(linkage, r_m=(low + high) / 2)
    if found.turns() and abs(found.stroke_m / stroke_m - 1) < 0.01:
        return found
    size = stroke_m / linkage.stroke_m
    return Linkage(
        linkage.a_m * size,
        linkage.c_m * size,
        linkage.k_m * size,
        linkage.p_m * size,
        linkage.r_m * size,
        linkage.mark2,
    )


def with_dimensions(unit: JsonObject, linkage: Linkage) -> JsonObject:
    """What a unit's card says of it, with the lengths of a linkage.

    api_A_m … api_R_m [m] by letter

    Args:
        unit: as a card has it
        linkage: its lengths
    Returns:
        a copy
    Valid: any.
    Ours: the keys of the card format.

    >>> with_dimensions({"geometry": "conventional"}, USUAL)["api_R_m"]
    0.417
    """
    return {
        **unit,
        "api_A_m": linkage.a_m,
        "api_C_m": linkage.c_m,
        "api_K_m": linkage.k_m,
        "api_P_m": linkage.p_m,
        "api_R_m": linkage.r_m,
    }


def as_usual(unit: JsonObject, stroke_m: float) -> JsonObject | None:
    """A unit whose ratings are known and whose dimensions are not, with those of a usual one of its stroke.

    Args:
        unit: as a card has it
        stroke_m: [m] of the polished rod
    Returns:
        None for a unit of which nothing is known, and for one that is not built so
    Valid: conventional geometry. Torque factors of conventional units of one stroke differ by some 5 %.
    Ours: an answer that says what it assumed is worth more than none.

    >>> as_usual({"gearbox_rating_n_m": 40e3}, 2.5)["api_A_m"] > 2
    True
    >>> as_usual({}, 2.5) is None
    True
    """
    conventional = unit.get("geometry", "conventional") == "conventional"
    if not conventional or not unit.get("gearbox_rating_n_m") or stroke_m <= 0:
        return None
    return with_dimensions(unit, sized(USUAL, stroke_m))

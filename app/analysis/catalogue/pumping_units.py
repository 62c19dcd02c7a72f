"""Beam pumping units: ratings, strokes and the dimensions that the kinematics of `cards.unit` needs."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from app.analysis.cards.unit import linkage_of
from app.analysis.catalogue.entry import Entry
from app.analysis.catalogue.library import Kind
from app.analysis.catalogue.spelling import Parts, parts
from app.core.plain import JsonObject
from app.core.units import POUND_FORCE

GEOMETRIES = ("conventional", "mark2", "air_balanced", "reverse_mark")
OF_LETTERS = {
    "C": "conventional",
    "CP": "conventional",
    "M": "mark2",
    "A": "air_balanced",
    "RM": "reverse_mark",
}
INCH_M = 0.0254
POUND_N = float(POUND_FORCE.to_si(1.0))
TON_N, KILOGRAM_METRE_N_M = 10_000.0, 10.0
"""ГОСТ 5866-76 rounds: 8 т are 80 kN, 4000 кгс·м are 40 kN·m."""
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True)
class Ratings:
    """What the designation of a unit itself says.

    Attributes:
        geometry: of it
        gearbox_n_m: [N·m] torque rating of the gearbox
        beam_n: [N] polished rod load rating
        stroke_m: [m] longest stroke
    """

    geometry: str
    gearbox_n_m: float
    beam_n: float
    stroke_m: float


@dataclass(frozen=True)
class PumpingUnit:
    """A unit of the catalogue.

    Attributes:
        geometry: conventional, mark2, air_balanced or reverse_mark
        gearbox_rating_n_m: [N·m]
        beam_rating_n: [N]
        stroke_m: [m] longest, as designated
        strokes_m: [m] as published, longest first; empty where nobody told
        lengths_m: [m] A, C, I, K, P of API Spec 11E by letter; empty where nobody told
        crank_radii_m: [m] R of each hole, longest stroke first
        torque_factor_m: [m] as published, longest stroke, crank level on the upstroke
        structural_imbalance_n: [N] B, negative where the horsehead is heavy
        strokes_per_minute: [1/min] least and most
        rotation: that it must have, or empty
        unconfirmed: fields that only one source has
    """

    geometry: str
    gearbox_rating_n_m: float
    beam_rating_n: float
    stroke_m: float
    strokes_m: tuple[float, ...] = ()
    lengths_m: tuple[tuple[str, float], ...] = ()
    crank_radii_m: tuple[float, ...] = ()
    torque_factor_m: float | None = None
    structural_imbalance_n: float | None = None
    strokes_per_minute: tuple[float, ...] = ()
    rotation: str = ""
    unconfirmed: tuple[str, ...] = ()

    def as_unit(self, hole: int = 0) -> JsonObject:
        """What a card's "unit" says of it (domain/card-format).

        Args:
            hole: [-] crank hole, 0 for the longest stroke
        Returns:
            only what is known
        Valid: holes that it has; without dimensions any.
        Ours: the keys of the card format.

        >>> PumpingUnit("conventional", 25_000.0, 89e3, 1.88).as_unit()["gearbox_rating_n_m"]
        25000.0
        """
        unit: JsonObject = {"geometry": self.geometry}
        if self.rotation:
            unit["rotation"] = self.rotation
        unit |= {f"api_{letter}_m": length for letter, length in self.lengths_m}
        if self.crank_radii_m:
            unit["api_R_m"] = self.crank_radii_m[hole]
        if self.structural_imbalance_n is not None:
            unit["structural_imbalance_n"] = self.structural_imbalance_n
        return {**unit, "gearbox_rating_n_m": self.gearbox_rating_n_m, "beam_rating_n": self.beam_rating_n}

    def computed_strokes_m(self) -> tuple[float, ...]:
        """Strokes that its dimensions give, a crank hole each.

        Returns:
            [m] (holes,) longest first; empty without dimensions
        Valid: cranks that turn.
        Source: API Spec 11E, annexes B to D (`cards.unit`).

        >>> PumpingUnit("conventional", 25_000.0, 89e3, 1.88).computed_strokes_m()
        ()
        """
        linkages = [linkage_of(self.as_unit(hole)) for hole in range(len(self.crank_radii_m))]
        return tuple(linkage.stroke_m for linkage in linkages if linkage is not None)


def ratings_of(designation: str) -> Ratings | None:
    """Ratings that a designation says, of a unit in the catalogue or not.

    API: gearbox in 1000 lbf·in, load in 100 lbf, stroke in inches; СК, СКД: т, m, кгс·м; ПНШ: kN, m, kN·m

    Args:
        designation: C-228D-213-86, М-912-365-168, СКД8-3-4000, 7СК8-3,5-4000, ПНШ 80-3-40
    Returns:
        None for what is no such designation
    Valid: 10 N a kgf, as ГОСТ 5866-76 rounds.
    Source: API Spec 11E (pumping unit designations); ГОСТ 5866-76; ГОСТ Р 51763-2001.

    >>> ratings_of("СКД 8-3-4000")
    Ratings(geometry='conventional', gearbox_n_m=40000.0, beam_n=80000.0, stroke_m=3.0)
    >>> round(ratings_of("С-228D-213-86").stroke_m, 4), ratings_of("насос 5")
    (2.1844, None)
    """
    found = same_unit(parts(designation))
    if len(found) != 4 or not all(_NUMBER.match(one) for one in found[1:]):
        return None
    first, second, third = (float(one) for one in found[1:])
    if found[0] in OF_LETTERS:
        return Ratings(
            OF_LETTERS[found[0]], first * 1000 * POUND_N * INCH_M, second * 100 * POUND_N, third * INCH_M
        )
    if found[0].startswith("CK"):
        return Ratings("conventional", third * KILOGRAM_METRE_N_M, first * TON_N, second)
    if found[0].startswith("ПHШ"):
        return Ratings("conventional", third * 1000, first * 1000, second)
    return None


def same_unit(found: Parts) -> Parts:
    """What of a designation tells one unit from another.

    Args:
        found: its parts
    Returns:
        without the D of a double reduction gear, without the number of a modification before СК
    Valid: any.
    Ours: C-228D-213-86 is C-228-213-86, 7СК8-3,5-4000 is СК8-3,5-4000, 8СКД-3-4000 is СКД8-3-4000.

    >>> same_unit(parts("C-228D-213-86")), same_unit(parts("8СКД-3-4000"))
    (('C', '228', '213', '86'), ('CKД', '8', '3', '4000'))
    """
    if len(found) > 3 and found[2] == "D":
        return found[:2] + found[3:]
    if len(found) > 3 and _NUMBER.match(found[0]) and found[1].startswith("CK"):
        return found[1:] if len(found) > 4 else (found[1], found[0], *found[2:])
    return found


def _read(entry: Entry) -> PumpingUnit:
    lengths = _lengths(entry)
    unit = PumpingUnit(
        entry.choice("geometry", GEOMETRIES, "conventional"),
        entry.number("gearbox_rating_n_m", 500, 400_000),
        entry.number("beam_rating_n", 5_000, 400_000),
        entry.number("stroke_m", 0.2, 10),
        entry.numbers("strokes_m", 0.2, 10),
        lengths,
        tuple(radius / 1000 for radius in entry.numbers("crank_radii_mm", 50, 3000)),
        _metres(entry.optional("torque_factor_mm", 50, 5000)),
        entry.optional("structural_imbalance_n", -60_000, 60_000),
        entry.numbers("strokes_per_minute", 0.1, 40, 2),
        entry.choice("rotation", ("", "clockwise", "counter_clockwise"), ""),
        entry.words("unconfirmed"),
    )
    if bool(lengths) != bool(unit.crank_radii_m):
        raise entry.wrong("catalogue_missing", "crank_radii_mm" if lengths else "dimensions_mm", "")
    for hole, radius in enumerate(unit.crank_radii_m):
        if linkage_of(unit.as_unit(hole)) is None:
            raise entry.wrong("catalogue_linkage", f"crank_radii_mm[{hole + 1}]", round(1000 * radius, 1))
    return unit


def _lengths(entry: Entry) -> tuple[tuple[str, float], ...]:
    """K itself, or by H and G: √(I² + (H − G)²)."""
    if "dimensions_mm" not in entry:
        return ()
    part = entry.part("dimensions_mm")
    a, c, i, p = (part.number(letter, 100, 12_000) for letter in "ACIP")
    if "K" in part:
        k = part.number("K", 100, 15_000)
    else:
        k = math.hypot(i, part.number("H", 100, 15_000) - part.number("G", 0, 15_000))
    part.nothing_else()
    return tuple((letter, length / 1000) for letter, length in zip("ACIKP", (a, c, i, k, p), strict=True))


def _metres(millimetres: float | None) -> float | None:
    return None if millimetres is None else millimetres / 1000


PUMPING_UNITS = Kind("pumping_units", _read, same_unit)

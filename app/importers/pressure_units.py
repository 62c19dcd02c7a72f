"""Pressures without a unit in a file that says none: what the values leave open is asked of the sheet.

Megapascals and the atmosphere's kin (kgf/cm², bar) are what this field writes; pounds per square inch and
kilopascals are never taken in silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.unit_spellings import find_unit, usual_units
from app.core.units import Unit
from app.importers.targets import Target
from app.models import limits

Floats = NDArray[np.float64]
MOST_OF_THEM = 0.9
ALIKE = 1.1
"""Units that differ by less (kgf/cm², bar, atm) are one answer."""

AT_THE_EDGE = 0.8
"""Of the highest that can be: a first guess that just fits is no proof."""

LEAST_OF_A_LINE = 3e5
"""[Pa] What flows into a line stands higher: less, told in atmospheres, may be megapascals."""

HOME = ("MPa", "kgf/cm²", "bar", "atm")


@dataclass(frozen=True)
class Unlabelled:
    """A column of pressures: what it is read in, and its numbers."""

    index: int
    target: Target
    unit: Unit
    values: Floats


def open_units(columns: Iterable[Unlabelled]) -> list[Unit]:
    """The units between which nothing in the sheet decides; empty where it does."""
    columns = [one for one in columns if np.any(one.values)]
    if not columns:
        return []
    taken = _families(one.unit for one in columns)
    edge = any(_near_the_edge(one) or _too_low_for_a_line(one) for one in columns)
    foreign = any(one.unit.en.partition(" (")[0] not in HOME for one in columns)
    if len(taken) == 1 and not edge and not foreign:
        return []
    every = usual_units(columns[0].target.quantity)
    shared = [unit for unit in every if all(_fits(one.values, unit, one.target) for one in columns)]
    left = _families(shared if len(_families(shared)) > 1 else [*taken, *shared])
    return left if len(left) > 1 else []


def said(text: str) -> Unit | None:
    """The unit of an answer."""
    return find_unit(text, "pressure")


def _families(units: Iterable[Unit]) -> list[Unit]:
    found: list[Unit] = []
    for unit in units:
        size = unit.to_si(1.0) - unit.to_si(0.0)
        others = [one.to_si(1.0) - one.to_si(0.0) for one in found]
        if all(max(size / other, other / size) > ALIKE for other in others):
            found.append(unit)
    return found


def _fits(values: Floats, unit: Unit, target: Target) -> bool:
    known = values[values != 0]
    return float(np.mean(limits.within(unit.to_si(known), target.minimum, target.maximum))) >= MOST_OF_THEM


def _too_low_for_a_line(one: Unlabelled) -> bool:
    if one.target.key.partition("_pressure")[0] not in ("wellhead", "line"):
        return False
    return float(np.median(one.unit.to_si(one.values[one.values != 0]))) < LEAST_OF_A_LINE


def _near_the_edge(one: Unlabelled) -> bool:
    if one.target.maximum is None:
        return False
    return float(np.median(one.unit.to_si(one.values[one.values != 0]))) > AT_THE_EDGE * one.target.maximum

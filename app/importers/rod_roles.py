"""Rows of a tally that are no plain rods: `1 1/2" sinker bar`, `Шток полированный 32 мм`. Each is a section
with its part.
"""

from __future__ import annotations

import re

import numpy as np

from app.importers.rod_words import diameter_of
from app.importers.rows import Rows
from app.importers.sheet_reading import SheetReading

_PARTS = (
    (
        re.compile(
            r"(?:sinker|weight|k)[\s-]*bars?|утяжел\w*|тяж[её]л\w*\s+(?:низ|штанг\w*)|^\s*тн\s*$",
            re.IGNORECASE,
        ),
        "sinker_bars",
    ),
    (
        re.compile(
            r"polished\s*rods?|полир\w*\.?\s*шток\w*|шток\w*\s+полир\w*|сальников\w*\s+шток\w*", re.IGNORECASE
        ),
        "polished_rod",
    ),
)


def part_of(cell: str) -> str:
    """The part that a cell names beside its size; empty for rods."""
    return next((part for pattern, part in _PARTS if pattern.search(cell)), "")


def size_of(cell: str) -> float | None:
    """The diameter [m] of such a part; None for what names none."""
    if not part_of(cell):
        return None
    for pattern, _ in _PARTS:
        cell = pattern.sub(" ", cell)
    return diameter_of(f"rod {cell}")


def told(reading: SheetReading, found: Rows) -> None:
    """The part of each row, where no column of its own has it: beside the size, as a type of rods, as a
    grade.
    """
    if reading.plan.kind != "rod_string" or "part" in found.values or not reading.asks:
        return
    parts = [""] * len(found.line)
    for index in range(len(reading.plan.columns)):
        said = [part_of(str(cell)) for cell in reading.texts(index).tolist()]
        parts = [one or other for one, other in zip(parts, said, strict=True)]
        if any(said):
            found.beside.add(index)
    if any(parts):
        found.values["part"] = np.array(parts, object)

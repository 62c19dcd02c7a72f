"""Cells that say their own unit, `Глубина спуска | 4560 фут`: where a whole column says the same one, it is
taken out of its cells to where a column has its unit.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import pyarrow as pa

from app.core.unit_spellings import find_unit
from app.importers.by_density import BY_MASS
from app.importers.numbers import NOTHING
from app.importers.pipe_words import PIPES
from app.importers.sheets import Sheet, column_name
from app.importers.targets import TABLE_KINDS
from app.importers.vocabulary import Vocabulary

_MEASURED = re.compile(
    r"^(?P<number>[<>≤≥±~]?\s*[-+−]?\d[\d\s.,\u00a0\u202f]*?)\s*(?P<unit>[^\d\s.,;:+−-][^;:]{0,14})$"
)
PIPE_NAMES = frozenset({*PIPES, "casing_diameter"})
"""Their cells say more than a number and its unit: `73х5,5 мм`."""


def parted(cell: str) -> tuple[str, str] | None:
    """(number, unit) of `4,528 ft`; None for what is no number with a unit behind it."""
    match = _MEASURED.match(cell.strip())
    if match is None or find_unit(match["unit"]) is None:
        return None
    return match["number"].strip(), match["unit"].strip()


def said_in_cells(sheet: Sheet, words: Vocabulary) -> Sheet:
    """What is settled in the layout is not found out again; of a file too long to be held nothing is."""
    if sheet.layout.spelled is False or sheet.more is not None:
        return sheet
    table, units = sheet.table, list(sheet.units)
    for index, header in enumerate(sheet.headers):
        column = table.column(column_name(index))
        if not header or not pa.types.is_string(column.type):
            continue
        found = _of_column(column.to_pylist())
        if found is None or not _may_be_measured(header, found[1], words):
            continue
        table = table.set_column(index, column_name(index), pa.array(found[0], pa.string()))
        units[index] = found[1]
    spelled = table is not sheet.table
    return replace(sheet, layout=replace(sheet.layout, spelled=spelled), units=tuple(units), table=table)


def _of_column(cells: list[str | None]) -> tuple[list[str | None], str] | None:
    """(the numbers, their unit) where each cell that says anything says the same one."""
    numbers: list[str | None] = []
    units: list[str] = []
    for cell in cells:
        if cell is None or cell.strip().lower() in NOTHING:
            numbers.append(None)
            continue
        said = parted(cell)
        if said is None:
            return None
        numbers.append(said[0])
        units.append(said[1])
    return (numbers, units[0]) if units and len({find_unit(unit) for unit in units}) == 1 else None


def _may_be_measured(header: str, unit: str, words: Vocabulary) -> bool:
    """A header that names a field of this quantity; of one that nobody knows its unit may tell."""
    means = words.means(header)
    quantities = {quantity for name in means for quantity in _quantities().get(name, ())}
    if means & PIPE_NAMES:
        return False
    by_mass = {BY_MASS[quantity] for quantity in quantities if quantity in BY_MASS}
    return not means or any(find_unit(unit, quantity) is not None for quantity in quantities | by_mass)


@cache
def _quantities() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind in TABLE_KINDS:
        for target in kind.targets:
            if target.type == "number":
                found.setdefault(target.named, set()).add(target.quantity)
    return {name: frozenset(quantities) for name, quantities in found.items()}

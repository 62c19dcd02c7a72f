"""Units that stand in a column of their own beside the numbers: `Liquid rate | Unit`, `Рпр | Ед. изм.`"""

from __future__ import annotations

from dataclasses import replace

import pyarrow.compute as pc

from app.core.unit_spellings import find_unit
from app.importers.numbers import texts_of
from app.importers.odd_units import differ
from app.importers.plan import ColumnPlan
from app.importers.sheets import Sheet, column_name
from app.importers.targets import TableKind
from app.importers.unit_said import is_named
from app.importers.vocabulary import Vocabulary

SHOWN = 4


def heard(sheet: Sheet, columns: list[ColumnPlan], kind: TableKind, words: Vocabulary) -> list[ColumnPlan]:
    """Each such column speaks for the number before it that names no unit. Rows in several units are no
    column: their units together are one that is not known, and asked about.
    """
    found = list(columns)
    if kind.long and set(kind.long) <= {column.field for column in columns}:
        return found  # a row says of itself what it measures and in what
    for index, column in enumerate(columns):
        if column.field not in ("", "unit"):
            continue
        units = _units_in(sheet, index, words)
        if not units:
            continue
        of = next((i for i in reversed(range(index)) if _lacks_a_unit(sheet, found[i], i, kind)), None)
        if of is None:
            _against(found, index, units, kind)
        else:
            found[of] = replace(found[of], unit=", ".join(units[:SHOWN]), guessed=False)
            found[index] = ColumnPlan(column.header)
    return found


def _against(found: list[ColumnPlan], index: int, units: list[str], kind: TableKind) -> None:
    """`pip_psi | units` over kPa: two units of one number are none that is known."""
    for i in reversed(range(index)):
        target = kind.target(found[i].field) if found[i].field else None
        if target is not None and target.type == "number" and find_unit(found[i].unit):
            other = next((unit for unit in units if differ(found[i].unit, unit)), "")
            found[i] = replace(found[i], unit=f"{found[i].unit} / {other}") if other else found[i]
            return


def _units_in(sheet: Sheet, index: int, words: Vocabulary) -> list[str]:
    """What stands in a column that is called a unit's, or by the one unit that it holds: `Oil,bbl,Water,bbl`.
    The header is asked first: a long column is not made text for nothing.
    """
    header = sheet.headers[index].strip()
    means_units = "unit" in words.means(header) | words.means(header.rpartition(".")[2])
    if not means_units and find_unit(header) is None:
        return []
    cells = pc.unique(texts_of(sheet.table.column(column_name(index)))).to_pylist()
    units = sorted({text for cell in cells if (text := str(cell).strip())})
    return units if means_units or units == [header] else []


def _lacks_a_unit(sheet: Sheet, column: ColumnPlan, index: int, kind: TableKind) -> bool:
    target = kind.target(column.field) if column.field else None
    if target is None or target.type != "number" or target.quantity == "number" or target.role:
        return False
    return not is_named(sheet, index, column, target)

"""Units that stand in a column of their own beside the numbers: `Liquid rate | Unit`, `Рпр | Ед. изм.`"""

from __future__ import annotations

from dataclasses import replace

import pyarrow.compute as pc

from app.core.unit_spellings import find_unit
from app.importers.numbers import texts_of
from app.importers.plan import ColumnPlan
from app.importers.sheets import Sheet, column_name
from app.importers.targets import TableKind
from app.importers.vocabulary import Vocabulary, split_unit

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
        said = pc.unique(texts_of(sheet.table.column(column_name(index)))).to_pylist()
        units = sorted({str(text).strip() for text in said if str(text).strip()})
        if "unit" not in words.means(sheet.headers[index]) and not _is_a_unit(sheet.headers[index], units):
            continue
        of = next((i for i in reversed(range(index)) if _lacks_a_unit(sheet, found[i], i, kind)), None)
        if units and of is not None:
            found[of] = replace(found[of], unit=", ".join(units[:SHOWN]), guessed=False)
            found[index] = ColumnPlan(column.header)
    return found


def _is_a_unit(header: str, cells: list[str]) -> bool:
    """`Oil,bbl,Water,bbl`: the column is called by the one unit that stands in it."""
    return cells == [header.strip()] and find_unit(header) is not None


def _lacks_a_unit(sheet: Sheet, column: ColumnPlan, index: int, kind: TableKind) -> bool:
    target = kind.target(column.field) if column.field else None
    if target is None or target.type != "number" or target.quantity == "number" or target.role:
        return False
    in_row = index < len(sheet.units) and sheet.units[index]
    return not in_row and not split_unit(sheet.headers[index])[2] and (column.guessed or not column.unit)

"""Days without their year, `05.10`, under a title that says it: a number with a point as often, and by no
means the title's own day.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from app.importers.numbers import texts_of
from app.importers.sheets import SAMPLE, Sheet, column_name
from app.importers.titles import date_said, lines_above, month_said, year_said
from app.importers.vocabulary import Vocabulary

YEARLESS = r"^(0?[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.?$"


def dated(sheet: Sheet, words: Vocabulary, named: str = "") -> Sheet:
    """The same where no column of days has none, or where nothing says the one year."""
    columns = [i for i, header in enumerate(sheet.headers) if _are_days(sheet, i, words.means(header))]
    year = _year(lines_above((*sheet.above, (named,)))) if columns else ""
    for index in columns if year else ():
        sheet = _with_year(sheet, index, year)
    return sheet


def _year(said: str) -> str:
    month = month_said(said)
    if month is not None:
        return str(month[0])
    date = date_said(said)
    years = [part for part in date.replace("/", ".").replace("-", ".").split(".") if len(part) == 4]
    return year_said(said) or (years[0] if len(years) == 1 and years[0].isdigit() else "")


def _are_days(sheet: Sheet, index: int, means: frozenset[str]) -> bool:
    column = sheet.table.column(column_name(index)).slice(0, SAMPLE)
    if not means & {"time", "until"} or not pa.types.is_string(column.type):
        return False
    cells = texts_of(column)
    told = pc.filter(cells, pc.not_equal(cells, ""))
    return len(told) > 0 and bool(pc.all(pc.match_substring_regex(told, YEARLESS)).as_py())


def _with_year(sheet: Sheet, index: int, year: str) -> Sheet:
    def turn(table: pa.Table) -> pa.Table:
        told = pc.replace_substring_regex(
            texts_of(table.column(column_name(index))), YEARLESS, rf"\1.\2.{year}"
        )
        return table.set_column(table.column_names.index(column_name(index)), column_name(index), told)

    return sheet.turned(turn, sheet.headers, sheet.units)

"""Cells that only their header or their own labels explain: dates of six figures under `YYMMDD`, offsets of
clocks as numbers of minutes or hours, angles in a column of degrees and one of minutes, and lists of labels,
`well=101,pad=1`, that name the well.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.importers.numbers import numbers_of, texts_of
from app.importers.sheets import SAMPLE, Sheet, column_name
from app.importers.vocabulary import Vocabulary, like_the_others, split_unit

_FORM = re.compile(r"(?<![^\W_])(yymmdd|ddmmyy|mmddyy|ггммдд|ддммгг)(?![^\W_])", re.IGNORECASE)
_ISO = {"y": r"20\1-\2-\3", "d": r"20\3-\2-\1", "m": r"20\3-\1-\2"}
_SIX = r"^(\d\d)(\d\d)(\d\d)(?:\.0)?$"
_LABELLED = r"^(?:.*[,;]\s*)?(?:well|скважина)\s*=\s*\"?([^,;\"]+?)\"?\s*(?:[,;].*)?$"

_OFFSET = re.compile(
    r"^\s*(?:utc|gmt|time[ _]?zone|tz)[ _]*offset[ _]*"
    r"[,(]?\s*(?P<unit>s|sec\w*|m|min\w*|h|hrs?|hours?)?\s*\)?\s*$",
    re.IGNORECASE,
)
_NUMERIC = r"^[+-]?\d{1,5}(?:\.\d+)?$"
_ANGLES = re.compile(r"угол|азимут|широт|долгот|angle|incl|azi|latit|longit", re.IGNORECASE)
_DEGREES = re.compile(r"°|deg\w*|град\w*\.?", re.IGNORECASE)
_MINUTES = re.compile(r"['′]|min\w*|мин\w*\.?", re.IGNORECASE)
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0}
FARTHEST_H = 14.0

Turn = Callable[[pa.ChunkedArray], pa.ChunkedArray]


def explained(sheet: Sheet, words: Vocabulary) -> Sheet:
    """The same where nothing of the kind stands in it."""
    for index, header in enumerate(sheet.headers):
        unit = sheet.unit_in_row(index)
        form = _FORM.search(unit) or _FORM.search(header)
        if form is not None:
            first = form[1][0].lower().translate(str.maketrans("гд", "yd"))
            bare = _FORM.sub("", header).strip(" ,;:()[]{}") or header
            sheet = _turned(sheet, index, bare, "" if _FORM.search(unit) else unit, _of_six(first))
    for index, header in enumerate(sheet.headers):
        found = _OFFSET.match(header)
        if found is not None and _all_fit(sheet, index, _NUMERIC):
            sheet = _turned(sheet, index, "UTC offset", "", _of_offsets((found["unit"] or "")[:1].lower()))
    sheet = _with_minutes(sheet)
    if any("well" in words.means(header) for header in sheet.headers):
        return sheet
    for index, _ in enumerate(sheet.headers):
        if _all_fit(sheet, index, _LABELLED):
            well = like_the_others(sheet.headers, "Скважина", "Well")
            return _turned(sheet, index, well, "", _named)
    return sheet


def _with_minutes(sheet: Sheet) -> Sheet:
    """`Угол, град | Угол, мин`: one angle; of a temperature `мин` is the least."""
    told = [split_unit(header) for header in sheet.headers]
    rows = [*sheet.units, *[""] * (len(told) - len(sheet.units))]
    units = [row or spelled for row, (_, _, spelled) in zip(rows, told, strict=False)]
    for first in range(len(told) - 1):
        name = told[first][0]
        alike = name == told[first + 1][0] and _ANGLES.search(name) is not None
        if alike and _DEGREES.fullmatch(units[first]) and _MINUTES.fullmatch(units[first + 1]):
            sheet = _joined(sheet, first, units[first])
    return sheet


def _joined(sheet: Sheet, index: int, unit: str) -> Sheet:
    one, other = column_name(index), column_name(index + 1)

    def of(table: pa.Table) -> pa.Table:
        degrees, minutes = (numbers_of(table.column(name)).value for name in (one, other))
        angle = np.copysign(np.abs(degrees) + np.nan_to_num(minutes) / 60, degrees)
        both = pa.chunked_array([pa.array(angle, pa.float64(), from_pandas=True)])
        table = table.set_column(index, one, both)
        return table.set_column(index + 1, other, pa.chunked_array([pa.nulls(table.num_rows, pa.string())]))

    headers = [*sheet.headers[: index + 1], "", *sheet.headers[index + 2 :]]
    units = [unit if i == index else "" if i == index + 1 else said for i, said in enumerate(sheet.units)]
    return sheet.turned(of, headers, units)


def _of_six(first: str) -> Turn:
    def turn(column: pa.ChunkedArray) -> pa.ChunkedArray:
        text = pc.replace_substring_regex(texts_of(column), r"\.0$", "")
        padded = pc.if_else(pc.match_substring_regex(text, r"^\d{5}$"), pc.utf8_lpad(text, 6, "0"), text)
        return pc.replace_substring_regex(padded, _SIX, _ISO[first])

    return turn


def _of_offsets(unit: str) -> Turn:
    """`300` minutes → `+05:00`; without a unit no clock is farther than FARTHEST_H hours."""

    def turn(column: pa.ChunkedArray) -> pa.ChunkedArray:
        cells = texts_of(column).to_pylist()
        each = {cell: float(cell) for cell in set(cells) if cell}
        most = max(map(abs, each.values()), default=0.0)
        told = unit or ("h" if most <= FARTHEST_H else "m" if most <= 60 * FARTHEST_H else "s")
        minutes = {cell: round(value * _SECONDS[told] / 60) for cell, value in each.items()}
        written = {
            cell: f"{'-' if ahead < 0 else '+'}{abs(ahead) // 60:02d}:{abs(ahead) % 60:02d}"
            for cell, ahead in minutes.items()
        }
        return pa.chunked_array([pa.array([written.get(cell) for cell in cells], pa.string())])

    return turn


def _named(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.replace_substring_regex(texts_of(column), _LABELLED, r"\1")


def _all_fit(sheet: Sheet, index: int, pattern: str) -> bool:
    column = texts_of(sheet.table.column(column_name(index)).slice(0, SAMPLE))
    if not len(column) or column.null_count:
        return False
    return bool(pc.all(pc.match_substring_regex(column, pattern, ignore_case=True)).as_py())


def _turned(sheet: Sheet, index: int, header: str, unit: str, turn: Turn) -> Sheet:
    def of(table: pa.Table) -> pa.Table:
        return table.set_column(index, column_name(index), turn(table.column(column_name(index))))

    headers, units = list(sheet.headers), list(sheet.units)
    headers[index] = header
    if index < len(units):
        units[index] = unit
    return sheet.turned(of, headers, units)

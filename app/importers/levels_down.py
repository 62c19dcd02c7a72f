"""Dynamic and static levels beside each other: each is a shot of its own, and a row with one of them lacks
nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyarrow as pa

from app.importers.moments import moments_of
from app.importers.numbers import NOTHING, texts_of
from app.importers.sheets import LINE, Sheet, column_name
from app.importers.vocabulary import Vocabulary, like_the_others, split_unit
from app.models.sensors import SENSORS

DYNAMIC, STATIC = "dynamic_level", "static_level"
_BESIDE = frozenset({DYNAMIC, STATIC, "annulus_pressure", "wellhead_pressure"})
_OTHERS = frozenset(sensor.key for sensor in SENSORS) - _BESIDE
"""What no visit with a shot reads: a table with such sensors is no list of shots."""


def one_below_the_other(sheet: Sheet, words: Vocabulary) -> Sheet:
    """The same where it is no list of shots with both levels."""
    both = _places(sheet, words) if sheet.more is None else None
    if both is None:
        return sheet
    dynamic, static = both
    rows: list[int] = []
    levels: list[Any] = []
    kinds: list[str] = []
    columns = {at: _levels(sheet, at) for at in both}
    alone: list[bool] = []
    for row in range(sheet.table.num_rows):
        said = [(at, columns[at][row]) for at in both if columns[at][row]]
        for at, level in said or [(dynamic, "")]:
            rows.append(row)
            levels.append(level or None)
            kinds.append(STATIC if at == static else DYNAMIC)
            alone.append(len(said) < 2 or at == dynamic)
    table = sheet.table.take(pa.array(rows, pa.int64()))
    unit = _unit(sheet, dynamic)
    name = like_the_others(sheet.headers, "Уровень", "Fluid level")
    kind_name = like_the_others(sheet.headers, "Вид уровня", "Level type")
    headers = [f"{name}, {unit}" if unit else name, kind_name]
    made = [pa.array(levels, pa.string()), pa.array([kind.partition("_")[0] for kind in kinds], pa.string())]
    kept = [i for i in range(len(sheet.headers)) if i not in both]
    others = [_where(table.column(column_name(i)), alone, _of_work(sheet, i, words)) for i in kept]
    arrays = [*others, *map(_chunked, made)]
    return replace(
        sheet,
        headers=(*(sheet.headers[i] for i in kept), *headers),
        units=(*(sheet.units[i] for i in kept), "", ""),
        table=pa.table({column_name(i): array for i, array in enumerate(arrays)}).append_column(
            LINE, table.column(LINE)
        ),
    )


def _places(sheet: Sheet, words: Vocabulary) -> tuple[int, int] | None:
    """The columns of both levels, of a list of shots: dated by days, with no sensor that a visit does not
    read.
    """
    means = [words.means(header) if header else frozenset() for header in sheet.headers]
    dynamic, static = ([i for i, meant in enumerate(means) if key in meant] for key in (DYNAMIC, STATIC))
    if len(dynamic) != 1 or len(static) != 1 or any("level" in meant for meant in means):
        return None
    if any(meant & _OTHERS for meant in means):
        return None
    if _unit(sheet, dynamic[0]) != _unit(sheet, static[0]):
        return None
    timed = next((i for i, meant in enumerate(means) if "time" in meant), None)
    if timed is None:
        return None
    days = moments_of(sheet.table.column(column_name(timed)))
    return (dynamic[0], static[0]) if days.are_days() else None


def _levels(sheet: Sheet, index: int) -> list[str]:
    """`н/д` and a dash are no shots."""
    cells = texts_of(sheet.table.column(column_name(index))).to_pylist()
    return ["" if cell.lower() in NOTHING else cell for cell in map(str, cells)]


def _unit(sheet: Sheet, index: int) -> str:
    return sheet.units[index] or split_unit(sheet.headers[index])[2]


def _of_work(sheet: Sheet, index: int, words: Vocabulary) -> bool:
    """Of a visit with both levels the pressure is that of the running well."""
    return bool(words.means(sheet.headers[index]) & {"annulus_pressure", "wellhead_pressure"})


def _where(column: pa.ChunkedArray, there: list[bool], only: bool) -> pa.ChunkedArray:
    if not only:
        return column
    cells = zip(column.to_pylist(), there, strict=True)
    return _chunked(pa.array([cell if mine else None for cell, mine in cells], column.type))


def _chunked(array: pa.Array) -> pa.ChunkedArray:
    return pa.chunked_array([array])

"""A file of a historian or a controller in the watched folder, whose columns or rows are called by tags:
taken by the table of tags, as if its readings had come over a stream.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.importers.moments import Moments, moments_of
from app.importers.numbers import numbers_of, texts_of
from app.importers.opening import Asked, choose, read_file
from app.importers.sheets import Sheet, column_name
from app.importers.vocabulary import split_unit, vocabulary
from central.centre import Centre
from central.ingest import Names, ingest
from central.names.tags import TagMap
from central.stores import tags
from central.stores.engine import reading
from central.streams.clean import Cleaned, incoming

LOOK = 2_000
"""Rows that are looked at for what a column is."""
MOST_OF_THEM = 0.9


@dataclass(frozen=True)
class Layout:
    """Which column says the moment, and where the tag of each row and its value stand; or the columns that
    are each a tag.
    """

    time: int
    tag: int = -1
    value: int = -1
    unit: int = -1
    wide: tuple[int, ...] = ()


def take_tagged(centre: Centre, field: str, path: Path) -> Cleaned | None:
    """None for a file that is not called by tags of the table: it is read as any other. Raises KnownError
    (file_*, clickhouse_down).
    """
    source = f"folder/{field}"
    with reading(centre.engine) as connection:
        known = TagMap(tags.all_tags(connection), source)
    if known.empty:
        return None
    contents = read_file(path, choose(path), Asked())
    try:
        sheets = [(sheet, layout_of(sheet, known)) for sheet in contents.sheets if sheet.table.num_rows]
        if contents.things or not sheets or any(layout is None for _, layout in sheets):
            return None
        parts = [part for sheet, layout in sheets if layout is not None for part in rows_of(sheet, layout)]
    finally:
        contents.close()
    table = pa.concat_tables(parts)
    token = f"{source}/{hashlib.sha256(path.read_bytes()).hexdigest()}"
    return ingest(centre, table, Names(centre.engine, source, (field,)), token, source)


def layout_of(sheet: Sheet, known: TagMap) -> Layout | None:
    """None for a sheet without a moment, or without a tag that the table has."""
    time = next((i for i in range(len(sheet.headers)) if _is_time(sheet, i)), None)
    if time is None:
        return None
    others = [i for i in range(len(sheet.headers)) if i != time]
    wide = tuple(i for i in others if sheet.headers[i])
    if any(known.find(_named(sheet, i)[0]) is not None for i in wide):
        return Layout(time, wide=tuple(i for i in wide if _is_number(sheet, i)))
    tag = next((i for i in others if _holds_tag(sheet, i, known)), None)
    numbers = [i for i in others if i != tag and _is_number(sheet, i)]
    value = _called(sheet, "value", numbers)
    if tag is None or not numbers:
        return None
    return Layout(time, tag, numbers[0] if value < 0 else value, _called(sheet, "unit", others))


def rows_of(sheet: Sheet, layout: Layout) -> Iterator[pa.Table]:
    """INCOMING, piece by piece."""
    tables = [sheet.table, *(sheet.more() if sheet.more is not None else ())]
    for table in tables:
        moments = moments_of(table.column(column_name(layout.time)))
        if layout.tag >= 0:
            names = texts_of(table.column(column_name(layout.tag)))
            units = texts_of(table.column(column_name(layout.unit))) if layout.unit >= 0 else None
            yield _rows(moments, table.column(column_name(layout.value)), names, units)
        for index in layout.wide:
            named, unit = (
                pa.array([word or None] * len(table), pa.string()) for word in _named(sheet, index)
            )
            yield _rows(moments, table.column(column_name(index)), named, unit)


def _rows(moments: Moments, cells: pa.ChunkedArray, names: pa.Array, units: pa.Array | None) -> pa.Table:
    """An empty cell is no reading; a word in the place of a number is one that cannot be used."""
    value = numbers_of(cells).value
    filled = pc.not_equal(texts_of(cells), "")
    at = pa.array(moments.time_us, pa.timestamp("us", tz="UTC"), mask=moments.bad | moments.empty)
    columns = {"tag": names, "timestamp": at, "value": value, "local": ~moments.zoned}
    table = pa.table(columns | ({"unit": units} if units is not None else {}))
    return incoming(table.filter(filled))


def _is_time(sheet: Sheet, index: int) -> bool:
    column = sheet.table.column(column_name(index)).slice(0, LOOK)
    if pa.types.is_floating(column.type) and "time" not in vocabulary().means(sheet.headers[index]):
        return False  # numbers are moments only where the header says so
    found = moments_of(column)
    return bool(len(column)) and float((found.bad | found.empty).mean()) <= 1 - MOST_OF_THEM


def _is_number(sheet: Sheet, index: int) -> bool:
    column = sheet.table.column(column_name(index)).slice(0, LOOK)
    value = numbers_of(column).value
    return bool(np.isfinite(value).any())


def _holds_tag(sheet: Sheet, index: int, known: TagMap) -> bool:
    column = sheet.table.column(column_name(index))
    if pa.types.is_floating(column.type) or pa.types.is_timestamp(column.type):
        return False
    names = pc.unique(texts_of(column.slice(0, LOOK))).to_pylist()
    return any(name and known.find(name) is not None for name in names)


def _called(sheet: Sheet, what: str, among: list[int]) -> int:
    return next((i for i in among if what in vocabulary().means(sheet.headers[i])), -1)


def _named(sheet: Sheet, index: int) -> tuple[str, str]:
    """`WELL_101.PINT, МПа` is a tag and its unit."""
    name, _, written = split_unit(sheet.headers[index])
    own = sheet.unit_in_row(index)
    return name, own or written

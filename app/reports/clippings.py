"""What a person took from the pages into a report of their own: a chart or a table as it was seen, with where
it was seen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import numpy as np

from app.core.clock import iso, parse_time
from app.core.plain import Json, JsonObject
from app.models.values import (
    Read,
    a_list,
    a_number,
    a_text,
    built,
    list_of,
    needed_number,
    needed_text,
    numbers_of,
    part_of,
    rows_of,
    wrong,
)
from app.reports.blocks import Block, Chart, Column, Level, Pairs, Pen, Shade, Table, Timeline, Value


@dataclass(frozen=True)
class Clipping:
    """`caption` says what it is: page, well, period. `block` is a Chart, a Table, a Timeline or Pairs."""

    id: str
    made_at: datetime
    caption: str
    block: Block


def to_json(clipping: Clipping) -> JsonObject:
    body: JsonObject = {"id": clipping.id, "made_at": iso(clipping.made_at), "caption": clipping.caption}
    return body | {"kind": type(clipping.block).__name__, "block": _plain(clipping.block)}


def from_json(body: Read) -> Clipping:
    """Raises ValueError for what `to_json` has not written."""
    return Clipping(
        needed_text(body, "id"),
        parse_time(needed_text(body, "made_at")),
        needed_text(body, "caption"),
        _block(needed_text(body, "kind"), part_of(body, "block")),
    )


def _plain(value: Any) -> Json:
    """Arrays as lists, NaN as null: JSON has none."""
    if isinstance(value, np.ndarray):
        return [None if math.isnan(one) else one for one in value.astype(float).tolist()]
    if isinstance(value, datetime):
        return {"moment": iso(value)}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return None if isinstance(value, float) and math.isnan(value) else value


def _array(body: Read, key: str) -> np.ndarray:
    return np.array([np.nan if one is None else one for one in numbers_of(body, key)], float)


def _pen(body: Read) -> Pen:
    return built(Pen, body, x=_array(body, "x"), y=_array(body, "y"))


def _shade(body: Read) -> Shade:
    return built(Shade, body, x=_array(body, "x"), low=_array(body, "low"), high=_array(body, "high"))


def _cell(told: Json) -> Value:
    if isinstance(told, dict):
        return parse_time(needed_text(told, "moment"))
    if isinstance(told, str | int | float) or told is None:
        return told
    raise wrong("rows", told)


def _lines(body: Read, key: str, *fields: Callable[[Json], Json]) -> tuple[tuple[Json, ...], ...]:
    """A list of short lists, each of these fields."""
    lines = (a_list(line, key) for line in list_of(body, key))
    return tuple(tuple(made(one) for made, one in zip(fields, line, strict=True)) for line in lines)


def _number(told: Json) -> float:
    return a_number(told, "number")


def _text(told: Json) -> str:
    return a_text(told, "text")


def _block(kind: str, body: Read) -> Block:
    match kind:
        case "Chart":
            window = tuple(_number(one) for one in list_of(body, "window"))
            return built(
                Chart,
                body,
                pens=tuple(_pen(one) for one in rows_of(body, "pens")),
                shades=tuple(_shade(one) for one in rows_of(body, "shades")),
                levels=tuple(built(Level, one) for one in rows_of(body, "levels")),
                bands=_lines(body, "bands", _number, _number, _text),
                flags=_lines(body, "flags", _number, _text),
                window=window or None,
            )
        case "Table":
            rows = (a_list(row, "rows") for row in list_of(body, "rows"))
            columns = tuple(built(Column, one) for one in rows_of(body, "columns"))
            return Table(columns, tuple(tuple(_cell(one) for one in row) for row in rows))
        case "Timeline":
            return Timeline(needed_number(body, "since"), needed_number(body, "until"), tuple(_spans(body)))
        case "Pairs":
            items = _lines(body, "items", _text, _text)
            return Pairs(tuple((str(name), str(value)) for name, value in items))
    raise ValueError(kind)


def _spans(body: Read) -> Iterator[tuple[str, int, tuple[tuple[float, float | None], ...]]]:
    for row in list_of(body, "rows"):
        name, style, spans = list_of({"rows": row}, "rows")
        given = (list_of({"spans": span}, "spans") for span in list_of({"spans": spans}, "spans"))
        until = ((_number(a), None if b is None else _number(b)) for a, b in given)
        yield _text(name), int(_number(style)), tuple(until)

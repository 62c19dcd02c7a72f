"""What a person took from the pages into a report of their own: a chart or a table as it was seen, with where
it was seen.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import numpy as np

from app.core.clock import iso, parse_time
from app.reports.blocks import Block, Chart, Column, Level, Pairs, Pen, Shade, Table, Timeline


@dataclass(frozen=True)
class Clipping:
    """`caption` says what it is: page, well, period. `block` is a Chart, a Table, a Timeline or Pairs."""

    id: str
    made_at: datetime
    caption: str
    block: Block


def to_json(clipping: Clipping) -> dict[str, Any]:
    body = {"id": clipping.id, "made_at": iso(clipping.made_at), "caption": clipping.caption}
    return body | {"kind": type(clipping.block).__name__, "block": _plain(clipping.block)}


def from_json(body: dict[str, Any]) -> Clipping:
    """Raises ValueError, KeyError or TypeError for what `to_json` has not written."""
    return Clipping(
        str(body["id"]),
        parse_time(body["made_at"]),
        str(body["caption"]),
        _block(body["kind"], body["block"]),
    )


def _plain(value: Any) -> Any:
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


def _array(values: list[float | None]) -> np.ndarray:
    return np.array([np.nan if one is None else one for one in values], float)


def _pen(body: dict[str, Any]) -> Pen:
    return Pen(**{**body, "x": _array(body["x"]), "y": _array(body["y"])})


def _shade(body: dict[str, Any]) -> Shade:
    return Shade(_array(body["x"]), _array(body["low"]), _array(body["high"]), int(body["style"]))


def _value(value: Any) -> Any:
    return parse_time(value["moment"]) if isinstance(value, dict) else value


def _block(kind: str, body: dict[str, Any]) -> Block:
    match kind:
        case "Chart":
            window = body["window"]
            return Chart(
                **{
                    **body,
                    "pens": tuple(_pen(one) for one in body["pens"]),
                    "shades": tuple(_shade(one) for one in body["shades"]),
                    "levels": tuple(Level(**one) for one in body["levels"]),
                    "bands": tuple(tuple(one) for one in body["bands"]),
                    "flags": tuple(tuple(one) for one in body["flags"]),
                    "window": None if window is None else tuple(window),
                }
            )
        case "Table":
            rows = tuple(tuple(_value(value) for value in row) for row in body["rows"])
            return Table(tuple(Column(**one) for one in body["columns"]), rows)
        case "Timeline":
            rows_of = tuple(
                (str(name), int(style), tuple((float(a), None if b is None else float(b)) for a, b in spans))
                for name, style, spans in body["rows"]
            )
            return Timeline(float(body["since"]), float(body["until"]), rows_of)
        case "Pairs":
            return Pairs(tuple((str(name), str(value)) for name, value in body["items"]))
    raise ValueError(kind)

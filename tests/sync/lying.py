"""What stands between a laptop and its centre and changes one thing of many an answer: a value, an item, the
order, a row of a table; or gives an answer of before. By a seed, until it becomes honest.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from typing import Any

import httpx
import pyarrow as pa

_NUMBERS = (0, 1, 2, -1, 3_000_000_000, (1 << 53) - 1, 1 << 60)
_TEXTS = (
    "",
    "x",
    "2031-01-01T00:00:00.000000Z",
    "2031-01-01 00:00:00.000000",
    "2001-01-01T00:00:00Z",
    "srp",
    "removed",
    "record_left",
    "flow_test",
)


class Lying(httpx.BaseTransport):
    """`answers`: the honest one's. `rate`: the share of answers that are changed; `told`: which were."""

    def __init__(self, answers: Callable[[httpx.Request], bytes], seed: int, rate: float) -> None:
        self._answers, self.rate, self._rng = answers, rate, Random(seed)
        self.told: list[str] = []
        self._before: dict[str, bytes] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=self._changed(request.url.path, self._answers(request)))

    def _changed(self, path: str, content: bytes) -> bytes:
        before = self._before.get(path)
        self._before[path] = content
        if self._rng.random() >= self.rate:
            return content
        if before is not None and self._rng.random() < 0.1:
            changed = before
        else:
            changed = (_other_table if path.startswith("/v1/read/") else _other_json)(content, self._rng)
        if changed != content:
            self.told.append(path)
        return changed


def _other_json(content: bytes, rng: Random) -> bytes:
    told = json.loads(content)
    places = [place for place in _places(told) if place[-1] != "nonce"]
    if not places:
        return content
    place = rng.choice(places)
    value = _at(told, place)
    like = [_at(told, one) for one in places if one[-1] == place[-1]]
    _at(told, place[:-1])[place[-1]] = _other(value, like, rng)
    return json.dumps(told, ensure_ascii=False).encode()


def _places(told: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    return ([at] if at else []) + [place for key, one in inside for place in _places(one, (*at, key))]


def _at(told: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        told = told[key]
    return told


def _other(value: Any, like: list[Any], rng: Random) -> Any:
    if rng.random() < 0.3:
        return rng.choice(like)
    match value:
        case bool():
            return not value
        case int() | float():
            return rng.choice([*_NUMBERS, value + 1, value - 1, value * 1.001])
        case str():
            return rng.choice([*_TEXTS, value[:-1], value + "x", value[::-1]])
        case datetime():
            return value + rng.choice([1, -1]) * timedelta(days=rng.choice([1, 40, 900, 9000]))
        case [_, *_]:
            return _other_list(value, rng)
        case {**inside} if inside:
            gone = rng.choice(list(inside))
            return {key: one for key, one in inside.items() if key != gone}
    return rng.choice([None, 0, "", [], {}])


def _other_list(value: list[Any], rng: Random) -> list[Any]:
    at = rng.randrange(len(value))
    return rng.choice(
        [
            value[:at] + value[at + 1 :],
            [*value, value[at]],
            value[::-1],
            [],
            [*value[:at], 1e3, *value[at + 1 :]],
        ]
    )


def _other_table(content: bytes, rng: Random) -> bytes:
    table = pa.ipc.open_stream(content).read_all()
    if not len(table):
        return content
    row = rng.randrange(len(table))
    if rng.random() < 0.3:
        return as_arrow(pa.concat_tables([table.slice(0, row), table.slice(row + 1)]))
    number = rng.randrange(table.num_columns)
    column = table.column(number).combine_chunks()
    values = column.to_pylist()
    values[row] = _other(values[row], values, rng)
    with suppress(pa.ArrowException, OverflowError, TypeError, ValueError):
        table = table.set_column(number, table.field(number), pa.array(values, column.type))
    return as_arrow(table)


def as_arrow(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as out:
        out.write_table(table)
    return bytes(sink.getvalue().to_pybytes())

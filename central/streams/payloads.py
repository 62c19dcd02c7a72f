"""What controllers, gateways and historians send: a bare number on a topic, an object with its own names of
keys, lists of them, Sparkplug's metrics, Kepware's values, OPC UA's payload. Every form gives the same rows.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from app.core.clock import to_us
from app.core.plain import Json, JsonObject
from app.importers.written_moments import moment_in
from central.streams.schemas import UNKNOWN, Schemas, ours, readings_by, said_by

LARGEST_MESSAGE = 1 << 20
MOST_IN_A_MESSAGE = 10_000
LONGEST_WORD = 600
Row = dict[str, Json]
At = tuple[int, bool]
"""Microseconds since 1970, and whether the clock named no zone."""

# Names of keys, as they are compared: lower case, without what separates words.
_WELL = ("well", "wellname", "wellid", "скважина", "скв")
_SENSOR = ("sensor", "parameter", "датчик", "параметр")
_TAG = tuple(
    ["tag", "tagname", "name", "id", "nodeid", "path", "item", "itemid", "point", "pointname", "тег", "тэг"]
)
_VALUE = ("value", "v", "val", "pv", "значение", "знач")
_TIME = tuple(
    [
        "at",
        "timestamp",
        "ts",
        "t",
        "time",
        "datetime",
        "sourcetimestamp",
        "date",
        "время",
        "дата",
        "датавремя",
    ]
)
_UNIT = ("unit", "units", "uom", "eu", "единица", "ед", "едизм")
_QUALITY = ("quality", "q", "status", "statuscode", "качество")
_LISTS = ("metrics", "values", "readings", "data", "items", "points", "measurements", "messages")
_KNOWN = frozenset((*_WELL, *_SENSOR, *_TAG, *_VALUE, *_TIME, *_UNIT, *_QUALITY))
_BESIDE = frozenset(("seq", "sequence", "version", "uuid", "clientid", "messageid", "publisherid", "count"))
"""Numbers of the envelope, not of a well."""
_GOOD_FROM = 192
"""OPC DA: from here on a quality is good."""
_NOT_GOOD = ("bad", "uncertain", "недост", "неопред", "плох", "сомнит")


def rows_of(
    topic: str, body: bytes, received: datetime, schemas: Schemas | None = None, header: str = ""
) -> list[Row]:
    """Rows of INCOMING, the moment in microseconds. `schemas`: forms that a message may name, ours without
    them; `header`: the one that is named beside it. Raises ValueError that says what is wrong.
    """
    if len(body) > LARGEST_MESSAGE:
        raise ValueError("message_too_large")
    try:
        text = body.decode("utf-8-sig").strip()
        given = json.loads(text) if text[:1] in '[{"' else _bare(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("not_json") from error
    named = said_by(given, header)
    try:
        each = _declared(named, given, schemas) if named else _each(given, (to_us(received), False), 0)
        rows = [{"topic": topic, **row} for row in each]
    except RecursionError as error:
        raise ValueError("not_json") from error
    if not rows or len(rows) > MOST_IN_A_MESSAGE:
        raise ValueError("rows_in_message")
    return rows


def _declared(named: str, given: Json, schemas: Schemas | None) -> Iterator[Row]:
    """By the form that the message names, and no other: nothing in it is guessed."""
    schema = (ours() if schemas is None else schemas).get(named)
    if schema is None:
        raise ValueError(UNKNOWN)
    for said in readings_by(schema, given):
        moment = said["time"]
        row = _single({**dict.fromkeys(_PARTS), **said}, None if isinstance(moment, str) else (0, False))
        yield row if isinstance(moment, str) else {**row, "timestamp": moment}


def _bare(text: str) -> float | bool:
    """`5.3`, `5,3`, `true`."""
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    return float(text.replace(",", "."))


def _each(given: Any, at: At, depth: int) -> Iterator[Row]:
    """`at` is the moment of what says none: that of the envelope, or of its coming."""
    if depth > 4:
        raise ValueError("not_an_object")
    if isinstance(given, list):
        if len(given) > MOST_IN_A_MESSAGE:
            raise ValueError("rows_in_message")
        for one in given:
            if not isinstance(one, dict):
                raise ValueError("not_an_object")
            yield from _each(one, at, depth + 1)
    elif isinstance(given, dict):
        yield from _of_object(given, at, depth)
    elif isinstance(given, str) and depth:
        raise ValueError("not_an_object")
    else:
        value = _value(given)
        if value is None:
            raise ValueError("time_or_value")
        yield {"timestamp": at[0], "value": value}


def _of_object(given: JsonObject, at: At, depth: int) -> Iterator[Row]:
    said = _said(given)
    ours = said["well"] is not None and said["sensor"] is not None
    if said["value"] is not None or ours:
        yield _single(said, None if ours else at)
        return
    # A number would say it of the envelope's own way, or of the pump: 1 is one that runs.
    marked: Row = {"bad": True} if isinstance(said["quality"], str) and says_bad(said["quality"]) else {}
    yield from (row | marked for row in _of_envelope(given, said, at, depth))


def _of_envelope(given: JsonObject, said: Row, at: At, depth: int) -> Iterator[Row]:
    at = _moment(said["time"], at)
    keys = {_key(name): name for name in given}
    for name in _LISTS:
        inner = given.get(keys.get(name, ""))
        if isinstance(inner, list) and inner:
            yield from _each(inner, at, depth + 1)
            return
    inner = given.get(keys.get("payload", ""))
    if isinstance(inner, dict):
        given = inner
    yield from _wide(given, _text(said["tag"]), at)


def _single(said: JsonObject, at: At | None) -> Row:
    """One reading. Its value may be an object of OPC's, with its own value, moment and quality."""
    value = said["value"]
    if isinstance(value, dict):
        inner = _said(value)
        said = {what: inner[what] if inner[what] is not None else said[what] for what in said}
        value = inner["value"]
    number = _value(value)
    moment, local = _moment(said["time"], at)
    if number is None:
        raise ValueError("time_or_value")
    row: Row = {"timestamp": moment, "value": number}
    row |= {key: _text(said[key]) for key in ("well", "sensor", "tag", "unit") if said[key] not in (None, "")}
    return row | ({"local": True} if local else {}) | ({"bad": True} if _is_bad(said["quality"]) else {})


def _wide(given: JsonObject, beside: str, at: At) -> Iterator[Row]:
    """`{"ts": …, "PINT": 5.3, "TMOT": {"value": 81}}`: each number under its own name."""
    found = False
    for name, value in given.items():
        if _key(name) in _KNOWN or _key(name) in _BESIDE or not _holds_number(value):
            continue
        found = True
        said = dict.fromkeys(_PARTS) | {"value": value, "tag": f"{beside}/{name}" if beside else name}
        yield _single(said, at)
    if not found:
        raise ValueError("well_or_sensor" if given else "not_an_object")


_PARTS = {
    "well": _WELL,
    "sensor": _SENSOR,
    "tag": _TAG,
    "value": _VALUE,
    "time": _TIME,
    "unit": _UNIT,
    "quality": _QUALITY,
}


_PART_OF = {name: (part, rank) for part, names in _PARTS.items() for rank, name in enumerate(names)}


@lru_cache(maxsize=10_000)
def _key(name: str) -> str:
    return "".join(ch for ch in name.lower() if ch.isalnum())


def _said(given: JsonObject) -> Row:
    """The parts of a reading that an object has; of two names of one part the usual one counts."""
    said: Row = dict.fromkeys(_PARTS)
    ranks: dict[str, int] = {}
    for name, value in given.items():
        part, rank = _PART_OF.get(_key(name), ("", 0))
        if part and value is not None and rank < ranks.get(part, len(_PART_OF)):
            said[part], ranks[part] = value, rank
    return said


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError("well_or_sensor")
    text = str(value)
    if len(text) > LONGEST_WORD:
        raise ValueError("well_or_sensor")
    return text


def _holds_number(value: Any) -> bool:
    if isinstance(value, dict):
        return _said(value)["value"] is not None
    return isinstance(value, int | float)


def _value(value: Any) -> float | None:
    try:
        return float(value.replace(",", ".") if isinstance(value, str) else value)
    except (TypeError, ValueError, OverflowError):
        return None


def _is_bad(quality: Any) -> bool:
    """OPC's `Bad…` and `Uncertain…`, a number under 192 of OPC DA, the two highest bits of OPC UA's code,
    `false` of Kepware. A number may be written as a text.
    """
    if quality is None:
        return False
    if isinstance(quality, bool):
        return not quality
    counted = _value(quality)
    if counted is not None and counted.is_integer():
        code = int(counted)  # of 32 bits with a sign, OPC UA's worst ones are negative
        return 0 < code < _GOOD_FROM if 0 <= code <= 255 else bool(code >> 30 & 3)
    return says_bad(str(quality))


def says_bad(words: str) -> bool:
    return words.strip().lower().startswith(_NOT_GOOD)


def _moment(time: Any, at: At | None) -> At:
    """Numbers count seconds, milliseconds, micro- or nanoseconds, as large as they are. Raises ValueError."""
    if time in (None, ""):
        if at is None:
            raise ValueError("time_or_value")
        return at
    if isinstance(time, str) and not time.strip().lstrip("-").replace(".", "", 1).isdigit():
        return _written(time)
    counted = _value(time) if not isinstance(time, bool) else None
    if counted is None or not math.isfinite(counted) or abs(counted) >= 1e20:
        raise ValueError("time_or_value")
    # Integers exactly: a float has no microseconds of 2026 in nanoseconds.
    whole = int(time) if isinstance(time, int) or (isinstance(time, str) and time.strip().isdigit()) else None
    size = abs(counted)
    if size >= 1e17:
        return whole // 1_000 if whole is not None else int(counted / 1e3), False
    if size >= 1e14:
        return whole if whole is not None else int(counted), False
    if size >= 1e11:
        return whole * 1_000 if whole is not None else round(counted * 1e3), False
    return whole * 1_000_000 if whole is not None else round(counted * 1e6), False


def _written(time: str) -> At:
    """ISO at once, what people write as files have it. Raises ValueError."""
    try:
        moment = datetime.fromisoformat(time)
        return to_us(moment), moment.tzinfo is None
    except ValueError:
        written = moment_in(time)
    if written is None:
        raise ValueError("time_or_value")
    return written.utc_us, written.offset_us is None

"""Forms of messages that were agreed upon, each with a version: which field is what, and in what a moment is
counted. Ours come with the program; a site's own stand in a file of the same form.

A message that names its form is read by it and by nothing else. One of a form or version that nobody
registered is not guessed: it waits among the dead letters until it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.core.errors import KnownError
from app.core.paths import resources
from app.core.plain import Json, JsonObject, object_in

UNKNOWN, MISMATCH = "schema_unknown", "schema_mismatch"
PARTS = ("well", "sensor", "tag", "value", "time", "unit", "quality")
COUNTED = {"s": 1_000_000, "ms": 1_000, "us": 1}
"""Microseconds in one; `iso` is a text and `ns` a thousandth."""
_TIMES = ("iso", "ns", *COUNTED)
_NAME = re.compile(r"[A-Za-z0-9._-]{1,60}/[0-9]{1,6}")
LARGEST_FILE = 1 << 20
OURS = "message_schemas.json"


@dataclass(frozen=True)
class Schema:
    """`rows`: the field with the list of readings; empty where the message is one, or a list of them."""

    rows: str
    fields: Mapping[str, str]
    time: str


Schemas = Mapping[str, Schema]


def said_by(given: Json, header: str = "") -> str:
    """The name of the form that a message says of itself, or its header; empty where it says none."""
    named = header or (given.get("schema") if isinstance(given, dict) else None)
    return named if isinstance(named, str) and _NAME.fullmatch(named) else ""


def ours() -> Schemas:
    return schemas_of(None)


def schemas_of(file: Path | None) -> Schemas:
    """Ours, and those of a site's file. Raises KnownError (file_unreadable, schemas_wrong)."""
    known = dict(_read(resources() / OURS, 0))
    if file is None:
        return known
    try:
        changed = file.stat().st_mtime_ns
    except OSError as error:
        raise KnownError("file_unreadable", file=str(file), reason=str(error)) from error
    theirs = _read(file, changed)
    if shared := sorted(known.keys() & theirs.keys()):
        raise KnownError("schemas_wrong", file=str(file), name=shared[0], reason="name")
    return known | theirs


@cache
def _read(file: Path, changed: int) -> dict[str, Schema]:
    """`changed`: so that a file that was written anew is read anew."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise KnownError("schemas_wrong", file=str(file), name="", reason=f"> {LARGEST_FILE >> 20} MB")
        given = object_in(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KnownError("file_unreadable", file=str(file), reason=str(error)[:200]) from error
    return {name: _schema(file, name, said) for name, said in given.items()}


def _schema(file: Path, name: str, said: Json) -> Schema:
    def wrong(reason: str) -> KnownError:
        return KnownError("schemas_wrong", file=str(file), name=name[:80], reason=reason)

    if not _NAME.fullmatch(name):
        raise wrong("name/1")
    if not isinstance(said, dict) or said.keys() - {"rows", "fields", "time"}:
        raise wrong("rows, fields, time")
    rows, time, fields = said.get("rows", ""), said.get("time", "iso"), said.get("fields")
    if not isinstance(rows, str) or time not in _TIMES:
        raise wrong(", ".join(_TIMES))
    texts = _texts(fields)
    if texts is None or not {"value", "time"} <= texts.keys() <= set(PARTS):
        raise wrong(", ".join(PARTS))
    if "tag" not in texts and not {"well", "sensor"} <= texts.keys():
        raise wrong("tag | well + sensor")
    return Schema(rows, texts, str(time))


def _texts(fields: Json) -> dict[str, str] | None:
    if not isinstance(fields, dict):
        return None
    found = {part: name for part, name in fields.items() if isinstance(name, str) and name}
    return found if len(found) == len(fields) else None


def readings_by(schema: Schema, given: Json) -> list[JsonObject]:
    """Each reading's parts by our names of them, its moment in microseconds where it is counted. Raises
    ValueError (schema_mismatch).
    """
    rows = given.get(schema.rows) if schema.rows and isinstance(given, dict) else given
    if isinstance(rows, dict) and not schema.rows:
        rows = [rows]
    if not isinstance(rows, list):
        raise ValueError(MISMATCH)
    return [_parts(schema, one) for one in rows]


def _parts(schema: Schema, one: Json) -> JsonObject:
    if not isinstance(one, dict):
        raise ValueError(MISMATCH)
    said: JsonObject = {part: one.get(name) for part, name in schema.fields.items()}
    value, time = said["value"], said["time"]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(MISMATCH)
    if not said.get("tag") and not (said.get("well") and said.get("sensor")):
        raise ValueError(MISMATCH)
    if schema.time == "iso":
        if not isinstance(time, str) or not time[:4].isdigit() or "-" not in time:
            raise ValueError(MISMATCH)
        return said
    if isinstance(time, bool) or not isinstance(time, int) or abs(time) >= 1 << 62:
        raise ValueError(MISMATCH)
    return said | {"time": time // 1_000 if schema.time == "ns" else time * COUNTED[schema.time]}

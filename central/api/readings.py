"""Readings from other systems: JSON, Arrow, Parquet; gzip or zstd. A token makes a repeat harmless."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated

import pyarrow as pa
import sqlalchemy as sa
from fastapi import APIRouter, Depends, Header, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from app.core.clock import to_us
from app.core.ids import new_id
from central.api import tables
from central.api.auth import centre_of, needs
from central.api.limits import MOST_UNPACKED_BYTES, body_of
from central.api.parsed import USUAL, Malformed, body_schema, places_in, plain_of
from central.centre import Centre
from central.ingest import Names, ingest, source_of
from central.stores import request_keys
from central.stores.devices import Device
from central.streams.clean import incoming

router = APIRouter(prefix="/v1")
MOST_NAMES_HELD = 200
MOST_READINGS, READINGS_AT_ONCE = 200_000, 1_000
MOST_VALUES = 10 * MOST_READINGS


class ReadingIn(BaseModel):
    """`tag` is the source's own name of the series, for the table of tags; with it well and sensor may be
    missing.
    """

    well: str = Field(default="", max_length=600)
    sensor: str = Field(default="", max_length=200)
    tag: str = Field(default="", max_length=600)
    timestamp: str = Field(max_length=40)
    value: float
    unit: str = Field(default="", max_length=30)


class ReadingsIn(BaseModel):
    readings: list[ReadingIn] = Field(max_length=MOST_READINGS)


class ReadingsTaken(BaseModel):
    """`set_aside`: how many could not be used, by reason; they stand in the dead letters."""

    taken: int
    set_aside: dict[str, int] = {}


_EXAMPLE = {
    "readings": [
        {
            "well": "Северное/5/123",
            "sensor": "intake_pressure",
            "timestamp": "2026-11-24T08:00:00Z",
            "value": 5.2,
            "unit": "МПа",
        }
    ]
}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_EXTRA = body_schema(
    ReadingsIn,
    _EXAMPLE,
    {"application/vnd.apache.arrow.stream": _BINARY, "application/vnd.apache.parquet": _BINARY},
)


@router.post("/readings", responses=USUAL | {409: USUAL[400]}, openapi_extra=_EXTRA)
async def post_readings(
    request: Request,
    device: Annotated[Device, Depends(needs("readings"))],
    idempotency_key: Annotated[str, Header(max_length=100, pattern=r"^[\w.:/-]*$")] = "",
) -> ReadingsTaken:
    """Columns well (uid, `field/pad/name` or name) and sensor, or tag; timestamp (UTC), value, and unit (SI
    without it).
    """
    body = await body_of(request, most_unpacked=MOST_UNPACKED_BYTES)
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip()
    return await run_in_threadpool(_take, request, device, kind, body, idempotency_key)


def _take(request: Request, device: Device, kind: str, body: bytes, key: str) -> ReadingsTaken:
    """Without a key each request is a batch of its own: a value that is set back to what it was is the newest
    one, and the same rows again are the same rows.
    """
    centre = centre_of(request)
    table = readings_table(kind, body)
    if key and not _is_its_key(centre, device, key, body):
        raise HTTPException(409, "key_reused")
    token = f"{device.id}/{key or new_id()}"
    cleaned = ingest(centre, table, _names(request, device), token, source_of(device))
    reasons = {reason: len(rows) for reason, rows in cleaned.dead}
    return ReadingsTaken(taken=len(cleaned.readings), set_aside=reasons)


def _is_its_key(centre: Centre, device: Device, key: str, body: bytes) -> bool:
    try:
        with centre.engine.begin() as connection:
            digest = hashlib.sha256(body).hexdigest()
            return request_keys.is_of(connection, device.id, key, digest, centre.clock())
    except sa.exc.IntegrityError as error:  # the same request is being taken at this moment
        raise HTTPException(429, "too_often", headers={"Retry-After": "1"}) from error


def _names(request: Request, device: Device) -> Names:
    """Of a device as it is now: its fields may have been changed."""
    held: dict[tuple[str, tuple[str, ...]], Names] = request.app.state.names
    key = device.id, device.fields
    if key not in held and len(held) >= MOST_NAMES_HELD:
        held.clear()
    return held.setdefault(key, Names(centre_of(request).engine, source_of(device), device.fields))


def readings_table(kind: str, body: bytes) -> pa.Table:
    """INCOMING, of a body of any kind that is taken. Raises HTTPException."""
    try:
        if kind == "application/json":
            return _from_json(body)
        if kind == "application/vnd.apache.arrow.stream":
            return incoming(tables.of_stream(body))
        if kind == "application/vnd.apache.parquet":
            return incoming(tables.of_parquet(body))
    except (ValueError, OSError, OverflowError, pa.ArrowException) as error:
        raise HTTPException(422, "readings_unreadable") from error
    raise HTTPException(415, "content_type")


def _from_json(body: bytes) -> pa.Table:
    """Some rows at a time: two hundred thousand in one go held up everybody else for a second."""
    told = plain_of(body, MOST_VALUES)
    rows = told.get("readings") if isinstance(told, dict) else None
    if not isinstance(rows, list) or len(rows) > MOST_READINGS:
        raise Malformed(["readings"])
    starts = range(0, max(1, len(rows)), READINGS_AT_ONCE)
    parts = [_some(rows[start : start + READINGS_AT_ONCE], start) for start in starts]
    return incoming(pa.concat_tables(parts))


def _some(told: list[object], start: int) -> pa.Table:
    try:
        rows = _ROWS.validate_python(told)
    except ValidationError as error:
        raise Malformed(places_in(error, lambda at: ("readings", start + int(at[0]), *at[1:]))) from error
    moments = [datetime.fromisoformat(row.timestamp.replace("Z", "+00:00")) for row in rows]
    return pa.table(
        {
            **{name: _words(rows, name) for name in ("well", "sensor", "tag", "unit")},
            "timestamp": pa.array([to_us(moment) for moment in moments], _MOMENT),
            "value": pa.array([row.value for row in rows], pa.float64()),
            "local": pa.array([moment.tzinfo is None for moment in moments], pa.bool_()),
        }
    )


_ROWS = TypeAdapter(list[ReadingIn])
_MOMENT = pa.timestamp("us", tz="UTC")


def _words(rows: list[ReadingIn], name: str) -> pa.Array:
    return pa.array([getattr(row, name) or None for row in rows], pa.string())

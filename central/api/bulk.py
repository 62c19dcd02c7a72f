"""Readings, cards, flow rates, hours and sums for laptops: named queries, answered as streams of Arrow.

A laptop sends a name and values, never SQL; the wells it asks for are those of its device's fields, whatever
it says.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from app.models.values import counts_of
from app.sync.queries import NAMED, Asked, Query
from central.api.auth import centre_of, needs
from central.api.limits import body_of
from central.api.parsed import USUAL, body_schema, parsed, problems
from central.centre import Centre
from central.stores import wells
from central.stores.devices import Device
from central.stores.engine import reading

router = APIRouter(prefix="/v1")

ARROW = "application/vnd.apache.arrow.stream"
MOST_ASKED_BYTES = 1 << 20
_EXAMPLE = {"wells": [1], "first": "2026-11-01T00:00:00Z", "last": "2026-11-30T23:59:59Z"}


@router.post(
    "/read/{name}",
    responses={**USUAL, **problems(404), 200: {"content": {ARROW: {"schema": {"type": "string"}}}}},
    response_class=StreamingResponse,
    openapi_extra=body_schema(Asked, _EXAMPLE),
)
async def read(name: str, request: Request, device: Annotated[Device, Depends(needs("pull"))]) -> Any:
    """One of the named queries: newest, months, card_months, announced, readings, coarse, cards, flow_rates,
    hours, ingest_log, sums, made, made_bodies, made_series.
    """
    query = NAMED.get(name)
    if query is None:
        raise HTTPException(404, "query_unknown")
    asked = await run_in_threadpool(parsed, Asked, await body_of(request, MOST_ASKED_BYTES))
    bound = query.bound(asked)
    if bound is None:
        raise HTTPException(422, "query_values")
    return StreamingResponse(await run_in_threadpool(_begun, request, device, query, bound), media_type=ARROW)


def _begun(request: Request, device: Device, query: Query, bound: dict[str, object]) -> Iterator[bytes]:
    """The first piece is here before the answer begins: trouble is a status, not a body that breaks off."""
    answer = _answer(centre_of(request), device, query, bound)
    return itertools.chain([next(answer, b"")], answer)


def _answer(centre: Centre, device: Device, query: Query, bound: dict[str, object]) -> Iterator[bytes]:
    with reading(centre.engine) as connection:
        theirs = wells.numbers(connection, device.fields)
    bound["wells"] = sorted(theirs.intersection(counts_of(bound, "wells")))
    with centre.reads.one(device.id) as allowed:
        if not allowed:
            raise HTTPException(429, "too_many_at_once", headers={"Retry-After": "1"})
        with centre.read_store.streamed(query.sql, bound) as pieces:
            yield from pieces

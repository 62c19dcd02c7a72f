"""What laptops compare at the end of a sync, and ask of a centre that was set back: which of their entries it
has, and what its records say, in figures and one by one.
"""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.engine import Connection

from app.core.errors import KnownError
from app.sync.wire import Asked, Changes, Lacking, RecordSums, wells_of, whole_of
from central.api.auth import centre_of, needs
from central.api.limits import body_of
from central.api.parsed import USUAL, body_schema, parsed
from central.stores import changes, heads, receipts
from central.stores.devices import Device
from central.stores.engine import reading

router = APIRouter(prefix="/v1")

MOST_BYTES = 1 << 18
WAIT_S = 2.0
_EXAMPLE = {"ids": ["019ab3c4-0000-7000-8000-000000000001"]}


@router.post("/entries/lacking", responses=USUAL, openapi_extra=body_schema(Asked, _EXAMPLE))
async def post_lacking(request: Request, device: Annotated[Device, Depends(needs("push"))]) -> Lacking:
    """Those that were never taken here. One of another field is as one that nobody has."""
    asked = await run_in_threadpool(parsed, Asked, await body_of(request, MOST_BYTES))
    return await run_in_threadpool(_lacking, request, device, asked)


def _lacking(request: Request, device: Device, asked: Asked) -> Lacking:
    with reading(centre_of(request).engine) as connection:
        known = receipts.known(connection, list(asked.ids))
        there = {id_ for id_, (_, by, _) in known.items() if receipts.is_seen(connection, id_, by, device)}
    return Lacking(ids=tuple(id_ for id_ in asked.ids if id_ not in there))


@router.get("/records/sums", responses=USUAL)
def get_sums(
    request: Request,
    device: Annotated[Device, Depends(needs("pull"))],
    whole: Annotated[bool, Query()] = False,
    wells: Annotated[bool, Query()] = False,
) -> RecordSums:
    """How many records there are by well and kind, and the sum of what they say. `whole`: of all together;
    `wells`: of the wells too.
    """
    with reading(centre_of(request).engine) as connection:
        _wait_until_settled(connection, device.fields)
        return counted(connection, device.fields, whole=whole, wells=wells)


def counted(connection: Connection, fields: tuple[str, ...], *, whole: bool, wells: bool) -> RecordSums:
    """What is settled, as it is asked for."""
    parts = heads.sums(connection, fields)
    said = wells_of(changes.wells_said(connection, fields)) if wells else ""
    return RecordSums(whole=whole_of(parts), parts=() if whole else parts, wells=said)


def _wait_until_settled(connection: Connection, fields: tuple[str, ...]) -> None:
    """What is counted must have been told. Raises KnownError (centre_busy) while a writer of smaller numbers
    is at work for longer than usual.
    """
    end = time.monotonic() + WAIT_S
    while not heads.settled(connection, fields):
        if time.monotonic() > end:
            raise KnownError("centre_busy", retry=True)
        time.sleep(0.05)


@router.get("/records/part", responses=USUAL)
def get_part(
    request: Request,
    device: Annotated[Device, Depends(needs("pull"))],
    well: Annotated[int, Query(ge=0, lt=1 << 32)],
    kind: Annotated[str, Query(pattern=r"^[a-z_]{1,30}$")],
) -> Changes:
    """All records of one well and kind, as they are now."""
    with reading(centre_of(request).engine) as connection:
        numbers = heads.told_of(connection, well, kind, device.fields)
        told = changes.of_numbers(connection, numbers, device.fields)
    return Changes(changes=told, next=numbers[-1] if numbers else 0)

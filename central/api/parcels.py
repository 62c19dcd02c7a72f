"""Unsent work of another laptop, given in over the network by one that has it."""

from __future__ import annotations

import tempfile
from typing import Annotated, BinaryIO

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from central import unsent
from central.api.auth import centre_of, needs
from central.api.callers import at_length
from central.api.limits import parts_of
from central.api.parsed import USUAL
from central.stores import audit
from central.stores.devices import Device, actor_of
from central.stores.engine import changing

router = APIRouter(prefix="/v1")
MOST_PARCEL_BYTES = 1 << 30
SLOWEST_BYTES_PER_S = 4_000


class Given(BaseModel):
    """Whose work, saved when, and how many entries were said what of."""

    device: str
    made_at: str
    counts: dict[str, int]


@router.post(
    "/unsent",
    responses=USUAL,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def post_unsent(request: Request, device: Annotated[Device, Depends(needs("push"))]) -> Given:
    """Taken as if the laptop that signed it had sent it: each entry once, however often it is given in. Only
    of the fields of whoever brings it.
    """
    with tempfile.TemporaryFile() as file:
        async for part in parts_of(request, MOST_PARCEL_BYTES, SLOWEST_BYTES_PER_S):
            await run_in_threadpool(file.write, part)
        return await run_in_threadpool(_take, request, device, file)


def _take(request: Request, device: Device, file: BinaryIO) -> Given:
    centre = centre_of(request)
    with at_length(centre, device.id):
        brought = unsent.take_open(centre.engine, file, centre.clock, device)
    told = {"device": brought.device.id, "name": brought.device.name, **brought.counts()}
    with changing(centre.engine) as connection:
        audit.add(connection, actor_of(device), "unsent work taken", told, centre.clock())
    centre.relay.wake()
    return Given(device=brought.device.name, made_at=brought.made_at, counts=brought.counts())

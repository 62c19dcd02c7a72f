"""What a laptop seals and signs its unsent work with when it goes by a stick."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool

from app.sync.parcel import Introduction
from app.sync.wire import Introduce
from central.api.auth import centre_of, needs
from central.api.limits import body_of
from central.api.parsed import USUAL, body_schema, parsed
from central.stores import site_keys
from central.stores.devices import Device
from central.stores.engine import changing

router = APIRouter(prefix="/v1")


@router.post(
    "/introduction", responses=USUAL, openapi_extra=body_schema(Introduce, {"public_key": "ab" * 32})
)
async def post_introduction(
    request: Request, device: Annotated[Device, Depends(needs("push"))]
) -> Introduction:
    """A passport for the laptop's public key, and the keys of its fields."""
    asked = await run_in_threadpool(parsed, Introduce, await body_of(request, 4096))

    def introduce() -> Introduction:
        centre = centre_of(request)
        with changing(centre.engine) as connection:
            keys = site_keys.of_site(connection, centre.clock())
        return keys.introduce(device, asked.public_key, centre.clock())

    return await run_in_threadpool(introduce)

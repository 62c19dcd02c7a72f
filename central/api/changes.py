"""What is new: wells, records, decisions, forecasts, in the order of commits; and the sums a laptop checks
itself against.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from app.sync.wire import Changes
from central.api.auth import centre_of, needs
from central.api.parsed import USUAL
from central.stores import changes
from central.stores.devices import Device
from central.stores.engine import reading

router = APIRouter(prefix="/v1")


@router.get("/changes", responses=USUAL)
def get_changes(
    request: Request,
    device: Annotated[Device, Depends(needs("pull"))],
    since: Annotated[int, Query(ge=0, le=1 << 60)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 1000,
    field: Annotated[str, Query(max_length=200)] = "",
) -> Changes:
    """Never skips a late commit: a number is seen only when all smaller ones are."""
    with reading(centre_of(request).engine) as connection:
        return changes.since(connection, since, device.fields, limit, field)

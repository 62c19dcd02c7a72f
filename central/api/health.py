"""Is it alive, is it ready, what has it counted, and who am I to it."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from app.core.clock import iso
from app.core.errors import KnownError
from app.sync.wire import PROTOCOL, Hello
from central.api.auth import centre_of, needs
from central.api.parsed import USUAL, problems
from central.backing_up import newest
from central.centre import Centre
from central.stores import changes, dead_letters, epochs, observed
from central.stores.devices import Device
from central.stores.engine import reading
from central.stores.tables import OUTBOX

router = APIRouter()


@router.get("/health")
async def health() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/ready", responses=problems(503))
async def ready(request: Request) -> dict[str, str]:
    """Both stores answer, and whoever carries, follows and watches is at work. Looked at once a second at
    most, by one at a time, whatever was seen: anybody may ask, and a store that hangs holds one thread.
    """
    centre = centre_of(request)
    lacking = await centre.readiness.of(partial(_lacking, centre))
    if lacking:
        raise HTTPException(503, lacking, headers={"Retry-After": "5"})
    return {"status": "ready"}


def _lacking(centre: Centre) -> str:
    """A code, empty where nothing is. Raises KnownError."""
    if centre.stopping:
        return "stopping"
    fallen = next((worker.name for worker in centre.workers if not worker.alive), "")
    if fallen:
        return f"{fallen}_down"
    with reading(centre.engine) as connection:
        changes.newest(connection)
    return "" if centre.clickhouse.ping() else "clickhouse_down"


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request, device: Annotated[Device, Depends(needs(None))]) -> dict[str, object]:
    """What may be asked, for whoever may ask something."""
    return dict(request.app.openapi())


@router.get("/metrics", response_class=Response, responses=USUAL)
def metrics(request: Request, device: Annotated[Device, Depends(needs("metrics"))]) -> Response:
    """For Prometheus, with the token of a device whose only scope is `metrics`."""
    centre = centre_of(request)

    with reading(centre.engine) as connection:
        count_dead(centre, dead_letters.blocks(connection))
        count, since = connection.execute(sa.select(sa.func.count(), sa.func.min(OUTBOX.c.added_at))).one()
        seen = observed.every(connection)
    told = centre.metrics
    told.observed(seen, centre.clock())
    told.waiting.set(int(count))
    told.outbox_oldest.set(max(0.0, (centre.clock() - since).total_seconds()) if since else 0.0)
    try:
        told.ready.set(not _lacking(centre))
    except (KnownError, sa.exc.DBAPIError):
        told.ready.set(0)
    for worker in centre.workers:
        told.worker_up.labels(worker.name).set(worker.alive)
        told.worker_falls.labels(worker.name).set(worker.falls)
    if (folder := centre.config.backup_to) is not None:
        last = newest(folder)
        told.backup_age.labels(str(folder)).set((centre.clock() - last).total_seconds() if last else -1)
    return Response(centre.metrics.text(), media_type="text/plain; version=0.0.4")


def count_dead(centre: Centre, blocks: list[dead_letters.Block]) -> None:
    """By the store, not by what this process did: commands replay letters too."""
    metrics, held = centre.metrics, Counter[tuple[str, str]]()
    for block in blocks:
        held[block.source, block.reason] += block.letters
    metrics.dead_held.clear()
    for (source, reason), letters in held.items():
        metrics.dead_held.labels(source, reason).set(letters)
    metrics.dead_bytes.set(sum(block.size for block in blocks))
    oldest = min((block.first_at for block in blocks), default=centre.clock())
    metrics.dead_oldest.set((centre.clock() - oldest).total_seconds())


@router.get("/v1/hello", responses=USUAL)
def hello(
    request: Request,
    device: Annotated[Device, Depends(needs(None))],
    nonce: Annotated[str, Query(max_length=64)] = "",
) -> Hello:
    """Who the centre takes this device for. The nonce comes back, so a captive portal is not taken for the
    centre.
    """
    centre = centre_of(request)
    with reading(centre.engine) as connection:
        newest = changes.newest_of(connection, device.fields)
        epoch = epochs.epoch(connection)
    return Hello(
        nonce=nonce,
        protocol=PROTOCOL,
        server_time=iso(centre.clock()),
        device=device.name,
        fields=device.fields,
        scopes=device.scopes,
        roles=tuple(sorted({role for role, _ in device.grants or ()})),
        newest_change=newest,
        epoch=epoch,
    )

"""Entries of journals: one, or up to 200 at once; a receipt each."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Request, Response
from fastapi.concurrency import run_in_threadpool

from app.sync.wire import MOST_BATCH_BYTES, Batch, EntryIn, Receipt, Receipts, as_json
from central import tracing
from central.accept import accept
from central.api.auth import centre_of, needs
from central.api.callers import at_length
from central.api.limits import body_of
from central.api.parsed import USUAL, body_schema, parsed
from central.stores import receipts
from central.stores.devices import Device
from central.stores.engine import reading

router = APIRouter(prefix="/v1")
MOST_BYTES, MOST_UNPACKED = 16 * MOST_BATCH_BYTES, 32 * MOST_BATCH_BYTES
_UUID = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
EXAMPLE = {
    "id": "019ab3c4-0000-7000-8000-000000000001",
    "kind": "record",
    "payload": {
        "record": "019ab3c4-0000-7000-8000-000000000001",
        "kind": "flow_test",
        "well": 1,
        "at": "2026-11-24T08:00:00Z",
        "until": None,
        "values": {"liquid_m3_per_s": 0.0012, "duration_s": 14400.0},
        "action": "saved",
        "author": "Иванов",
    },
    "payload_sha256": "0" * 64,
    "created_at": "2026-11-24T08:05:00Z",
    "zone": "+0500",
    "well": {"uid": "019ab3c4-0000-5000-8000-000000000002", "field": "Северное", "pad": "5", "name": "123"},
}


@router.put("/entries/{entry_id}", responses=USUAL, openapi_extra=body_schema(EntryIn, EXAMPLE))
async def put_entry(
    request: Request,
    device: Annotated[Device, Depends(needs("push"))],
    entry_id: Annotated[str, Path(pattern=_UUID)],
) -> Receipt:
    """Idempotent for ever: the same entry again gets the same receipt."""
    entry = await run_in_threadpool(parsed, EntryIn, await body_of(request, MOST_BYTES, MOST_UNPACKED))
    if entry.id != entry_id:
        raise HTTPException(400, "id_differs")
    return (await _taken(request, device, (entry,)))[0]


@router.post(
    "/batches",
    responses=USUAL,
    response_model=Receipts,
    openapi_extra=body_schema(Batch, {"entries": [EXAMPLE]}),
)
async def post_batch(request: Request, device: Annotated[Device, Depends(needs("push"))]) -> Response:
    """In order, each by itself: one that is rejected keeps none of the others back."""
    batch = await run_in_threadpool(parsed, Batch, await body_of(request, MOST_BYTES, MOST_UNPACKED))
    receipts = Receipts(receipts=await _taken(request, device, batch.entries))
    # As it is: the framework would check and turn each of two hundred receipts once more.
    return Response(as_json(receipts), media_type="application/json")


@router.get("/entries/{entry_id}", responses=USUAL | {404: USUAL[400]})
def get_receipt(
    request: Request,
    device: Annotated[Device, Depends(needs("push"))],
    entry_id: Annotated[str, Path(pattern=_UUID)],
) -> Receipt:
    """The receipt of an entry that was taken, for the one who has a right to it."""
    with reading(centre_of(request).engine) as connection:
        known = receipts.known(connection, [entry_id]).get(entry_id)
    if known is None or known[1] != device.id:
        raise HTTPException(404, "entry_unknown")
    return known[2]


async def _taken(request: Request, device: Device, entries: tuple[EntryIn, ...]) -> tuple[Receipt, ...]:
    centre = centre_of(request)
    began = centre.clock()
    has_files = any(entry.kind == "import" for entry in entries)
    with at_length(centre, device.id) if has_files else nullcontext():
        said = await run_in_threadpool(accept, centre.engine, device, entries, centre.clock)
    for status, count in Counter(receipt.status for receipt in said).items():
        centre.metrics.entries.labels(status).inc(count)
    for entry, receipt in zip(entries, said, strict=True):
        if receipt.status == "accepted":
            tracing.taken(entry.id, entry.kind, entry.created_at, began, centre.clock())
    centre.relay.wake()
    await run_in_threadpool(centre.refusals.tell_end)
    return said

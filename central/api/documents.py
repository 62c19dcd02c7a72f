"""Files in pieces: how far it has come, the next piece, and reading one that the device's field owns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Header, HTTPException, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel
from sqlalchemy.engine import Connection, Engine

from app.sync.wire import PIECE_BYTES
from central.api.auth import centre_of, needs
from central.api.limits import body_of
from central.api.parsed import USUAL
from central.stores import documents
from central.stores.devices import Device
from central.stores.engine import reading

router = APIRouter(prefix="/v1/documents")
_SHA = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
MOST_PIECE = 8 * PIECE_BYTES


class Progress(BaseModel):
    offset: int
    complete: bool


@router.get("/{sha256}/offset", responses=USUAL)
def get_offset(request: Request, device: Annotated[Device, Depends(needs("push"))], sha256: _SHA) -> Progress:
    """How much of the file has come from this device. Only the centre knows."""
    with reading(centre_of(request).engine) as connection:
        size = documents.size_for(connection, sha256, device.id, device.fields)
        if size is not None:
            return Progress(offset=size, complete=True)
        return Progress(offset=documents.received(connection, device.id, sha256)[0], complete=False)


@router.put(
    "/{sha256}",
    responses=USUAL | {409: USUAL[400]},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def put_piece(
    request: Request,
    device: Annotated[Device, Depends(needs("push"))],
    sha256: _SHA,
    offset: Annotated[int, Query(ge=0, le=1 << 40)],
    last: bool = False,
    x_piece_sha256: Annotated[str, Header(pattern=r"^[0-9a-f]{64}$")] = "0" * 64,
) -> Progress:
    """The piece at `offset`; 409 when the centre is elsewhere, 422 when the piece came damaged or the whole
    is not the file.
    """
    content = await body_of(request, MOST_PIECE)
    if hashlib.sha256(content).hexdigest() != x_piece_sha256:
        raise HTTPException(422, "piece_differs")
    return await run_in_threadpool(_put, request, device, sha256, offset, last, content)


def _put(request: Request, device: Device, sha256: str, offset: int, last: bool, content: bytes) -> Progress:
    centre = centre_of(request)
    try:
        with centre.engine.begin() as connection:
            known, there = _added(connection, device, sha256, offset, content, centre.clock())
        whole = known or last and _completed(centre.engine, device, sha256, centre.clock())
    except sa.exc.IntegrityError as error:  # another with this token sends the same file at this moment
        raise HTTPException(409, "offset") from error
    return Progress(offset=there + len(content), complete=whole)


def _completed(engine: Engine, device: Device, sha256: str, now: datetime) -> bool:
    whole = documents.complete(engine, device.id, sha256, now)
    if whole is None:
        raise HTTPException(409, "offset")
    if not whole:
        raise HTTPException(422, "file_differs")
    return True


def _added(
    connection: Connection,
    device: Device,
    sha256: str,
    offset: int,
    content: bytes,
    now: datetime,
) -> tuple[bool, int]:
    """(whether the file is there already, where the piece began)."""
    size = documents.size_for(connection, sha256, device.id, device.fields)
    if size is not None:
        return True, size - len(content)
    there, pieces = documents.received(connection, device.id, sha256)
    if offset != there:
        raise HTTPException(409, "offset")
    if pieces == 0:
        documents.forget_left(connection, now)
        if not documents.quota_left(connection, device.id):
            raise HTTPException(429, "unfinished_uploads", headers={"Retry-After": "3600"})
    if content or pieces == 0:  # of an upload that is whole, but was broken off then, the last piece is empty
        documents.add_piece(connection, device.id, sha256, pieces, content, now)
    return False, there


@router.get("/{sha256}", response_class=Response, responses=USUAL | {404: USUAL[400]})
def get_file(request: Request, device: Annotated[Device, Depends(needs("pull"))], sha256: _SHA) -> Response:
    """Never under a name that somebody typed: as bytes, to be saved."""
    engine = centre_of(request).engine
    with reading(engine) as connection:
        if not documents.readable(connection, sha256, device.fields):
            raise HTTPException(404, "file_unknown")
        size = documents.size_for(connection, sha256, device.id, device.fields)
        numbers = documents.piece_numbers(connection, sha256)
    return StreamingResponse(
        _read(engine, sha256, numbers),
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": "attachment",
            "Content-Length": str(size),
            "X-Content-Type-Options": "nosniff",
        },
    )


def _read(engine: Engine, sha256: str, numbers: list[int]) -> Iterator[bytes]:
    """A piece when it is wanted: of whoever reads slowly neither the whole file lies in memory nor is one of
    the store's few connections held.
    """
    for number in numbers:
        with reading(engine) as connection:
            piece = documents.piece(connection, sha256, number)
        yield piece

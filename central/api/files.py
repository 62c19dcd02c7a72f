"""A whole file of readings or records from another system, through the same importers as on a laptop."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from app.core.errors import Details, KnownError
from central.api.auth import centre_of, needs
from central.api.callers import at_length
from central.api.limits import MOST_UNPACKED_BYTES, body_of
from central.api.parsed import USUAL
from central.file_upload import upload
from central.stores.devices import Device

router = APIRouter(prefix="/v1")


class FileTaken(BaseModel):
    """`status` as of an entry: accepted, duplicate, rejected with `code` and `details` (sheet, line, column,
    value).
    """

    id: str
    status: str
    code: str = ""
    details: Details = {}


@router.post(
    "/files",
    responses=USUAL,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def post_file(
    request: Request,
    device: Annotated[Device, Depends(needs("files"))],
    name: Annotated[str, Query(min_length=1, max_length=200)],
    well: Annotated[str, Query(max_length=600)] = "",
    content_encoding: Annotated[str, Header(max_length=20)] = "identity",
) -> FileTaken:
    """CSV, Excel, JSON and the rest, by what the file itself says. The same content again is known by its
    hash.
    """
    content = await body_of(request, most_unpacked=MOST_UNPACKED_BYTES)
    if not content:
        raise HTTPException(422, "file_empty")
    return await run_in_threadpool(_take, request, device, name, content, well)


def _take(request: Request, device: Device, name: str, content: bytes, well: str) -> FileTaken:
    centre = centre_of(request)
    try:
        with at_length(centre, device.id):
            receipt = upload(centre, device, name, content, well)
    except KnownError as error:
        if error.retry:
            raise
        details = {key: str(value)[:200] for key, value in error.details.items() if key != "file"}
        return FileTaken(
            id=hashlib.sha256(content).hexdigest(), status="rejected", code=error.code, details=details
        )
    return FileTaken(id=receipt.id, status=receipt.status, code=receipt.code, details=dict(receipt.details))

"""A signed feed of updates as plain files, for laptops that reach nothing but the centre.

The centre vouches for nothing in it: laptops verify signatures by keys that the centre does not have.
"""

from __future__ import annotations

import re
from pathlib import Path as Folder
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Request
from fastapi.responses import FileResponse

from central.api.auth import centre_of, needs
from central.api.parsed import USUAL
from central.stores.devices import Device

router = APIRouter(prefix="/v1/updates")
NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,199}")


@router.get(
    "/{part}/{name}",
    response_class=FileResponse,
    responses=USUAL | {206: {"description": "A part"}, 404: USUAL[400], 416: {"description": "No such part"}},
)
def get_file(
    request: Request,
    device: Annotated[Device, Depends(needs(None))],
    part: Annotated[str, Path(max_length=20)],
    name: Annotated[str, Path(max_length=200)],
) -> FileResponse:
    """Of the folder that the centre was told; also in parts (`Range`)."""
    return file_of(centre_of(request).config.updates, part, name)


def file_of(folder: Folder | None, part: str, name: str) -> FileResponse:
    """A file of a feed, and nothing else. Raises HTTPException (404)."""
    if folder is None or part not in ("metadata", "targets") or not NAME.fullmatch(name):
        raise HTTPException(404, "file_unknown")
    path = (folder / part / name).resolve()
    # A link that somebody with a right on the share laid there would hand out the centre's own files.
    if not path.is_file() or not path.is_relative_to(folder.resolve()):
        raise HTTPException(404, "file_unknown")
    return FileResponse(path, media_type="application/octet-stream", headers={"Cache-Control": "no-cache"})

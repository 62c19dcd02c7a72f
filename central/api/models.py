"""Models for laptops: which there are, and their files (plain arrays or ONNX, never a pickle)."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Depends, HTTPException, Path, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel

from app.core.clock import iso
from central.api.auth import centre_of, needs
from central.api.parsed import USUAL
from central.api.updates import file_of
from central.config import MODELS_FOLDER
from central.stores import registry
from central.stores.devices import Device
from central.stores.engine import reading
from central.stores.tables import MODELS

router = APIRouter(prefix="/v1/models")
_NAME = Annotated[str, Path(pattern=r"^[\w.-]{1,50}$")]


class ModelOut(BaseModel):
    name: str
    version: str
    sha256: str
    made_at: str
    stage: str
    """champion, challenger, retired or refused; empty for one that an operator added."""


@router.get("", responses=USUAL)
def list_models(request: Request, device: Annotated[Device, Depends(needs("models"))]) -> list[ModelOut]:
    with reading(centre_of(request).engine) as connection:
        rows = connection.execute(
            sa.select(MODELS.c.name, MODELS.c.version, MODELS.c.sha256, MODELS.c.made_at).order_by(
                MODELS.c.name, MODELS.c.made_at
            )
        ).all()
        stages = {(one.name, one.version): one.stage for one in registry.every(connection)}
        return [
            ModelOut(
                name=name,
                version=version,
                sha256=sha256,
                made_at=iso(made_at),
                stage=stages.get((name, version), ""),
            )
            for name, version, sha256, made_at in rows
        ]


@router.get(
    "/feed/{part}/{name}",
    response_class=FileResponse,
    responses=USUAL | {206: {"description": "A part"}, 404: USUAL[400], 416: {"description": "No such part"}},
)
def get_feed_file(
    request: Request,
    device: Annotated[Device, Depends(needs("models"))],
    part: Annotated[str, Path(max_length=20)],
    name: Annotated[str, Path(max_length=200)],
) -> FileResponse:
    """Of the signed feed of models: laptops verify it, whoever hands it out."""
    return file_of(centre_of(request).config.folder / MODELS_FOLDER, part, name)


@router.get("/{name}/{version}", response_class=Response, responses=USUAL | {404: USUAL[400]})
def get_model(
    request: Request, device: Annotated[Device, Depends(needs("models"))], name: _NAME, version: _NAME
) -> Response:
    with reading(centre_of(request).engine) as connection:
        meant = sa.and_(MODELS.c.name == name, MODELS.c.version == version)
        row = connection.execute(sa.select(MODELS.c.content, MODELS.c.sha256).where(meant)).first()
    if row is None:
        raise HTTPException(404, "model_unknown")
    return Response(
        bytes(row[0]), media_type="application/octet-stream", headers={"X-Content-SHA256": row[1]}
    )

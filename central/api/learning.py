"""Decisions on findings with their features: what a model of diagnosis is trained on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from central.api.auth import centre_of, needs
from central.api.parsed import USUAL
from central.stores import learning
from central.stores.devices import Device
from central.stores.engine import reading

router = APIRouter(prefix="/v1/decisions")


class DecisionOut(BaseModel):
    """`features`: `evidence.<code>.<detail>` in SI, confidence, severity, duration_s."""

    finding: str
    well: str
    field: str
    lift: str
    code: str
    from_at: str
    to_at: str | None
    decision: str
    reason: str
    author: str
    version: int
    features: dict[str, float]


@router.get("", responses=USUAL)
def list_decisions(
    request: Request,
    device: Annotated[Device, Depends(needs("models"))],
    after: Annotated[str, Query(max_length=36, pattern=r"^[0-9A-Za-z-]*$")] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 1000,
) -> list[DecisionOut]:
    """Of the device's fields, by the names of the findings. The next page begins after the last one."""
    with reading(centre_of(request).engine) as connection:
        told = learning.decisions(connection, device.fields, after, limit)
    return [DecisionOut.model_validate(one) for one in told]

"""Who asks: a device by its token. Every route names the scope it needs."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import HTTPException, Request

from central.centre import Centre
from central.stores import devices
from central.stores.devices import Device
from central.stores.engine import reading


def centre_of(request: Request) -> Centre:
    centre: Centre = request.app.state.centre
    return centre


def needs(scope: str | None) -> Callable[[Request], Device]:
    """401 without a token that is known and not revoked, 403 without the scope, 429 when asked too often."""

    def check(request: Request) -> Device:
        centre = centre_of(request)
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        device = None
        if kind.lower() == "bearer" and token:
            with reading(centre.engine) as connection:
                device = devices.by_token(connection, token.strip())
        if device is None:
            centre.metrics.refused.labels("401").inc()
            raise HTTPException(401, "token", headers={"WWW-Authenticate": "Bearer"})
        request.state.device = device.id
        wait_s = centre.rates.take(device.id)
        if wait_s > 0:
            centre.metrics.refused.labels("429").inc()
            raise HTTPException(429, "too_often", headers={"Retry-After": str(int(wait_s) + 1)})
        if scope is not None and scope not in device.scopes:
            centre.metrics.refused.labels("403").inc()
            raise HTTPException(403, "scope")
        return device

    return check

"""Who asks: a device by its token, a person by the token of the site's provider. Every route
names the scope it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from fastapi import HTTPException, Request

from app.core.errors import KnownError
from central.centre import Centre
from central.people import is_persons
from central.stores import devices, roles
from central.stores.devices import Device, actor_of
from central.stores.engine import reading


def centre_of(request: Request) -> Centre:
    centre: Centre = request.app.state.centre
    return centre


def needs(scope: str | None) -> Callable[[Request], Iterator[Device]]:
    """401 without a token that is known and not revoked (429 when an address brings many of those), 403
    without the scope or a role that gives it in some field, 429 when asked too often or too much at once. The
    device is told with the fields in which it may do this.
    """

    def check(request: Request) -> Iterator[Device]:
        centre = centre_of(request)
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        device = None
        if kind.lower() == "bearer" and token:
            device = _who(centre, token.strip())
        if device is None:
            raise _unknown(centre, request)
        request.state.device, request.state.actor = device.id, actor_of(device)
        wait_s = centre.rates.take(device.id)
        if wait_s > 0:
            raise _refused(centre, 429, "too_often", wait_s)
        if scope is not None and scope not in device.scopes:
            raise _refused(centre, 403, "scope")
        own = roles.narrowed(device, roles.OF_SCOPE[scope])
        if own is None and scope is not None:
            raise _refused(centre, 403, "role")
        with centre.at_work.one(device.id) as allowed:
            if not allowed:
                raise _refused(centre, 429, "too_many_at_once", 1.0)
            yield own or replace(device, fields=())

    return check


def _who(centre: Centre, token: str) -> Device | None:
    """Raises KnownError (provider_unreachable) where a person cannot be told from anybody now."""
    with reading(centre.engine) as connection:
        if centre.people is not None and is_persons(token):
            try:
                return centre.people.device_of(connection, token)
            except KnownError as error:
                if error.retry:
                    raise
                return None
        device = devices.by_token(connection, token)
        return roles.with_roles(connection, device) if device is not None else None


def _unknown(centre: Centre, request: Request) -> HTTPException:
    wait_s = centre.bad_tokens.take(request.client.host if request.client else "")
    if wait_s > 0:
        return _refused(centre, 429, "too_many_bad_tokens", wait_s)
    return _refused(centre, 401, "token")


def _refused(centre: Centre, status: int, code: str, wait_s: float = 0.0) -> HTTPException:
    centre.metrics.refused.labels(str(status)).inc()
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if wait_s > 0:
        headers["Retry-After"] = str(int(wait_s) + 1)
    return HTTPException(status, code, headers=headers)

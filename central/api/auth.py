"""Who asks: a device by its token, a person by the token of the site's provider. Every route
names the scope it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace

from fastapi import Request

from central.api.callers import place_of, refusal, token_of, unknown, who
from central.centre import Centre
from central.stores import roles
from central.stores.devices import Device, actor_of


def centre_of(request: Request) -> Centre:
    centre: Centre = request.app.state.centre
    return centre


def needs(scope: str | None) -> Callable[[Request], Iterator[Device]]:
    """401 without a token that is known and not revoked (429 when an address brings many of those), 403
    without the scope or a role that gives it in some field, 429 when asked too often or too much at once. The
    device is told with the fields in which it may do this. What the door found out is not asked again.
    """

    def check(request: Request) -> Iterator[Device]:
        centre, state = centre_of(request), request.state
        if (refused := getattr(state, "refused", None)) is not None:
            raise refused
        device = getattr(state, "caller", None) or who(centre, token_of(request.headers))
        if device is None:
            raise unknown(centre, request.client.host if request.client else "")
        state.device, state.actor = device.id, actor_of(device)
        with nullcontext() if getattr(state, "placed", False) else place_of(centre, device.id) as refused:
            if refused is not None:
                raise refused
            if scope is not None and scope not in device.scopes:
                raise refusal(centre, 403, "scope")
            own = roles.narrowed(device, roles.OF_SCOPE[scope])
            if own is None and scope is not None:
                raise refusal(centre, 403, "role")
            yield own or replace(device, fields=())

    return check

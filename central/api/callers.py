"""Who brings a request, whose place it takes, and how one is refused."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import HTTPException
from starlette.datastructures import Headers

from app.core.errors import KnownError
from central.centre import Centre
from central.people import is_persons
from central.stores import devices, roles
from central.stores.devices import Device
from central.stores.engine import reading


def token_of(headers: Headers) -> str:
    """Empty for none."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def who(centre: Centre, token: str) -> Device | None:
    """Raises KnownError (provider_unreachable) where a person cannot be told from anybody now."""
    if not token:
        return None
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


@contextmanager
def place_of(centre: Centre, holder: str) -> Iterator[HTTPException | None]:
    """One request of `holder`, or why it has to wait."""
    wait_s = centre.rates.take(holder)
    if wait_s > 0:
        yield refusal(centre, 429, "too_often", wait_s)
        return
    with centre.at_work.one(holder) as allowed:
        yield None if allowed else refusal(centre, 429, "too_many_at_once", 1.0)


@contextmanager
def at_length(centre: Centre, holder: str) -> Iterator[None]:
    """Work for minutes: one device has not all the threads. Raises HTTPException (429)."""
    with centre.long_work.one(holder) as allowed:
        if not allowed:
            raise refusal(centre, 429, "too_many_at_once", 1.0)
        yield


def unknown(centre: Centre, address: str) -> HTTPException:
    """An address that brings many of those is told to wait."""
    wait_s = centre.bad_tokens.take(address)
    if wait_s > 0:
        return refusal(centre, 429, "too_many_bad_tokens", wait_s)
    return refusal(centre, 401, "token")


def refusal(centre: Centre, status: int, code: str, wait_s: float = 0.0) -> HTTPException:
    centre.metrics.refused.labels(str(status)).inc()
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    if wait_s > 0:
        headers["Retry-After"] = str(int(wait_s) + 1)
    return HTTPException(status, code, headers=headers)

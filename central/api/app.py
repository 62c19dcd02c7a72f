"""The ingest service: routes put together, every request with an id, a line in the log and a place in the
metrics.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import sqlalchemy as sa
from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.core.errors import KnownError
from app.core.ids import new_id
from central import tracing
from central.api import (
    bulk,
    changes,
    compared,
    documents,
    entries,
    files,
    health,
    introduction,
    learning,
    models,
    parcels,
    readings,
    updates,
)
from central.api.door import Door
from central.api.parsed import Malformed
from central.centre import Centre
from central.logs import log
from central.stores.engine import database_down, is_away

ROUTERS = (
    health.router,
    entries.router,
    readings.router,
    bulk.router,
    documents.router,
    files.router,
    changes.router,
    compared.router,
    models.router,
    learning.router,
    introduction.router,
    parcels.router,
    updates.router,
)


def make_app(centre: Centre) -> FastAPI:
    app = FastAPI(
        title="Wellside centre",
        version="1",
        description="Takes what laptops at the wells saved, exactly once, and tells them what is new.",
        openapi_url=None,  # told to devices (health.py), and no page of it to anybody
        docs_url=None,
        redoc_url=None,
    )
    app.state.centre = centre
    app.state.names = {}
    for router in ROUTERS:
        app.include_router(router)
    app.middleware("http")(_counted)
    app.add_middleware(Door, centre)
    app.exception_handler(HTTPException)(_said)
    app.exception_handler(RequestValidationError)(_malformed)
    app.exception_handler(KnownError)(_known)
    app.exception_handler(sa.exc.DBAPIError)(_of_the_store)
    return app


async def _counted(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    centre: Centre = request.app.state.centre
    given = request.headers.get("x-request-id", "")
    request_id = (
        given if given.isascii() and given.replace("-", "").isalnum() and len(given) <= 64 else new_id()
    )
    began = time.monotonic()
    try:
        with tracing.request(request.method, request.headers.get("traceparent", "")) as span:
            response = await call_next(request)
            # By the route, not by what stands in the address: an id in each name would make as many names.
            span.update_name(f"{request.method} {getattr(request.scope.get('route'), 'path', 'unknown')}")
            span.set_attributes({"http.response.status_code": response.status_code, "request.id": request_id})
    except Exception as error:  # noqa: BLE001 - the last border: told without its insides, logged with its kind
        log("bug", request=request_id, route=request.url.path[:200], error=type(error).__name__)
        response = JSONResponse({"code": "internal", "request": request_id}, 500)
    seconds = time.monotonic() - began
    route = getattr(request.scope.get("route"), "path", "unknown")
    centre.metrics.requests.labels(route, str(response.status_code)).inc()
    centre.metrics.seconds.labels(route).observe(seconds)
    if response.status_code in (401, 403, 404) and route != "unknown":
        await run_in_threadpool(_note_refused, request, route, response.status_code)
    response.headers["X-Request-Id"] = request_id
    log(
        "request",
        request=request_id,
        method=request.method,
        route=route,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        device=getattr(request.state, "device", ""),
    )
    return response


def _note_refused(request: Request, route: str, status: int) -> None:
    """A device that asks for what is not its own, an address whose token nobody has. The answer does not wait
    for a store that is away.
    """
    centre: Centre = request.app.state.centre
    address = request.client.host if request.client else ""
    actor = getattr(request.state, "actor", "") or f"address {address}"
    try:
        centre.refusals.note(actor, f"{request.method} {route}", str(status))
    except (sa.exc.SQLAlchemyError, OSError) as error:
        log("audit_failed", reason=type(error).__name__)


async def _said(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    where = {"where": error.where} if isinstance(error, Malformed) else {}
    return JSONResponse({"code": str(error.detail), **where}, error.status_code, error.headers)


async def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return await _said(request, Malformed([".".join(map(str, one["loc"])) for one in error.errors()][:20]))


async def _known(request: Request, error: Exception) -> Response:
    assert isinstance(error, KnownError)
    return JSONResponse(
        {"code": error.code}, 503 if error.retry else 400, {"Retry-After": "5"} if error.retry else None
    )


async def _of_the_store(request: Request, error: Exception) -> Response:
    """A store that is away is asked again; a statement that is wrong is a bug of ours."""
    assert isinstance(error, sa.exc.DBAPIError)
    if not is_away(error):
        raise error
    return await _known(request, database_down(error))

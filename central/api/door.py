"""Before any work: whoever is known by the token that he brings has so many requests at once; whoever is not
waits for his turn among those of his address, and keeps no device waiting.

A request that is let in costs several changes of thread and a look into the store, one that is refused here
next to nothing: a hundred and fifty half-sent ones of one token had stood before everybody else's.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict, deque

import sqlalchemy as sa
from fastapi import HTTPException
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.errors import KnownError
from app.sync.wire import token_key
from central.api.callers import place_of, refusal, token_of, unknown, who
from central.centre import Centre
from central.logs import log

LOGINS_AT_ONCE, LOGINS_WAITING = 3, 256
"""Of all who are not known yet, and of one address: more only keep the interpreter from the others."""
MOST_KNOWN = 10_000
ASKED_BY_ANYBODY = ("/health", "/ready")
"""They take no turn from those who want to be known, and one look at a time is all the work for them."""


class Turns:
    """`most` at once; whoever waits is called address by address, and of an address `waiting` wait at most.
    For one event loop.
    """

    def __init__(self, most: int, waiting: int) -> None:
        self._free, self._waiting = most, waiting
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    async def take(self, address: str) -> bool:
        """Whether it is one's turn; what was taken is given back by `give`."""
        if self._free:
            self._free -= 1
            return True
        queue = self._queues.setdefault(address, deque())
        if len(queue) >= self._waiting:
            return False
        turn = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give()
            raise
        return True

    def give(self) -> None:
        while self._queues:
            address, queue = self._queues.popitem(last=False)
            turn = queue.popleft()
            if queue:
                self._queues[address] = queue  # behind those of other addresses
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class Known:
    """Whose a token was when it was looked up last: says whose place a request takes, never what it may."""

    def __init__(self) -> None:
        self._holders: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, token: str, holder: str) -> None:
        with self._lock:
            self._holders[token_key(token)] = holder
            while len(self._holders) > MOST_KNOWN:
                self._holders.popitem(last=False)

    def holder(self, token: str) -> str | None:
        with self._lock:
            return self._holders.get(token_key(token))


class Door:
    """The outermost part of the service. What it found out goes with the request: its place and who it is."""

    def __init__(self, app: ASGIApp, centre: Centre) -> None:
        self._app, self._centre = app, centre
        self._logins = Turns(LOGINS_AT_ONCE, LOGINS_WAITING)
        self._known = Known()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in ASKED_BY_ANYBODY:
            await self._app(scope, receive, send)
            return
        token, found = token_of(Headers(scope=scope)), scope.setdefault("state", {})
        holder = self._known.holder(token)
        if holder is None:
            address = scope["client"][0] if scope.get("client") else ""
            refused = await self._look(token, address, found)
            holder = self._known.holder(token)
            if refused is not None and refused.status_code != 401:
                await _say(refused, "", scope, receive, send)
                return
        if holder is None:  # whose route, trail and words say it
            await self._app(scope, receive, send)
            return
        with place_of(self._centre, holder) as refused:
            if refused is not None:
                await _say(refused, holder, scope, receive, send)
                return
            found["placed"] = True
            await self._app(scope, receive, send)

    async def _look(self, token: str, address: str, found: dict[str, object]) -> HTTPException | None:
        if not await self._logins.take(address):
            return refusal(self._centre, 429, "too_many_logins", 1.0)
        try:
            if self._known.holder(token) is not None:  # another with it was before it
                return None
            device = await run_in_threadpool(who, self._centre, token)
        except (KnownError, sa.exc.SQLAlchemyError):
            return None  # the route asks again, and says what is wrong
        finally:
            self._logins.give()
        if device is None:
            found["refused"] = refused = unknown(self._centre, address)
            return refused
        self._known.note(token, device.id)
        found["caller"] = device
        return None


async def _say(refused: HTTPException, holder: str, scope: Scope, receive: Receive, send: Send) -> None:
    log("refused", method=scope["method"], status=refused.status_code, code=refused.detail, device=holder)
    answer = JSONResponse({"code": refused.detail}, refused.status_code, refused.headers)
    await answer(scope, receive, send)

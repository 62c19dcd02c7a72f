"""Who holds connections and says nothing keeps nobody out."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import HTTPException
from uvicorn.server import ServerState

from central import patience
from central.api.auth import needs
from central.api.limits import AtOnce, RateLimit
from central.metrics import Metrics
from central.patience import PatientFor
from central.stores.engine import open_engine
from tests.centre_process import CentreProcess, new_field


async def _app(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def _closed_after(*pieces: bytes) -> tuple[bytes, float]:
    """(what was answered, how long until the connection was closed)."""
    config = uvicorn.Config(_app, log_config=None, timeout_keep_alive=30, lifespan="off")
    loop = asyncio.get_running_loop()
    state = ServerState()
    server = await loop.create_server(lambda: PatientFor(config, state, {}), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        began = loop.time()
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.05)
        answer = await asyncio.wait_for(reader.read(), 5)
        took_s = loop.time() - began
        writer.close()
        await writer.wait_closed()
        return answer, took_s


@pytest.mark.parametrize(
    "pieces", [(), (b"GET / HT",), (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET / HTTP/1.1\r\nHo")]
)
def test_a_head_that_does_not_come_to_its_end_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, pieces: tuple[bytes, ...]
) -> None:
    monkeypatch.setattr(patience, "HEAD_S", 0.3)
    answer, took_s = asyncio.run(_closed_after(*pieces))
    assert (b"200 OK" in answer) == (len(pieces) == 2), "what was asked whole is answered"
    assert 0.2 < took_s < 4


def test_two_hundred_half_sent_heads_keep_nobody_out(centre: CentreProcess) -> None:
    with ExitStack() as held:
        for _ in range(250):
            one = held.enter_context(socket.create_connection(("127.0.0.1", centre.port)))
            one.sendall(b"GET /health HTTP/1.1\r\nHo")
        began = time.monotonic()
        assert httpx.get(centre.url + "/health").status_code == 200
        assert time.monotonic() - began < 8, "not when they are given up, but now"


class _Asked:
    """A request as `needs` looks at it."""

    def __init__(self, centre: Any, token: str) -> None:
        self.headers = {"authorization": f"Bearer {token}"}
        self.app = type("App", (), {"state": type("State", (), {"centre": centre})})
        self.state = type("State", (), {})()
        self.client = type("Client", (), {"host": "10.0.0.1"})


def test_unknown_tokens_of_one_address_are_told_to_wait_and_a_good_one_never(centre: CentreProcess) -> None:
    engine = open_engine(centre.database)
    site = type("Site", (), {"engine": engine, "people": None, "metrics": Metrics(), "rates": RateLimit(100)})
    site.bad_tokens, site.at_work = RateLimit(3), AtOnce(1)
    check = needs(None)

    def said(token: str) -> int:
        try:
            next(check(_Asked(site, token)))  # type: ignore[arg-type]
        except HTTPException as error:
            return error.status_code
        return 200

    assert [said("wrong") for _ in range(5)] == [401, 401, 401, 429, 429]
    good = centre.token(new_field())
    assert said(good) == 200
    first = check(_Asked(site, good))  # type: ignore[arg-type]
    next(first)
    assert said(good) == 429, "one at once"
    first.close()
    assert said(good) == 200
    engine.dispose()

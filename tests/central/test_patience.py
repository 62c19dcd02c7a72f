"""Who holds connections and says nothing keeps nobody out."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import HTTPException
from uvicorn.server import ServerState

from app.core.errors import KnownError
from central import patience
from central.api import limits
from central.api.app import make_app
from central.api.auth import needs
from central.api.door import Turns
from central.api.limits import AtOnce, RateLimit
from central.metrics import Metrics
from central.patience import PatientFor, Share
from central.stores.engine import open_engine
from tests.central.asked_here import answers
from tests.central.test_roles import device, here
from tests.centre_process import CentreProcess, new_field
from tests.profiles import centre_tables


async def _app(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def _app_of_bodies(scope: Any, receive: Any, send: Any) -> None:
    """Says how long the body was."""
    size, more = 0, True
    while more:
        told = await receive()
        size, more = size + len(told.get("body", b"")), told.get("more_body", False)
    said = str(size).encode()
    head = [(b"content-length", str(len(said)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": said})


async def _closed_after(*pieces: bytes, app: Any = _app) -> tuple[bytes, float]:
    """(what was answered, how long until the connection was closed)."""
    config = uvicorn.Config(app, log_config=None, timeout_keep_alive=30, lifespan="off")
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


def test_chunks_of_one_byte_wait_for_each_other_and_nobody_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """By their order: the other is answered before all that had come of them before he asked is looked at."""
    monkeypatch.setattr(PatientFor, "small", Share(1, 500))
    pieces, kept = b"1\r\nx\r\n" * 30_000, list[PatientFor]()

    async def answered_before() -> tuple[bytes, int]:
        config = uvicorn.Config(_app_of_bodies, log_config=None, lifespan="off")
        loop, state = asyncio.get_running_loop(), ServerState()

        def connected() -> PatientFor:
            kept.append(PatientFor(config, state, {}))
            return kept[-1]

        server = await loop.create_server(connected, "127.0.0.1", 0)
        async with server:
            address = server.sockets[0].getsockname()
            _, pouring = await asyncio.open_connection(*address)
            pouring.write(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces)
            await pouring.drain()
            reader, asking = await asyncio.open_connection(*address)
            asking.write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            answer = await asyncio.wait_for(reader.read(), 20)
            for _ in range(400):  # as many turns of the loop as all of it would take
                await asyncio.sleep(0)
            seen = kept[0]._counted.events
            for line in kept:
                line.transport.close()
            for one in (pouring, asking):
                one.close()
                with suppress(ConnectionError):
                    await one.wait_closed()
            return answer, seen

    answer, seen = asyncio.run(answered_before())
    assert b"200 OK" in answer
    assert seen < 3_000


def test_a_share_is_paid_back_by_whoever_took_more_than_there_was() -> None:
    now = [0.0]
    share = Share(10, 5, lambda: now[0])
    share.take(25)
    assert share.wait_s() == 2.0
    now[0] = 1.0
    assert share.wait_s() == 1.0
    now[0] = 100.0
    assert share.wait_s() == 0.0
    share.take(6)
    assert share.wait_s() == pytest.approx(0.1), "no more is saved up than is had in one go"


@pytest.mark.parametrize("size", [600, 4_000])
def test_a_body_in_chunks_of_a_usual_size_comes_whole_and_waits_for_no_share(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(PatientFor, "small", Share(0.001, 1))
    chunk = b"%x\r\n%s\r\n" % (size, b"x" * size)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    count = 4_000_000 // size  # more than is read in one go, and than is kept
    answer, _ = asyncio.run(_closed_after(head + chunk * count + b"0\r\n\r\n", app=_app_of_bodies))
    assert answer.endswith(b"\r\n\r\n%d" % (count * size))


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


def _each_s(client: httpx.Client, times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        assert client.get("/v1/hello").status_code == 200
    return (time.perf_counter() - began) / times


@pytest.mark.slow
@pytest.mark.parametrize("whose", ["one device's", "nobody's"])
def test_the_first_question_of_another_does_not_come_behind_half_sent_ones(
    centre: CentreProcess, whose: str
) -> None:
    """By what a question takes when nothing else is asked: behind 250 of them it took a hundred and more."""
    with centre.client(centre.token(new_field())) as client:
        foreign, behind = centre.token(new_field()), list[float]()
        for turn in range(4):
            alone_s = _each_s(client, 40)  # on the same machine a moment before
            with ExitStack() as held:
                for number in range(250):
                    one = held.enter_context(socket.create_connection(("127.0.0.1", centre.port)))
                    token = foreign if whose == "one device's" else f"wsd_{turn}_{number}"
                    one.sendall(
                        b"POST /v1/batches HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n"
                        b"Authorization: Bearer %s\r\n\r\n{" % token.encode()
                    )
                behind.append(_each_s(client, 1) / alone_s)
        assert min(behind) < 45


def test_who_waits_to_be_known_is_called_address_by_address() -> None:
    async def come() -> list[str]:
        turns, called = Turns(2, 3), list[str]()

        async def one(address: str) -> None:
            called.append(address if await turns.take(address) else f"{address} is told to wait")

        flood = [asyncio.create_task(one("a")) for _ in range(7)]
        others = [asyncio.create_task(one("b")) for _ in range(2)]
        await asyncio.sleep(0)
        flood[2].cancel()  # it had given up before its turn came
        for _ in range(6):
            await asyncio.sleep(0)
            turns.give()
        await asyncio.gather(*flood, *others, return_exceptions=True)
        assert await turns.take("c")
        return called

    told = ["a is told to wait"] * 2
    assert asyncio.run(come()) == ["a", "a", *told, "b", "a", "b", "a"]


def test_a_body_of_which_nothing_more_comes_is_given_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(limits, "SLOWEST_BODY_S", 0.05)
    engine = centre_tables(tmp_path / "centre.sqlite")
    head = {"Authorization": f"Bearer {device(engine)[1]}"}

    async def silent() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    for path in ("/v1/batches", "/v1/readings", "/v1/files?name=a.csv"):
        (answer,) = answers(make_app(here(engine)), [("POST", path, {"headers": head, "content": silent()})])
        assert (answer.status_code, answer.json()["code"]) == (408, "body_too_slow")
    engine.dispose()


def test_a_store_that_hangs_is_asked_once_whether_it_is_there(tmp_path: Path) -> None:
    engine, asked = centre_tables(tmp_path / "centre.sqlite"), list[bool]()

    def ping() -> bool:
        asked.append(True)
        time.sleep(0.05)
        return False

    site = here(engine)
    site.readiness = limits.SeenLately()
    site.stopping = False
    site.clickhouse = type("Store", (), {"ping": staticmethod(ping)})

    async def at_once() -> set[int]:
        way = httpx.ASGITransport(make_app(site))
        async with httpx.AsyncClient(transport=way, base_url="http://centre") as client:
            said = await asyncio.gather(*(client.get("/ready") for _ in range(20)))
            return {one.status_code for one in said}

    assert asyncio.run(at_once()) == {503}
    assert len(asked) == 1
    engine.dispose()


def test_what_a_look_ran_into_is_said_to_all_who_ask_within_the_second() -> None:
    looked: list[bool] = []

    def look() -> str:
        looked.append(True)
        raise KnownError("clickhouse_down")

    async def asked() -> list[object]:
        seen = limits.SeenLately()
        return await asyncio.gather(*(seen.of(look) for _ in range(20)), return_exceptions=True)

    said = asyncio.run(asked())
    assert {str(one) for one in said} == {"clickhouse_down"}
    assert all(isinstance(one, KnownError) for one in said)
    assert len(looked) == 1


async def _served(app: Any) -> tuple[asyncio.Server, ServerState]:
    config = uvicorn.Config(app, log_config=None, timeout_keep_alive=30, lifespan="off")
    loop, state = asyncio.get_running_loop(), ServerState()
    return await loop.create_server(lambda: PatientFor(config, state, {}), "127.0.0.1", 0), state


@pytest.mark.parametrize("said", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"])
def test_of_the_silent_who_has_been_for_longest_makes_way(
    monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    """Two thousand that had said nothing, or nothing more, kept everybody out."""
    monkeypatch.setattr(patience, "MOST_SILENT", 5)

    async def left() -> list[bool]:
        server, state = await _served(_app)
        async with server:
            lines = []
            for _ in range(8):
                reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
                writer.write(said)
                lines.append((reader, writer))
                if said.endswith(b"\r\n\r\n"):
                    await reader.readuntil(b"ok")
                await asyncio.sleep(0.02)
            found = [not (reader.at_eof() or reader.exception()) for reader, _ in lines]
            assert len(state.connections) == 5
            for _, writer in lines:
                writer.close()
                with suppress(ConnectionError):
                    await writer.wait_closed()
            await asyncio.sleep(0.02)
            assert not PatientFor.silent
            return found

    assert asyncio.run(left()) == [False] * 3 + [True] * 5


async def _app_of_much(scope: Any, receive: Any, send: Any) -> None:
    size = 24 << 20
    head = [(b"content-length", str(size).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": bytes(size), "more_body": True})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.slow
@pytest.mark.parametrize(("pauses", "pause_s", "all_of_it"), [(1, 1.0, False), (12, 0.05, True)])
def test_an_answer_of_which_nothing_is_taken_is_given_up_and_one_that_is_taken_slowly_is_not(
    monkeypatch: pytest.MonkeyPatch, pauses: int, pause_s: float, all_of_it: bool
) -> None:
    monkeypatch.setattr(patience, "UNREAD_S", 0.3)

    async def taken() -> int:
        server, state = await _served(_app_of_much)
        loop = asyncio.get_running_loop()
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            one.setblocking(False)
            async with server:
                await loop.sock_connect(one, server.sockets[0].getsockname())
                await loop.sock_sendall(one, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                came, paused = 0, 0
                with suppress(ConnectionError):
                    while part := await loop.sock_recv(one, 1 << 20):
                        came += len(part)
                        if paused < pauses and came > paused << 20:
                            paused += 1
                            await asyncio.sleep(pause_s)
                            if not all_of_it:
                                assert not state.connections, "its place is free"
                return came

    assert (asyncio.run(taken()) >= 24 << 20) == all_of_it

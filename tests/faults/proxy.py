"""A TCP proxy that does to a connection what networks do: cut it, slow it, answer in the other's place, send
a request twice.
"""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections import Counter

FAULTS = (
    "cut_up",
    "cut_down",
    "cut_before",
    "delay",
    "503",
    "captive",
    "truncate",
    "duplicate",
    "reorder",
    "429",
)
PORTAL = b"<html>Sign in to the network</html>"


class Proxy:
    """`rate`: the share of connections that something happens to. `happened` counts what did."""

    def __init__(self, target: int, seed: int, rate: float = 0.5, idle_s: float = 1.0) -> None:
        self.target, self.rate, self._idle_s = target, rate, idle_s
        self._rng = random.Random(seed)
        self._deck: list[str] = []
        self._lock = threading.Lock()
        self.happened: Counter[str] = Counter()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._open: set[socket.socket] = set()
        self._closing = False
        self._thread = threading.Thread(target=self._serve, name="proxy", daemon=True)
        self._thread.start()

    @property
    def total(self) -> int:
        return sum(self.happened.values())

    def close(self) -> None:
        self._closing = True
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # closing alone does not end an `accept`
        self._listening.close()
        for one in list(self._open):
            _close(one)
        self._thread.join(5)

    def _serve(self) -> None:
        while not self._closing:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _choose(self) -> tuple[str, int]:
        with self._lock:
            if self._rng.random() >= self.rate:
                return "", 0
            if not self._deck:  # each kind once before one comes again: a short run has them all
                self._deck = self._rng.sample(FAULTS, len(FAULTS))
            fault = self._deck.pop()
            self.happened[fault] += 1
            return fault, self._rng.randrange(1, 6_000)

    def _carry(self, client: socket.socket) -> None:
        fault, after = self._choose()
        self._open.add(client)
        try:
            if fault == "cut_before":
                return
            if fault in ("503", "429", "captive", "truncate"):
                _answer_instead(client, fault)
                return
            with socket.create_connection(("127.0.0.1", self.target), 5) as server:
                self._open.add(server)
                if fault == "duplicate":
                    _send_twice(client, self.target)
                if fault in ("delay", "reorder"):  # a later connection overtakes this one
                    time.sleep(after / 6_000 * (0.6 if fault == "reorder" else 0.3))
                self._both_ways(client, server, fault, after)
        except OSError:
            return
        finally:
            _close(client)
            self._open.discard(client)

    def _both_ways(self, client: socket.socket, server: socket.socket, fault: str, after: int) -> None:
        up = threading.Thread(
            target=_pump,
            args=(client, server, after if fault == "cut_up" else None, self._idle_s),
            daemon=True,
        )
        up.start()
        _pump(server, client, after if fault == "cut_down" else None, self._idle_s)
        up.join(1)
        self._open.discard(server)


def _pump(source: socket.socket, target: socket.socket, cut_after: int | None, idle_s: float) -> None:
    """A connection on which nothing passes is dropped, as routers do: the next request takes a new one."""
    passed = 0
    source.settimeout(idle_s)
    with contextlib.suppress(OSError):
        while content := source.recv(65_536):
            if cut_after is not None and passed + len(content) >= cut_after:
                target.sendall(content[: max(0, cut_after - passed)])
                break
            passed += len(content)
            target.sendall(content)
    _close(source)
    _close(target)


def _answer_instead(client: socket.socket, fault: str) -> None:
    _request(client)
    answers = {
        "503": b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "429": b"HTTP/1.1 429 Often\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        "captive": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: "
        b"close\r\n\r\n%s" % (len(PORTAL), PORTAL),
        "truncate": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        b'5000\r\n\r\n{"receipts": [',
    }
    client.sendall(answers[fault])


def _send_twice(client: socket.socket, target: int) -> None:
    """The request reaches the centre once more than the laptop knows; its answer to that one is lost."""
    request = client.recv(1 << 20, socket.MSG_PEEK)
    with socket.create_connection(("127.0.0.1", target), 5) as another:
        another.sendall(request)
        another.settimeout(2)
        with contextlib.suppress(OSError):
            another.recv(65_536)


def _request(client: socket.socket) -> None:
    client.settimeout(2)
    with contextlib.suppress(OSError):
        client.recv(1 << 20)


def _close(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()

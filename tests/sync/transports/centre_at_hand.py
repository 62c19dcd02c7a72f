"""A centre that answers what it is told to, and what speaks REST to it: no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from app.core.errors import KnownError
from app.sync.transports.rest import Rest


class Centre:
    """Answers as it is told, and remembers what was asked."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.answers: list[httpx.Response] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answers.pop(0)

    def says(self, told: Any = None, status: int = 200, **more: Any) -> None:
        self.answers.append(httpx.Response(status, json=told, **more))


@pytest.fixture
def centre() -> Centre:
    return Centre()


@pytest.fixture
def rest(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rest]:
    made = httpx.Client

    def client(**options: Any) -> httpx.Client:
        client.options = options  # type: ignore[attr-defined]
        return made(**{**options, "verify": True, "transport": httpx.MockTransport(centre)})

    monkeypatch.setattr(httpx, "Client", client)
    opened = Rest("https://centre.example/", "wsd_secret")
    assert client.options["follow_redirects"] is False  # type: ignore[attr-defined]
    yield opened
    opened.close()


def refused(ask: Callable[[], Any]) -> KnownError:
    with pytest.raises(KnownError) as caught:
        ask()
    return caught.value


def in_pieces(piece: bytes, count: int) -> Iterator[bytes]:
    yield from (piece for _ in range(count))

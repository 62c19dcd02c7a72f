"""Questions to the centre's service in this process: no port, no thread of its own."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

Asked = tuple[str, str, dict[str, Any]]


def answers(app: Any, asked: list[Asked]) -> list[httpx.Response]:
    """Each in its turn: method, path, what `httpx` takes besides. A bug of the service is its 500."""

    async def ask() -> list[httpx.Response]:
        way = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=way, base_url="http://centre") as client:
            return [await client.request(method, path, **more) for method, path, more in asked]

    return asyncio.run(ask())

"""What one device may ask: how large, how often, how slowly."""

from __future__ import annotations

import asyncio
import gzip
import io
import threading
import time
import zlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

from fastapi import HTTPException, Request
from fastapi.concurrency import run_in_threadpool

MOST_BODY_BYTES = 64 << 20
MOST_UNPACKED_BYTES = 256 << 20
SLOWEST_BODY_S = 60.0
SEEN_FOR_S = 1.0


class RateLimit:
    """A bucket a device: `per_minute` requests, a burst of the same size."""

    def __init__(self, per_minute: int) -> None:
        self._rate, self._most = per_minute / 60.0, float(per_minute)
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> float:
        """0 when the request may pass, else the seconds to wait."""
        now = time.monotonic()
        with self._lock:
            left, at = self._buckets.pop(key, (self._most, now))
            left = min(self._most, left + (now - at) * self._rate)
            allowed = left >= 1.0
            self._buckets[key] = (left - 1.0 if allowed else left, now)
            while len(self._buckets) > 10_000:
                self._buckets.popitem(last=False)
        return 0.0 if allowed else (1.0 - left) / self._rate


class AtOnce:
    """How many of one thing a device may have open: `with one(key) as allowed`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: dict[str, int] = {}
        self._lock = threading.Lock()

    @contextmanager
    def one(self, key: str) -> Iterator[bool]:
        with self._lock:
            allowed = self._open.get(key, 0) < self._most
            if allowed:
                self._open[key] = self._open.get(key, 0) + 1
        try:
            yield allowed
        finally:
            if allowed:
                with self._lock:
                    self._open[key] -= 1
                    if not self._open[key]:
                        del self._open[key]


class SeenLately:
    """What somebody saw: looked for once in `SEEN_FOR_S` at most and by one at a time, whoever asks."""

    def __init__(self) -> None:
        self._looking = asyncio.Lock()
        self._seen: str | Exception = ""
        self._at = float("-inf")

    async def of(self, look: Callable[[], str]) -> str:
        """Raises what `look` raised."""
        async with self._looking:
            if time.monotonic() - self._at >= SEEN_FOR_S:
                try:
                    self._seen = await run_in_threadpool(look)
                except Exception as error:
                    self._seen, self._at = error, time.monotonic()
                    raise
                self._at = time.monotonic()
            if isinstance(self._seen, Exception):
                raise self._seen
            return self._seen


async def parts_of(request: Request, most: int, slowest_bytes_per_s: float = inf) -> AsyncIterator[bytes]:
    """The body as it comes, within its limits: 413 for too much, 408 for one that is not whole in time, also
    when nothing more of it comes. It may take longer by what has come, at `slowest_bytes_per_s`.
    """
    size, began, stream = 0, asyncio.get_running_loop().time(), request.stream()
    while True:
        try:
            async with asyncio.timeout_at(began + SLOWEST_BODY_S + size / slowest_bytes_per_s):
                part = await anext(stream, None)
        except TimeoutError as error:
            raise HTTPException(408, "body_too_slow", {"Connection": "close"}) from error
        if part is None:
            return
        size += len(part)
        if size > most:
            raise HTTPException(413, "body_too_large")
        yield part


async def body_of(request: Request, most: int = MOST_BODY_BYTES, most_unpacked: int = 0) -> bytes:
    """The body, unpacked, within its limits: `most`, packed or not, unless more is said for what is unpacked.
    400 for a broken packing.
    """
    body = b"".join([part async for part in parts_of(request, most)])
    packing = request.headers.get("content-encoding", "identity")
    return await run_in_threadpool(unpacked, body, packing, most_unpacked or most)  # nobody waits for it


def unpacked(body: bytes, encoding: str, most: int = MOST_UNPACKED_BYTES) -> bytes:
    """gzip and zstd, never more than `most`: a small body may hold a very large one."""
    if encoding in ("identity", ""):
        return body
    try:
        if encoding == "gzip":
            return _within(gzip.GzipFile(fileobj=_stream(body)), most)
        if encoding == "zstd":
            import zstandard

            return _within(
                zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(
                    body, read_across_frames=True
                ),
                most,
            )
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise HTTPException(400, "body_packing") from error
    except Exception as error:
        if type(error).__name__ == "ZstdError":
            raise HTTPException(400, "body_packing") from error
        raise
    raise HTTPException(415, "body_packing")


def _stream(body: bytes) -> Any:
    return io.BytesIO(body)


def _within(reader: Any, most: int) -> bytes:
    content = reader.read(most + 1)
    if len(content) > most:
        raise HTTPException(413, "body_too_large")
    return bytes(content)

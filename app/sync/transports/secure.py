"""Where may be connected to, and how: by certificates of the system and of the company, never unverified."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.core.addresses import LOOPBACK
from app.core.errors import KnownError

if TYPE_CHECKING:
    import httpx

CONNECT_S = 10.0
LEAST_BYTES = 2_000
"""Within the time that an answer is waited for: the slowest line at a pad brings more."""


def check_address(url: str) -> None:
    """Nothing goes in the clear beyond the loopback. Raises KnownError (centre_address, centre_needs_tls)."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise KnownError("centre_address", url=url[:200]) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise KnownError("centre_address", url=url[:200])
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise KnownError("centre_needs_tls", url=url[:200])


def tls(ca_file: str) -> ssl.SSLContext:
    """The system's trust store; with `ca_file` the company's authority as well. Raises KnownError
    (centre_ca).
    """
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file:
        try:
            context.load_verify_locations(cafile=str(Path(ca_file)))
        except (OSError, ssl.SSLError) as error:
            raise KnownError("centre_ca", file=ca_file, reason=str(error)) from error
    return context


def client(
    url: str,
    timeout_s: float,
    *,
    headers: Mapping[str, str] | None = None,
    ca_file: str = "",
    proxy: str = "",
    transport: httpx.BaseTransport | None = None,
) -> httpx.Client:
    """Whoever talks to a server by HTTP: relative addresses are below `url`, and nobody is led elsewhere.
    `transport`: in place of the network. Raises KnownError (centre_address, centre_needs_tls, centre_ca).
    """
    import httpx

    check_address(url)
    return httpx.Client(
        base_url=url.rstrip("/"),
        headers={"User-Agent": "wellside", **(headers or {})},
        verify=True if transport is not None else tls(ca_file),
        proxy=proxy or None,
        timeout=httpx.Timeout(timeout_s, connect=CONNECT_S),
        follow_redirects=False,
        transport=transport,
    )


def steadily(pieces: Iterable[bytes], within_s: float) -> Iterator[bytes]:
    """As they come, as long as they do: an end that sends a byte a minute holds nobody. Raises
    TimeoutError.
    """
    seen, by_s = 0, time.monotonic() + within_s
    for piece in pieces:
        yield piece
        seen += len(piece)
        if time.monotonic() > by_s:
            if seen < LEAST_BYTES:
                raise TimeoutError(f"{seen} B / {within_s:.0f} s")
            seen, by_s = 0, time.monotonic() + within_s

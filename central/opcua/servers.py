"""Which OPC UA servers are read, and how they are spoken to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from app.core.addresses import LOOPBACK
from app.core.errors import KnownError

USUAL_OPCUA_PORT = 4840
USUAL_POLICY, IN_THE_CLEAR = "Basic256Sha256", "None"
POLICIES = (USUAL_POLICY, "Aes128Sha256RsaOaep", "Aes256Sha256RsaPss", IN_THE_CLEAR)
"""Always signed and encrypted, but for the last one. Older ones (Basic128Rsa15, Basic256) are broken."""
LONGEST_SOURCE = 60


@dataclass(frozen=True)
class OpcServer:
    url: str
    """Without an account."""
    policy: str = USUAL_POLICY
    user: str = ""
    password: str = ""

    @property
    def source(self) -> str:
        """What its readings come from, in the table of tags too."""
        parts = urlsplit(self.url)
        return f"opcua/{parts.hostname}:{parts.port or USUAL_OPCUA_PORT}"[:LONGEST_SOURCE]

    @property
    def key(self) -> str:
        """Of its lease."""
        return hashlib.blake2b(self.url.encode(), digest_size=8).hexdigest()


def servers_of(text: str) -> tuple[OpcServer, ...]:
    """Addresses with spaces between. Raises KnownError (stream_address, stream_needs_tls)."""
    found = tuple(server_of(one) for one in text.split())
    if len({one.source for one in found}) != len(found):
        raise KnownError("stream_address", url=" ".join(one.source for one in found)[:200])
    return found


def server_of(url: str) -> OpcServer:
    """opc.tcp://[user:password@]host:port/path[?policy=None]. Raises KnownError (stream_address,
    stream_needs_tls).
    """
    parts = urlsplit(url)
    policy = parse_qs(parts.query).get("policy", [USUAL_POLICY])[-1]
    shown = f"{parts.scheme}://{parts.hostname}{parts.path}"[:200]
    try:
        port = parts.port or USUAL_OPCUA_PORT
    except ValueError as error:
        raise KnownError("stream_address", url=shown) from error
    if parts.scheme != "opc.tcp" or not parts.hostname or policy not in POLICIES:
        raise KnownError("stream_address", url=f"{shown}?policy={policy}"[:200])
    if policy == IN_THE_CLEAR and parts.password and parts.hostname not in LOOPBACK:
        raise KnownError("stream_needs_tls", url=f"{shown}?policy={USUAL_POLICY}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return OpcServer(
        f"opc.tcp://{host}:{port}{parts.path}",
        policy,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )

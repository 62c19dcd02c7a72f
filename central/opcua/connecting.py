"""A session with an OPC UA server: the policy that was asked for and no weaker one, with a server whose
certificate is trusted.
"""

from __future__ import annotations

import asyncio
import logging
import platform
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from app.core.clock import utc_now
from app.core.errors import KnownError
from central.opcua.certificates import check, own
from central.opcua.servers import IN_THE_CLEAR, OpcServer

ANSWER_S, GOOD_BYE_S, SESSION_MS = 10.0, 1.0, 120_000
LARGEST_MESSAGE, MOST_CHUNKS = 16 << 20, 4_096
_PROTOCOL = "opc.tcp://"


@asynccontextmanager
async def connected(server: OpcServer, keys: Path) -> AsyncIterator[Any]:
    """`keys`: the folder of certificates. Raises KnownError (opcua_down, retry; opcua_refused,
    opcua_no_policy, opcua_server_unknown, opcua_certificate_old).
    """
    client = _client(server)
    if server.policy != IN_THE_CLEAR:
        await _secured(client, server, keys)
    if server.user:
        client.set_user(server.user)
        client.set_password(server.password)
    await _asked(server, client.connect())
    try:
        yield client
    finally:
        await _left(client)


async def _left(client: Any) -> None:
    """A server that is gone cannot be told good-bye."""
    from asyncua import ua

    try:
        await asyncio.wait_for(client.disconnect(), GOOD_BYE_S)
    except (OSError, TimeoutError, ua.UaError):
        client.disconnect_socket()


async def certificate_of(server: OpcServer) -> bytes:
    """What the server shows, trusted or not. Raises KnownError (opcua_down, opcua_no_policy)."""
    from asyncua import ua

    client = _client(server)
    uri = _policy(server).URI
    endpoints = await _asked(server, client.connect_and_get_server_endpoints())
    for one in endpoints:
        sealed = one.SecurityMode == ua.MessageSecurityMode.SignAndEncrypt
        if sealed and one.SecurityPolicyUri == uri and one.EndpointUrl.startswith(_PROTOCOL):
            return _first(one.ServerCertificate or b"")
    offered = {f"{one.SecurityPolicyUri.rpartition('#')[2]} {one.SecurityMode.name}" for one in endpoints}
    raise KnownError(
        "opcua_no_policy", url=server.url, policy=server.policy, offered=", ".join(sorted(offered))[:300]
    )


def _client(server: OpcServer) -> Any:
    from asyncua import Client

    logging.getLogger("asyncua").setLevel(logging.CRITICAL)  # the centre's log is its own
    client = Client(server.url, timeout=ANSWER_S)
    client.session_timeout = SESSION_MS
    client.max_messagesize, client.max_chunkcount = LARGEST_MESSAGE, MOST_CHUNKS
    client.name = client.description = "Wellside centre"
    client.product_uri = "urn:wellside:centre"
    client.application_uri = f"urn:{platform.node()}:wellside:centre"
    return client


async def _secured(client: Any, server: OpcServer, keys: Path) -> None:
    from asyncua import ua
    from asyncua.crypto.uacrypto import CertProperties

    mine = own(keys, platform.node())
    shown = await certificate_of(server)
    check(keys, shown, server.url, utc_now())
    client.application_uri = mine.uri
    # What is trusted is the key: whoever shows this certificate without having it cannot go on.
    await client.set_security(
        _policy(server),
        CertProperties(mine.certificate, "der"),
        CertProperties(mine.key, "der"),
        server_certificate=CertProperties(shown, "der"),
        mode=ua.MessageSecurityMode.SignAndEncrypt,
    )


async def _asked(server: OpcServer, answer: Any) -> Any:
    """Turns the library's trouble into ours."""
    from asyncua import ua

    try:
        return await answer
    except ua.UaStatusCodeError as error:
        raise KnownError("opcua_refused", url=server.url, reason=_reason(error)) from error
    except (OSError, TimeoutError, ua.UaError) as error:
        raise KnownError("opcua_down", url=server.url, reason=_reason(error), retry=True) from error


def _reason(error: Exception) -> str:
    return f"{type(error).__name__} {error}"[:200].strip()


def _policy(server: OpcServer) -> Any:
    from asyncua.crypto import security_policies

    return getattr(security_policies, f"SecurityPolicy{server.policy}")


def _first(certificates: bytes) -> bytes:
    """Of a chain that stands one after the other."""
    if len(certificates) < 4 or certificates[:2] != b"\x30\x82":
        return certificates
    return certificates[: int.from_bytes(certificates[2:4], "big") + 4]

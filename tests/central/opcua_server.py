"""An OPC UA server for tests: asyncua's own, in a thread, on a port of its own."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from asyncua import Server, ua
from asyncua.crypto.permission_rules import SimpleRoleRuleset
from asyncua.server.user_managers import UserManager

from tests.centre_process import free_port

URI = "http://site.example/wells"
_T = TypeVar("_T")


@dataclass
class OpcServerOfTests:
    """Well 101 under `Pad5`: a pressure with history and a unit, a temperature without, a text, an array."""

    url: str
    loop: asyncio.AbstractEventLoop
    server: Any = None
    nodes: dict[str, Any] = field(default_factory=dict)

    def run(self, work: Awaitable[_T]) -> _T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)  # type: ignore[arg-type]

    @property
    def history(self) -> Collection[list[Any]]:
        """Of each variable that has one, in the order in which it came."""
        kept: dict[Any, list[Any]] = self.server.iserver.history_manager.storage._datachanges
        return kept.values()

    def forget(self) -> None:
        """Its history, from one test to the next."""
        for values in self.history:
            values.clear()

    def says(self, name: str, value: Any, at: datetime, status: int = 0) -> None:
        data = ua.DataValue(
            ua.Variant(value, ua.VariantType.Double) if value is not None else ua.Variant(),
            ua.StatusCode(status),
            SourceTimestamp=at,
            ServerTimestamp=datetime.now(UTC),
        )
        self.run(self.nodes[name].write_value(data))


@contextmanager
def opcua_server(
    certificate: Path | None = None, port: int = 0, users: UserManager | None = None, *, history: bool = True
) -> Iterator[OpcServerOfTests]:
    """`certificate`: PEM of certificate and key; with it there is nothing but Basic256Sha256."""
    logging.getLogger("asyncua").setLevel(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    made = OpcServerOfTests(f"opc.tcp://127.0.0.1:{port or free_port()}", loop)
    thread = threading.Thread(target=loop.run_forever, name="opcua server")
    thread.start()
    try:
        made.run(_started(made, certificate, users, history=history))
        yield made
    finally:
        made.run(_stopped(made))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _started(
    made: OpcServerOfTests, certificate: Path | None, users: UserManager | None, *, history: bool
) -> None:
    made.server = server = Server(user_manager=users)
    await server.init()
    server.set_endpoint(made.url)
    server.set_server_name("wells")
    if certificate is not None:
        await server.load_certificate(certificate, "pem")
        await server.load_private_key(certificate, format="pem")
        policies = [ua.SecurityPolicyType.Basic256Sha256_SignAndEncrypt]
    else:
        policies = [ua.SecurityPolicyType.NoSecurity]
    server.set_security_policy(policies, permission_ruleset=SimpleRoleRuleset())
    await _wells(made, await server.register_namespace(URI))
    await server.start()
    if history:
        await server.historize_node_data_change(made.nodes["PINT"], period=None, count=0)
        while not any(made.history):  # the value that it began with comes later, and would be in a test's
            await asyncio.sleep(0.01)


async def _stopped(made: OpcServerOfTests) -> None:
    """With what the library leaves running."""
    await made.server.stop()
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def _wells(made: OpcServerOfTests, index: int) -> None:
    pad = await made.server.nodes.objects.add_folder(index, "Pad5")
    well = await pad.add_folder(index, "WELL_101")
    for name, value in (("PINT", 5.0), ("TMOT", 80.0), ("NAME", "101"), ("WAVE", [1.0, 2.0])):
        node_id = ua.NodeId(f"WELL_101.{name}", index)
        made.nodes[name] = await well.add_variable(node_id, ua.QualifiedName(name, index), value)
    unit = ua.EUInformation(DisplayName=ua.LocalizedText("bar"), UnitId=4342098)
    await made.nodes["PINT"].add_property(0, "EngineeringUnits", unit)


def pem_of(folder: Path, key: Any, certificate: Any) -> Path:
    from asyncua.crypto.uacrypto import pem_from_key
    from cryptography.hazmat.primitives.serialization import Encoding

    file = folder / "server.pem"
    file.write_bytes(pem_from_key(key) + certificate.public_bytes(Encoding.PEM))
    return file

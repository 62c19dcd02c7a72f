"""A pymodbus server around a demo device, in a thread of its own; over TCP, a serial port or a pty pair."""

from __future__ import annotations

import asyncio
import os
import select
import threading
from typing import TYPE_CHECKING, Any

from app.core.errors import KnownError
from app.devices.demo.memory import DemoDevice
from app.devices.demo.trouble import Trouble
from app.devices.gate import RTU, TCP

if TYPE_CHECKING:
    from pymodbus.server import ModbusSerialServer, ModbusTcpServer

START_S = 10.0


class DemoServer:
    """`heard` are the frames that came in, as they were. `close` when done."""

    def __init__(
        self, device: DemoDevice, *, port: int = 0, host: str = "127.0.0.1", serial: str = ""
    ) -> None:
        self.device, self.where = device, serial
        self.trouble = Trouble(RTU if serial else TCP)
        self.heard: list[bytes] = []
        self._host, self._port = host, port
        self._ready, self._failed = threading.Event(), ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="demo device", daemon=True)
        self._thread.start()
        if not self._ready.wait(START_S) or self._failed:
            raise KnownError("device_demo_port", where=serial or f"{host}:{port}", reason=self._failed[:120])

    def close(self) -> None:
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(START_S)

    def wait(self, seconds: float) -> bool:
        """Whether it still serves after so long."""
        self._thread.join(seconds)
        return self._thread.is_alive()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except (OSError, RuntimeError) as error:
            self._failed = str(error) or type(error).__name__
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = self._server()
        server.context = _memory(self.device)
        await server.serve_forever(background=True)
        if not self.where:
            transport: Any = server.transport
            port = transport.sockets[0].getsockname()[1]
            self.where = f"{self._host}:{port}"
        self._ready.set()
        await self._stop.wait()
        await _closed(server)

    def _server(self) -> ModbusTcpServer | ModbusSerialServer:
        from pymodbus.server import ModbusSerialServer, ModbusTcpServer
        from pymodbus.simulator import DataType, SimData, SimDevice

        # Only there because the server asks for one: what answers is put in its place.
        nothing = SimDevice(0, [SimData(0, values=0, datatype=DataType.REGISTERS)])
        if self.where:
            profile = self.device.profile
            return ModbusSerialServer(
                nothing,
                port=self.where,
                baudrate=profile.baud,
                parity=profile.parity,
                stopbits=profile.stop_bits,
                trace_packet=self._pass,
            )
        return ModbusTcpServer(nothing, address=(self._host, self._port), trace_packet=self._pass)

    def _pass(self, sending: bool, data: bytes) -> bytes:
        if sending:
            return self.trouble.spoil(data)
        self.heard.append(data)
        return data


async def _closed(server: Any) -> None:
    """With its connections, those that are only being taken among them: else the end of the loop would leave
    them open.
    """
    for _ in range(2):
        await asyncio.sleep(0.02)
        for connection in list(server.active_connections.values()):
            if connection.transport is not None:
                connection.transport.abort()
    await server.shutdown()
    await asyncio.sleep(0.02)


def _memory(device: DemoDevice) -> Any:
    from pymodbus.constants import ExcCodes
    from pymodbus.simulator.simcore import SimCore

    class Memory(SimCore):
        """Asks the device; a write is refused."""

        def __init__(self) -> None:
            self.devices = {}

        async def async_getValues(self, device_id: int, func_code: int, address: int, count: int = 1) -> Any:
            found = device.read(device_id, func_code, address, count)
            if found is None:
                return ExcCodes.ILLEGAL_ADDRESS
            return [bool(one) for one in found] if func_code in (1, 2) else found

        async def async_setValues(self, *_: Any) -> Any:
            return ExcCodes.ILLEGAL_FUNCTION

    return Memory()


class PtyPair:
    """Two serial ports of this machine joined by a cable; on Windows a null-modem driver does it."""

    def __init__(self) -> None:
        if os.name == "nt":
            raise KnownError("device_no_pty")
        import tty

        pairs = [os.openpty(), os.openpty()]
        for _, slave in pairs:
            tty.setraw(slave)
        self._masters = [master for master, _ in pairs]
        self._slaves = [slave for _, slave in pairs]
        self.theirs, self.ours = (os.ttyname(slave) for slave in self._slaves)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._join, name="pty pair", daemon=True)
        self._thread.start()

    def _join(self) -> None:
        other = dict(zip(self._masters, reversed(self._masters), strict=True))
        while not self._stop.is_set():
            for one in select.select(self._masters, [], [], 0.1)[0]:
                os.write(other[one], os.read(one, 4096))

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        for one in (*self._masters, *self._slaves):
            os.close(one)

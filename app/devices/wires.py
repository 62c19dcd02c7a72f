"""What bytes travel by: a TCP connection or a serial port. The only module that can send; every wait is short
and asks whether the work is still wanted.
"""

from __future__ import annotations

import errno
import re
import select
import socket
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, final

from app.core.jobs import Job
from app.core.texts import in_each_language
from app.devices import faults
from app.devices.faults import LineError
from app.devices.gate import RTU, TCP, only_reads
from app.devices.profile import Profile

if TYPE_CHECKING:
    from serial import Serial

SLICE_S = 0.05
"""How long a wait lasts before the job is asked."""
MODBUS_PORT = 502
_SERIAL = re.compile(r"COM\d{1,3}|\\\\\.\\.+|/dev/.+", re.IGNORECASE)


class Wire(ABC):
    """Opened by whoever asks first, closed and opened again after a fault."""

    form: str
    where: str

    @abstractmethod
    def open(self, job: Job, timeout_s: float) -> None:
        """Raises LineError. Open already: nothing happens."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def receive(self) -> bytes:
        """What has come, after SLICE_S at the latest; b"" for nothing. Raises LineError (device_lost)."""

    @abstractmethod
    def _put(self, frame: bytes) -> None: ...

    @final
    def send(self, frame: bytes) -> None:
        """Raises NotAReadError for what is no read: it has not left then."""
        self._put(only_reads(frame, self.form))

    def drained(self, job: Job, quiet_s: float, most_s: float) -> bytes:
        """Whatever still comes, until nothing has come for so long."""
        found, began = b"", time.monotonic()
        heard = began
        while (now := time.monotonic()) - heard < quiet_s and now - began < most_s:
            job.check()
            if piece := self.receive():
                found, heard = (found + piece)[-512:], time.monotonic()
        return found


class TcpWire(Wire):
    form = TCP

    def __init__(self, host: str, port: int = MODBUS_PORT) -> None:
        self._host, self._port = host, port
        self.where = f"{host}:{port}"
        self._socket: socket.socket | None = None

    def open(self, job: Job, timeout_s: float) -> None:
        if self._socket is not None:
            return
        job.check()
        try:
            family, kind, _, _, address = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)[
                0
            ]
            made = socket.socket(family, kind)
        except OSError as error:
            raise self._unreachable(error) from error
        try:
            made.setblocking(False)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connect(made, address, job, timeout_s)
        except OSError as error:
            made.close()
            raise self._unreachable(error) from error
        except BaseException:
            made.close()
            raise
        self._socket = made

    def _connect(self, made: socket.socket, address: Any, job: Job, timeout_s: float) -> None:
        code = made.connect_ex(address)
        if code not in (
            0,
            errno.EINPROGRESS,
            errno.EWOULDBLOCK,
        ):  # no network at all: nothing will come of it
            raise OSError(code, "")
        until = time.monotonic() + timeout_s
        while not any(select.select([], [made], [made], SLICE_S)):  # Windows tells a refusal in the third
            job.check()
            if time.monotonic() > until:
                raise TimeoutError
        code = made.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, "")

    def _unreachable(self, error: OSError) -> LineError:
        reason = "refused" if error.errno == errno.ECONNREFUSED else "silent"
        return LineError(
            faults.UNREACHABLE, where=self.where, reason=in_each_language(f"device.unreachable.{reason}")
        )

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def receive(self) -> bytes:
        if self._socket is None:
            return b""
        try:
            if not select.select([self._socket], [], [], SLICE_S)[0]:
                return b""
            data = self._socket.recv(4096)
        except OSError as error:
            raise LineError(faults.LOST, where=self.where) from error
        if not data:
            raise LineError(faults.LOST, where=self.where)
        return data

    def _put(self, frame: bytes) -> None:
        if self._socket is None:
            raise LineError(faults.LOST, where=self.where)
        try:
            sent = self._socket.send(frame)
        except OSError as error:
            raise LineError(faults.LOST, where=self.where) from error
        if sent != len(frame):
            raise LineError(faults.LOST, where=self.where)


class SerialWire(Wire):
    form = RTU

    def __init__(self, port: str, baud: int = 9600, parity: str = "N", stop_bits: int = 1) -> None:
        self._port, self._baud, self._parity, self._stop_bits = port, baud, parity, stop_bits
        self.where = f"{port}, {baud} 8{parity}{stop_bits}"
        self._serial: Serial | None = None

    def open(self, job: Job, timeout_s: float) -> None:
        if self._serial is not None:
            return
        job.check()
        import serial

        try:
            self._serial = serial.Serial(
                self._port,
                self._baud,
                parity=self._parity,
                stopbits=self._stop_bits,
                timeout=SLICE_S,
                write_timeout=1.0,
                exclusive=True,
            )
        except (OSError, ValueError) as error:  # SerialException is an OSError
            reason = in_each_language(f"device.port.{_why(error)}")
            raise LineError(faults.PORT, where=self._port, reason=reason) from error

    def close(self) -> None:
        if self._serial is not None:
            self._serial.close()
            self._serial = None

    def receive(self) -> bytes:
        if self._serial is None:
            return b""
        try:
            first: bytes = self._serial.read(1)
            return first + self._serial.read(self._serial.in_waiting) if first else b""
        except (OSError, TypeError) as error:  # pulled out in the middle of a read
            raise LineError(faults.LOST, where=self.where) from error

    def _put(self, frame: bytes) -> None:
        if self._serial is None:
            raise LineError(faults.LOST, where=self.where)
        try:
            self._serial.write(frame)
        except OSError as error:
            raise LineError(faults.LOST, where=self.where) from error


def _why(error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number == errno.EACCES or "Access is denied" in str(error):
        return "denied"
    if number in (errno.EAGAIN, errno.EBUSY) or "lock" in str(error).lower():
        return "busy"
    return "missing" if number == errno.ENOENT or "FileNotFound" in str(error) else "other"


def wire_to(where: str, profile: Profile) -> Wire:
    """`COM3`, `/dev/ttyUSB0`, `host`, `host:port`. Raises LineError (device_where)."""
    where = where.strip()
    if _SERIAL.fullmatch(where):
        return SerialWire(where, profile.baud, profile.parity, profile.stop_bits)
    host, colon, port = where.rpartition(":")
    if not colon:
        host, port = where, str(MODBUS_PORT)
    if (
        not re.fullmatch(r"[\w.\-\[\]:]+", host)
        or not re.fullmatch(r"\d{1,5}", port)
        or not 0 < int(port) < 65_536
    ):
        raise LineError("device_where", where=where[:80])
    return TcpWire(host.strip("[]"), int(port))


def ports() -> list[tuple[str, str]]:
    """Serial ports of this machine, those of Bluetooth among them: name, what the system calls it."""
    from serial.tools import list_ports

    return sorted((port.device, port.description or "") for port in list_ports.comports())

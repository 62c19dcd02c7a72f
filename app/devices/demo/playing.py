"""A demo device by its name, served until nobody wants it any more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.core.errors import KnownError
from app.core.paths import resources
from app.devices.demo.esp import esp_device
from app.devices.demo.memory import DemoDevice
from app.devices.demo.rod_pump import rod_device
from app.devices.demo.server import DemoServer, PtyPair
from app.devices.profile import Profile
from app.devices.read_profile import read_profile

KINDS = ("esp", "rod-pump")


def demo_device(kind: str, *, days: int, well: int) -> DemoDevice:
    """Raises KnownError (device_demo_kind)."""
    makers: dict[str, Callable[..., DemoDevice]] = {"esp": esp_device, "rod-pump": rod_device}
    if kind not in makers:
        raise KnownError("device_demo_kind", kind=kind, known=", ".join(KINDS))
    return makers[kind](demo_profile(kind), days=days, well=well)


def demo_profile(kind: str) -> Profile:
    return read_profile(resources() / "devices" / f"demo-{kind}.json")


@contextmanager
def played(
    kind: str, *, port: int = 0, serial: str = "", pty: bool = False, days: int = 3, well: int = 1
) -> Iterator[tuple[DemoServer, str]]:
    """The server and where it is to be asked. Raises KnownError."""
    device = demo_device(kind, days=days, well=well)
    pair = PtyPair() if pty else None
    try:
        server = DemoServer(device, port=port, serial=pair.theirs if pair else serial)
        try:
            yield server, pair.ours if pair else server.where
        finally:
            server.close()
    finally:
        if pair is not None:
            pair.close()

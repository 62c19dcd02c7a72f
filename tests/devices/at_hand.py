"""A small device whose every register is known, over TCP or a pair of serial ports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from app.core.jobs import Job
from app.core.paths import resources
from app.core.plain import JsonObject
from app.devices.demo.memory import DemoDevice
from app.devices.demo.server import DemoServer, PtyPair
from app.devices.gate import RTU
from app.devices.master import Master
from app.devices.profile import Profile
from app.devices.read_profile import profile_of, read_profile
from app.devices.wires import wire_to

SHIPPED = resources() / "devices"
START = datetime(2026, 11, 1, tzinfo=UTC)
NOW = START + timedelta(minutes=100, seconds=20)
VALUES = {"motor_current": 41.2, "frequency": 50.0, "intake_pressure": 5.87e6, "state": 1.0, "running": 1.0}


def body() -> JsonObject:
    return {
        "device": 1,
        "key": "small",
        "name": {"ru": "Малое", "en": "Small"},
        "source": "Ours: a device of the tests",
        "line": {"unit_id": 7, "timeout_s": 0.1, "most_registers": 30},
        "clock": {"table": "holding", "address": 40},
        "registers": [
            {
                "sensor": "motor_current",
                "address": 0,
                "type": "u16",
                "scale": 0.1,
                "unit": "A",
                "invalid": [65535],
            },
            {"sensor": "frequency", "address": 2, "type": "f32", "order": "CDAB", "unit": "Hz"},
            {"sensor": "intake_pressure", "address": 4, "type": "i32", "scale": 0.001, "unit": "MPa"},
            {"name": "state", "address": 9, "codes": {"0": "stopped", "1": "running"}, "poll": "slow"},
            {"name": "running", "table": "discrete", "address": 3},
        ],
        "archive": {
            "table": "input",
            "address": 100,
            "records": 64,
            "size": 4,
            "period_s": 60,
            "written": {"name": "written", "address": 44, "type": "u32"},
            "time": {"address": 0},
            "values": [
                {"sensor": "motor_current", "address": 2, "scale": 0.1, "unit": "A", "invalid": [65535]},
                {"sensor": "frequency", "address": 3, "scale": 0.01, "unit": "Hz"},
            ],
        },
    }


def small_profile() -> Profile:
    return profile_of(body(), "small.json")


def shipped(key: str) -> Profile:
    return read_profile(SHIPPED / f"{key}.json")


class Watch:
    """A clock that is put on by hand."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class Moving(Watch):
    """It goes so many times as fast as the real one, from a second behind the hundredth minute on."""

    def __init__(self, speed: float) -> None:
        super().__init__(START + timedelta(minutes=100, seconds=1))
        self._from, self._speed = datetime.now(UTC), speed

    def __call__(self) -> datetime:
        return self.now + self._speed * (datetime.now(UTC) - self._from)


def rows(minutes: int = 400) -> dict[str, np.ndarray]:
    """Every record another: what is doubled or lost is seen."""
    n = np.arange(minutes)
    return {"motor_current": 20 + n * 0.1, "frequency": 40 + n * 0.01}


def small_device(
    profile: Profile | None = None, clock: Watch | None = None, ahead_s: float = 0
) -> DemoDevice:
    said: Mapping[str, float] = VALUES
    return DemoDevice(
        profile or small_profile(),
        lambda _: said,
        START,
        rows(),
        ahead=timedelta(seconds=ahead_s),
        clock=clock or Watch(),
    )


@contextmanager
def served(device: DemoDevice, form: str) -> Iterator[tuple[DemoServer, Master]]:
    """A server and the one who asks it."""
    pair = PtyPair() if form == RTU else None
    server = DemoServer(device, serial=pair.theirs if pair else "")
    profile = device.profile
    master = Master(wire_to(pair.ours if pair else server.where, profile), profile.unit_id, profile.timeout_s)
    try:
        yield server, master
    finally:
        master.close()
        server.close()
        if pair is not None:
            pair.close()


def job() -> Job:
    return Job()


def written_to(folder: Path, told: JsonObject) -> Path:
    import json

    path = folder / f"{told.get('key', 'profile')}.json"
    path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return path

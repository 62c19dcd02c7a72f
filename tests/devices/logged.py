"""The small device of the tests with a log of events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.core.plain import JsonObject
from app.devices.demo.memory import DemoDevice
from app.devices.profile import Profile
from app.devices.read_profile import profile_of
from tests.devices.at_hand import Watch, body, small_device

SECOND = timedelta(seconds=1)


def logged_body() -> JsonObject:
    log: JsonObject = {
        "table": "holding",
        "address": 200,
        "records": 8,
        "size": 3,
        "written": {"name": "events written", "table": "input", "address": 46, "type": "u32"},
        "time": {"address": 0},
        "code": {"name": "code", "address": 2, "invalid": [65535]},
        "codes": {
            "1": {"event": "start", "says": "Пуск"},
            "2": {"event": "stop", "says": "Останов"},
            "7": {"event": "trip", "says": 'ЗСП: "недогруз"; 0,7'},
        },
    }
    return body() | {"key": "logged", "events": log}


def logged_profile() -> Profile:
    return profile_of(logged_body(), "logged.json")


def logged_device(
    happened: Sequence[tuple[datetime, int]], clock: Watch | None = None, ahead_s: float = 0
) -> DemoDevice:
    device = small_device(logged_profile(), clock, ahead_s)
    device.events = happened
    return device

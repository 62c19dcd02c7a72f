"""A controller of an ESP (СУ ЭЦН) with a telemetry gauge, driven by the simulator of ESP wells."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np

from app.analysis.simulate.field import ESP_NAMES, plan_esp
from app.core.clock import Clock, utc_now
from app.devices.decoding import Floats
from app.devices.demo.memory import DemoDevice, by_the_minute
from app.devices.profile import Profile

AHEAD = timedelta(seconds=187)
BEYOND_DAYS = 2
"""What is simulated further than now: the device goes on meanwhile."""


def esp_device(
    profile: Profile,
    *,
    days: int = 30,
    well: int = 1,
    seed: int = 20261101,
    ahead: timedelta = AHEAD,
    clock: Clock = utc_now,
) -> DemoDevice:
    """`well`: of the eight of the demo field, each with its own trouble."""
    made = plan_esp(days + BEYOND_DAYS, seed).well(well % len(ESP_NAMES)).values
    rows = {name: row.astype(np.float64) for name, row in made.items()} | _derived(made)
    start = clock().replace(second=0, microsecond=0) - timedelta(days=days)

    def beside(now: datetime) -> Mapping[str, float]:
        minute = (now - start) // timedelta(minutes=1)
        runs = float(rows["frequency"][min(max(minute, 0), len(rows["frequency"]) - 1)]) > 1
        return {"state": 1.0 if runs else 0.0, "running": float(runs)}

    return DemoDevice(
        profile,
        by_the_minute(rows, start, beside),
        start,
        rows,
        events=_events(rows["frequency"], start),
        ahead=ahead,
        clock=clock,
    )


STARTED, STOPPED = 1, 2


def _events(frequency: Floats, start: datetime) -> list[tuple[datetime, int]]:
    """A line of the log for each start and stop."""
    runs = (frequency > 1).astype(int)
    turns = np.flatnonzero(np.diff(runs)) + 1
    return [
        (start + timedelta(minutes=minute), STARTED if runs[minute] else STOPPED) for minute in turns.tolist()
    ]


def _derived(made: Mapping[str, np.ndarray]) -> dict[str, Floats]:
    """What a controller reckons: cos φ of a three-phase motor, P / (√3 · U · I)."""
    apparent = math.sqrt(3) * made["voltage"].astype(float) * made["motor_current"]
    with np.errstate(divide="ignore", invalid="ignore"):
        cosine = np.where(apparent > 0, np.clip(made["active_power"] / apparent, 0, 1), 0.0)
    return {"power_factor": cosine}

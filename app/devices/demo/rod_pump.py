"""A controller of a rod pump with a load cell and a position sensor, driven by the simulator of rod-pumped
wells: its buffer holds the last of the simulator's own cards.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import numpy as np

from app.analysis.simulate.field_srp import simulate_srp
from app.core.clock import Clock, utc_now
from app.devices.demo.memory import DemoCard, DemoDevice, by_the_minute
from app.devices.profile import Profile

AHEAD = timedelta(seconds=-42)
CARD_EACH_S = 60.0
"""The next card stands in the buffer after so long."""


def rod_device(
    profile: Profile,
    *,
    days: int = 2,
    well: int = 1,
    seed: int = 20261101,
    ahead: timedelta = AHEAD,
    clock: Clock = utc_now,
    card_each_s: float = CARD_EACH_S,
) -> DemoDevice:
    wells = simulate_srp(days + 1, seed)
    pumped = wells[well % len(wells)]
    rows = {name: row.astype(np.float64) for name, row in pumped.values.items()}
    start = clock().replace(second=0, microsecond=0) - timedelta(days=days)
    speed = float(pumped.well.strokes_per_minute)

    def card(now: datetime) -> DemoCard:
        number = int((now - start).total_seconds() // card_each_s)
        which = number % len(pumped.position_m)
        at = start + timedelta(seconds=number * card_each_s)
        return DemoCard(number, at, speed, pumped.position_m[which], pumped.load_n[which])

    def beside(now: datetime) -> Mapping[str, float]:
        drawn = card(now)
        phase = ((now - start).total_seconds() * speed / 60) % 1
        steps = np.linspace(0, 1, len(drawn.position_m), endpoint=False)
        return {
            "position": float(np.interp(phase, steps, drawn.position_m, period=1)),
            "polished_rod_load": float(np.interp(phase, steps, drawn.load_n, period=1)),
            "state": 1.0,
            "running": 1.0,
        }

    said = by_the_minute(rows, start, beside)
    return DemoDevice(profile, said, start, rows, card, ahead, clock)

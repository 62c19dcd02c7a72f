"""Ratios to a floor of the same run: how they are measured, kept (`docs/benchmarks/*.json`) and compared."""

from __future__ import annotations

import gc
import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

TURNS = 5
FALL = 1.3
"""A ratio that is so many times what it was is refused."""
KEPT = 20
"""Runs of the past that stay in a history."""


@dataclass(frozen=True)
class Ratio:
    """Ours to the floor: medians of the turns by CPU and the wall; `low` to `high` is the CPU's spread."""

    cpu: float
    wall: float
    low: float
    high: float


def measured(ours: Callable[[], object], floor: Callable[[], object], turns: int = TURNS) -> Ratio:
    """Turn by turn, so that what else the machine does meets both; the first of each is not counted."""
    ours(), floor()
    cpu, wall = [], []
    for _ in range(turns):
        mine, bare = _took(ours), _took(floor)
        cpu.append(mine[0] / bare[0])
        wall.append(mine[1] / bare[1])
    return Ratio(statistics.median(cpu), statistics.median(wall), min(cpu), max(cpu))


def _took(work: Callable[[], object]) -> tuple[float, float]:
    """Garbage is collected between turns, as the window does it, not by whoever happens to make the most."""
    gc.collect()
    gc.disable()
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    took = time.process_time() - cpu, time.perf_counter() - wall
    gc.enable()
    return took


Run = dict[str, Ratio]


def history(path: Path) -> list[Run]:
    """Oldest first."""
    if not path.exists():
        return []
    kept = json.loads(path.read_text(encoding="utf-8"))
    return [{name: Ratio(**ratio) for name, ratio in one["ratios"].items()} for one in kept]


def keep(path: Path, run: Run) -> None:
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    now = {
        "on": time.strftime("%Y-%m-%d"),
        "machine": machine,
        "ratios": {
            name: {key: round(value, 3) for key, value in asdict(r).items()} for name, r in run.items()
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([*before, now][-KEPT:], indent=1) + "\n", encoding="utf-8")


def worse(run: Run, before: list[Run]) -> list[str]:
    """Names of what lies above all that was met before, the spread of both left out."""
    return [
        name
        for name, now in run.items()
        if (kept := _kept(name, before)) and now.low > max(r.high for r in kept)
    ]


def fallen(run: Run, before: list[Run]) -> list[str]:
    """Names of what takes more than FALL times what it took (the middle of the history), and even at its best
    turn more than that middle: one turn that was disturbed refuses nothing.
    """
    return [
        name
        for name, now in run.items()
        if (kept := _kept(name, before))
        and now.cpu > FALL * (middle := statistics.median(ratio.cpu for ratio in kept))
        and now.low > middle
    ]


def _kept(name: str, before: list[Run]) -> list[Ratio]:
    return [run[name] for run in before if name in run]

"""Every condition of an ESP well as something that befalls the simulated one, and the life around it that is
no fault.

A story is drawn for each well: what happens, when it begins, how fast and how badly. Stops, new frequencies,
a line pressure that breathes, periodic operation: nuisances that must not be taken for faults.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.analysis.simulate import esp_gauges
from app.analysis.simulate.esp import EspTelemetry, run_esp
from app.analysis.simulate.esp_conditions import Conditions, Story
from app.analysis.simulate.esp_wells import EspWells

Apply = Callable[[Conditions, int, float, float], None]
MINUTES_A_DAY = 1440


@dataclass(frozen=True)
class Fault:
    """How a condition of an ESP well comes.

    Attributes:
        apply: (conditions, well, size, days since it began); size is what it has come to, 0 … severity
        grows_days: [d] (least, most) to its full size
        severity: [-] (least, most)
        lasts_days: [d] (least, most), None: to the end
    """

    apply: Apply
    grows_days: tuple[float, float]
    severity: tuple[float, float] = (0.7, 1.3)
    lasts_days: tuple[float, float] | None = None


def _gas(c: Conditions, i: int, size: float, age: float) -> None:
    c.gas_noise[i] = 0.01 + 0.05 * size
    c.head[i] *= 1 - 0.03 * size


def _lock(c: Conditions, i: int, size: float, age: float) -> None:
    """Ragged for half a day, then locked for some hours."""
    c.gas_noise[i] = 0.01 + 0.05 * min(1.0, age * 3)
    c.gas_locked[i] = 1.0 if age > 0.4 else 0.0


def _inflow(c: Conditions, i: int, size: float, age: float) -> None:
    c.productivity[i] = max(0.12, 1 - 0.7 * size)


def _plug(c: Conditions, i: int, size: float, age: float) -> None:
    c.intake_loss[i] = 6e6 * size


def _wear(c: Conditions, i: int, size: float, age: float) -> None:
    c.head[i] *= 1 - 0.16 * size
    c.vibration[i] = 1 + 0.8 * size


def _scale(c: Conditions, i: int, size: float, age: float) -> None:
    c.stage_loss[i] = 3.5e6 * size
    c.torque[i] = 1 + 0.2 * size
    c.vibration[i] = 1 + 0.6 * size


def _shaft(c: Conditions, i: int, size: float, age: float) -> None:
    c.shaft[i] = 0.0
    c.vibration[i] = 0.55


def _leak(c: Conditions, i: int, size: float, age: float) -> None:
    c.leak[i] = 0.4 * size


def _valve(c: Conditions, i: int, size: float, age: float) -> None:
    c.valve[i] = 1e-4


def _hot(c: Conditions, i: int, size: float, age: float) -> None:
    c.cooling[i] = 1 - 0.4 * min(size, 1.4)


def _insulation(c: Conditions, i: int, size: float, age: float) -> None:
    c.insulation_ohm[i] = 5e6 * 10 ** (-0.7 * size)


def _unbalance(c: Conditions, i: int, size: float, age: float) -> None:
    c.unbalance[i] = 0.11 * size


def _supply(c: Conditions, i: int, size: float, age: float) -> None:
    """Dips of half an hour to two hours, a few in the stretch."""
    c.voltage[i] = 1 - 0.14 * size if (age * 24) % 9 < 1.5 else 1.0


def _starts(c: Conditions, i: int, size: float, age: float) -> None:
    """Trips out of order: never alike on nor off."""
    minute = age * MINUTES_A_DAY
    phase = (minute + 53 * np.sin(minute / 97.0) + 71 * np.sin(minute / 41.0)) % 190
    c.switched_on[i] = phase > 25


def _reverse(c: Conditions, i: int, size: float, age: float) -> None:
    c.switched_on[i] = age > 0.06
    c.reversed[i] = 1.0


FAULTS: dict[str, Fault] = {
    "gas_interference": Fault(_gas, (0.5, 3)),
    "gas_lock": Fault(_lock, (0, 0), lasts_days=(0.8, 1.4)),
    "pump_off": Fault(_inflow, (4, 12), (0.8, 1.2)),
    "intake_plugging": Fault(_plug, (0.5, 4)),
    "stage_wear": Fault(_wear, (12, 24), (0.8, 1.4)),
    "scale_or_solids": Fault(_scale, (4, 14)),
    "broken_shaft": Fault(_shaft, (0, 0)),
    "tubing_leak": Fault(_leak, (0.2, 2)),
    "deadhead": Fault(_valve, (0, 0), lasts_days=(0.3, 1.5)),
    "motor_overheat": Fault(_hot, (2, 8)),
    "insulation_decline": Fault(_insulation, (14, 28), (0.7, 1.6)),
    "phase_unbalance": Fault(_unbalance, (0, 2)),
    "power_disturbance": Fault(_supply, (0, 0), (0.8, 1.4), lasts_days=(0.5, 2)),
    "frequent_starts": Fault(_starts, (0, 0), lasts_days=(1.5, 4)),
    "reverse_rotation": Fault(_reverse, (0, 0)),
}
GAUGE_FAULTS = tuple(code for code in esp_gauges.FAULTS if code != "gap")
GAUGES_THAT_FAIL = ("intake_pressure", "discharge_pressure", "wellhead_pressure")


@dataclass(frozen=True)
class Truth:
    """What befell one well.

    Attributes:
        code: of the condition
        start: [min] of the record
        stop: [min] of the record
    """

    code: str
    start: int
    stop: int


@dataclass(frozen=True)
class Life:
    """One well's history as drawn.

    Attributes:
        fault: None: healthy
        size: [-] severity
        grows: [d] to its full size
        stops: [d] (from, to) of each
        frequency: ([d] since, [Hz])
        breathes: [-] of the line pressure by the day
        periodic: [h] (on, off), None: not
        gauge: (fault, sensor, [min] from, [min] to), None: honest
    """

    fault: Truth | None
    size: float
    grows: float
    stops: tuple[tuple[float, float], ...]
    frequency: tuple[tuple[float, float], ...]
    breathes: float
    periodic: tuple[float, float] | None
    gauge: tuple[str, str, int, int] | None


def draw(code: str | None, days: int, rng: np.random.Generator) -> Life:
    """A life with this condition (a gauge's or the pump's), or a healthy one.

    Args:
        code: of a condition, None: healthy
        days: [d] of the record
        rng: that draws
    Returns:
        stops, a new frequency, a breathing line and periodic operation are nuisances of every life
    Valid: a fault begins in 0.5 … 0.7 of the record; slow ones early enough to be seen.
    Ours: sizes from just seen to bad.

    >>> draw("gas_lock", 30, np.random.default_rng(1)).fault.code
    'gas_lock'
    """
    stops = tuple(
        (float(s), float(s + rng.uniform(0.04, 0.7)))
        for s in np.sort(rng.uniform(0.1, 0.95, rng.integers(0, 4))) * days
    )
    change = float(rng.uniform(0.15, 0.4) * days)
    frequency = (
        ((0.0, 50.0),)
        if rng.random() < 0.6
        else ((0.0, 50.0), (change, float(rng.choice([47.0, 48.5, 52.0, 53.0]))))
    )
    breathes = float(rng.uniform(0.0, 0.04))
    periodic = None
    fault = gauge = None
    size = grows = 0.0
    begin = float(rng.uniform(0.5, 0.7) * days)
    if code in FAULTS:
        kind = FAULTS[code]
        size, grows = float(rng.uniform(*kind.severity)), float(rng.uniform(*kind.grows_days))
        begin = min(begin, days - max(grows * 1.1, 2.0)) if kind.lasts_days is None else begin
        end = days if kind.lasts_days is None else begin + float(rng.uniform(*kind.lasts_days))
        fault = Truth(code, int(begin * MINUTES_A_DAY), int(end * MINUTES_A_DAY))
        stops = tuple(
            stop for stop in stops if stop[1] < begin - 1 or code in ("insulation_decline", "stage_wear")
        )
    elif code in esp_gauges.FAULTS:
        lasts = {
            "sensor_frozen": (0.5, 4),
            "sensor_spike": (1, 4),
            "sensor_drift": (6, 12),
            "unit_mixup": (0.3, 3),
            "gap": (0.2, 2),
        }[code]
        start, stop = int(begin * MINUTES_A_DAY), int((begin + float(rng.uniform(*lasts))) * MINUTES_A_DAY)
        gauge = (code, str(rng.choice(GAUGES_THAT_FAIL)), start, stop)
        fault = Truth(code, start, stop if code != "sensor_drift" else days * MINUTES_A_DAY)
        stops = ()
    elif rng.random() < 0.25:
        periodic = (float(rng.uniform(4, 14)), float(rng.uniform(1, 5)))
    return Life(fault, size, grows, stops, frequency, breathes, periodic, gauge)


def story_of(lives: list[Life]) -> Story:
    """The story of wells with these lives.

    Args:
        lives: one a well
    Returns:
        for `run_esp`
    Valid: asked at any day.
    Ours: tells everything anew each time.

    >>> from app.analysis.simulate.esp_conditions import Course, SHARES
    >>> life = Life(Truth("broken_shaft", 60, 120), 1.0, 0.0, (), ((0.0, 50.0),), 0.0, None, None)
    >>> Course.told(story_of([life]), 1, 120).shares[:, SHARES.index("shaft"), 0].tolist()[5:8]
    [1.0, 0.0, 0.0]
    """

    def tell(day: float, c: Conditions) -> None:
        c.reset()
        for i, life in enumerate(lives):
            c.frequency_hz[i] = next(hz for since, hz in reversed(life.frequency) if day >= since)
            c.line[i] = 1 + life.breathes * np.sin(2 * np.pi * day + i)
            if life.periodic is not None:
                on, off = life.periodic
                c.switched_on[i] = (day * 24 + 3 * i) % (on + off) < on
            fault = life.fault
            if fault is not None and fault.code in FAULTS and fault.start <= day * MINUTES_A_DAY < fault.stop:
                age = day - fault.start / MINUTES_A_DAY
                grown = 1.0 if life.grows <= 0 else min(1.0, age / life.grows)
                FAULTS[fault.code].apply(c, i, life.size * grown, age)
            if any(start <= day < stop for start, stop in life.stops):
                c.switched_on[i] = False

    return tell


def simulate(lives: list[Life], days: int, rng: np.random.Generator) -> EspTelemetry:
    """Telemetry of wells with these lives, gauges included.

    Args:
        lives: one a well
        days: [d] how long
        rng: of wells, gusts and noise
    Returns:
        as the gauges say it
    Valid: every other well has no underload protection.
    Ours: what ESP rules are judged on (docs/DIAGNOSIS.md).

    >>> whole = Life(None, 0.0, 0.0, (), ((0.0, 50.0),), 0.0, None, None)
    >>> simulate([whole], 1, np.random.default_rng(1)).values["frequency"].shape
    (1, 1440)
    """
    wells = EspWells.varied(len(lives), rng)
    wells.protected[1::2] = False
    telemetry = run_esp(wells, days * MINUTES_A_DAY, story_of(lives), rng)
    for i, life in enumerate(lives):
        if life.gauge is not None:
            code, sensor, start, stop = life.gauge
            hit = list(telemetry.values) if code == "gap" else [sensor]
            for name in hit:
                esp_gauges.FAULTS[code](telemetry.values[name][i], start, stop, rng)
    return telemetry

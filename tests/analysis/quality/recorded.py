"""What is said of records as one thing of them after the other passes its limits, as it is kept in
tests/data/quality_said.json.

python -m tests.analysis.quality.recorded    writes it anew: read the diff before it is committed
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from app.analysis.quality.against import contradicted, lifting
from app.analysis.quality.columns import PAIRS, column_fault, exchanged, within
from app.analysis.quality.counters import rolled_over
from app.analysis.quality.marks import SENTINELS, frozen, in_few_steps, quality_of, spikes, stood_still
from app.analysis.quality.rare import rare
from app.analysis.quality.scales import UNIT_FACTORS, stretches
from app.analysis.quality.together import HOUR_US, clock_lag, copied, stood_still_together
from app.core.unit_spellings import find_unit, usual_units
from app.models.sensors import SENSORS
from tests.analysis.quality.test_clock_lag import STOPS, clocked
from tests.analysis.quality.test_together import rough, still

KEPT = Path(__file__).parents[2] / "data" / "quality_said.json"
AT = np.arange(300, dtype=np.int64) * HOUR_US // 4
MARKED = (
    "intake_pressure",
    "motor_current",
    "frequency",
    "vibration_x",
    "motor_temperature",
    "wellhead_temperature",
)
WELL = {
    "frequency": 50.0,
    "intake_pressure": 5e6,
    "discharge_pressure": 17e6,
    "wellhead_pressure": 1.2e6,
    "intake_temperature": 350.0,
    "liquid_rate": 80 / 86_400,
    "active_power": 32e3,
    "voltage": 1_150.0,
    "motor_current": 22.0,
    "vibration_x": 2.0,
    "insulation_resistance": 5e6,
}
GIVEN = {
    key: find_unit(name, SENSORS[key].quantity)
    for key, name in (
        ("wellhead_pressure", "MPa"),
        ("discharge_pressure", "MPa"),
        ("intake_pressure", "MPa"),
        ("liquid_rate", "m³/d"),
        ("vibration_x", "g"),
        ("insulation_resistance", "kΩ"),
    )
}
Said = Iterator[tuple[Any, ...]]


def kept() -> Any:
    return json.loads(KEPT.read_text(encoding="utf-8"))


def said(name: str) -> list[list[Any]]:
    """Of a sweep: what was asked, and what was said, as a file keeps it."""
    return [list(one) for one in json.loads(json.dumps(list(SWEEPS[name]())))]


def _wave(n: int, level: float = 1.0, share: float = 0.01) -> np.ndarray:
    at = np.arange(n)
    wave: np.ndarray = level * (1 + share * np.sin(0.7 * at) + 0.3 * share * np.cos(2.3 * at))
    return wave


def _places(said: np.ndarray) -> list[int]:
    """How many, the first and the last."""
    places = np.flatnonzero(said)
    return [len(places), int(places[0]), int(places[-1])] if len(places) else [0]


# ---- samples -----------------------------------------------------------------------------------------------


def _marks() -> Said:
    for key in MARKED:
        sensor = SENSORS[key]
        low, high = sensor.minimum, sensor.maximum
        odd = [low, np.nextafter(low, -np.inf), high, np.nextafter(high, np.inf), 0.0, np.nan]
        odd += [273.15, 273.1451, 273.1449, 273.1549, 273.1551, *SENTINELS.tolist()]
        for value in odd:
            series = _wave(300, (low + high) / 2)
            series[150:160] = value
            told = quality_of(sensor, AT, series)
            yield key, float(np.nan_to_num(value)), sorted(map(int, np.unique(told))), _places(told)
        for held in (118, 119, 120, 121, 122, 200):
            series = _wave(500, (low + high) / 2)
            series[20 : 20 + held] = series[20]
            told = quality_of(sensor, np.arange(500) * HOUR_US // 4, series, np.round(series))
            yield key, held, _places(told)


def _spikes() -> Said:
    for n in (9, 10, 11, 119, 120, 121, 122, 300):
        for times in (10.0, 11.0, 11.9, 12.1, 13.0, 14.0, 30.0):
            for back in (1.0, 0.5, 0.7, 1.4, 1.9, 2.1):
                value = np.cumsum(np.where(np.arange(n) % 2, 1.0, -1.0))
                at = n // 2
                value[at] += times
                value[at + 1 :] += times * (1 - back)
                yield n, times, back, _places(spikes(value))
    value = _wave(600, 1.0, 0.01)
    value[240:360] += 0.2 * np.sin(np.arange(120) * 2.0)
    for at in (100, 238, 241, 300, 359, 362, 480, 599):
        for size in (0.1, 0.3, 1.0, 3.0):
            jumped = value.copy()
            jumped[at] += size
            yield at, size, _places(spikes(jumped))


def _frozen() -> Said:
    for run in (119, 120, 121, 122, 150, 151, 400):
        for usual in (1, 39, 40, 41, 49, 50, 51):
            value = np.repeat(_wave(30, 10.0), usual)
            value = np.r_[value, np.full(run, 10.5), value]
            yield run, usual, _places(frozen(value)), _places(stood_still(np.arange(len(value)), value))
    for second in (5, 11, 12, 30, 60):
        for longest in (121, 30 * second, 30 * second + 1, 30 * second + 2, 31 * second):
            coarse = np.round(_wave(400, 20.0, 0.2))
            value = np.r_[coarse, np.full(second, 30.0), coarse, np.full(longest, 31.0), coarse[:40]]
            yield second, longest, _places(frozen(value))
    for n in (119, 120, 121):
        for hours in (11.99, 12.0, 12.01):
            at = (np.arange(n) * hours * HOUR_US / (n - 1)).astype(np.int64)
            yield n, hours, _places(stood_still(at, np.full(n, 4.0)))
    for levels in range(1, 9):
        for last in (levels - 1, levels - 0.6, levels - 0.4, 5.4, 5.5, 5.6):
            told = np.r_[np.arange(levels, dtype=float), last]
            yield levels, last, in_few_steps(told), in_few_steps(told + 1)


def _stretches() -> Said:
    plain = _wave(200, 4e6, 0.001)
    for quantity in ("pressure", "surface_pressure", "current", "power", "rate"):
        limits = (0.0, 4e8)
        for factor in (*UNIT_FACTORS, 6.4, 6.6, 8.9, 9.1, 100.0):
            for off in (0.0, 0.0145, 0.0155, 0.029, 0.031):
                value = plain.copy()
                value[40:90] *= factor * (1 + off)
                yield quantity, float(factor), off, _told(stretches(value, quantity, limits))
    for first, count in (
        (50, 9),
        (50, 10),
        (50, 11),
        (50, 99),
        (50, 100),
        (50, 101),
        (50, 102),
        (5, 195),
        (100, 100),
    ):
        value = plain.copy()
        value[first : first + count] *= 10.0
        for limits in ((0.0, 1e8), (0.0, 1e7), (1e7, 1e8)):
            yield first, count, limits, _told(stretches(value, "pressure", limits))
    for known in (18, 19, 20, 21):
        value = plain.copy()
        value[8:], value[known:] = value[8:] * 10, np.nan
        yield known, _told(stretches(value, "pressure"))
    for kelvin in (300.0, 304.0, 305.0, 306.0, 350.0):
        for off in (-1.6, -1.4, 0.0, 1.4, 1.6):
            value = np.full(100, kelvin)
            value[40:70] = 1.8 * (kelvin - 273.15) + 32 + 273.15 + off
            yield kelvin, off, _told(stretches(value, "temperature"))


def _told(found: list[Any]) -> list[Any]:
    return [
        [int(one.places[0]), len(one.places), round(float(one.factor), 6), round(float(one.offset), 6)]
        for one in found
    ]


# ---- columns -----------------------------------------------------------------------------------------------


def _column_faults() -> Said:
    for key in ("intake_pressure", "motor_temperature", "motor_current"):
        sensor = SENSORS[key]
        units = usual_units(sensor.quantity)
        for n in (9, 10, 11, 40):
            for share in (0.05, 0.1, 0.125, 0.875, 0.9, 0.95, 1.0):
                for level in (1.0001, 1.02, 10.0, 1_000.0):
                    wrong = np.arange(n) < share * n
                    near = sensor.maximum - 0.05 * (sensor.maximum - sensor.minimum)
                    value = np.where(wrong, sensor.maximum * level, near)
                    found = column_fault(sensor, value, quality_of(sensor, AT[:n], value), None, units)
                    yield key, n, share, level, _fault(found), within(sensor, value, None, ("psi", "°F", "A"))
        for value in (np.zeros(40), np.full(200, (sensor.minimum + sensor.maximum) / 2)):
            marks = quality_of(sensor, AT[: len(value)], value)
            yield key, len(value), _fault(column_fault(sensor, value, marks, None, units))


def _fault(found: Any) -> list[Any]:
    return [] if found is None else [found.code, found.count, float(f"{found.median:.6g}"), list(found.fits)]


def _exchanged() -> Said:
    for pair in PAIRS:
        for count in (9, 10, 11):
            for over in (0.99, 1.0, 1.01, 1.5):
                for apart in (0.55, 0.59, 0.61, 1.0):
                    high = np.full(60, 300.0) if pair.step < 10 else np.full(60, 8e6)
                    gap = (0.1 * high[0] + 3 * pair.step) * over
                    low = high - gap
                    low[20 : 20 + count] = high[20] + apart * gap
                    found = exchanged(AT[:60], low, AT[:60], high, pair)
                    yield pair.lower, count, over, apart, found and [found.count, found.from_us, found.to_us]
        for over in (-1.0, 0.0, 1.0):
            high = np.full(30, 400.0 if pair.step < 10 else 8e6)
            low = high * (1 + pair.share) + pair.step + over * 1e-3 * high
            found = exchanged(AT[:30], low, AT[:30], high, pair)
            yield pair.lower, over, found and found.count


def _counters() -> Said:
    for digits in range(5):
        for below in (1.0, 5.0, 8.0, 8.1, 20.0):
            for count in (2, 3, 4, 40):
                shown = np.round(_wave(40, 30.0, 0.1), digits)
                under = np.round(-below + 0.05 * np.arange(count), digits)
                shown[:count] = under + 65_536 / 10**digits
                found = rolled_over(shown, 0.0, 400.0)
                yield digits, below, count, found and [len(found.places), found.step]


# ---- a well ------------------------------------------------------------------------------------------------


def _wells() -> Said:
    steps = [float(f"{10**power:.3g}") for power in np.linspace(-3, 3, 37)]
    for key in WELL:
        for factor in steps:
            series = {name: (AT[:40], np.full(40, value)) for name, value in WELL.items()}
            series[key] = (AT[:40], _wave(40, WELL[key] * factor, 1e-4))
            yield (
                key,
                factor,
                _against(contradicted(series, GIVEN, usual_units)),
                _against(rare(series, GIVEN, usual_units)),
                lifting(series, GIVEN, ("bar", "psi", "atm")),
            )
    for n, off in ((9, 0), (10, 0), (40, 2), (40, 4), (40, 5), (40, 30), (40, 31)):
        series = {name: (AT[:n], np.full(n, value)) for name, value in WELL.items()}
        series["wellhead_pressure"] = (AT[:n], np.where(np.arange(n) < off, 1.2e6, 16.8e6))
        series["motor_current"] = (AT[:n], np.where(np.arange(n) < n - off, 22.0, 3.2))
        yield (
            n,
            off,
            _against(contradicted(series, GIVEN, usual_units)),
            _against(rare(series, GIVEN, usual_units)),
        )


def _against(found: list[Any]) -> list[Any]:
    return [
        [
            one.sensor,
            one.other,
            one.count,
            float(f"{one.median:.6g}"),
            float(f"{one.against:.6g}"),
            list(one.fits),
        ]
        for one in found
    ]


def _together() -> Said:
    for n in (98, 99, 100, 101, 1_000):
        for changes in (18, 19, 20, 21):
            value = 30 + np.minimum(np.arange(n), changes).astype(float)
            for other in (0, 1, 2):
                right = value.copy()
                right[:other] += 0.5
                at = np.arange(n, dtype=np.int64)
                pairs = copied({"motor_current_a": (at, value), "motor_current_b": (at, right)})
                yield n, changes, other, [[one.one, one.count, one.between_us] for one in pairs]
    for count in range(3, 10):
        for first in (0, 1, 20, 90):
            values = still(rough(), first, count)
            series = {key: (AT[:100], value) for key, value in values.items()}
            yield count, first, stood_still_together(series, frozenset())


def _lags() -> Said:
    for late in (*range(-80, 81, 5), -7, -6, -4, -3, 3, 4, 6, 7):
        yield "late", late, _lag(clocked(late))
    for step in (HOUR_US // 30, HOUR_US // 12, HOUR_US // 4, HOUR_US, 2 * HOUR_US):
        for late in (0, 2, 4, 12):
            yield "step", step, late, _lag(clocked(late, step_us=step))
    for apart in (1, 2, 3):
        yield "apart", apart, _lag(clocked((18.0, 18.0 + apart)))
    for period in range(30, 110, 8):
        stops = tuple((100 + period * i, 100 + period * i + period // 2) for i in range(1_000 // period))
        yield "period", period, _lag(clocked(18, stops)), _lag(clocked(36, stops))
    for many in (1, 2, 3, 4):
        yield "many", many, _lag(clocked(18, STOPS[:many]))
    for noise in (0.0, 1e5, 3e5, 1e6, 3e6):
        series = clocked(18)
        at, level = series["intake_pressure"]
        series["intake_pressure"] = (at, level + noise * np.random.default_rng(5).normal(size=len(level)))
        yield "noise", noise, _lag({key: series[key] for key in ("frequency", "intake_pressure")})


def _lag(series: Any) -> list[Any] | None:
    found = clock_lag(series)
    return None if found is None else [found.shift_us, found.edges, list(found.sensors)]


SWEEPS: dict[str, Callable[[], Said]] = {
    "marks": _marks,
    "spikes": _spikes,
    "frozen": _frozen,
    "stretches": _stretches,
    "column_faults": _column_faults,
    "exchanged": _exchanged,
    "counters": _counters,
    "wells": _wells,
    "together": _together,
    "lags": _lags,
}


if __name__ == "__main__":
    lines = (
        f'"{name}": [\n' + ",\n".join(json.dumps(one, ensure_ascii=False) for one in said(name)) + "\n]"
        for name in SWEEPS
    )
    KEPT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")

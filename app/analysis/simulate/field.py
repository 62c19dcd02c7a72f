"""The demo field: 8 ESP and 6 rod-pumped wells and what befalls them in ninety days. All of it from the
simulators.

Everything follows from `seed`; the same seed gives the same field to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from app.analysis.simulate.esp import EspRuns, EspTelemetry, WellTelemetry
from app.analysis.simulate.esp_conditions import Conditions, Story
from app.analysis.simulate.esp_wells import EspWells

END = datetime(2026, 11, 1, tzinfo=UTC)
ESP_NAMES = ("101", "102", "103", "104", "117", "118", "121", "123")
SRP_NAMES = ("201", "202", "203", "204", "205", "206")
CARDS_A_DAY = 4

# Which demo well shows what, for tests and for the tour: the condition that must be found there.
ESP_TRUTH = {
    "102": "gas_interference",
    "103": "pump_off",
    "104": "insulation_decline",
    "117": "motor_overheat",
    "118": "sensor_frozen",
}
SRP_TRUTH = {
    "201": "full_pump",
    "202": "fluid_pound",
    "203": "gas_interference",
    "204": "traveling_valve_leak",
    "205": "rods_parted",
    "206": "standing_valve_leak",
}


@dataclass(frozen=True)
class Stop:
    """A planned stop of one well.

    Attributes:
        well: [-] its number
        from_day: [d] from the start of the field
        to_day: [d]
        note: code of the reason
    """

    well: int
    from_day: float
    to_day: float
    note: str


@dataclass(frozen=True)
class EspField:
    """The ESP wells of the demo field.

    Attributes:
        wells: their constants
        telemetry: as the gauges say it
        stops: planned ones
    """

    wells: EspWells
    telemetry: EspTelemetry
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class EspPlan:
    """The ESP wells of the field and what befalls them; a well is run when it is asked for.

    Attributes:
        wells: their constants
        stops: planned ones
        runs: what runs them
        days: [d] of the field
    """

    wells: EspWells
    stops: tuple[Stop, ...]
    runs: EspRuns
    days: int

    def well(self, index: int) -> WellTelemetry:
        """One well, run and with its gauges spoilt.

        Args:
            index: [-] in the order of ESP_NAMES
        Returns:
            by the minute
        Valid: 0 to 7.
        Ours: a well is the same whichever is run first.

        >>> plan_esp(5, 1).well(3).values["voltage"].shape
        (7200,)
        """
        telemetry = self.runs.well(index)
        _spoil(index, telemetry.values, self.days)
        return telemetry


def _ramp(day: float, start: float, days: float) -> float:
    return min(max((day - start) / days, 0.0), 1.0)


def esp_story(days: int, stops: tuple[Stop, ...]) -> Story:
    """What befalls the ESP wells of the demo field.

    Args:
        days: [d] of the field
        stops: planned ones
    Returns:
        faults begin in the last third: what a well did before is its baseline
    Valid: 45 days and more.
    Ours: ESP_TRUTH tells which well must be found with what.

    >>> from app.analysis.simulate.esp_conditions import Course, SHARES
    >>> told = Course.told(esp_story(45, ()), len(ESP_NAMES), 45 * 1440)
    >>> round(float(told.shares[-1, SHARES.index("productivity"), 2]), 2)  # pump-off
    0.22
    """

    def tell(day: float, c: Conditions) -> None:
        c.switched_on[:] = True
        for stop in stops:
            if stop.from_day <= day < stop.to_day:
                c.switched_on[stop.well] = False
        c.gas_noise[1] = 0.01 + 0.055 * _ramp(day, days - 9, 2)
        c.productivity[2] = 1 - 0.78 * _ramp(day, days - 24, 16)
        c.insulation_ohm[3] = 5e6 * 10 ** (-0.55 * _ramp(day, days - 35, 35))
        c.cooling[4] = 1 - 0.5 * _ramp(day, days - 12, 8)
        c.frequency_hz[6] = 50.0 + 3.0 * (day >= days * 0.45)

    return tell


def plan_esp(days: int, seed: int) -> EspPlan:
    """What the ESP wells of the demo field are and what befalls them, before any is run.

    Args:
        days: [d] of the field
        seed: [-] the same one gives the same field to the last bit
    Returns:
        eight wells, each run when it is asked for
    Valid: 45 days and more for every fault to be found.
    Ours: a field that shows what the program does.

    >>> plan_esp(5, 1).well(0).values["frequency"].shape
    (7200,)
    """
    rng = np.random.default_rng(seed)
    wells = EspWells.varied(len(ESP_NAMES), rng)
    stops = tuple(
        Stop(well, day, day + float(rng.uniform(0.1, 0.6)), note)
        for well in range(len(ESP_NAMES))
        for day, note in zip(
            np.sort(rng.uniform(0.08, 0.9, 3)) * days,
            ("power_supply", "service", "valve_repair"),
            strict=True,
        )
    )
    return EspPlan(wells, stops, EspRuns(wells, days * 1440, esp_story(days, stops), rng), days)


def simulate_esp(days: int, seed: int) -> EspField:
    """The ESP wells of the demo field, spoilt gauges included.

    Args:
        days: [d] of the field
        seed: [-] the same one gives the same field to the last bit
    Returns:
        eight wells, by the minute
    Valid: 45 days and more for every fault to be found.
    Ours: a field that shows what the program does.

    >>> made = simulate_esp(5, 1)
    >>> made.telemetry.values["frequency"].shape
    (8, 7200)
    """
    plan = plan_esp(days, seed)
    made = [plan.well(index) for index in range(len(ESP_NAMES))]
    values = {name: np.stack([well.values[name] for well in made]) for name in made[0].values}
    trips = [(index, minute) for index, well in enumerate(made) for minute in well.trips]
    return EspField(plan.wells, EspTelemetry(values, trips), plan.stops)


def _spoil(index: int, values: dict[str, NDArray[np.float32]], days: int) -> None:
    """Gauges lie: one freezes for the last four days, one loses its line for two days and sends fillers."""
    if index == 0:
        values["motor_temperature"][1440 * (days - 5) + 300] += 120
    elif index == 5:
        frozen, start = values["intake_pressure"], (days - 4) * 1440
        frozen[start:] = frozen[start]
    elif index == 7:
        lost = slice(int(days * 0.7) * 1440, int(days * 0.7) * 1440 + 2 * 1440)
        for of_sensor in values.values():
            of_sensor[lost] = np.nan
        values["discharge_pressure"][lost.stop + 60 : lost.stop + 75] = 65535e6


def start_of(days: int) -> datetime:
    """First moment of the demo field.

    Args:
        days: [d] of the field
    Returns:
        before END
    Valid: any.
    Ours: the field always ends on the same day.

    >>> str(start_of(1))
    '2026-10-31 00:00:00+00:00'
    """
    return END - timedelta(days=days)

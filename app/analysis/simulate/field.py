"""The demo field: 8 ESP and 6 rod-pumped wells and what befalls them in ninety days. All of it from the
simulators.

Everything follows from `seed`; the same seed gives the same field to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards import strings
from app.analysis.cards.unit import Linkage
from app.analysis.simulate.esp import EspRuns, EspTelemetry, WellTelemetry
from app.analysis.simulate.esp_conditions import Conditions, Story
from app.analysis.simulate.esp_wells import EspWells
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import POINTS, RodWell, SimulatedCards, run_cards
from app.core.units import DAY_S, STANDARD_GRAVITY

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


@dataclass(frozen=True)
class SrpWell:
    """One rod-pumped well of the demo field.

    Attributes:
        well: its mechanics
        depth_m: [m] of the pump
        tubing_pressure_pa: [Pa]
        card_minutes: [min] (cards,)
        position_m: [m] (cards, points)
        load_n: [N] (cards, points)
        liquid_m3_per_s: [m³/s] (cards,)
        intake_pressure_pa: [Pa] (cards,)
        values: sensor code → [SI] (minutes,)
    """

    well: RodWell
    depth_m: float
    tubing_pressure_pa: float
    card_minutes: NDArray[np.int64]
    position_m: NDArray[np.float64]
    load_n: NDArray[np.float64]
    liquid_m3_per_s: NDArray[np.float64]
    intake_pressure_pa: NDArray[np.float64]
    values: dict[str, NDArray[np.float32]] = field(default_factory=dict)


# Linkages of common conventional units: API C-114, C-228, C-320 proportions [m].
_UNITS = (
    Linkage(a_m=2.743, c_m=2.121, k_m=3.336, p_m=2.515, r_m=0.813),
    Linkage(a_m=3.277, c_m=2.821, k_m=4.459, p_m=3.353, r_m=1.067),
)


def simulate_srp(days: int, seed: int, each_stroke: Callable[[], None] = lambda: None) -> list[SrpWell]:
    """The rod-pumped wells of the demo field, four cards a day.

    Args:
        days: [d] of the field
        seed: [-] the same one gives the same field to the last bit
        each_stroke: called four times on the way: a long run is left through it
    Returns:
        six wells
    Valid: 45 days and more for every fault to be found.
    Ours: SRP_TRUTH tells which well must be found with what.
    """
    rng = np.random.default_rng(seed + 1)
    minutes = np.arange(days * CARDS_A_DAY, dtype=np.int64) * (1440 // CARDS_A_DAY) + 37
    plans = [_plan_srp(index, minutes, days, rng) for index in range(len(SRP_NAMES))]
    each = [plan.well for plan in plans for _ in minutes]
    cards = run_cards(each, PumpRun.joined([plan.run for plan in plans]), each_stroke=each_stroke)
    return [
        _srp_well(
            index, plan, minutes, days, cards.take(slice(index * len(minutes), (index + 1) * len(minutes)))
        )
        for index, plan in enumerate(plans)
    ]


@dataclass(frozen=True)
class _SrpPlan:
    """One rod-pumped well before it is run: its mechanics, its pump's conditions card by card, and all that
    is random in what its gauges will say.
    """

    well: RodWell
    depth_m: float
    tubing_pressure_pa: float
    run: PumpRun
    position_noise: NDArray[np.float64]
    load_noise: NDArray[np.float64]
    running: NDArray[np.bool_]
    gauges: tuple[NDArray[np.float64], ...]


def _plan_srp(index: int, minutes: NDArray[np.int64], days: int, rng: np.random.Generator) -> _SrpPlan:
    depth = float(rng.uniform(1050, 1550))
    upper = round(depth * 0.42 / 8) * 8.0
    rods = (
        strings.section(upper, 0.022225, minimum_tensile_pa=793e6),
        strings.section(depth - upper, 0.01905, minimum_tensile_pa=793e6),
    )
    density = 940.0
    tubing_pressure = float(rng.uniform(0.9e6, 1.4e6))
    well = RodWell(
        rods,
        _UNITS[index % 2],
        float(np.round(rng.uniform(4.5, 6.5), 1)),
        float(rng.choice([0.044, 0.057])),
        tubing_pressure + density * STANDARD_GRAVITY * depth,
        density,
        damping_per_s=0.12,
    )
    day = minutes / 1440
    run = PumpRun.of(len(minutes))
    run.intake_pressure_pa[:] = 3.2e6 + 0.2e6 * rng.normal(size=len(minutes)).cumsum() / np.sqrt(len(minutes))
    late = np.clip((day - days * 0.55) / (days * 0.4), 0, 1)
    if index == 1:
        run.fillage[:] = 1 - 0.52 * late
        run.intake_pressure_pa[:] = np.maximum(3.0e6 - 2.5e6 * late, 0.5e6)
    elif index == 2:
        run.fillage[:] = 0.97 - 0.35 * late
        run.intake_pressure_pa[:] = 4.0e6
    elif index == 3:
        run.traveling_leak_m3_per_s[:] = 7e-4 * late
    elif index == 5:
        run.standing_leak_m3_per_s[:] = 7e-4 * late
    run.fillage[:] = np.clip(run.fillage + rng.normal(0, 0.01, len(minutes)), 0.2, 1.0)
    position_noise = rng.normal(0, 0.002, (len(minutes), POINTS))
    load_noise = rng.normal(0, 70.0, (len(minutes), POINTS))
    running = np.ones(days * 1440, bool)
    for start in rng.uniform(0.1, 0.85, 3) * len(running):
        running[int(start) : int(start) + int(rng.uniform(120, 900))] = False
    gauges = tuple(rng.normal(0, noise, len(running)) for noise, _ in SRP_GAUGES.values())
    return _SrpPlan(well, depth, tubing_pressure, run, position_noise, load_noise, running, gauges)


def _srp_well(
    index: int, plan: _SrpPlan, minutes: NDArray[np.int64], days: int, cards: SimulatedCards
) -> SrpWell:
    position, load = cards.surface_position_m.copy(), cards.surface_load_n.copy()
    liquid = _delivered(plan.well, cards.pump_position_m, plan.run)
    if index == 4:
        day = minutes / 1440
        broken = day > days - 6
        after = run_cards(replace(plan.well, parted_at_m=round(plan.depth_m * 0.62)), PumpRun.of(1))
        position[broken], load[broken] = after.surface_position_m, after.surface_load_n
        liquid[broken] = 0.0
        # the level rises over a dead pump
        plan.run.intake_pressure_pa[broken] += 0.5e6 * (day[broken] - day[broken][0])
    position += plan.position_noise
    load += plan.load_noise
    return SrpWell(
        plan.well,
        plan.depth_m,
        plan.tubing_pressure_pa,
        minutes,
        position,
        load,
        liquid,
        plan.run.intake_pressure_pa,
        _srp_telemetry(plan, minutes, position, load, liquid),
    )


def _delivered(well: RodWell, pump_position: NDArray[np.float64], run: PumpRun) -> NDArray[np.float64]:
    """Liquid at the surface [m³/s] by card: what entered less what leaked through half of each stroke."""
    stroke = np.ptp(pump_position, axis=1)
    entered = well.plunger_area_m2 * stroke * well.strokes_per_minute / 60 * run.fillage
    return np.maximum(entered - 0.5 * (run.traveling_leak_m3_per_s + run.standing_leak_m3_per_s), 0)


# noise (SI), resolution (SI)
SRP_GAUGES = {
    "active_power": (250.0, 100.0),
    "motor_current": (0.4, 0.1),
    "pumping_speed": (2e-4, 1e-4),
    "wellhead_pressure": (4e3, 1e3),
    "line_pressure": (4e3, 1e3),
    "annulus_pressure": (2e3, 1e3),
}
STOP_WITH_THE_PUMP = ("active_power", "motor_current", "pumping_speed")


def _srp_telemetry(
    plan: _SrpPlan,
    minutes: NDArray[np.int64],
    position: NDArray[np.float64],
    load: NDArray[np.float64],
    liquid: NDArray[np.float64],
) -> dict[str, NDArray[np.float32]]:
    """By the minute, from the work of the cards: power, current, pressures, speed, rate."""
    grid = np.arange(len(plan.running))
    turns_a_second = plan.well.strokes_per_minute / 60
    work = np.sum(load * (np.roll(position, -1, axis=1) - np.roll(position, 1, axis=1)), axis=1) / 2
    power = np.interp(grid, minutes, work * plan.well.strokes_per_minute / 60) / 0.62 + 900
    rate = np.interp(grid, minutes, liquid)
    tubing = np.full(len(grid), plan.tubing_pressure_pa)
    truth = {
        "active_power": power,
        "motor_current": power / (1.732 * 380 * 0.72),
        "pumping_speed": np.full(len(grid), turns_a_second),
        "wellhead_pressure": tubing + 0.03e6 * rate * DAY_S / 20,
        "line_pressure": tubing * 0.9,
        "annulus_pressure": np.full(len(grid), 0.6e6),
    }

    def measured(code: str, noise: NDArray[np.float64]) -> NDArray[np.float32]:
        noisy, step = truth[code] + noise, SRP_GAUGES[code][1]
        live = np.where(plan.running, noisy, 0.0) if code in STOP_WITH_THE_PUMP else noisy
        return (np.round(np.maximum(live, 0) / step) * step).astype(np.float32)

    return {code: measured(code, noise) for code, noise in zip(SRP_GAUGES, plan.gauges, strict=True)}


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

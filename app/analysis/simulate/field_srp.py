"""The rod-pumped wells of the demo field: what befalls each, its cards, what its gauges say by the minute."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards import strings
from app.analysis.cards.unit import Linkage
from app.analysis.simulate.field import CARDS_A_DAY, SRP_NAMES
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import POINTS, RodWell, SimulatedCards, run_cards
from app.core.units import DAY_S, STANDARD_GRAVITY


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

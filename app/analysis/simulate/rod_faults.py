"""What befalls rod pumps: every condition of the table as a change of the pump, the well or the record.

`condition(codes, wells, rng)` makes cards with their truth. Severity is drawn from what can just be seen to
the worst.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards import strings
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import RodWell, SimulatedCards, run_cards

FloatArray = NDArray[np.float64]


@dataclass
class Plan:
    """One card to be.

    Attributes:
        well: its mechanics
        run: condition of the pump → [SI] its value
        rng: that draws
        delivered: [-] of what the pump lifts that comes up
    """

    well: RodWell
    run: dict[str, float]
    rng: np.random.Generator
    delivered: float = 1.0

    @property
    def flow_m3_per_s(self) -> float:
        """Mean flow of the plunger on the upstroke [m³/s]."""
        return (
            self.well.plunger_area_m2 * self.well.linkage.stroke_m * 0.85 * self.well.strokes_per_minute / 30
        )

    @property
    def fluid_load_n(self) -> float:
        """A·(p_d − p_i) [N]."""
        return self.well.plunger_area_m2 * (self.well.discharge_pressure_pa - self.run["intake_pressure_pa"])

    def between(self, low: float, high: float) -> float:
        """A number drawn evenly.

        Args:
            low: [any]
            high: [as low]
        Returns:
            [as low]
        Valid: low < high.
        Ours: severities are drawn from just seen to the worst.

        >>> from app.analysis import examples
        >>> 1.0 <= Plan(examples.rod_well(), {}, np.random.default_rng(1)).between(1.0, 2.0) <= 2.0
        True
        """
        return float(self.rng.uniform(low, high))


def _fluid_pound(plan: Plan) -> None:
    plan.run["fillage"] = plan.between(0.15, 0.86)
    plan.run["intake_pressure_pa"] = plan.between(0.15e6, 1.0e6)
    plan.run["dead_space_m"] = plan.between(0.05, 0.2)


def _gas_interference(plan: Plan) -> None:
    plan.run["fillage"] = plan.between(0.25, 0.8)
    plan.run["intake_pressure_pa"] = plan.between(2.4e6, 5.5e6)
    plan.run["dead_space_m"] = plan.between(0.15, 0.5)


def _gas_lock(plan: Plan) -> None:
    plan.run["fillage"] = 0.0
    plan.run["intake_pressure_pa"] = plan.between(0.5e6, 3e6)
    ratio = (plan.well.discharge_pressure_pa / plan.run["intake_pressure_pa"]) ** (1 / 1.15)
    needed = plan.well.linkage.stroke_m / max(ratio - 1, 0.3)
    plan.run["dead_space_m"] = needed * plan.between(1.05, 1.6)
    plan.delivered = 0.0


def _traveling_leak(plan: Plan) -> None:
    plan.run["traveling_leak_m3_per_s"] = plan.flow_m3_per_s * plan.between(0.2, 1.1)


def _standing_leak(plan: Plan) -> None:
    plan.run["standing_leak_m3_per_s"] = plan.flow_m3_per_s * plan.between(0.2, 1.1)


def _both_leak(plan: Plan) -> None:
    _traveling_leak(plan)
    _standing_leak(plan)


def _worn_barrel(plan: Plan) -> None:
    plan.run["worn_at"] = plan.between(0.3, 0.7)
    plan.run["worn_leak_m3_per_s"] = plan.flow_m3_per_s * plan.between(1.9, 4.0)


def _barrel_hole(plan: Plan) -> None:
    plan.run["hole_from"] = plan.between(0.15, 0.65)
    plan.run["hole_leak_m3_per_s"] = plan.flow_m3_per_s * plan.between(1.5, 4.0)


def _bent_barrel(plan: Plan) -> None:
    start = plan.between(0.1, 0.6)
    plan.run["tight_from"], plan.run["tight_to"] = start, start + plan.between(0.12, 0.35)
    plan.run["tight_n"] = max(1_500.0, plan.fluid_load_n * plan.between(0.15, 0.6))


def _tagging_down(plan: Plan) -> None:
    plan.run["tags_down_m"] = plan.well.linkage.stroke_m * plan.between(0.012, 0.05)


def _tagging_up(plan: Plan) -> None:
    plan.run["tags_up_m"] = plan.well.linkage.stroke_m * plan.between(0.012, 0.05)


def _plunger_out(plan: Plan) -> None:
    plan.run["out_above"] = plan.between(0.7, 0.92)


def _tubing_movement(plan: Plan) -> None:
    area = (
        math.pi / 4 * (0.073**2 - plan.well.tubing_inner_diameter_m**2)
        if plan.well.tubing_inner_diameter_m < 0.07
        else math.pi / 4 * (0.0889**2 - 0.076**2)
    )
    plan.run["tubing_compliance_m_per_n"] = strings.length(plan.well.rods) / (2.1e11 * area)


def _tubing_leak(plan: Plan) -> None:
    plan.delivered = plan.between(0.1, 0.6)


def _rods_parted(plan: Plan) -> None:
    depth = strings.length(plan.well.rods)
    plan.well = replace(plan.well, parted_at_m=depth * plan.between(0.1, 0.95))
    plan.delivered = 0.0


def _flowing(plan: Plan) -> None:
    plan.run["intake_pressure_pa"] = plan.well.discharge_pressure_pa * plan.between(0.95, 0.995)
    plan.delivered = plan.between(1.0, 1.6)


def _high_friction(plan: Plan) -> None:
    plan.run["string_friction_n"] = plan.fluid_load_n * plan.between(0.4, 1.2)
    plan.run["friction_n"] = plan.fluid_load_n * plan.between(0.2, 0.4)
    plan.run["stuffing_box_n"] = plan.between(500, 3_000)
    plan.well = replace(plan.well, damping_per_s=plan.between(0.4, 1.2))


def _sand(plan: Plan) -> None:
    plan.run["sand_n"] = plan.fluid_load_n * plan.between(0.12, 0.4)


def _delayed_valve(plan: Plan) -> None:
    share = plan.between(0.04, 0.14)  # of the stroke that the plunger makes in the meantime
    plan.run["valve_delay_s"] = math.acos(1 - 2 * share) / math.pi * 30 / plan.well.strokes_per_minute


def _fluid_acceleration(plan: Plan) -> None:
    plan.run["column_inertia"] = plan.between(0.8, 1.2)


FAULTS: dict[str, Callable[[Plan], None]] = {
    "full_pump": lambda plan: None,
    "fluid_pound": _fluid_pound,
    "gas_interference": _gas_interference,
    "gas_lock": _gas_lock,
    "traveling_valve_leak": _traveling_leak,
    "standing_valve_leak": _standing_leak,
    "both_valves_leak": _both_leak,
    "worn_barrel": _worn_barrel,
    "barrel_hole": _barrel_hole,
    "bent_barrel": _bent_barrel,
    "tagging_down": _tagging_down,
    "tagging_up": _tagging_up,
    "plunger_out": _plunger_out,
    "tubing_movement": _tubing_movement,
    "tubing_leak": _tubing_leak,
    "rods_parted": _rods_parted,
    "flowing": _flowing,
    "high_friction": _high_friction,
    "sand": _sand,
    "delayed_valve": _delayed_valve,
    "fluid_acceleration": _fluid_acceleration,
}

# What is met together in one well; each pair is still two findings.
TOGETHER = (
    ("fluid_pound", "tagging_down"),
    ("fluid_pound", "tubing_movement"),
    ("traveling_valve_leak", "fluid_pound"),
    ("gas_interference", "traveling_valve_leak"),
    ("high_friction", "fluid_pound"),
    ("sand", "traveling_valve_leak"),
    ("tubing_movement", "traveling_valve_leak"),
    ("standing_valve_leak", "tubing_movement"),
    ("tagging_up", "gas_interference"),
)


@dataclass(frozen=True)
class FaultyCards:
    """Cards with what is wrong in each.

    Attributes:
        cards: (batch, points)
        wells: of each
        run: conditions of each
        truths: codes of each
        delivered_m3_per_s: [m³/s] (batch,)
    """

    cards: SimulatedCards
    wells: list[RodWell]
    run: PumpRun
    truths: list[tuple[str, ...]]
    delivered_m3_per_s: FloatArray


def simulate(
    truths: Sequence[tuple[str, ...]], wells: Sequence[RodWell], rng: np.random.Generator
) -> FaultyCards:
    """One card for each truth, in the well beside it.

    Args:
        truths: codes of FAULTS for each card, several together where they are met so
        wells: one a card
        rng: that draws
    Returns:
        with the liquid delivered
    Valid: healthy pumps differ too: fill, friction, intake, dead space.
    Ours: every condition of domain/rod-pump.md.

    >>> from app.analysis import examples
    >>> made = simulate([("gas_lock",)], [examples.rod_well()], np.random.default_rng(1))
    >>> float(made.delivered_m3_per_s[0])
    0.0
    """
    plans = []
    for codes, well in zip(truths, wells, strict=True):
        usual = min(float(rng.uniform(0.6e6, 6e6)), 0.45 * well.discharge_pressure_pa)
        plan = Plan(
            well,
            {
                "fillage": float(rng.uniform(0.97, 1.0)),
                "intake_pressure_pa": usual,
                "dead_space_m": float(rng.uniform(0.05, 0.3)),
            },
            rng,
        )
        # Even healthy rods rub: up to a sixth of the fluid load at the pump, some more along the string.
        plan.run["friction_n"] = max(100.0, plan.fluid_load_n * 0.17 * float(rng.random()) ** 2)
        plan.run["string_friction_n"] = plan.fluid_load_n * 0.15 * float(rng.random()) ** 2
        for code in codes:
            FAULTS[code](plan)
        plans.append(plan)
    run = PumpRun.of(len(plans))
    for index, plan in enumerate(plans):
        for name, value in plan.run.items():
            getattr(run, name)[index] = value
    cards = run_cards([plan.well for plan in plans], run, rng=rng)
    lifted = np.array(
        [plan.well.plunger_area_m2 * plan.well.strokes_per_minute / 60 * plan.delivered for plan in plans]
    )
    stroke = np.ptp(cards.pump_position_m, axis=1)
    leaks = 0.5 * (run.traveling_leak_m3_per_s + run.standing_leak_m3_per_s)
    delivered = np.maximum(lifted * stroke * run.fillage - leaks, 0.0)
    return FaultyCards(cards, [plan.well for plan in plans], run, list(truths), delivered)

"""From a card to figures: pump card, load lines, strokes, fillage, pressures, stresses. SI throughout."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.analysis.cards import harmonic, strings
from app.analysis.cards.repair import CleanCard, Remark, repair
from app.core.units import DAY_S, STANDARD_GRAVITY
from app.models.cards import Card, PumpCard, RodSection

Floats = NDArray[np.float64]

# The stable keys of `wellside card --json`, in their order.
MEASURES = (
    "surface_stroke_m", "peak_polished_rod_load_n", "minimum_polished_rod_load_n", "polished_rod_power_w",
    "buoyant_rod_weight_n", "gross_stroke_m", "net_stroke_m", "fillage", "fluid_load_n", "pump_intake_pressure_pa",
    "pump_discharge_pressure_pa", "fluid_above_pump_m", "pump_displacement_m3_per_d", "leakage_m3_per_d",
    "inferred_liquid_m3_per_d", "pump_power_w", "system_efficiency", "rods", "gearbox", "beam_load_fraction",
)  # fmt: skip


@dataclass(frozen=True)
class LoadLines:
    """Robust plateaus of a pump card [N] and the fillage read between them."""

    upper_n: float
    lower_n: float
    gross_stroke_m: float
    net_stroke_m: float

    @property
    def fluid_load_n(self) -> float:
        return self.upper_n - self.lower_n

    @property
    def fillage(self) -> float:
        return float(np.clip(self.net_stroke_m / self.gross_stroke_m, 0, 1))


@dataclass(frozen=True)
class CardAnalysis:
    """`pump` and `lines` are None when rods or pump are not known; a measure that cannot be had is None."""

    card: Card
    clean: CleanCard
    pump: PumpCard | None
    lines: LoadLines | None
    measures: dict[str, Any]
    remarks: tuple[Remark, ...]

    @property
    def buoyant_weight_n(self) -> float | None:
        weight: float | None = self.measures["buoyant_rod_weight_n"]
        return weight


def analyse(card: Card) -> CardAnalysis:
    """Repair the record, go down the rods, read the figures. Raises KnownError for a record that is no card."""
    clean = repair(card)
    remarks = list(clean.remarks)
    measures: dict[str, Any] = dict.fromkeys(MEASURES)
    position, load = clean.position_m, clean.load_n
    per_second = card.strokes_per_minute / 60
    measures["surface_stroke_m"] = float(np.ptp(position))
    measures["peak_polished_rod_load_n"] = float(load.max())
    measures["minimum_polished_rod_load_n"] = float(load.min())
    measures["polished_rod_power_w"] = work_of(position, load) * per_second
    bore = card.bore
    if not bore.rods:
        return CardAnalysis(card, clean, None, None, measures, (*remarks, Remark("missing_rods", {})))
    density = strings.fluid_density(bore.fluid)
    if density is None:
        density = 950.0
        remarks.append(Remark("assumed_fluid_density", {"density": density}))
    weight = strings.buoyant_weight(bore.rods, density)
    measures["buoyant_rod_weight_n"] = weight
    damping = _damping(card)
    pump_position, pump_load = harmonic.pump_motion(
        position, load, bore.rods, strokes_per_minute=card.strokes_per_minute, damping_per_s=damping,
        buoyant_weight_n=weight,
    )  # fmt: skip
    start = int(np.argmin(pump_position))
    pump = PumpCard(np.roll(pump_position - pump_position.min(), -start), np.roll(pump_load, -start))
    lines = load_lines(pump)
    measures["gross_stroke_m"] = lines.gross_stroke_m
    measures["net_stroke_m"] = lines.net_stroke_m
    measures["fillage"] = lines.fillage
    measures["fluid_load_n"] = lines.fluid_load_n
    measures["pump_power_w"] = work_of(pump.position_m, pump.load_n) * per_second
    measures["rods"] = _stresses(card, clean, damping, weight, density, remarks)
    _pump_measures(card, lines, density, measures, remarks)
    for key in ("gearbox", "beam_load_fraction", "leakage_m3_per_d"):
        remarks.append(Remark("not_computed", {"measure": key}))
    return CardAnalysis(card, clean, pump, lines, measures, tuple(remarks))


def work_of(position_m: Floats, load_n: Floats) -> float:
    """Work of one stroke [J]: the area of the card."""
    return float(np.sum(load_n * (np.roll(position_m, -1) - np.roll(position_m, 1))) / 2)


def _damping(card: Card) -> float:
    """Real wells run near zero viscous damping; what the file gives (dimensionless, mean of both strokes) wins."""
    given = [value for value in (card.bore.damping_up, card.bore.damping_down) if value is not None]
    return strings.viscous_rate(card.bore.rods, sum(given) / len(given)) if given else 0.0


def load_lines(pump: PumpCard) -> LoadLines:
    """Upper line: the middle half of the upstroke. Lower line: the quarter of the downstroke before the bottom,
    where the travelling valve is open whatever the fillage was. Net stroke: where the falling load has come down to
    the lower line, the mean of the 10 % crossing and of the line through 50 % and 15 % carried on to 0."""
    x, f = pump.position_m, pump.load_n
    gross = float(np.ptp(x))
    top = int(np.argmax(x))
    share = x / gross
    up, down = slice(0, top + 1), slice(top, len(x))
    middle = (share[up] > 0.25) & (share[up] < 0.75)
    upper = float(np.median(f[up][middle]))
    low_part = (share[down] > 0.08) & (share[down] < 0.35)
    lower = float(np.median(f[down][low_part]))
    span = upper - lower
    if span <= 0:
        return LoadLines(upper, lower, gross, gross)
    fall = (f[down] - lower) / span
    positions = x[down]

    def first_below(level: float) -> float:
        below = np.flatnonzero(fall < level)
        if len(below) == 0:
            return 0.0
        i = int(below[0])
        if i == 0:
            return float(positions[0])
        part = (fall[i - 1] - level) / (fall[i - 1] - fall[i])
        return float(positions[i - 1] + part * (positions[i] - positions[i - 1]))

    half, near = first_below(0.5), first_below(0.15)
    carried_on = near - (half - near) * 0.15 / 0.35
    net = float(np.clip((first_below(0.1) + carried_on) / 2, 0, gross))
    return LoadLines(upper, lower, gross, net)


def _stresses(card: Card, clean: CleanCard, damping: float, weight: float, density: float,
              remarks: list[Remark]) -> list[dict[str, float | None]]:  # fmt: skip
    """Extreme stresses at the top of each section and the modified Goodman load,
    (σmax − σmin) / ((T/4 + 0.5625·σmin)·SF − σmin) (API RP 11BR)."""
    rods = card.bore.rods
    loads = harmonic.section_loads(
        clean.position_m, clean.load_n, rods, strokes_per_minute=card.strokes_per_minute,
        damping_per_s=damping, buoyant_weight_n=weight,
    )  # fmt: skip
    below = strings.weights_below_tops(rods, density)
    if any(rod.minimum_tensile_pa is None for rod in rods):
        remarks.append(
            Remark("missing_input", {"input": "rods.minimum_tensile_pa", "measure": "goodman_fraction"})
        )
    return [
        _section_stress(rod, load + static) for rod, load, static in zip(rods, loads, below, strict=True)
    ]  # fmt: skip


def _section_stress(rod: RodSection, load_n: Floats) -> dict[str, float | None]:
    highest, lowest = float(load_n.max()) / rod.area_m2, float(load_n.min()) / rod.area_m2
    goodman = None
    if rod.minimum_tensile_pa is not None:
        goodman = goodman_fraction(highest, lowest, rod.minimum_tensile_pa, rod.service_factor)
    return {"stress_max_pa": highest, "stress_min_pa": lowest, "goodman_fraction": goodman}


def goodman_fraction(
    stress_max_pa: float, stress_min_pa: float, tensile_pa: float, service_factor: float
) -> float:
    """Share of the permitted stress range used; above 1 is overloaded (API RP 11BR, modified Goodman diagram)."""
    allowed = (tensile_pa / 4 + 0.5625 * stress_min_pa) * service_factor
    return (stress_max_pa - stress_min_pa) / (allowed - stress_min_pa)


def _pump_measures(card: Card, lines: LoadLines, density: float, measures: dict[str, Any],
                   remarks: list[Remark]) -> None:  # fmt: skip
    bore = card.bore
    if bore.plunger_diameter_m is None or bore.pump_depth_m is None:
        remarks.append(Remark("missing_input", {"input": "pump", "measure": "pump_intake_pressure_pa"}))
        return
    area = math.pi / 4 * bore.plunger_diameter_m**2
    displacement = area * lines.net_stroke_m * card.strokes_per_minute / 60 * DAY_S
    measures["pump_displacement_m3_per_d"] = displacement
    hours = bore.well_test.get("runtime_h")
    measures["inferred_liquid_m3_per_d"] = displacement * (float(hours) / 24 if hours else 1.0)
    if bore.tubing_pressure_pa is None:
        remarks.append(
            Remark("missing_input", {"input": "tubing.pressure_pa", "measure": "pump_intake_pressure_pa"})
        )
        return
    discharge = bore.tubing_pressure_pa + density * STANDARD_GRAVITY * bore.pump_depth_m
    intake = discharge - lines.fluid_load_n / area
    measures["pump_discharge_pressure_pa"] = discharge
    measures["pump_intake_pressure_pa"] = intake
    if intake < 0:
        remarks.append(Remark("intake_below_zero", {"pressure": intake}))
    if bore.casing_pressure_pa is None:
        remarks.append(
            Remark("missing_input", {"input": "casing.pressure_pa", "measure": "fluid_above_pump_m"})
        )
    else:
        above = (intake - bore.casing_pressure_pa) / (strings.oil_density(bore.fluid) * STANDARD_GRAVITY)
        measures["fluid_above_pump_m"] = max(0.0, above)
    hydraulic = displacement / DAY_S * (discharge - max(intake, 0.0))
    if measures["polished_rod_power_w"] > 0:
        measures["system_efficiency"] = hydraulic / measures["polished_rod_power_w"]

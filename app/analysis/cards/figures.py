"""From a card to figures: the measures of a card, SI throughout.

The stable JSON of `wellside card` (domain/card-format) has the same ones in the same order, rates per day:
`services/diagnosis/cards.answer` turns them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.analysis import few
from app.analysis.cards import bounds, column, gearbox, pressures, solve, stress, strings, survey
from app.analysis.cards.damping import damped, pump_card_of, told_by_lines
from app.analysis.cards.gearbox import Torque
from app.analysis.cards.harmonic import StringMotion
from app.analysis.cards.intake import Intake, intake_of
from app.analysis.cards.lateness import Lateness, lateness_of
from app.analysis.cards.lines import LoadLines, load_lines
from app.analysis.cards.one_stroke import work_of
from app.analysis.cards.record import Remark
from app.analysis.cards.repair import CleanCard, repair
from app.analysis.cards.solve import Hanging
from app.analysis.cards.strokes import Strokes, strokes_of
from app.analysis.cards.usual_unit import as_usual
from app.core.plain import JsonObject
from app.core.units import DAY_S, STANDARD_GRAVITY
from app.models.cards import Card, PumpCard, WellBore
from app.models.values import needed_number, number_of

Floats = NDArray[np.float64]
USUAL_DENSITY = 950.0
UNKNOWN_DAMPING = 0.05
"""Dimensionless, of the rods where no file gives it: none is taken off the card, as much may be on it. The
least that Gibbs' method usually takes (0.05 … 0.15); vendors run at about 0."""

MEASURES = (
    "surface_stroke_m",
    "peak_polished_rod_load_n",
    "minimum_polished_rod_load_n",
    "polished_rod_power_w",
    "buoyant_rod_weight_n",
    "gross_stroke_m",
    "net_stroke_m",
    "fillage",
    "fluid_load_n",
    "pump_intake_pressure_pa",
    "pump_discharge_pressure_pa",
    "fluid_above_pump_m",
    "pump_displacement_m3_per_s",
    "leakage_m3_per_s",
    "inferred_liquid_m3_per_s",
    "pump_power_w",
    "system_efficiency",
    "rods",
    "gearbox",
    "beam_load_fraction",
)


@dataclass(frozen=True)
class CardAnalysis:
    """A card taken down the rods, and its figures.

    Attributes:
        card: as recorded
        clean: repaired
        pump: None without rods
        lines: of the pump card
        measures: [SI] name (MEASURES) → figure, None for what cannot be had
        remarks: what was done or is missing
        rest: the string at rest
        motion: of the rods
        torque: None without the unit
        intake: pressure below the plunger with its interval; None where it cannot be had
        strokes: of the plunger with their ranges; None without rods
        lateness: what a delay of the load would make of the card; None where none makes it squarer
    """

    card: Card
    clean: CleanCard
    pump: PumpCard | None
    lines: LoadLines | None
    measures: JsonObject
    remarks: tuple[Remark, ...]
    rest: Hanging | None = None
    motion: StringMotion | None = None
    torque: Torque | None = None
    intake: Intake | None = None
    strokes: Strokes | None = None
    lateness: Lateness | None = None

    @property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """Measure → the least and the largest [SI] that the card allows, of those that have a range."""
        found: dict[str, tuple[float, float]] = {}
        if self.strokes is not None and self.measures["net_stroke_m"] is not None:
            found["gross_stroke_m"] = self.strokes.gross_range_m
            found["net_stroke_m"] = self.strokes.net_range_m
            found["fillage"] = self.strokes.fillage_range
        if self.intake is not None and self.measures["pump_intake_pressure_pa"] is not None:
            found["pump_intake_pressure_pa"] = self.intake.possible_range_pa
        return found

    @property
    def buoyant_weight_n(self) -> float | None:
        """Weight of the rods in the liquid [N]; None without rods."""
        return number_of(self.measures, "buoyant_rod_weight_n")


def analyse(card: Card) -> CardAnalysis:
    """Repair the record, go down the rods, read the figures.

    displacement A·S_net·N, less slippage, by the share of the day that it runs; p_in = p_d − F₀/A; powers
    ∮F·ds·N; efficiency Q·(p_d − p_in)/P_rod

    Args:
        card: as recorded, with what is known of the well
    Returns:
        every figure that can be had; what is missing stands in the remarks
    Raises:
        KnownError: card_* for a record that is no card
    Valid: as each of its parts; nothing is guessed without a remark.
    Source: Takacs, Sucker-Rod Pumping Handbook (2015); each part names its own.

    >>> from app.analysis import examples
    >>> measures = examples.card().measures
    >>> round(measures["pump_intake_pressure_pa"] / 1e6, 1)  # simulated with 3 MPa
    3.0
    >>> area = math.pi / 4 * 0.044**2
    >>> bool(math.isclose(measures["pump_displacement_m3_per_s"], area * measures["net_stroke_m"] * 0.1))
    True
    """
    clean = repair(card)
    remarks = list(clean.remarks)
    measures: JsonObject = dict.fromkeys(MEASURES)
    _surface_measures(card, clean, measures)
    torque = _unit_measures(card, clean, measures, remarks)
    if not card.bore.rods:
        remarks.append(Remark("missing_rods", {}))
        measures = bounds.determined(measures, {}, remarks)
        return CardAnalysis(card, clean, None, None, measures, tuple(remarks), torque=torque)
    density = strings.fluid_density(card.bore.fluid)
    if density is None:
        density = USUAL_DENSITY
        remarks.append(Remark("assumed_fluid_density", {"density": density}))
    rest = solve.hanging(card, density)
    motion = solve.motion_at_pump(card, clean, rest, remarks)
    pump = pump_card_of(motion)
    strokes, lines = _strokes(card, clean, rest, motion, pump, remarks)
    lateness = lateness_of(card, clean)
    if lateness is not None and lateness.widens:
        strokes = strokes.reaching(lateness.gross_m, *lateness.net_range_m)
    measures["buoyant_rod_weight_n"] = rest.weight_n
    measures["gross_stroke_m"] = strokes.gross_m
    measures["net_stroke_m"] = strokes.net_m
    measures["fillage"] = strokes.fillage
    measures["fluid_load_n"] = lines.fluid_load_n
    measures["pump_power_w"] = work_of(pump.position_m, pump.load_n) * card.strokes_per_minute / 60
    measures["rods"] = stress.section_stresses(card.bore.rods, motion.section_loads_n, rest.below_tops_n)
    if any(rod.minimum_tensile_pa is None for rod in card.bore.rods):
        remarks.append(_missing("rods.minimum_tensile_pa", "goodman_fraction"))
    intake = _pump_measures(card, lines, strokes, rest, measures, remarks)
    known = {"pump_depth_m": card.bore.pump_depth_m or math.inf}
    known["least_intake_pa"] = intake.least_pa if intake else 0.0
    measures = bounds.determined(measures, known, remarks)
    said = tuple(remarks)
    return CardAnalysis(
        card, clean, pump, lines, measures, said, rest, motion, torque, intake, strokes, lateness
    )


def _missing(needed: str, measure: str) -> Remark:
    return Remark("missing_input", {"input": needed, "measure": measure})


def _weighed(clean: CleanCard) -> bool:
    """Whether the loads have a unit: without one only their outline speaks."""
    return all(remark.code != "load_unit_unknown" for remark in clean.remarks)


def _surface_measures(card: Card, clean: CleanCard, measures: JsonObject) -> None:
    position, load = clean.position_m, clean.load_n
    measures["surface_stroke_m"] = float(np.ptp(position))
    if not _weighed(clean):
        return
    measures["peak_polished_rod_load_n"] = float(load.max())
    measures["minimum_polished_rod_load_n"] = float(load.min())
    measures["polished_rod_power_w"] = work_of(position, load) * card.strokes_per_minute / 60


def _unit_measures(
    card: Card, clean: CleanCard, measures: JsonObject, remarks: list[Remark]
) -> Torque | None:
    """Gearbox and beam. Without a counterbalance moment the gearbox is judged as if it were balanced as well
    as it can be, and the remark says so.
    """
    unit = card.bore.unit
    if not _weighed(clean):
        remarks.append(_missing("surface.load_n: unit", "peak_polished_rod_load_n"))
        return None
    if beam := number_of(unit, "beam_rating_n"):
        imbalance = number_of(unit, "structural_imbalance_n") or 0.0
        measures["beam_load_fraction"] = (float(clean.load_n.max()) - imbalance) / beam
    else:
        remarks.append(_missing("unit.beam_rating_n", "beam_load_fraction"))
    torque = gearbox.torque_over_turn(clean.position_m, clean.load_n, unit)
    if torque is None:
        usual = as_usual(unit, float(np.ptp(clean.position_m)))
        if usual is None:
            remarks.append(_missing("unit.api_A_m … api_R_m", "gearbox"))
            return None
        remarks.append(Remark("assumed_unit", {"stroke": float(np.ptp(clean.position_m))}))
        torque = gearbox.torque_over_turn(clean.position_m, clean.load_n, usual)
        assert torque is not None
    peak = torque.peak_n_m
    if peak is None:
        remarks.append(Remark("assumed_balanced", {"moment": torque.best_moment_n_m}))
        peak = torque.balanced_peak_n_m
    rating = number_of(unit, "gearbox_rating_n_m")
    if not rating:
        remarks.append(_missing("unit.gearbox_rating_n_m", "gearbox.load_fraction"))
    measures["gearbox"] = {
        "peak_torque_n_m": peak,
        "load_fraction": peak / rating if rating else None,
        "balanced_counterbalance_moment_n_m": torque.best_moment_n_m,
        "balanced_peak_torque_n_m": torque.balanced_peak_n_m,
    }
    return torque


def _strokes(
    card: Card,
    clean: CleanCard,
    rest: Hanging,
    motion: StringMotion,
    pump: PumpCard,
    remarks: list[Remark],
) -> tuple[Strokes, LoadLines]:
    """Strokes with the damping off that the load lines ask for, and the lines of the card as it is shown,
    which end where those strokes do.
    """
    lines = load_lines(pump)
    damping = told_by_lines(card, clean, motion, lines)
    inner, told = motion, lines
    if damping:
        remarks.append(Remark("damping_told", {"damping": damping}))
        inner = damped(card, clean, rest, damping)
        pump = pump_card_of(inner)
        told = load_lines(pump)
    polished = few.turned(clean.position_m, -int(np.argmin(inner.position_m)))
    strokes = strokes_of(told, pump, polished, card.bore.rods, _largest_load_n(card, rest, told))
    shown = lines.gross_stroke_m / told.gross_stroke_m
    return strokes, replace(
        lines,
        net_stroke_m=strokes.fillage * lines.gross_stroke_m,
        spread_m=told.spread_m * shown,
        net_from_m=None if told.net_from_m is None else told.net_from_m * shown,
    )


def _largest_load_n(card: Card, rest: Hanging, lines: LoadLines) -> float:
    """p_d·A under a dead column [N]; without a pump the load that there is."""
    bore = card.bore
    if bore.plunger_diameter_m is None or bore.pump_depth_m is None:
        return lines.fluid_load_n
    return math.pi / 4 * bore.plunger_diameter_m**2 * _under_dead_column_pa(bore, rest)


def _under_dead_column_pa(bore: WellBore, rest: Hanging) -> float:
    """p_d of a column without gas; under no tubing pressure where nobody knows it."""
    hydrostatic = rest.density * STANDARD_GRAVITY * _vertical_depth(bore, rest.course)
    return hydrostatic + (bore.tubing_pressure_pa or 0.0)


def _pump_measures(
    card: Card,
    lines: LoadLines,
    strokes: Strokes,
    rest: Hanging,
    measures: JsonObject,
    remarks: list[Remark],
) -> Intake | None:
    bore = card.bore
    if bore.plunger_diameter_m is None or bore.pump_depth_m is None:
        remarks.append(_missing("pump", "pump_intake_pressure_pa"))
        return None
    area = math.pi / 4 * bore.plunger_diameter_m**2
    displacement = area * strokes.net_m * card.strokes_per_minute / 60
    measures["pump_displacement_m3_per_s"] = displacement
    runs_s = number_of(bore.well_test, "runtime_s")
    share_of_day = min(runs_s / DAY_S, 1.0) if runs_s else 1.0
    measures["inferred_liquid_m3_per_s"] = displacement * share_of_day
    if bore.tubing_pressure_pa is None:
        remarks.append(_missing("tubing.pressure_pa", "pump_intake_pressure_pa"))
        return None
    intake = _intake(card, lines, rest, area)
    measures["pump_discharge_pressure_pa"] = discharge = intake.most_pa
    measures["pump_intake_pressure_pa"] = intake.pressure_pa if intake.possible else None
    below = min(max(intake.pressure_pa, intake.least_pa), discharge)
    if not intake.possible:
        remarks.append(Remark("intake_impossible", intake.lift(bore.pump_depth_m)))
    elif bore.casing_pressure_pa is None:
        remarks.append(_missing("casing.pressure_pa", "fluid_above_pump_m"))
    else:
        measures["fluid_above_pump_m"] = pressures.height_above_pump_m(
            below,
            bore.casing_pressure_pa,
            _vertical_depth(bore, rest.course),
            strings.oil_density(bore.fluid),
            bore.fluid.gas_relative_density,
        )
    leak = _leakage(card, bore.plunger_diameter_m, discharge - below, remarks)
    measures["leakage_m3_per_s"] = leak
    measures["inferred_liquid_m3_per_s"] = max(0.0, displacement - leak) * share_of_day
    # A leaking pump lifts less than its net stroke says: never more than the work the card shows. One that
    # hangs on parted rods lifts nothing.
    hydraulic = min(displacement * (discharge - below), max(needed_number(measures, "pump_power_w"), 0.0))
    if (polished := needed_number(measures, "polished_rod_power_w")) > 0:
        measures["system_efficiency"] = hydraulic / polished
    return intake


def _intake(card: Card, lines: LoadLines, rest: Hanging, area: float) -> Intake:
    """Once under the dead column, then under the one whose gas the pump lets through at that pressure."""
    bore = card.bore
    assert bore.pump_depth_m is not None
    assert bore.tubing_pressure_pa is not None
    depth, tubing_pa = _vertical_depth(bore, rest.course), bore.tubing_pressure_pa
    least = column.least_intake_pa(bore.casing_pressure_pa, depth, bore.fluid.gas_relative_density)

    drag = 0.0
    if bore.damping_up is None and bore.damping_down is None:
        mass = sum(rod.mass_kg_per_m * rod.length_m for rod in bore.rods)
        speed = lines.gross_stroke_m * card.strokes_per_minute / 30
        drag = strings.viscous_rate(bore.rods, UNKNOWN_DAMPING) * mass * speed

    def under(discharge: float, above: float) -> Intake:
        return intake_of(
            lines,
            discharge_pa=discharge,
            column_pa=max(discharge - tubing_pa, 1.0),
            area_m2=area,
            least_pa=min(least, discharge),
            lighter_pa=above,
            drag_n=drag,
        )

    dead = _under_dead_column_pa(bore, rest)
    found = under(dead, 0.0)
    if not bore.fluid.gas_oil_ratio:
        return found
    live = column.discharge_pressure_pa(
        bore.tubing_pressure_pa,
        bore.fluid,
        density=rest.density,
        vertical_depth_m=depth,
        intake_pa=found.pressure_pa,
        gas_filled=1 - lines.fillage,
    )
    return under(live, dead - live)


def _vertical_depth(bore: WellBore, course: survey.Course | None) -> float:
    """Of the pump: by the survey, else as somebody told it, else of a vertical hole."""
    assert bore.pump_depth_m is not None
    if course is not None:
        return float(course.vertical_at(bore.pump_depth_m))
    return bore.pump_vertical_depth_m or bore.pump_depth_m


def _leakage(card: Card, diameter_m: float, difference_pa: float, remarks: list[Remark]) -> float:
    viscosity = card.bore.fluid.viscosity_pa_s
    remarks.append(
        Remark(
            "assumed_plunger_fit",
            {
                "clearance": pressures.USUAL_CLEARANCE_M,
                "length": pressures.USUAL_PLUNGER_LENGTH_M,
                "viscosity": viscosity or pressures.USUAL_VISCOSITY_PA_S,
            },
        )
    )
    return pressures.patterson_leakage_m3_per_s(
        plunger_diameter_m=diameter_m,
        pressure_difference_pa=difference_pa,
        strokes_per_minute=card.strokes_per_minute,
        viscosity_pa_s=viscosity or pressures.USUAL_VISCOSITY_PA_S,
    )

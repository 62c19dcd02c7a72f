"""What should I set? The well as its last test found it, what its settings would bring, and the wells of a
pad by what there is to gain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.analysis.advice.advised import Advice, Knobs, Model
from app.analysis.advice.choice import Outcome, Prices, choice, ranked
from app.analysis.advice.esp import EspKnobs, EspNow, esp_outcome, esp_settings
from app.analysis.advice.esp_workover import Stage, esp_workovers
from app.analysis.advice.gas_lift import GasLiftKnobs, GasLiftNow, gas_lift_outcome, gas_lift_settings
from app.analysis.advice.inflows import through
from app.analysis.advice.rod_pump import RodKnobs, RodNow, rod_outcome, rod_settings, rod_workovers
from app.analysis.cards.figures import CardAnalysis
from app.analysis.catalogue.esp_pumps import ESP_PUMPS
from app.analysis.catalogue.pumping_units import PUMPING_UNITS
from app.analysis.simulate import twin
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.units import KILOWATT_HOUR, STANDARD_GRAVITY
from app.models.kinds import KINDS
from app.models.records import FlowTest
from app.models.store import cards as card_store
from app.models.store import kinds
from app.models.values import Values, needed_number, number_of, part_of
from app.models.wells import ESP, GAS_LIFT, SRP, Well
from app.services.diagnosis import cards
from app.services.wells import flow, lab_fluid, taken
from app.services.wells.catalogue import equipment as library
from app.services.wells.equipment import EquipmentHistory
from app.services.wells.finding import statuses
from app.services.wells.gas_lift import gas_lift_now
from app.services.wells.power import line_power_w, medians
from app.services.workspace import Workspace


def advise(workspace: Workspace, well: Well, job: Job | None = None, *, workover: bool = True) -> Advice:
    """Of an ESP, a rod pump or gas lift; of another lift, or with something missing, why not."""
    test = flow.last_good_test(workspace, well)
    if well.lift not in (ESP, SRP, GAS_LIFT):
        return Advice(well, missing=("lift",))
    held = EquipmentHistory(workspace, int(well.id))
    model = _model(workspace, well, test, held, job)
    if isinstance(model, tuple):
        return Advice(well, missing=model)
    now = outcome(model, model.knobs)
    if now is None or test is None:
        return Advice(well, missing=("no_meeting",))
    prices = prices_of(workspace)
    tried = []
    for knobs in _settings(model):
        if job is not None:
            job.check()
        found = outcome(model, knobs)
        if found is not None:
            tried.append(choice(found, now, prices))
    others = _workovers(workspace, held.at(test.taken_at).equipment, model) if workover else []
    return Advice(
        well,
        now,
        tuple(ranked(tried)),
        tuple(ranked([choice(one, now, prices) for one in others])),
        (),
        model,
        test.liquid_m3_per_s,
    )


def _model(
    workspace: Workspace, well: Well, test: FlowTest | None, held: EquipmentHistory, job: Job | None
) -> Model | tuple[str, ...]:
    """The well as its last test found it, or codes of all that is missing for that."""
    if well.lift == ESP:
        return _esp(workspace, well, test, held, job)
    return (_rods if well.lift == SRP else gas_lift_now)(workspace, well, test, held)


def _settings(model: Model) -> Sequence[Knobs]:
    if isinstance(model, EspNow):
        return esp_settings(model)
    return rod_settings(model) if isinstance(model, RodNow) else gas_lift_settings(model)


def _workovers(workspace: Workspace, equipment: Values, model: Model) -> list[Outcome]:
    """What other equipment would bring at the next workover."""
    if isinstance(model, EspNow):
        stages = (
            Stage(one.name, one.item.curve, one.item.outer_diameter_m)
            for one in library(workspace.paths, ESP_PUMPS)
        )
        casing_m = number_of(part_of(equipment, "hole"), "casing_inner_diameter_m")
        return esp_workovers(model, stages, casing_m=casing_m)
    if isinstance(model, RodNow):
        return rod_workovers(model, _strokes(workspace, part_of(equipment, "unit")))
    return []


def _strokes(workspace: Workspace, unit: Values) -> tuple[float, ...]:
    """That the unit's holes give, where the catalogue has it."""
    known = library(workspace.paths, PUMPING_UNITS).known(str(unit.get("name") or "?"))
    return () if known is None else tuple(known.item.strokes_m)


def prices_of(workspace: Workspace) -> Prices | None:
    """What the site counts with; None until it says what a tonne of oil leaves."""
    settings = workspace.settings
    oil = float(settings["oil_price"])
    if oil <= 0:
        return None
    return Prices(
        oil / 1000,
        float(settings["energy_price"]) / KILOWATT_HOUR.factor,
        float(settings["liquid_price"]) / 1000,
    )


def outcome(model: Model, knobs: Knobs) -> Outcome | None:
    """Of one setting of a well that is known: what a slider asks for."""
    if isinstance(model, EspNow) and isinstance(knobs, EspKnobs):
        return esp_outcome(model, knobs)
    if isinstance(model, RodNow) and isinstance(knobs, RodKnobs):
        return rod_outcome(model, knobs)
    if isinstance(model, GasLiftNow) and isinstance(knobs, GasLiftKnobs):
        return gas_lift_outcome(model, knobs)
    raise TypeError(f"{type(knobs).__name__} are no knobs of {type(model).__name__}")


def turned(model: Model, values: dict[str, float]) -> Knobs:
    """The well's own knobs, some of them moved."""
    if isinstance(model, EspNow):
        return replace(model.knobs, **values)
    return replace(model.knobs, **values) if isinstance(model, RodNow) else replace(model.knobs, **values)


def of_pad(
    workspace: Workspace, field_name: str | None, pad: str | None, job: Job | None = None
) -> list[Advice]:
    """Wells of a pad, of a field or of all: most to gain first, then those of which nothing can be said."""
    found = []
    for status in statuses(workspace.store):
        well = status.well
        if (field_name is None or well.field_name == field_name) and (pad is None or well.pad == pad):
            found.append(advise(workspace, well, job, workover=False))
    return sorted(found, key=_gain)


def _gain(advice: Advice) -> tuple[bool, float, str]:
    return advice.now is None, -advice.value, advice.well.name


def _bubble_pa(workspace: Workspace, well: Well) -> float | None:
    for record in kinds.of_well(workspace.store, KINDS["fluid"], well.id):
        if (told := number_of(record.values, "bubble_point_pa")) is not None:
            return told
    results = lab_fluid.usable(kinds.of_well(workspace.store, KINDS["lab_result"], well.id))
    found, _ = lab_fluid.added({}, results, workspace.clock())
    return number_of(found, "bubble_point_pa")


def _esp(
    workspace: Workspace, well: Well, test: FlowTest | None, held: EquipmentHistory, job: Job | None
) -> EspNow | tuple[str, ...]:
    at = workspace.clock() if test is None else test.taken_at
    equipped = held.at(at)
    equipment, fluid = equipped.equipment, part_of(equipped.equipment, "fluid")
    missing, curve, stages, during = [] if test else ["flow_test"], None, 0.0, None
    try:
        curve, stages = flow.pump_at(workspace, well, equipped)
        missing += [] if curve else ["pump"]
    except KnownError as error:
        missing.append(error.code)
    if test is not None:
        hours = flow.hours_of(workspace, well, test, job)
        unread = flow.not_read(hours)
        missing += [f"reading_{code}" for code in unread]
        if curve is not None:
            during = flow.during_test(hours, test, curve, stages, fluid)
        missing += ["readings"] if curve and during is None and not unread else []
    cut = taken.cut_of(test)
    reservoir = flow.reservoir_pressure(workspace, well, at, equipment, taken.liquid_density(cut, fluid))
    if reservoir is None:
        missing.append("reservoir_pressure")
    elif during is not None and reservoir <= during.intake_pa:
        missing.append("reservoir_under_intake")
    if missing or test is None or curve is None or during is None or reservoir is None:
        return tuple(missing)
    start, stop = flow.window_us(test)
    read = medians(
        workspace,
        well,
        ("wellhead_pressure", "line_pressure", "motor_temperature", "intake_temperature"),
        start,
        stop,
    )
    line = read.get("line_pressure", test.line_pressure_pa)
    head = read.get("wellhead_pressure", taken.LINE_OVER_PA + (line or 0.0))
    bubble, rate = _bubble_pa(workspace, well), test.liquid_m3_per_s
    at_hz = curve.at_frequency(during.frequency_hz)
    given = (during.discharge_pa - during.intake_pa) / (during.density * STANDARD_GRAVITY)
    factor = given / max(float(at_hz.head_at(rate)) * stages, 1e-9)
    return EspNow(
        EspKnobs(during.frequency_hz, head, stages),
        curve,
        factor,
        during.density,
        rate,
        during.discharge_pa,
        through(
            rate=rate,
            intake_pa=during.intake_pa,
            reservoir_pa=reservoir,
            bubble_pa=bubble,
            water_cut=cut,
        ),
        (1 - cut) * taken.oil_density(fluid),
        line,
        bubble,
        line_power_w(workspace, well, start, stop),
        number_of(equipment, "rated_power_w"),
        read.get("motor_temperature"),
        read.get("intake_temperature"),
        number_of(part_of(equipment, "esp"), "motor_temperature_limit_k"),
    )


def _of_the_card(analysis: CardAnalysis, matched: twin.Twin | None) -> list[str]:
    """What of the newest card keeps the well from being reckoned with."""
    if analysis.lines is None or analysis.intake is None or analysis.rest is None or matched is None:
        return ["pump_card"]
    return [] if analysis.intake.possible else ["intake_pressure"]


def _rods(
    workspace: Workspace, well: Well, test: FlowTest | None, held: EquipmentHistory
) -> RodNow | tuple[str, ...]:
    missing, analysis, matched = [] if test else ["flow_test"], None, None
    card = card_store.last(workspace.store, well.id)
    if card is None:
        missing.append("card")
    else:
        try:
            analysis, _ = cards.diagnosed(cards.analyse_stored(workspace, card))
            matched = None if analysis.measures["net_stroke_m"] is None else twin.match(analysis)
            missing += _of_the_card(analysis, matched)
        except KnownError as error:
            missing.append(error.code)
    at = workspace.clock() if card is None else card.taken_at
    rest = None if analysis is None else analysis.rest
    standing = held.at(at).equipment
    told = taken.liquid_density(taken.cut_of(test), part_of(standing, "fluid"))
    density = told if rest is None else rest.density
    reservoir = flow.reservoir_pressure(workspace, well, at, standing, density)
    intake = None if analysis is None else analysis.intake
    if reservoir is None:
        missing.append("reservoir_pressure")
    elif intake is not None and intake.possible and reservoir <= intake.pressure_pa:
        missing.append("reservoir_under_intake")
    if missing or test is None or analysis is None or matched is None or reservoir is None or intake is None:
        return tuple(missing)
    cut = taken.cut_of(test)
    rate = test.liquid_m3_per_s
    displaced = needed_number(analysis.measures, "pump_displacement_m3_per_s")
    start, stop = flow.window_us(test)
    return RodNow(
        RodKnobs(matched.knobs.strokes_per_minute, matched.knobs.stroke_m, matched.knobs.plunger_diameter_m),
        replace(matched, intake_pressure_pa=max(matched.intake_pressure_pa, 0.0)),
        through(
            rate=rate,
            intake_pa=intake.pressure_pa,
            reservoir_pa=reservoir,
            bubble_pa=_bubble_pa(workspace, well),
            water_cut=cut,
        ),
        min(rate / max(displaced, 1e-9), 1.0),
        density,
        (1 - cut) * taken.oil_density(flow.fluid_of(held, test)),
        line_power_w(workspace, well, start, stop),
        number_of(analysis.measures, "polished_rod_power_w") or 0.0,
        number_of(analysis.card.bore.unit, "beam_rating_n"),
    )

"""The last dynamogram: surface and pump card, and its figures."""

import numpy as np

from app.analysis.cards.figures import CardAnalysis
from app.core.texts import Speaker
from app.reports.blocks import Block, Chart, Heading, Pairs, Paragraph, Pen
from app.reports.collect import Section, WellFacts

# measure → quantity it is shown in
SHOWN = {
    "surface_stroke_m": "length", "peak_polished_rod_load_n": "load", "minimum_polished_rod_load_n": "load",
    "polished_rod_power_w": "power", "gross_stroke_m": "length", "net_stroke_m": "length", "fillage": "ratio",
    "fluid_load_n": "load", "pump_intake_pressure_pa": "pressure", "pump_discharge_pressure_pa": "pressure",
    "fluid_above_pump_m": "length", "inferred_liquid_m3_per_d": "rate_per_day", "buoyant_rod_weight_n": "load",
    "pump_power_w": "power", "system_efficiency": "ratio", "leakage_m3_per_d": "rate_per_day", "beam_load_fraction": "ratio",
}  # fmt: skip


def figures(analysis: CardAnalysis, speaker: Speaker) -> list[tuple[str, str]]:
    """(name, value) of every measure that this card gave; the Cards page shows the same list."""
    items = []
    for key, quantity in SHOWN.items():
        value = analysis.measures[key]
        if value is None:
            continue
        if quantity == "rate_per_day":
            value, quantity = value / 86_400, "rate"
        items.append((speaker.say(f"measure.{key}"), speaker.quantity(value, quantity)))
    gearbox = analysis.measures["gearbox"]
    if gearbox is not None:
        items.append((speaker.say("measure.gearbox"), speaker.quantity(gearbox["peak_torque_n_m"], "torque")))
        if gearbox["load_fraction"] is not None:
            items.append((speaker.say("measure.gearbox_fraction"), speaker.quantity(gearbox["load_fraction"], "ratio", digits=0)))  # fmt: skip
    for number, rod in enumerate(analysis.measures["rods"] or [], 1):
        if rod["goodman_fraction"] is not None:
            items.append((speaker.say("measure.goodman", number=number), speaker.quantity(rod["goodman_fraction"], "ratio", digits=0)))  # fmt: skip
    return items


def make(facts: WellFacts, speaker: Speaker) -> list[Block]:
    if facts.well.lift != "srp":
        return []
    heading = Heading(speaker.say("section.card"))
    card, analysis = facts.card, facts.card_analysis
    if card is None or analysis is None:
        return [heading, Paragraph(speaker.say("section.no_card"), muted=True)]
    length, load = speaker.units.unit("length"), speaker.units.unit("load")

    def pen(name: str, x: np.ndarray, y: np.ndarray, style: int) -> Pen:
        return Pen(name, length.from_si(np.r_[x, x[0]]), load.from_si(np.r_[y, y[0]]), style)

    pens = [pen(speaker.say("card.surface"), analysis.clean.position_m, analysis.clean.load_n, 0)]
    levels = []
    if analysis.pump is not None and analysis.lines is not None:
        pens.append(pen(speaker.say("card.pump"), analysis.pump.position_m, analysis.pump.load_n, 1))
        levels = [(float(load.from_si(analysis.lines.upper_n)), speaker.say("card.upper_line")),
                  (float(load.from_si(analysis.lines.lower_n)), speaker.say("card.lower_line"))]  # fmt: skip
    caption = speaker.say("section.card_taken", at=card.taken_at, speed=card.strokes_per_minute)
    chart = Chart(
        caption, f"{speaker.say('axis.position')}, {length.label(speaker.language)}",
        f"{speaker.say('axis.load')}, {load.label(speaker.language)}", tuple(pens), height_mm=75, levels=tuple(levels),
    )  # fmt: skip
    return [heading, chart, Pairs(tuple(figures(analysis, speaker)))]


SECTION = Section("card", make)

"""The dynamogram: surface and pump card over older ones, where the findings show, and its figures."""

from datetime import datetime

import numpy as np

from app.analysis.cards import marks
from app.analysis.cards.figures import CardAnalysis
from app.core.errors import KnownError
from app.core.setting import Setting
from app.core.texts import Speaker, with_unit
from app.core.units import Unit
from app.models.cards import PumpCard
from app.models.values import count_of, number_of, part_of, rows_of
from app.reports import record_words, wording
from app.reports.blocks import Block, Chart, Heading, Level, Pairs, Paragraph, Pen
from app.reports.collect import Options, Section, WellFacts

# measure → quantity it is shown in
SHOWN = {
    "surface_stroke_m": "length",
    "peak_polished_rod_load_n": "load",
    "minimum_polished_rod_load_n": "load",
    "polished_rod_power_w": "power",
    "gross_stroke_m": "length",
    "net_stroke_m": "length",
    "fillage": "ratio",
    "fluid_load_n": "load",
    "pump_intake_pressure_pa": "pressure",
    "pump_discharge_pressure_pa": "pressure",
    "fluid_above_pump_m": "length",
    "inferred_liquid_m3_per_s": "rate",
    "buoyant_rod_weight_n": "load",
    "pump_power_w": "power",
    "system_efficiency": "ratio",
    "leakage_m3_per_s": "rate",
    "beam_load_fraction": "ratio",
}
SURFACE, PUMP, EVIDENCE = 0, 1, 3


def figures(analysis: CardAnalysis, speaker: Speaker) -> list[tuple[str, str]]:
    """(name, value) of every measure that this card gave; the Cards page shows the same list."""
    items = []
    ranges = analysis.ranges
    for key, quantity in SHOWN.items():
        value = number_of(analysis.measures, key)
        if value is None:
            continue
        shown = speaker.quantity(value, quantity)
        if key in ranges:
            low, high = (speaker.bare(end, quantity) for end in ranges[key])
            shown = speaker.say("measure.with_range", value=shown, low=low, high=high)
        items.append((speaker.say(f"measure.{key}"), shown))
    if gearbox := part_of(analysis.measures, "gearbox"):
        peak, load = number_of(gearbox, "peak_torque_n_m"), number_of(gearbox, "load_fraction")
        items.append((speaker.say("measure.gearbox"), speaker.quantity(peak, "torque")))
        if load is not None:
            items.append(
                (
                    speaker.say("measure.gearbox_fraction"),
                    speaker.quantity(load, "ratio", digits=0),
                )
            )
    for number, rod in enumerate(rows_of(analysis.measures, "rods"), 1):
        if (share := number_of(rod, "goodman_fraction")) is not None:
            items.append(
                (
                    speaker.say("measure.goodman", number=number),
                    speaker.quantity(share, "ratio", digits=0),
                )
            )
    return items


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    heading = Heading(speaker.say("section.card"))
    card, analysis = facts.card, facts.analysis
    if facts.card_problem is not None:
        return [heading, Paragraph(wording.not_assessed_line(facts.card_problem, speaker))]
    if card is None or analysis is None:
        return [heading, Paragraph(speaker.say("section.no_card"), muted=True, nothing=True)]
    drawing = _Drawing(speaker.units.unit("length"), speaker.units.unit("load"))
    pens, spoiled = _older(facts, speaker, drawing, count_of(options, "history"))
    surface = PumpCard(analysis.clean.position_m, analysis.clean.load_n)
    pens.append(drawing.pen(speaker.say("card.surface"), surface, SURFACE))
    if analysis.pump is not None:
        pens.append(drawing.pen(speaker.say("card.pump"), analysis.pump, PUMP))
    places = marks.evidence_places(analysis, facts.findings)
    pens += [
        Pen(
            speaker.say("card.evidence") if i == 0 else "",
            drawing.length.from_si(place.position_m),
            drawing.load.from_si(place.load_n),
            EVIDENCE,
            wide=True,
        )
        for i, place in enumerate(places)
    ]
    levels = [
        Level(float(drawing.load.from_si(one.load_n)), speaker.say(one.code), serious=one.serious)
        for one in marks.load_levels(analysis)
    ]
    meets_m = marks.part_filled_m(analysis)
    if meets_m is not None:
        filled = (
            f"{speaker.say('measure.fillage')} "
            f"{speaker.quantity(number_of(analysis.measures, 'fillage'), 'ratio', digits=0)}"
        )
        levels.append(Level(float(drawing.length.from_si(meets_m)), filled, upright=True))
    caption = speaker.say("section.card_taken", at=card.taken_at, speed=card.strokes_per_minute)
    chart = Chart(
        caption,
        with_unit(speaker.say("axis.position"), speaker.unit("length")),
        with_unit(speaker.say("axis.load"), speaker.unit("load")),
        tuple(pens),
        height_mm=75,
        levels=tuple(levels),
    )
    blocks: list[Block] = [heading, chart, Pairs(tuple(figures(analysis, speaker)))]
    blocks.append(Paragraph(record_words.sources_line(facts.computed_with, speaker), muted=True))
    blocks += [
        Paragraph(wording.remark_line(remark.code, remark.details, speaker), muted=True)
        for remark in analysis.remarks
    ]
    blocks += [
        Paragraph(speaker.say("card.not_drawn", at=at, reason=speaker.error(reason)), muted=True)
        for at, reason in spoiled
    ]
    return blocks


class _Drawing:
    def __init__(self, length: Unit, load: Unit) -> None:
        self.length, self.load = length, load

    def pen(self, name: str, card: PumpCard, style: int, *, faint: bool = False) -> Pen:
        x, y = card.position_m, card.load_n
        return Pen(
            name, self.length.from_si(np.r_[x, x[0]]), self.load.from_si(np.r_[y, y[0]]), style, faint=faint
        )


def _older(
    facts: WellFacts, speaker: Speaker, drawing: _Drawing, count: int
) -> tuple[list[Pen], list[tuple[datetime, KnownError]]]:
    """Of the cards before this one, evenly over the period: how it came to be what it is; and those that
    cannot be drawn.
    """
    assert facts.card is not None
    before = [card for card in facts.cards if card.taken_at < facts.card.taken_at]
    chosen = (
        [
            before[i]
            for i in sorted(
                set(np.linspace(0, len(before) - 1, min(count, len(before))).round().astype(int).tolist())
            )
        ]
        if before and count
        else []
    )
    pens: list[Pen] = []
    spoiled: list[tuple[datetime, KnownError]] = []
    for card in chosen:
        outline = facts.sources.outline(card)
        if isinstance(outline, KnownError):
            spoiled.append((card.taken_at, outline))
            continue
        surface, pump = outline
        name = speaker.say("card.older", count=len(chosen)) if not pens else ""
        pens.append(drawing.pen(name, surface, SURFACE, faint=True))
        if pump is not None:
            pens.append(drawing.pen("", pump, PUMP, faint=True))
    return pens, spoiled


SECTION = Section(
    "card",
    make,
    lifts=("srp",),
    options=(
        Setting(
            "history",
            "int",
            4,
            "Прежних динамограмм",
            "Older cards",
            "Сколько прежних карт за период положить под последнюю.",
            "How many older cards of the period lie under the last one.",
            minimum=0,
            maximum=40,
        ),
    ),
)

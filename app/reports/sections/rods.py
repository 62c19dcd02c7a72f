"""The rod string: sections, their stress and how much of what is permitted they use."""

from app.core.texts import Speaker, with_unit
from app.reports.blocks import Block, Column, Heading, Paragraph, Table
from app.reports.collect import Options, Section, WellFacts


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    heading = Heading(speaker.say("section.rods"))
    analysis = facts.analysis
    if analysis is None or not analysis.measures["rods"]:
        return [heading, Paragraph(speaker.say("section.no_rods"), muted=True)]
    small, length, stress = (speaker.units.unit(key) for key in ("small_length", "length", "stress"))
    columns = (
        Column("№", "number"),
        Column(with_unit(speaker.say("rods.diameter"), speaker.unit("small_length")), "number", small.digits),
        Column(with_unit(speaker.say("rods.length"), speaker.unit("length")), "number", 0),
        Column(with_unit("σmax", speaker.unit("stress")), "number", stress.digits),
        Column(with_unit("σmin", speaker.unit("stress")), "number", stress.digits),
        Column(with_unit(speaker.say("rods.reduced"), speaker.unit("stress")), "number", stress.digits),
        Column(with_unit(speaker.say("rods.share"), speaker.unit("ratio")), "number", 0),
    )

    of = speaker.shown
    rows = tuple(
        (
            float(number),
            float(small.from_si(rod.diameter_m)),
            float(length.from_si(rod.length_m)),
            of(one["stress_max_pa"], "stress"),
            of(one["stress_min_pa"], "stress"),
            of(one["reduced_stress_pa"], "stress"),
            of(one["goodman_fraction"], "ratio"),
        )
        for number, (rod, one) in enumerate(
            zip(analysis.card.bore.rods, analysis.measures["rods"], strict=True), 1
        )
    )
    return [heading, Table(columns, rows)]


SECTION = Section("rods", make, lifts=("srp",))

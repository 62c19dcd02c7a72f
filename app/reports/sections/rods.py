"""The rod string: sections, their stress and how much of what is permitted they use."""

from app.core.texts import Speaker, with_unit
from app.models.values import needed_number, number_of, rows_of
from app.reports.blocks import Block, Column, Heading, Paragraph, Table
from app.reports.collect import Options, Section, WellFacts

STRESSES = 3
"""The columns from here on are of a card."""


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    heading = Heading(speaker.say("section.rods"))
    string = _string(facts)
    stresses = rows_of(facts.analysis.measures, "rods") if facts.analysis else []
    if not string:
        return [heading, _muted(speaker, "section.no_rods")]
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
            float(small.from_si(diameter_m)),
            float(length.from_si(length_m)),
            of(number_of(one, "stress_max_pa"), "stress"),
            of(number_of(one, "stress_min_pa"), "stress"),
            of(number_of(one, "reduced_stress_pa"), "stress"),
            of(number_of(one, "goodman_fraction"), "ratio"),
        )
        for number, ((diameter_m, length_m), one) in enumerate(
            zip(string, stresses or [{}] * len(string), strict=True), 1
        )
    )
    if stresses:
        return [heading, Table(columns, rows)]
    why = "section.rods_no_card" if facts.analysis is None else "section.rods_not_judged"
    return [heading, Table(columns[:STRESSES], tuple(row[:STRESSES] for row in rows)), _muted(speaker, why)]


def _muted(speaker: Speaker, code: str) -> Paragraph:
    return Paragraph(speaker.say(code), muted=True)


def _string(facts: WellFacts) -> list[tuple[float, float]]:
    """(diameter, length) from the top: of the card, or what is in the well where no card speaks of it."""
    if facts.analysis is not None and facts.analysis.card.bore.rods:
        return [(rod.diameter_m, rod.length_m) for rod in facts.analysis.card.bore.rods]
    kept = facts.installation.rods if facts.installation is not None else []
    return [(needed_number(rod, "diameter_m"), needed_number(rod, "length_m")) for rod in kept]


SECTION = Section("rods", make, lifts=("srp",))

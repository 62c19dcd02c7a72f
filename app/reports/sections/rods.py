"""The rod string: sections, their stress and how much of what is permitted they use."""

from app.core.texts import Speaker
from app.reports.blocks import Block, Heading, Table
from app.reports.collect import Section, WellFacts


def rows(facts: WellFacts, speaker: Speaker) -> list[tuple[str, ...]]:
    assert facts.card_analysis is not None
    analysis = facts.card_analysis
    return [
        (str(number), speaker.bare(rod.diameter_m, "small_length"), speaker.bare(rod.length_m, "length", digits=0),
         speaker.bare(stress["stress_max_pa"], "stress"), speaker.bare(stress["stress_min_pa"], "stress"),
         speaker.bare(stress["reduced_stress_pa"], "stress"), speaker.bare(stress["goodman_fraction"], "ratio", digits=0))
        for number, (rod, stress) in enumerate(zip(analysis.card.bore.rods, analysis.measures["rods"], strict=True), 1)
    ]  # fmt: skip


def make(facts: WellFacts, speaker: Speaker) -> list[Block]:
    if facts.card_analysis is None or not facts.card_analysis.measures["rods"]:
        return []
    header = (
        "№", f"{speaker.say('rods.diameter')}, {speaker.unit('small_length')}", f"{speaker.say('rods.length')}, {speaker.unit('length')}",
        f"σmax, {speaker.unit('stress')}", f"σmin, {speaker.unit('stress')}", f"{speaker.say('rods.reduced')}, {speaker.unit('stress')}",
        speaker.say("rods.used"),
    )  # fmt: skip
    return [
        Heading(speaker.say("section.rods")),
        Table(header, tuple(rows(facts, speaker)), (False, *(True,) * 6)),
    ]


SECTION = Section("rods", make)

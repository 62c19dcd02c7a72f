"""Energy of a tonne of liquid at the last flow test, against what lifting it takes."""

from app.core.texts import Speaker
from app.reports.blocks import Block, Heading, Pairs, Paragraph
from app.reports.collect import Options, Section, WellFacts


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    took = facts.energy
    title = Heading(speaker.say("section.energy"))
    if took.kwh_per_tonne is None:
        return [title, Paragraph(speaker.say("energy.unknown").capitalize() + ".", muted=True, nothing=True)]

    def number(value: float | None) -> str:
        return speaker.say("advice.number", value=value)

    pairs = [
        (speaker.say("energy.power"), speaker.quantity(took.power_w, "power")),
        (speaker.say("energy.day"), number(took.kwh_per_day)),
        (speaker.say("energy.per_tonne"), number(took.kwh_per_tonne)),
    ]
    if took.needed_kwh_per_tonne is not None:
        pairs.append((speaker.say("energy.lifting"), number(took.needed_kwh_per_tonne)))
    if took.efficiency is not None:
        pairs.append((speaker.say("energy.share"), speaker.quantity(took.efficiency, "ratio")))
    return [title, Pairs(tuple(pairs))]


SECTION = Section("energy", make)

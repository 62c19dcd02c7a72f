"""On how many days of the period chemicals were dosed."""

from app.core.texts import Speaker
from app.reports.blocks import Block, Heading, Paragraph
from app.reports.collect import Options, Section, WellFacts
from wellside_example import TEXTS

__all__ = ["SECTION", "TEXTS"]


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    found = facts.trends(("dosing_rate",))
    days = {int(t // 86_400_000_000) for _, trend in found for t in trend.time_us[trend.value > 0]}
    return [
        Heading(speaker.say("section.chemicals")),
        Paragraph(speaker.say("chemicals.days", days=len(days))),
    ]


SECTION = Section("chemicals", make)

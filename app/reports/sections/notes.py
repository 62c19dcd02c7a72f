"""What was written beside the charts in the period."""

from app.core.texts import Speaker
from app.reports.blocks import Block, Column, Heading, Paragraph, Table
from app.reports.collect import Options, Section, WellFacts


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    heading = Heading(speaker.say("section.notes"))
    found = facts.records("note")
    if not found:
        return [heading, Paragraph(speaker.say("section.no_notes"), muted=True, nothing=True)]
    columns = (
        Column(speaker.say("column.time"), "dated"),
        Column(speaker.say("column.note")),
        Column(speaker.say("column.author")),
    )
    return [
        heading,
        Table(
            columns,
            tuple(
                (
                    one.record.at,
                    str(one.record.values.get("text", "")),
                    str(one.record.values.get("author", "")),
                )
                for one in found
            ),
        ),
    ]


SECTION = Section("notes", make)

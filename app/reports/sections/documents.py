"""Documents of the period: acts, schemes, passports, with their files."""

from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.reports.blocks import Block, Column, Heading, Paragraph, Table
from app.reports.collect import Options, Section, WellFacts
from app.reports.record_words import choice_words


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    heading = Heading(speaker.say("section.documents"))
    found = facts.records("document")
    if not found:
        return [heading, Paragraph(speaker.say("section.no_documents"), muted=True, nothing=True)]
    kind = KINDS["document"].field("kind")
    columns = (
        Column(speaker.say("column.dated"), "day"),
        Column(speaker.say("column.kind")),
        Column(speaker.say("column.title")),
        Column(speaker.say("column.files")),
    )
    rows = tuple(
        (
            one.record.at,
            choice_words(kind, str(one.record.values.get("kind", "")), speaker),
            str(one.record.values.get("title", "")),
            ", ".join(file.name for file in one.files),
        )
        for one in found
    )
    return [heading, Table(columns, rows)]


SECTION = Section("documents", make)

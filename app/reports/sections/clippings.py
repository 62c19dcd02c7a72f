"""My report: what was taken from the pages by hand, in the order it was put."""

from app.core.texts import Speaker
from app.reports.blocks import Block, Heading, Paragraph
from app.reports.collect import Options, Section, WellFacts


def make(wells: tuple[WellFacts, ...], speaker: Speaker, options: Options) -> list[Block]:
    blocks: list[Block] = [Heading(speaker.say("section.clippings"), 1)]
    taken = wells[0].sources.clippings() if wells else ()
    if not taken:
        return [*blocks, Paragraph(speaker.say("section.no_clippings"), muted=True)]
    for clipping in taken:
        blocks += [
            Heading(clipping.caption),
            clipping.block,
            Paragraph(speaker.say("section.clipped_at", at=clipping.made_at), muted=True),
        ]
    return blocks


SECTION = Section("clippings", make_for_all=make)

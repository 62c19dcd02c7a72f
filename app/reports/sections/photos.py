"""Photos of the period: of teardowns, workovers, notes, tasks and documents, the newest first."""

from app.core.setting import Setting
from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.records import AttachedFile, FiledRecord
from app.reports.blocks import Block, Heading, Paragraph, Photo, Photos
from app.reports.collect import Options, Section, WellFacts
from app.reports.record_words import summary

OF = ("teardown", "workover", "task", "note", "document")
LONGEST = 120


def make(facts: WellFacts, speaker: Speaker, options: Options) -> list[Block]:
    heading = Heading(speaker.say("section.photos"))
    filed = [one for kind in OF for one in facts.records(kind)]
    found = [(one, file) for one in filed for file in one.files if file.is_photo]
    found.sort(key=lambda pair: pair[0].record.at, reverse=True)
    if not found:
        return [heading, Paragraph(speaker.say("section.no_photos"), muted=True, nothing=True)]
    most = int(str(options["most"]))
    printed, elsewhere = [], 0
    for one, file in found[:most]:
        content = facts.sources.photo(file)
        if content is None:
            elsewhere += 1
        else:
            printed.append(Photo(content, _caption(one, file, speaker)))
    blocks: list[Block] = [heading]
    if printed:
        blocks.append(Photos(tuple(printed)))
    left = len(found) - most
    if elsewhere:
        blocks.append(Paragraph(speaker.say("section.photos_elsewhere", count=elsewhere), muted=True))
    if left > 0:
        blocks.append(Paragraph(speaker.say("section.photos_more", count=left), muted=True))
    return blocks


def _caption(one: FiledRecord, file: AttachedFile, speaker: Speaker) -> str:
    kind = KINDS[one.record.kind].name(speaker.language)
    words = summary(one.record, speaker)
    said = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    return " · ".join(part for part in (speaker.day(one.record.at), kind, said or file.name) if part)


SECTION = Section(
    "photos",
    make,
    options=(
        Setting(
            "most",
            "int",
            8,
            "Не больше фотографий",
            "At most so many photos",
            "Самые новые; остальные остаются в программе.",
            "The newest ones; the others stay in the program.",
            minimum=1,
            maximum=40,
        ),
    ),
)

"""What a merge of two wells brings, in sentences: read before it is done."""

from __future__ import annotations

from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.merged_wells import Prospect


def lines(prospect: Prospect, speaker: Speaker) -> list[str]:
    """What goes into which well, what both have, who is seen where they differ, and the way back."""
    names = {"well": prospect.well.name, "into": prospect.into.name}
    readings = prospect.readings
    found = [speaker.say("merge.head", **names)]
    if readings.count:
        found.append(
            speaker.say(
                "merge.readings",
                count=readings.count,
                first=speaker.moment(readings.first),
                last=speaker.moment(readings.last),
            )
        )
    if readings.same or readings.other:
        found.append(speaker.say("merge.readings_met", same=readings.same, other=readings.other, **names))
    if prospect.cards:
        found.append(speaker.say("merge.cards", count=prospect.cards, same=prospect.cards_same))
    if prospect.tests:
        found.append(speaker.say("merge.tests", count=prospect.tests))
    if prospect.records:
        told = ", ".join(
            f"{KINDS[key].name(speaker.language)}: {count}" for key, count in prospect.records.items()
        )
        found.append(speaker.say("merge.records", told=told))
    if prospect.records_same or prospect.records_other:
        found.append(
            speaker.say("merge.records_met", same=prospect.records_same, other=prospect.records_other)
        )
    found += [speaker.say(code, **details) for code, details in prospect.doubts]
    return [*found, speaker.say("merge.way_back", **names)]

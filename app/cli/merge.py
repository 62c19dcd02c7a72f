"""Two wells that are one: `wellside merge`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.common import Json, Store, print_json, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it

if TYPE_CHECKING:
    from app.models.merged_wells import Prospect


@by_whoever_has_it
def merge(
    well: Annotated[str, typer.Argument(metavar="WELL", help="The well that goes into the other one.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The well that stays.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Make a merged WELL a well of its own again.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be merged, and change nothing.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Also where field or lift speak against it.")
    ] = False,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Merge two wells that are one: readings, cards, records, journal. Nothing is lost, it can be undone."""
    from app.reports.merge_words import lines
    from app.services.wells import merging as service

    if not undo and not into:
        raise typer.BadParameter("INTO is missing: the well that stays")
    with workspace_of(store) as workspace:
        speaker, before = speaker_of(workspace), service.relation(workspace)
        one = service.named(workspace, well)
        if undo:
            service.part(workspace, one)
            service.judge_again(workspace, before)
            said: dict[str, object] = {"well": one.name, "undone": True}
            told = [speaker.say("merge.parted", well=one.name)]
        else:
            other = service.named(workspace, into)
            prospect = service.look(workspace, one, other)
            told = lines(prospect, speaker)
            if not dry_run:
                service.merge(workspace, one, other, sure=force)
                service.judge_again(workspace, before)
                told.append(speaker.say("merge.done", well=one.name, into=other.name))
            said = {**_json(prospect), "merged": not dry_run}
    if as_json:
        print_json(said)
        return
    for line in told:
        print(line)


def _json(prospect: Prospect) -> dict[str, object]:
    from app.core.clock import iso

    readings = prospect.readings
    return {
        "well": prospect.well.name,
        "into": prospect.into.name,
        "readings": {
            "count": readings.count,
            "first": iso(readings.first) if readings.first else None,
            "last": iso(readings.last) if readings.last else None,
            "same": readings.same,
            "other_value": readings.other,
        },
        "cards": {"count": prospect.cards, "same": prospect.cards_same},
        "well_tests": prospect.tests,
        "records": {
            "count": prospect.records,
            "same": prospect.records_same,
            "other_value": prospect.records_other,
        },
        "doubts": [code for code, _ in prospect.doubts],
    }

"""Alarms without a window: `wellside alarms`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.common import Json, Store, print_json, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it
from app.core.plain import JsonObject

if TYPE_CHECKING:
    from app.core.texts import Speaker
    from app.models.alarms import Alarm


@by_whoever_has_it
def alarms(
    well: Annotated[str, typer.Argument(metavar="[WELL]", help="Only this well's.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Those too that are over and answered.")] = False,
    most: Annotated[int, typer.Option(min=1, max=100_000, help="No more than so many.")] = 500,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Hold the newest readings against the limits, and list the alarms that wait for somebody."""
    from app.models.alarms import STANDING, STATES
    from app.models.store import alarm_list, records
    from app.models.store.alarm_list import Wanted
    from app.services.alarms import looking
    from app.services.wells.finding import find_well

    with workspace_of(store) as workspace:
        one = find_well(workspace, well) if well else None
        if one is None:
            looking.look_at_all(workspace)
        else:
            looking.look(workspace, one)
        wanted = Wanted(STATES if every else STANDING, () if one is None else (int(one.id),), most=most)
        found = alarm_list.lines(workspace.store, wanted, workspace.clock())
        names = {int(each.id): each.name for each in records.wells(workspace.store)}
        speaker = speaker_of(workspace)
    if as_json:
        print_json([_json(each, names[each.well]) for each in found])
        return
    for each in found:
        print(_line(each, names[each.well], speaker))
    if not found:
        print(speaker.say("cli.no_alarms"))


def _line(one: Alarm, well: str, speaker: Speaker) -> str:
    from app.reports import alarm_words

    return speaker.say(
        "cli.alarm",
        well=well,
        what=alarm_words.title(one, speaker),
        state=alarm_words.state_words(one, speaker),
        at=one.raised_at or one.began_at,
        furthest=alarm_words.figure_words(one, one.furthest, speaker),
        limit=alarm_words.limit_words(one, speaker),
    )


def _json(one: Alarm, well: str) -> JsonObject:
    from app.core.clock import iso

    moments = {
        key: None if (moment := getattr(one, key)) is None else iso(moment)
        for key in ("began_at", "raised_at", "ended_at", "acknowledged_at", "shelved_until", "unknown_since")
    }
    figures = {
        key: getattr(one, key)
        for key in ("pen", "pen_name", "level", "state", "priority", "quantity", "acknowledged_by", "comment")
    }
    known = one.state != "not_found"
    return {
        "well": well,
        **figures,
        **moments,
        "furthest": one.furthest if known else None,
        "threshold": one.threshold if known else None,
    }

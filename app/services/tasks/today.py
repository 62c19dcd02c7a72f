"""The day of who works here: the wells where something is to be done, in the order of the way; what was found
there last time, what to take along, what is done already.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.clock import parse_time
from app.models.alarms import Waiting
from app.models.records import Record
from app.models.store import alarm_list, cards, records
from app.models.store import tasks as store
from app.models.values import text_of
from app.models.wells import Well
from app.services.records import entries
from app.services.tasks import listing, route
from app.services.tasks.listing import Task
from app.services.workspace import Workspace

AHEAD = timedelta(days=3)
"""What begins, or must be done, so soon is of today."""


@dataclass(frozen=True)
class Asked:
    """One thing to do, or done today. `last`: what was found of it last time; `last_at` without: when the
    last card was taken.
    """

    task: Task
    last: tuple[Record, ...] = ()
    last_at: datetime | None = None

    @property
    def is_done(self) -> bool:
        return self.task.state in ("done", "cannot")


@dataclass(frozen=True)
class Stop:
    well: Well
    asked: tuple[Asked, ...]

    @property
    def left(self) -> int:
        return sum(not one.is_done for one in self.asked)


@dataclass(frozen=True)
class Day:
    """`along`: what is done → how often, among what is left. `is_put`: somebody chose the order.
    `alarms`: the wells where some wait for somebody, as the way goes.
    """

    at: datetime
    stops: tuple[Stop, ...]
    along: tuple[tuple[str, int], ...] = ()
    is_put: bool = False
    alarms: tuple[tuple[Well, Waiting], ...] = ()

    @property
    def left(self) -> int:
        return sum(stop.left for stop in self.stops)

    @property
    def done(self) -> int:
        return sum(len(stop.asked) for stop in self.stops) - self.left


def day(workspace: Workspace, who: str = "") -> Day:
    """`who`: what is his, or nobody's; of everybody without. What an entry has done is closed first."""
    entries.close_tasks(workspace)
    now = workspace.clock()
    tasks = [task for task in listing.standing(workspace, who) if _is_of_today(task, now)]
    tasks += listing.closed_on(workspace, now, who)
    wells: dict[int, list[Task]] = {}
    for task in tasks:
        wells.setdefault(int(task.well.id), []).append(task)
    put = route.put(workspace)
    seen = {number: found[0].well for number, found in wells.items()}
    places = route.places(workspace)
    way = route.ordered(seen.values(), places, put)
    stops = tuple(Stop(well, tuple(_asked(workspace, task) for task in wells[int(well.id)])) for well in way)
    along = Counter(one.task.what for stop in stops for one in stop.asked if not one.is_done)
    waiting = alarm_list.by_well(workspace.store, now)
    alarmed = [well for well in records.wells(workspace.store) if int(well.id) in waiting]
    on_the_way = route.ordered(alarmed, places, put)
    return Day(
        now,
        stops,
        tuple(sorted(along.items())),
        any(well.key["uid"] in put for well in way),
        tuple((well, waiting[int(well.id)]) for well in on_the_way),
    )


def _is_of_today(task: Task, now: datetime) -> bool:
    due = task.record.until
    return task.record.at <= now + AHEAD and (due is None or due <= now + AHEAD or task.state == "taken")


def _asked(workspace: Workspace, task: Task) -> Asked:
    if task.what == "card":
        last = cards.last(workspace.store, int(task.well.id))
        return Asked(task, (), last.taken_at if last is not None else None)
    return Asked(task, store.last_found(workspace.store, task.what, int(task.well.id)))


def done_at(task: Task) -> datetime | None:
    told = text_of(task.record.values, "done_at")
    return parse_time(told) if told else None

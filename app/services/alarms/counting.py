"""How many alarms each well raised, by days of the field; which of its limits chatter, which alarms stand."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

import numpy as np

from app.analysis.alarms.counting import DAY_US, Day, by_day, chatters, stands
from app.core.clock import to_us
from app.core.order import natural
from app.models.sensors import SENSORS
from app.models.store import alarms as store
from app.models.store import records, trends
from app.models.wells import Well
from app.services.workspace import Workspace

WINDOW = timedelta(days=7)
Named = tuple[str, str, str]
"""A limit: pen, the rule's name, level."""


@dataclass(frozen=True)
class WellCount:
    well: Well
    today: int
    week: int
    most: Day | None
    chattering: tuple[Named, ...] = ()
    standing: tuple[Named, ...] = ()


@dataclass(frozen=True)
class Counted:
    """`days` are those of all wells that were asked for."""

    days: tuple[Day, ...]
    wells: tuple[WellCount, ...]

    @property
    def a_day(self) -> float:
        return sum(day.count for day in self.days) / WINDOW.days

    @property
    def most(self) -> Day | None:
        return max(self.days, key=lambda day: day.count, default=None)


def counted(workspace: Workspace, wells: tuple[int, ...] = ()) -> Counted:
    """Of the last seven days, who raised most first; wells that raised nothing and have nothing standing are
    left out. Of all wells without `wells`.
    """
    now = workspace.clock()
    today_us = to_us(workspace.settings.zone().midnight(now))
    since = now - WINDOW
    every = {int(well.id): well for well in records.wells(workspace.store)}
    # What was found of a well before it went into another one is found there now.
    found = [one for one in store.raised(workspace.store, since, list(wells)) if one.well in every]
    series = chain.from_iterable(trends.series_of_all(workspace.store).values())
    steps = {(one.well, one.sensor): one.step_s for one in series}
    chattering: dict[int, list[Named]] = defaultdict(list)
    raised: dict[int, list[np.ndarray]] = defaultdict(list)
    for one in found:
        raised[one.well].append(one.raised_us)
        sensor = SENSORS[one.pen].number if one.pen in SENSORS else -1
        if chatters(one.raised_us, steps.get((one.well, sensor), 0.0)):
            chattering[one.well].append((one.pen, one.pen_name, one.level))
    standing: dict[int, list[Named]] = defaultdict(list)
    for well, pen, pen_name, level, raised_us, known_us in store.lasting(workspace.store):
        if (not wells or well in wells) and stands(raised_us, known_us):
            standing[well].append((pen, pen_name, level))
    ahead_us = -today_us % DAY_US
    counts = []
    for number in sorted((raised.keys() | standing.keys()) & every.keys()):
        moments = np.concatenate([np.empty(0, np.int64), *raised[number]])
        days = by_day(moments, ahead_us)
        counts.append(
            WellCount(
                every[number],
                int((moments >= today_us).sum()),
                len(moments),
                max(days, key=lambda day: day.count, default=None),
                tuple(chattering[number]),
                tuple(standing[number]),
            )
        )
    of_all = by_day(np.concatenate([np.empty(0, np.int64), *(one.raised_us for one in found)]), ahead_us)
    return Counted(tuple(of_all), tuple(sorted(counts, key=lambda one: (-one.week, natural(one.well.name)))))

"""Fetches a window of the alarms and what they come to; does what people do about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.core.jobs import Job
from app.models.alarms import Alarm
from app.models.changes import Changed
from app.models.records import Record
from app.models.store import alarm_list, records
from app.models.store.alarm_list import Wanted
from app.models.wells import Well
from app.services.alarms import acting, counting
from app.services.alarms.counting import Counted
from app.services.workspace import Workspace
from app.views.alarms.alarming import CHANGES
from app.views.context import Context
from app.views.when_seen import WhenSeen

PAGE = 500
AGE_MS = 60_000
"""So often what is not known any more, and what comes off its shelf, is looked for."""
Done = tuple[list[Record], Changed]


@dataclass(frozen=True)
class Fetched:
    """A window of the list; `counts` are those of the whole one, by state."""

    lines: list[Alarm]
    counts: dict[str, int]
    wells: dict[int, Well]
    counted: Counted

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def _fetch(job: Job, workspace: Workspace, wanted: Wanted, most: int) -> Fetched:
    now, store = workspace.clock(), workspace.store
    lines, counts = alarm_list.listed(store, replace(wanted, most=most), now)
    wells = {int(well.id): well for well in records.wells(store)}
    return Fetched(lines, counts, wells, counting.counted(workspace, _asked(wanted, wells)))


def _asked(wanted: Wanted, wells: dict[int, Well]) -> tuple[int, ...]:
    """The wells that are asked for; none for all."""
    if wanted.wells or wanted.pad is None:
        return wanted.wells
    here = (
        number for number, one in wells.items() if (one.field_name, one.pad) == (wanted.field, wanted.pad)
    )
    return tuple(here) or (-1,)


def _acknowledge(job: Job, workspace: Workspace, alarms: list[Alarm], comment: str) -> Done:
    return _said(acting.acknowledge(workspace, alarms, comment, job))


def _shelve(job: Job, workspace: Workspace, alarms: list[Alarm], until: datetime, comment: str) -> Done:
    return _said(acting.shelve(workspace, alarms, until, comment, job))


def _unshelve(job: Job, workspace: Workspace, alarms: list[Alarm]) -> Done:
    return _said(acting.unshelve(workspace, alarms, job))


def _take_back(job: Job, workspace: Workspace, acts: list[str]) -> Done:
    return [], _of(set(acting.take_back(workspace, acts)))


def _said(done: list[Record]) -> Done:
    return done, _of({one.well_id for one in done})


def _of(wells: set[int]) -> Changed:
    return Changed(wells.pop() if len(wells) == 1 else None, frozenset({acting.KIND}))


class AlarmsPresenter(QObject):
    ready = Signal(Fetched)
    acted = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self.wanted, self.most = Wanted(), PAGE
        self._last: list[str] = []
        self.seen = WhenSeen(page, self._load)
        self._ages = QTimer(self, interval=AGE_MS)
        self._ages.timeout.connect(self.seen.wanted)
        self._ages.start()
        context.changed.connect(self._changed)

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        if change.concerns(None, CHANGES):
            self.seen.wanted()

    @Slot()
    def _load(self) -> None:
        self._context.runner.start(
            _fetch,
            self._context.workspace,
            self.wanted,
            self.most,
            lane="store",
            purpose="alarms",
            done=self.ready,
        )

    def want(self, wanted: Wanted) -> None:
        """Another list, from its beginning."""
        if wanted != self.wanted:
            self.wanted, self.most = wanted, PAGE
            self.seen.wanted()

    @Slot()
    def more(self) -> None:
        self.most += PAGE
        self.seen.wanted()

    def acknowledge(self, alarms: list[Alarm], comment: str) -> None:
        self._act(_acknowledge, alarms, comment)

    def shelve(self, alarms: list[Alarm], hours: float, comment: str) -> None:
        until = self._context.workspace.clock() + timedelta(hours=hours)
        self._act(_shelve, alarms, until, comment)

    def unshelve(self, alarms: list[Alarm]) -> None:
        self._act(_unshelve, alarms)

    @property
    def may_take_back(self) -> bool:
        return bool(self._last)

    @Slot()
    def take_back(self) -> None:
        """What was done last on this page, all of it."""
        if self._last:
            self._act(_take_back, self._last)

    def _act(self, work: Callable[..., Done], *given: object) -> None:
        self._context.runner.start(work, self._context.workspace, *given, lane="journal", done=self._done)

    @Slot(object)
    def _done(self, answer: Done) -> None:
        done, change = answer
        self._last = [one.id for one in done]
        self.acted.emit()
        self._context.changed.emit(change)

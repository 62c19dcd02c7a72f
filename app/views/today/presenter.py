"""Fetches the day of who works here, keeps the order of the way, does what the buttons say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.core.errors import KnownError
from app.core.files import hand_over
from app.core.jobs import Job
from app.models.changes import ALARMS, CARDS, FINDINGS, WELLS, Changed
from app.models.records import Record
from app.services.centre.people import author_of
from app.services.records.fulfilling import DOES
from app.services.tasks import listing, route, ruling, sheet, today
from app.services.tasks.today import Day
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.when_seen import WhenSeen

READS = frozenset({"task", *DOES, "location", WELLS, FINDINGS, CARDS, ALARMS, "alarm_act"})


def _fetch(job: Job, workspace: Workspace, mine: bool) -> tuple[Day, KnownError | None]:
    """With what the site's rules ask for by now; a rule that nobody understands is told and stops nothing."""
    wrong = None
    try:
        ruling.make(workspace, job)
    except KnownError as error:
        wrong = error
    return today.day(workspace, author_of(workspace) if mine else ""), wrong


def _put(job: Job, workspace: Workspace, uids: list[str]) -> None:
    route.remember(workspace, uids)


def _take(job: Job, workspace: Workspace, task: Record) -> Changed:
    return Changed.of(listing.take(workspace, task))


def _do(job: Job, workspace: Workspace, task: Record) -> Changed:
    return Changed.of(listing.do(workspace, task))


def _refuse(job: Job, workspace: Workspace, task: Record, why: str) -> Changed:
    return Changed.of(listing.refuse(workspace, task, why))


def _paper(job: Job, workspace: Workspace, day: Day, is_report: bool, mine: bool) -> tuple[str, bytes]:
    who = author_of(workspace) if mine else ""
    made = (sheet.report if is_report else sheet.sheet)(workspace, day, who)
    return sheet.file_name(made), sheet.render(workspace, made)


def _write(job: Job, path: Path, content: bytes) -> Path:
    return hand_over(path, content)


class TodayPresenter(QObject):
    ready = Signal(Day)
    rule_wrong = Signal(str)  # empty when all are understood
    paper_ready = Signal(str, bytes)
    written = Signal(Path)

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self.mine = context, False
        self.seen = WhenSeen(page, self._load)
        context.changed.connect(self._changed)

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        if change.concerns(None, READS):
            self.seen.wanted()

    @Slot()
    def _load(self) -> None:
        self._context.runner.start(
            _fetch, self._context.workspace, self.mine, lane="journal", purpose="today", done=self._fetched
        )

    @Slot(object)
    def _fetched(self, answer: tuple[Day, KnownError | None]) -> None:
        day, wrong = answer
        self.rule_wrong.emit("" if wrong is None else self._context.speaker.error(wrong))
        self.ready.emit(day)

    def show_mine(self, mine: bool) -> None:
        self.mine = mine
        self.seen.wanted()

    @Slot(list)
    def put(self, uids: list[str]) -> None:
        self._context.runner.start(
            _put, self._context.workspace, uids, lane="journal", purpose="way", done=self._was_put
        )

    @Slot(object)
    def _was_put(self, *_: object) -> None:
        self.seen.wanted()

    def take(self, task: Record) -> None:
        self._become(_take, task)

    def do(self, task: Record) -> None:
        self._become(_do, task)

    def refuse(self, task: Record, why: str) -> None:
        self._become(_refuse, task, why)

    def _become(self, work: Callable[..., Changed], task: Record, *more: str) -> None:
        self._context.runner.start(
            work,
            self._context.workspace,
            task,
            *more,
            lane="journal",
            done=self._context.changed,
        )

    def make_paper(self, day: Day, *, is_report: bool) -> None:
        title = self._context.speaker.say("job.report")
        self._context.runner.start(
            _paper,
            self._context.workspace,
            day,
            is_report,
            self.mine,
            purpose="paper of the day",
            title=title,
            done=self._made,
        )

    @Slot(object)
    def _made(self, answer: tuple[str, bytes]) -> None:
        self.paper_ready.emit(*answer)

    def write(self, path: Path, content: bytes) -> None:
        self._context.runner.start(_write, path, content, done=self.written)

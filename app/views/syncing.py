"""The sync while the window is open: by itself when there is a connection, at once after an entry, and never
in anybody's way.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.clock import utc_now
from app.core.declared_settings import SETTINGS
from app.core.errors import KnownError
from app.core.jobs import Job, Progress
from app.core.notices import Notice, Severity
from app.models.entries import State
from app.services.workspace import Workspace
from app.views.tasks import Task, TaskRunner

if TYPE_CHECKING:
    from app.services.centre.sync import Outcome

FIRST_MS, SOON_MS = 2_000, 800
COMPARE_EVERY = timedelta(minutes=15)


class SyncState(StrEnum):
    OFF = "off"
    PAUSED = "paused"
    OFFLINE = "offline"
    SYNCING = "syncing"
    UP_TO_DATE = "up_to_date"
    ATTENTION = "attention"
    IDLE = "idle"


def _sync(job: Job, workspace: Workspace, compare: bool) -> Outcome:
    from app.services.centre import sync  # the network's libraries are loaded by the first sync

    return sync.run(job, workspace, compare=compare)


def told_of_difference(mended: bool, what: str) -> str:
    """The sentence of what differed between here and the centre."""
    code = "notice.sync_mended" if mended else "notice.sync_differs"
    return code if what == "readings" else f"{code}_{what}"


class Syncing(QObject):
    """Lives as long as the window, whatever is built anew inside it."""

    changed = Signal()
    progressed = Signal(Progress)
    arrived = Signal(bool)  # something came; whether more than readings
    journal_moved = Signal()  # from any thread
    setting_moved = Signal(str)  # from any thread

    def __init__(self, workspace: Workspace, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._runner = workspace, runner
        self.last: Outcome | None = None
        self.last_good: datetime | None = None
        self._task: Task | None = None
        self._paused = False
        self._hurry_ms = 0
        self._compared: datetime | None = None
        self._told_refused = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._due)
        self.journal_moved.connect(self._entry_made)
        self.setting_moved.connect(self._setting_changed)
        self._stop_listening = [
            workspace.journal.on_change(self.journal_moved.emit),
            workspace.settings.on_change(self.setting_moved.emit),
        ]
        self._timer.start(FIRST_MS)

    # ---- how it stands -------------------------------------------------------------------------------------

    @property
    def is_set_up(self) -> bool:
        return bool(self._workspace.settings["centre_url"] or self._workspace.settings["clickhouse_url"])

    @property
    def state(self) -> SyncState:
        if not self.is_set_up:
            return SyncState.OFF
        if self._task is not None:
            return SyncState.SYNCING
        if self._paused:
            return SyncState.PAUSED
        if self.last is None:
            return SyncState.IDLE
        if self.last.problems:
            return (
                SyncState.OFFLINE
                if all(one["retry"] for one in self.last.problems.values())
                else SyncState.ATTENTION
            )
        return SyncState.ATTENTION if self.needs_a_person else SyncState.UP_TO_DATE

    @property
    def needs_a_person(self) -> int:
        """Entries that were refused or are in conflict."""
        counts = self._workspace.journal.counts()
        return counts.get(State.QUARANTINED, 0) + counts.get(State.CONFLICT, 0)

    @property
    def running(self) -> bool:
        return self._task is not None

    @property
    def hurried(self) -> bool:
        return self._hurry_ms > 0

    @property
    def paused(self) -> bool:
        return self._paused

    # ---- what a person does --------------------------------------------------------------------------------

    @Slot()
    def sync_now(self) -> None:
        """Also compares the sums of both sides."""
        self._compared = None
        self._start()

    def pause(self, on: bool) -> None:
        self._paused = on
        if on:
            self.cancel()
        else:
            self._timer.start(0)
        self.changed.emit()

    @Slot()
    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def hurry(self, on: bool) -> None:
        """Somebody follows live readings: the centre is asked as often as the chart looks."""
        self._hurry_ms = int(1000 * self._workspace.settings["live_interval_s"]) if on else 0
        if on:
            self._timer.start(0)

    def stop(self) -> None:
        self._timer.stop()
        for stop in self._stop_listening:
            stop()
        self._stop_listening = []
        self.cancel()

    # ---- by itself -----------------------------------------------------------------------------------------

    @Slot()
    def _entry_made(self) -> None:
        self.changed.emit()
        if self._may_start() and self._task is None and self._fresh():
            left = self._timer.remainingTime() if self._timer.isActive() else SOON_MS
            self._timer.start(min(SOON_MS, max(left, 0)))

    def _fresh(self) -> bool:
        """Something was entered that no sync has tried yet."""
        return self._workspace.journal.counts().get(State.QUEUED, 0) > 0

    @Slot(str)
    def _setting_changed(self, key: str) -> None:
        if any(setting.key == key and setting.page == "sync" for setting in SETTINGS):
            self.last = None
            self._timer.start(SOON_MS)
            self.changed.emit()

    def _may_start(self) -> bool:
        return self.is_set_up and not self._paused and bool(self._workspace.settings["sync_auto"])

    @Slot()
    def _due(self) -> None:
        if self._may_start():
            self._start()

    def _start(self) -> None:
        if not self.is_set_up or self._task is not None:
            return
        compare = self._compared is None or utc_now() - self._compared > COMPARE_EVERY
        self._task = self._runner.start(
            _sync,
            self._workspace,
            compare,
            lane="network",
            purpose="sync",
            done=self._done,
            failed=self._failed,
        )
        self._task.progressed.connect(self._progressed)
        self._task.finished.connect(self._finished)
        if compare:
            self._compared = utc_now()
        self.changed.emit()

    @Slot(object)
    def _progressed(self, progress: Progress) -> None:
        self.progressed.emit(progress)

    @Slot()
    def _finished(self) -> None:
        self._task = None
        if self._may_start():
            self._timer.start(
                SOON_MS if self._fresh() and self.last is not None and self.last.good else self._pause_ms()
            )
        self.changed.emit()

    def _pause_ms(self) -> int:
        """A timer always runs while something waits: for the next look, or for the first entry's next try."""
        usual = self._hurry_ms or int(1000 * self._workspace.settings["sync_every_s"])
        waiting = self._workspace.journal.sending.next_try_at()
        if waiting is not None:
            left = int((waiting - self._workspace.clock()).total_seconds() * 1000)
            usual = min(usual, max(left, SOON_MS))
        return usual

    @Slot(object)
    def _done(self, outcome: Outcome) -> None:
        self.last = outcome
        if outcome.good:
            self.last_good = outcome.at
        refused = self.needs_a_person
        if refused > self._told_refused:
            self._workspace.notices.publish(
                Notice(Severity.WARNING, "notice.sync_attention", {"count": refused}, "sync page")
            )
        self._told_refused = refused
        if abs(outcome.skew_s) > 300:
            self._workspace.notices.publish(
                Notice(Severity.WARNING, "notice.sync_skew", {"minutes": round(abs(outcome.skew_s) / 60)})
            )
        for well, month, mended, what in outcome.differences:
            self._workspace.notices.publish(
                Notice(Severity.INFO, told_of_difference(mended, what), {"well": well, "month": month})
            )
        for code, count in (
            ("notice.sync_records_mended", outcome.records_mended),
            ("notice.sync_records_differ", outcome.records_differ),
        ):
            if count:
                self._workspace.notices.publish(Notice(Severity.INFO, code, {"count": count}))
        for code, names in (
            ("notice.sync_field_added", outcome.fields_added),
            ("notice.sync_field_taken", outcome.fields_taken),
        ):
            if names:
                self._workspace.notices.publish(Notice(Severity.INFO, code, {"fields": names}))
        if outcome.changed:
            self.arrived.emit(bool(outcome.changes or outcome.cards or outcome.evicted))

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, KnownError):
            self._runner.failed.emit(error)

"""Updates while the window is open: looked for by the clock, fetched behind the work, in force at the next
start.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from app.core import installed
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.core.version import program_version
from app.services.manual import NEWS
from app.services.workspace import Workspace
from app.views.tasks import TaskRunner

if TYPE_CHECKING:
    from app.services.updates.looked import Looked

LOG = logging.getLogger("wellside")
UP_MS, FIRST_MS, EVERY_MS = 5_000, 60_000, 6 * 3_600_000
"""When a window that is shown counts as one that works; when the feed is looked at, and how often."""


def of_other_version() -> Notice:
    """What is told when another version ran before this one."""
    given_up = installed.gave_up()
    if given_up:
        said = {"version": given_up, "running": program_version()}
        return Notice(Severity.WARNING, "notice.update_given_up", said)
    return Notice(Severity.INFO, "notice.updated", {"version": program_version()}, NEWS)


class Updating(QObject):
    """Lives as long as the window. Does nothing in a program that nobody installed."""

    def __init__(self, workspace: Workspace, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._runner = workspace, runner
        self._told: set[str] = set()
        if installed.place() is None:
            return
        QTimer.singleShot(UP_MS, self, self._up)
        timer = QTimer(self, interval=EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()
        QTimer.singleShot(FIRST_MS, self, self.look)

    @Slot()
    def _up(self) -> None:
        self._runner.start(_confirm, lane="modules", purpose="update confirmed")

    @Slot()
    def look(self) -> None:
        settings = self._workspace.settings
        if settings["update_feed"] and settings["update_auto"] and not settings["metered"]:
            self._runner.start(
                _prepare,
                self._workspace,
                lane="network",
                purpose="update",
                done=self._prepared,
                failed=self._failed,
            )

    @Slot(object)
    def _prepared(self, looked: Looked) -> None:
        if looked.pending:
            self._tell(Notice(Severity.INFO, "notice.update_ready", {"version": looked.pending}))

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        """That there is no network is nothing to tell; that a feed is refused is told, once."""
        LOG.warning("update: %s", error)
        if isinstance(error, KnownError) and error.code != "update_feed_unreachable":
            self._tell(Notice(Severity.WARNING, f"error.{error.code}", dict(error.details)))

    def _tell(self, notice: Notice) -> None:
        told = f"{notice.code} {notice.details.get('version')}"
        if told not in self._told:
            self._told.add(told)
            self._workspace.notices.publish(notice)


def _confirm(_: Job) -> None:
    where = installed.place()
    if where is not None:
        installed.confirm(where)


def _prepare(job: Job, workspace: Workspace) -> Looked:
    from app.services.centre.connections import TOKEN
    from app.services.updates import updating  # the network's libraries are loaded by the first look

    return updating.prepare(job, workspace.settings, lambda: workspace.secrets.get(TOKEN))

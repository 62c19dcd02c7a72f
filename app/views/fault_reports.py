"""What the program kept of its own faults goes where IT wants it, and nowhere else."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Slot

from app.core.jobs import Job
from app.core.site import site
from app.services import fault_reports
from app.services.workspace import Workspace
from app.views.tasks import TaskRunner

LOG = logging.getLogger("wellside")
SEND_MS = 20_000
"""After the start: whoever opens the window waits for nothing of this."""


class FaultReports(QObject):
    """Lives as long as the window."""

    def __init__(self, workspace: Workspace, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._runner = workspace, runner
        if site().fault_reports:
            QTimer.singleShot(SEND_MS, self, self.send)

    @Slot()
    def send(self) -> None:
        self._runner.start(
            _send, self._workspace, lane="network", purpose="fault reports", failed=self._not_sent
        )

    @Slot(object)
    def _not_sent(self, error: BaseException) -> None:
        """There is no network, or nobody there: at the next start again."""
        LOG.warning("fault reports: %s", error)


def _send(_: Job, workspace: Workspace) -> int:
    settings = workspace.settings
    return fault_reports.send(workspace.paths, ca_file=settings["ca_file"], proxy=settings["proxy_url"])

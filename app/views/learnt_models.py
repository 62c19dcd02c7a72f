"""Models that the centre taught, while the window is open: fetched behind the work, in force once nobody
waits for anything, and taken back by one click.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.models.changes import Changed
from app.services.learnt import state as learnt
from app.services.workspace import Workspace
from app.views.tasks import TaskRunner

LOG = logging.getLogger("wellside")
FIRST_MS, EVERY_MS, AGAIN_MS = 90_000, 6 * 3_600_000, 5_000
"""When the centre is asked first and how often; how long to wait for work that is going on."""

BACK = "model back"


class LearntModels(QObject):
    """Lives as long as the window."""

    judged_anew = Signal(Changed)

    def __init__(self, workspace: Workspace, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._runner = workspace, runner
        self._told: set[str] = set()
        timer = QTimer(self, interval=EVERY_MS)
        timer.timeout.connect(self.look)
        timer.start()
        self._idle = QTimer(self, interval=AGAIN_MS)
        self._idle.timeout.connect(self._switch_when_idle)
        QTimer.singleShot(FIRST_MS, self, self.look)

    @Slot()
    def look(self) -> None:
        settings = self._workspace.settings
        from_centre = settings["model_feed"] == "centre"
        if settings["metered"] or not settings["model_feed"] or (from_centre and not settings["centre_url"]):
            return
        self._runner.start(
            _fetch,
            self._workspace,
            lane="network",
            purpose="models",
            done=self._fetched,
            failed=self._failed,
        )

    def back(self) -> None:
        self._runner.start(_back, self._workspace, lane="modules", purpose="model back", done=self._is_back)

    @Slot(object)
    def _fetched(self, state: learnt.State) -> None:
        for version, why in state.refused.items():
            self._tell(version, KnownError.of(str(why.get("code", "")), _details(why)))
        if state.fetched is not None:
            self._idle.start()

    @Slot()
    def _switch_when_idle(self) -> None:
        if not self._runner.busy:
            self._idle.stop()
            self._runner.start(_switch, self._workspace, lane="modules", purpose="model", done=self._switched)

    @Slot(object)
    def _switched(self, version: str) -> None:
        if version:
            said = {"version": version}
            self._workspace.notices.publish(Notice(Severity.INFO, "notice.model_switched", said, BACK))
            self._judge_anew()

    @Slot(object)
    def _is_back(self, version: str) -> None:
        said = {"version": version}
        self._workspace.notices.publish(Notice(Severity.DONE, "notice.model_back", said))
        self._judge_anew()

    def _judge_anew(self) -> None:
        """What the model before said of the wells is said no more."""
        self._runner.start(
            _diagnose_all,
            self._workspace,
            purpose="diagnose field",
            title=self._workspace.settings.speaker().say("job.diagnosing"),
            done=self.judged_anew,
        )

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        """That there is no network is nothing to tell."""
        LOG.warning("models: %s", error)
        if isinstance(error, KnownError) and error.code != "update_feed_unreachable":
            self._tell(error.code, error)

    def _tell(self, what: str, error: KnownError) -> None:
        if what not in self._told:
            self._told.add(what)
            notice = Notice(Severity.WARNING, f"error.{error.code}", dict(error.details))
            self._workspace.notices.publish(notice)


def _details(why: dict[str, object]) -> dict[str, object]:
    details = why.get("details")
    return dict(details) if isinstance(details, dict) else {}


def _fetch(job: Job, workspace: Workspace) -> learnt.State:
    from app.services.centre.connections import TOKEN
    from app.services.learnt import models  # the network's libraries are loaded by the first look

    return models.fetch(job, workspace.settings, workspace.paths, lambda: workspace.secrets.get(TOKEN))


def _switch(_: Job, workspace: Workspace) -> str:
    from app.services.learnt import models

    return models.switch(workspace.paths)


def _diagnose_all(job: Job, workspace: Workspace) -> Changed:
    from app.services.diagnosis import diagnose

    return diagnose.field_judged(job, workspace)


def _back(_: Job, workspace: Workspace) -> str:
    from app.services.learnt import models

    return models.back(workspace.paths)

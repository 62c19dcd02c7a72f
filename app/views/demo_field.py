"""The demo field, built in the background: each well can be opened as soon as it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.models.wells import Well
from app.services.demo import marks
from app.services.workspace import Workspace
from app.views.tasks import TaskRunner

if TYPE_CHECKING:
    from app.services.demo.removing import Leaving


def _build(job: Job, workspace: Workspace) -> None:
    from app.services.demo import building  # the simulators and the physics

    building.build(workspace, job)


def _look_at_leaving(job: Job, workspace: Workspace) -> Leaving:
    from app.services.demo import removing

    return removing.look(workspace)


def _remove(job: Job, workspace: Workspace) -> Leaving:
    from app.services.demo import removing

    return removing.remove(workspace, job)


def _look(job: Job, workspace: Workspace) -> tuple[bool, bool]:
    return marks.lacking(workspace.store), marks.unfinished(workspace.store)


class DemoField(QObject):
    """Lives as long as the window, whatever is built anew inside it."""

    started = Signal()
    well_ready = Signal(Well)  # usable now, or with all its days
    ended = Signal()  # done, cancelled or failed
    removed = Signal()

    def __init__(self, workspace: Workspace, runner: TaskRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.question: QMessageBox | None = None
        self._workspace, self._runner = workspace, runner
        self._wanted = False
        self._wells: set[int] = set()
        self.running = False

    def look(self, *, wanted: bool) -> None:
        """At the start of the window. Wanted: built, or gone on with, if something lacks. Not wanted: a demo
        field that was left half built is only told of.
        """
        self._wanted = wanted
        self._runner.start(_look, self._workspace, lane="store", purpose="look for demo", done=self._looked)

    @Slot(object)
    def _looked(self, found: tuple[bool, bool]) -> None:
        lacking, unfinished = found
        if self._wanted and lacking:
            self.build()
        elif unfinished:
            self._tell_of_the_rest()

    @Slot()
    def build(self) -> None:
        if self.running:
            return
        self.running = True
        self._wells.clear()
        task = self._runner.start(
            _build,
            self._workspace,
            purpose="demo",
            title=self._workspace.settings.speaker().say("job.demo_recent"),
            done=self._done,
        )
        task.partly.connect(self._one_more)
        task.finished.connect(self._ended)
        self.started.emit()

    @Slot(object)
    def _one_more(self, well: Well) -> None:
        self._wells.add(well.id)
        self.well_ready.emit(well)

    @Slot(object)
    def _done(self, nothing: None) -> None:
        self.running = False
        self._workspace.notices.publish(
            Notice(Severity.DONE, "notice.demo_ready", {"wells": len(self._wells)})
        )

    @Slot()
    def _ended(self) -> None:
        """After `_done`; alone when it was cancelled or has failed."""
        if self.running:
            self.running = False
            self._tell_of_the_rest()
        self.ended.emit()

    def _tell_of_the_rest(self) -> None:
        self._workspace.notices.publish(
            Notice(Severity.WARNING, "notice.demo_unfinished", action="go on with demo")
        )

    # ---- away again ----------------------------------------------------------------------------------------

    def ask_to_remove(self) -> None:
        """It cannot be undone: what goes is said before."""
        self._runner.start(_look_at_leaving, self._workspace, purpose="demo leaves", done=self._ask)

    @Slot(object)
    def _ask(self, leaving: Leaving) -> None:
        speaker = self._workspace.settings.speaker()
        self.question = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Remove the demo field"),
            speaker.say("demo.leaving", wells=len(leaving.wells), entries=leaving.entries),
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel,
            self._window,
        )
        self.question.button(QMessageBox.StandardButton.Yes).setText(self.tr("Remove"))
        self.question.button(QMessageBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        self.question.accepted.connect(self._remove)
        self.question.finished.connect(self.question.deleteLater)
        self.question.open()

    @Slot()
    def _remove(self) -> None:
        title = self._workspace.settings.speaker().say("job.demo_leaves")
        self._runner.start(_remove, self._workspace, purpose="demo", title=title, done=self._gone)

    @Slot(object)
    def _gone(self, leaving: Leaving) -> None:
        self._wells.clear()
        self._workspace.notices.publish(
            Notice(Severity.DONE, "notice.demo_removed", {"wells": len(leaving.wells)})
        )
        self.removed.emit()

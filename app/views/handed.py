"""Commands of other programs of the same user that the window does for them: it has the profile open."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.core.jobs import Job
from app.core.plain import JsonObject
from app.services.workspace import Workspace
from app.views.main_window import MainWindow

Told = JsonObject
Doing = Callable[[Workspace, Told], Told]


@dataclass
class Handed:
    request: Told
    answer: Future[Told] = field(default_factory=Future)


def _work(job: Job, do: Doing, workspace: Workspace, handed: Handed) -> None:
    try:
        handed.answer.set_result(do(workspace, handed.request))
    except BaseException as error:
        handed.answer.set_exception(error)
        raise


class HandedCommands(QObject):
    """Each is a job of the window like its own: shown while it runs, and its pages read anew after it."""

    _wanted = Signal(Handed)

    def __init__(self, window: MainWindow, workspace: Workspace, do: Doing) -> None:
        super().__init__(window)
        self._window, self._workspace, self._do = window, workspace, do
        self._wanted.connect(self._start, Qt.ConnectionType.QueuedConnection)

    def ask(self, request: Told) -> Told:
        """From any thread but the window's own: waits until it is done."""
        handed = Handed(request)
        self._wanted.emit(handed)
        return handed.answer.result()

    @Slot(Handed)
    def _start(self, handed: Handed) -> None:
        context = self._window.context
        name = str(handed.request.get("command", "")).rpartition(".")[2].strip("_")
        title = context.speaker.say("job.handed", command=name)
        context.runner.start(_work, self._do, self._workspace, handed, title=title, done=self._done)

    @Slot(object)
    def _done(self, nothing: object) -> None:
        self._window.context.everything_changed()

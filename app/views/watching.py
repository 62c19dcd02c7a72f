"""The watched folder while the window is open: what appears there is imported, and said."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from app.core.jobs import Job
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.importing import imported

if TYPE_CHECKING:
    from app.services.imports.watching import Taken, Watch

LOOK_MS = 3_000


class _Folder:
    """The Watch of one folder; made in the task, because it loads the parsers."""

    def __init__(self) -> None:
        self.path = ""
        self.watch: Watch | None = None

    def look(self, workspace: Workspace, path: str) -> list[Taken]:
        from app.services.imports.opening import ImportOptions
        from app.services.imports.watching import Watch

        if self.watch is None or self.path != path:
            self.path, self.watch = path, Watch(workspace, Path(path), ImportOptions())
        return self.watch.look()


def _look(job: Job, workspace: Workspace, folder: _Folder, path: str) -> list[Taken]:
    return folder.look(workspace, path)


class FolderWatch(QObject):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context, self._folder = context, _Folder()
        self._failed_path = ""
        self._looking = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        path = str(self._context.workspace.settings["watch_folder"])
        # A long import is not looked past: a second look would meet its file again.
        if path and path != self._failed_path and not self._looking:
            self._looking = True
            self._context.runner.start(
                _look, self._context.workspace, self._folder, path, done=self._taken, failed=self._failed
            )

    @Slot(object)
    def _taken(self, taken: list[Taken]) -> None:
        self._looking = False
        notices = self._context.workspace.notices
        for one in taken:
            if one.error is not None:
                notices.error(one.error)
            elif one.report is not None and one.report.id:
                notices.publish(imported(one.report))
        if taken:
            self._context.everything_changed()

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        """Said once; looked at again when the setting is another one."""
        self._looking = False
        self._failed_path = str(self._context.workspace.settings["watch_folder"])
        self._context.runner.failed.emit(error)

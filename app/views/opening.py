"""What the system hands over to be opened: a file, or a link that names a well (`wellside:well/103`).

A link comes from letters and web pages: it says what is looked at and does nothing else. A file goes the way
of one that was let go over the window.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QObject, Slot

from app.core.jobs import Job
from app.models.wells import Well
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from app.views.main_window import MainWindow

SCHEME = "wellside:"


def _find(job: Job, workspace: Workspace, name: str) -> Well:
    return find_well(workspace, name)


def well_of(link: str) -> str:
    """The name in `wellside:well/NAME`, as browsers write it, too; another link is its own name, which no
    well has.
    """
    kind, _, name = link.removeprefix(SCHEME).strip("/").partition("/")
    return unquote(name) if kind == "well" and name else link


class Opening(QObject):
    def __init__(self, window: MainWindow, workspace: Workspace) -> None:
        super().__init__(window)
        self._window, self._workspace = window, workspace
        self._link = ""

    @Slot(str)
    def open(self, handed: str) -> None:
        if not handed.startswith(SCHEME):
            self._window.importing.take([Path(handed)])
            return
        self._link = handed
        if self._window.context.well is not None:
            self._follow()
        else:  # the session's well comes first, and its page
            self._window.context.well_changed.connect(self._follow)
            self._window.tree.loaded.connect(self._none_there)

    @Slot(int)
    def _none_there(self, wells: int) -> None:
        if not wells:
            self._follow()

    @Slot()
    def _follow(self) -> None:
        link, self._link = self._link, ""
        if link:
            self._window.context.runner.start(
                _find, self._workspace, well_of(link), lane="store", purpose="link", done=self._found
            )

    @Slot(object)
    def _found(self, well: Well) -> None:
        self._window.context.choose_well(well)

"""Pages are made behind the window while nobody waits for it: the first look at one then finds it there."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from app.views.page_stack import PageStack
from app.views.pages import PAGES, is_loaded
from app.views.settling import settled
from app.views.slices import Slices
from app.views.tasks import TaskRunner

LOOK_MS = 250
QUIET_LOOKS = 8
"""So often in a row nothing was at work and nothing put off: the first page waits for two quiet seconds."""


class Ahead(QObject):
    """One page a look, as long as all is quiet; it goes with its stack. One that cannot be made ends it: it
    would be told with every look.
    """

    def __init__(self, stack: PageStack, runner: TaskRunner) -> None:
        super().__init__(stack)
        self._stack, self._runner, self._quiet = stack, runner, 0
        self._making = Slices(self)
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self._look)
        self._looks.start()

    @property
    def waits(self) -> bool:
        """Whether there is a page left that will be made."""
        return self._looks.isActive()

    @Slot()
    def _look(self) -> None:
        if not self._stack.made or not settled(self._runner):
            self._quiet = 0
            return
        self._quiet += 1
        lacking = [key for key in PAGES if key not in self._stack.made]
        if not lacking or self._making.broken:
            self._looks.stop()
        elif self._quiet >= QUIET_LOOKS and is_loaded(lacking[0]):
            self._making.begin(self._made(lacking[0]))

    def _made(self, key: str) -> Iterator[None]:
        """And dressed: a style sheet is half of what a first look costs."""
        page = self._stack.page(key)
        yield
        for widget in page.findChildren(QWidget):
            widget.ensurePolished()
            yield

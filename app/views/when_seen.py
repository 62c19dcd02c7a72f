"""What a page reads is read when somebody looks at it: a hidden page only remembers that it has to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QWidget

from app.views.settling import Soon


class WhenSeen(QObject):
    """Does `work` once, however often it was wanted: soon, or when the page is shown next. A page that was
    just made has it before it.
    """

    def __init__(self, page: QWidget, work: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._work = page, work
        self.waits = True
        self._soon = Soon(self)
        self._soon.timeout.connect(self._do)
        page.installEventFilter(self)

    @Slot()
    def wanted(self) -> None:
        self.waits = True
        if self._page.isVisible():
            self._soon.start()

    @Slot()
    def _do(self) -> None:
        if self.waits and self._page.isVisible():
            self.waits = False
            self._work()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.waits and event.type() == QEvent.Type.Show:
            self._soon.start()
        return False

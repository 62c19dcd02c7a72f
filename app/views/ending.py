"""The system asks the program to end: a shutdown, a log-out, Ctrl+C in its terminal. That is no crash, and
what stands in an open form is kept as it is by Esc.
"""

from __future__ import annotations

import os
import signal
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow

from app.views.settling import Soon

ASKED_BY = ("SIGTERM", "SIGINT", "SIGHUP") if os.name != "nt" else ()
"""Windows asks through Qt alone: the session ends."""
KEEPING_MS = 300
"""Drafts are written by then: what has not begun when the window ends is not begun any more."""


class Ending(QObject):
    """Python hears a signal when it next runs, and while nobody touches the window only Qt does: the signal
    wakes it through a pipe.
    """

    def __init__(self, window: QMainWindow, application: QApplication) -> None:
        super().__init__(window)
        self._window, self._application = window, application
        self._soon = Soon(self, KEEPING_MS)
        self._soon.timeout.connect(self._end)
        application.commitDataRequest.connect(self._session_ends)
        self._before = {name: signal.signal(getattr(signal, name), self._nothing) for name in ASKED_BY}
        if not self._before:
            return
        self._pipe = os.pipe()
        os.set_blocking(self._pipe[1], False)
        signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._pipe[0], QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._asked)

    @staticmethod
    def _nothing(number: int, frame: FrameType | None) -> None:
        """The pipe has said it."""

    @Slot()
    def _asked(self, *_: object) -> None:
        self._notifier.setEnabled(False)
        self._put_down()
        self._soon.start()

    def _put_down(self) -> None:
        """A form that asks once before it drops a change is answered by nobody: it is asked twice."""
        for dialog in self._application.topLevelWidgets() * 2:
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()

    @Slot(QSessionManager)
    def _session_ends(self, *_: object) -> None:
        """After this nothing may run any more."""
        self._put_down()
        self._window.close()

    @Slot()
    def _end(self) -> None:
        self._window.close()
        self._application.exit(0)

    def close(self) -> None:
        """As it was before; the next window hears for itself."""
        self._application.commitDataRequest.disconnect(self._session_ends)
        if not self._before:
            return
        signal.set_wakeup_fd(-1)
        for name, before in self._before.items():
            signal.signal(getattr(signal, name), before)
        self._notifier.setEnabled(False)
        for end in self._pipe:
            os.close(end)

"""When the window has done what it was asked for: no task runs and nothing is put off for a moment.

Work that is put off (the chart is still being dragged, more letters may be typed) waits in a `Soon`; whoever
has to wait for the window, a test or the picture taker, waits for these and for the tasks, never for a time.
"""

from __future__ import annotations

from weakref import WeakSet

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from app.views.tasks import TaskRunner

PATIENCE_MS = 60_000
"""Only who waits in vain waits so long: on a busy machine the first card alone takes ten seconds."""


class Soon(QTimer):
    """Fires once, `interval` ms after it was started last: what the window will still do by itself."""

    def __init__(self, parent: QObject, interval: int = 0) -> None:
        super().__init__(parent, singleShot=True, interval=interval)
        _every.add(self)


_every: WeakSet[Soon] = WeakSet()
"""To go through all that stands in the windows instead costs a twentieth of what is waited for."""


def settled(runner: TaskRunner) -> bool:
    return not runner.busy and not any(isValid(timer) and timer.isActive() for timer in list(_every))


def settle(application: QApplication, runner: TaskRunner, patience_ms: int = PATIENCE_MS) -> bool:
    """Handles events until all is settled and stays so over one more round of them; False when patience is
    over before.
    """
    over = QTimer(singleShot=True, interval=patience_ms)
    over.start()  # it also wakes the wait below
    quiet = False
    while over.isActive():
        application.processEvents()
        if settled(runner):
            if quiet:
                return True
            quiet = True
        else:
            quiet = False
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return False

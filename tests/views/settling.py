"""Waits until a window has come to rest: for what it waits for itself, and for no time besides."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.views.tasks import TaskRunner

PATIENCE_S = 60.0
# A single shot that comes sooner than this is part of what was just done (a chart that reads its window anew,
# a draft that is kept); one that comes later is another matter (a message that goes away).
SOON_MS = 500
STEP_S = 0.002


def settle(application: QApplication, runner: TaskRunner) -> bool:
    """No task at work, no event posted, no timer of the pages about to fire: twice in a row. False when that
    does not come.
    """
    deadline = time.monotonic() + PATIENCE_S
    quiet = 0
    while quiet < 2:
        if time.monotonic() > deadline:
            return False
        application.processEvents()
        if runner.busy or _due_soon(runner):
            quiet = 0
            time.sleep(STEP_S)
        else:
            quiet += 1
    return True


def _due_soon(runner: TaskRunner) -> bool:
    roots: list[QObject] = [runner, *QApplication.topLevelWidgets()]
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON_MS
        for root in roots
        for timer in root.findChildren(QTimer)
    )

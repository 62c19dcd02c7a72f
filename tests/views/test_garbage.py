"""A collection in a worker that took Qt objects with it froze the window: it must not happen there."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.jobs import Job
from app.views.tasks import TaskRunner


class Cyclic(QObject):
    moved = Signal(int)

    def __init__(self, died_in: list[int]) -> None:
        super().__init__()
        self.itself = self
        self.moved.connect(self._moved)
        self._died_in = died_in

    def _moved(self, value: int) -> None:
        self.value = value

    def __del__(self) -> None:
        self._died_in.append(threading.get_ident())


def _allocate(job: Job) -> int:
    """Far more than the thresholds of the automatic collection."""
    return sum(len([[], [], {}]) for _ in range(60_000)) + len([[i] for i in range(60_000)])


@pytest.mark.slow
def test_widgets_in_cycles_die_in_the_gui_thread_however_much_workers_allocate(qtbot: QtBot) -> None:
    died_in: list[int] = []
    runner = TaskRunner()
    for _ in range(8):
        for _ in range(200):
            Cyclic(died_in)
        runner.start(_allocate)
        runner.start(_allocate)
        QTest.qWait(60)
    qtbot.waitUntil(lambda: not runner.busy, timeout=5_000)
    runner.shutdown()
    gc.collect()
    assert len(died_in) == 1_600
    assert set(died_in) == {threading.get_ident()}
    assert gc.isenabled(), "when no worker is left the automatic collection is back"

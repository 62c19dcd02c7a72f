"""What has come and its painting are two turns of the loop; who never rests sees it painted all the same."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractEventDispatcher
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.views.painting import LATEST_S, PaintedApart


class Painted(QWidget):
    times = 0

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        self.times += 1


@pytest.fixture
def seen(qapp: QApplication) -> Iterator[Painted]:
    window = Painted()
    PaintedApart(window)
    window.show()
    for _ in range(4):
        qapp.processEvents()
    window.times = 0
    yield window
    window.close()
    window.deleteLater()


def test_what_changed_is_not_painted_in_the_turn_in_which_it_came(qapp: QApplication, seen: Painted) -> None:
    seen.update()
    qapp.sendPostedEvents()  # all that a turn has to do
    assert seen.times == 0
    qapp.processEvents()
    assert seen.times == 1


def test_several_changes_are_painted_once(qapp: QApplication, seen: Painted) -> None:
    for _ in range(3):
        seen.update()
        qapp.sendPostedEvents()
    for _ in range(3):
        qapp.processEvents()
    assert seen.times == 1


def test_it_is_painted_while_the_loop_never_rests(qapp: QApplication, seen: Painted) -> None:
    """Timers are run when nothing else is to be done: under a hand that drags they never were."""
    seen.update()
    qapp.sendPostedEvents()
    loop = QAbstractEventDispatcher.instance()
    loop.awake.emit()
    assert seen.times == 0
    time.sleep(1.5 * LATEST_S)
    loop.awake.emit()
    assert seen.times == 1

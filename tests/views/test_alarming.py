"""Readings are held against the limits behind the pages, and the pages hear what came of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.models.changes import ALARMS, Changed
from app.models.wells import Well
from app.views.alarms.alarming import Alarming

LIMITS = Changed(kinds=frozenset({"alarm_limit"}))
Done = Callable[[Changed | None], None]


class Runner:
    """Begins what it is asked for and ends it when the test says so."""

    def __init__(self) -> None:
        self.begun: list[Done] = []

    def start(self, work: object, *given: object, purpose: str, done: Done) -> None:
        self.begun.append(done)


class Window(QObject):
    changed, well_changed = Signal(Changed), Signal(Well)
    workspace = None

    def __init__(self) -> None:
        super().__init__()
        self.runner = Runner()


def test_what_a_broken_off_look_found_is_told_by_the_next_one(qapp: QApplication) -> None:
    window: Any = Window()
    alarming = Alarming(window)
    heard: list[Changed] = []
    window.changed.emit(LIMITS)
    window.changed.emit(LIMITS)
    window.changed.connect(heard.append)
    window.runner.begun[1](None)
    assert heard == [Changed(kinds=frozenset({ALARMS}))], "the first one had written what it found till then"
    window.changed.emit(LIMITS)
    window.runner.begun[2](None)
    assert heard[1:] == [LIMITS], "a whole look that found nothing else has nothing to tell"
    assert alarming.parent() is window

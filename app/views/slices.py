"""Work too long for one turn of the event loop, done step after step, a few milliseconds a turn."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, Signal, Slot

from app.views import turns
from app.views.settling import Soon
from app.views.turns import ENOUGH_S


class Slices(QObject):
    """The first steps are done at once, the others in the turns that follow: what was typed or clicked
    meanwhile comes between them. Work that begins takes the place of what is left of the work before.
    """

    ended = Signal()  # of work that was neither dropped nor replaced

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: Iterator[object] | None = None
        self.broken = False
        """Whether the work that ended last has raised at one of its steps: those after it were not done."""
        self._soon = Soon(self)
        self._soon.timeout.connect(self._go_on_later)

    @property
    def at_work(self) -> bool:
        return self._steps is not None

    def begin(self, steps: Iterator[object]) -> None:
        self._steps, self.broken = steps, False
        self._go_on()

    def drop(self) -> None:
        """What is left is never done."""
        self._steps, self.broken = None, False
        self._soon.stop()

    def finish(self) -> None:
        """All of it now: somebody needs it."""
        self._go_on(within_s=float("inf"))

    def _end(self, steps: Iterator[object], *, broken: bool = False) -> None:
        if steps is self._steps:  # its last step may have begun other work
            self.drop()
            self.broken = broken
            self.ended.emit()

    @Slot()
    def _go_on_later(self) -> None:
        if turns.is_used():
            self._soon.start()
        else:
            self._go_on()

    def _go_on(self, within_s: float = ENOUGH_S) -> None:
        steps, until = self._steps, time.perf_counter() + within_s
        while steps is not None and steps is self._steps and time.perf_counter() < until:
            try:
                next(steps)
            except StopIteration:
                self._end(steps)
            except BaseException:
                self._end(steps, broken=True)
                raise
        if self._steps is not None:
            self._soon.start()

"""Whether this turn of the event loop has done enough: what is put off waits for one with room then, and two
things that were put off do not hold the window up together.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject, Slot
from shiboken6 import isValid

ENOUGH_S = 0.005


class _Loop(QObject):
    """Goes with the application."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self.began_s = time.perf_counter()
        QAbstractEventDispatcher.instance().awake.connect(self._turn)

    @Slot()
    def _turn(self) -> None:
        self.began_s = time.perf_counter()


_loop: _Loop | None = None


def is_used() -> bool:
    """After a rest as well: then there is another turn at once."""
    global _loop
    if _loop is None or not isValid(_loop):
        _loop = _Loop()
    return time.perf_counter() - _loop.began_s > ENOUGH_S

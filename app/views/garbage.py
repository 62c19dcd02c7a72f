"""Python's garbage is collected in the GUI thread only.

A collection may fall into any thread that allocates. When it took widgets or signals with it in a worker,
Qt's signal lock was held there and the GIL here, each waiting for the other: the window froze for good
(PySide6 6.9, seen in a stack of both threads). So while workers exist the automatic collection is off and a
timer of the GUI thread does its work.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer, Slot

EVERY_MS = 150
SHARE = 100
"""A whole collection takes a tenth of a second of the window: one in so many times as long."""


_kept = False


def keep_what_is_loaded() -> None:
    """Modules stay for good: once a process, when those of all pages are there, they are taken out of what a
    collection goes through, a fifth of a second of the window.
    """
    global _kept
    if not _kept:
        _kept = True
        gc.freeze()


class GuiThreadGarbage(QObject):
    """Collects by Python's own thresholds. `stop` gives the work back."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._whole_after = 0.0
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """The oldest generation that is due; the younger ones go with it."""
        counts = gc.get_count()
        began = time.perf_counter()
        for generation in (2, 1, 0):
            if generation == 2 and began < self._whole_after:
                continue
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                if generation == 2:
                    self._whole_after = began + (time.perf_counter() - began) * SHARE
                return

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()

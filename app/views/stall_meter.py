"""What holds the window up: every turn of the event loop that takes longer than it may, with where it was.

Off unless WELLSIDE_WATCH_STALLS is set: it wakes the loop five hundred times a second.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from app.core.paths import resources

LEAST_MS = 10.0
BEAT_MS = 2
SAMPLE_S = 0.003
_ROOT = str(resources().parent)
log = logging.getLogger("wellside.stalls")


@dataclass(frozen=True)
class Stall:
    """`cpu_ms` the thread worked for it, `wall_ms` went by (with other programs on the same cores more than
    that); `place` is the stack that was seen most often in it, the innermost call last.
    """

    cpu_ms: float
    wall_ms: float
    place: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.cpu_ms:.0f} ms ({self.wall_ms:.0f} ms went by): {' > '.join(self.place) or '?'}"


class StallMeter(QObject):
    """A beat in the GUI thread; beside it a thread that looks where that thread is when a beat is late."""

    def __init__(self, parent: QObject, least_ms: float = LEAST_MS) -> None:
        super().__init__(parent)
        self._least_s = least_ms / 1e3
        self.stalls: list[Stall] = []
        self._turns: Counter[int] = Counter()
        """Whole milliseconds of CPU → how many turns took so many; in those of none was nothing to do."""
        self._seen: Counter[tuple[str, ...]] = Counter()
        self._thread = threading.get_ident()
        self._beat, self._cpu = time.perf_counter(), time.thread_time()
        self._over = threading.Event()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=BEAT_MS)
        self._timer.timeout.connect(self.beat)
        self._timer.start()
        self._sampler = threading.Thread(target=self._sample, name="stalls", daemon=True)
        self._sampler.start()

    def stop(self) -> None:
        self._timer.stop()
        self._over.set()
        self._sampler.join()

    def reset(self) -> None:
        """From here on."""
        self.stalls.clear()
        self._turns.clear()

    def part_ms(self, share: float) -> int:
        """What that share of the turns took at most in which there was something to do."""
        worked = sorted((took, count) for took, count in self._turns.items() if took > 0)
        left = share * sum(count for _, count in worked)
        for took, count in worked:
            left -= count
            if left <= 0:
                return took
        return 0

    @Slot()
    def beat(self) -> None:
        """A turn ends here."""
        now, cpu = time.perf_counter(), time.thread_time()
        took_s = cpu - self._cpu
        self._turns[int(took_s * 1e3)] += 1
        if took_s > self._least_s:
            place = self._seen.most_common(1)
            stall = Stall(took_s * 1e3, (now - self._beat) * 1e3, place[0][0] if place else ())
            self.stalls.append(stall)
            log.warning("%s", stall)
        self._seen.clear()
        self._beat, self._cpu = now, cpu

    def _sample(self) -> None:  # its own thread
        while not self._over.wait(SAMPLE_S):
            if time.perf_counter() - self._beat > self._least_s / 2:
                self._seen[_place(self._thread)] += 1


def _place(thread: int) -> tuple[str, ...]:
    """Of the frames of that thread those of this program, and the first of a library that it called."""
    frame = sys._current_frames().get(thread)
    calls: list[str] = []
    while frame is not None:
        code = frame.f_code
        ours = code.co_filename.startswith(_ROOT) and "site-packages" not in code.co_filename
        if ours or not calls:
            calls.append(f"{Path(code.co_filename).stem}.{code.co_qualname}:{frame.f_lineno}")
        frame = frame.f_back
    return tuple(reversed(calls))

"""A thread of the centre that no trouble ends: what it stumbled over is told, it waits, and goes on.

What is wrong with one item (a message, a row, a file) is decided where the item is known, and sets that item
aside; this is the border behind all of those.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from central.logs import log

FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 30.0


class Worker:
    """`work` goes on until `stop` is set; it is called again when it raises. `alive` says whether it is there
    and has not just fallen.
    """

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        self.name, self._work = name, work
        self.stop = threading.Event()
        self.falls = 0
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name)

    @property
    def alive(self) -> bool:
        return self._thread.is_alive() and self._up.is_set()

    def start(self) -> None:
        self._up.set()
        self._thread.start()

    def close(self) -> None:
        self.stop.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        wait_s = FIRST_WAIT_S
        while not self.stop.is_set():
            try:
                self._work()
                return
            except Exception as error:  # noqa: BLE001 - the border: a thread that died would be silence
                self.falls += 1
                self._up.clear()
                told_bug(self.name, error)
            self.stop.wait(wait_s)
            wait_s = min(wait_s * 2, LONGEST_WAIT_S)
            self._up.set()


def told_bug(where: str, error: Exception) -> None:
    """What kind and at which line, never what it was about: that may be private."""
    last = traceback.extract_tb(error.__traceback__)[-1:]
    place = f"{Path(last[0].filename).name}:{last[0].lineno}" if last else ""
    log("bug", worker=where, error=type(error).__name__, at_line=place)

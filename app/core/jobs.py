"""What a long piece of work may say and ask while it runs. Knows no Qt."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


class Cancelled(Exception):  # noqa: N818 - not an error: the user stopped the job, shown to nobody
    """The user stopped the job."""


@dataclass(frozen=True)
class Progress:
    """`text` is a code of resources/texts; the views make the sentence."""

    done: int = 0
    total: int | None = None
    text: str = ""


class Job:
    """Handed to every long function as its first argument; safe to use from any thread."""

    def __init__(
        self,
        listener: Callable[[Progress], None] = lambda _: None,
        min_gap_s: float = 0.1,
        receiver: Callable[[object], None] = lambda _: None,
    ) -> None:
        self._listener, self._receiver = listener, receiver
        self._gap_s = min_gap_s
        self._stop = threading.Event()
        self._last_s = float("-inf")
        self._on_cancel: Callable[[], object] | None = None

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        """Called from any thread; also interrupts what the worker waits for (see interrupt_with)."""
        self._stop.set()
        interrupt = self._on_cancel
        if interrupt is not None:
            interrupt()

    def interrupt_with(self, interrupt: Callable[[], object] | None) -> None:
        """While the worker is inside a long call of a library, `interrupt` breaks it off."""
        self._on_cancel = interrupt
        self.check()

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled

    def pause(self, seconds: float) -> None:
        """Nothing happens for so long, unless the job is stopped."""
        if self._stop.wait(seconds):
            raise Cancelled

    def hand_over(self, part: object) -> None:
        """A part of the result can be used already; every one reaches the receiver."""
        self.check()
        self._receiver(part)

    def report(self, done: int, total: int | None = None, text: str = "") -> None:
        """At most ten a second reach the listener; the last one (done == total) always does."""
        self.check()
        now_s = time.monotonic()
        if done == total or now_s - self._last_s >= self._gap_s:
            self._last_s = now_s
            self._listener(Progress(done, total, text))

"""One bus for what the program wants to tell. Knows no Qt; the window and the CLI subscribe."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from app.core.clock import utc_now
from app.core.errors import KnownError

MOST_KEPT = 200


class Severity(Enum):
    INFO = "info"
    DONE = "done"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Notice:
    """`code` names a sentence of resources/texts; `action` a thing the window can offer beside it."""

    severity: Severity
    code: str
    details: dict[str, object] = field(default_factory=dict)
    action: str = ""
    action_value: str = ""


@dataclass(frozen=True)
class Said:
    """A notice and when it was published."""

    at: datetime
    notice: Notice


class NoticeBus:
    """Publish from any thread; a subscriber decides for itself how to get to its own."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscribers: list[Callable[[Notice], None]] = []
        self._said: deque[Said] = deque(maxlen=MOST_KEPT)

    def subscribe(self, listener: Callable[[Notice], None]) -> Callable[[], None]:
        """Returns the call that ends the subscription."""
        with self._lock:
            self._subscribers.append(listener)

        def stop() -> None:
            with self._lock:
                if listener in self._subscribers:
                    self._subscribers.remove(listener)

        return stop

    def publish(self, notice: Notice) -> None:
        with self._lock:
            listeners = list(self._subscribers)
            self._said.append(Said(utc_now(), notice))
        for listener in listeners:
            listener(notice)

    def said(self) -> list[Said]:
        """The last ones of this run, newest first."""
        with self._lock:
            return list(self._said)[::-1]

    def error(self, error: KnownError) -> None:
        self.publish(Notice(Severity.ERROR, f"error.{error.code}", dict(error.details)))

"""Connections of the service: whoever opens one says what he wants, or it is closed.

uvicorn waits for the head of a request as long as it takes: two hundred half-sent heads kept everybody out.
And it reads chunks of one byte as they come: four bodies of those kept everybody waiting for sixteen seconds.
Small chunks have a share of the time, and all who send them have to get by with it. It refuses everybody when
two thousand are connected, whether they ask or not: of who is silent the one that has been for longest makes
way. And it waits without an end for an answer to be read.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, ClassVar

import h11
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S, MOST_HEAD_BYTES = 10.0, 64 << 10
MOST_SILENT = 1_000
"""Of those who are connected and have asked nothing yet, or nothing more."""
UNREAD_S = 600.0
"""Of an answer some must be taken within this time. The system holds megabytes of it, and says that some were
taken when a third of those are: on the slowest line that is minutes.
"""
SLICE_BYTES, FREE_EVENTS = 1 << 10, 5
"""Of what has come so much is looked at in one go, and so many events in it cost nothing: chunks of half a
kilobyte and more.
"""
SMALL_PER_S, SMALL_AT_ONCE = 2_000.0, 1_000.0


class Share:
    """`per_s` of something for all together, `at_once` in one go; who takes more waits for it afterwards."""

    def __init__(self, per_s: float, at_once: float, passed: Callable[[], float] = time.monotonic) -> None:
        self._per_s, self._most, self._passed = per_s, at_once, passed
        self._left, self._at = at_once, passed()

    def take(self, count: int) -> None:
        now = self._passed()
        self._left = min(self._most, self._left + (now - self._at) * self._per_s) - count
        self._at = now

    def wait_s(self) -> float:
        self.take(0)
        return max(0.0, -self._left / self._per_s)


class _Counted(h11.Connection):
    """How many events it gave."""

    events = 0

    def next_event(self) -> Any:
        self.events += 1
        return super().next_event()


class _Flow(FlowControl):
    """Nothing is read while uvicorn wants it so, or while what has come waits to be looked at."""

    _wanted = _held = False

    def pause_reading(self) -> None:
        self._wanted = True
        super().pause_reading()

    def resume_reading(self) -> None:
        self._wanted = False
        self.hold(self._held)

    def hold(self, held: bool) -> None:
        self._held = held
        if held:
            super().pause_reading()
        elif not self._wanted:
            super().resume_reading()


class PatientFor(H11Protocol):
    """HTTP/1.1 whose head must come within HEAD_S, the first and each after it; its small chunks wait."""

    small = Share(SMALL_PER_S, SMALL_AT_ONCE)
    silent: ClassVar[dict[PatientFor, None]] = {}
    """In the order in which they fell silent."""
    _unread: asyncio.TimerHandle | None = None
    _deadline: asyncio.TimerHandle | None = None
    _later: asyncio.Handle | None = None
    _has_small = False

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.conn = self._counted = _Counted(h11.SERVER, MOST_HEAD_BYTES)
        self._come = bytearray()

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # what is written next waits until this was taken
        self.flow = self._flow = _Flow(transport)
        self._wait_for_a_head()

    def data_received(self, data: bytes) -> None:
        self._come += data
        if self._later is None:
            self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        for waiting in (self._later, self._unread):
            if waiting is not None:
                waiting.cancel()
        self._come.clear()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self._is_asked():
            self._fall_silent()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._look_at_unread(None)

    def resume_writing(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
        super().resume_writing()

    def _look_at_unread(self, before: int | None) -> None:
        """Whoever takes nothing of his answer is not asked for any more whether he will."""
        left = self.transport.get_write_buffer_size()
        if before is not None and left >= before:
            self.transport.abort()
        else:
            self._unread = self.loop.call_later(UNREAD_S, self._look_at_unread, left)

    def _look(self) -> None:
        """At some of what has come; at the rest after others, or when small chunks have their share again."""
        self._later = None
        if self.transport.is_closing():
            return
        if self._has_small and self._is_chunked() and (wait_s := self.small.wait_s()) > 0:
            self._later = self.loop.call_later(wait_s, self._look)
            self._flow.hold(True)
            return
        some = len(self._come) if self._has_length() else SLICE_BYTES
        part, before = bytes(self._come[:some]), self._counted.events
        del self._come[:some]
        self._heard(part)
        small = max(0, self._counted.events - before - FREE_EVENTS)
        self._has_small = small > 0
        self.small.take(small)
        if self._come:
            self._later = self.loop.call_soon(self._look)
        self._flow.hold(bool(self._come))

    def _heard(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_asked():
            self._stop_waiting()
        elif self._deadline is None:
            self._wait_for_a_head()

    def _has_length(self) -> bool:
        """A body that is under way and says how long it is comes in few pieces."""
        return self.conn.their_state is h11.SEND_BODY and not self._is_chunked()

    def _is_chunked(self) -> bool:
        return self.conn.their_state is h11.SEND_BODY and any(
            name == b"transfer-encoding" for name, _ in self.headers
        )

    def _is_asked(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _wait_for_a_head(self) -> None:
        self._deadline = self.loop.call_later(HEAD_S, self._too_slow)
        self._fall_silent()

    def _fall_silent(self) -> None:
        self.silent.setdefault(self)
        if len(self.silent) > MOST_SILENT:
            longest = next(iter(self.silent))
            del self.silent[longest]
            longest.transport.abort()

    def _stop_waiting(self) -> None:
        self.silent.pop(self, None)
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        self._deadline = None
        if not self._is_asked():
            self.transport.close()

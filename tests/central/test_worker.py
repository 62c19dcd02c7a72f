"""What goes on for as long as the centre does, and what is said of it when it falls."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from central import worker
from central.worker import Worker


def until(held: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while not held() and time.monotonic() < deadline:
        time.sleep(0.001)
    return held()


def test_what_has_fallen_is_not_there_while_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "FIRST_WAIT_S", 60.0)

    def falls() -> None:
        raise ValueError

    one = Worker("relay", falls)
    one.start()
    try:
        assert until(lambda: one.falls == 1 and not one.alive)
    finally:
        one.close()


def test_what_was_called_again_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "FIRST_WAIT_S", 0.0)
    called, ends = list[int](), threading.Event()

    def works() -> None:
        called.append(1)
        if len(called) < 3:
            raise ValueError
        ends.wait()

    one = Worker("relay", works)
    one.start()
    try:
        assert until(lambda: len(called) == 3 and one.alive)
        assert one.falls == 2
    finally:
        ends.set()
        one.close()
    assert not one.alive

"""What is made when it is first asked for."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from app.core.late import late


class _Profile:
    def __init__(self) -> None:
        self.made = 0
        self.all_ask = threading.Barrier(8)

    @late
    def index(self) -> list[str]:
        self.made += 1
        return []


def test_nothing_is_made_before_somebody_asks_and_then_once_for_each_owner() -> None:
    one, other = _Profile(), _Profile()

    assert "index" not in vars(one)
    assert one.index is one.index
    assert one.index is not other.index
    assert (one.made, other.made) == (1, 1)


def test_threads_that_ask_at_the_same_moment_get_the_same_one() -> None:
    profile = _Profile()

    def ask(_: int) -> int:
        profile.all_ask.wait(10)
        return id(profile.index)

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(ask, range(8)))

    assert len(answers) == 1
    assert profile.made == 1

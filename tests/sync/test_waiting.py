"""When an entry that could not be sent goes again: a timer always exists, it grows, and the centre may ask
for more.
"""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from app.models.entries import State
from app.sync.backoff import next_try, wait_s
from tests.conftest import NOW
from tests.sync.conftest import Laptop, LongestPauses
from tests.sync.memory_centre import not_itself, unreachable

LONGEST = LongestPauses()


@pytest.mark.parametrize(
    ("attempts", "ceiling"),
    [(0, 2), (1, 2), (2, 4), (3, 8), (7, 128), (8, 256), (9, 300), (17, 300), (10_000, 300)],
)
def test_the_longest_pause_doubles_up_to_five_minutes(attempts: int, ceiling: float) -> None:
    assert wait_s(attempts, LONGEST) == ceiling


def test_the_pause_is_anything_from_nothing_to_the_longest() -> None:
    rng = random.Random(7)
    found = [wait_s(5, rng) for _ in range(500)]
    assert 0 <= min(found) < 0.5
    assert max(found) > 30.4
    assert 14 < sum(found) / len(found) < 18, "full jitter: the mean is half of the longest"


@pytest.mark.parametrize(
    ("asked", "expected"), [(None, 2.0), (0.0, 2.0), (1.0, 2.0), (90.0, 90.0), (1e9, 86_400.0)]
)
def test_the_centre_may_ask_for_more_up_to_a_day_and_never_for_less(
    asked: float | None, expected: float
) -> None:
    assert wait_s(1, LONGEST, asked) == expected


def test_the_next_try_is_reckoned_from_now() -> None:
    assert next_try(NOW, 2, LONGEST) == NOW + timedelta(seconds=4)
    assert next_try(NOW, 2, LONGEST, 60.0) == NOW + timedelta(seconds=60)


@pytest.mark.parametrize("trouble", [unreachable(), unreachable(30.0), not_itself()])
def test_whatever_is_to_be_tried_again_has_a_time_for_it(laptop: Laptop, trouble: Exception) -> None:
    made = [laptop.saves() for _ in range(3)]
    laptop.centre.trouble.next["send"] = [trouble]
    laptop.pushes()
    for entry in made:
        now = laptop.now(entry)
        assert now.state is State.RETRY
        assert now.next_try_at is not None
        assert now.next_try_at > laptop.clock.now
    assert laptop.journal.sending.next_try_at() == min(laptop.now(e).next_try_at for e in made)


@pytest.mark.parametrize("switch", ["forged", "unanswered", "other_content"])
def test_what_the_centre_did_not_say_anything_of_has_a_time_too(laptop: Laptop, switch: str) -> None:
    entry = laptop.saves()
    getattr(laptop.centre.trouble, switch).add(entry.id)
    laptop.pushes()
    assert laptop.now(entry).next_try_at == NOW + timedelta(seconds=2)


def test_each_try_waits_twice_as_long_as_the_one_before(laptop: Laptop) -> None:
    entry = laptop.saves()
    laptop.centre.trouble.unanswered.add(entry.id)
    waited = []
    for _ in range(5):
        laptop.pushes()
        due = laptop.now(entry).next_try_at
        assert due is not None
        waited.append((due - laptop.clock.now).total_seconds())
        laptop.clock.now = due
    assert waited == [2, 4, 8, 16, 32]


def test_before_its_time_an_entry_does_not_go_and_at_its_time_it_does(laptop: Laptop) -> None:
    entry = laptop.saves()
    laptop.centre.trouble.unanswered.add(entry.id)
    laptop.pushes()
    laptop.centre.trouble.unanswered.clear()
    laptop.clock.forward(1.999)
    laptop.pushes()
    assert len(laptop.centre.batches) == 1
    laptop.clock.forward(0.001)
    laptop.pushes()
    assert len(laptop.centre.batches) == 2
    assert laptop.journal.sending.next_try_at() is None


def test_a_pause_that_the_centre_asked_for_is_waited_out_although_it_answers_again(laptop: Laptop) -> None:
    entry = laptop.saves()
    laptop.centre.trouble.next["send"] = [unreachable(60.0, 429)]
    laptop.pushes()
    assert (laptop.now(entry).error, laptop.now(entry).next_try_at) == (
        "centre_busy",
        NOW + timedelta(seconds=60),
    )
    laptop.clock.forward(59)
    assert laptop.pushes().sent == 0
    laptop.clock.forward(1)
    assert laptop.pushes().sent == 1


def test_what_waited_for_nothing_but_a_connection_goes_as_soon_as_there_is_one(laptop: Laptop) -> None:
    entry = laptop.saves()
    for _ in range(3):
        laptop.centre.trouble.next["send"] = [unreachable()]
        laptop.pushes()
    assert laptop.now(entry).next_try_at == NOW + timedelta(seconds=8)
    assert laptop.pushes().sent == 1, "without waiting"


@pytest.mark.parametrize("asked", [0.0, -5.0, "soon", None])
def test_a_pause_that_is_none_is_not_waited_out(laptop: Laptop, asked: object) -> None:
    entry = laptop.saves()
    trouble = unreachable()
    trouble.details["retry_after_s"] = asked
    laptop.centre.trouble.next["send"] = [trouble]
    laptop.pushes()
    assert laptop.now(entry).error == "centre_unreachable"
    assert laptop.pushes().sent == 1


@pytest.mark.parametrize("asked", [None, 60.0])
def test_a_clock_that_was_wrong_parks_no_entry(laptop: Laptop, asked: float | None) -> None:
    """Its clock was 400 days ahead when it was told to wait a minute."""
    entry = laptop.saves()
    laptop.clock.forward(400 * 86_400)
    laptop.centre.trouble.next["send"] = [unreachable(asked)]
    laptop.pushes()
    assert laptop.state(entry) is State.RETRY
    laptop.clock.forward(-400 * 86_400)
    due = laptop.journal.sending.next_try_at()
    assert due is not None
    assert due <= laptop.clock()
    laptop.pushes()
    assert laptop.state(entry) is State.ACKED


def test_a_pause_of_a_day_that_the_centre_asked_for_is_no_wrong_clock(laptop: Laptop) -> None:
    entry = laptop.saves()
    laptop.centre.trouble.next["send"] = [unreachable(86_400.0)]
    laptop.pushes()
    laptop.clock.forward(86_399)
    assert laptop.pushes().sent == 0
    laptop.clock.forward(1)
    assert laptop.pushes().sent == 1
    assert laptop.state(entry) is State.ACKED


def test_a_clock_that_was_set_back_loses_no_entry(laptop: Laptop) -> None:
    """What it was to wait for is nothing that anybody waits for any more."""
    entry = laptop.saves()
    laptop.centre.trouble.unanswered.add(entry.id)
    laptop.pushes()
    laptop.centre.trouble.unanswered.clear()
    laptop.clock.forward(-86_400)
    laptop.pushes()
    assert laptop.state(entry) is State.ACKED

"""A whole batch in trouble: what is tried again, what is parted, and what waits."""

from __future__ import annotations

import pytest

from app.core.ids import new_id
from app.models.entries import State
from app.sync import push
from app.sync.wire import as_json
from tests.sync.conftest import Laptop
from tests.sync.memory_centre import not_itself, refused, signed_out, unreachable

# ---- the whole batch in trouble ----------------------------------------------------------------------------


def test_a_token_that_is_not_known_any_more_waits_for_a_sign_in_and_counts_as_nobodys_attempt(
    laptop: Laptop,
) -> None:
    made = [laptop.saves() for _ in range(3)]
    laptop.centre.trouble.always["send"] = signed_out()
    for _ in range(5):
        done = laptop.pushes()
        assert done.stopped is not None
        assert done.stopped.code == "centre_token"
    assert {(laptop.now(e).state, laptop.now(e).error, laptop.now(e).attempts) for e in made} == {
        (State.WAIT_AUTH, "centre_token", 0)
    }
    laptop.centre.trouble.always.clear()
    assert laptop.pushes().sent == 3


@pytest.mark.parametrize("status", [408, 425, 429, 500, 503])
def test_a_centre_that_cannot_just_now_is_tried_again_and_nothing_more_is_sent_meanwhile(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr("app.sync.push.MOST_ENTRIES", 1)
    first, second = laptop.saves(), laptop.saves()
    laptop.centre.trouble.next["send"] = [unreachable(status=status)]
    done = laptop.pushes()
    assert done.stopped is not None
    assert (laptop.state(first), laptop.state(second)) == (State.RETRY, State.QUEUED)
    assert laptop.centre.batches == [[first.id]]


def test_nothing_stays_on_its_way_when_a_push_is_over(laptop: Laptop) -> None:
    """Whatever ended it: an entry in SENDING would wait for a restart."""
    for trouble in (unreachable(), signed_out(), not_itself(), refused()):
        for _ in range(3):
            laptop.saves(files=(("a.txt", new_id().encode()),))
        laptop.centre.trouble.next["offset"] = [trouble]
        laptop.pushes()
        assert State.SENDING not in laptop.journal.counts()


def test_something_else_in_the_centres_place_condemns_nothing(laptop: Laptop) -> None:
    entry = laptop.saves()
    laptop.centre.trouble.next["send"] = [not_itself()]
    done = laptop.pushes()
    assert (laptop.state(entry), laptop.now(entry).error) == (State.RETRY, "centre_not_itself")
    assert done.stopped is not None
    laptop.clock.forward(10)
    laptop.pushes()
    assert laptop.state(entry) is State.ACKED


def test_one_entry_that_the_centre_will_not_read_does_not_take_its_batch_with_it(laptop: Laptop) -> None:
    before, bad, after = laptop.saves(), laptop.saves(), laptop.saves()
    laptop.centre.trouble.poison[bad.id] = refused(422, "malformed")
    done = laptop.pushes()
    assert [laptop.state(e) for e in (before, bad, after)] == [
        State.ACKED,
        State.QUARANTINED,
        State.ACKED,
    ]
    assert laptop.now(bad).error == "malformed"
    assert done.states == {"acked": 2, "quarantined": 1}
    assert laptop.centre.batches == [[before.id, bad.id, after.id], [before.id], [bad.id], [after.id]]


def test_a_refused_batch_that_loses_the_connection_half_way_stops_there(laptop: Laptop) -> None:
    made = [laptop.saves() for _ in range(3)]
    laptop.centre.trouble.next["send"] = [refused(), unreachable()]
    laptop.pushes()
    assert [laptop.state(e) for e in made] == [State.RETRY, State.QUEUED, State.QUEUED]
    assert len(laptop.centre.batches) == 2


def test_what_is_left_of_a_batch_that_was_cut_is_not_sent_to_a_centre_that_is_down(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.push.MOST_BATCH_BYTES", 1)
    made = [laptop.saves() for _ in range(3)]
    laptop.centre.trouble.next["send"] = [unreachable()]
    laptop.pushes()
    assert laptop.centre.batches == [[made[0].id]]
    assert [laptop.state(e) for e in made] == [State.RETRY, State.QUEUED, State.QUEUED]


def test_a_refusal_without_words_is_told_by_its_code(laptop: Laptop) -> None:
    entry = laptop.saves()
    laptop.centre.trouble.poison[entry.id] = refused(413, "")
    laptop.pushes()
    assert laptop.now(entry).error == "centre_refused"


def test_an_entry_over_which_the_centre_falls_delays_the_others_by_three_tries_and_no_more(
    laptop: Laptop,
) -> None:
    """The centre answers 500 whenever it sees it, whatever stands beside it."""
    bad = laptop.saves()
    others = [laptop.saves() for _ in range(3)]
    laptop.centre.trouble.poison[bad.id] = unreachable(status=500)
    tries = 0
    while any(laptop.state(e) is not State.ACKED for e in others):
        laptop.pushes()
        laptop.clock.forward(600)
        tries += 1
        assert tries <= 10, "the others wait for ever"
    assert tries <= 5
    assert laptop.state(bad) is State.RETRY
    assert laptop.now(bad).next_try_at is not None


def test_entries_that_come_after_a_poisonous_one_are_not_kept_waiting_by_it(laptop: Laptop) -> None:
    bad = laptop.saves()
    laptop.centre.trouble.poison[bad.id] = unreachable(status=500)
    for _ in range(6):
        laptop.pushes()
        laptop.clock.forward(600)
    later = laptop.saves()
    laptop.pushes()
    assert laptop.state(later) is State.ACKED


def test_a_poisonous_file_delays_the_others_by_three_tries_and_no_more(laptop: Laptop) -> None:
    bad = laptop.saves(files=(("bad.pdf", b"bad"),))
    good = laptop.saves(files=(("good.pdf", b"good"),))
    laptop.centre.trouble.poison_files[bad.attachments[0].sha256] = unreachable(status=500)
    for _ in range(4):
        laptop.pushes()
        laptop.clock.forward(600)
    assert laptop.state(good) is State.ACKED
    assert laptop.state(bad) is State.RETRY


def test_the_most_often_tried_goes_last(laptop: Laptop) -> None:
    one, two, three = laptop.saves(), laptop.saves(), laptop.saves()
    for _ in range(3):
        laptop.centre.trouble.next["send"] = [unreachable()]
        laptop.pushes()
    assert laptop.centre.batches == [[one.id, two.id, three.id]] * 3
    laptop.centre.batches.clear()
    laptop.centre.trouble.next["send"] = [unreachable()]
    laptop.pushes()
    assert laptop.centre.batches == [[one.id]], "alone, after so many tries"
    laptop.centre.batches.clear()
    laptop.pushes()
    assert laptop.centre.batches == [[two.id], [three.id], [one.id]]


def test_nothing_goes_alone_while_a_batch_is_on_its_way_that_meets_trouble(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where many wait a batch is settled while the next one is made ready, but for those that go alone."""
    monkeypatch.setattr(push, "MOST_ENTRIES", 3)
    often = laptop.saves()
    for _ in range(push.TRIES_OF_A_BATCH + 1):
        laptop.centre.trouble.next["send"] = [unreachable()]
        laptop.pushes()
    laptop.centre.batches.clear()
    fresh = [laptop.saves().id for _ in range(2)]
    laptop.centre.trouble.next["send"] = [unreachable()]
    laptop.pushes()
    assert laptop.centre.batches == [fresh]
    assert laptop.state(often) is not State.ACKED


@pytest.mark.parametrize(("less", "batches"), [(0, 1), (1, 2)])
def test_a_batch_is_as_large_as_it_may_be_and_no_larger(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch, less: int, batches: int
) -> None:
    made = [laptop.saves(), laptop.saves()]
    whole = sum(len(as_json(laptop.now(one).payload)) for one in made)
    monkeypatch.setattr(push, "MOST_BATCH_BYTES", whole - less)
    laptop.pushes()
    assert len(laptop.centre.batches) == batches

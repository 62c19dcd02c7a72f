"""The way of entries to the centre: who is sent when, what waits for whom, what the centre has or lost."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest

from app.core.clock import sortable
from app.models.entries import Entry, Outcome, State
from app.models.journal import Journal
from tests.models.journals import START, Clock, in_state, now

# ---- who is sent -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", list(State))
def test_only_what_waits_to_be_sent_is_claimed(journal: Journal, state: State) -> None:
    entry = in_state(journal, state)
    claimed = journal.sending.claim(10)
    if state in (State.QUEUED, State.WAIT_AUTH, State.RETRY):
        assert [(e.id, e.state, e.attempts) for e in claimed] == [
            (entry.id, State.SENDING, entry.attempts + 1)
        ]
        assert claimed == [now(journal, entry)], "as it stands in the file"
    else:
        assert claimed == []
        assert now(journal, entry) == entry


def test_a_claimed_entry_is_claimed_by_nobody_else(journal: Journal) -> None:
    made = [in_state(journal, State.QUEUED) for _ in range(5)]
    got: list[list[Entry]] = []
    threads = [threading.Thread(target=lambda: got.append(journal.sending.claim(2))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(e.id for one in got for e in one) == sorted(e.id for e in made)


def test_no_more_are_claimed_than_asked_for_and_the_oldest_first(journal: Journal, clock: Clock) -> None:
    made = []
    for back in range(5):
        clock.now = START - timedelta(days=back)
        made.append(in_state(journal, State.QUEUED).id)
    assert [e.id for e in journal.sending.claim(3)] == made[:3]
    assert [e.id for e in journal.sending.claim(3)] == made[3:]


@pytest.mark.parametrize(
    ("now_", "due", "goes"),
    [
        ("12:00:00", "12:00:00.500000", False),
        ("12:00:00.500000", "12:00:00.500000", True),
        ("12:00:00.499999", "12:00:00.500000", False),
        ("12:00:01", "12:00:00.999999", True),
        ("12:00:00", "12:00:00", True),
        ("11:59:59.999999", "12:00:00", False),
    ],
)
def test_a_retry_goes_at_its_time_to_the_microsecond(
    journal: Journal, clock: Clock, now_: str, due: str, goes: bool
) -> None:
    entry = in_state(journal, State.SENDING)
    journal.sending.settle(
        [Outcome(entry.id, State.RETRY, "x", None, datetime.fromisoformat(f"2026-11-01T{due}+00:00"))]
    )
    clock.now = datetime.fromisoformat(f"2026-11-01T{now_}+00:00")
    assert bool(journal.sending.claim(1)) is goes


@pytest.mark.parametrize(("error", "longest_s"), [("x", 300.0), ("centre_busy", 86_400.0)])
def test_a_moment_farther_off_than_anybody_waits_was_written_by_a_wrong_clock_and_is_none(
    journal: Journal, clock: Clock, error: str, longest_s: float
) -> None:
    for off, goes in ((0.0, False), (0.5, True)):
        entry = in_state(journal, State.SENDING)
        due = clock.now + timedelta(seconds=longest_s + off)
        journal.sending.settle([Outcome(entry.id, State.RETRY, error, None, due)])
        assert journal.sending.next_try_at() == (clock.now if goes else due)
        assert [one.id for one in journal.sending.claim(10)] == ([entry.id] if goes else [])


def test_the_next_try_is_the_earliest_of_those_that_wait_for_one(journal: Journal) -> None:
    assert journal.sending.next_try_at() is None
    for seconds in (90, 0.5, 30):
        entry = in_state(journal, State.SENDING)
        due = START + timedelta(seconds=seconds)
        journal.sending.settle([Outcome(entry.id, State.RETRY, "centre_unreachable", None, due)])
    assert journal.sending.next_try_at() == START + timedelta(seconds=0.5)
    journal.sending.network_is_up()
    assert journal.sending.next_try_at() is None


def test_a_network_that_is_up_again_ends_only_the_pauses_that_waited_for_it(journal: Journal) -> None:
    due = START + timedelta(seconds=60)
    made = {}
    for code in ("centre_unreachable", "centre_busy", "receipt_missing"):
        made[code] = in_state(journal, State.SENDING)
        journal.sending.settle([Outcome(made[code].id, State.RETRY, code, None, due)])
    journal.sending.network_is_up()
    assert [e.id for e in journal.sending.claim(9)] == [made["centre_unreachable"].id]


@pytest.mark.parametrize("state", [s for s in State if s is not State.DRAFT])
def test_an_entry_waits_for_the_one_that_it_supersedes(journal: Journal, state: State) -> None:
    before = in_state(journal, state)
    later = journal.add("record", {"n": 2}, supersedes=before.id)
    if state is State.RETRY:
        with journal._file.quietly():
            later_on = sortable(journal._file.clock() + timedelta(minutes=1))
            journal._file.execute("UPDATE entry SET next_try_at = ? WHERE id = ?", (later_on, before.id))
    claimed = [e.id for e in journal.sending.claim(9)]
    waits = state in (State.SENDING, State.RETRY, State.QUARANTINED, State.CONFLICT)
    assert (later.id not in claimed) is waits
    if state in (State.QUEUED, State.WAIT_AUTH):
        assert claimed == [before.id, later.id]


# ---- what the centre has, and has no more ------------------------------------------------------------------


def acked(journal: Journal, change_no: int | None) -> Entry:
    entry = in_state(journal, State.SENDING)
    journal.sending.settle([Outcome(entry.id, State.ACKED, None, {"change_no": change_no})])
    return entry


def test_only_what_waits_for_it_is_confirmed_and_each_once(journal: Journal) -> None:
    made = [in_state(journal, state) for state in (State.ACKED, State.RETRY, State.CONFIRMED)]
    ids = [e.id for e in made]
    assert journal.sending.confirm([*ids, ids[0], "of another laptop", ""]) == 1
    assert [now(journal, e).state for e in made] == [State.CONFIRMED, State.RETRY, State.CONFIRMED]
    assert journal.sending.confirm(ids) == 0


def test_what_was_taken_before_the_place_that_was_read_is_told(journal: Journal) -> None:
    made = [acked(journal, number) for number in (3, 4, 5, None)]
    told = [entry.id for entry in journal.sending.taken_up_to(4)]
    assert told == [made[0].id, made[1].id, made[3].id]
    bare = in_state(journal, State.ACKED)
    told = [entry.id for entry in journal.sending.taken_up_to(99)]
    assert bare.id not in told, "without a receipt nothing is known"


def test_what_a_restored_centre_has_no_more_is_queued_again_and_the_rest_stays(journal: Journal) -> None:
    made = [acked(journal, number) for number in (3, 4, 5)]
    journal.sending.confirm([made[1].id, made[2].id])
    assert list(journal.sending.taken().values()) == [3, 4, 5]
    lost = {made[1].id, made[2].id, "of another laptop"}
    assert journal.sending.send_again(lost) == 2
    assert [(now(journal, e).state, now(journal, e).error) for e in made] == [
        (State.ACKED, None),
        (State.QUEUED, "centre_set_back"),
        (State.QUEUED, "centre_set_back"),
    ]
    assert journal.sending.send_again(lost) == 0


# ---- a long absence ----------------------------------------------------------------------------------------


def test_the_newest_of_a_state_are_found_without_the_others(journal: Journal) -> None:
    made = [in_state(journal, State.QUEUED if n % 2 else State.ACKED) for n in range(8)]
    assert [e.id for e in journal.newest((State.QUEUED,), 3)] == [made[n].id for n in (7, 5, 3)]
    assert [e.id for e in journal.newest((State.QUEUED, State.ACKED), 3)] == [made[n].id for n in (7, 6, 5)]
    assert journal.newest((State.CONFLICT,), 3) == []


def test_no_question_of_a_sync_reads_every_entry(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a hundred thousand that wait each of these took a quarter of a second."""
    asked: list[tuple[str, object]] = []
    execute = journal._file.execute

    def noting(sql: str, values: tuple[object, ...] | dict[str, object] = ()) -> object:
        asked.append((sql, values))
        return execute(sql, values)  # type: ignore[arg-type]

    monkeypatch.setattr(journal._file, "execute", noting)
    journal.sending.claim(200)
    journal.last_of_record("x")
    journal.newest((State.QUEUED, State.RETRY), 50)
    journal.of_other_kinds(("import",), (State.QUEUED,))
    journal.sending.next_try_at()
    plans = [
        str(row[3])
        for sql, values in asked
        for row in execute(f"EXPLAIN QUERY PLAN {sql}", values)  # type: ignore[arg-type]
    ]
    assert len(plans) > 10
    assert [plan for plan in plans if plan.startswith("SCAN e") and "INDEX" not in plan] == []


def test_a_batch_is_claimed_and_settled_by_as_many_statements_as_one_entry(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each was unpacked and written by itself, twice: most of a push of ten thousand."""
    asked: list[str] = []
    for name in ("execute", "execute_each"):
        real = getattr(journal._file, name)
        monkeypatch.setattr(
            journal._file, name, lambda sql, values=(), real=real: (asked.append(sql), real(sql, values))[1]
        )
    numbers = []
    for count in (1, 30):
        made = [in_state(journal, State.QUEUED) for _ in range(count)]
        asked.clear()
        claimed = journal.sending.claim(50)
        journal.sending.settle([Outcome(one.id, State.ACKED, None, {"version": 1}) for one in claimed])
        journal.sending.back_to_the_queue([one.id for one in claimed])
        journal.sending.confirm([one.id for one in claimed])
        numbers.append(len(asked))
        assert [now(journal, one).state for one in made] == [State.CONFIRMED] * count
    assert numbers[0] == numbers[1] <= 17

"""Entries of a journal: which state follows which, what stands in whose place, what is counted and told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.core.errors import KnownError
from app.models.entries import NEXT, UNSENT, Entry, Outcome, State
from app.models.journal import Journal
from app.models.upcasting import PAYLOAD_VERSION
from tests.models.journals import START, Clock, in_state, now

# ---- which state follows which -----------------------------------------------------------------------------


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("after", list(State))
def test_a_step_is_taken_when_the_protocol_has_it_and_else_nothing_happens(
    journal: Journal, before: State, after: State
) -> None:
    entry = in_state(journal, before)
    logged = journal.log(entry.id)
    if after in NEXT[before]:
        assert journal.move(entry.id, after).state is after
        assert journal.log(entry.id)[-1][1] == after
        return
    with pytest.raises(ValueError, match=f"{before} cannot become {after}"):
        journal.move(entry.id, after)
    assert now(journal, entry) == entry
    assert journal.log(entry.id) == logged


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("after", list(State))
def test_settling_takes_the_same_steps_and_no_others(journal: Journal, before: State, after: State) -> None:
    entry = in_state(journal, before)
    if after in NEXT[before]:
        journal.sending.settle([Outcome(entry.id, after)])
        assert now(journal, entry).state is after
    else:
        with pytest.raises(ValueError, match="cannot become"):
            journal.sending.settle([Outcome(entry.id, after)])
        assert now(journal, entry) == entry


def test_the_protocol_has_these_steps_and_no_others() -> None:
    """docs of the protocol, 2.2: changed on purpose or not at all."""
    assert {f"{a} {b}" for a, following in NEXT.items() for b in following} == {
        *("draft queued", "draft discarded", "queued sending", "queued discarded"),
        *("sending acked", "sending retry", "sending wait_auth", "sending quarantined"),
        *("sending conflict", "sending queued", "retry sending", "retry queued", "retry discarded"),
        *("wait_auth sending", "wait_auth queued", "quarantined queued", "quarantined discarded"),
        *("conflict queued", "conflict discarded", "acked confirmed", "acked queued", "confirmed queued"),
    }


@pytest.mark.parametrize("state", [State.ACKED, State.CONFIRMED, State.SENDING, State.WAIT_AUTH])
def test_what_the_centre_has_or_may_have_cannot_be_given_up(journal: Journal, state: State) -> None:
    entry = in_state(journal, state)
    with pytest.raises(ValueError, match="cannot become discarded"):
        journal.discard(entry.id, "mistyped")
    assert now(journal, entry).state is state


def test_of_several_outcomes_all_are_taken_or_none(journal: Journal) -> None:
    one, other = in_state(journal, State.SENDING), in_state(journal, State.CONFIRMED)
    with pytest.raises(ValueError, match="confirmed cannot become acked"):
        journal.sending.settle([Outcome(one.id, State.ACKED), Outcome(other.id, State.ACKED)])
    assert now(journal, one).state is State.SENDING


def test_an_entry_that_nobody_knows_is_told(journal: Journal) -> None:
    with pytest.raises(KnownError, match="entry_unknown"):
        journal.move("nobody", State.QUEUED)
    with pytest.raises(ValueError, match="unknown cannot become queued"):
        journal.sending.settle([Outcome("nobody", State.QUEUED)])
    assert journal.get("nobody") is None


def test_what_an_outcome_says_stands_in_the_entry_and_the_receipt_outlives_later_outcomes(
    journal: Journal,
) -> None:
    entry = in_state(journal, State.SENDING)
    at = START + timedelta(seconds=90)
    journal.sending.settle([Outcome(entry.id, State.RETRY, "centre_busy", None, at)])
    assert (now(journal, entry).error, now(journal, entry).next_try_at) == ("centre_busy", at)
    journal.move(entry.id, State.SENDING)
    journal.sending.settle([Outcome(entry.id, State.ACKED, None, {"version": 3, "author": "Ыва"})])
    kept = now(journal, entry)
    assert (kept.error, kept.next_try_at, kept.receipt) == (None, None, {"version": 3, "author": "Ыва"})
    journal.sending.settle([Outcome(entry.id, State.CONFIRMED)])
    assert now(journal, entry).receipt == {"version": 3, "author": "Ыва"}


def test_settling_nothing_tells_nobody(journal: Journal) -> None:
    heard: list[int] = []
    stop = journal.on_change(lambda: heard.append(1))
    journal.sending.settle([])
    stop()
    assert heard == []


def test_an_attempt_is_counted_when_it_begins_and_not_when_nothing_came_of_it_by_nobodys_fault(
    journal: Journal,
) -> None:
    entry = in_state(journal, State.QUEUED)
    counted = []
    for after in (State.RETRY, State.WAIT_AUTH, State.QUEUED, State.RETRY, State.QUARANTINED):
        journal.move(entry.id, State.SENDING)
        journal.sending.settle([Outcome(entry.id, after)])
        counted.append(now(journal, entry).attempts)
    assert counted == [1, 1, 1, 2, 3]
    journal.sending.settle([Outcome(entry.id, State.QUEUED)])
    assert now(journal, entry).attempts == 2


# ---- what stands in whose place ----------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.QUARANTINED, State.CONFLICT])
def test_a_refused_entry_in_whose_place_a_later_one_stands_is_done_with(
    journal: Journal, state: State
) -> None:
    before = in_state(journal, state)
    later = journal.add("record", {"n": 2}, supersedes=before.id)
    assert journal.drop_superseded() == 1
    kept = now(journal, before)
    assert (kept.state, kept.reason, kept.payload) == (
        State.DISCARDED,
        f"replaced by {later.id}",
        before.payload,
    )
    assert now(journal, later).state is State.QUEUED
    assert journal.drop_superseded() == 0


@pytest.mark.parametrize("later", [State.DRAFT, State.DISCARDED])
def test_a_later_one_that_is_none_stands_in_nobodys_place(journal: Journal, later: State) -> None:
    before = in_state(journal, State.CONFLICT)
    in_state(journal, later, {"n": 2}, supersedes=before.id)
    assert journal.drop_superseded() == 0
    assert now(journal, before).state is State.CONFLICT


@pytest.mark.parametrize("state", [State.QUEUED, State.RETRY, State.ACKED, State.CONFIRMED])
def test_what_may_still_be_taken_is_not_dropped_for_a_later_one(journal: Journal, state: State) -> None:
    before = in_state(journal, state)
    journal.add("record", {"n": 2}, supersedes=before.id)
    assert journal.drop_superseded() == 0
    assert now(journal, before).state is state


def test_a_refused_import_is_replaced_by_its_undoing_and_not_by_a_change_of_one_of_its_records(
    journal: Journal,
) -> None:
    file = in_state(journal, State.QUARANTINED, kind="import")
    journal.add("record", {"n": 2}, supersedes=file.id)
    assert journal.drop_superseded() == 0
    journal.add("import_undone", {"n": 3}, supersedes=file.id)
    assert journal.drop_superseded() == 1
    assert now(journal, file).state is State.DISCARDED


def test_the_version_that_a_person_saw_is_as_noted_or_what_was_last_taken_before(journal: Journal) -> None:
    first = in_state(journal, State.SENDING)
    journal.sending.settle([Outcome(first.id, State.ACKED, None, {"version": 4})])
    second = journal.add("record", {"n": 2}, supersedes=first.id)
    third = journal.add("record", {"n": 3}, supersedes=second.id)
    noted = journal.add("record", {"n": 4}, supersedes=third.id, base="9")
    last = journal.add("record", {"n": 5}, supersedes=noted.id)
    assert [journal.sending.base_of(e) for e in (now(journal, first), second, third, noted, last)] == [
        None,
        4,
        4,
        9,
        9,
    ]


def test_a_refusal_is_no_version_to_begin_from(journal: Journal) -> None:
    refused = in_state(journal, State.SENDING)
    journal.sending.settle([Outcome(refused.id, State.CONFLICT, "conflict", {"version": 4})])
    nothing_said = in_state(journal, State.ACKED)
    for before in (refused, nothing_said):
        assert journal.sending.base_of(journal.add("record", {"n": 2}, supersedes=before.id)) is None
    assert journal.sending.base_of(journal.add("record", {"n": 2}, supersedes="nobody")) is None


# ---- counting and telling ----------------------------------------------------------------------------------


def test_counts_are_those_of_the_file_after_every_change(journal: Journal) -> None:
    for state in State:
        in_state(journal, state)
    assert journal.counts() == dict.fromkeys(State, 1)
    assert journal.unsent_count() == len(UNSENT) == 6
    journal.sending.claim(9)
    assert journal.counts()[State.SENDING] == 4
    assert journal.unsent_count() == 6


def test_counts_of_a_change_that_failed_are_those_of_before(journal: Journal) -> None:
    entry = in_state(journal, State.QUEUED)
    before = journal.counts()
    with pytest.raises(ValueError, match="cannot become"):
        journal.sending.settle([Outcome(entry.id, State.SENDING), Outcome(entry.id, State.DRAFT)])
    assert journal.counts() == before == {State.QUEUED: 1}


def test_every_change_is_told_and_what_only_the_sync_does_between_is_not(journal: Journal) -> None:
    heard: list[str] = []
    stop = journal.on_change(lambda: heard.append(doing))
    doing = "add"
    entry = journal.add("record", {"n": 1})
    doing = "claim"
    journal.sending.claim(1)
    doing = "settle"
    journal.sending.settle([Outcome(entry.id, State.RETRY, "x")])
    doing = "network"
    journal.sending.network_is_up()
    doing = "not shown"
    journal.note_not_shown(entry.id, "disk_full")
    journal.note_shown(entry.id)
    doing = "move"
    journal.move(entry.id, State.QUEUED)
    stop()
    assert heard == ["add", "settle", "move"]


def test_who_listens_finds_the_change_on_the_disk_and_may_ask_and_change(journal: Journal) -> None:
    found: list[int] = []

    def once() -> None:
        found.append(len(journal.entries()))
        if len(found) == 1:
            journal.add("record", {"n": 2})

    stop = journal.on_change(once)
    journal.add("record", {"n": 1})
    stop()
    assert found == [1, 2]


def test_a_change_that_failed_is_told_to_nobody(journal: Journal) -> None:
    entry = in_state(journal, State.QUEUED)
    heard: list[int] = []
    stop = journal.on_change(lambda: heard.append(1))
    with pytest.raises(ValueError, match="cannot become"):
        journal.move(entry.id, State.ACKED)
    stop()
    assert heard == []


def test_what_is_saved_and_could_not_be_shown_is_known_until_it_is(journal: Journal) -> None:
    one, two, draft = (in_state(journal, s) for s in (State.QUEUED, State.ACKED, State.DRAFT))
    for entry in (two, one, draft):
        journal.note_not_shown(entry.id, "disk_full")
    assert [e.id for e in journal.not_shown()] == [one.id, two.id]
    journal.note_shown(one.id)
    assert [e.id for e in journal.not_shown()] == [two.id]
    journal.note_not_shown(one.id, "disk_full")
    assert [e.id for e in journal.not_shown()] == [one.id, two.id]
    journal.discard(one.id, "mistyped")
    assert [e.id for e in journal.not_shown()] == [two.id]


@pytest.mark.parametrize("state", list(State))
def test_records_with_something_unsent_are_left_alone_by_a_pull(journal: Journal, state: State) -> None:
    in_state(journal, state, {"record": "r1"})
    in_state(journal, State.QUEUED, {"record": "x"}, kind="card")
    in_state(journal, State.QUEUED, {"no": "record"})
    assert journal.pending_records() == (frozenset({"r1"}) if state in UNSENT else frozenset())


def test_the_last_word_about_a_record_is_the_newest_that_counts(journal: Journal) -> None:
    assert journal.last_of_record("r1") is None
    in_state(journal, State.CONFIRMED, {"record": "r1", "n": 1})
    newest = in_state(journal, State.QUEUED, {"record": "r1", "n": 2})
    in_state(journal, State.QUEUED, {"record": "r2", "n": 3})
    in_state(journal, State.DRAFT, {"record": "r1", "n": 4})
    in_state(journal, State.DISCARDED, {"record": "r1", "n": 5})
    found = journal.last_of_record("r1")
    assert found is not None
    assert found.id == newest.id


def test_entries_are_told_by_state_in_the_order_in_which_they_were_made(journal: Journal) -> None:
    made = [in_state(journal, s) for s in (State.RETRY, State.QUEUED, State.ACKED, State.RETRY)]
    assert [e.id for e in journal.entries()] == [e.id for e in made]
    assert [e.id for e in journal.entries(State.RETRY)] == [made[0].id, made[3].id]
    assert [e.id for e in journal.entries(State.ACKED, State.QUEUED)] == [made[1].id, made[2].id]


def test_the_log_says_what_became_of_each_entry_and_when(journal: Journal, clock: Clock) -> None:
    entry = in_state(journal, State.QUEUED)
    other = in_state(journal, State.QUEUED)
    clock.now = START + timedelta(hours=1)
    journal.move(entry.id, State.SENDING)
    journal.sending.settle([Outcome(entry.id, State.QUARANTINED, "malformed")])
    assert journal.log(entry.id) == [
        ("2026-11-01T12:00:00Z", "added", "record queued"),
        ("2026-11-01T13:00:00Z", "sending", ""),
        ("2026-11-01T13:00:00Z", "quarantined", "malformed"),
    ]
    assert len(journal.log()) == 4
    assert journal.log(other.id) == journal.log()[1:2]


# ---- saving ------------------------------------------------------------------------------------------------


def test_a_draft_that_becomes_an_entry_takes_its_files_with_it_and_loses_those_it_had(
    journal: Journal,
) -> None:
    journal.add("record", {"n": 1}, (("a.txt", b"a"), ("b.txt", b"b")), entry_id="one", draft=True)
    saved = journal.add("record", {"n": 2}, (("b.txt", b"b"), ("c.txt", b"c")), entry_id="one")
    assert (saved.state, saved.payload, [f.name for f in saved.attachments]) == (
        State.QUEUED,
        {"n": 2},
        ["b.txt", "c.txt"],
    )
    assert len(journal.entries()) == 1


def test_the_same_file_under_two_names_is_named_once(journal: Journal) -> None:
    entry = journal.add("record", {}, (("a.txt", b"same"), ("b.txt", b"same")))
    assert [f.name for f in entry.attachments] == ["a.txt"]


@pytest.mark.parametrize("state", [s for s in State if s is not State.DRAFT])
def test_a_saved_entry_never_changes_in_whatever_state_it_is(journal: Journal, state: State) -> None:
    entry = in_state(journal, state)
    with pytest.raises(KnownError, match="entry_is_final"):
        journal.add("record", {"n": 2}, entry_id=entry.id)
    assert journal.add("record", {"n": 1}, entry_id=entry.id) == entry
    assert journal.add("record", {"n": 1}, entry_id=entry.id, draft=True) == entry


def test_a_reason_is_kept_when_a_later_step_has_none(journal: Journal) -> None:
    entry = in_state(journal, State.QUARANTINED)
    journal.move(entry.id, State.QUEUED, reason="the centre was mended")
    assert journal.move(entry.id, State.SENDING).reason == "the centre was mended"


def test_two_later_ones_replace_a_refused_entry_once(journal: Journal) -> None:
    before = in_state(journal, State.CONFLICT)
    for n in (2, 3):
        journal.add("record", {"n": n}, supersedes=before.id)
    journal.drop_superseded()
    assert [what for _, what, _ in journal.log(before.id)].count("discarded") == 1


def stamped(journal: Journal, kind: str, payload: dict[str, Any], version: int) -> Entry:
    """An entry that another version of the program wrote."""
    entry = journal.add(kind, payload)
    with journal._file.quietly():
        journal._file.execute("UPDATE entry SET schema_version = ? WHERE id = ?", (version, entry.id))
    return now(journal, entry)


def test_an_entry_of_a_newer_program_stays_as_it_was_written(journal: Journal) -> None:
    entry = stamped(journal, "record", {"of_next_year": 1}, PAYLOAD_VERSION + 1)
    assert (entry.kind, entry.payload, entry.readable) == ("record", {"of_next_year": 1}, False)


def test_an_entry_that_no_program_has_written_stays_as_it_is_and_is_not_read(journal: Journal) -> None:
    entry = stamped(journal, "finding_decision", {"no": "finding"}, 1)
    assert (entry.kind, entry.payload, entry.readable) == ("finding_decision", {"no": "finding"}, False)

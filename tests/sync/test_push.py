"""Push, state by state: what each answer of the centre makes of an entry. Nothing is sent but what a genuine
receipt of this very content says.
"""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from app.core.ids import new_id
from app.core.jobs import Cancelled, Job, Progress
from app.models.entries import Entry, State
from app.models.journal import Journal
from app.sync.push import Push
from app.sync.wire import MOST_ENTRIES, Batch, Receipt
from tests.sync.conftest import WELL, Laptop
from tests.sync.memory_centre import unreachable


def test_nothing_to_send_asks_the_centre_nothing(laptop: Laptop) -> None:
    assert laptop.pushes().states == {}
    assert laptop.centre.batches == []


def test_an_entry_is_sent_when_its_receipt_says_so_and_its_receipt_is_kept(laptop: Laptop) -> None:
    entry = laptop.saves()
    done = laptop.pushes()
    now = laptop.now(entry)
    assert (now.state, now.error, now.attempts) == (State.ACKED, None, 1)
    assert now.receipt is not None
    assert (now.receipt["status"], now.receipt["change_no"], now.receipt["version"]) == ("accepted", 1, 1)
    assert (done.sent, done.states, done.stopped) == (1, {"acked": 1}, None)


def test_the_centre_gets_the_payload_with_its_hash_its_well_and_its_time(laptop: Laptop) -> None:
    entry = laptop.saves({"note": "шум 12⏎"})
    laptop.pushes()
    arrived = laptop.centre.taken[entry.id]
    assert arrived.payload == entry.payload
    assert arrived.payload_sha256 == entry.payload_sha256
    assert arrived.well is not None
    assert arrived.well.model_dump(exclude={"number"}) == WELL.key
    assert arrived.created_at == "2026-11-01T12:00:00Z"


def test_an_entry_of_before_wells_had_names_is_sent_under_the_name_that_its_number_has_here(
    laptop: Laptop,
) -> None:
    named, unknown = laptop.saves(well_key=None), laptop.saves(well_key=None, well=77)
    finding = laptop.journal.add("finding_decision", {"finding": {"well_id": 1}, "decision": "accepted"})
    laptop.pushes()
    taken = laptop.centre.taken
    assert [taken[e.id].well and taken[e.id].well.uid for e in (named, unknown, finding)] == [
        WELL.key["uid"],
        None,
        WELL.key["uid"],
    ]


def test_after_a_push_the_journals_file_has_all_by_itself(laptop: Laptop, tmp_path: Path) -> None:
    entry = laptop.saves()
    laptop.pushes()
    (alone := tmp_path / "alone").mkdir()
    (alone / "j.sqlite").write_bytes(laptop.journal._path.read_bytes())
    copied = Journal(alone / "j.sqlite", alone / "blobs", "11" * 32)
    assert [(e.id, e.state) for e in copied.entries()] == [(entry.id, State.ACKED)]
    copied.close()


def test_drafts_and_discarded_entries_stay_here(laptop: Laptop) -> None:
    laptop.journal.add("record", {"record": new_id(), "kind": "note", "values": {}}, draft=True)
    given_up = laptop.saves()
    laptop.journal.discard(given_up.id, "mistyped")
    laptop.pushes()
    assert laptop.centre.batches == []
    assert sorted(e.state for e in laptop.journal.entries()) == [State.DISCARDED, State.DRAFT]


def test_entries_arrive_in_the_order_in_which_they_were_made_whatever_the_clock_did(laptop: Laptop) -> None:
    made = []
    for jump in (0, -86_400, 3_600, -10):
        laptop.clock.forward(jump)
        made.append(laptop.saves().id)
    laptop.pushes()
    assert laptop.centre.batches == [made]


def test_more_than_a_batch_holds_goes_in_several(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sync.push.MOST_ENTRIES", 3)
    made = [laptop.saves().id for _ in range(7)]
    assert laptop.pushes().sent == 7
    assert laptop.centre.batches == [made[:3], made[3:6], made[6:]]
    assert MOST_ENTRIES == 200, "as the protocol has it"


def test_a_batch_is_cut_where_it_would_be_too_big_and_one_entry_that_is_bigger_still_goes(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [laptop.saves({"note": "x" * n}) for n in (100, 100, 5_000, 100)]
    sizes = [len(str(e.payload)) for e in made]
    monkeypatch.setattr("app.sync.push.MOST_BATCH_BYTES", sizes[0] + sizes[1] + 50)
    laptop.pushes()
    ids = [e.id for e in made]
    assert laptop.centre.batches == [ids[:2], ids[2:3], ids[3:]]


# ---- receipts ----------------------------------------------------------------------------------------------


def test_a_receipt_that_the_centre_did_not_sign_makes_nothing_sent(laptop: Laptop) -> None:
    entry, other = laptop.saves(), laptop.saves()
    laptop.centre.trouble.forged.add(entry.id)
    assert laptop.pushes().sent == 1
    now = laptop.now(entry)
    assert (now.state, now.error, now.receipt) == (State.RETRY, "receipt_not_genuine", None)
    assert laptop.state(other) is State.ACKED


def test_a_genuine_receipt_of_other_content_makes_nothing_sent(laptop: Laptop) -> None:
    """The centre says that it has something: not that it has this."""
    entry = laptop.saves()
    laptop.centre.trouble.other_content.add(entry.id)
    assert laptop.pushes().sent == 0
    assert (laptop.state(entry), laptop.now(entry).receipt) == (State.RETRY, None)


@pytest.mark.parametrize("status", ["rejected", "conflict"])
def test_a_forged_word_condemns_no_entry_either(laptop: Laptop, status: str) -> None:
    entry = laptop.saves()
    laptop.centre.trouble.rejected[entry.id] = "field_not_yours"
    laptop.centre.trouble.forged.add(entry.id)
    laptop.pushes()
    assert laptop.state(entry) is State.RETRY


def test_an_entry_without_a_receipt_is_sent_again_later(laptop: Laptop) -> None:
    entry = laptop.saves()
    laptop.centre.trouble.unanswered.add(entry.id)
    laptop.pushes()
    assert (laptop.state(entry), laptop.now(entry).error) == (State.RETRY, "receipt_missing")
    laptop.centre.trouble.unanswered.clear()
    laptop.clock.forward(10)
    laptop.pushes()
    assert laptop.state(entry) is State.ACKED
    assert laptop.now(entry).receipt["status"] == "duplicate", "the centre had it all along"


def test_a_reply_that_is_lost_is_asked_for_again_and_the_centre_has_the_entry_once(laptop: Laptop) -> None:
    entry = laptop.saves()
    laptop.centre.trouble.replies_lost = 1
    assert laptop.pushes().sent == 0
    assert laptop.state(entry) is State.RETRY
    assert laptop.pushes().sent == 1
    assert [change.entry_id for change in laptop.centre.log] == [entry.id]
    assert laptop.state(entry) is State.ACKED


def test_what_the_centre_rejects_waits_for_a_person_with_the_reason_and_is_not_sent_again(
    laptop: Laptop,
) -> None:
    bad, good = laptop.saves(), laptop.saves()
    laptop.centre.trouble.rejected[bad.id] = "field_not_yours"
    done = laptop.pushes()
    assert (laptop.state(bad), laptop.now(bad).error) == (State.QUARANTINED, "field_not_yours")
    assert done.states == {"quarantined": 1, "acked": 1}
    assert done.sent == 1, "what was refused is not counted as sent"
    laptop.clock.forward(86_400)
    laptop.pushes()
    assert laptop.centre.batches == [[bad.id, good.id]]


def test_a_rejection_without_a_code_has_one_all_the_same(laptop: Laptop) -> None:
    bad = laptop.saves()
    laptop.centre.trouble.rejected[bad.id] = ""
    laptop.pushes()
    assert laptop.now(bad).error == "rejected"


def test_what_a_person_sends_again_from_quarantine_goes(laptop: Laptop) -> None:
    bad = laptop.saves()
    laptop.centre.trouble.rejected[bad.id] = "field_not_yours"
    laptop.pushes()
    laptop.centre.trouble.rejected.clear()
    laptop.journal.move(bad.id, State.QUEUED)
    laptop.pushes()
    assert laptop.state(bad) is State.ACKED


# ---- what does not pass our own border ---------------------------------------------------------------------


def test_an_entry_that_cannot_be_put_on_the_wire_waits_alone_with_its_reason(laptop: Laptop) -> None:
    bad = laptop.journal.add("record", {"record": "r"}, entry_id="no id of the protocol")
    good = laptop.saves()
    done = laptop.pushes()
    now = laptop.now(bad)
    assert (now.state, now.error) == (State.QUARANTINED, "entry_unfit")
    assert now.receipt is not None
    assert now.receipt["details"]["field"] == "id"
    assert "no id of the protocol" not in str(now.receipt), "its values are nobody's business"
    assert laptop.state(good) is State.ACKED
    assert done.states == {"quarantined": 1, "acked": 1}


def test_an_entry_whose_well_is_no_well_waits_alone(laptop: Laptop) -> None:
    bad, good = laptop.saves(well_key=["not", "a", "well"]), laptop.saves()
    laptop.pushes()
    assert (laptop.state(bad), laptop.state(good)) == (State.QUARANTINED, State.ACKED)
    assert laptop.now(bad).receipt["details"] == {"field": "well_key", "reason": "value_wrong"}


def test_of_a_batch_that_cannot_be_sent_the_one_to_blame_is_found(laptop: Laptop) -> None:
    before, bad, after = laptop.saves(), laptop.saves(), laptop.saves()
    laptop.centre.trouble.poison[bad.id] = ValueError("surrogates not allowed")
    laptop.pushes()
    assert [laptop.state(e) for e in (before, bad, after)] == [
        State.ACKED,
        State.QUARANTINED,
        State.ACKED,
    ]
    assert laptop.now(bad).receipt["details"]["reason"] == "ValueError surrogates not allowed"


# ---- what supersedes what ----------------------------------------------------------------------------------


def test_an_edit_waits_for_the_entry_that_it_supersedes(laptop: Laptop) -> None:
    first = laptop.saves()
    laptop.centre.trouble.rejected[first.id] = "malformed"
    laptop.pushes()
    edit = laptop.saves(supersedes=first)
    assert laptop.journal.sending.claim(10) == [], "as long as nobody decided about the first"
    laptop.pushes()
    assert laptop.state(first) is State.DISCARDED, "the later one stands in its place"
    assert laptop.state(edit) is State.ACKED


def test_a_correction_of_what_is_refused_goes_with_the_refusal(laptop: Laptop) -> None:
    """It waited for the next sync, with nothing said to be left to do."""
    first = laptop.saves()
    edit = laptop.saves({"note": "b"}, record=first.payload["record"], supersedes=first)
    laptop.centre.trouble.rejected[first.id] = "malformed"
    done = laptop.pushes()
    assert done.states == {"quarantined": 1, "acked": 1}
    assert laptop.state(first) is State.DISCARDED
    assert laptop.state(edit) is State.ACKED


def test_an_edit_is_sent_with_the_version_that_the_centre_made_of_the_one_before(laptop: Laptop) -> None:
    first = laptop.saves()
    laptop.pushes()
    edit = laptop.saves({"note": "b"}, record=first.payload["record"], supersedes=first)
    laptop.pushes()
    arrived = laptop.centre.taken[edit.id]
    assert (arrived.base_version, arrived.supersedes) == (1, first.id)
    assert laptop.now(edit).receipt["version"] == 2


# ---- the job -----------------------------------------------------------------------------------------------


def test_a_cancelled_push_puts_back_what_it_had_not_sent_and_counts_no_attempt(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [laptop.saves({"note": "x" * 3_000}) for _ in range(3)]
    monkeypatch.setattr("app.sync.push.MOST_BATCH_BYTES", 4_000)
    job = Job(lambda _: job.cancel(), min_gap_s=0)
    with pytest.raises(Cancelled):
        laptop.pushes(job)
    assert [laptop.state(e) for e in made] == [State.ACKED, State.QUEUED, State.QUEUED]
    assert [laptop.now(e).attempts for e in made] == [1, 0, 0]


def test_a_job_that_was_cancelled_before_sends_nothing(laptop: Laptop) -> None:
    laptop.saves()
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        laptop.pushes(job)
    assert laptop.centre.batches == []


def test_the_next_batch_is_made_ready_while_the_centre_has_one_and_goes_after_its_answer(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.push.MOST_ENTRIES", 2)
    made = [laptop.saves() for _ in range(5)]
    claim, send = laptop.journal.sending.claim, laptop.centre.send
    claimed, at_once = [threading.Event() for _ in range(4)], []

    def claiming(limit: int) -> list[Entry]:
        found = claim(limit)
        next(one for one in claimed if not one.is_set()).set()
        return found

    def sending(batch: Batch) -> tuple[Receipt, ...]:
        number = len(at_once)
        at_once.append(number)
        assert number == 2 or claimed[number + 1].wait(10), "nobody has claimed the next"
        return send(batch)

    monkeypatch.setattr(laptop.journal.sending, "claim", claiming)
    monkeypatch.setattr(laptop.centre, "send", sending)
    assert laptop.pushes().sent == 5
    ids = [entry.id for entry in made]
    assert laptop.centre.batches == [ids[:2], ids[2:4], ids[4:]]


def test_no_batch_goes_after_one_that_met_trouble_and_what_was_claimed_for_it_was_no_try(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.push.MOST_ENTRIES", 2)
    made = [laptop.saves() for _ in range(7)]
    laptop.centre.trouble.next["send"] = [unreachable()]
    pushed = laptop.pushes()
    assert (pushed.sent, laptop.centre.batches) == (0, [[one.id for one in made[:2]]])
    states = [(laptop.now(one).state, laptop.now(one).attempts) for one in made]
    assert states == [(State.RETRY, 1)] * 2 + [(State.QUEUED, 0)] * 5


def test_what_waited_for_an_entry_of_the_last_full_batch_goes_in_the_same_run(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.push.MOST_ENTRIES", 2)
    first, second = laptop.saves(), laptop.saves()
    edit = laptop.saves({"note": "b"}, record=second.payload["record"], supersedes=second)
    assert laptop.pushes().sent == 3
    assert laptop.centre.batches == [[first.id, second.id], [edit.id]]
    assert laptop.state(edit) is State.ACKED


def test_progress_is_told_in_entries_sent_of_all_that_wait(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.push.MOST_ENTRIES", 2)
    for _ in range(5):
        laptop.saves()
    told: list[Progress] = []
    laptop.pushes(Job(told.append, min_gap_s=0))
    assert [(p.done, p.total, p.text) for p in told] == [
        (2, 5, "job.sync_push"),
        (4, 5, "job.sync_push"),
        (5, 5, "job.sync_push"),
    ]


def test_a_bug_of_ours_in_the_middle_leaves_nothing_on_its_way(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = laptop.saves()

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Push, "_send_group", broken)
    with pytest.raises(ZeroDivisionError):
        laptop.pushes()
    assert laptop.state(entry) is State.QUEUED

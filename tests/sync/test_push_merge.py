"""A change that meets another at the centre: merged by field where nobody need be asked, kept for the
engineer where somebody must.
"""

from __future__ import annotations

from typing import Any

from app.core.ids import new_id
from app.models.entries import Entry, State
from tests.sync.conftest import Laptop

FIRST = {"liquid_m3_per_s": 0.001, "water_cut": 0.4}


def shared(laptop: Laptop, values: dict[str, Any] = FIRST, **payload: Any) -> Entry:
    """A record that the centre and two laptops have in its first version."""
    entry = laptop.saves(values, **payload)
    laptop.pushes()
    return entry


def another_laptop_saves(laptop: Laptop, entry: Entry, values: dict[str, Any], **payload: Any) -> None:
    body = {**entry.payload, "values": values, **payload}
    laptop.centre.versions[entry.payload["record"]].append((new_id(), body))


def edits(laptop: Laptop, entry: Entry, values: dict[str, Any], **payload: Any) -> Entry:
    made = laptop.saves(values, record=entry.payload["record"], supersedes=entry, **payload)
    laptop.pushes()
    return made


def at_the_centre(laptop: Laptop, entry: Entry) -> dict[str, Any]:
    return laptop.centre.versions[entry.payload["record"]][-1][1]


def test_edits_of_different_fields_are_both_kept_by_a_new_entry(laptop: Laptop) -> None:
    first = shared(laptop)
    another_laptop_saves(laptop, first, {**FIRST, "water_cut": 0.5})
    mine = edits(laptop, first, {**FIRST, "note": "mine"})
    assert at_the_centre(laptop, first)["values"] == {**FIRST, "water_cut": 0.5, "note": "mine"}
    assert laptop.state(mine) is State.DISCARDED, "the merged one stands in its place"
    merged = laptop.journal.entries()[-1]
    assert (merged.supersedes, merged.base, merged.state) == (mine.id, "2", State.ACKED)
    assert merged.receipt is not None
    assert merged.receipt["version"] == 3


def test_a_merge_is_counted_beside_the_conflict_that_it_ends(laptop: Laptop) -> None:
    first = shared(laptop)
    another_laptop_saves(laptop, first, {**FIRST, "water_cut": 0.5})
    laptop.saves({**FIRST, "note": "mine"}, record=first.payload["record"], supersedes=first)
    done = laptop.pushes()
    assert (done.merged, done.states, done.sent) == (1, {"conflict": 1, "acked": 1}, 1)


def test_the_same_field_changed_on_both_waits_for_the_engineer_with_both_values(laptop: Laptop) -> None:
    first = shared(laptop)
    another_laptop_saves(laptop, first, {**FIRST, "water_cut": 0.5})
    mine = edits(laptop, first, {**FIRST, "water_cut": 0.6})
    now = laptop.now(mine)
    assert (now.state, now.error) == (State.CONFLICT, "conflict")
    assert now.receipt is not None
    assert now.payload["values"]["water_cut"] == 0.6
    assert now.receipt["current"]["values"]["water_cut"] == 0.5
    assert now.receipt["base"]["values"] == FIRST
    assert at_the_centre(laptop, first)["values"]["water_cut"] == 0.5, "nobody is overwritten"


def test_an_open_conflict_is_not_sent_again_and_counts_as_unsent(laptop: Laptop) -> None:
    first = shared(laptop)
    another_laptop_saves(laptop, first, {**FIRST, "water_cut": 0.5})
    edits(laptop, first, {**FIRST, "water_cut": 0.6})
    sent = len(laptop.centre.batches)
    laptop.clock.forward(86_400)
    laptop.pushes()
    assert len(laptop.centre.batches) == sent
    assert laptop.journal.unsent_count() == 1


def test_an_edit_made_while_a_conflict_is_open_takes_the_question_over(laptop: Laptop) -> None:
    first = shared(laptop)
    another_laptop_saves(laptop, first, {**FIRST, "water_cut": 0.5})
    mine = edits(laptop, first, {**FIRST, "water_cut": 0.6})
    later = laptop.saves(
        {**FIRST, "water_cut": 0.55}, record=first.payload["record"], supersedes=mine, base="2"
    )
    laptop.pushes()
    assert (laptop.state(mine), laptop.state(later)) == (State.DISCARDED, State.ACKED)
    assert at_the_centre(laptop, first)["values"]["water_cut"] == 0.55


def test_a_removal_against_a_change_waits_for_the_engineer(laptop: Laptop) -> None:
    first = shared(laptop)
    another_laptop_saves(laptop, first, {**FIRST, "water_cut": 0.5})
    mine = edits(laptop, first, FIRST, action="removed")
    assert laptop.state(mine) is State.CONFLICT


def test_two_removals_are_one(laptop: Laptop) -> None:
    first = shared(laptop)
    another_laptop_saves(laptop, first, FIRST, action="removed")
    mine = edits(laptop, first, FIRST, action="removed")
    assert laptop.state(mine) is State.DISCARDED
    assert at_the_centre(laptop, first)["action"] == "removed"
    assert laptop.journal.unsent_count() == 0


def test_an_end_that_the_other_took_away_stays_away(laptop: Laptop) -> None:
    """A merge that went on from mine would bring it back, and nobody would have said so."""
    first = shared(laptop, until="2026-10-20T12:00:00Z")
    another_laptop_saves(laptop, first, FIRST, until=None)
    edits(laptop, first, {**FIRST, "note": "mine"}, until="2026-10-20T12:00:00Z")
    assert at_the_centre(laptop, first)["until"] is None
    assert at_the_centre(laptop, first)["values"] == {**FIRST, "note": "mine"}


def test_a_moment_that_the_other_moved_is_taken(laptop: Laptop) -> None:
    first = shared(laptop)
    another_laptop_saves(laptop, first, FIRST, at="2026-10-21T08:00:00Z")
    edits(laptop, first, {**FIRST, "note": "mine"})
    assert at_the_centre(laptop, first)["at"] == "2026-10-21T08:00:00Z"
    assert at_the_centre(laptop, first)["values"]["note"] == "mine"


def test_a_record_of_a_file_is_merged_against_what_the_file_said(laptop: Laptop) -> None:
    """The centre read the same file and knows no entry of ours that the change began from."""
    record = new_id()
    body = {"values": FIRST, "at": "2026-10-20T08:00:00Z", "until": None, "action": "saved"}
    laptop.imported[record] = body
    laptop.centre.versions[record].append((new_id(), {**body, "values": {**FIRST, "water_cut": 0.5}}))
    mine = laptop.saves({**FIRST, "note": "mine"}, record=record)
    done = laptop.pushes()
    assert (done.merged, laptop.state(mine)) == (1, State.DISCARDED)
    assert laptop.centre.versions[record][-1][1]["values"] == {**FIRST, "water_cut": 0.5, "note": "mine"}


def test_without_anything_to_compare_with_two_values_are_a_question(laptop: Laptop) -> None:
    record = new_id()
    laptop.centre.versions[record].append(
        (new_id(), {"values": {"water_cut": 0.5}, "at": "2026-10-20T08:00:00Z"})
    )
    mine = laptop.saves({"water_cut": 0.6}, record=record)
    laptop.pushes()
    assert laptop.state(mine) is State.CONFLICT


def test_what_is_no_record_is_never_merged(laptop: Laptop) -> None:
    card = laptop.journal.add("card", {"well": 1, "record": new_id()})
    said = laptop.centre._said
    laptop.centre._judged = lambda entry: said(entry, "conflict", version=1, current={"values": {}})
    laptop.pushes()
    assert laptop.state(card) is State.CONFLICT
    assert len(laptop.journal.entries()) == 1


def test_a_conflict_of_which_the_centre_shows_nothing_waits_for_the_engineer(laptop: Laptop) -> None:
    entry = laptop.saves()
    said = laptop.centre._said
    laptop.centre._judged = lambda entry: said(entry, "conflict", version=1)
    laptop.pushes()
    assert laptop.state(entry) is State.CONFLICT
    assert len(laptop.journal.entries()) == 1


def test_a_conflict_of_which_the_centre_shows_something_that_is_no_record_stops_nobody(
    laptop: Laptop,
) -> None:
    first = shared(laptop)
    another_laptop_saves(laptop, first, ["no values"])  # type: ignore[arg-type]
    mine, other = edits(laptop, first, {**FIRST, "note": "mine"}), laptop.saves(FIRST)
    laptop.pushes()
    assert (laptop.state(mine), laptop.state(other)) == (State.CONFLICT, State.ACKED)


def test_what_the_program_computed_of_a_finding_is_no_question(laptop: Laptop) -> None:
    said = {"code": "gas_lock", "decision": "accepted", "severity": "act", "confidence": 0.9, "grounds": "{}"}
    first = laptop.saves(said, kind="finding_decision")
    laptop.pushes()
    another_laptop_saves(laptop, first, {**said, "confidence": 0.7})
    edits(laptop, first, {**said, "confidence": 0.8, "reason": "seen"}, kind="finding_decision")
    assert at_the_centre(laptop, first)["values"] == {**said, "confidence": 0.7, "reason": "seen"}


def test_a_change_of_what_was_removed_here_waits_for_the_engineer(laptop: Laptop) -> None:
    first = shared(laptop)
    another_laptop_saves(laptop, first, FIRST, action="removed")
    assert laptop.state(edits(laptop, first, {**FIRST, "water_cut": 0.9})) is State.CONFLICT

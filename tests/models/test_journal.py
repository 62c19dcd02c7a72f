"""The journal: what a person did is on the disk before anybody says so, and leaves only by the protocol's
steps.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.clock import parse_time, utc_now
from app.core.errors import KnownError
from app.models.canonical import payload_hash
from app.models.entries import NEXT, UNSENT, State, Written
from app.models.journal import Journal

KEY = "11" * 32


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "j.sqlite", tmp_path / "blobs", KEY)
    yield opened
    opened.close()


def reopen(journal: Journal, tmp_path: Path) -> Journal:
    journal.close()
    return Journal(tmp_path / "j.sqlite", tmp_path / "blobs", KEY)


def test_an_entry_with_its_attachment_is_there_after_reopening(tmp_path: Path, journal: Journal) -> None:
    entry = journal.add("note", {"text": "шум"}, (("photo.jpg", b"\xff\xd8picture"),))
    again = reopen(journal, tmp_path)
    try:
        kept = again.get(entry.id)
        assert kept is not None
        assert kept.payload == {"text": "шум"}
        assert kept.state is State.QUEUED
        assert kept.payload_sha256 == payload_hash({"text": "шум"})[1]
        assert again.blobs.read(kept.attachments[0].sha256) == b"\xff\xd8picture"
    finally:
        again.close()


def test_a_double_click_saves_once_and_a_changed_payload_is_refused(journal: Journal) -> None:
    first = journal.add("note", {"text": "a"}, entry_id="one")
    assert journal.add("note", {"text": "a"}, entry_id="one") == first
    with pytest.raises(KnownError, match="entry_is_final"):
        journal.add("note", {"text": "b"}, entry_id="one")
    assert journal.unsent_count() == 1


def test_a_draft_may_be_written_again_and_is_not_unsent_work(journal: Journal) -> None:
    journal.add("note", {"text": "a"}, entry_id="one", draft=True)
    journal.add("note", {"text": "ab"}, entry_id="one", draft=True)
    assert journal.unsent_count() == 0
    assert journal.move("one", State.QUEUED).payload == {"text": "ab"}


def test_what_was_being_sent_when_the_program_ended_is_queued_again(tmp_path: Path, journal: Journal) -> None:
    entry = journal.add("note", {"text": "a"})
    journal.move(entry.id, State.SENDING)
    again = reopen(journal, tmp_path)
    try:
        assert [e.state for e in again.entries()] == [State.QUEUED]
        assert again.entries()[0].attempts == 1
    finally:
        again.close()


@pytest.mark.parametrize("state", list(State))
def test_every_state_but_the_last_ones_has_a_way_out(state: State) -> None:
    """Invariant I5 of the sync."""
    assert bool(NEXT[state]) == (state is not State.DISCARDED)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(list(State)), max_size=12))
def test_only_the_protocols_steps_are_taken_and_the_payload_never_changes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[State]
) -> None:
    folder = tmp_path_factory.mktemp("j")
    journal = Journal(folder / "j.sqlite", folder / "blobs", KEY)
    try:
        entry = journal.add("note", {"n": 1})
        state = entry.state
        for step in steps:
            if step in NEXT[state]:
                state = journal.move(entry.id, step).state
                assert state is step
            else:
                with pytest.raises(ValueError, match="cannot become"):
                    journal.move(entry.id, step)
        kept = journal.get(entry.id)
        assert kept is not None
        assert kept.payload_sha256 == entry.payload_sha256
        assert journal.unsent_count() == int(state in UNSENT)
    finally:
        journal.close()


def test_discarding_needs_a_reason_and_the_entry_stays_readable(journal: Journal) -> None:
    entry = journal.add("note", {"text": "a"})
    with pytest.raises(KnownError, match="reason_missing"):
        journal.discard(entry.id, "  ")
    journal.discard(entry.id, "ошибочная")
    kept = journal.get(entry.id)
    assert kept is not None
    assert kept.payload == {"text": "a"}
    assert [what for _, what, _ in journal.log(entry.id)] == ["added", "discarded"]


def test_neither_file_nor_attachment_shows_its_content(tmp_path: Path, journal: Journal) -> None:
    for i in range(50):
        journal.add("note", {"text": f"SENTINEL-{i}"}, ((f"f{i}.txt", b"SENTINEL-BLOB"),))
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"SENTINEL" not in content


def test_the_files_are_readable_by_their_owner_only(tmp_path: Path, journal: Journal) -> None:
    if os.name == "nt":
        pytest.skip("Windows keeps access in ACLs")
    journal.add("note", {"text": "a"}, (("x", b"x"),))
    modes = [stat.S_IMODE(path.stat().st_mode) & 0o077 for path in tmp_path.rglob("*")]
    assert modes
    assert set(modes) == {0}


def test_the_wrong_key_is_told_and_the_journal_is_left_alone(tmp_path: Path, journal: Journal) -> None:
    journal.add("note", {"text": "a"})
    journal.close()
    before = (tmp_path / "j.sqlite").read_bytes()
    with pytest.raises(KnownError, match="journal_key_or_damage"):
        Journal(tmp_path / "j.sqlite", tmp_path / "blobs", "22" * 32)
    assert (tmp_path / "j.sqlite").read_bytes() == before


def test_a_damaged_attachment_is_told_not_handed_over(tmp_path: Path, journal: Journal) -> None:
    entry = journal.add("note", {}, (("x", b"content"),))
    blob = tmp_path / "blobs" / entry.attachments[0].sha256
    damaged = bytearray(blob.read_bytes())
    damaged[-1] ^= 1
    blob.write_bytes(bytes(damaged))
    with pytest.raises(KnownError, match="attachment_damaged"):
        journal.blobs.read(entry.attachments[0].sha256)


def test_the_same_file_is_kept_once(tmp_path: Path, journal: Journal) -> None:
    journal.add("a", {"n": 1}, (("one.csv", b"same"),))
    journal.add("b", {"n": 2}, (("two.csv", b"same"),))
    assert len(list((tmp_path / "blobs").iterdir())) == 1


def test_listeners_hear_of_each_change_until_they_leave(journal: Journal) -> None:
    heard: list[int] = []
    stop = journal.on_change(lambda: heard.append(journal.unsent_count()))
    journal.add("note", {"n": 1})
    stop()
    journal.add("note", {"n": 2})
    assert heard == [1]


@pytest.fixture
def theirs(tmp_path: Path) -> Iterator[Journal]:
    """The journal of another laptop."""
    opened = Journal(tmp_path / "theirs.sqlite", tmp_path / "their blobs", "22" * 32)
    yield opened
    opened.close()


def test_an_entry_of_another_laptop_is_taken_over_once_as_it_was_written(
    journal: Journal, theirs: Journal
) -> None:
    said = theirs.add("note", {"text": "шум"}, (("photo.jpg", b"\xff\xd8"),), supersedes="before")
    heard: list[int] = []
    journal.on_change(lambda: heard.append(1))
    assert journal.take_over(said, "+0500", "laptop of N") is True
    assert journal.get(said.id) == said
    assert [told for _, *told in journal.log()] == [["taken over", "laptop of N"]]
    assert len(heard) == 1
    journal.move(said.id, State.SENDING)
    journal.move(said.id, State.ACKED)
    assert journal.take_over(said, "+0500", "laptop of N") is False
    assert [e.state for e in journal.entries()] == [State.ACKED], "what became of it here stays"
    assert len(journal.log()) == 3


@pytest.mark.parametrize("here", [False, True])
def test_an_entry_whose_content_is_not_what_its_hash_says_is_not_taken_over(
    journal: Journal, theirs: Journal, here: bool
) -> None:
    said = theirs.add("note", {"text": "a"})
    if here:
        journal.take_over(said, "", "laptop of N")
    before = journal.entries()
    with pytest.raises(KnownError, match="entry_is_final"):
        journal.take_over(replace(said, written=Written("note", {"text": "b"})), "", "laptop of N")
    assert journal.entries() == before


def test_another_content_under_the_name_of_an_entry_that_is_here_is_not_taken_over(
    journal: Journal, theirs: Journal
) -> None:
    mine = journal.add("note", {"text": "mine"}, entry_id="one")
    said = theirs.add("note", {"text": "theirs"}, entry_id="one")
    with pytest.raises(KnownError, match="entry_is_final"):
        journal.take_over(said, "", "laptop of N")
    assert journal.entries() == [mine]
    assert [what for _, what, _ in journal.log()] == ["added"]


def test_what_was_taken_back_is_known_with_what_did_it_and_the_last_word_counts(
    tmp_path: Path, journal: Journal
) -> None:
    assert journal.taken_back() == {}
    for undone, by in (("one", "x"), ("two", "y"), ("one", "z")):
        journal.note_taken_back(undone, by)
    again = reopen(journal, tmp_path)
    try:
        noted = again.taken_back()
        assert {entry: by for entry, (by, _) in noted.items()} == {"one": "z", "two": "y"}
        at = [parse_time(at) for _, at in noted.values()]
        assert all(timedelta() <= utc_now() - one < timedelta(minutes=5) for one in at)
    finally:
        again.close()


def test_entries_of_other_kinds_than_records_are_told_by_kind_and_state_in_the_order_of_writing(
    journal: Journal,
) -> None:
    first = journal.add("note", {"text": "a"})
    journal.add("record", {"kind": "flow_test"})
    decided = journal.add("decision", {"text": "b"})
    last = journal.add("note", {"text": "c"})
    journal.discard(last.id, "taken back")
    kinds = ("note", "decision", "record")
    assert [one.id for one in journal.of_other_kinds(kinds, (State.QUEUED,))] == [first.id, decided.id]
    both = journal.of_other_kinds(("note",), (State.QUEUED, State.DISCARDED))
    assert [(one.id, one.payload) for one in both] == [(first.id, {"text": "a"}), (last.id, {"text": "c"})]
    assert journal.of_other_kinds(("event",), (State.QUEUED,)) == []

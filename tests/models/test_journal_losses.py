"""A log of the journal that is damaged or gone: SQLite says nothing, the journal does."""

from __future__ import annotations

import random
import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.models.entries import Outcome, State
from app.models.journal import Journal
from app.models.journal_losses import Loss

KEY = "11" * 32
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SAVED = 12
HEAD_BYTES, FRAME_BYTES = 32, 24 + 4096
"""Of SQLite's log: its head, and each page of it with a head of its own."""


def opened(path: Path) -> Journal:
    return Journal(path, path.parent / "blobs", KEY, lambda: NOW)


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """What a power cut leaves: two entries in the file, twelve in its log."""
    path = tmp_path / "worked" / "j.sqlite"
    path.parent.mkdir()
    journal = opened(path)
    for number in range(2):
        journal.add("note", {"n": -number})
    journal._file.fold()
    for number in range(SAVED):
        journal.add("note", {"n": number})
    shutil.copytree(path.parent, tmp_path / "left")
    journal.close()
    return tmp_path / "left" / path.name


def log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def told(path: Path) -> tuple[int, list[Loss]]:
    """Entries that are there, and what was said to be lost, at one opening."""
    journal = opened(path)
    try:
        return len(journal.entries()), journal.losses.untold()
    finally:
        journal.close()


def flipped(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0xFF
    path.write_bytes(content)


def test_a_log_that_is_whole_says_nothing(left: Path) -> None:
    assert told(left) == (2 + SAVED, [])
    assert told(left) == (2 + SAVED, [])


@pytest.mark.parametrize("seed", range(12))
def test_what_a_flipped_byte_of_the_log_takes_is_counted_and_told(left: Path, seed: int) -> None:
    log = log_of(left)
    frames = (log.stat().st_size - HEAD_BYTES) // FRAME_BYTES
    place = HEAD_BYTES + random.Random(seed).randrange(frames) * FRAME_BYTES + (4, 20, 24, 2_000)[seed % 4]
    flipped(log, place)
    damaged = log.read_bytes()
    there, lost = told(left)
    missing = 2 + SAVED - there
    assert missing > 0
    (loss,) = lost
    assert (loss.saved, loss.steps) == (missing, missing)
    assert loss.until == NOW
    kept = left.with_name(loss.kept)
    assert kept.read_bytes() == damaged
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("harm", "there"),
    [
        (lambda log: log.unlink(), 2),
        (lambda log: log.write_bytes(b""), 2),
        (lambda log: flipped(log, 8), 2),
        (lambda log: flipped(log, log.stat().st_size - 1), 2 + SAVED - 1),
        (lambda log: log.write_bytes(log.read_bytes()[:-1]), 2 + SAVED - 1),
    ],
    ids=["gone", "empty", "its head", "its last byte", "a byte short"],
)
def test_a_log_that_is_gone_or_ends_too_early_is_told(
    left: Path, harm: Callable[[Path], object], there: int
) -> None:
    harm(log_of(left))
    found, (loss,) = told(left)
    assert found == there
    assert loss.saved == 2 + SAVED - there


def test_a_journal_that_is_gone_with_all_that_was_saved_is_told(left: Path) -> None:
    left.unlink()
    log_of(left).unlink()
    found, (loss,) = told(left)
    assert (found, loss.saved, loss.until, loss.kept) == (0, 2 + SAVED, None, "")


def test_of_a_journal_in_which_nothing_was_ever_saved_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    assert told(path) == (0, [])
    for file in (path, log_of(path)):
        file.unlink(missing_ok=True)
    assert told(path) == (0, [])


def test_a_loss_is_kept_until_somebody_was_told_and_then_is_not_told_again(left: Path) -> None:
    log_of(left).unlink()
    assert told(left)[1] == told(left)[1] != []
    journal = opened(left)
    journal.losses.note_told()
    journal.add("note", {"n": 100})
    journal.close()
    assert told(left) == (3, [])


def test_steps_of_entries_that_are_lost_are_told_where_no_entry_is(left: Path) -> None:
    journal = opened(left)
    with journal.held_still():
        entry = journal.entries()[0].id  # the log is empty from here on
    journal.sending.claim(1)
    journal.sending.settle([Outcome(entry, State.QUARANTINED, error="unfit")])
    shutil.copytree(left.parent, left.parent.with_name("again"))
    journal.close()
    again = left.parent.with_name("again") / left.name
    flipped(log_of(again), log_of(again).stat().st_size - 1)
    found, (loss,) = told(again)
    assert (found, loss.saved, loss.steps) == (2 + SAVED, 0, 1)


@pytest.mark.parametrize("content", [None, b"", bytes(28), b"reached1"])
def test_where_it_is_not_known_how_far_the_journal_was_nothing_is_said(
    left: Path, content: bytes | None
) -> None:
    """A profile of an earlier version, and what a power cut may leave of a file that nothing waits for."""
    mark = left.with_name(left.name + "-reached")
    mark.unlink() if content is None else mark.write_bytes(content)
    log_of(left).unlink()
    assert told(left) == (2, [])
    assert mark.stat().st_size == 28


def test_a_mark_that_cannot_be_written_keeps_nobody_from_saving(tmp_path: Path) -> None:
    (tmp_path / "j.sqlite-reached").mkdir()
    journal = opened(tmp_path / "j.sqlite")
    journal.add("note", {"n": 1})
    journal.close()
    assert told(tmp_path / "j.sqlite") == (1, [])


def test_what_is_told_names_how_much_since_when_and_where(left: Path) -> None:
    flipped(log_of(left), log_of(left).stat().st_size - 1)
    (loss,) = told(left)[1]
    error = loss.error()
    assert isinstance(error, KnownError)
    assert error.code == "journal_lost"
    assert error.details == {"saved": 1, "steps": 1, "until": NOW, "file": loss.kept}

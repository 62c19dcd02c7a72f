"""The journal's file: what the disk, the key or another program does to it is told as what it is, and nothing
that was said to be saved goes.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

from app.core.clock import utc_now
from app.core.errors import KnownError
from app.models import journal_file
from app.models.entries import State
from app.models.journal import Journal
from app.models.journal_file import SCHEMA_VERSION, JournalFile, known_errors

KEY = "11" * 32


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "j.sqlite"


def opened(path: Path, key: str = KEY) -> Journal:
    return Journal(path, path.parent / "blobs", key)


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    made = opened(path)
    yield made
    made.close()


def read_all(path: Path) -> None:
    again = opened(path)
    try:
        again.entries()
    finally:
        again.close()


class Another:
    """A second program on the same file."""

    def __init__(self, path: Path) -> None:
        self.connection = apsw.Connection(str(path))
        self.connection.pragma("key", f"raw:{KEY}")

    def __enter__(self) -> Another:
        self.connection.execute("BEGIN EXCLUSIVE")
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.execute("ROLLBACK")
        self.connection.close()


@pytest.mark.parametrize(
    ("raised", "code", "retry"),
    [
        (apsw.NotADBError(), "journal_key_or_damage", False),
        (apsw.CorruptError(), "journal_damaged", False),
        (apsw.FullError(), "disk_full", True),
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full", True),
        (OSError(errno.EACCES, "Permission denied"), "folder_not_writable", False),
        (apsw.ReadOnlyError(), "folder_not_writable", False),
        (apsw.CantOpenError(), "folder_not_writable", False),
        (apsw.PermissionsError(), "folder_not_writable", False),
        (apsw.IOError(), "folder_not_writable", False),
        (apsw.BusyError(), "store_locked", True),
        (apsw.LockedError(), "store_locked", True),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Exception) else str(one),
)
def test_each_trouble_of_the_disk_has_its_name(path: Path, raised: Exception, code: str, retry: bool) -> None:
    with pytest.raises(KnownError) as caught, known_errors(path):
        raise raised
    assert (caught.value.code, caught.value.retry) == (code, retry)
    assert caught.value.__cause__ is raised
    assert str(path.parent) in str(caught.value), "where it is, is said"


def test_a_bug_of_ours_keeps_its_own_name(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), known_errors(path):
        raise ZeroDivisionError
    with pytest.raises(apsw.ConstraintError), known_errors(path):
        raise apsw.ConstraintError


def test_a_file_that_another_program_holds_is_told_and_goes_on_when_it_is_free(
    path: Path, journal: Journal
) -> None:
    journal._file._connection.set_busy_timeout(1)
    with Another(path):
        with pytest.raises(KnownError, match="store_locked") as caught:
            journal.add("note", {"n": 1})
        assert caught.value.retry
        assert journal.entries() == [], "who only reads waits for nobody"
        assert journal.counts() == {}, "asks nobody and waits for nobody"
    journal.add("note", {"n": 1})
    assert [e.state for e in journal.entries()] == [State.QUEUED]


def test_a_held_file_is_waited_for_a_moment_before_it_is_told(path: Path, journal: Journal) -> None:
    journal._file._connection.set_busy_timeout(30_000)
    holder = Another(path)
    holder.__enter__()
    threading.Timer(0.05, lambda: holder.connection.execute("ROLLBACK")).start()
    journal.add("note", {"n": 1})
    holder.connection.close()
    assert len(journal.entries()) == 1


def test_a_disk_that_is_full_in_the_middle_leaves_the_entry_out_and_the_journal_open(
    journal: Journal,
) -> None:
    first = journal.add("note", {"n": 1})
    journal._file._connection.pragma("max_page_count", journal._file._connection.pragma("page_count"))
    with pytest.raises(KnownError, match="disk_full"):
        journal.add("note", {"text": "x" * 100_000})
    assert journal.counts() == {State.QUEUED: 1}
    journal._file._connection.pragma("max_page_count", 1_000_000)
    journal.add("note", {"text": "x" * 100_000})
    assert [e.id for e in journal.entries()][0] == first.id
    assert journal.unsent_count() == 2


def test_a_journal_of_a_newer_program_is_not_opened_and_not_touched(path: Path, journal: Journal) -> None:
    journal.add("note", {"n": 1})
    journal._file._connection.pragma("user_version", SCHEMA_VERSION + 1)
    journal.close()
    before = path.read_bytes()
    with pytest.raises(KnownError, match="journal_newer"):
        opened(path)
    assert path.read_bytes() == before


def test_what_is_no_journal_is_told(path: Path) -> None:
    path.write_bytes(b"this is not a journal" * 1_000)
    with pytest.raises(KnownError, match="journal_key_or_damage"):
        opened(path)


@pytest.mark.parametrize("how", ["bits", "zeros"])
def test_a_damaged_page_is_told_when_it_is_read(path: Path, journal: Journal, how: str) -> None:
    for n in range(5):
        journal.add("note", {"text": f"{n}" * 20_000}, entry_id=f"{n}")
    journal.close()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    damaged = bytes(byte ^ 255 for byte in content[middle : middle + 4096]) if how == "bits" else bytes(4096)
    content[middle : middle + 4096] = damaged
    path.write_bytes(bytes(content))
    with pytest.raises(KnownError, match="journal_"):
        read_all(path)


def test_the_check_says_ok_of_a_good_file(journal: Journal) -> None:
    journal.add("note", {"n": 1})
    assert journal.check() == "ok"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(KnownError, match="folder_not_writable"):
        opened(tmp_path / "file" / "j.sqlite")


def test_a_file_that_cannot_be_opened_leaves_no_connection_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[int] = []

    class Watched(apsw.Connection):
        def close(self, force: bool = False) -> None:
            closed.append(1)
            super().close(force)

    path.write_bytes(b"this is not a journal" * 1_000)
    monkeypatch.setattr(journal_file.apsw, "Connection", Watched)
    with pytest.raises(KnownError):
        JournalFile(path, KEY, utc_now)
    assert closed == [1]


def test_a_journal_of_an_earlier_version_opens_under_its_stretched_key_and_under_no_other(path: Path) -> None:
    made = opened(path)
    entry = made.add("note", {"text": "kept"})
    made._file._connection.pragma("rekey", KEY)
    made.close()
    again = opened(path)
    assert again.entries() == [entry]
    again.close()
    with pytest.raises(KnownError, match="journal_key_or_damage"):
        opened(path, "22" * 32)


@pytest.mark.parametrize("stretched", [False, True], ids=["random", "stretched"])
def test_a_key_is_tried_on_a_journal_without_a_change_of_it(path: Path, stretched: bool) -> None:
    made = opened(path)
    made.add("note", {"text": "kept"})
    if stretched:
        made._file._connection.pragma("rekey", KEY)
    made.close()
    before = path.read_bytes()
    assert journal_file.opens(path, KEY)
    assert journal_file.opens(path, "22" * 32) is False
    assert path.read_bytes() == before
    left = sorted(file.name for file in path.parent.iterdir() if file.is_file())
    assert left == [path.name, f"{path.name}-reached"]


@pytest.mark.parametrize("key", [KEY, "22" * 32], ids=["its own", "another"])
def test_a_key_that_was_tried_leaves_no_connection_behind(
    path: Path, journal: Journal, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.close()
    left: list[apsw.Connection] = []

    class Watched(apsw.Connection):
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **more)
            left.append(self)

        def close(self, force: bool = False) -> None:
            left.remove(self)
            super().close(force)

    monkeypatch.setattr(journal_file.apsw, "Connection", Watched)
    assert journal_file.opens(path, key) is (key == KEY)
    assert left == []


def test_a_key_is_not_tried_on_a_journal_that_is_not_there_and_none_is_made(path: Path) -> None:
    with pytest.raises(KnownError, match="folder_not_writable"):
        journal_file.opens(path, KEY)
    assert not path.exists()


def test_a_copy_made_while_the_file_is_held_still_is_whole_and_who_writes_waits(
    path: Path, journal: Journal
) -> None:
    first = journal.add("note", {"n": 1})
    written, copy = threading.Event(), path.with_name("copy.sqlite")

    def save() -> None:
        journal.add("note", {"n": 2})
        written.set()

    writer = threading.Thread(target=save)
    with journal.held_still() as file:
        writer.start()
        assert not written.wait(0.05)
        copy.write_bytes(file.read_bytes())
    writer.join(10)
    assert [e.payload["n"] for e in journal.entries()] == [1, 2]
    again = opened(copy)
    try:
        assert (again.check(), again.entries()) == ("ok", [first])
    finally:
        again.close()


def test_what_is_written_is_on_the_disk_before_it_is_said(journal: Journal) -> None:
    """A log that is synced at each commit: as the power-cut simulation has it."""
    connection = journal._file._connection
    assert connection.pragma("journal_mode") == "wal"
    assert connection.pragma("synchronous") == 3
    assert connection.pragma("foreign_keys") == 1


def test_everything_that_was_on_its_way_goes_back_to_the_queue_at_the_next_start_and_nothing_else(
    path: Path, journal: Journal
) -> None:
    made = [journal.add("note", {"n": n}) for n in range(4)]
    for entry in made[:3]:
        journal.move(entry.id, State.SENDING)
    journal.move(made[2].id, State.ACKED)
    journal.close()
    again = opened(path)
    try:
        assert [e.state for e in again.entries()] == [
            State.QUEUED,
            State.QUEUED,
            State.ACKED,
            State.QUEUED,
        ]
        assert again.counts() == {State.QUEUED: 3, State.ACKED: 1}
        assert [e.id for e in again.sending.claim(9)] == [made[0].id, made[1].id, made[3].id]
    finally:
        again.close()


def write_half(journal: Journal) -> None:
    journal._file.execute("INSERT INTO event_log VALUES ('2026-11-01T12:00:00Z', 'x', 'half', 'of it')")
    journal._file.execute("INSERT INTO no_such_table VALUES (1)")


def end_as_a_full_disk_does(journal: Journal) -> None:
    journal._file.execute("ROLLBACK")
    raise apsw.FullError


def test_a_transaction_that_fails_leaves_nothing_and_the_next_one_works(journal: Journal) -> None:
    with pytest.raises(apsw.SQLError), journal._file.changing():
        write_half(journal)
    assert journal.log() == []
    journal.add("note", {"n": 1})


def test_a_transaction_that_sqlite_itself_has_ended_is_not_ended_twice(journal: Journal) -> None:
    """As it does when the disk is full."""
    with pytest.raises(KnownError, match="disk_full"), journal._file.quietly():
        end_as_a_full_disk_does(journal)
    journal.add("note", {"n": 1})
    assert journal.unsent_count() == 1


def test_threads_that_save_at_once_all_save(journal: Journal) -> None:
    def save(n: int) -> None:
        for i in range(5):
            journal.add("note", {"n": n, "i": i})

    threads = [threading.Thread(target=save, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert journal.counts() == {State.QUEUED: 20}
    assert {(e.payload["n"], e.payload["i"]) for e in journal.entries()} == {
        (n, i) for n in range(4) for i in range(5)
    }


def test_access_for_others_is_not_taken_away_where_the_system_has_its_own_lists(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(journal_file.os, "chmod", lambda *given: asked.append(given))
    opened(path).close()
    assert asked == [(path, 0o600)]
    with monkeypatch.context() as patch:
        patch.setattr(journal_file.os, "name", "nt")
        JournalFile(path, KEY, utc_now).close()
    assert len(asked) == 1


@pytest.mark.parametrize("refusal", [apsw.IOError, apsw.FullError])
def test_where_the_logs_index_cannot_lie_on_the_disk_the_journal_is_this_programs_alone(
    refusal: type[apsw.Error], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder of the network, a full disk: what is saved is there all the same, and nobody else opens it."""
    asked: list[str] = []
    as_it_is = JournalFile._open

    def refused_once(self: JournalFile, key: str, locking: str) -> None:
        asked.append(locking)
        if locking == "normal":
            raise refusal("no shared memory")
        as_it_is(self, key, locking)

    monkeypatch.setattr(JournalFile, "_open", refused_once)
    journal = opened(path)
    journal.add("note", {"n": 1})
    assert asked == ["normal", "exclusive"]
    assert [entry.payload for entry in journal.entries()] == [{"n": 1}]
    assert not path.with_name("j.sqlite-shm").exists()
    journal.close()
    monkeypatch.undo()
    again = opened(path)
    assert [entry.payload for entry in again.entries()] == [{"n": 1}]
    again.close()


def test_the_files_of_a_journal_are_its_log_before_itself(journal: Journal, path: Path) -> None:
    journal.add("note", {"n": 1})
    beside = {one for one in path.parent.iterdir() if one.is_file()}
    named = journal_file.files_of(path)
    assert named[-1] == path
    assert beside <= set(named)
    assert path.with_name("j.sqlite-wal") in beside

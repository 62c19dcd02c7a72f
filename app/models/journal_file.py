"""The journal's file: encrypted SQLite under the profile's key, one statement at a time, from any thread.

What the disk or the key refuses is told as what it is. What may stand in the file is the journal's business.
"""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw

from app.core.clock import Clock, iso, parse_time
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models import upcasting
from app.models.blobs import Attachment
from app.models.entries import Entry, State, Written
from app.models.journal_mark import JournalMark, Reached
from app.models.upcasting import PAYLOAD_VERSION

SCHEMA_VERSION = 1
"""Of the tables; what the payloads hold has a version of its own, with each entry."""
_SCHEMA = """
CREATE TABLE entry (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, schema_version INTEGER NOT NULL, base_etag TEXT,
    payload TEXT NOT NULL,
    payload_sha256 TEXT NOT NULL, created_at TEXT NOT NULL, zone TEXT NOT NULL, state TEXT NOT NULL,
    supersedes TEXT, attempts INTEGER NOT NULL DEFAULT 0, next_try_at TEXT, receipt TEXT, error TEXT,
    reason TEXT
) STRICT;
CREATE INDEX entry_state ON entry (state);
CREATE TABLE entry_blob (
    entry_id TEXT NOT NULL REFERENCES entry (id), sha256 TEXT NOT NULL, size INTEGER NOT NULL,
    name TEXT NOT NULL,
    sent_offset INTEGER NOT NULL DEFAULT 0, upload_url TEXT, PRIMARY KEY (entry_id, sha256)
) STRICT;
CREATE TABLE event_log (at TEXT NOT NULL, entry_id TEXT, what TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
"""

# By the record that an entry is about: with a hundred thousand of them, each would be unpacked for each save.
_INDEXES = """
CREATE INDEX IF NOT EXISTS entry_record
    ON entry (json_extract(payload, '$.record'), state) WHERE kind = 'record';
CREATE INDEX IF NOT EXISTS entry_kind ON entry (kind) WHERE kind <> 'record';
CREATE INDEX IF NOT EXISTS event_taken_back ON event_log (what) WHERE what = 'taken back';
CREATE INDEX IF NOT EXISTS event_lost ON event_log (what) WHERE entry_id = '';
"""

ENTRY = (
    "id, kind, payload, payload_sha256, created_at, state, supersedes, attempts, error, base_etag, "
    "receipt, next_try_at, reason, schema_version"
)
"""The columns that `entry` reads, in its order."""

LOST = "lost"
"""What is noted, of no entry, when the journal is behind what was told to be saved (`journal_losses`)."""
_MARK = "-reached"


def _current(written: Written, version: int) -> tuple[str, JsonObject, int]:
    """Kind and payload in the form of this version. What is of a newer one, or of none, stays as it is."""
    if version > PAYLOAD_VERSION or written.payload.get("draft"):
        return written.kind, written.payload, version
    try:
        return *upcasting.upcast(written.kind, written.payload, version), version
    except ValueError:
        return written.kind, written.payload, PAYLOAD_VERSION + 1


@contextmanager
def known_errors(path: Path) -> Iterator[None]:
    """What the disk or the key refuses, as an error with a name."""
    try:
        yield
    except apsw.NotADBError as error:
        raise KnownError("journal_key_or_damage", file=str(path)) from error
    except apsw.CorruptError as error:
        raise KnownError("journal_damaged", file=str(path)) from error
    except (apsw.FullError, OSError) as error:
        if isinstance(error, apsw.FullError) or getattr(error, "errno", None) == 28:
            raise KnownError("disk_full", file=str(path), retry=True) from error
        raise KnownError("folder_not_writable", folder=str(path.parent), reason=str(error)) from error
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError, apsw.IOError) as error:
        raise KnownError("folder_not_writable", folder=str(path.parent), reason=str(error)) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise KnownError("store_locked", file=str(path), pid="?", retry=True) from error


def files_of(path: Path) -> tuple[Path, ...]:
    """SQLite's log and its index, how far it had come, then the file. A log beside another file than its own
    would be taken for that one's: it goes first.
    """
    return *(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal", _MARK)), path


def opens(path: Path, key_hex: str) -> bool:
    """Whether this is the key of the journal; nothing is written, beside it neither: its log is not asked."""
    with known_errors(path):
        connection = apsw.Connection(
            f"{path.absolute().as_uri()}?immutable=1", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        )
        try:
            connection.pragma("key", f"raw:{key_hex}")
            try:
                connection.pragma("user_version")
            except apsw.NotADBError:
                connection.pragma("key", key_hex)
                connection.pragma("user_version")
        except apsw.NotADBError:
            return False
        finally:
            connection.close()
    return True


class JournalFile:
    """`counts` is as of the last change: asking it waits for nobody."""

    def __init__(self, path: Path, key_hex: str, clock: Clock) -> None:
        self._path, self.clock = path, clock
        self._lock = threading.RLock()
        self._listeners: list[Callable[[], None]] = []
        self._mark = JournalMark(path.with_name(path.name + _MARK))
        self.counts: dict[State, int] = {}
        with known_errors(self._path):
            try:
                self._connect(key_hex)
            except (apsw.IOError, apsw.FullError):
                self._connect(key_hex, alone=True)

    def _connect(self, key_hex: str, *, alone: bool = False) -> None:
        """`alone`: the index of the log is in memory, and no other program opens the file. There may be no
        room left for it on a full disk, and nothing that could be shared on a folder of the network.
        """
        self._connection = apsw.Connection(str(self._path))
        try:
            if os.name != "nt":
                os.chmod(self._path, 0o600)  # SQLite gives its log the file's own mode
            self._open(key_hex, "exclusive" if alone else "normal")
        except BaseException:
            self._connection.close()
            raise

    def _open(self, key_hex: str, locking: str) -> None:
        self._connection.set_busy_timeout(2_000)
        self._connection.pragma("locking_mode", locking)
        told = self._mark.read()  # before the journal: another program may be adding to it
        self._unlock(key_hex)
        # One sync a transaction; with a journal of what was before (delete) they are five.
        self._connection.pragma("journal_mode", "wal")
        self._connection.pragma("synchronous", "extra")
        self._connection.pragma("foreign_keys", True)
        lost = self._lost(told)  # before anything is written over the log
        with self._transaction():
            version = self._connection.pragma("user_version")
            if version > SCHEMA_VERSION:
                raise KnownError("journal_newer", file=str(self._path))
            if version == 0:
                self._connection.execute(_SCHEMA)
                self._connection.pragma("user_version", SCHEMA_VERSION)
            self._connection.execute(_INDEXES)
            # What was on its way when the program ended goes back to the queue: the centre knows repeats by
            # id.
            self._connection.execute("UPDATE entry SET state = 'queued' WHERE state = 'sending'")
            if lost:
                self.log("", LOST, lost)
        self.fold()

    def _lost(self, told: Reached | None) -> str:
        """What is not there any more of what was saved, as it is noted; empty when all is there. What is left
        of the log is kept.
        """
        made = self._connection.pragma("user_version") > 0
        there = self._counted()[1] if made else Reached(0, 0)
        if told is None or (there.steps >= told.steps and there.saved >= told.saved):
            return ""
        row = (
            self.execute("SELECT at FROM event_log ORDER BY rowid DESC LIMIT 1").fetchone() if made else None
        )
        log, kept = self._path.with_name(f"{self._path.name}-wal"), ""
        if log.exists() and log.stat().st_size:
            aside = log.with_name(f"{log.name}.damaged-{self.clock().strftime('%Y%m%dT%H%M%S%f')}")
            with suppress(OSError):
                shutil.copy(log, aside)  # its mode too
                kept = aside.name
        lost = {
            "saved": max(told.saved - there.saved, 0),
            "steps": max(told.steps - there.steps, 0),
            "until": str(row[0]) if row else "",
            "kept": kept,
        }
        return json.dumps(lost)

    def _counted(self) -> tuple[dict[State, int], Reached]:
        """Entries by their state, and how far that is: of its notes none is ever removed."""
        rows = self.execute("SELECT state, count(*) FROM entry GROUP BY state").fetchall()
        last = self.execute("SELECT max(rowid) FROM event_log").fetchone()
        counts = {State(str(row[0])): int(row[1] or 0) for row in rows}
        saved = sum(count for state, count in counts.items() if state is not State.DRAFT)
        return counts, Reached(int(last[0] or 0) if last else 0, saved)

    def _unlock(self, key_hex: str) -> None:
        """The key is random: stretching it, as is done with what a person types, makes it no better and took
        a tenth of a second at each start. Earlier journals are under the stretched key and stay so.
        """
        self._connection.pragma("key", f"raw:{key_hex}")
        try:
            self._connection.pragma("user_version")
        except apsw.NotADBError:
            self._connection.pragma("key", key_hex)

    def close(self) -> None:
        with self._lock:
            self._connection.close()
            self._mark.close()

    def fold(self) -> None:
        """What stands in the log goes into the file, if nothing is in the way; it is on the disk already."""
        with self._lock, known_errors(self._path), suppress(apsw.BusyError, apsw.FullError):
            self._connection.wal_checkpoint()

    @contextmanager
    def held_still(self) -> Iterator[Path]:
        """The file, all that was saved in it, until this ends."""
        with self.reading():
            self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
            yield self._path

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Called after each change, in the thread that made it. Returns the call that ends the
        subscription.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # ---- statements: inside `reading`, `changing` or `quietly` ---------------------------------------------

    def execute(self, sql: str, values: tuple[Any, ...] | Mapping[str, object] = ()) -> apsw.Cursor:
        return self._connection.execute(sql, values)

    def execute_each(self, sql: str, values: list[tuple[Any, ...]]) -> None:
        """One statement for many rows, in their order."""
        self._connection.executemany(sql, values)

    def entry(self, entry_id: str) -> Entry | None:
        rows = self.execute(f"SELECT {ENTRY} FROM entry WHERE id = ?", (entry_id,)).fetchall()
        return next(iter(self.entries_of(rows)), None)

    def states(self, entry_ids: list[str]) -> dict[str, State]:
        """Of those that are here; nothing of them is unpacked."""
        rows = self.execute(
            "SELECT id, state FROM entry WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(entry_ids),),
        )
        return {str(row[0]): State(str(row[1])) for row in rows}

    def entries(self, *states: State) -> list[Entry]:
        """In the order they were made, whatever the clock did; all of them when no state is named."""
        where = f"WHERE state IN ({', '.join('?' for _ in states)})" if states else ""
        rows = self.execute(f"SELECT {ENTRY} FROM entry {where} ORDER BY rowid", tuple(map(str, states)))
        return self.entries_of(rows.fetchall())

    def entries_of(self, rows: list[tuple[Any, ...]]) -> list[Entry]:
        """Rows of the columns ENTRY with their attachments."""
        files: dict[str, list[Attachment]] = {}
        for entry_id, *file in self.execute(
            "SELECT entry_id, sha256, size, name FROM entry_blob "
            "WHERE entry_id IN (SELECT value FROM json_each(?)) ORDER BY name",
            (json.dumps([row[0] for row in rows]),),
        ):
            files.setdefault(str(entry_id), []).append(Attachment(*file))
        return [self._entry_of(row, tuple(files.get(row[0], ()))) for row in rows]

    @staticmethod
    def _entry_of(row: tuple[Any, ...], files: tuple[Attachment, ...]) -> Entry:
        written = Written(row[1], json.loads(row[2]))
        kind, payload, version = _current(written, int(row[13]))
        return Entry(
            row[0],
            kind,
            payload,
            row[3],
            parse_time(row[4]),
            State(row[5]),
            files,
            row[6],
            row[7],
            row[8],
            row[9],
            json.loads(row[10]) if row[10] else None,
            parse_time(row[11]) if row[11] else None,
            row[12],
            version,
            written,
        )

    def add(self, entry: Entry, kind: str, text: str, zone: str) -> None:
        """A new row with its attachments, or one in a draft's place."""
        self.execute("DELETE FROM entry_blob WHERE entry_id = ?", (entry.id,))
        self.execute(
            "INSERT OR REPLACE INTO entry (id, kind, schema_version, payload, payload_sha256, created_at, "
            "zone, state, supersedes, base_etag) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.id,
                kind,
                entry.schema_version,
                text,
                entry.payload_sha256,
                iso(entry.created_at),
                zone,
                entry.state,
                entry.supersedes,
                entry.base,
            ),
        )
        for blob in entry.attachments:
            self.execute(
                "INSERT OR IGNORE INTO entry_blob (entry_id, sha256, size, name) VALUES (?, ?, ?, ?)",
                (entry.id, blob.sha256, blob.size, blob.name),
            )

    def log(self, entry_id: str, what: str, detail: str) -> None:
        self.log_each([(entry_id, what, detail)])

    def log_each(self, told: list[tuple[str, str, str]]) -> None:
        at = iso(self.clock())
        self.execute_each("INSERT INTO event_log VALUES (?, ?, ?, ?)", [(at, *one) for one in told])

    def check(self) -> str:
        """SQLite's own integrity check: "ok" or what is wrong."""
        with self.reading():
            return str(self._connection.pragma("integrity_check"))

    # ---- frames --------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self._lock, known_errors(self._path):
            yield

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """One transaction of which nobody is told."""
        with self._lock, known_errors(self._path), self._transaction():
            yield

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One transaction; who listens is told after it."""
        with self.quietly():
            yield
        for listener in list(self._listeners):
            listener()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            counts, reached = self._counted()
            self._connection.execute("COMMIT")
            self.counts = counts
            self._mark.put(reached)
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

"""The index of words: an encrypted SQLite file with FTS5, thrown away and made anew whenever it is in doubt.

Writing and asking have a connection each: who asks waits for no writer. Of a word there is what it is written
like and its stem; the text itself lies packed beside it, for what is shown round a word.
"""

from __future__ import annotations

import json
import os
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from app.core.errors import KnownError
from app.models.journal_file import known_errors
from app.models.search.found import GROUPS, WAITS, File, Item, Piece, Told
from app.models.search.words import words_of

VERSION = 4
"""Of the tables and of what words are made to: another one is made anew."""
OF_A_GROUP = 1 << 40
"""Numbers for the pieces of one group."""
_SCHEMA = """
CREATE TABLE entry (
    no INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, grp TEXT NOT NULL, well INTEGER NOT NULL,
    at_us INTEGER NOT NULL, titles TEXT NOT NULL, head TEXT NOT NULL, text BLOB NOT NULL, mark TEXT NOT NULL,
    UNIQUE (kind, id)
) STRICT;
CREATE INDEX entry_well ON entry (kind, well);
CREATE TABLE entry_file (
    entry INTEGER NOT NULL, sha256 TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
    PRIMARY KEY (entry, sha256)
) STRICT;
CREATE INDEX file_entry ON entry_file (sha256);
CREATE TABLE file (
    sha256 TEXT PRIMARY KEY, state TEXT NOT NULL, details TEXT NOT NULL, left_out TEXT NOT NULL,
    parts INTEGER NOT NULL
) STRICT;
CREATE TABLE part (
    no INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, place INTEGER NOT NULL, sheet TEXT NOT NULL,
    text BLOB NOT NULL
) STRICT;
CREATE INDEX part_file ON part (sha256);
CREATE TABLE piece (no INTEGER PRIMARY KEY, entry INTEGER NOT NULL, part INTEGER) STRICT;
CREATE INDEX piece_entry ON piece (entry);
CREATE TABLE seen (kind TEXT NOT NULL, well INTEGER NOT NULL, mark TEXT NOT NULL, PRIMARY KEY (kind, well))
    STRICT;
CREATE VIRTUAL TABLE words USING fts5 (
    head, body, stems, content='', contentless_delete=1, detail=column, prefix='2 3',
    tokenize='unicode61 remove_diacritics 0'
);
"""
Connection = apsw.Connection
_TOO_DAMAGED = (apsw.NotADBError, apsw.CorruptError, apsw.SQLError)


class SearchIndex:
    """Opened when it is first asked or written. From any thread."""

    def __init__(self, path: Path, key_hex: str) -> None:
        self._path, self._key = path, key_hex
        self._writing, self._reading = threading.RLock(), threading.RLock()
        self._writer: apsw.Connection | None = None
        self._reader: apsw.Connection | None = None

    def close(self) -> None:
        with self._writing, self._reading:
            for connection in (self._reader, self._writer):
                if connection is not None:
                    connection.close()
            self._reader = self._writer = None

    # ---- opening -------------------------------------------------------------------------------------------

    def _opened(self) -> apsw.Connection:
        connection = apsw.Connection(str(self._path))
        try:
            if os.name != "nt":
                os.chmod(self._path, 0o600)
            connection.set_busy_timeout(2_000)
            connection.pragma("key", f"raw:{self._key}")
            connection.pragma("journal_mode", "wal")
            connection.pragma("synchronous", "normal")  # lost with the power, it is made anew
            return connection
        except BaseException:
            connection.close()
            raise

    def _made(self) -> apsw.Connection:
        """With its tables. What is damaged, of another key or of another version goes, and comes again."""
        for last in (False, True):
            connection: apsw.Connection | None = None
            try:
                connection = self._opened()
                version = connection.pragma("user_version")
                if version == VERSION:
                    connection.execute("SELECT count(*) FROM words_config")
                    return connection
                if version == 0:
                    with connection:
                        connection.execute(_SCHEMA)
                        connection.pragma("user_version", VERSION)
                    return connection
                connection.close()
            except _TOO_DAMAGED:
                if connection is not None:
                    connection.close()
                if last:
                    raise
            self._remove()
        raise AssertionError("a new file has a version")

    def _remove(self) -> None:
        for ending in ("-wal", "-shm", "-journal", ""):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)

    @contextmanager
    def changing(self) -> Iterator[apsw.Connection]:
        """One transaction. Raises KnownError (search_damaged, disk_full, folder_not_writable)."""
        with self._sound(), self._writing:
            if self._writer is None:
                self._writer = self._made()
            with self._writer:
                yield self._writer

    @contextmanager
    def asking(self) -> Iterator[apsw.Connection]:
        """Raises KnownError like `changing`. Locks are taken in the order in which `close` takes them."""
        with self._sound():
            while True:
                with self._reading:
                    if self._reader is not None:
                        yield self._reader
                        return
                with self._writing, self._reading:
                    self._writer = self._writer or self._made()
                    self._reader = self._reader or self._opened()

    @contextmanager
    def _sound(self) -> Iterator[None]:
        """Damage behind its first pages shows when it is read: the index goes, who asks is told."""
        with known_errors(self._path):
            try:
                yield
            except (apsw.NotADBError, apsw.CorruptError) as error:
                with self._writing, self._reading:
                    self.close()
                    self._remove()
                raise KnownError("search_damaged") from error

    # ---- what is in it -------------------------------------------------------------------------------------

    def marks(self) -> dict[tuple[str, int], str]:
        """(kind, well) → what its entries were like when they were put in."""
        with self.asking() as told:
            return {(kind, well): mark for kind, well, mark in told.execute("SELECT * FROM seen")}

    def renew(self, kind: str, well: int, mark: str, items: Iterable[Item]) -> int:
        """The entries of a well are these now; how many of them differ from what was there."""
        with self.changing() as at:
            rows = at.execute("SELECT id, no, mark FROM entry WHERE kind = ? AND well = ?", (kind, well))
            there = {name: (number, was) for name, number, was in rows}
            changed, left = 0, set[str]()
            for item in items:
                number, was = there.pop(item.id, (None, ""))
                if was != item.mark:
                    changed += 1
                    if number is None:  # it may be of another well until now
                        row = first_of(at, "SELECT no FROM entry WHERE kind = ? AND id = ?", (kind, item.id))
                        number = row[0] if row else None
                    if number is not None:
                        left |= _take_out(at, number)
                    _put(at, item)
            for number, _ in there.values():
                left |= _take_out(at, number)
            _let_go(at, left)
            at.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", (kind, well, mark))
            if not mark:
                at.execute("DELETE FROM seen WHERE kind = ? AND well = ?", (kind, well))
        return changed + len(there)

    def waiting(self, state: str = WAITS) -> list[File]:
        """Files whose words are not known, the newest first."""
        with self.asking() as told:
            rows = told.execute(
                """SELECT f.sha256, max(e.name), max(e.size) FROM file f JOIN entry_file e USING (sha256)
                   WHERE f.state = ? GROUP BY f.sha256 ORDER BY max(e.entry) DESC""",
                (state,),
            )
            return [File(*row) for row in rows]

    def put_file(self, sha256: str, told: Told, pieces: list[Piece]) -> None:
        """What was read of a file, or why nothing was."""
        with self.changing() as at:
            at.execute(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)",
                (sha256, told.state, json.dumps(told.details, ensure_ascii=False), told.left, len(pieces)),
            )
            owners: Any = at.execute(
                "SELECT e.no, e.grp, e.head FROM entry e JOIN entry_file f ON f.entry = e.no "
                "WHERE f.sha256 = ?",
                (sha256,),
            ).fetchall()
            at.execute("DELETE FROM part WHERE sha256 = ?", (sha256,))
            for piece in pieces:
                at.execute(
                    "INSERT INTO part (sha256, place, sheet, text) VALUES (?, ?, ?, ?)",
                    (sha256, piece.place, piece.sheet, _packed(piece.text)),
                )
                number = at.last_insert_rowid()
                for entry, group, head in owners:
                    _put_piece(at, entry, number, group, head, piece.text)

    def pieces(self, sha256: str) -> list[Piece]:
        """What is known of a file's text, in its order."""
        with self.asking() as told:
            rows: Any = told.execute(
                "SELECT text, place, sheet FROM part WHERE sha256 = ? ORDER BY no", (sha256,)
            ).fetchall()
        return [Piece(unpacked(text), place, sheet) for text, place, sheet in rows]

    def note_file(self, sha256: str, state: str) -> None:
        with self.changing() as at:
            at.execute("UPDATE file SET state = ? WHERE sha256 = ?", (state, sha256))

    def files(self) -> dict[str, int]:
        """State → how many files are in it."""
        with self.asking() as told:
            rows: Any = told.execute("SELECT state, count(*) FROM file GROUP BY state").fetchall()
            return dict(rows)

    def untold(self) -> list[tuple[File, Told]]:
        """Files that could not be read, and those of which a part was."""
        with self.asking() as told:
            rows = told.execute(
                """SELECT f.sha256, max(e.name), max(e.size), f.state, f.details, f.left_out, f.parts
                   FROM file f JOIN entry_file e USING (sha256)
                   WHERE f.state NOT IN ('', ?) OR f.left_out <> '' GROUP BY f.sha256 ORDER BY 2""",
                (WAITS,),
            )
            return [(File(*row[:3]), Told(row[3], json.loads(row[4]), *row[5:])) for row in rows]


def first_of(at: Connection, sql: str, bound: tuple[Any, ...]) -> Any:
    """The first row, or None. A statement that was not run to its end would hold what it has seen: nothing
    newer would be found.
    """
    return next(iter(at.execute(sql, bound).fetchall()), None)


def group_of(piece: int) -> str:
    """A piece's number says its group: what is found is sorted without a look at it."""
    return GROUPS[piece // OF_A_GROUP]


def has_group(at: Connection, group: str) -> bool:
    return _last_piece(at, group) is not None


def _last_piece(at: Connection, group: str) -> int | None:
    first = GROUPS.index(group) * OF_A_GROUP
    row = first_of(at, "SELECT max(no) FROM piece WHERE no BETWEEN ? AND ?", (first, first + OF_A_GROUP - 1))
    return None if row[0] is None else int(row[0])


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode(), 3)


def unpacked(content: bytes) -> str:
    return zlib.decompress(content).decode()


def _put(at: Connection, item: Item) -> None:
    at.execute(
        "INSERT INTO entry (kind, id, grp, well, at_us, titles, head, text, mark) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(item.kind, item.id, item.group, item.well, item.at_us),
            *(json.dumps(item.titles, ensure_ascii=False), item.head, _packed(item.text), item.mark),
        ),
    )
    entry = at.last_insert_rowid()
    names = " ".join(file.name for file in item.files)
    _put_piece(at, entry, None, item.group, item.head, f"{item.text} {names}")
    for file in item.files:
        at.execute(
            "INSERT OR IGNORE INTO entry_file VALUES (?, ?, ?, ?)", (entry, file.sha256, file.name, file.size)
        )
        at.execute("INSERT OR IGNORE INTO file VALUES (?, ?, '{}', '', 0)", (file.sha256, WAITS))
        parts: Any = at.execute("SELECT no, text FROM part WHERE sha256 = ?", (file.sha256,)).fetchall()
        for number, text in parts:
            _put_piece(at, entry, number, item.group, item.head, unpacked(text))


def _put_piece(at: Connection, entry: int, part: int | None, group: str, head: str, text: str) -> None:
    last = _last_piece(at, group)
    number = GROUPS.index(group) * OF_A_GROUP + 1 if last is None else last + 1
    at.execute("INSERT INTO piece VALUES (?, ?, ?)", (number, entry, part))
    (heads, more), (words, stems) = words_of(head), words_of(text)
    at.execute(
        "INSERT INTO words (rowid, head, body, stems) VALUES (?, ?, ?, ?)",
        (number, " ".join(heads), " ".join(words), " ".join({*more, *stems})),
    )


def _let_go(at: Connection, files: set[str]) -> None:
    """The words of those that no entry has any more."""
    for sha256 in files:
        if first_of(at, "SELECT 1 FROM entry_file WHERE sha256 = ?", (sha256,)) is None:
            at.execute("DELETE FROM part WHERE sha256 = ?", (sha256,))
            at.execute("DELETE FROM file WHERE sha256 = ?", (sha256,))


def _take_out(at: Connection, entry: int) -> set[str]:
    """The files that it had: their words stay until it is known that nobody has them."""
    files = {row[0] for row in at.execute("SELECT sha256 FROM entry_file WHERE entry = ?", (entry,))}
    pieces: Any = at.execute("SELECT no FROM piece WHERE entry = ?", (entry,)).fetchall()
    at.executemany("DELETE FROM words WHERE rowid = ?", pieces)
    at.execute("DELETE FROM piece WHERE entry = ?", (entry,))
    at.execute("DELETE FROM entry_file WHERE entry = ?", (entry,))
    at.execute("DELETE FROM entry WHERE no = ?", (entry,))
    return files

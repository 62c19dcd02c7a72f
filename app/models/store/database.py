"""The cache file: one DuckDB connection per process, one cursor per thread and use.

The file is encrypted; nothing outside it can be read once it is open. The whole file can be thrown away and
rebuilt: what a person entered lives in the journal.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import duckdb

from app.core.clock import utc_now
from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.jobs import Cancelled, Job
from app.models.store import errors

MIGRATIONS = Path(__file__).parent / "migrations"
_IDLE_CURSORS = 4
CHECKPOINT_TRIES, CHECKPOINT_PAUSE_S = 40, 0.05
THREADS = 0
"""Of a query; 0 is one a core. Where several processes share the cores one is a fifth less work."""
_CHECKED: set[tuple[Path, int, int, int]] = set()
"""Extensions whose signature this process has seen checked, each with its inode, size and time."""


def _crypto_extension() -> Path:
    import duckdb_extension_httpfs

    found = list(Path(duckdb_extension_httpfs.__file__).parent.glob("extensions/*/httpfs.duckdb_extension"))
    if not found:
        raise KnownError("crypto_missing")
    return found[0]


def _as_it_lies(file: Path) -> tuple[Path, int, int, int]:
    found = file.stat()
    return file, found.st_ino, found.st_size, found.st_mtime_ns


class Database:
    """Open with open_database(). Cursors are made per use: a connection shared by threads mixes up
    results.
    """

    def __init__(
        self, path: Path, key_hex: str, *, memory_limit: str = "1GB", read_only: bool = False
    ) -> None:
        """Raises duckdb.Error; open_database() turns that into KnownError and repairs what can be
        repaired.
        """
        self.path = path
        self._write_lock = threading.RLock()
        self._kept_open: list[BinaryIO] = []
        self._idle: list[duckdb.DuckDBPyConnection] = []
        self._closed = False
        extension = _crypto_extension()
        known = _as_it_lies(extension)
        self._connection = duckdb.connect(
            ":memory:",
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                # Hashing its 20 MB takes longer than all the rest of an opening: once in a process is enough.
                "allow_unsigned_extensions": "true" if known in _CHECKED else "false",
                "memory_limit": memory_limit,
                **({"threads": str(THREADS)} if THREADS else {}),
                "temp_directory": str(path.with_suffix(".tmp")),
            },
        )
        try:
            self._connection.execute(f"LOAD '{_quoted(extension)}'")
            self._connection.execute("SET allow_unsigned_extensions = false")
            _CHECKED.add(known)
            self._connection.execute("SET temp_file_encryption = true")
            # ATTACH takes no bound path in 1.5; both values are ours (a path and hex digits) and quoted.
            mode = ", READ_ONLY" if read_only else ""
            self._connection.execute(f"ATTACH '{_quoted(path)}' AS cache (ENCRYPTION_KEY '{key_hex}'{mode})")
            self._connection.execute("SET enable_external_access = false")
            self._connection.execute("SET lock_configuration = true")
        except BaseException:
            self._connection.close()
            raise

    @contextmanager
    def reading(self, job: Job | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor for this thread; cancelling `job` interrupts its query, which then raises Cancelled."""
        with self._errors():
            if job is None:
                with self._lent() as cursor:
                    yield cursor
                return
            cursor = self._fresh()
            try:
                job.interrupt_with(cursor.interrupt)
                yield cursor
            finally:
                if not job.cancelled:
                    job.interrupt_with(None)
                cursor.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except duckdb.InterruptException as error:
            raise Cancelled from error
        except duckdb.Error as error:
            raise self._known(error) from error

    def _fresh(self) -> duckdb.DuckDBPyConnection:
        cursor = self._connection.cursor()
        try:
            cursor.execute("USE cache")
        except BaseException:
            cursor.close()
            raise
        return cursor

    @contextmanager
    def _lent(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A small query takes no longer than to make its cursor: one that nothing went wrong with is kept for
        the next. It holds its last answer until then, so there are few.
        """
        try:
            cursor = self._idle.pop()
        except IndexError:
            cursor = self._fresh()
        try:
            yield cursor
        except BaseException:
            cursor.close()
            raise
        if len(self._idle) < _IDLE_CURSORS:
            self._idle.append(cursor)
        else:
            cursor.close()
        if self._closed:
            self._close_idle()

    @contextmanager
    def writing(self, job: Job | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
        """One transaction at a time. Committed at the end; nothing of it stays when anything fails."""
        with self._write_lock, self.reading(job) as cursor:
            cursor.execute("BEGIN")
            try:
                yield cursor
                cursor.execute("COMMIT")
            except BaseException:
                _rollback(cursor)
                raise

    @contextmanager
    def held_still(self) -> Iterator[list[Path]]:
        """The files of the cache, unchanged for as long as this lasts: for somebody who copies them.

        They are copied by another process, or read with `read_still`: closing any descriptor of the file in
        this one would drop DuckDB's lock (POSIX record locks belong to the process). The lock is on the last
        of them.
        """
        with self._write_lock:
            yield [path for path in (wal_of(self.path), self.path) if path.exists()]

    @contextmanager
    def read_still(self, path: Path) -> Iterator[BinaryIO]:
        """One of those files, in this process. Its descriptor is kept until the cache is closed: with it
        DuckDB's lock would go, and a second program could write beside this one.
        """
        file = path.open("rb")
        if os.name == "nt":  # there a lock is the handle's own
            with file:
                yield file
            return
        self._kept_open.append(file)
        yield file

    def is_current(self) -> bool:
        """Whether the tables are those of this program."""
        with self.reading() as cursor:
            row = cursor.execute("SELECT max(version) FROM schema_version").fetchone()
        return row is not None and row[0] == _newest()

    def checkpoint(self) -> bool:
        """Fold the WAL into the file; a file without a WAL cannot have a torn one. False where others were in
        its way all the time: the WAL stays until the next one. Never forced: DuckDB would wait for who is at
        work and keep every reader waiting meanwhile, for ever where one waits for the other.
        """
        for _ in range(CHECKPOINT_TRIES):
            with self._write_lock, self.reading() as cursor:
                try:
                    cursor.execute("CHECKPOINT cache")
                    return True
                except duckdb.TransactionException:
                    pass
            time.sleep(CHECKPOINT_PAUSE_S)
        return False

    def close(self) -> None:
        self._closed = True
        self._close_idle()
        self._connection.close()
        while self._kept_open:
            self._kept_open.pop().close()

    def _close_idle(self) -> None:
        while self._idle:
            with suppress(IndexError):  # another thread took the last
                self._idle.pop().close()

    def migrate(self) -> None:
        """Apply the numbered files that this cache has not seen. Raises KnownError for one of a newer
        program.
        """
        with self.writing() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
            row = cursor.execute("SELECT max(version) FROM schema_version").fetchone()
            current = row[0] if row and row[0] is not None else 0
        if current > _newest():
            raise KnownError("store_newer", file=str(self.path))
        missing = [script for script in _scripts() if _version(script) > current]
        if not missing:
            return
        with self.writing() as cursor:  # all or none: a cache is never between two versions
            for script in missing:
                cursor.execute(script.read_text(encoding="utf-8"))
                cursor.execute("INSERT INTO schema_version VALUES (?)", [_version(script)])
        self.checkpoint()  # WAL replay after DDL has known bugs in DuckDB 1.x

    def _known(self, error: duckdb.Error) -> Exception:
        if errors.block_is_damaged(error):
            _damage_mark(self.path).touch()
            return KnownError("store_damaged_block", file=str(self.path))
        return errors.known(error, self.path) or error


def _scripts() -> list[Path]:
    return sorted(MIGRATIONS.glob("[0-9]*.sql"))


def _version(script: Path) -> int:
    return int(script.name[:4])


def _newest() -> int:
    return _version(_scripts()[-1])


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _rollback(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("ROLLBACK")
    except duckdb.Error:
        return  # the failed statement has ended the transaction already


def open_database(path: Path, key_hex: str, *, memory_limit: str = "1GB") -> Database:
    """Open or make the cache; a torn WAL is cut at the tear. Raises KnownError (store_*, disk_full)."""
    _refuse_unreadable(path)
    if _damage_mark(path).exists():
        raise KnownError("store_corrupt", file=str(path), reason=_damage_mark(path).name)
    try:
        database = _open_repairing(path, key_hex, memory_limit)
    except (duckdb.Error, OSError) as error:
        problem = errors.known(error, path)
        if problem is None:
            raise
        raise problem from error
    try:
        database.migrate()
    except BaseException:
        database.close()
        raise
    return database


def open_to_read(path: Path, key_hex: str, *, memory_limit: str = "1GB") -> Database:
    """A cache that nobody will write to through this. Raises KnownError (store_*)."""
    try:
        database = Database(path, key_hex, memory_limit=memory_limit, read_only=True)
    except (duckdb.Error, OSError) as error:
        problem = errors.known(error, path)
        if problem is None:
            raise
        raise problem from error
    try:
        if not database.is_current():
            raise KnownError("store_older", file=str(path))
    except BaseException:
        database.close()
        raise
    return database


def _refuse_unreadable(path: Path) -> None:
    if path.is_dir():
        raise KnownError("store_is_folder", file=str(path))
    if path.exists():
        try:
            with path.open("r+b"):
                pass
        except OSError as error:
            raise KnownError("store_read_only", file=str(path), reason=str(error)) from error


def _open_repairing(path: Path, key_hex: str, memory_limit: str) -> Database:
    """A WAL damaged at its end by a power cut is cut where it is still whole. The original is kept beside
    it.
    """
    wal = wal_of(path)
    torn = wal.with_name(f"{wal.name}.mending")
    if torn.exists():  # killed in the middle of the search: what lies there now was only a try of it
        os.replace(torn, wal)
    try:
        return Database(path, key_hex, memory_limit=memory_limit)
    except duckdb.Error as error:
        if "replaying WAL" not in str(error) or not wal.exists():
            raise
        write_atomically(torn, wal.read_bytes())
        _cut_where_whole(path, wal, key_hex)
        os.replace(torn, wal.with_name(f"{wal.name}.torn-{_stamp()}"))
        return Database(path, key_hex, memory_limit=memory_limit)


def _cut_where_whole(path: Path, wal: Path, key_hex: str) -> None:
    """DuckDB does not name the damaged byte of an encrypted WAL, but reads one that merely ends early: the
    longest readable beginning is searched by halving. A read-only look changes neither file.
    """
    content = wal.read_bytes()
    whole, damaged = 0, len(content)
    while damaged - whole > 1:
        middle = (whole + damaged) // 2
        wal.write_bytes(content[:middle])
        try:
            Database(path, key_hex, read_only=True).close()
            whole = middle
        except duckdb.Error:
            damaged = middle
    write_atomically(wal, content[:whole])


def set_aside(path: Path) -> Path:
    """Rename a cache that cannot be opened (and its WAL) so that a new one can take its place. The WAL first:
    none of an old cache may be left for a new one.
    """
    aside = path.with_name(f"{path.name}.corrupt-{_stamp()}")
    if wal_of(path).exists():
        wal_of(path).rename(wal_of(aside))
    path.rename(aside)
    _damage_mark(path).unlink(missing_ok=True)
    return aside


def wal_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _damage_mark(path: Path) -> Path:
    """A damaged block is met only when it is read: the mark tells the next start to set this cache aside."""
    return path.with_name(path.name + ".damaged")


def _stamp() -> str:
    return utc_now().strftime("%Y%m%dT%H%M%S%f")

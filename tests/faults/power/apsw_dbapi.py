"""What SQLAlchemy asks of the standard library's sqlite3, over apsw: so that the centre's own engine writes
where its writes are noted. Only what the centre uses.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

import apsw

paramstyle, sqlite_version_info, sqlite_version = "qmark", sqlite3.sqlite_version_info, sqlite3.sqlite_version
PARSE_DECLTYPES = PARSE_COLNAMES = 0
Binary = bytes
Error, DatabaseError, OperationalError = sqlite3.Error, sqlite3.DatabaseError, sqlite3.OperationalError
IntegrityError, InterfaceError = sqlite3.IntegrityError, sqlite3.InterfaceError
ProgrammingError, NotSupportedError = sqlite3.ProgrammingError, sqlite3.NotSupportedError


class Cursor:
    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._rows: Iterator[Any] = iter(())
        self.description: tuple[Any, ...] | None = None
        self.rowcount, self.lastrowid, self.arraysize = -1, None, 1

    def execute(self, sql: str, values: Any = ()) -> Cursor:
        before = self._connection.total_changes()
        cursor, columns = self._connection.cursor(), list[Any]()

        def begins(begun: apsw.Cursor, *_: Any) -> bool:  # when it has ended without a row nobody knows them
            columns[:] = begun.get_description()
            return True

        cursor.exec_trace = begins
        try:
            cursor.execute(sql, tuple(values))
        except apsw.ConstraintError as error:
            raise IntegrityError(str(error)) from error
        self.description = tuple((one[0], *[None] * 6) for one in columns) if columns else None
        self._rows = iter(cursor.fetchall())
        self.rowcount = self._connection.total_changes() - before
        return self

    def executemany(self, sql: str, many: Iterable[Any]) -> None:
        before = self._connection.total_changes()
        for values in many:
            self.execute(sql, values)
        self.rowcount, self.description = self._connection.total_changes() - before, None

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list[Any]:
        return [row for row, _ in zip(self._rows, range(size), strict=False)]

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def close(self) -> None:
        self._rows = iter(())


class Connection:
    """Memory shared with other processes is not ours to record: alone, SQLite does without it and writes the
    same.
    """

    isolation_level: str | None = ""

    def __init__(self, path: str) -> None:
        self._connection = apsw.Connection(path)
        self._connection.pragma("locking_mode", "exclusive")

    def cursor(self) -> Cursor:
        return Cursor(self._connection)

    def execute(self, sql: str, values: Any = ()) -> Cursor:
        return self.cursor().execute(sql, values)

    def commit(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def rollback(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close()

    def create_function(self, *_: Any, **__: Any) -> None:
        """SQLAlchemy's own, for regular expressions: nobody asks for any."""


def connect(path: str, **_: Any) -> Connection:
    return Connection(path)

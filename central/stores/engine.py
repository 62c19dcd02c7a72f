"""The relational store: Oracle at a site, SQLite on one machine, PostgreSQL in tests. One set of statements
for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from app.core.errors import KnownError
from central.stores.tables import COUNTER

T = TypeVar("T", int, str)

POOL_SIZE = 5


def open_engine(url: str) -> Engine:
    """`url` as SQLAlchemy takes it: oracle+oracledb://…, postgresql+psycopg://…, sqlite:///file. A dead
    connection is replaced.
    """
    if url.startswith("sqlite"):
        engine = sa.create_engine(url, connect_args={"check_same_thread": False, "timeout": 30})
        sa.event.listen(engine, "connect", _sqlite_as_we_need_it)
        sa.event.listen(engine, "begin", _begin)
        return engine
    return sa.create_engine(
        url, pool_size=POOL_SIZE, max_overflow=POOL_SIZE, pool_pre_ping=True, pool_recycle=1800
    )


def database_down(error: KnownError | sa.exc.DBAPIError) -> KnownError:
    """The relational store is away: what came waits for it as it waits for ClickHouse."""
    if isinstance(error, KnownError):
        return error
    return KnownError("database_down", reason=str(error.orig)[:200], retry=True)


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _sqlite_as_we_need_it(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions are ours (see "begin")
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent look; waits for no writer where the store can do that."""
    with engine.connect().execution_options(reading=True) as connection:
        yield connection


@dataclass
class _Turn:
    """A writer's turn: the last number given out, and rows that nothing of this transaction reads: written
    together at its end.
    """

    last_no: int
    rows: list[tuple[sa.Table, dict[str, Any]]] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)
    """What was looked up in this turn and cannot change but by this turn."""


_TURNS: WeakKeyDictionary[Connection, _Turn] = WeakKeyDictionary()


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """One writer at a time: the counter's row stays locked until this commits, so change numbers are in the
    order of commits and a reader never sees a number before a smaller one that comes later.
    """
    with engine.begin() as connection:
        last = connection.execute(
            sa.select(COUNTER.c.last_no).where(COUNTER.c.id == 1).with_for_update()
        ).scalar_one()
        turn = _TURNS[connection] = _Turn(int(last))
        try:
            yield connection
            for table in dict.fromkeys(table for table, _ in turn.rows):
                connection.execute(sa.insert(table), [row for of, row in turn.rows if of is table])
            connection.execute(sa.update(COUNTER).where(COUNTER.c.id == 1).values(last_no=turn.last_no))
        finally:
            del _TURNS[connection]


def next_numbers(connection: Connection, count: int) -> int:
    """The first of `count` numbers. Only inside changing()."""
    turn = _TURNS[connection]
    turn.last_no += count
    return turn.last_no - count + 1


def in_parts(keys: Iterable[T]) -> Iterator[list[T]]:
    """Each key once, in their order: Oracle takes a thousand values in one IN."""
    distinct = sorted(set(keys))
    for start in range(0, len(distinct), 500):
        yield distinct[start : start + 500]


def add_later(connection: Connection, table: sa.Table, row: dict[str, Any]) -> None:
    """Array-bound with the others at the end of changing(): for rows that are not read before."""
    _TURNS[connection].rows.append((table, row))


def known_in_turn(connection: Connection) -> dict[str, Any]:
    return _TURNS[connection].known


@contextmanager
def attempt(connection: Connection) -> Iterator[None]:
    """What fails inside leaves nothing behind, and the turn goes on."""
    turn, savepoint = _TURNS[connection], connection.begin_nested()
    before = len(turn.rows)
    try:
        yield
    except BaseException:
        savepoint.rollback()
        del turn.rows[before:]
        turn.known.clear()
        raise
    savepoint.commit()


def put(connection: Connection, table: sa.Table, key: dict[str, Any], values: dict[str, Any]) -> None:
    """Change the row of `key`, or add it: instead of MERGE, whose forms differ. Safe because writers come one
    at a time.
    """
    where = sa.and_(*(table.c[name] == value for name, value in key.items()))
    if connection.execute(sa.update(table).where(where).values(**values)).rowcount == 0:
        connection.execute(sa.insert(table).values(**key, **values))

"""The relational store: Oracle at a site, SQLite on one machine, PostgreSQL in tests. One set of statements
for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from app.core.errors import KnownError
from central.stores import oracle
from central.stores.tables import COUNTER, GATE, OPEN_TURNS

T = TypeVar("T", int, str)

POOL_SIZE = 5
TOGETHER = "writers_together"
_WRONG_STATEMENT = 1
"""SQLITE_ERROR: SQLite says it of a table that is not there as of a database that is not."""


def open_engine(url: str, *, together: bool = False) -> Engine:
    """`url` as SQLAlchemy takes it: oracle+oracledb://…, postgresql+psycopg://…, sqlite:///file. A dead
    connection is replaced. `together`: writers of entries need not wait for one another
    (central.stores.turns); SQLite has one writer whatever is said.
    """
    if url.startswith("sqlite"):
        engine = sa.create_engine(url, connect_args={"check_same_thread": False, "timeout": 30})
        sa.event.listen(engine, "connect", _sqlite_as_we_need_it)
        sa.event.listen(engine, "begin", _begin)
        file = engine.url.database or ":memory:"
        if file != ":memory:" and not file.startswith("file:"):
            sa.event.listen(engine, "checkout", _SameFile(Path(file).absolute()))
        return engine
    return sa.create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=POOL_SIZE,
        pool_pre_ping=True,
        pool_recycle=1800,
        execution_options={TOGETHER: together},
        connect_args=oracle.connect_args(url),
    )


def database_down(error: KnownError | sa.exc.DBAPIError) -> KnownError:
    """The relational store is away: what came waits for it as it waits for ClickHouse."""
    if isinstance(error, KnownError):
        return error
    return KnownError("database_down", reason=str(error.orig)[:200], retry=True)


def is_away(error: sa.exc.DBAPIError) -> bool:
    """Whether it is the store that does not answer, and no statement that is wrong."""
    of_sqlite = getattr(error.orig, "sqlite_errorcode", None)
    if of_sqlite is not None:
        return of_sqlite != _WRONG_STATEMENT and isinstance(error, sa.exc.OperationalError)
    return isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError) or oracle.is_failover(error)


class _SameFile:
    """A store that is moved away under a running centre, and another put in its place, would be two to it:
    open connections have the one, new ones the other.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._first = path, (0, 0)

    def __call__(self, *_: object) -> None:
        try:
            there = self._path.stat()
            now = there.st_dev, there.st_ino
        except OSError:
            now = (0, 0)
        self._first = self._first if any(self._first) else now
        if now != self._first:
            gone = OSError(f"{self._path}: moved or replaced under a running centre")
            raise sa.exc.OperationalError("checkout", {}, gone)


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


class Again(Exception):  # noqa: N818 - a way to go, not an error
    """Another writer came between, or the numbers are spent: the same work from its beginning."""


class MustBeAlone(Exception):  # noqa: N818 - a way to go, not an error
    """What others must not see half of, or change meanwhile: the same work as the only writer."""


@dataclass
class _Turn:
    """A writer's turn: the last number given out, and rows that nothing of this transaction reads: written
    together at its end.
    """

    last_no: int
    end_no: int | None = None
    """The last that it may give, where others write at the same time."""
    rows: list[tuple[sa.Table, Mapping[str, object]]] = field(default_factory=list)
    soon: dict[tuple[sa.Table, Any], tuple[bool, dict[str, object]]] = field(default_factory=dict)
    """Rows that this transaction may read: written, many at once, before its next statement."""
    known: dict[Any, Any] = field(default_factory=dict)
    """What was looked up in this turn and cannot change but by this turn."""


MOST_SOON = 1_000
_OWN = "own_key"
_TURNS: WeakKeyDictionary[Connection, _Turn] = WeakKeyDictionary()


@contextmanager
def changing(engine: Engine) -> Iterator[Connection]:
    """The only writer: the counter's row stays locked until this commits, so its change numbers are in the
    order of commits.
    """
    with engine.begin() as connection, changing_in(connection):
        yield connection


@contextmanager
def changing_in(connection: Connection) -> Iterator[None]:
    """The same at the end of a transaction that has begun: what it did before kept nobody waiting."""
    _through_the_gate(connection, "EXCLUSIVE")
    last = connection.execute(
        sa.select(COUNTER.c.last_no).where(COUNTER.c.id == 1).with_for_update()
    ).scalar_one()
    turn = _Turn(int(last))
    with _working(connection, turn):
        yield
    connection.execute(sa.update(COUNTER).where(COUNTER.c.id == 1).values(last_no=turn.last_no))


@contextmanager
def beside_others(engine: Engine, numbers: int) -> Iterator[Connection]:
    """A writer among others, with numbers of its own: they are given before, and noted as open until this
    commits. Who reads changes stops before the first open one (`changes.since`), so that one that is
    committed late is not skipped. Raises Again, MustBeAlone.
    """
    block = give_out(engine, numbers)
    try:
        with engine.begin() as connection:
            _through_the_gate(connection, "SHARE")
            turn = _Turn(block.start - 1, block.stop - 1)
            with _working(connection, turn):
                yield connection
            if connection.execute(_closed(block)).rowcount != 1:
                raise Again  # it took so long that others have given it up
    except BaseException:
        with suppress(sa.exc.DBAPIError), engine.begin() as connection:
            connection.execute(_closed(block))
        raise


def give_out(engine: Engine, numbers: int) -> range:
    """Numbers for one writer, noted as open in the transaction that gives them."""
    with engine.begin() as connection:
        mine = COUNTER.c.id == 1
        last = int(
            connection.execute(sa.select(COUNTER.c.last_no).where(mine).with_for_update()).scalar_one()
        )
        connection.execute(sa.update(COUNTER).where(mine).values(last_no=last + numbers))
        connection.execute(sa.insert(OPEN_TURNS).values(first_no=last + 1, last_no=last + numbers))
    return range(last + 1, last + numbers + 1)


def _closed(block: range) -> sa.Delete:
    return sa.delete(OPEN_TURNS).where(OPEN_TURNS.c.first_no == block.start)


def _through_the_gate(connection: Connection, mode: str) -> None:
    """The first statement of a writer: it sees what those before it have committed."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(f"LOCK TABLE {GATE.name} IN {mode} MODE")


@contextmanager
def _working(connection: Connection, turn: _Turn) -> Iterator[None]:
    _TURNS[connection] = turn
    sa.event.listen(connection, "before_execute", _write_what_waits)
    try:
        yield
        write_soon(connection)
        for table in dict.fromkeys(table for table, _ in turn.rows):
            connection.execute(_inserted(table), [row for of, row in turn.rows if of is table])
    finally:
        del _TURNS[connection]


def alone(connection: Connection) -> None:
    """What follows needs the only writer's turn. Raises MustBeAlone where others write at the same time."""
    if not is_alone(connection):
        raise MustBeAlone


def is_alone(connection: Connection) -> bool:
    turn = _TURNS.get(connection)
    return turn is None or turn.end_no is None


def not_overtaken(connection: Connection, number: int) -> None:
    """What this turn follows must have a smaller number than it gives. Raises Again."""
    turn = _TURNS[connection]
    if turn.end_no is not None and number > turn.end_no:
        raise Again


def next_numbers(connection: Connection, count: int) -> int:
    """The first of `count` numbers. Only inside a writer's turn. Raises Again when they are spent."""
    turn = _TURNS[connection]
    turn.last_no += count
    if turn.end_no is not None and turn.last_no > turn.end_no:
        raise Again
    return turn.last_no - count + 1


def in_parts(keys: Iterable[T]) -> Iterator[list[T]]:
    """Each key once, in their order: Oracle takes a thousand values in one IN."""
    distinct = sorted(set(keys))
    for start in range(0, len(distinct), 500):
        yield distinct[start : start + 500]


def add_later(connection: Connection, table: sa.Table, row: Mapping[str, object]) -> None:
    """Array-bound with the others at the end of changing(): for rows that are not read before."""
    _TURNS[connection].rows.append((table, row))


def add_soon(
    connection: Connection, table: sa.Table, key: Any, row: dict[str, object], *, first: bool = True
) -> None:
    """A whole row, for a table whose rows this transaction may read again. `key` is the row's own; not
    `first`: it takes the place of the one that is there.
    """
    waiting = _TURNS[connection].soon
    before = waiting.get((table, key))
    waiting[table, key] = (first if before is None else before[0], row)
    if len(waiting) >= MOST_SOON:
        write_soon(connection)


def write_soon(connection: Connection) -> None:
    turn = _TURNS[connection]
    waiting, turn.soon = turn.soon, {}
    for table in dict.fromkeys(table for table, _ in waiting):
        rows = [told for (of, _), told in waiting.items() if of is table]
        new = [row for first, row in rows if first]
        if new:
            connection.execute(_inserted(table), new)
        _replace(connection, table, [row for first, row in rows if not first])


def _replace(connection: Connection, table: sa.Table, rows: list[dict[str, object]]) -> None:
    """By their one key. A store that says of fewer rows that they were there is asked of each."""
    if not rows:
        return
    own = next(iter(table.primary_key)).name
    parted = [(row[own], {name: row[name] for name in row if name != own}) for row in rows]
    done = connection.execute(_changed(table), [{_OWN: key, **values} for key, values in parted])
    if done.rowcount != len(rows):
        for key, values in parted:
            put(connection, table, {own: key}, values)


def _write_what_waits(connection: Connection, *_: Any) -> None:
    turn = _TURNS.get(connection)
    if turn is not None and turn.soon:
        write_soon(connection)


# Made once: to build and to look up a statement takes longer than SQLite does with it.
@cache
def _inserted(table: sa.Table) -> sa.Insert:
    return sa.insert(table)


@cache
def _changed(table: sa.Table) -> sa.Update:
    return sa.update(table).where(next(iter(table.primary_key)) == sa.bindparam(_OWN))


def known_in_turn(connection: Connection) -> dict[Any, Any]:
    """Outside of a turn nothing is known."""
    turn = _TURNS.get(connection)
    return turn.known if turn is not None else {}


@contextmanager
def attempt(connection: Connection) -> Iterator[None]:
    """What fails inside leaves nothing behind, and the turn goes on. Raises MustBeAlone."""
    alone(connection)
    turn = _TURNS[connection]
    write_soon(connection)
    savepoint = connection.begin_nested()
    before = len(turn.rows)
    try:
        yield
    except BaseException:
        turn.soon.clear()
        savepoint.rollback()
        del turn.rows[before:]
        turn.known.clear()
        raise
    write_soon(connection)
    savepoint.commit()


def put(
    connection: Connection, table: sa.Table, key: Mapping[str, object], values: Mapping[str, object]
) -> None:
    """Change the row of `key`, or add it: instead of MERGE, whose forms differ. Safe because writers come one
    at a time.
    """
    where = sa.and_(*(table.c[name] == value for name, value in key.items()))
    if connection.execute(sa.update(table).where(where).values(**values)).rowcount == 0:
        connection.execute(sa.insert(table).values(**key, **values))

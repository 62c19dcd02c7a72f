"""Writers of entries at the same time, on one database: each has a block of change numbers of its own, and
what two of them would write differently meets in a key of the database; who comes second begins anew. What
must not be done beside others (a well is made or moved, a file is read in) is done by the only writer.

The naive number, given out and told as soon as it is committed, loses changes: a reader that has seen 111
never asks for 105, which is committed later. Here 105 is noted as open until it is committed, and readers
wait before it. A writer that died leaves its note: who carries the outbox gives it up when it has stood for a
while, and a writer that was only slow finds that, and begins anew.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from central.logs import log
from central.stores.engine import TOGETHER, Again, MustBeAlone, beside_others, changing
from central.stores.oracle import is_failover
from central.stores.tables import OPEN_TURNS

T = TypeVar("T")
TRIES, PAUSE_S = 4, 0.02
GIVEN_UP_AFTER_S = 10.0
FAILOVERS, FAILOVER_PAUSE_S = 3, 0.5
"""So often a turn is begun again; then it is said that the store is away, and laptops send again."""
_MET = ("40P01", "40001", "ORA-00060", "ORA-08177")
"""Two writers waited for each other; the database let one of them go."""


def in_turn(engine: Engine, numbers: int, work: Callable[[Connection], T]) -> T:
    """`work` in one transaction, beside other writers where the engine is opened for that, else alone. It
    may be begun several times, also after a commit whose answer was lost when the database failed over: it
    has to know by ids of its own what is done already. `numbers`: how many it may need.
    """
    for attempt in range(FAILOVERS):
        try:
            return _in_turn(engine, numbers, work)
        except sa.exc.DBAPIError as error:
            if not is_failover(error):
                raise
            log("database", state="failed over", reason=str(error.orig)[:100])
        time.sleep(FAILOVER_PAUSE_S * (attempt + 1))
    return _in_turn(engine, numbers, work)


def _in_turn(engine: Engine, numbers: int, work: Callable[[Connection], T]) -> T:
    for attempt in range(TRIES if engine.get_execution_options().get(TOGETHER) else 0):
        try:
            with beside_others(engine, numbers << attempt) as connection:
                return work(connection)
        except MustBeAlone:
            break
        except Again:
            continue
        except sa.exc.DBAPIError as error:
            if not _met_another(error):
                raise
        time.sleep(random.uniform(0, PAUSE_S * (attempt + 1)))
    with changing(engine) as connection:
        return work(connection)


def _met_another(error: sa.exc.DBAPIError) -> bool:
    said = f"{getattr(error.orig, 'sqlstate', '')} {error.orig}"
    return isinstance(error, sa.exc.IntegrityError) or any(code in said for code in _MET)


class Abandoned:
    """Notes of turns whose writers are gone, by one who looks at them again and again; no clock of the day
    has a say.
    """

    def __init__(self, engine: Engine, passed: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._passed = engine, passed
        self._seen: dict[int, float] = {}

    def give_up(self) -> int:
        """Those that have stood for GIVEN_UP_AFTER_S under these eyes. Returns how many."""
        with self._engine.connect().execution_options(reading=True) as connection:
            there = [int(no) for no in connection.execute(sa.select(OPEN_TURNS.c.first_no)).scalars()]
        now = self._passed()
        self._seen = {no: self._seen.get(no, now) for no in there}
        old = [no for no, since in self._seen.items() if now - since >= GIVEN_UP_AFTER_S]
        if old:
            with self._engine.begin() as connection:
                connection.execute(sa.delete(OPEN_TURNS).where(OPEN_TURNS.c.first_no.in_(old)))
        return len(old)

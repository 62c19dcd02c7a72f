"""Of several centres on one database one does what only one may do (the relay, a folder, backups): it holds
a lease and counts on to show that it is alive. Another one takes the lease when the count has stood still
for a while by its own monotonic clock: no clock of the day has a say, and a centre that was started again
has its own at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from central.stores.tables import LEASES

RENEWED_S, TAKEN_AFTER_S = 2.5, 10.0


class OvertakenError(Exception):
    """Another centre has gone on with it: what this one holds of it is to be forgotten."""


class Lease:
    """`holder`: the centre's own name, the same after a restart. `patience_s`: longer than the work goes on
    between two askings.
    """

    def __init__(
        self,
        engine: Engine,
        name: str,
        holder: str,
        passed: Callable[[], float] = time.monotonic,
        patience_s: float = TAKEN_AFTER_S,
    ) -> None:
        self._engine, self._name, self._holder, self._passed = engine, name, holder, passed
        self._patience_s = patience_s
        self._renewed = float("-inf")
        self._beat: int | None = None
        """What it counted last. Where the count under its own name is another, somebody else has that name: a
        centre that was made of a copy of its folder.
        """
        self._counting = False
        self._seen: tuple[str, int] | None = None
        self._seen_at = float("-inf")

    def held(self) -> bool:
        """Whether it is ours now; asked again and again by who works under it. What it writes then it writes
        where it is `still` so.
        """
        now = self._passed()
        if now - self._renewed < RENEWED_S:
            return True
        own, self._counting = self._own_counts(), True
        with self._engine.begin() as connection:
            self._beat = self._renew(connection, now, own)
        self._counting = False
        self._renewed = float("-inf") if self._beat is None else now
        return self._beat is not None

    def _own_counts(self) -> tuple[int, ...] | None:
        """That may stand there as this one left it; None: any, it has just begun. A commit whose answer was
        lost may be there.
        """
        if self._beat is None:
            return None if self._seen is None else ()
        return (self._beat, self._beat + 1) if self._counting else (self._beat,)

    def give_back(self) -> None:
        """At a graceful end, so that the next one need not wait; where the store is away it runs out."""
        if self._renewed == float("-inf"):
            return
        self._renewed, beat, self._beat = float("-inf"), self._beat, None
        with suppress(sa.exc.DBAPIError), self._engine.begin() as connection:
            connection.execute(sa.delete(LEASES).where(self._mine(beat)))

    def still(self, connection: Connection) -> bool:
        """In the transaction that writes what only the holder may: whoever stood still, and was taken for
        gone, finds that another one has it. Nobody takes it until that transaction is over.
        """
        query = sa.select(LEASES.c.beat).where(self._mine(self._beat)).with_for_update()
        return connection.execute(query).first() is not None

    def _mine(self, beat: int | None) -> sa.ColumnElement[bool]:
        return sa.and_(LEASES.c.name == self._name, LEASES.c.holder == self._holder, LEASES.c.beat == beat)

    def _renew(self, connection: Connection, now: float, own: tuple[int, ...] | None) -> int | None:
        """The new count; None where it is another one's."""
        mine = LEASES.c.name == self._name
        row = connection.execute(sa.select(LEASES.c.holder, LEASES.c.beat).where(mine)).first()
        if row is None:
            connection.execute(sa.insert(LEASES).values(name=self._name, holder=self._holder, beat=1))
            return 1
        there = str(row[0]), int(row[1])
        if there != self._seen:
            self._seen, self._seen_at = there, now
        is_own = there[0] == self._holder and (own is None or there[1] in own)
        if not is_own and now - self._seen_at < self._patience_s:
            return None
        as_seen = sa.and_(mine, LEASES.c.holder == there[0], LEASES.c.beat == there[1])
        beat = there[1] + 1
        mended = sa.update(LEASES).where(as_seen).values(holder=self._holder, beat=beat)
        return beat if connection.execute(mended).rowcount == 1 else None

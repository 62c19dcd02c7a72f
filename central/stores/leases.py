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
        self._seen: tuple[str, int] | None = None
        self._seen_at = float("-inf")

    def held(self) -> bool:
        """Whether it is ours now; asked again and again by who works under it."""
        now = self._passed()
        if now - self._renewed < RENEWED_S:
            return True
        with self._engine.begin() as connection:
            ours = self._renew(connection, now)
        self._renewed = now if ours else float("-inf")
        return ours

    def give_back(self) -> None:
        """At a graceful end, so that the next one need not wait; where the store is away it runs out."""
        if self._renewed == float("-inf"):
            return
        self._renewed = float("-inf")
        with suppress(sa.exc.DBAPIError), self._engine.begin() as connection:
            mine = sa.and_(LEASES.c.name == self._name, LEASES.c.holder == self._holder)
            connection.execute(sa.delete(LEASES).where(mine))

    def _renew(self, connection: Connection, now: float) -> bool:
        mine = LEASES.c.name == self._name
        row = connection.execute(sa.select(LEASES.c.holder, LEASES.c.beat).where(mine)).first()
        if row is None:
            connection.execute(sa.insert(LEASES).values(name=self._name, holder=self._holder, beat=1))
            return True
        there = str(row[0]), int(row[1])
        if there != self._seen:
            self._seen, self._seen_at = there, now
        if there[0] != self._holder and now - self._seen_at < self._patience_s:
            return False
        as_seen = sa.and_(mine, LEASES.c.holder == there[0], LEASES.c.beat == there[1])
        mended = sa.update(LEASES).where(as_seen).values(holder=self._holder, beat=there[1] + 1)
        return connection.execute(mended).rowcount == 1

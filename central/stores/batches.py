"""Which of two values of one moment came later: the number of its batch, which grows from one to the next
over all centres of the site. Clocks of several machines differ: the number is the database's, and the clock
only sets it going where the numbers of one machine had been.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from central.stores.tables import COUNTER

_MINE = COUNTER.c.id == 2


def begin(connection: Connection) -> None:
    """Once, with the schema."""
    if connection.execute(sa.select(COUNTER.c.id).where(_MINE)).first() is None:
        connection.execute(sa.insert(COUNTER).values(id=2, last_no=0))


def given_by(engine: Engine) -> Callable[[], int] | None:
    """What numbers the batches of whoever writes beside this database's centres; None for the one process
    that has a database of its own.
    """
    return None if engine.dialect.name == "sqlite" else partial(following, engine)


def following(engine: Engine) -> int:
    """Microseconds of the clock, but more than any before, whoever had it."""
    with engine.begin() as connection:
        last = connection.execute(sa.select(COUNTER.c.last_no).where(_MINE).with_for_update()).scalar_one()
        number = max(int(last) + 1, time.time_ns() // 1000)
        connection.execute(sa.update(COUNTER).where(_MINE).values(last_no=number))
    return number

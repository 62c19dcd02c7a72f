"""The centre's epoch: a random name that changes whenever the centre is set back to an older state. Laptops
that meet another one than they know send again what this centre has not, and read all of it anew.
"""

from __future__ import annotations

import uuid
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from central.stores.engine import put
from central.stores.tables import EPOCHS, LEASES


def epoch(connection: Connection) -> str:
    """Empty before the first one began."""
    return str(connection.execute(sa.select(EPOCHS.c.epoch)).scalar() or "")


def renew(connection: Connection, now: datetime) -> str:
    """From now on this is another life of the centre. Who held a lease in the one before holds none: nobody
    waits hours for a centre that is no more.
    """
    begun = uuid.uuid4().hex
    connection.execute(sa.delete(LEASES))
    put(connection, EPOCHS, {"id": 1}, {"epoch": begun, "began_at": now})
    return begun


def begin(engine: Engine, now: datetime) -> str:
    """The epoch, which begins where there was none."""
    with engine.begin() as connection:
        return epoch(connection) or renew(connection, now)

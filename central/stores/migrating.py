"""The relational schema brought up to date by Alembic; a new store begins with its counter at zero."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Engine

from central.stores import batches
from central.stores.tables import COUNTER

_MIGRATING = 0x57656C6C
"""Of this program alone, among the locks of a database."""
SCRIPTS = Path(__file__).resolve().parents[1] / "migrations"


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    return config


def migrate(engine: Engine) -> None:
    """Several centres may start at one moment: on PostgreSQL the others wait for the first. On Oracle, whose
    changes of a schema are no transaction, `central migrate` goes before the centres.
    """
    config = alembic_config()
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.execute(sa.select(sa.func.count()).select_from(COUNTER)).scalar_one() == 0:
            connection.execute(sa.insert(COUNTER).values(id=1, last_no=0))
        batches.begin(connection)

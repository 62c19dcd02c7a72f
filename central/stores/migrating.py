"""The relational schema brought up to date by Alembic; a new store begins with its counter at zero."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import Engine

from central.stores.tables import COUNTER

SCRIPTS = Path(__file__).resolve().parents[1] / "migrations"


def alembic_config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    return config


def migrate(engine: Engine) -> None:
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.execute(sa.select(sa.func.count()).select_from(COUNTER)).scalar_one() == 0:
            connection.execute(sa.insert(COUNTER).values(id=1, last_no=0))

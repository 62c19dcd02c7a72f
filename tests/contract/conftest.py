"""The same repository on every store that there is: SQLite, PostgreSQL, the real oracledb driver, and a real
Oracle when one is named.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import sqlglot
from sqlalchemy.dialects import oracle
from sqlalchemy.engine import Connection, Engine

from central.stores import devices
from central.stores.devices import Device
from central.stores.engine import open_engine
from central.stores.migrating import migrate
from central.stores.tables import COUNTER, METADATA
from tests.contract.entries_made import AT, FIELD
from tests.servers import new_database, oracle_wire, postgres

STORES = ("sqlite", "postgresql", "oracle_wire", "oracle")


FILLED = sa.union_all(
    *(
        sa.select(sa.literal(table.name)).where(sa.exists(sa.select(sa.literal(1)).select_from(table)))
        for table in METADATA.sorted_tables
        if table is not COUNTER
    )
)
"""Names of the tables with anything in them: to empty each of forty takes longer than most tests."""
_SEEN: set[str] = set()


def is_good_oracle(connection: Connection, statement: Any, *_: object) -> None:
    """Every statement of the tests, compiled for Oracle and read as Oracle's by a second parser."""
    if not isinstance(statement, sa.Select | sa.Insert | sa.Update | sa.Delete) or "pg_catalog" in str(
        statement
    ):
        return
    text = str(statement.compile(dialect=oracle.dialect()))
    if text not in _SEEN:
        _SEEN.add(text)
        # SQLAlchemy leaves the places of an IN to the execution.
        sqlglot.parse_one(text.replace("__[POSTCOMPILE_", ":").replace("]", ""), read="oracle")


@pytest.fixture(scope="session")
def postgres_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with postgres(tmp_path_factory.mktemp("postgres")) as port:
        yield port


@pytest.fixture(scope="session")
def oracle_wire_url(postgres_port: int) -> Iterator[str]:
    with oracle_wire(postgres_port) as url:
        yield url


@pytest.fixture(scope="module", params=STORES)
def migrated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A store with the schema that Alembic made; one for the tests of a file, emptied between them."""
    engine = open_engine(_url(request, tmp_path_factory.mktemp("store")))
    migrate(engine)
    sa.event.listen(engine, "before_execute", is_good_oracle)
    yield engine
    engine.dispose()


def _url(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'centre.sqlite'}"
    if request.param == "postgresql":
        port = request.getfixturevalue("postgres_port")
        name = f"c{uuid.uuid4().hex[:8]}"
        new_database(port, name)
        return f"postgresql+psycopg://postgres@127.0.0.1:{port}/{name}"
    if request.param == "oracle_wire":
        return str(request.getfixturevalue("oracle_wire_url"))
    url = os.environ.get("WELLSIDE_TEST_ORACLE_URL", "")
    if not url:
        pytest.skip("WELLSIDE_TEST_ORACLE_URL names no Oracle")
    return url


@pytest.fixture
def engine(migrated: Engine) -> Engine:
    with migrated.begin() as connection:
        filled = set(connection.execute(FILLED).scalars())
        for table in reversed(METADATA.sorted_tables):
            if table.name in filled:
                connection.execute(sa.delete(table))
        connection.execute(sa.update(COUNTER).values(last_no=0))
    return migrated


@pytest.fixture
def device(engine: Engine) -> Device:
    with engine.begin() as connection:
        made, _ = devices.add(connection, "laptop", (FIELD,), devices.SCOPES, AT)
    return made

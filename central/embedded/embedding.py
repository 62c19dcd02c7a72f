"""Who may speak to the embedded ClickHouse: the centre, to write and, by another account, to read with the
named queries; and the operator of this machine. No laptop.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from app.sync.queries import QUERIES
from central.config import ENGINE_FOLDER
from central.embedded.process import EngineProcess
from central.kept import kept
from central.stores.clickhouse import ClickHouse

OPERATOR = "operator"
PASSWORD_FILE = "clickhouse.password"
_CLIENT_ASKS = frozenset(
    (
        "SELECT version(), timezone()",
        "SELECT name, value, readonly FROM system.settings LIMIT 10000",
        "SELECT 1 AS check",
    )
)
"""What clickhouse-connect sends before the first question of a connection."""


def embed(folder: Path, host: str, port: int) -> tuple[EngineProcess, ClickHouse, ClickHouse]:
    """(the engine, the store as its writer sees it, the store as its reader sees it). Passwords of the centre
    are of this run only. Raises KnownError (engine_not_started, folder_not_writable).
    """
    writer, reader = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    accounts = {
        "wellside_ingest": (writer, None),
        "wellside_read": (reader, may_ask()),
        # For the person at the centre's own machine.
        OPERATOR: (kept(folder, PASSWORD_FILE, secrets.token_urlsafe(24)), None),
    }
    engine = EngineProcess(folder / ENGINE_FOLDER, host, port, accounts)
    address = f"http://{host}:{engine.port}"
    return (
        engine,
        ClickHouse(address, "wellside_ingest", writer),
        ClickHouse(address, "wellside_read", reader),
    )


def may_ask() -> frozenset[str]:
    """All that an account of readings may send, word for word."""
    return frozenset(query.sql.strip() for query in QUERIES) | _CLIENT_ASKS

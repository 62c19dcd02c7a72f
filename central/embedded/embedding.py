"""Who may speak to the embedded ClickHouse: the centre, to write and, by another account, to read with the
named queries; and the operator of this machine. No laptop.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.sync.queries import QUERIES
from central.embedded.process import EngineProcess
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
        OPERATOR: (operator_password(folder), None),
    }
    engine = EngineProcess(folder / "clickhouse", host, port, accounts)
    address = f"http://{host}:{engine.port}"
    return (
        engine,
        ClickHouse(address, "wellside_ingest", writer),
        ClickHouse(address, "wellside_read", reader),
    )


def may_ask() -> frozenset[str]:
    """All that an account of readings may send, word for word."""
    return frozenset(query.sql.strip() for query in QUERIES) | _CLIENT_ASKS


def operator_password(folder: Path) -> str:
    """For the person at the centre's own machine: in a file that only the centre's account reads."""
    path = folder / PASSWORD_FILE
    try:
        if not path.exists():
            write_atomically(path, secrets.token_urlsafe(24).encode())
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise KnownError("folder_not_writable", folder=str(folder), reason=str(error)) from error

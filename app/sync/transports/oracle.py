"""Records straight out of Oracle, with a read-only account on one view: the same stream as `/v1/changes`.

SQLAlchemy Core, so that tests run the very same statement on SQLite and PostgreSQL; the driver is oracledb,
thin.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.sync.wire import Change, Changes, FileRef, WellKey

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

MOST = 1_000
COLUMNS = (
    "change_no",
    "topic",
    "item_key",
    "version",
    "well_uid",
    "field_name",
    "pad",
    "well_name",
    "well_number",
    "lift",
    "state",
    "aliases",
    "depth_m",
    "entry_id",
    "author",
    "saved_at",
    "action",
    "body",
    "files",
)


class OracleReader:
    """`url` as SQLAlchemy takes it. Raises KnownError (oracle_unreachable, retry; oracle_refused;
    oracle_absent, where a machine has nothing that speaks to Oracle).
    """

    def __init__(self, url: str, view: str = "laptop_changes") -> None:
        sa = _sqlalchemy()
        try:
            self._engine: Engine = sa.create_engine(url, pool_size=1, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise KnownError("oracle_absent", module=str(error.name)) from error
        except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError) as error:
            raise KnownError("oracle_refused", reason=type(error).__name__) from error
        self._view = sa.table(view, *(sa.column(name) for name in COLUMNS))

    @classmethod
    def at(cls, dsn: str, user: str, password: str) -> OracleReader:
        """`dsn`: host:port/service."""
        sa = _sqlalchemy()
        host, port, service = split_dsn(dsn)
        url = sa.URL.create("oracle+oracledb", user, password, host, port, query={"service_name": service})
        return cls(url.render_as_string(hide_password=False))

    def changes(self, after: int, field: str = "") -> Changes:
        rows = self._rows(self.statement(after, MOST + 1, field))
        more = len(rows) > MOST
        told = tuple(_change(row) for row in rows[:MOST])
        return Changes(changes=told, next=told[-1].change_no if told else after, more=more)

    def statement(self, after: int, limit: int, field: str = "") -> Any:
        import sqlalchemy as sa

        view = self._view
        return (
            sa.select(*(view.c[name] for name in COLUMNS))
            .where(view.c.change_no > after, *([view.c.field_name == field] if field else []))
            .order_by(view.c.change_no)
            .limit(limit)
        )

    def close(self) -> None:
        self._engine.dispose()

    def _rows(self, statement: Any) -> list[Any]:
        import sqlalchemy as sa

        try:
            with self._engine.connect() as connection:
                return list(connection.execute(statement).mappings())
        except sa.exc.DBAPIError as error:
            text = str(error.orig)[:200]
            if error.connection_invalidated or isinstance(
                error, sa.exc.OperationalError | sa.exc.InterfaceError
            ):
                raise KnownError("oracle_unreachable", retry=True, reason=text) from error
            raise KnownError("oracle_refused", reason=text) from error
        except OSError as error:
            raise KnownError("oracle_unreachable", retry=True, reason=str(error)[:200]) from error


def _sqlalchemy() -> Any:
    """An installer has it apart: IT gives it to machines that read Oracle."""
    try:
        import sqlalchemy
    except ModuleNotFoundError as error:
        raise KnownError("oracle_absent", module=str(error.name)) from error
    return sqlalchemy


def split_dsn(dsn: str) -> tuple[str, int, str]:
    """host:port/service. Raises KnownError (oracle_address)."""
    host, _, rest = dsn.partition(":")
    port, _, service = rest.partition("/")
    if not host or not port.isdigit() or not service:
        raise KnownError("oracle_address", dsn=dsn[:200])
    return host, int(port), service


def _change(row: Any) -> Change:
    """Oracle says NULL for an empty text, and a number may come as a Decimal."""
    well = None
    if row["well_uid"]:
        well = WellKey(
            uid=row["well_uid"],
            field=row["field_name"] or "",
            pad=row["pad"] or "",
            name=row["well_name"],
            number=int(row["well_number"]),
        )
    if row["topic"] == "well":
        body = {
            "lift": row["lift"],
            "state": row["state"],
            "aliases": _json(row["aliases"]) or [],
            "depth_m": None if row["depth_m"] is None else float(row["depth_m"]),
        }
    else:
        body = _json(row["body"])
    files = tuple(FileRef(**file) for file in (_json(row["files"]) or []))
    return Change(
        change_no=int(row["change_no"]),
        topic=row["topic"],
        key=row["item_key"],
        version=int(row["version"]),
        well=well,
        deleted=row["action"] == "removed" or (row["topic"] != "well" and body is None),
        entry_id=row["entry_id"] or "",
        author=row["author"] or "",
        saved_at=_moment(row["saved_at"]),
        action=row["action"] or "saved",
        body=body or {},
        attachments=files,
    )


def _json(text: Any) -> Any:
    return None if text is None else json.loads(text.read() if hasattr(text, "read") else text)


def _moment(value: Any) -> str:
    if value is None:
        return ""
    moment = parse_time(value) if isinstance(value, str) else value
    assert isinstance(moment, datetime)
    return iso(moment if moment.tzinfo else moment.replace(tzinfo=UTC))

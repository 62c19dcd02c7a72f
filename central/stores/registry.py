"""The registry of models: of each name one champion at most, with what it was made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.errors import KnownError
from app.core.plain import JsonObject
from central.stores.engine import put
from central.stores.tables import MODELS, STAGES

CHAMPION, CHALLENGER, RETIRED, REFUSED = "champion", "challenger", "retired", "refused"


@dataclass(frozen=True)
class Staged:
    name: str
    version: str
    stage: str
    since: datetime
    author: str
    manifest: JsonObject


def stage(
    connection: Connection, name: str, version: str, as_: str, by: str, now: datetime, manifest: JsonObject
) -> None:
    """A new champion retires the one before."""
    if as_ == CHAMPION:
        retire(connection, name, now)
    values = {"stage": as_, "since": now, "author": by, "manifest": manifest}
    put(connection, STAGES, {"name": name, "version": version}, values)


def retire(connection: Connection, name: str, now: datetime) -> None:
    connection.execute(
        sa.update(STAGES)
        .where(STAGES.c.name == name, STAGES.c.stage == CHAMPION)
        .values(stage=RETIRED, since=now)
    )


def every(connection: Connection, name: str = "") -> list[Staged]:
    """Newest first."""
    of_name = [STAGES.c.name == name] if name else []
    rows = connection.execute(sa.select(STAGES).where(*of_name).order_by(STAGES.c.since.desc()))
    return [Staged(*row) for row in rows]


def champion(connection: Connection, name: str) -> Staged | None:
    return next((one for one in every(connection, name) if one.stage == CHAMPION), None)


def champion_file(connection: Connection, name: str) -> tuple[str, bytes] | None:
    """(version, content) of the champion; None where what ships is in force. Raises KnownError
    (model_unknown).
    """
    now = champion(connection, name)
    return None if now is None else (now.version, content(connection, name, now.version))


def content(connection: Connection, name: str, version: str) -> bytes:
    """Raises KnownError (model_unknown)."""
    found = connection.execute(
        sa.select(MODELS.c.content).where(MODELS.c.name == name, MODELS.c.version == version)
    ).scalar()
    if found is None:
        raise KnownError("model_unknown", name=name, version=version)
    return bytes(found)

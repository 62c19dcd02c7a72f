"""What was made of each well in a night, in the system of record: a row a kind, under a name that the same
night and the same models make again, so that nothing of a run that was broken off stands there twice.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.clock import iso
from app.core.plain import Json, JsonObject
from central.stores.engine import in_parts, put
from central.stores.tables import FORECASTS

_NAMESPACE = uuid.UUID("c1f2a1de-6c55-5a27-9d0b-2f9f6c8be913")
KINDS = ("forecast", "health", "findings")
SET_ASIDE = "set_aside"


@dataclass(frozen=True)
class Night:
    """`models`: all that has a say in what is made, with the program: another one is another night's work."""

    at: datetime
    models: str

    def name(self, well_id: int, kind: str) -> str:
        said = f"{self.at:%Y-%m-%d}|{self.models}|{well_id}|{kind}"
        return str(uuid.uuid5(_NAMESPACE, said))


def done(connection: Connection, night: Night, wells: list[int]) -> set[int]:
    """Those of which all was made in this night already."""
    named = {night.name(well, KINDS[0]): well for well in wells}
    found: set[int] = set()
    for part in in_parts(named):
        there = connection.execute(sa.select(FORECASTS.c.id).where(FORECASTS.c.id.in_(part))).scalars()
        found |= {named[name] for name in there}
    return found


def keep(connection: Connection, night: Night, well_id: int, model: str, made: JsonObject) -> None:
    """The parts of a body, each a row of its own kind."""
    common = {key: made[key] for key in ("form", "made_at", "model", "program", "until")}
    parts: Mapping[str, tuple[str, ...]] = {
        "forecast": ("forecast", "refused"),
        "health": ("health", "sight", "worst", "severity", "not_assessed"),
        "findings": ("findings",),
    }
    for kind in KINDS:
        body = {**common, **{key: made[key] for key in parts[kind]}}
        _put(connection, night, well_id, kind, model, body)
    connection.execute(sa.delete(FORECASTS).where(FORECASTS.c.id == night.name(well_id, SET_ASIDE)))


def set_aside(connection: Connection, night: Night, well_id: int, code: str, reason: str) -> None:
    """Why nothing was made of it: it is tried again by the next run."""
    body: Json = {"made_at": iso(night.at), "code": code, "reason": reason}
    _put(connection, night, well_id, SET_ASIDE, "", body)


def forget(connection: Connection, before: datetime) -> int:
    """Nights that are too old; their figures stay in ClickHouse. Returns how many rows went."""
    return connection.execute(sa.delete(FORECASTS).where(FORECASTS.c.made_at < before)).rowcount


def _put(connection: Connection, night: Night, well_id: int, kind: str, model: str, body: Json) -> None:
    values = {"well_id": well_id, "made_at": night.at, "kind": kind, "model": model, "body": body}
    put(connection, FORECASTS, {"id": night.name(well_id, kind)}, values)

"""Who may speak to the centre: a device, its token (kept hashed), what it may do and for which fields."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.errors import KnownError
from app.core.ids import new_id
from app.models.limits import clean_name
from app.sync.wire import token_key
from central.stores.tables import DEVICES

LAPTOP_SCOPES = ("push", "pull", "readings", "files", "models")
SCOPES = (*LAPTOP_SCOPES, "metrics")


PERSON = "person"


@dataclass(frozen=True)
class Device:
    id: str
    name: str
    scopes: tuple[str, ...]
    fields: tuple[str, ...]
    key: str
    """SHA-256 of the token: the key of its receipts."""
    grants: tuple[tuple[str, str], ...] | None = None
    """Roles and in which field, where roles were given to it."""
    kind: str = "device"
    """PERSON: somebody whom the site's provider vouches for, without a device."""


def actor_of(device: Device) -> str:
    """As the audit trail names it."""
    return f"{device.kind} {device.name} {device.id}"


def add(
    connection: Connection, name: str, fields: tuple[str, ...], scopes: tuple[str, ...], now: datetime
) -> tuple[Device, str]:
    """(device, token). The token is told once; only its hash stays. Raises KnownError (scope_unknown)."""
    unknown = set(scopes) - set(SCOPES)
    if unknown:
        raise KnownError("scope_unknown", scope=", ".join(sorted(unknown)), allowed=", ".join(SCOPES))
    token = "wsd_" + secrets.token_urlsafe(32)
    device = Device(new_id(), name, scopes, fields, token_key(token))
    connection.execute(
        sa.insert(DEVICES).values(
            id=device.id,
            name=name,
            token_sha256=device.key,
            scopes=list(scopes),
            fields=list(map(clean_name, fields)),
            made_at=now,
        )
    )
    return device, token


def by_token(connection: Connection, token: str) -> Device | None:
    """None for a token that nobody has or that was revoked."""
    return _one(
        connection, sa.and_(DEVICES.c.token_sha256 == token_key(token), DEVICES.c.revoked_at.is_(None))
    )


def by_id(connection: Connection, device: str) -> Device | None:
    """None for one that never was or that was revoked."""
    found = sa.and_(DEVICES.c.id == device, DEVICES.c.revoked_at.is_(None))
    return _one(connection, found)


def named(connection: Connection, device: str) -> list[Device]:
    """By id or name, those that are not revoked. Raises KnownError (device_unknown)."""
    found = [one for one, revoked in every(connection) if device in (one.id, one.name) and revoked is None]
    if not found:
        raise KnownError("device_unknown", device=device)
    return found


def _one(connection: Connection, found: sa.ColumnElement[bool]) -> Device | None:
    row = connection.execute(sa.select(DEVICES).where(found)).mappings().first()
    return (
        Device(row["id"], row["name"], tuple(row["scopes"]), _fields(row["fields"]), row["token_sha256"])
        if row
        else None
    )


def _fields(named: list[str]) -> tuple[str, ...]:
    """As they were named, and as names are written now."""
    return tuple(dict.fromkeys([*named, *map(clean_name, named)]))


def fields_of(connection: Connection, device: str) -> tuple[str, ...]:
    """Of a revoked one too: what it sent while it might is its own. None of a device that never was."""
    fields = connection.execute(sa.select(DEVICES.c.fields).where(DEVICES.c.id == device)).scalar()
    return _fields(fields) if fields is not None else ()


def revoke(connection: Connection, device: str, now: datetime) -> int:
    """By id or name. Returns how many."""
    meant = sa.and_(sa.or_(DEVICES.c.id == device, DEVICES.c.name == device), DEVICES.c.revoked_at.is_(None))
    return connection.execute(sa.update(DEVICES).where(meant).values(revoked_at=now)).rowcount


def every(connection: Connection) -> list[tuple[Device, datetime | None]]:
    rows = connection.execute(sa.select(DEVICES).order_by(DEVICES.c.made_at)).mappings()
    return [
        (Device(r["id"], r["name"], tuple(r["scopes"]), tuple(r["fields"]), ""), r["revoked_at"])
        for r in rows
    ]

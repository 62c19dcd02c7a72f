"""Who may do what: roles and their rights in one table, given by field to a device or a person.

A device to which no role was ever given has what its scopes say in all its fields, as an administrator made
it. One function decides, for every endpoint and every entry: `narrowed`, which leaves of a device the fields
in which it may. What is done with those fields everywhere else holds then for roles too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.errors import KnownError
from app.models.limits import clean_name
from central.stores.devices import Device
from central.stores.engine import put
from central.stores.tables import DEVICES, GRANTS

SEE, ENTER, DESCRIBE, DECIDE = "see", "enter", "describe", "decide"
READINGS, FILES, MODELS, METRICS = "readings", "files", "models", "metrics"
RIGHTS = (SEE, ENTER, DESCRIBE, DECIDE, READINGS, FILES, MODELS, METRICS)

NOTHING = "nothing"
ROLES: dict[str, frozenset[str]] = {
    "engineer": frozenset({SEE, ENTER, DESCRIBE, DECIDE, FILES, MODELS}),
    "technologist": frozenset({SEE, ENTER, FILES, MODELS}),
    "supervisor": frozenset({SEE, DECIDE, MODELS}),
    "administrator": frozenset({METRICS}),
    "data_engineer": frozenset({SEE, READINGS, FILES, MODELS, METRICS}),
    NOTHING: frozenset(),
}
"""An administrator manages devices, roles and people, and needs nobody's wells for that. A device whose last
role was taken has NOTHING, until that is taken too.
"""
EVERY_FIELD = "*"

OF_SCOPE: dict[str | None, tuple[str, ...]] = {
    None: (SEE,),
    "push": (ENTER, DESCRIBE, DECIDE, FILES),
    "pull": (SEE,),
    "readings": (READINGS,),
    "files": (FILES,),
    "models": (MODELS,),
    "metrics": (METRICS,),
}
"""What an endpoint asks for by its scope: one of these rights."""

_DESCRIBING = frozenset(
    {
        "installation",
        "rod_string",
        "pumping_unit",
        "survey",
        "fluid",
        "reservoir",
        "well_passport",
        "well_merge",
        "location",
        "energy",
    }
)
"""Records that say what a well is, not what was measured or done."""


@dataclass(frozen=True)
class Grant:
    holder: str
    role: str
    field: str


def right_of(kind: str, record_kind: str = "") -> str:
    """What an entry needs."""
    if kind in ("import", "import_undone"):
        return FILES
    if record_kind == "finding_decision":
        return DECIDE
    return DESCRIBE if record_kind in _DESCRIBING else ENTER


def narrowed(device: Device, rights: tuple[str, ...]) -> Device | None:
    """The device with the fields in which it has one of these rights; None where it has none of them."""
    if device.grants is None:
        return device
    giving = [grant for grant in device.grants if ROLES.get(grant[0], frozenset()).intersection(rights)]
    if not giving:
        return None
    of = {field for _, field in giving}
    return replace(device, fields=tuple(f for f in device.fields if EVERY_FIELD in of or f in of))


def with_roles(connection: Connection, device: Device) -> Device:
    """As roles were given to it, if they were."""
    given = of_holder(connection, device.id)
    return replace(device, grants=tuple((one.role, one.field) for one in given)) if given else device


def of_holder(connection: Connection, holder: str) -> list[Grant]:
    columns = (GRANTS.c.holder, GRANTS.c.role_name, GRANTS.c.field_name)
    rows = connection.execute(sa.select(*columns).where(GRANTS.c.holder == holder)).all()
    return [Grant(*map(str, row)) for row in rows]


def every(connection: Connection) -> list[Grant]:
    columns = (GRANTS.c.holder, GRANTS.c.role_name, GRANTS.c.field_name)
    return [Grant(*map(str, row)) for row in connection.execute(sa.select(*columns).order_by(*columns))]


def give(connection: Connection, grant: Grant, now: datetime, author: str) -> None:
    """Raises KnownError (role_unknown)."""
    if grant.role not in ROLES:
        raise KnownError("role_unknown", role=grant.role, known=", ".join(ROLES))
    key = {"holder": grant.holder, "role_name": grant.role, "field_name": _field(grant.field)}
    put(connection, GRANTS, key, {"made_at": now, "author": author})


def take(connection: Connection, grant: Grant, now: datetime, author: str) -> int:
    """Returns how many were taken. A device whose last role is taken may nothing (before, it had all that its
    scopes say: taking gave); when NOTHING is taken from it as well, it has what its scopes say again.
    """
    meant = sa.and_(
        GRANTS.c.holder == grant.holder,
        GRANTS.c.role_name == grant.role,
        GRANTS.c.field_name == _field(grant.field),
    )
    taken = connection.execute(sa.delete(GRANTS).where(meant)).rowcount
    is_device = connection.execute(sa.select(DEVICES.c.id).where(DEVICES.c.id == grant.holder)).first()
    if taken and grant.role != NOTHING and is_device and not of_holder(connection, grant.holder):
        give(connection, Grant(grant.holder, NOTHING, EVERY_FIELD), now, author)
    return taken


def _field(named: str) -> str:
    return named if named == EVERY_FIELD else clean_name(named)

"""`central role …`: what a device or a person may do, by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from app.core.clock import utc_now
from app.core.errors import KnownError
from central.commands.common import HOME, Database, Folder, audited, author, database_of, tell

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

app = typer.Typer(no_args_is_help=True, help="Roles: what a device or a person may do, by field.")

Whose = Annotated[str, typer.Argument(help="A device by name or id; with --issuer the subject of a person.")]
Issuer = Annotated[
    str, typer.Option("--issuer", help="It is a person: who the provider is that knows this subject.")
]
Role = Annotated[
    str,
    typer.Argument(help="engineer, technologist, supervisor, administrator, data_engineer or nothing."),
]
FieldOf = Annotated[str, typer.Option("--field", help="In this field; in all that it sees without it.")]


@app.command("give")
def role_give(
    whose: Whose,
    role: Role,
    field: FieldOf = "*",
    issuer: Issuer = "",
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """With its first role a device may do what its roles say and nothing else."""
    from central.stores import roles

    told = {"whose": whose, "role": role, "field": field} | ({"issuer": issuer} if issuer else {})
    with database_of(data, database) as engine:
        with audited(engine, "role given", **told) as connection:
            for holder in _holders(connection, whose, issuer):
                roles.give(connection, roles.Grant(holder, role, field), utc_now(), author())
        tell(**told, rights=sorted(roles.ROLES[role]))


@app.command("take")
def role_take(
    whose: Whose,
    role: Role,
    field: FieldOf = "*",
    issuer: Issuer = "",
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Holds from the very next request. Without its last role a device may nothing; take `nothing` from it
    as well, and it may again what its scopes say.
    """
    from central.stores import roles

    told = {"whose": whose, "role": role, "field": field} | ({"issuer": issuer} if issuer else {})
    with database_of(data, database) as engine:
        with audited(engine, "role taken", **told) as connection:
            taken = sum(
                roles.take(connection, roles.Grant(holder, role, field), utc_now(), author())
                for holder in _holders(connection, whose, issuer)
            )
            if not taken:
                raise KnownError("role_not_given", whose=whose, role=role, field=field)
        tell(taken=taken)


def _holders(connection: Connection, whose: str, issuer: str) -> list[str]:
    """Raises KnownError (device_unknown)."""
    from central.people import holder_of
    from central.stores import devices

    if issuer:
        return [holder_of(issuer, whose)]
    return [device.id for device in devices.named(connection, whose)]


@app.command("list")
def role_list(data: Folder = HOME, database: Database = "") -> None:
    """One grant a line."""
    from central.stores import devices, roles
    from central.stores.engine import reading

    with database_of(data, database) as engine, reading(engine) as connection:
        names = {device.id: device.name for device, _ in devices.every(connection)}
        for grant in roles.every(connection):
            tell(whose=names.get(grant.holder, grant.holder), role=grant.role, field=grant.field)

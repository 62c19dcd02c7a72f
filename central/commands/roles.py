"""`central role …`: what a device may do, by field."""

from __future__ import annotations

from typing import Annotated

import typer

from app.core.clock import utc_now
from app.core.errors import KnownError
from central.commands.common import HOME, Database, Folder, audited, author, database_of, tell

app = typer.Typer(no_args_is_help=True, help="Roles: what a device may do, by field.")

Whose = Annotated[str, typer.Argument(help="A device by name or id.")]
Role = Annotated[
    str, typer.Argument(help="engineer, technologist, supervisor, administrator or data_engineer.")
]
FieldOf = Annotated[str, typer.Option("--field", help="In this field; in all that it sees without it.")]


@app.command("give")
def role_give(
    whose: Whose, role: Role, field: FieldOf = "*", data: Folder = HOME, database: Database = ""
) -> None:
    """With its first role a device may do what its roles say and nothing else."""
    from central.stores import devices, roles

    told = {"whose": whose, "role": role, "field": field}
    with database_of(data, database) as engine:
        with audited(engine, "role given", **told) as connection:
            for holder in devices.named(connection, whose):
                roles.give(connection, roles.Grant(holder.id, role, field), utc_now(), author())
        tell(**told, rights=sorted(roles.ROLES[role]))


@app.command("take")
def role_take(
    whose: Whose, role: Role, field: FieldOf = "*", data: Folder = HOME, database: Database = ""
) -> None:
    """Holds from the very next request."""
    from central.stores import devices, roles

    with database_of(data, database) as engine:
        with audited(engine, "role taken", whose=whose, role=role, field=field) as connection:
            taken = sum(
                roles.take(connection, roles.Grant(holder.id, role, field))
                for holder in devices.named(connection, whose)
            )
            if not taken:
                raise KnownError("role_not_given", whose=whose, role=role, field=field)
        tell(taken=taken)


@app.command("list")
def role_list(data: Folder = HOME, database: Database = "") -> None:
    """One grant a line."""
    from central.stores import devices, roles
    from central.stores.engine import reading

    with database_of(data, database) as engine, reading(engine) as connection:
        names = {device.id: device.name for device, _ in devices.every(connection)}
        for grant in roles.every(connection):
            tell(whose=names.get(grant.holder, grant.holder), role=grant.role, field=grant.field)

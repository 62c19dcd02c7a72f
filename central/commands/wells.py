"""`central well …`: the registry of wells."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.core.clock import utc_now
from app.core.errors import KnownError
from central.commands.common import (
    HOME,
    Database,
    Folder,
    audited,
    author,
    database_of,
    freed,
    tell,
    tell_problems,
)

if TYPE_CHECKING:
    from central.names.well_files import WellList

app = typer.Typer(no_args_is_help=True, help="The registry of wells: laptops get it by the sync.")

OfField = Annotated[str, typer.Option("--field", help="The field that the well is of.")]
Lifts = Annotated[
    bool, typer.Option("--change-lifts", help="A well that has another lift now is changed to the list's.")
]
Try = Annotated[bool, typer.Option("--try", help="Say what would be done, and do nothing.")]


@app.command("add")
def well_add(
    name: str,
    field: OfField,
    pad: Annotated[str, typer.Option(help="Pad.")] = "",
    lift: Annotated[str, typer.Option(help="As files call it: ЭЦН, ШГН, esp, srp, фонтан, …")] = "",
    alias: Annotated[list[str] | None, typer.Option(help="Another name; may be given again.")] = None,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Add one well. A name that is another well's is refused."""
    from central.names.well_files import list_of

    headers = ["well", "pad", "lift", "aliases"]
    row = [name, pad, lift, ";".join(alias or [])]
    kept = [index for index, cell in enumerate(row) if cell]
    given = list_of(Path("add"), [headers[i] for i in kept], [[row[i] for i in kept]], field)
    _take("add", given, data, database, lifts=False, only_try=False)


@app.command("import")
def well_import(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, … with a column of wells.")],
    field: Annotated[str, typer.Option("--field", help="Of rows that name no field.")] = "",
    lifts: Lifts = False,
    only_try: Try = False,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Take a list of wells from a file; with one wrong row nothing is taken."""
    from central.names.well_files import read_list

    _take(str(file), read_list(file, field), data, database, lifts=lifts, only_try=only_try)


@app.command("view")
def well_view(
    config: Annotated[Path, typer.Argument(help="JSON: view, columns, aliases, field, url_variable.")],
    lifts: Lifts = False,
    only_try: Try = False,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Take the wells of a site's own table, from a view that is only read. To be repeated as often as you
    like.
    """
    from central.names.well_view import read_config, read_view

    view = read_config(config)
    _take(view.view, read_view(view), data, database, lifts=lifts, only_try=only_try)


@app.command("alias")
def well_alias(
    name: str, alias: list[str], field: OfField, data: Folder = HOME, database: Database = ""
) -> None:
    """Give a well further names, under which files and messages find it."""
    from central.names.wells import WellBook

    with database_of(data, database) as engine:
        told = {"name": name, "field": field, "alias": alias}
        with audited(engine, "well named", **told) as connection:
            book = WellBook(connection, utc_now(), author())
            well = book.also_called(book.get(field, name), *alias)
        tell(well=well.name, field=well.field_name, aliases=well.aliases, frees=freed(engine))


@app.command("rename")
def well_rename(
    name: str,
    new_name: str,
    field: OfField,
    pad: Annotated[str | None, typer.Option(help="Its pad from now on.")] = None,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Call a well otherwise. What it holds stays its own, its earlier name finds it still."""
    from central.names.wells import WellBook

    with database_of(data, database) as engine:
        told = {"name": name, "field": field, "new_name": new_name}
        with audited(engine, "well renamed", **told) as connection:
            book = WellBook(connection, utc_now(), author())
            well = book.rename(book.get(field, name), new_name, pad)
        tell(well=well.name, field=well.field_name, aliases=well.aliases, frees=freed(engine))


@app.command("list")
def well_list(
    field: Annotated[str, typer.Option("--field", help="Of one field only.")] = "",
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """One well a line."""
    from central.stores import wells
    from central.stores.engine import reading

    with database_of(data, database) as engine, reading(engine) as connection:
        for well in wells.all_wells(connection, (field,) if field else None):
            tell(
                number=int(well.id),
                field=well.field_name,
                pad=well.pad,
                name=well.name,
                lift=well.lift,
                aliases=well.aliases,
            )


class _OnlyTried(Exception):  # noqa: N818 - not an error: what was written is taken back
    pass


def _take(where: str, given: WellList, data: Path, database: str, *, lifts: bool, only_try: bool) -> None:
    """All of the list or nothing. Raises KnownError (wells_list_refused)."""
    from central.names.well_files import take_list
    from central.names.wells import WellBook

    with database_of(data, database) as engine:
        with suppress(_OnlyTried), audited(engine, "wells listed", source=where) as connection:
            book = WellBook(connection, utc_now(), author())
            outcomes, problems = take_list(book, given, lifts=lifts)
            if problems:
                tell_problems(where, problems)
                raise KnownError("wells_list_refused", file=where, count=len(problems))
            if only_try:
                raise _OnlyTried
        done = Counter(outcome.what for outcome in outcomes)
        kept = [outcome.well.name for outcome in outcomes if outcome.lift_kept]
        tell(tried=only_try, **done, lifts_kept=kept, frees=0 if only_try else freed(engine))

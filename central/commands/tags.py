"""`central tag …`: which well and sensor the tags of controllers and historians are."""

from __future__ import annotations

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
    from sqlalchemy.engine import Engine

    from central.names.finding import WellFinder
    from central.stores.tags import Tag

app = typer.Typer(no_args_is_help=True, help="Tags: which well, which sensor, in what unit.")

Pattern = Annotated[
    str, typer.Argument(help="A tag, a topic, or a pattern: site/+/{well}/PINT, WELL_{well}.PINT, scada/#")
]
WellOf = Annotated[str, typer.Option("--well", help="A name of it; without it the pattern has {well}.")]
SensorOf = Annotated[
    str, typer.Option("--sensor", help="As files call it, Рпр or PIP; without it the pattern has {sensor}.")
]
UnitOf = Annotated[str, typer.Option("--unit", help="As files spell it; without it the message's, or SI.")]
FieldOf = Annotated[str, typer.Option("--field", help="Only wells of this field are meant.")]
SourceOf = Annotated[str, typer.Option("--source", help="mqtt, kafka, rest, folder; all without it.")]
Scale = Annotated[str, typer.Option("--scale", help="The value is multiplied by it, before its unit.")]
Shift = Annotated[str, typer.Option("--shift", help="And this is added.")]
Zone = Annotated[str, typer.Option("--zone", help="Of clocks that name none: МСК+2, Asia/Yekaterinburg.")]


@app.command("add")
def tag_add(
    pattern: Pattern,
    well: WellOf = "",
    sensor: SensorOf = "",
    unit: UnitOf = "",
    field: FieldOf = "",
    source: SourceOf = "",
    scale: Scale = "1",
    shift: Shift = "0",
    zone: Zone = "",
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Say what a tag is; one that is there already is changed. Says how many dead letters that frees."""
    told = given(pattern, well, sensor, unit, field, source, scale, shift, zone)
    with database_of(data, database) as engine:
        save(engine, (one_tag(engine, told),))


@app.command("import")
def tag_import(
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, …: tag, well, sensor, unit, scale, shift, zone.")],
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Take a table of tags; with one wrong row nothing is taken. Try it first: `tag try FILE`."""
    with database_of(data, database) as engine:
        save(engine, _of_file(engine, file))


@app.command("try")
def tag_try(
    what: Annotated[str, typer.Argument(help="A file of tags, or a pattern with the options of `tag add`.")],
    well: WellOf = "",
    sensor: SensorOf = "",
    unit: UnitOf = "",
    field: FieldOf = "",
    source: SourceOf = "",
    scale: Scale = "1",
    shift: Shift = "0",
    zone: Zone = "",
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Say how many of the last messages and of the dead letters each row matches, and what comes of them."""
    from central.trying import try_tags

    told = given(what, well, sensor, unit, field, source, scale, shift, zone)
    with database_of(data, database) as engine:
        is_file = Path(what).is_file()
        tags = _of_file(engine, Path(what)) if is_file else (one_tag(engine, told),)
        for one in try_tags(engine, tags):
            tell(
                tag=one.tag.pattern,
                source=one.tag.source,
                recent=one.recent,
                dead=one.dead,
                values=one.shown,
                set_aside=one.reasons,
            )


@app.command("list")
def tag_list(data: Folder = HOME, database: Database = "") -> None:
    """One row a line."""
    from central.stores import tags, wells
    from central.stores.engine import reading

    with database_of(data, database) as engine, reading(engine) as connection:
        names = {int(well.id): well for well in wells.all_wells(connection)}
        for tag in tags.all_tags(connection):
            well = names.get(tag.well or 0)
            tell(
                tag=tag.pattern,
                source=tag.source,
                well=f"{well.field_name}/{well.pad}/{well.name}" if well is not None else "{well}",
                field=tag.field,
                sensor=tag.sensor or "{sensor}",
                unit=tag.unit,
                scale=tag.scale,
                shift=tag.shift,
                zone=tag.zone,
            )


@app.command("remove")
def tag_remove(pattern: Pattern, source: SourceOf = "", data: Folder = HOME, database: Database = "") -> None:
    """What came by it stays; what comes is unknown again."""
    from central.names.globs import plain
    from central.stores import tags

    with database_of(data, database) as engine:
        with audited(engine, "tag removed", pattern=pattern, source=source) as connection:
            removed = tags.remove(connection, plain(pattern), source)
            if not removed:
                raise KnownError("tag_not_there", pattern=pattern)
        tell(removed=removed)


def save(engine: Engine, tags: tuple[Tag, ...]) -> None:
    from central.stores import tags as store

    with audited(engine, "tags saved", patterns=[tag.pattern for tag in tags]) as connection:
        added, changed = store.put(connection, tags, utc_now(), author())
    tell(added=added, changed=changed, same=len(tags) - added - changed, frees=freed(engine))


def one_tag(engine: Engine, told: dict[str, str]) -> Tag:
    from central.names.tags import checked

    return checked(told, _wells(engine))


def given(*values: str) -> dict[str, str]:
    names = ("pattern", "well", "sensor", "unit", "field", "source", "scale", "shift", "zone")
    return dict(zip(names, values, strict=True))


def _of_file(engine: Engine, file: Path) -> tuple[Tag, ...]:
    """Raises KnownError (tags_refused) after each wrong row was named."""
    from central.names.tag_files import read_tags

    found = read_tags(file, _wells(engine))
    if found.problems:
        tell_problems(str(file), found.problems)
        raise KnownError("tags_refused", file=str(file), count=len(found.problems))
    return found.tags


def _wells(engine: Engine) -> WellFinder:
    from central.names.finding import WellFinder
    from central.stores import wells
    from central.stores.engine import reading

    with reading(engine) as connection:
        return WellFinder(wells.all_wells(connection))

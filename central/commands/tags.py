"""`central tag …`: which well and sensor the tags of controllers and historians are."""

from __future__ import annotations

from itertools import islice
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
    from central.names.tag_files import TagFile
    from central.stores.tags import Tag
    from central.trying import Trial

MOST_NAMES = 20
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
SourceOf = Annotated[str, typer.Option("--source", help="mqtt, kafka, opcua, rest, folder; all without it.")]
Scale = Annotated[str, typer.Option("--scale", help="The value is multiplied by it, before its unit.")]
Shift = Annotated[str, typer.Option("--shift", help="And this is added.")]
LeaveOut = Annotated[
    list[str] | None,
    typer.Option("--leave-out", help="Header of a column of numbers that is no part of it; more than once."),
]
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
    leave_out: LeaveOut = None,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Take a table of tags; with one wrong row nothing is taken. Try it first: `tag try FILE`."""
    with database_of(data, database) as engine:
        found = _of_file(engine, file, leave_out)
        _tell_columns(found)
        save(engine, found.tags)


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
    leave_out: LeaveOut = None,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Say how many of the last messages and of the dead letters each row matches, and what comes of them."""
    from central.trying import try_tags

    told = given(what, well, sensor, unit, field, source, scale, shift, zone)
    with database_of(data, database) as engine:
        tags: tuple[Tag, ...]
        if Path(what).is_file():
            found = _of_file(engine, Path(what), leave_out)
            _tell_columns(found)
            tags = found.tags
        else:
            tags = (one_tag(engine, told),)
        trial = try_tags(engine, tags)
        for one in trial.tags:
            tell(
                tag=one.tag.pattern,
                source=one.tag.source,
                recent=one.recent,
                dead=one.dead,
                values=one.shown,
                **one.suspect,
            )
        tell(unknown_still=dict(trial.unknown.most_common(MOST_NAMES)), readings=trial.unknown.total())


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
                well=well.place if well is not None else "{well}",
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


def save(engine: Engine, tags: tuple[Tag, ...], tried: Trial | None = None) -> None:
    """And say what is to be looked at in what came, row by row: it is saved all the same. `tried`: when it
    has been tried already.
    """
    from central.stores import tags as store
    from central.trying import try_tags

    suspect = {one.tag.pattern: one.suspect for one in (tried or try_tags(engine, tags)).tags if one.suspect}
    with audited(engine, "tags saved", patterns=[tag.pattern for tag in tags]) as connection:
        added, changed = store.put(connection, tags, utc_now(), author())
    told = {"suspect": dict(islice(suspect.items(), MOST_NAMES)), "suspects": len(suspect)} if suspect else {}
    tell(added=added, changed=changed, same=len(tags) - added - changed, frees=freed(engine), **told)


def one_tag(engine: Engine, told: dict[str, str]) -> Tag:
    from central.names.tags import checked

    return checked(told, _wells(engine))


def given(*values: str) -> dict[str, str]:
    names = ("pattern", "well", "sensor", "unit", "field", "source", "scale", "shift", "zone")
    return dict(zip(names, values, strict=True))


def _of_file(engine: Engine, file: Path, leave_out: list[str] | None) -> TagFile:
    """Raises KnownError (tags_refused) after each wrong cell was named."""
    from central.names.tag_files import read_tags

    found = read_tags(file, _wells(engine), tuple(leave_out or ()))
    if found.problems:
        tell_problems(str(file), found.problems)
        rows = {(one.sheet, one.line) for one in found.problems}
        raise KnownError("tags_refused", file=str(file), count=len(rows))
    return found


def _tell_columns(found: TagFile) -> None:
    tell(columns=found.columns, left_out=found.left_out)


def _wells(engine: Engine) -> WellFinder:
    from central.names.finding import WellFinder
    from central.stores import wells
    from central.stores.engine import reading

    with reading(engine) as connection:
        return WellFinder(wells.all_wells(connection))

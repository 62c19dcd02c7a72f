"""`central dead …`: what was set aside, looked at, mapped and read again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.core.clock import iso, parse_time, utc_now
from app.core.errors import KnownError
from central.commands.common import HOME, Database, Folder, audited, database_of, tell
from central.commands.tags import (
    MOST_NAMES,
    FieldOf,
    Pattern,
    Scale,
    SensorOf,
    Shift,
    SourceOf,
    UnitOf,
    WellOf,
    Zone,
    given,
    one_tag,
    save,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from central.replay import Replayed
    from central.stores.dead_letters import Chosen

app = typer.Typer(no_args_is_help=True, help="Dead letters: readings and messages that were set aside.")

Source = Annotated[str, typer.Option("--source", help="mqtt, kafka, rest, rest/<device>, folder/<field>.")]
Reason = Annotated[str, typer.Option("--reason", help="tag_unknown, well_unknown, sensor_unknown, …")]
Since = Annotated[str, typer.Option("--since", help="Received from: a moment, or an age: 2d, 6h, 30m.")]
Until = Annotated[str, typer.Option("--until", help="Received until: a moment, or an age.")]
SchemasOf = Annotated[
    Path | None,
    typer.Option("--schemas", envvar="WELLSIDE_SCHEMAS", help="File of the forms that messages may name."),
]
_AGE = re.compile(r"(\d{1,5})([mhd])")
_SECONDS = {"m": 60, "h": 3_600, "d": 86_400}


@dataclass
class _Group:
    """Letters of one source and reason."""

    first: datetime
    last: datetime
    letters: int = 0
    size: int = 0
    names: Counter[str] = field(default_factory=Counter)


@app.command("list")
def dead_list(
    source: Source = "",
    reason: Reason = "",
    since: Since = "",
    until: Until = "",
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """A line for each source and reason: how many, since when, and the names that come most."""
    from central.stores import dead_letters
    from central.stores.engine import reading
    from central.streams.clean import first_names

    with database_of(data, database) as engine, reading(engine) as connection:
        groups: dict[tuple[str, str], _Group] = {}
        for block in dead_letters.blocks(connection, chosen(source, reason, since, until)):
            new = _Group(block.first_at, block.last_at)
            group = groups.setdefault((block.source, block.reason), new)
            group.letters += block.letters
            group.size += block.size
            group.last = max(group.last, block.last_at)
            found = dead_letters.content(connection, block.id)
            if found is not None:
                group.names.update(first_names(found))
        for (of, why), group in sorted(groups.items(), key=lambda one: one[0]):
            tell(
                source=of,
                reason=why,
                letters=group.letters,
                bytes=group.size,
                first=iso(group.first),
                last=iso(group.last),
                names=dict(group.names.most_common(MOST_NAMES)),
            )


@app.command("show")
def dead_show(
    source: Source = "",
    reason: Reason = "",
    since: Since = "",
    until: Until = "",
    limit: Annotated[int, typer.Option(help="How many, the newest first.")] = 20,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """The letters themselves, as they came."""
    from central.stores import dead_letters
    from central.stores.engine import reading

    meant = chosen(source, reason, since, until)
    with database_of(data, database) as engine, reading(engine) as connection:
        for block in reversed(dead_letters.blocks(connection, meant)):
            found = dead_letters.content(connection, block.id)
            if found is None or limit <= 0:
                continue
            mask = meant.mask(found)
            rows = (found if mask is None else found.filter(mask)).to_pylist()
            for row in reversed(rows[-limit:]):
                tell(source=block.source, reason=block.reason, **_shown(row))
            limit -= len(rows[-limit:])


@app.command("map")
def dead_map(
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
    """Say what a tag of the letters is and read them again. A tag that matches none of them is refused."""
    from central.replay import replay
    from central.trying import try_tags

    with database_of(data, database) as engine:
        tag = one_tag(engine, given(pattern, well, sensor, unit, field, source, scale, shift, zone))
        tried = try_tags(engine, (tag,))
        (one,) = tried.tags
        if not one.dead:
            near = ", ".join(one.near) or "—"
            raise KnownError("tag_matches_nothing", pattern=pattern, near=near)
        save(engine, (tag,), tried)
        _told(engine, replay(engine))


@app.command("replay")
def dead_replay(
    source: Source = "",
    reason: Reason = "",
    since: Since = "",
    until: Until = "",
    only_try: Annotated[bool, typer.Option("--try", help="Say what would be freed, and do nothing.")] = False,
    schemas: SchemasOf = None,
    data: Folder = HOME,
    database: Database = "",
) -> None:
    """Read the letters again by the registry and the tags of today. What is understood goes to ClickHouse
    once, also when this is stopped in the middle and repeated.
    """
    from central.replay import replay, would_free
    from central.streams.schemas import schemas_of

    meant, forms = chosen(source, reason, since, until), schemas_of(schemas)
    with database_of(data, database) as engine:
        done = would_free(engine, chosen=meant, schemas=forms) if only_try else replay(engine, meant, forms)
        if not only_try:
            with audited(engine, "letters read again", source=source, reason=reason, freed=done.freed):
                pass
        _told(engine, done)


def chosen(source: str, reason: str, since: str, until: str) -> Chosen:
    from central.stores.dead_letters import Chosen

    now = utc_now()
    return Chosen(source, reason, _moment(since, now), _moment(until, now))


def _moment(text: str, now: datetime) -> datetime | None:
    """`6h` is six hours ago. Raises KnownError (value_wrong)."""
    if not text:
        return None
    age = _AGE.fullmatch(text)
    if age is not None:
        return now - timedelta(seconds=int(age[1]) * _SECONDS[age[2]])
    try:
        return parse_time(text)
    except ValueError as error:
        raise KnownError("value_wrong", field="since, until", value=text[:40]) from error


def _told(engine: Engine, done: Replayed) -> None:
    from central.stores import wells
    from central.stores.engine import reading

    with reading(engine) as connection:
        names = {int(well.id): f"{well.field_name}/{well.name}" for well in wells.all_wells(connection)}
    by_well = {names.get(number, str(number)): count for number, count in done.wells.most_common(MOST_NAMES)}
    tell(freed=done.freed, wells=by_well, stay=done.reasons, looked_at=done.looked_at, held=done.held)


def _shown(row: dict[str, object]) -> dict[str, object]:
    """Without what is empty; a body as a text."""
    body = row.pop("body")
    told = {key: iso(value) if isinstance(value, datetime) else value for key, value in row.items()}
    if row.get("local") and told["timestamp"]:
        told["timestamp"] = str(told["timestamp"]).rstrip("Z")  # as its clock said it: nobody knows the zone
    told |= {"value": str(told["value"])} if told["value"] != told["value"] else {}
    told |= {"body": body[:2_000].decode("utf-8", "replace")} if isinstance(body, bytes) else {}
    return {key: value for key, value in told.items() if value not in (None, "")}

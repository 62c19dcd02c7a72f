"""Dead letters read again by the registry and the tags of today. What is understood now goes into the outbox
in the transaction that takes it out of the letters: killed in the middle, nothing has happened; done twice,
the second time finds nothing. ClickHouse knows what it is sent again by its token and its keys.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy.engine import Connection, Engine

from app.core.clock import utc_now
from app.core.plain import object_in
from app.models.values import needed_text
from central import outbox
from central.names.finding import WellFinder
from central.names.tags import TagMap
from central.stores import bindings, dead_letters, devices, tags, wells
from central.stores.dead_letters import CLICKHOUSE_REFUSED, EVERY, Block, Chosen
from central.stores.engine import changing, reading
from central.stores.letters import LETTER
from central.stores.tags import Tag
from central.streams.bound import Bound, Fields, cleaned
from central.streams.buffer import NOT_TAKEN
from central.streams.clean import Cleaned, Known
from central.streams.payloads import rows_of
from central.streams.schemas import Schemas
from central.streams.sparkplug import is_sparkplug, rows_alone

MOST_COUNTED_BYTES = 64 << 20
"""Of the letters that are looked through for how many would be freed: the newest."""


@dataclass
class Replayed:
    """`freed` are readings that a well has now; `looked_at` and `held` are letters."""

    freed: int = 0
    looked_at: int = 0
    held: int = 0
    wells: Counter[int] = field(default_factory=Counter)
    """The centre's number of a well → its readings."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why the others stay."""

    def add(self, read: Read) -> None:
        self.looked_at += read.letters
        self.freed += len(read.readings) + len(read.returned)
        counts = pc.value_counts(read.readings.column("well_id")).to_pylist()
        self.wells.update({one["values"]: one["counts"] for one in counts})
        self.reasons.update({reason: len(rows) for reason, rows in read.left.items()})


@dataclass(frozen=True)
class Read:
    """A block of letters read again. `left` is what is not understood still, by its reason now, `returned`
    what ClickHouse had refused and is offered once more.
    """

    letters: int
    readings: pa.Table
    left: dict[str, pa.Table]
    returned: list[dict[str, object]]


def replay(engine: Engine, chosen: Chosen = EVERY, schemas: Schemas | None = None) -> Replayed:
    """Block after block, each in a transaction of its own. `schemas`: forms that messages may name."""
    done = Replayed()
    with reading(engine) as connection:
        blocks = dead_letters.blocks(connection, chosen)
    for block in blocks:
        with changing(engine) as connection:
            found = dead_letters.content(connection, block.id)
            if found is None:
                continue  # somebody else has replayed it
            mine, others = _parted(found, chosen)
            again = chosen.reason == CLICKHOUSE_REFUSED
            read = _read(block, mine, Knowing(connection), again=again, schemas=schemas)
            _settle(connection, block, read, others)
        done.add(read)
    with reading(engine) as connection:
        done.held = dead_letters.held(connection).letters
    return done


def would_free(
    engine: Engine, added: tuple[Tag, ...] = (), chosen: Chosen = EVERY, schemas: Schemas | None = None
) -> Replayed:
    """The same without doing it; `added` are rows of the table of tags that are not there yet."""
    found, size = Replayed(), 0
    with reading(engine) as connection:
        knowing = Knowing(connection, added)
        for block in reversed(dead_letters.blocks(connection, chosen)):
            size += block.size
            if block.reason == CLICKHOUSE_REFUSED or size > MOST_COUNTED_BYTES:
                continue
            content = dead_letters.content(connection, block.id)
            if content is not None:
                mine = _parted(content, chosen)[0]
                found.add(_read(block, mine, knowing, again=False, schemas=schemas))
        found.held = dead_letters.held(connection).letters
    return found


class Knowing:
    """What each source's names mean now; a device's and a folder's are bound to their fields, as then."""

    def __init__(self, connection: Connection, added: tuple[Tag, ...] = ()) -> None:
        self._connection = connection
        new = {tag.key for tag in added}
        kept = (tag for tag in tags.all_tags(connection) if tag.key not in new)
        self._tags = (*kept, *added)
        self._bindings = bindings.every(connection)
        self._known: dict[tuple[str, Fields], Known] = {}

    def cleaned(self, source: str, table: pa.Table) -> Cleaned:
        return cleaned(table, Bound(self._bindings, source), partial(self.of, source), utc_now())

    def of(self, source: str, bound: Fields = None) -> Known:
        """`bound`: of the wells of these fields only."""
        if (source, bound) not in self._known:
            found = wells.all_wells(self._connection, self._fields(source) if bound is None else bound)
            self._known[source, bound] = Known(WellFinder(found), TagMap(self._tags, source))
        return self._known[source, bound]

    def _fields(self, source: str) -> tuple[str, ...] | None:
        kind, _, name = source.partition("/")
        if kind == "rest":
            return devices.fields_of(self._connection, name)
        return (name,) if kind == "folder" else None


def _parted(letters: pa.Table, chosen: Chosen) -> tuple[pa.Table, pa.Table]:
    """(those that are meant, the others of their block)."""
    mask = chosen.mask(letters)
    if mask is None:
        return letters, letters.slice(0, 0)
    return letters.filter(mask), letters.filter(pc.invert(mask))


def _read(
    block: Block, letters: pa.Table, knowing: Knowing, *, again: bool, schemas: Schemas | None = None
) -> Read:
    if block.reason == CLICKHOUSE_REFUSED:
        rows = letters.to_pylist() if again else []
        kept = letters.slice(0, 0) if again else letters
        nothing = knowing.cleaned(block.source, letters.slice(0, 0)).readings
        return Read(len(letters), nothing, {block.reason: kept} if len(kept) else {}, rows)
    table, messages = readings_in(letters, schemas)
    left = dict(messages)
    found = knowing.cleaned(block.source, table)
    for reason, rows in found.dead:
        left[reason] = pa.concat_tables([left[reason], rows]) if reason in left else rows
    return Read(len(letters), found.readings, left, [])


def readings_in(letters: pa.Table, schemas: Schemas | None = None) -> tuple[pa.Table, dict[str, pa.Table]]:
    """(rows of readings, also those that messages give now; messages that give none, by the reason)."""
    is_message = pc.is_valid(letters.column("body"))
    tables, left = [letters.filter(pc.invert(is_message))], Left()
    for reason, part in _read_messages(letters.filter(is_message), schemas):
        if reason:
            left.setdefault(reason, []).append(part)
        else:
            tables.append(part)
    return pa.concat_tables(tables), {reason: pa.concat_tables(parts) for reason, parts in left.items()}


Left = dict[str, list[pa.Table]]


def _read_messages(messages: pa.Table, schemas: Schemas | None) -> Iterator[tuple[str, pa.Table]]:
    """(why it gives none, the message itself) or ("", its readings)."""
    for number, row in enumerate(messages.to_pylist()):
        try:
            topic, body, received = row["topic"] or "", row["body"], row["received"]
            if is_sparkplug(topic, body):
                rows = rows_alone(topic, body, received)
            else:
                rows = rows_of(topic, body, received, schemas, row["note"] or "")
            beside = {"received": row["received"], "place": row["place"]}
            found = _of_rows([{**one, **beside} for one in rows])
        except ValueError as error:
            yield str(error) if type(error) is ValueError else NOT_TAKEN, messages.slice(number, 1)
        except (OverflowError, TypeError):  # a moment or a word that no table holds
            yield NOT_TAKEN, messages.slice(number, 1)
        else:
            yield "", found


def _of_rows(rows: list[dict[str, object]]) -> pa.Table:
    columns = {part.name: pa.array([row.get(part.name) for row in rows], part.type) for part in LETTER}
    return pa.table(columns, schema=LETTER)


def _settle(connection: Connection, block: Block, read: Read, others: pa.Table) -> None:
    if len(read.readings):
        content = hashlib.sha256()
        for column in read.readings.select(["well_id", "sensor_type", "timestamp", "value"]).columns:
            content.update(column.to_numpy().tobytes())
        token = f"dead/{block.id}/{content.hexdigest()[:16]}"
        outbox.readings(connection, read.readings, token, f"dead/{block.id}")
    for row in read.returned:
        note = object_in(needed_text(row, "note"))
        topic, place, body = needed_text(row, "topic"), needed_text(row, "place"), row["body"]
        assert isinstance(body, bytes), "what ClickHouse had refused has a body"
        outbox.add(connection, topic, place, needed_text(note, "row_format"), body)
    if not len(read.readings) and not read.returned and set(read.left) <= {block.reason}:
        return
    same = [others, *(rows for reason, rows in read.left.items() if reason == block.reason)]
    dead_letters.replace(connection, block, pa.concat_tables(same))
    for reason, rows in read.left.items():
        if reason != block.reason:
            name = dead_letters.name_of(f"{block.id}/{len(rows)}", reason)
            dead_letters.add(connection, name, block.source, reason, rows)

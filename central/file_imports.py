"""Files at the centre: the same importers and the same plan as on the laptop, into versions of records and
rows for ClickHouse.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from app.core.clock import from_us, iso, parse_time, to_us
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.plain import JsonObject, object_in
from app.importers import IMPORTERS, implied_lifts
from app.importers import plan as plans
from app.importers.first_wrong import first_wrong
from app.importers.opening import Asked, read_pieces
from app.importers.plan import Plan
from app.importers.trial import Batch, Tried, try_plan
from app.models.kinds.joining import corrected, joined, joins
from app.models.kinds.naming import FileNaming, rule_of
from app.models.kinds.packing import unpack
from app.models.kinds.spec import Kind
from app.models.limits import clean_name
from app.models.readings import Readings
from app.models.values import needed_text, part_of
from app.models.wells import SRP
from app.sync.wire import EntryIn, WellKey
from central import outbox
from central.file_wells import FileWells
from central.refusals import Refused
from central.stores import documents, items, records, wells
from central.stores.devices import Device
from central.stores.engine import reading
from central.stores.tables import WELL_TESTS


@dataclass(frozen=True)
class Prepared:
    """A file read as its plan says. `named` are the wells as the laptop knew them, by the file's names."""

    plan: Plan
    tried: tuple[Tried, ...]
    named: dict[str, WellKey]

    @property
    def batches(self) -> list[Batch]:
        return [batch for tried in self.tried for batch in tried.batches]

    @property
    def lifts(self) -> dict[str, str]:
        return implied_lifts.told(
            self.batches, (rows for tried in self.tried for rows in tried.taken.values())
        )


def prepare(engine: Engine, device: Device, entry: EntryIn, now: datetime) -> Prepared | Refused | None:
    """None while the file is not all here; a refusal for a file that cannot be read as its plan says."""
    payload = entry.payload
    if not entry.attachments:
        return Refused("file_missing")
    try:
        importer = IMPORTERS[str(payload["importer"])]
        plan = plans.from_json(payload["plan"], str(payload["file"]))
        named = {
            clean_name(str(name)): WellKey.model_validate(key)
            for name, key in part_of(payload, "well_keys").items()
        }
        path = Path(Path(str(payload["file"])).name)
    except (KeyError, TypeError, ValueError, AttributeError, KnownError) as error:
        return Refused("value_wrong", field="plan", value=str(error)[:60])
    with reading(engine) as connection:
        sha256 = entry.attachments[0].sha256
        if documents.size_for(connection, sha256, device.id, device.fields) is None:
            return None
        try:
            contents = read_pieces(
                path,
                documents.pieces(connection, sha256),
                importer,
                Asked(layouts={sheet.name: sheet.layout for sheet in plan.sheets}),
            )
            try:
                file = Prepared(plan, tuple(_all_of(path, contents, plan, now)), named)
                return file if any(batch.rows for batch in file.batches) else Refused("file_no_rows")
            finally:
                contents.close()
        except KnownError as error:
            return Refused(error.code, **{key: str(value)[:200] for key, value in error.details.items()})


def _all_of(path: Path, contents: Any, plan: Plan, now: datetime) -> Any:
    first = try_plan(path, contents, plan, None, now)
    yield _good(first, plan)
    plan = first.plan
    for sheet in contents.sheets:
        if sheet.more is not None:
            for table in sheet.more():
                piece = replace(contents, sheets=(replace(sheet, table=table, more=None),), things=())
                yield _good(try_plan(path, piece, plan, None, now, partial=True), plan)


def _good(tried: Tried, plan: Plan) -> Tried:
    errors = [problem for problem in tried.problems if problem.severity == "question"]
    if not plan.leave_out_bad:
        errors += [problem for problem in tried.problems if problem.severity == "error"]
    if errors:
        raise first_wrong(None, tried.kind, errors)
    return tried


def take(
    connection: Connection, device: Device, entry: EntryIn, now: datetime, file: Prepared | Refused | None
) -> int | None:
    """Only inside changing(). Returns the change's number; None when the file brought nothing. Raises
    Refused.
    """
    if isinstance(file, Refused):
        raise file
    if file is None:
        raise Refused("file_missing")
    found, naming = (
        FileWells(connection, device, file.plan, file.named, file.lifts),
        FileNaming(rule_of(entry.payload), partial(records.stored_as, connection)),
    )
    for name in file.plan.new_wells:
        found.number_of(name, make=True)
    for batch in file.batches:
        for well in batch.wells:
            found.make(well)
        _take_batch(connection, entry, now, batch, found, naming)
    main = found.any()
    if main is not None:
        for attached in entry.attachments:
            documents.belongs_to(connection, attached.sha256, main.field_name)
        return items.add(
            connection,
            "import",
            entry.id,
            main,
            entry.id,
            now,
            {"file": entry.payload.get("file"), "author": entry.payload.get("author")},
        )
    return None


def _take_batch(
    connection: Connection,
    entry: EntryIn,
    now: datetime,
    batch: Batch,
    found: FileWells,
    naming: FileNaming,
) -> None:
    tables = [
        _readings_table(part, int(well.id))
        for name, part in batch.by_name.items()
        if (well := found.number_of(name)) is not None
    ]
    if tables:
        joined = pa.concat_tables(tables)
        outbox.readings(connection, joined, f"{entry.id}/{_first_of(joined)}", entry.id)
    if batch.named_records is not None and batch.kind is not None:
        _take_records(connection, entry, now, batch.kind, batch.named_records, found, naming)
    for name, card in batch.named_cards:
        well = found.number_of(name, lift=SRP)
        if well is not None:
            outbox.card(connection, int(well.id), new_id(), card, entry.id)
    for name, test in batch.named_tests:
        well = found.number_of(name)
        if well is not None and test.taken_at is not None:
            test_id = new_id()
            row = {
                "id": test_id,
                "well_id": int(well.id),
                "taken_at": test.taken_at,
                "kind": test.kind,
                "entry_id": entry.id,
                "deleted": False,
                "body": test.body,
            }
            connection.execute(sa.insert(WELL_TESTS).values(**row))
            items.add(
                connection,
                "well_test",
                test_id,
                well,
                entry.id,
                now,
                {"kind": test.kind, "taken_at": iso(test.taken_at), "test": test.body},
            )


def _first_of(table: pa.Table) -> str:
    first = table.slice(0, 1).to_pylist()[0]
    return f"{first['well_id']}-{first['sensor_type']}-{to_us(first['timestamp'])}-{len(table)}"


def _readings_table(part: Readings, well_id: int) -> pa.Table:
    return pa.table(
        {
            "well_id": pa.array(np.full(len(part), well_id, np.uint32)),
            "sensor_type": pa.array(part.sensor),
            "timestamp": pa.array(part.time_us, pa.timestamp("us", tz="UTC")),
            "value": pa.array(part.value),
            "quality": pa.array(part.quality),
        }
    )


def _take_records(
    connection: Connection,
    entry: EntryIn,
    now: datetime,
    kind: Kind,
    table: pa.Table,
    found: FileWells,
    naming: FileNaming,
) -> None:
    """One version a record; what stands there already is left alone."""
    table = naming.named(kind, found.numbered(table))
    ids = set(table.column("id").to_pylist())
    for row in table.cast(_without_zones(table)).to_pylist():
        del row["well_name"]
        name, well = row.pop("id"), found.by_number[row.pop("well")]
        at = row.pop(kind.at)
        until = row.pop(kind.until, None) if kind.until else None
        packed = row.pop(kind.packed, None) if kind.packed else None
        values = kind.defaults | {
            key: value
            for key, value in (row | (unpack(kind, _json(packed)) if kind.packed else {})).items()
            if value not in (None, "")
        }
        author = str(entry.payload.get("author") or "")[:200]
        body = {
            "record": name,
            "kind": kind.key,
            "at": iso(from_us(at)),
            "until": iso(from_us(until)) if until is not None else None,
            "values": values,
            "action": "saved",
            "author": author,
        }
        kept, before = records.kept_as(connection, name, well.field_name, found.fields)
        if before is not None and before.body["action"] == "saved" and joins(kind, entry.payload):
            _put_right(connection, entry, now, kind, before, values, ids)
            body["values"] = values = joined(part_of(before.body, "values"), values)
            body["until"] = body["until"] or before.body["until"]
        if before is not None and before.well_id != int(well.id):
            # Named by an earlier rule, which took two wells of one name for one.
            raise Refused("record_name", value=name)
        if (
            before is not None
            and before.body["values"] == values
            and before.body["at"] == body["at"]
            and before.body["until"] == body["until"]
            and before.body["action"] == "saved"
        ):
            continue
        stored = records.add_version(
            connection,
            records.NewVersion(kept, kind.key, int(well.id), well.field_name, entry.id, author, now, body),
            before,
        )
        if kind.key == "flow_test":
            outbox.flow_rate(connection, kept, stored.version, int(well.id), body)


def _put_right(
    connection: Connection,
    entry: EntryIn,
    now: datetime,
    kind: Kind,
    joins_with: records.Stored,
    said: JsonObject,
    ids: set[str],
) -> None:
    """Other records of that moment, of another sheet, that say otherwise."""
    at = parse_time(needed_text(joins_with.body, "at"))
    field = wells.field_of(connection, joins_with.well_id)
    for name in records.of_files(connection, kind, joins_with.well_id, at):
        other = None if name in ids else records.current(connection, name)
        values = None if other is None else corrected(part_of(other.body, "values"), said)
        if other is None or values is None:
            continue
        body = {**other.body, "values": values}
        author = str(entry.payload.get("author") or "")[:200]
        records.add_version(
            connection,
            records.NewVersion(name, kind.key, other.well_id, field, entry.id, author, now, body),
            other,
        )


def _without_zones(table: pa.Table) -> pa.Schema:
    """Times as integers: microseconds since 1970 UTC."""
    return pa.schema(
        [
            (field.name, pa.int64() if pa.types.is_timestamp(field.type) else field.type)
            for field in table.schema
        ]
    )


def _json(text: str | None) -> JsonObject:
    return object_in(text) if text else {}


def undo(connection: Connection, device: Device, entry: EntryIn, now: datetime) -> int | None:
    """Each record that the import changed last gets the version before it again, or is gone; readings and
    cards likewise.
    """
    import_id = str(entry.payload.get("import") or entry.supersedes or "")
    of = items.field_of(connection, "import", import_id)
    if of is None or of not in device.fields:
        return None  # it never came here, or is not theirs: there is nothing to take back
    for record, number in records.all_made_by(connection, import_id):
        current = records.current(connection, record)
        if current is None or current.version != number:
            continue
        field = wells.field_of(connection, current.well_id)
        if field not in device.fields:
            raise Refused("import_unknown", id=import_id)
        before = records.version(connection, record, number - 1) if number > 1 else None
        body = before.body if before else {**current.body, "action": "removed"}
        stored = records.add_version(
            connection,
            records.NewVersion(
                record,
                current.kind,
                current.well_id,
                field,
                entry.id,
                str(body.get("author") or ""),
                now,
                body,
            ),
            current,
        )
        if current.kind == "flow_test":
            outbox.flow_rate(connection, record, stored.version, current.well_id, body)
    for test_id, number in connection.execute(
        sa.select(WELL_TESTS.c.id, WELL_TESTS.c.well_id).where(WELL_TESTS.c.entry_id == import_id)
    ).all():
        well = wells.by_number(connection, int(number))
        if well.field_name in device.fields:
            connection.execute(sa.update(WELL_TESTS).where(WELL_TESTS.c.id == test_id).values(deleted=True))
            items.add(connection, "well_test", test_id, well, entry.id, now, None)
    outbox.add(connection, "undo", f"undo/{import_id}", entry.id, import_id.encode())
    well = items.well_of(connection, "import", import_id)
    return items.add(connection, "import_undone", entry.id, well, entry.id, now, {"import": import_id})

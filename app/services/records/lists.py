"""Records of a well as tables show them: newest first, in words, with their files and their history."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa

from app.core.clock import iso
from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.records import AttachedFile, FiledRecord, Record, Version
from app.models.store import kinds as kind_store
from app.models.store import versions as version_store
from app.models.values import Values, part_of
from app.reports import record_words
from app.services.workspace import Workspace

# What the page of events and documents shows together; the others are measurements, each with a list of its
# own.
DONE = (
    "event",
    "workover",
    "installation",
    "rod_string",
    "pumping_unit",
    "well_passport",
    "well_merge",
    "alarm",
    "note",
    "document",
    "finding_decision",
    "teardown",
    "task",
    "alarm_limit",
    "alarm_act",
)
MEASURED = (
    "flow_test",
    "fluid_level",
    "head_pressures",
    "valve_test",
    "survey",
    "fluid",
    "reservoir",
    "production",
    "model_result",
    "model_curve",
)
MOST = 20_000


def rows(
    workspace: Workspace,
    well_id: int,
    kinds: tuple[str, ...],
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[FiledRecord]:
    """Newest first, MOST at most; of all times without `since` and `until`."""
    files = version_store.attached(workspace.store, well_id)
    found = [
        record
        for key in kinds
        for record in kind_store.of_well(workspace.store, KINDS[key], well_id, since, until, most=MOST)
    ]
    found.sort(key=lambda record: record.at, reverse=True)
    return [FiledRecord(record, tuple(files.get(record.id, ()))) for record in found[:MOST]]


def history(workspace: Workspace, record: Record) -> tuple[list[Version], AttachedFile | None]:
    """(versions, oldest first; the file that the record came from)."""
    return version_store.versions(workspace.store, record.id), version_store.import_of(
        workspace.store, record.id
    )


def changes(before: Version | None, after: Version, speaker: Speaker) -> str:
    """What one version changed, field by field: `Дебит жидкости: 12 → 14`."""
    kind = KINDS[str(after.body["kind"])]
    if after.action == "removed":
        return ""
    new = after.body
    old: Values = before.body if before is not None and before.action != "removed" else {}
    parts = []
    for key, name in (("at", speaker.say("column.time")), ("until", speaker.say("column.until"))):
        if (old.get(key) or "") != (new.get(key) or "") and old:
            parts.append(f"{name}: {old.get(key) or '—'} → {new.get(key) or '—'}")
    for field in kind.fields:
        was, now = part_of(old, "values").get(field.key), part_of(new, "values").get(field.key)
        if was != now:
            words = record_words.shown(field, now, speaker) or "—"
            parts.append(
                f"{field.name(speaker.language)}: {record_words.shown(field, was, speaker) or '—'} → {words}"
                if old
                else f"{field.name(speaker.language)}: {words}"
            )
    return "; ".join(parts)


def table(found: list[FiledRecord]) -> pa.Table:
    """For a file: one row a record, SI and UTC, a column each field of the kinds that are there."""
    keys = list(dict.fromkeys(field.key for row in found for field in KINDS[row.record.kind].fields))
    columns = {
        "kind": [row.record.kind for row in found],
        "time": [iso(row.record.at) for row in found],
        "until": [iso(row.record.until) if row.record.until else None for row in found],
    }
    for key in keys:
        values = [row.record.values.get(key) for row in found]
        mixed = len({type(value) for value in values if value is not None}) > 1
        name = key if key not in columns else f"{key}_value"
        columns[name] = [None if value is None else str(value) for value in values] if mixed else values
    return pa.table({name: pa.array(values) for name, values in columns.items()})

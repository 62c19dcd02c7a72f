"""Records of a well as tables show them: newest first, in words, with their files and their history."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from app.core.clock import iso
from app.core.texts import Speaker
from app.models.kinds import KINDS
from app.models.kinds.spec import Field
from app.models.records import AttachedFile, Record, Version
from app.models.store import kinds as kind_store
from app.models.store import versions as version_store
from app.services import forms
from app.services.workspace import Workspace

# What the page of events and documents shows together; the others are measurements, each with a list of its own.
DONE = ("event", "workover", "installation", "note", "document")
MEASURED = ("flow_test", "fluid_level", "valve_test", "production", "model_result")
MOST = 20_000


@dataclass(frozen=True)
class Row:
    record: Record
    files: tuple[AttachedFile, ...] = ()


def rows(workspace: Workspace, well_id: int, kinds: tuple[str, ...]) -> list[Row]:
    """Newest first, MOST at most."""
    files = version_store.attached(workspace.store, well_id)
    found = [record for key in kinds for record in kind_store.of_well(workspace.store, KINDS[key], well_id)]
    found.sort(key=lambda record: record.at, reverse=True)
    return [Row(record, tuple(files.get(record.id, ()))) for record in found[:MOST]]


def field_words(field: Field, record: Record, speaker: Speaker) -> str:
    """`Дебит жидкости 12,3 м³/сут`."""
    words = forms.shown(field, record.values.get(field.key), speaker)
    unit = forms.unit_of(field, speaker).label(speaker.language) if field.type == "number" else ""
    return f"{words}\u00a0{unit}" if unit else words


def summary(record: Record, speaker: Speaker) -> str:
    """What a record says, in one line: its kind of thing first, then its values."""
    parts = []
    for field in KINDS[record.kind].fields:
        if field.key not in record.values or field.key == "author":
            continue
        words = field_words(field, record, speaker)
        if field.type in ("choice", "text"):
            parts.append(speaker.say(f"event_note.{words}") if speaker.has(f"event_note.{words}") else words)
        elif field.type == "flag":
            parts.append("" if record.values[field.key] else f"{field.name(speaker.language)}: {words}")
        else:
            parts.append(f"{field.name(speaker.language).lower()} {words}")
    return "; ".join(part for part in parts if part)


def result_words(record: Record, speaker: Speaker) -> str:
    """A laboratory's figure as its protocol has it: `<0,05`, `н/о`, `862`."""
    value, qualifier = record.values.get("value"), str(record.values.get("qualifier", ""))
    if value is None:
        return qualifier or "—"
    number = f"{float(value):.6g}"
    number = number.replace(".", ",") if speaker.language == "ru" else number
    return qualifier + number if qualifier in ("<", ">") else number


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
    old, new = (before.body if before is not None and before.action != "removed" else {}), after.body
    parts = []
    for key, name in (("at", speaker.say("column.time")), ("until", speaker.say("column.until"))):
        if (old.get(key) or "") != (new.get(key) or "") and old:
            parts.append(f"{name}: {old.get(key) or '—'} → {new.get(key) or '—'}")
    for field in kind.fields:
        was, now = (old.get("values") or {}).get(field.key), new["values"].get(field.key)
        if was != now:
            words = forms.shown(field, now, speaker) or "—"
            parts.append(
                f"{field.name(speaker.language)}: {forms.shown(field, was, speaker) or '—'} → {words}"
                if old
                else f"{field.name(speaker.language)}: {words}"
            )
    return "; ".join(parts)


def table(found: list[Row]) -> pa.Table:
    """For a file: one row a record, SI and UTC, a column each field of the kinds that are there."""
    keys = list(dict.fromkeys(field.key for row in found for field in KINDS[row.record.kind].fields))
    columns = {
        "kind": [row.record.kind for row in found], "time": [iso(row.record.at) for row in found],
        "until": [iso(row.record.until) if row.record.until else None for row in found],
    }  # fmt: skip
    for key in keys:
        values = [row.record.values.get(key) for row in found]
        mixed = len({type(value) for value in values if value is not None}) > 1
        name = key if key not in columns else f"{key}_value"
        columns[name] = [None if value is None else str(value) for value in values] if mixed else values
    return pa.table({name: pa.array(values) for name, values in columns.items()})

"""What an entry that came by a stick must be before it is taken: sent on under the rights of this laptop and
shown here, it may neither do what its own laptop may not nor be what no form would have let in.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models import merged_wells
from app.models.canonical import payload_hash
from app.models.entries import keys_of
from app.models.readable import not_ours
from app.models.record_bodies import checked_body
from app.models.store import central, records
from app.models.upcasting import PAYLOAD_VERSION, upcast
from app.models.values import Read, part_of, text_of
from app.models.wells import NO_FIELD, well_uid
from app.services.workspace import Workspace
from app.sync.wire import EntryIn


def names_its_well(entry: EntryIn) -> bool:
    """Written before entries said so, it has the number that the well has on the other laptop."""
    numbered = "well" in entry.payload or "well_id" in part_of(entry.payload, "finding")
    return bool(entry.payload.get("well_key")) or not numbered


def is_whole(entry: EntryIn) -> bool:
    """What was signed, and what a form or a file might have made. What only a newer program reads is kept for
    it.
    """
    try:
        if payload_hash(entry.payload)[1] != entry.payload_sha256:
            return False
        for key in _keys(entry.payload):
            _called(key)
        if entry.schema_version > PAYLOAD_VERSION:
            return True
        kind, payload = upcast(entry.kind, entry.payload, entry.schema_version)
        if kind == "record":
            values = part_of(payload, "values")
            beyond = not_ours(text_of(payload, "kind"), values)
            own = {key: value for key, value in values.items() if key not in beyond}
            checked_body({**payload, "values": own})
    except (KnownError, LookupError, TypeError, ValueError):
        return False
    return True


class Hands:
    """The fields of the laptop that signed. Its entries speak of wells of those only, by their names, by the
    uid that leads to one here, and by the record that they are about.
    """

    def __init__(self, workspace: Workspace, fields: tuple[str, ...]) -> None:
        self._workspace, self._fields = workspace, frozenset(fields)
        self._of_number: dict[int, str] = {}
        self._of_uid: dict[str, set[str]] = {}
        for well in records.every_well(workspace.store):
            self._of_number[int(well.id)] = well.field_name or NO_FIELD
            for uid in (well.key["uid"], well_uid(well.field_name, well.pad, well.name)):
                self._of_uid.setdefault(uid, set()).add(well.field_name or NO_FIELD)

    def hold(self, entry: EntryIn) -> bool:
        return all(map(self._holds, _keys(entry.payload))) and self._holds_record(entry.payload)

    def _holds(self, key: Read) -> bool:
        uid, *names = _called(key)
        by_name = well_uid(*names)
        found = self._of_uid.get(uid, set()) | self._of_uid.get(by_name, set())
        if not found and uid != by_name:
            return False  # of a well that was named otherwise, and is not here: the centre knows it
        return found | {names[0] or NO_FIELD} <= self._fields

    def _holds_record(self, payload: JsonObject) -> bool:
        record = payload.get("record")
        if not isinstance(record, str):
            return True
        before = self._workspace.journal.last_of_record(record)
        there = central.of_record(self._workspace.store, record)
        return (before is None or all(map(self._holds, _keys(before.payload)))) and (
            there is None or self._of_number.get(there.well, NO_FIELD) in self._fields
        )


def _keys(payload: JsonObject) -> Iterator[Read]:
    """What the wells are called that it speaks of."""
    if payload.get("well_key") is not None:
        yield part_of(payload, "well_key")
    yield from keys_of(payload)
    values = payload.get("values")
    into = merged_wells.key_of(values) if isinstance(values, dict) else None
    if into is not None:
        yield into


def _called(key: Read) -> tuple[str, str, str, str]:
    return text_of(key, "uid"), text_of(key, "field"), text_of(key, "pad"), text_of(key, "name")

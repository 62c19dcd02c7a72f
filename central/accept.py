"""Taking entries: one transaction a batch, a receipt each. What is accepted is in the system of record, with
its rows for ClickHouse beside it, or nothing of it is.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from app.core.clock import Clock, iso
from app.core.errors import KnownError
from app.core.ids import is_of_a_file
from app.models import merged_wells
from app.models.readable import VERSION_KEY
from app.models.upcasting import PAYLOAD_VERSION, readable_from, upcast
from app.models.values import needed_text, part_of
from app.models.wells import NO_FIELD, Well
from app.sync.wire import EntryIn, Receipt, Status, WellKey, payload_sha256, signed
from central import file_imports, outbox, tracing
from central.file_imports import Prepared
from central.logs import log
from central.record_checks import check_record
from central.refusals import Conflicting, Refused
from central.stores import audit, changes, documents, learning, receipts, records, roles, wells
from central.stores.devices import PERSON, Device, actor_of
from central.stores.engine import alone, attempt, is_away, reading
from central.stores.turns import in_turn

NUMBERS_AN_ENTRY = 8
"""Of a change, of a row for ClickHouse, of what it leaves: more are had by a second beginning."""
NOT_YOURS = ("field_not_yours", "record_moved")
"""Refused because it is another field's."""


@dataclass(frozen=True)
class Taken:
    change_no: int | None
    version: int | None = None


class WaitingForFiles(Exception):  # noqa: N818 - an answer, not an error
    """The entry names files that are not all here."""


def accept(engine: Engine, device: Device, entries: tuple[EntryIn, ...], clock: Clock) -> tuple[Receipt, ...]:
    """In order. An entry that cannot be taken keeps none of the others back."""
    said = (_accept_some(engine, device, some, clock) for some in _one_file_at_a_time(entries))
    return tuple(itertools.chain.from_iterable(said))


def _one_file_at_a_time(entries: tuple[EntryIn, ...]) -> Iterator[tuple[EntryIn, ...]]:
    """What two hundred files hold has no room beside one another."""
    for of_files, some in itertools.groupby(entries, lambda entry: entry.kind == "import"):
        if of_files:
            yield from ((one,) for one in some)
        else:
            yield tuple(some)


def _accept_some(
    engine: Engine, device: Device, entries: tuple[EntryIn, ...], clock: Clock
) -> tuple[Receipt, ...]:
    try:
        return _accept_together(engine, device, entries, clock)
    except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError, OSError, MemoryError):
        raise  # the store's trouble is nobody's entry's
    except Exception as error:
        if (isinstance(error, KnownError) and error.retry) or (
            isinstance(error, sa.exc.DBAPIError) and is_away(error)
        ):
            raise
        if len(entries) > 1:
            return tuple(
                receipt for one in entries for receipt in _accept_some(engine, device, (one,), clock)
            )
        log("bug", entry=entries[0].id, error=type(error).__name__)
        return (signed(_said(entries[0], clock(), "rejected", "centre_failed"), device.key),)


def _accept_together(
    engine: Engine, device: Device, entries: tuple[EntryIn, ...], clock: Clock
) -> tuple[Receipt, ...]:
    # Files are read before the writers' turn is taken: a long one keeps nobody waiting.
    files = {
        entry.id: _file_of(engine, device, entry, clock()) for entry in entries if entry.kind == "import"
    }

    def taken(connection: Connection) -> tuple[Receipt, ...]:
        known = receipts.known(connection, [entry.id for entry in entries])
        _looked_up(connection, device, entries)
        said = []
        for sent in entries:
            entry = _of_ones_own_name(connection, device, sent, known)
            receipt = _accept_one(connection, device, entry, clock(), files.get(sent.id), known)
            if receipt.status == "accepted":
                known[entry.id] = entry.payload_sha256, device.id, receipt
            if entry is not sent:
                receipt = receipt.model_copy(update={"id": sent.id})
            said.append(signed(receipt, device.key))
        _audited(connection, device, said, clock())
        return tuple(said)

    return in_turn(engine, NUMBERS_AN_ENTRY * len(entries), taken)


def _file_of(engine: Engine, device: Device, entry: EntryIn, now: datetime) -> Prepared | Refused | None:
    """Nothing is read for an entry that is known, or that may not be."""
    try:
        if entry.schema_version > PAYLOAD_VERSION or payload_sha256(entry.payload) != entry.payload_sha256:
            return None
        _as_roles_say(device, _as_now(entry))
    except KnownError:
        return None
    except Refused as refused:
        return refused
    with reading(engine) as connection:
        known = receipts.known(connection, [entry.id])
        if _of_ones_own_name(connection, device, entry, known).id in known:
            return None
    return file_imports.prepare(engine, device, entry, now)


def _looked_up(connection: Connection, device: Device, entries: tuple[EntryIn, ...]) -> None:
    """What the entries of a batch will ask for, in a few questions instead of several each."""
    named = (entry.payload.get("record") for entry in entries if entry.kind == "record")
    records.look_up(connection, [one for one in named if isinstance(one, str)])
    wells.look_up(connection, [entry.well for entry in entries if entry.well is not None], device.fields)


def _audited(connection: Connection, device: Device, said: list[Receipt], now: datetime) -> None:
    """What came new, and its content by one hash: what the trail says of it cannot be made to fit others."""
    new = [[one.id, one.sha256] for one in said if one.status == "accepted"]
    if new:
        digest = hashlib.sha256(json.dumps(new).encode()).hexdigest()
        audit.add(connection, actor_of(device), "entries", {"count": len(new), "sha256": digest}, now)
    refused = Counter(one.code for one in said if one.code in NOT_YOURS)
    for code, times in refused.items():
        about = {"what": "entries", "code": code, "times": times}
        audit.add(connection, actor_of(device), "refused", about, now)


def _of_ones_own_name(
    connection: Connection, device: Device, entry: EntryIn, known: dict[str, tuple[str, str, Receipt]]
) -> EntryIn:
    """An entry whose id is that of another field's is as if nobody had that id: it is kept under an id of its
    own, and nobody learns by an id what others have.
    """
    before = known.get(entry.id)
    if before is None or receipts.is_seen(connection, entry.id, before[1], device):
        return entry
    own = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{(*device.fields, device.id)[0]}/{entry.id}"))
    known |= receipts.known(connection, [own])
    return entry.model_copy(update={"id": own})


def _accept_one(
    connection: Connection,
    device: Device,
    entry: EntryIn,
    now: datetime,
    file: Prepared | Refused | None,
    known: dict[str, tuple[str, str, Receipt]],
) -> Receipt:
    said = partial(_said, entry, now)
    try:
        if payload_sha256(entry.payload) != entry.payload_sha256:
            return said("rejected", "hash_differs")
    except KnownError as error:
        return said("rejected", error.code, details=Refused.of(error).details)
    if entry.schema_version > PAYLOAD_VERSION:
        return said("waiting", "centre_older")  # until the centre is brought up to date
    if entry.id in known:
        return _known_before(entry, device, known[entry.id], said)
    try:
        # Only files write before they know whether they are refused; the others decide first.
        whole = attempt(connection) if entry.kind in ("import", "import_undone") else nullcontext()
        with whole, tracing.written_under(entry.id):
            taken = _take(connection, device, entry, now, file)
            receipt = said("accepted", change_no=taken.change_no, version=taken.version)
            receipts.keep(connection, device.id, entry, receipt, now)
        return receipt
    except Refused as refused:
        return said("rejected", refused.code, details=refused.details)
    except Conflicting as conflict:
        return said("conflict", version=conflict.version, base=conflict.base, current=conflict.current)
    except WaitingForFiles:
        return said("waiting", "files_missing")


def _said(entry: EntryIn, now: datetime, status: Status, code: str = "", **more: Any) -> Receipt:
    return Receipt(
        id=entry.id, sha256=entry.payload_sha256, status=status, received_at=iso(now), code=code, **more
    )


def _known_before(
    entry: EntryIn, device: Device, known: tuple[str, str, Receipt], said: Callable[..., Receipt]
) -> Receipt:
    """A device that got a new token is the same laptop still: what counts is that it has the same entry."""
    digest, _, receipt = known
    if digest != entry.payload_sha256:
        return said("rejected", "id_reuse")
    if entry.well is not None and (entry.well.field or NO_FIELD) not in device.fields:
        return said("rejected", "field_not_yours")
    return said("duplicate", change_no=receipt.change_no, version=receipt.version)


def _take(
    connection: Connection, device: Device, entry: EntryIn, now: datetime, file: Prepared | Refused | None
) -> Taken:
    entry = _as_now(entry)
    device = _as_roles_say(device, entry)
    _files_are_here(connection, device, entry)
    if entry.kind == "import":
        taken = Taken(file_imports.take(connection, device, entry, now, file))
    elif entry.kind in _KINDS:
        taken = _KINDS[entry.kind](connection, device, entry, now)
    else:
        raise Refused("kind_unknown", kind=entry.kind)
    if entry.well is not None:
        for named in entry.attachments:
            documents.belongs_to(connection, named.sha256, entry.well.field or NO_FIELD)
    return taken


def _as_roles_say(device: Device, entry: EntryIn) -> Device:
    """With the fields in which it may do this. Raises Refused (role_forbids)."""
    right = roles.right_of(entry.kind, str(entry.payload.get("kind", "")))
    own = roles.narrowed(device, (right,))
    field = (entry.well.field or NO_FIELD) if entry.well else None
    if own is None or field in device.fields and field not in own.fields:
        raise Refused("role_forbids", right=right)
    return own


def _as_now(entry: EntryIn) -> EntryIn:
    """Laptops of earlier versions are understood too. Raises Refused."""
    try:
        kind, payload = upcast(entry.kind, entry.payload, entry.schema_version)
    except ValueError as error:
        raise Refused("value_wrong", field="payload", value=str(error)[:60]) from error
    if kind == entry.kind and payload is entry.payload:
        return entry
    return entry.model_copy(update={"kind": kind, "payload": payload})


def _files_are_here(connection: Connection, device: Device, entry: EntryIn) -> None:
    for file in entry.attachments:
        size = documents.size_for(connection, file.sha256, device.id, device.fields)
        if size is None:
            raise WaitingForFiles
        if size != file.size:
            raise Refused("file_differs", file=file.name)


def _own_well(connection: Connection, device: Device, entry: EntryIn, lift: str = "other") -> Well:
    if entry.well is None:
        raise Refused("well_missing")
    return wells.find_or_make(connection, entry.well, device.fields, lift)


def _record(connection: Connection, device: Device, entry: EntryIn, now: datetime) -> Taken:
    checked = check_record(entry.payload)
    kind, body = checked.kind, checked.body
    record, author = needed_text(body, "record"), needed_text(body, "author")
    values = part_of(body, "values")
    if device.kind == PERSON and author != device.name:
        raise Refused("author_not_yours", author=author)
    if entry.well is None:
        raise Refused("well_missing")
    # A record of another field is not there for this device: neither its body nor that it exists is told.
    field = entry.well.field or NO_FIELD
    name, before = records.kept_as(connection, record, field, device.fields)
    if name != record and (
        _is_an_edit(entry, record, before) or records.was_seen(connection, record, device.id, device.fields)
    ):
        raise Refused("record_moved")
    if before is not None:
        if before.kind != kind.key:
            raise Refused("kind_unknown", kind=kind.key)
        _refuse_stale(connection, entry, name, before)
    well = _own_well(connection, device, entry)
    into = merged_wells.key_of(values) if kind.key == "well_merge" else None
    if into is not None:  # its readings are seen there: that must be a well of the same hands
        wells.find_or_make(connection, WellKey.model_validate(into), device.fields)
    needed = readable_from("record", entry.payload)
    if needed > 1:
        body[VERSION_KEY] = needed
    version = records.NewVersion(
        name,
        kind.key,
        int(well.id),
        well.field_name,
        entry.id,
        author,
        now,
        body,
        entry.attachments,
    )
    stored = records.add_version(connection, version, before)
    if kind.key == "well_passport" and body["action"] == "saved":
        wells.put(connection, well.as_told(values))
    if kind.key == learning.KIND:
        alone(connection)
        learning.keep(connection, name, body)
    if kind.key == "flow_test":
        outbox.flow_rate(connection, name, stored.version, int(well.id), body)
    return Taken(stored.change_no, stored.version)


def _is_an_edit(entry: EntryIn, record: str, before: records.Stored | None) -> bool:
    """It says which version it is of, and there is none that this device sees: it had other rights then. By a
    name that is made of what a file says this would tell whoever guesses it that others have such a record.
    """
    return before is None and bool(entry.base_version) and not is_of_a_file(record)


def _refuse_stale(connection: Connection, entry: EntryIn, name: str, before: records.Stored) -> None:
    """The version that the person saw must be the one that is there."""
    base: records.Stored | None = None
    if entry.base_version == before.version or not entry.base_version and entry.supersedes == before.entry_id:
        return
    if entry.base_version:
        base = records.version(connection, name, entry.base_version)
    elif entry.supersedes:
        base = records.made_by(connection, name, entry.supersedes)
    if base is None or base.version != before.version:
        raise Conflicting(base.body if base else None, before.body, before.version)


def _card(connection: Connection, device: Device, entry: EntryIn, now: datetime) -> Taken:
    card = outbox.checked_card(entry.payload, now)
    well = _own_well(connection, device, entry, "srp")
    outbox.card(connection, well.id, entry.id, card, entry.id)
    return Taken(changes.add(connection, "card", entry.id, 1, well.id, well.field_name))


def _undo(connection: Connection, device: Device, entry: EntryIn, now: datetime) -> Taken:
    return Taken(file_imports.undo(connection, device, entry, now))


_KINDS: dict[str, Callable[[Connection, Device, EntryIn, datetime], Taken]] = {
    "record": _record,
    "card": _card,
    "import_undone": _undo,
}

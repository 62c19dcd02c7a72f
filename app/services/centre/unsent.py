"""Work that waits, carried on a stick: saved for the centre or another laptop of the site, taken there."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.core.files import sync_folder
from app.models.blobs import Attachment
from app.models.entries import UNSENT, Entry, State, Written, keys_of
from app.models.store import records
from app.models.values import text_of
from app.services.centre.arriving import Hands, is_whole, names_its_well
from app.services.records import applying
from app.services.workspace import Workspace
from app.sync import parcel
from app.sync.parcel import Introduction, Item
from app.sync.push import envelope
from app.sync.transports.base import PushCentre
from app.sync.wire import EntryIn, Hello

SUFFIX = ".unsent"
_SEED, _INTRODUCTION = "signing key", "introduction"
GOOD_FOR = timedelta(days=30)
"""An introduction is asked for again after it; it is used until then and longer: a stick may be slow."""


@dataclass(frozen=True)
class Taken:
    """`known` were here before, or one that came after them is; `left` only the centre can take: they do not
    name their well, or speak of what their laptop has no right to as far as this one knows; `refused` are not
    what an entry may be.
    """

    device: str
    new: int
    known: int
    left: int
    refused: int = 0


# ---- the centre introduces the laptop ----------------------------------------------------------------------


def introduce(workspace: Workspace, centre: PushCentre, hello: Hello) -> None:
    """At a greeting: what parcels are sealed and signed with, if it is not here or other fields are seen."""
    known = _introduction(workspace)
    if (
        known is not None
        and set(known.passport.fields) == set(hello.fields)
        and workspace.clock() - parse_time(known.passport.issued_at) < GOOD_FOR
    ):
        return
    seed = workspace.secrets.get(_SEED)
    if not seed:
        seed = os.urandom(32).hex()
        workspace.secrets.set(_SEED, seed)
    told = centre.introduce(parcel.public_of(bytes.fromhex(seed)))
    workspace.secrets.set(_INTRODUCTION, told.model_dump_json())


def _introduction(workspace: Workspace) -> Introduction | None:
    return parcel.introduction_of(workspace.secrets.get(_INTRODUCTION))


def _introduced(workspace: Workspace) -> Introduction:
    known = _introduction(workspace)
    if known is None:
        raise KnownError("parcel_not_introduced")
    return known


# ---- out ---------------------------------------------------------------------------------------------------


def save(workspace: Workspace, target: Path) -> int:
    """Everything that waits, sealed and signed; it goes on waiting here until the centre says that it has it.
    Returns how many entries. Raises KnownError (nothing_to_save, parcel_not_introduced, parcel_field).
    """
    waiting = workspace.journal.entries(*UNSENT)
    if not waiting:
        raise KnownError("nothing_to_save")
    introduction = _introduced(workspace)
    keys = {int(well.id): well.key for well in records.every_well(workspace.store)}
    told = [envelope(workspace.journal, entry, keys.get) for entry in waiting]
    beside = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            parcel.write(
                out,
                introduction,
                bytes.fromhex(workspace.secrets.get(_SEED)),
                (_with_files(workspace, one) for one in told),
                fields=_fields(told) or introduction.passport.fields,
                entries=len(told),
                made_at=iso(workspace.clock()),
            )
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, target)
        sync_folder(target.parent)
    except OSError as error:
        raise KnownError("file_not_written", file=str(target), reason=str(error)) from error
    finally:
        beside.unlink(missing_ok=True)
    return len(told)


def _with_files(workspace: Workspace, entry: EntryIn) -> Item:
    return entry, [(file, workspace.journal.blobs.pieces(file.sha256)) for file in entry.attachments]


def _fields(told: list[EntryIn]) -> tuple[str, ...]:
    """Whose wells the entries speak of: only who sees all of them can open the parcel."""
    named = {entry.well.field for entry in told if entry.well}
    for entry in told:
        named |= {text_of(key, "field") for key in keys_of(entry.payload)}
    return tuple(sorted(name for name in named if name))


# ---- in ----------------------------------------------------------------------------------------------------


def take(workspace: Workspace, source: Path) -> Taken:
    """Into the journal, under the ids that the entries have: sent from here, from there or from both, the
    centre has each once. Raises KnownError (parcel_…, file_unreadable).
    """
    introduction = _introduced(workspace)
    counts: Counter[str] = Counter()
    try:
        with source.open("rb") as file:
            made = parcel.checked(file, introduction.site_key)
            passport = made.header.passport
            hands = Hands(workspace, passport.fields)
            superseded = workspace.journal.sending.superseded()
            for entry in _entries(workspace, parcel.opened(file, made, introduction.keys)):
                if not is_whole(entry):
                    counts["refused"] += 1
                elif not names_its_well(entry) or not hands.hold(entry):
                    counts["left"] += 1
                elif entry.id in superseded and workspace.journal.get(entry.id) is None:
                    # It was sent before the file was made in which the one after it came: shown now it would
                    # stand over that.
                    counts["known"] += 1
                else:
                    fresh = _taken_over(workspace, entry, passport.name)
                    counts["new" if fresh else "known"] += 1
    except OSError as error:
        raise KnownError("file_unreadable", file=str(source), reason=str(error)) from error
    return Taken(passport.name, counts["new"], counts["known"], counts["left"], counts["refused"])


def _taken_over(workspace: Workspace, entry: EntryIn, device: str) -> bool:
    fresh = workspace.journal.take_over(_of(entry), entry.zone, device)
    _show(workspace, entry.id)
    return fresh


def _entries(workspace: Workspace, items: Iterator[Any]) -> Iterator[EntryIn]:
    """Each when its files are on the disk: an entry never names what is not there."""
    waiting: EntryIn | None = None
    for item in items:
        if isinstance(item, EntryIn):
            if waiting is not None:
                yield waiting
            waiting = item
            continue
        ref, piece, last = item
        kept = workspace.journal.blobs.put(ref.name, _file(piece, last, items))
        if kept.sha256 != ref.sha256:
            raise KnownError("parcel_changed")
    if waiting is not None:
        yield waiting


def _file(piece: bytes, last: bool, items: Iterator[Any]) -> Iterator[bytes]:
    yield piece
    while not last:
        _, piece, last = next(items)
        yield piece


def _of(entry: EntryIn) -> Entry:
    return Entry(
        entry.id,
        entry.kind,
        entry.payload,
        entry.payload_sha256,
        parse_time(entry.created_at),
        State.QUEUED,
        tuple(Attachment(file.sha256, file.size, file.name) for file in entry.attachments),
        entry.supersedes,
        base=str(entry.base_version) if entry.base_version else None,
        schema_version=entry.schema_version,
        written=Written(entry.kind, entry.payload),
    )


def _show(workspace: Workspace, entry_id: str) -> None:
    """Applying one twice changes nothing: what a crash cut short is shown when the file is taken again."""
    entry = workspace.journal.get(entry_id)
    if entry is not None and entry.state in UNSENT:
        applying.bring_in(workspace, entry)

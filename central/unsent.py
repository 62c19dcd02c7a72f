"""Unsent work of a laptop, brought on a stick: taken as if the laptop had sent it, each entry once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.engine import Engine

from app.core.clock import Clock
from app.core.errors import KnownError
from app.sync import parcel
from app.sync.wire import MOST_ENTRIES, EntryIn, FileRef, Receipt
from central.accept import accept
from central.stores import devices, documents, roles, site_keys
from central.stores.devices import Device
from central.stores.engine import changing, reading

MOST_TOLD = 1_000
"""Entries that were not taken, one by one."""


@dataclass(frozen=True)
class Brought:
    """Of which laptop, saved when, how many entries were said what of, and the first that were not taken:
    what is said of millions in one file has no room.
    """

    device: Device
    made_at: str
    counted: Counter[str] = field(default_factory=Counter)
    not_taken: list[Receipt] = field(default_factory=list)

    def note(self, said: tuple[Receipt, ...]) -> None:
        self.counted.update(receipt.status for receipt in said)
        not_taken = [receipt for receipt in said if not receipt.taken]
        self.not_taken.extend(not_taken[: MOST_TOLD - len(self.not_taken)])

    def counts(self) -> dict[str, int]:
        return dict(self.counted)


def take(engine: Engine, source: Path, clock: Clock) -> Brought:
    """Raises KnownError (parcel_…, file_unreadable) before anything of it is taken."""
    try:
        with source.open("rb") as file:
            return take_open(engine, file, clock)
    except OSError as error:
        raise KnownError("file_unreadable", file=str(source), reason=str(error)) from error


def take_open(engine: Engine, file: BinaryIO, clock: Clock, carrier: Device | None = None) -> Brought:
    """`carrier`: who brings it over the network; what it gives in is of its own fields. Raises KnownError."""
    with changing(engine) as connection:
        keys = site_keys.of_site(connection, clock())
    made = parcel.checked(file, keys.public)  # of gigabytes from a stick: nobody waits for it
    with reading(engine) as connection:
        device = devices.by_id(connection, made.header.passport.device)
        device = roles.with_roles(connection, device) if device is not None else None
    if device is None:
        raise KnownError("parcel_revoked", device=made.header.passport.name)
    if carrier is not None and not set(made.header.fields) <= set(carrier.fields):
        raise KnownError("parcel_field", fields=", ".join(set(made.header.fields) - set(carrier.fields)))
    items = parcel.opened(file, made, keys.of_fields(made.header.fields))
    brought = Brought(device, made.header.made_at)
    waiting: list[EntryIn] = []
    for item in items:
        if isinstance(item, EntryIn):
            if len(waiting) == MOST_ENTRIES:
                brought.note(accept(engine, device, tuple(waiting), clock))
                waiting = []
            waiting.append(item)
        else:
            _keep(engine, device, item, items, clock)
    if waiting:
        brought.note(accept(engine, device, tuple(waiting), clock))
    return brought


def _keep(
    engine: Engine,
    device: Device,
    first: tuple[FileRef, bytes, bool],
    items: Iterator[EntryIn | tuple[FileRef, bytes, bool]],
    clock: Clock,
) -> None:
    """A file of the device, like one that it uploaded; one that is there already is passed over."""
    ref, piece, last = first
    with engine.begin() as connection:
        known = documents.size_for(connection, ref.sha256, device.id, device.fields) is not None
        if not known:
            documents.drop_upload(connection, device.id, ref.sha256)
    number = 0
    while True:
        if not known:
            with engine.begin() as connection:
                documents.add_piece(connection, device.id, ref.sha256, number, piece, clock())
        if last:
            break
        number += 1
        following = next(items)
        assert not isinstance(following, EntryIn)
        _, piece, last = following
    if not known and not documents.complete(engine, device.id, ref.sha256, clock()):
        raise KnownError("parcel_changed")

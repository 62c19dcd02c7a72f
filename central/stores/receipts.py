"""Entries that were taken, for ever: the same entry again gets the same receipt."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.sync.wire import EntryIn, Receipt
from central.stores import devices
from central.stores.devices import Device
from central.stores.engine import add_later, in_parts
from central.stores.tables import RECEIPTS


def known(connection: Connection, entry_ids: list[str]) -> dict[str, tuple[str, str, Receipt]]:
    """Of entries that were taken: id → (payload's hash, device, receipt)."""
    columns = (RECEIPTS.c.entry_id, RECEIPTS.c.payload_sha256, RECEIPTS.c.device_id, RECEIPTS.c.receipt)
    found: dict[str, tuple[str, str, Receipt]] = {}
    for part in in_parts(entry_ids):
        for row in connection.execute(sa.select(*columns).where(RECEIPTS.c.entry_id.in_(part))):
            found[row[0]] = row[1], row[2], Receipt.model_validate(row[3])
    return found


def is_seen(connection: Connection, entry_id: str, by: str, device: Device) -> bool:
    """Whether this device may know of an entry that `by` sent: its own, of its fields, or of a device of
    them.
    """
    if by == device.id or set(devices.fields_of(connection, by)) & set(device.fields):
        return True
    entry = connection.execute(sa.select(RECEIPTS.c.entry).where(RECEIPTS.c.entry_id == entry_id)).scalar()
    well = (entry or {}).get("well") or {}
    return well.get("field") in device.fields


def keep(
    connection: Connection, device_id: str, entry: EntryIn, receipt: Receipt, received_at: datetime
) -> None:
    add_later(
        connection,
        RECEIPTS,
        {
            "entry_id": entry.id,
            "device_id": device_id,
            "kind": entry.kind,
            "payload_sha256": entry.payload_sha256,
            "received_at": received_at,
            "change_no": receipt.change_no,
            "entry": entry,
            "receipt": receipt,
        },
    )

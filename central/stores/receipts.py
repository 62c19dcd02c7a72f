"""Entries that were taken, for ever: the same entry again gets the same receipt."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.sync.wire import EntryIn, Receipt
from central.stores.tables import RECEIPTS


def known(connection: Connection, entry_id: str) -> tuple[str, str, Receipt] | None:
    """(payload's hash, device, receipt) of an entry that was taken."""
    row = connection.execute(
        sa.select(RECEIPTS.c.payload_sha256, RECEIPTS.c.device_id, RECEIPTS.c.receipt).where(RECEIPTS.c.entry_id == entry_id)
    ).first()  # fmt: skip
    return (row[0], row[1], Receipt.model_validate(row[2])) if row else None


def entry_of(connection: Connection, entry_id: str) -> EntryIn | None:
    row = connection.execute(sa.select(RECEIPTS.c.entry).where(RECEIPTS.c.entry_id == entry_id)).first()
    return EntryIn.model_validate(row[0]) if row else None


def keep(
    connection: Connection, device_id: str, entry: EntryIn, receipt: Receipt, received_at: datetime
) -> None:
    connection.execute(
        sa.insert(RECEIPTS).values(
            entry_id=entry.id, device_id=device_id, kind=entry.kind, payload_sha256=entry.payload_sha256, received_at=received_at,
            change_no=receipt.change_no, entry=entry.model_dump(), receipt=receipt.model_dump(),
        )
    )  # fmt: skip

"""What the centre signs laptops' passports with, and a key for each field, which the field's laptops get:
parcels of unsent work are sealed with them.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.clock import iso
from app.sync import parcel
from app.sync.parcel import Introduction, Passport
from central.stores.devices import Device
from central.stores.tables import SITE_KEYS


@dataclass(frozen=True)
class SiteKeys:
    """`seed` signs; `secret` makes the fields' keys."""

    seed: bytes
    secret: bytes

    @property
    def public(self) -> str:
        return parcel.public_of(self.seed)

    def of_fields(self, fields: tuple[str, ...]) -> dict[str, str]:
        return {field: hmac.new(self.secret, field.encode(), hashlib.sha256).hexdigest() for field in fields}

    def introduce(self, device: Device, public_key: str, now: datetime) -> Introduction:
        site = hashlib.sha256(bytes.fromhex(self.public)).hexdigest()
        passport = Passport(
            site=site,
            device=device.id,
            name=device.name,
            fields=device.fields,
            public_key=public_key,
            issued_at=iso(now),
        )
        return Introduction(
            passport=passport,
            signature=parcel.passport_signed(passport, self.seed),
            site_key=self.public,
            keys=self.of_fields(device.fields),
        )


def of_site(connection: Connection, now: datetime) -> SiteKeys:
    """Made when first asked for, in the writers' turn; a backup has them."""
    row = connection.execute(sa.select(SITE_KEYS.c.seed, SITE_KEYS.c.secret)).first()
    if row is None:
        made = os.urandom(32), os.urandom(32)
        connection.execute(
            sa.insert(SITE_KEYS).values(id=1, seed=made[0].hex(), secret=made[1].hex(), made_at=now)
        )
        return SiteKeys(*made)
    return SiteKeys(bytes.fromhex(row[0]), bytes.fromhex(row[1]))

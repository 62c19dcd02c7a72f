"""Field → pad → well, and what is installed in it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import NewType

from app.models.limits import LONGEST_NAME, clean_name
from app.models.values import Values, needed_text, rows_of, text_of

WellId = NewType("WellId", int)

ESP = "esp"
SRP = "srp"
GAS_LIFT, FLOWING, INJECTION, PCP, JET = "gas_lift", "flowing", "injection", "pcp", "jet"
UNKNOWN_LIFT = "other"
"""Nobody knew how it is lifted: to say it first is no change that is asked about."""
LIFTS = (ESP, SRP, FLOWING, GAS_LIFT, PCP, JET, INJECTION, UNKNOWN_LIFT)
STATES = ("running", "stopped", "stabilising", "inactive")
MOST_ALIASES = 50
LABEL = "wellside:well/"
_NAMESPACE = uuid.UUID("8f2d6a34-5c0b-5b5e-9a53-6f6b0f0d7c11")
NO_FIELD = "—"
"""The field of a well whose field nobody has named: a tenant like any other."""


@lru_cache(maxsize=1 << 16)
def well_uid(field_name: str, pad: str, name: str) -> str:
    """The same for the same field, pad and name on every laptop and at the centre (RFC 9562, UUIDv5)."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(map(clean_name, (field_name, pad, name))).lower()))


def passport_id(uid: str) -> str:
    """The record of what a well is called and how it is run: the same on every laptop and at the centre, so
    that two who rename one well meet in one record.
    """
    return str(uuid.uuid5(uuid.UUID(uid), "well_passport"))


def merge_id(uid: str) -> str:
    """The record of which well this one went into: one for each well, so that two who merge it meet in it."""
    return str(uuid.uuid5(uuid.UUID(uid), "well_merge"))


@dataclass(frozen=True)
class Well:
    """`number` is text: pads and wells are called 0117, 123Г, 11А. `status` is the worst open finding or the
    state.
    """

    id: WellId
    name: str
    field_name: str
    pad: str
    lift: str
    state: str = "running"
    aliases: tuple[str, ...] = ()
    depth_m: float | None = None
    uid: str = ""
    absorbed: tuple[str, ...] = ()
    """Names of the wells that were merged into this one."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that people may mean it by."""
        return (self.name, *self.aliases, *self.absorbed)

    @property
    def title(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """`field/pad/name`: one number in two fields is told apart."""
        return f"{self.field_name}/{self.pad}/{self.name}"

    @property
    def key(self) -> dict[str, str]:
        """What the well is called outside this cache, whose numbers are its own."""
        return {
            "uid": self.uid or well_uid(self.field_name, self.pad, self.name),
            "field": clean_name(self.field_name),
            "pad": clean_name(self.pad),
            "name": clean_name(self.name),
        }

    @property
    def label(self) -> str:
        """What the QR code on its label says."""
        return f"{LABEL}{self.key['uid']}"

    def as_told(self, passport: Values) -> Well:
        """Called and run as the values of its passport say; its uid stays."""
        name = clean_name(needed_text(passport, "well_name"))[:LONGEST_NAME] or self.name
        told = (clean_name(one)[:LONGEST_NAME] for one in text_of(passport, "aliases").split(","))
        aliases = tuple(dict.fromkeys(one for one in told if one and one != name))[:MOST_ALIASES]
        pad = clean_name(text_of(passport, "pad"))[:LONGEST_NAME]
        return replace(
            self, uid=self.key["uid"], name=name, pad=pad, lift=needed_text(passport, "lift"), aliases=aliases
        )


def of_label(wells: list[Well], said: str) -> Well | None:
    """The well whose label a scanner has read; None for what is no label, or of a well that is not here."""
    said = said.strip().lower()
    return next((well for well in wells if well.label == said), None) if said.startswith(LABEL) else None


@dataclass(frozen=True)
class Installation:
    """Downhole equipment from its run to its pull; `equipment` follows domain/card-format (SI)."""

    id: str
    well: WellId
    run_at: datetime
    pulled_at: datetime | None
    equipment: Values = field(default_factory=dict)

    def part(self, key: str) -> Values:
        """What it says under this key; empty where an earlier program has kept something else there."""
        told = self.equipment.get(key)
        return told if isinstance(told, dict) else {}

    @property
    def rods(self) -> list[Values]:
        told = self.equipment.get("rods")
        return rows_of(self.equipment, "rods") if isinstance(told, list) else []


@dataclass(frozen=True)
class WellStatus:
    """One line of the tree: `status` is ok, watch, act, stop, idle or none (nobody has looked). `findings`:
    the codes of those that are open, the worst first. `last_reading_at`: dynamograms among them.
    """

    well: Well
    status: str
    unread: int
    last_reading_at: datetime | None
    findings: tuple[str, ...] = ()
    last_card_at: datetime | None = None

"""Field → pad → well, and what is installed in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NewType

WellId = NewType("WellId", int)

ESP = "esp"
SRP = "srp"
LIFTS = (ESP, SRP, "flowing", "gas_lift", "other")
STATES = ("running", "stopped", "stabilising", "inactive")


@dataclass(frozen=True)
class Well:
    """`number` is text: pads and wells are called 0117, 123Г, 11А. `status` is the worst open finding or the state."""

    id: WellId
    name: str
    field_name: str
    pad: str
    lift: str
    state: str = "running"
    aliases: tuple[str, ...] = ()
    depth_m: float | None = None

    @property
    def title(self) -> str:
        return self.name


@dataclass(frozen=True)
class Installation:
    """Downhole equipment from its run to its pull; `equipment` follows domain/card-format (SI)."""

    id: str
    well: WellId
    run_at: datetime
    pulled_at: datetime | None
    equipment: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class WellStatus:
    """One line of the tree: `status` is ok, watch, act, stop, idle or none (no data)."""

    well: Well
    status: str
    unread: int
    last_reading_at: datetime | None

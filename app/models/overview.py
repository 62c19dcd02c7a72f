"""How a well is doing at a glance, as pages and reports are given it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from app.core.errors import KnownError
from app.core.order import natural
from app.models.cards import StoredCard
from app.models.findings import Finding
from app.models.records import FlowTest, Record
from app.models.sensors.spec import Sensor
from app.models.sights import Sight
from app.models.wells import Well, WellStatus

UNKNOWN = 0.8
"""Where a well that nobody looked at stands among the others."""
Floats = NDArray[np.float64]
OLD = timedelta(days=2)
"""Nights are missing: what the centre made speaks of a well as it was."""


@dataclass(frozen=True)
class LastValue:
    """A sensor's newest good value and its usual range [SI]: of an ESP's baseline in the mode it runs in;
    where there is none, the 5th to 95th percentile of the thirty days before the last one, or before the
    first open finding began.
    """

    sensor: Sensor
    at: datetime
    value: float
    usual_low: float | None
    usual_high: float | None

    @property
    def unusual(self) -> bool:
        if self.usual_low is None or self.usual_high is None:
            return False
        # A steady sensor has no range to speak of: half a percent of its value is not news.
        margin = max(0.1 * (self.usual_high - self.usual_low), 0.005 * abs(self.usual_high))
        return not self.usual_low - margin <= self.value <= self.usual_high + margin


@dataclass(frozen=True)
class Overview:
    well: Well
    last_reading_at: datetime | None
    values: tuple[LastValue, ...]
    findings: tuple[Finding, ...]
    flow_tests: tuple[FlowTest, ...]
    card: StoredCard | None
    health: float | None
    """None where nobody looked."""
    not_assessed: KnownError | None = None
    """Why the last diagnosis could not be made."""
    sight: Sight | None = None
    measured: tuple[Record, ...] = ()
    """The newest level, pressures and results of the newest sample."""


@dataclass(frozen=True)
class MadeAtCentre:
    """`at`: the night it was made; `until`: the last reading that it knew, None without one. `health` None
    where nobody could look, or no rule recognised the state. `worst`: a condition's code or "".
    """

    at: datetime
    model: str
    program: str
    until: datetime | None
    health: float | None
    sight: Sight | None
    worst: str
    severity: str
    not_assessed: KnownError | None

    def is_old(self, now: datetime) -> bool:
        return now - self.at > OLD


@dataclass(frozen=True)
class WellRow:
    """`spark_sensor`: whose last days are drawn; `worst` a condition's code or "", `ended` its end where it
    is history: then `severity` is none of it.
    """

    status: WellStatus
    health: float | None
    worst: str
    severity: str
    since: datetime | None
    liquid_rate: float | None
    spark_sensor: str
    not_assessed: KnownError | None = None
    sight: Sight | None = None
    at_centre: MadeAtCentre | None = None
    """What the centre made of it in its last night: another opinion, never mixed with this laptop's."""
    ended: datetime | None = None

    @property
    def urgency(self) -> tuple[float, str]:
        """First who is worst off; of whom nobody knows anything comes before who is well."""
        return (UNKNOWN if self.health is None else self.health, natural(self.status.well.name))

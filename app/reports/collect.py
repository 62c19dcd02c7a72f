"""What a section is given: facts fetched by the services, the reader's language, nothing to fetch from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.analysis.cards.figures import CardAnalysis
from app.core.texts import Speaker
from app.models.cards import StoredCard
from app.models.findings import Finding
from app.models.readings import Trend
from app.models.records import Event, FlowTest, LabResult
from app.models.sensors.spec import Sensor
from app.models.wells import Installation, Well
from app.reports.blocks import Block


@dataclass(frozen=True)
class WellFacts:
    """One well over one period; empty tuples and None where there is nothing."""

    well: Well
    since: datetime
    until: datetime
    last_reading_at: datetime | None
    installation: Installation | None
    findings: tuple[Finding, ...]
    trends: tuple[tuple[Sensor, Trend], ...]
    card: StoredCard | None
    card_analysis: CardAnalysis | None
    older_cards: tuple[StoredCard, ...]
    flow_tests: tuple[FlowTest, ...]
    lab: tuple[LabResult, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Section:
    key: str
    make: Callable[[WellFacts, Speaker], list[Block]]

"""What sections are given: the facts of one well over one period, each asked of the services when a section
first wants it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from app.analysis.advice.advised import Advice
from app.analysis.cards.figures import CardAnalysis
from app.analysis.energy import Energy
from app.analysis.forecast.outlook import Forecast
from app.analysis.transient.opened import OpenedTest, RefusedTest
from app.analysis.wells.flow import FlowHistory
from app.core.errors import KnownError
from app.core.setting import Setting
from app.core.texts import Speaker
from app.models.cards import PumpCard, StoredCard
from app.models.findings import Finding
from app.models.overview import Overview, WellRow
from app.models.readings import Trend
from app.models.records import AttachedFile, Event, FiledRecord, Source
from app.models.sensors.spec import Sensor
from app.models.wells import Installation, Well
from app.reports.blocks import Block
from app.reports.clippings import Clipping

Options = dict[str, object]


class Sources(Protocol):
    """Answers for one well and period; the same services as the pages', so that a figure is the same in
    both.
    """

    def last_reading_at(self, well: Well) -> datetime | None: ...
    def installation(self, well: Well, at: datetime) -> Installation | None: ...
    def findings(self, well: Well, since: datetime, until: datetime) -> tuple[Finding, ...]: ...
    def trends(
        self, well: Well, since: datetime, until: datetime, pens: tuple[str, ...]
    ) -> tuple[tuple[Sensor, Trend], ...]: ...
    def sensors(self, well: Well) -> tuple[str, ...]: ...
    def cards(self, well: Well, since: datetime, until: datetime) -> tuple[StoredCard, ...]: ...
    def card(self, well: Well, since: datetime, until: datetime) -> StoredCard | None: ...
    def analysis(self, card: StoredCard) -> CardAnalysis | KnownError: ...
    def computed_with(self, card: StoredCard) -> tuple[Source, ...]: ...
    def outline(self, card: StoredCard) -> tuple[PumpCard, PumpCard | None] | KnownError: ...
    def flow(self, well: Well, since: datetime, until: datetime) -> FlowHistory: ...
    def events(self, well: Well, since: datetime, until: datetime) -> tuple[Event, ...]: ...
    def records(
        self, well: Well, since: datetime, until: datetime, kinds: tuple[str, ...]
    ) -> tuple[FiledRecord, ...]: ...
    def well_tests(
        self, well: Well, since: datetime, until: datetime
    ) -> tuple[OpenedTest | RefusedTest, ...]: ...
    def forecast(self, well: Well) -> Forecast: ...
    def advice(self, well: Well) -> Advice: ...
    def energy(self, well: Well) -> Energy: ...
    def overview(self, well: Well) -> Overview: ...
    def field_row(self, well: Well) -> WellRow | None: ...
    def clippings(self) -> tuple[Clipping, ...]: ...
    def photo(self, file: AttachedFile) -> bytes | None: ...


@dataclass(frozen=True)
class WellFacts:
    """One well over one period; empty tuples and None where there is nothing."""

    well: Well
    since: datetime
    until: datetime
    sources: Sources

    @cached_property
    def last_reading_at(self) -> datetime | None:
        return self.sources.last_reading_at(self.well)

    @cached_property
    def installation(self) -> Installation | None:
        """The equipment in the well at the end of the period."""
        return self.sources.installation(self.well, self.until)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return self.sources.findings(self.well, self.since, self.until)

    @cached_property
    def card(self) -> StoredCard | None:
        """The card that the report is about: the last one of the period, or the chosen one."""
        return self.sources.card(self.well, self.since, self.until)

    @property
    def analysis(self) -> CardAnalysis | None:
        """Of `card`; None without one, and where it cannot be analysed (`card_problem`)."""
        return None if isinstance(self._analysed, KnownError) else self._analysed

    @property
    def card_problem(self) -> KnownError | None:
        """Why `card` cannot be analysed."""
        return self._analysed if isinstance(self._analysed, KnownError) else None

    @cached_property
    def _analysed(self) -> CardAnalysis | KnownError | None:
        return None if self.card is None else self.sources.analysis(self.card)

    @cached_property
    def computed_with(self) -> tuple[Source, ...]:
        """The equipment that the figures of `card` come from."""
        return () if self.card is None else self.sources.computed_with(self.card)

    @cached_property
    def cards(self) -> tuple[StoredCard, ...]:
        """Oldest first."""
        return self.sources.cards(self.well, self.since, self.until)

    @cached_property
    def flow(self) -> FlowHistory:
        return self.sources.flow(self.well, self.since, self.until)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        return self.sources.events(self.well, self.since, self.until)

    @cached_property
    def lab(self) -> tuple[FiledRecord, ...]:
        """Newest first."""
        return self.records("lab_result")

    @cached_property
    def well_tests(self) -> tuple[OpenedTest | RefusedTest, ...]:
        return self.sources.well_tests(self.well, self.since, self.until)

    @cached_property
    def forecast(self) -> Forecast:
        return self.sources.forecast(self.well)

    @cached_property
    def advice(self) -> Advice:
        """What there is to set today."""
        return self.sources.advice(self.well)

    @cached_property
    def energy(self) -> Energy:
        """At the last good flow test."""
        return self.sources.energy(self.well)

    @cached_property
    def overview(self) -> Overview:
        return self.sources.overview(self.well)

    @cached_property
    def row(self) -> WellRow | None:
        """The well's line on the page of the field."""
        return self.sources.field_row(self.well)

    def records(self, *kinds: str) -> tuple[FiledRecord, ...]:
        """Of the period, newest first."""
        return self.sources.records(self.well, self.since, self.until, kinds)

    def trends(self, pens: tuple[str, ...]) -> tuple[tuple[Sensor, Trend], ...]:
        return self.sources.trends(self.well, self.since, self.until, pens)

    @property
    def has_data(self) -> bool:
        """Whether anything was measured in the period."""
        if self.cards or self.flow.rows or self.lab or self.records("fluid_level", "production"):
            return True
        # One after the other: whichever still has a gauge that works tells it, mostly the first.
        return self.last_reading_at is not None and any(
            len(trend.time_us)
            for sensor in self.sources.sensors(self.well)
            for _, trend in self.trends((sensor,))
        )


Maker = Callable[[WellFacts, Speaker, Options], list[Block]]
FieldMaker = Callable[[tuple[WellFacts, ...], Speaker, Options], list[Block]]


@dataclass(frozen=True)
class Section:
    """`make` speaks of one well, or `make_for_all` of all wells of the report at once. `options` are declared
    like settings: template files, their checks and the editor are made from them. `lifts` are those it has
    something to say of.
    """

    key: str
    make: Maker | None = None
    make_for_all: FieldMaker | None = None
    options: tuple[Setting, ...] = ()
    lifts: tuple[str, ...] = ()
    wide: bool = False
    """Better on a page that lies on its side."""

    def defaults(self) -> Options:
        return {option.key: option.default for option in self.options}

"""What a report says of a well, asked of the same services as the pages: a figure on screen and in print is
the same number.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from app.analysis.advice.advised import Advice
from app.analysis.cards.figures import CardAnalysis
from app.analysis.energy import Energy
from app.analysis.forecast.outlook import Forecast
from app.analysis.transient.opened import OpenedTest, RefusedTest
from app.analysis.wells.flow import FlowHistory
from app.core.clock import from_us, to_us
from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.cards import PumpCard, StoredCard
from app.models.findings import Finding
from app.models.overview import Overview, WellRow
from app.models.readings import Trend
from app.models.records import AttachedFile, Event, FiledRecord, Source
from app.models.sensors import BY_NUMBER, SENSORS
from app.models.sensors.spec import Sensor
from app.models.store import cards as card_store
from app.models.store import findings, kinds, records, trends, well_tests
from app.models.wells import Installation, Well
from app.reports.clippings import Clipping
from app.services.diagnosis import cards
from app.services.records import lists as record_lists
from app.services.reports import clippings, photos
from app.services.wells import dashboard, flow, model_curves
from app.services.wells.advice import advise
from app.services.wells.energy import energy_of
from app.services.wells.equipment import equipment_at
from app.services.wells.forecast import forecast
from app.services.wells.overview import overview
from app.services.wells.tests_beside import NEAR, against_each_other
from app.services.wells.well_tests import opened
from app.services.workspace import Workspace

TREND_COLUMNS = 700
MEASURED = ("flow_test", "fluid_level", "lab_result", "production")
RECORDED = (*MEASURED, "event", "workover", "installation", "note", "document")


class StoreFacts:
    """`card_id` is the card that the report is about, instead of the last one of the period. `until`: an end
    that somebody asked for; of what models say later nothing is told then.
    """

    def __init__(
        self,
        workspace: Workspace,
        job: Job | None = None,
        card_id: str | None = None,
        until: datetime | None = None,
    ) -> None:
        self._workspace, self._job, self._card_id, self._until = workspace, job, card_id, until
        self._rows: dict[int, WellRow] | None = None

    def last_reading_at(self, well: Well) -> datetime | None:
        span = trends.span(self._workspace.store, well.id)
        return from_us(span[1]) if span else None

    def installation(self, well: Well, at: datetime) -> Installation | None:
        """With rods, unit and pressures that stand in records of their own."""
        found = records.installation_at(self._workspace.store, well.id, at)
        if found is None:
            return None
        return replace(found, equipment=equipment_at(self._workspace, well.id, at).equipment)

    def findings(self, well: Well, since: datetime, until: datetime) -> tuple[Finding, ...]:
        known = findings.of_well(self._workspace.store, well.id)
        if self._card_id is None:
            return tuple(
                f for f in known if f.decision != "rejected" and f.from_at <= until and f.to_at >= since
            )
        card = cards.get(self._workspace, self._card_id)
        return cards.findings_of_card(self._workspace, card, cards.analyse_stored(self._workspace, card))

    def sensors(self, well: Well) -> tuple[str, ...]:
        return tuple(
            BY_NUMBER[series.sensor].key for series in trends.series_of(self._workspace.store, well.id)
        )

    def trends(
        self, well: Well, since: datetime, until: datetime, pens: tuple[str, ...]
    ) -> tuple[tuple[Sensor, Trend], ...]:
        there = set(self.sensors(well))
        drawn = [SENSORS[key] for key in pens if key in there]
        found = trends.of_sensors(
            self._workspace.store,
            well.id,
            [sensor.number for sensor in drawn],
            to_us(since),
            to_us(until),
            TREND_COLUMNS,
            self._job,
        )
        return tuple((sensor, found[sensor.number]) for sensor in drawn)

    def cards(self, well: Well, since: datetime, until: datetime) -> tuple[StoredCard, ...]:
        return tuple(card_store.of_well(self._workspace.store, well.id, since, until))

    def card(self, well: Well, since: datetime, until: datetime) -> StoredCard | None:
        if self._card_id is not None:
            return cards.get(self._workspace, self._card_id)
        taken = self.cards(well, since, until)
        return taken[-1] if taken else None

    def analysis(self, card: StoredCard) -> CardAnalysis | KnownError:
        try:
            analysis = cards.analyse_stored(self._workspace, card)
            return cards.told_beside(analysis, cards.findings_of_card(self._workspace, card, analysis))
        except KnownError as error:
            return error

    def computed_with(self, card: StoredCard) -> tuple[Source, ...]:
        return cards.computed_with(self._workspace, card)

    def outline(self, card: StoredCard) -> tuple[PumpCard, PumpCard | None] | KnownError:
        try:
            drawn = cards.outline(
                self._workspace, card, cards.bore_at(self._workspace, card.well_id, card.taken_at)
            )
        except KnownError as error:
            return error
        return drawn.surface, drawn.pump

    def flow(self, well: Well, since: datetime, until: datetime) -> FlowHistory:
        found = flow.history(self._workspace, well, since, until, self._job, models_until=self._until)
        return model_curves.with_curves(self._workspace, well, found, self._until)

    def events(self, well: Well, since: datetime, until: datetime) -> tuple[Event, ...]:
        return tuple(records.events(self._workspace.store, well.id, since, until))

    def records(
        self, well: Well, since: datetime, until: datetime, kinds: tuple[str, ...]
    ) -> tuple[FiledRecord, ...]:
        return tuple(record_lists.rows(self._workspace, well.id, kinds, since, until))

    def well_tests(
        self, well: Well, since: datetime, until: datetime
    ) -> tuple[OpenedTest | RefusedTest, ...]:
        found: list[OpenedTest | RefusedTest] = []
        flowed = records.flow_tests(self._workspace.store, well.id, since - NEAR, until + NEAR)
        for stored in well_tests.of_well(self._workspace.store, well.id):
            if since <= stored.taken_at <= until:
                try:
                    found.append(opened(stored, flowed=flowed))
                except KnownError as error:
                    found.append(RefusedTest(stored, error))
        return against_each_other(found)

    def advice(self, well: Well) -> Advice:
        return advise(self._workspace, well, self._job)

    def energy(self, well: Well) -> Energy:
        return energy_of(self._workspace, well)

    def forecast(self, well: Well) -> Forecast:
        return forecast(self._workspace, well, self._job)

    def overview(self, well: Well) -> Overview:
        return overview(self._workspace, well, self._job)

    def field_row(self, well: Well) -> WellRow | None:
        if self._rows is None:
            self._rows = {row.status.well.id: row for row in dashboard.field_rows(self._workspace)}
        return self._rows.get(well.id)

    def photo(self, file: AttachedFile) -> bytes | None:
        return photos.for_paper(self._workspace, file)

    def clippings(self) -> tuple[Clipping, ...]:
        return tuple(clippings.taken(self._workspace))


def measured_between(workspace: Workspace, well: Well) -> tuple[datetime, datetime] | None:
    """From the first to the last that was measured or done there; None for a well without anything."""
    store = workspace.store
    span = trends.span(store, well.id)
    taken = card_store.span(store, well.id) or ()
    noted = kinds.spans(store, RECORDED, well.id)
    tests = [test.taken_at for test in well_tests.of_well(store, well.id)]
    first = [
        *([from_us(span[0])] if span else []),
        *taken[:1],
        *(earliest for earliest, _ in noted.values()),
        *tests[-1:],
    ]
    last = [
        *([from_us(span[1])] if span else []),
        *taken[1:],
        *(noted[key][1] for key in MEASURED if key in noted),
        *tests[:1],
    ]
    return (min(first), max(last or first)) if first else None


def usual_period(workspace: Workspace, well: Well, days: int) -> tuple[datetime, datetime]:
    """The last `days` that the well has anything of; no more than it has."""
    known = measured_between(workspace, well)
    if known is None:
        return workspace.clock() - timedelta(days=min(days, 365)), workspace.clock()
    until = known[1] + timedelta(seconds=1)
    return max(until - timedelta(days=days), min(known[0], until - timedelta(days=1))), until

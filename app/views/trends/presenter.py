"""Between the chart and the store: what to fetch for the window that is seen, off the GUI thread, stale
answers dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.analysis.wells.modelled import Modelled
from app.core.clock import from_us
from app.core.jobs import Job
from app.models.changes import FINDINGS, READINGS, Changed
from app.models.findings import Finding
from app.models.readings import Trend
from app.models.sensors import BY_NUMBER
from app.models.sensors.spec import Sensor
from app.models.store import findings, records, trends
from app.models.store.database import Database
from app.models.wells import Well
from app.services.diagnosis.baselines import UsualBand, usual_bands
from app.services.wells import computed_pens, modelled, trend_views
from app.services.wells.computed_pens import ComputedPen, Series
from app.services.wells.trend_views import Look, TrendView
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.period import Window
from app.views.plots.strip import Marks
from app.views.tasks import Task
from app.views.trends.marks import Marked, marks_of

# The window is fetched half a screen wider on both sides, so that a drag shows lines at once.
MARGIN = 0.5
READS = frozenset(
    {READINGS, FINDINGS, "event", "workover", "installation", "flow_test", "note", "model_result"}
)

Asked = tuple[tuple[int, ...], tuple[ComputedPen, ...]]


@dataclass(frozen=True)
class WellHistory:
    """Everything of a well that is not readings."""

    well: Well
    sensors: tuple[Sensor, ...]
    findings: tuple[Finding, ...]
    marks: Marks
    computed: tuple[ComputedPen, ...] = ()
    """Those whose sensors the well has."""
    models: tuple[Modelled, ...] = ()
    views: tuple[TrendView, ...] = ()
    left: Look | None = None
    """How it was drawn last."""


@dataclass(frozen=True)
class FetchedTrends:
    by_sensor: dict[int, Trend]
    computed: dict[str, Series] = field(default_factory=dict)


@dataclass(frozen=True)
class FetchedBands:
    """What each pen usually shows, by its sensor's key."""

    by_pen: dict[str, UsualBand]


def _fetch_history(
    job: Job, workspace: Workspace, well: Well, since: datetime, until: datetime, origin_us: int
) -> WellHistory:
    store = workspace.store
    sensors = tuple(BY_NUMBER[series.sensor] for series in trends.series_of(store, well.id))
    pens = computed_pens.of_field(workspace, well.field_name)
    standing = tuple(
        f for f in findings.of_well(store, well.id) if f.severity != "info" and f.decision != "rejected"
    )
    marked = Marked(
        standing,
        records.events(store, well.id, since, until),
        records.flow_tests(store, well.id, since, until),
        records.notes(store, well.id, since, until),
    )
    return WellHistory(
        well,
        sensors,
        standing,
        marks_of(marked, workspace.settings.speaker(), origin_us),
        tuple(computed_pens.possible(pens, {sensor.key for sensor in sensors})),
        modelled.results(workspace, well).series,
        tuple(trend_views.every(workspace, well)),
        trend_views.last(workspace, well),
    )


def fetch_trends(
    job: Job,
    workspace: Workspace,
    well: int,
    sensors: list[int],
    computed: tuple[ComputedPen, ...],
    from_us: int,
    to_us: int,
    columns: int,
) -> FetchedTrends:
    result = trends.of_sensors(workspace.store, well, sensors, from_us, to_us, columns, job)
    made = computed_pens.series(workspace, well, computed, from_us, to_us, columns, job) if computed else {}
    return FetchedTrends(result, made)


def _fetch_bands(job: Job, workspace: Workspace, well: Well) -> FetchedBands:
    return FetchedBands(usual_bands(workspace, well, job))


def _fetch_span(job: Job, store: Database, well: int) -> tuple[int, int] | None:
    return trends.span(store, well)


class TrendsPresenter(QObject):
    concerned = Signal()  # something that the page shows has changed
    history_ready = Signal(WellHistory)
    trends_ready = Signal(FetchedTrends)
    bands_ready = Signal(FetchedBands)
    new_readings = Signal(Window)  # what there is of the well, grown

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._runner = context.runner
        self._store = context.workspace.store
        self._span: tuple[int, int] | None = None
        self._fetched: tuple[Asked, int, int, int] | None = None
        context.changed.connect(self._changed)
        self._live = QTimer(self)
        self._live.timeout.connect(self._look_for_new)

    def load_history(self, well: Well, span: tuple[int, int], origin_us: int) -> Task:
        """`origin_us`: where the chart's seconds begin, on which the marks stand."""
        self._span = span
        self._fetched = None
        day = 86_400_000_000
        return self._runner.start(
            _fetch_history,
            self._context.workspace,
            well,
            from_us(span[0] - 30 * day),
            from_us(span[1] + 30 * day),
            origin_us,
            lane="store",
            purpose="trends history",
            done=self.history_ready,
        )

    @Slot(Changed)
    def _changed(self, change: Changed) -> None:
        well = self._context.well
        if well is not None and change.concerns(well.id, READS):
            self.concerned.emit()

    def load_bands(self, well: Well) -> None:
        self._runner.start(
            _fetch_bands, self._context.workspace, well, purpose="usual bands", done=self.bands_ready
        )

    def request(
        self,
        well: int,
        sensors: list[int],
        computed: tuple[ComputedPen, ...],
        from_us: int,
        to_us: int,
        columns: int,
    ) -> None:
        """Fetch unless what was fetched last still covers the window at the same zoom."""
        if not (sensors or computed) or to_us <= from_us:
            return
        wanted = ((tuple(sensors), computed), from_us, to_us, columns)
        if self._covers(wanted):
            return
        margin = int((to_us - from_us) * MARGIN)
        self._fetched = (wanted[0], from_us - margin, to_us + margin, columns)
        self._runner.start(
            fetch_trends,
            self._context.workspace,
            well,
            sensors,
            computed,
            from_us - margin,
            to_us + margin,
            int(columns * (1 + 2 * MARGIN)),
            lane="store",
            purpose="trends",
            done=self.trends_ready,
        )

    def _covers(self, wanted: tuple[Asked, int, int, int]) -> bool:
        if self._fetched is None:
            return False
        sensors, low, high, columns = self._fetched
        if sensors != wanted[0] or columns != wanted[3]:
            return False
        span, fetched = wanted[2] - wanted[1], (high - low) / (1 + 2 * MARGIN)
        # An eighth of a screen before the edge of what is there the next piece is asked for.
        edge = span // 8
        return abs(span - fetched) < 0.02 * fetched and low + edge <= wanted[1] and wanted[2] + edge <= high

    def forget(self) -> None:
        """Data changed: the next request fetches whatever the window is."""
        self._fetched = None

    def follow(self, on: bool) -> None:
        """Receive at the data's rate, draw at the screen's: every tick asks only whether the span has
        grown.
        """
        if on:
            self._live.start(int(1000 * self._context.workspace.settings["live_interval_s"]))
        else:
            self._live.stop()

    @property
    def following(self) -> bool:
        return self._live.isActive()

    @Slot()
    def _look_for_new(self) -> None:
        well = self._context.well
        if well is not None:
            self._runner.start(
                _fetch_span, self._store, well.id, lane="store", purpose="live", done=self._span_known
            )

    @Slot(object)
    def _span_known(self, span: tuple[int, int] | None) -> None:
        if span is not None and (self._span is None or span[1] > self._span[1]):
            self._span = span
            self.forget()
            self.new_readings.emit(Window(*span))

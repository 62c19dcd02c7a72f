"""Trends: what happened when."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.core.clock import from_us, to_us
from app.models.findings import Finding
from app.models.sensors import SENSORS
from app.models.wells import Well
from app.views import widgets
from app.views.charting.actions import ChartActions
from app.views.commands.chart import CHART
from app.views.context import Context
from app.views.period import CUSTOM, Moment, Period, Window
from app.views.plots.strip import Mark
from app.views.plots.time_chart import TimeChart
from app.views.read_of_well import ReadOfWell
from app.views.tasks import Task
from app.views.trends.bar import TrendsBar
from app.views.trends.drawing import draw
from app.views.trends.legend import Legend
from app.views.trends.marks import bands_of
from app.views.trends.measured import MeasuredPanel
from app.views.trends.modelled import lay_models
from app.views.trends.parting import ChartAndNames
from app.views.trends.pen_dialogs import PenDialogs
from app.views.trends.pens import COMPUTED_GAP_S, Pens
from app.views.trends.presenter import FetchedTrends, TrendsPresenter, WellHistory
from app.views.trends.usual import Usual
from app.views.trends.views_menu import Views


class TrendsPage(QWidget):
    key = "trends"
    scenes = ("usual",)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._presenter = TrendsPresenter(context, self)
        self._seen = ReadOfWell(context, self, self._renew)
        self._history: WellHistory | None = None
        self._another_well = True
        self._pending_finding: str | None = None
        self._chosen_finding: Finding | None = None
        self.chart = TimeChart(context.theme, context.speaker.language, context.speaker.zone)
        self.legend = Legend(context)
        self._empty = QLabel()
        self.pens = Pens(context, self.chart, self.legend, self)
        self.views = Views(context, self.chart, self.pens, self)
        self.dialogs = PenDialogs(context, self.chart, self.pens, self)
        self.usual = Usual(context, self.chart, self._presenter, self)
        self.actions_of_chart = ChartActions(context, self.chart, CHART)
        self.measured = MeasuredPanel(context, self.chart)
        self.given = self.actions_of_chart.given
        self.computed_button = self.given.button("chart.computed")
        self.bar = TrendsBar(
            context.speaker,
            self.given,
            (self.views.button, self.usual.button, self.usual.templates, self.computed_button),
        )
        self._build()
        self._connect()

    def _build(self) -> None:
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setText(
            self.tr("No readings yet. Drop a CSV or Parquet file on the window to import them.")
        )
        self._empty.setWordWrap(True)
        large = self._context.workspace.settings["glove_mode"] or self._context.theme.frame_px > 1
        side = ChartAndNames(self.chart, self.legend, 400 if large else 340)
        self._body = side
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addWidget(self.bar)
        layout.addWidget(side, 1)
        layout.addWidget(self.measured)
        layout.addWidget(self._empty, 1)
        self._empty.hide()

    def _connect(self) -> None:
        context, chart = self._context, self.chart
        context.well_changed.connect(self._well_changed)
        context.period_changed.connect(self._period_changed)
        self._presenter.concerned.connect(self._seen.wanted)
        self._presenter.history_ready.connect(self._history_ready)
        self._presenter.trends_ready.connect(self._trends_ready)
        self._presenter.new_readings.connect(self._new_readings)
        self.pens.changed.connect(self._pens_changed)
        self.usual.template_chosen.connect(self.pens.show_template)
        self.bar.finding_wanted.connect(self.open_finding)
        chart.window_moved.connect(self._request)
        chart.window_settled.connect(self._window_settled)
        chart.user_moved.connect(self._stop_following)
        chart.fit_wanted.connect(self._fit_all)
        chart.pointed.connect(self._pointed)
        chart.mark_chosen.connect(self._mark_chosen)
        self.dialogs.changed.connect(self._computed_changed)
        self.views.renew_wanted.connect(self._computed_changed)
        self.bar.follow.toggled.connect(self._set_following)

    # ---- the well ------------------------------------------------------------------------------------------

    @Slot(Well)
    def _well_changed(self, well: Well) -> None:
        self._history, self._another_well = None, True

    def _renew(self) -> Task | None:
        well, span = self._context.well, self._context.span
        if well is None:
            return None
        if self._another_well:
            self._another_well = False
            self.pens.forget()
            self._show_evidence(None)
            widgets.show_one(span is not None, self._body, self._empty)
            if span is not None:
                self.chart.set_origin(span[0])
        if span is None:
            return None
        self.views.asked()
        return self._presenter.load_history(well, span, self.chart.origin_us)

    @Slot(WellHistory)
    def _history_ready(self, history: WellHistory) -> None:
        self._history = history
        self._seen.fill(self._shown_of(history))

    def _shown_of(self, history: WellHistory) -> Iterator[None]:
        yield from self.pens.coming(history)
        yield
        self.views.of(history)
        self.chart.set_marks(history.marks)
        self.bar.offer_findings(history.findings)
        period = self._context.period
        if period is not None:
            self.chart.set_window_us(period.from_us, period.to_us)
        if self._pending_finding is not None:
            wanted, self._pending_finding = self._pending_finding, None
            self.open_finding(wanted)

    @Slot()
    def _pens_changed(self) -> None:
        self._presenter.forget()
        window = self.chart.window_us()
        if window:
            self._request(Window(*window))
        self.usual.renew()
        if self._history is not None:
            lay_models(self.chart, self._history.models, self._context.speaker.units)

    def show_scene(self, scene: str) -> None:
        """The pens of a condition over what they usually show."""
        self.pens.show_template("pump_off")
        self.usual.button.setChecked(True)

    # ---- the window ----------------------------------------------------------------------------------------

    @Slot(Period)
    def _period_changed(self, period: Period | None) -> None:
        """A hidden page takes it over when it is shown, with its readings."""
        if period is not None and self._is_read and self.chart.window_us() != (period.from_us, period.to_us):
            self.chart.set_window_us(period.from_us, period.to_us)

    @property
    def _is_read(self) -> bool:
        return self.isVisible() and not self._seen.waits

    @Slot(Window)
    def _request(self, window: Window) -> None:
        well = self._context.well
        if well is not None and self.isVisible():
            drawn = self.chart.traces
            sensors = [SENSORS[key].number for key in drawn if key in SENSORS]
            pens = self._history.computed if self._history is not None else ()
            computed = tuple(pen for pen in pens if pen.key in drawn)
            self._presenter.request(
                well.id, sensors, computed, window.from_us, window.to_us, self.chart.columns()
            )

    @Slot(Window)
    def _window_settled(self, window: Window) -> None:
        """Other pages take the window over; a preset that was not touched keeps its name."""
        period = self._context.period
        if self.isVisible() and (period is None or Window(period.from_us, period.to_us) != window):
            self._context.set_period(Period(CUSTOM, window.from_us, window.to_us))

    @Slot(FetchedTrends)
    def _trends_ready(self, answer: FetchedTrends) -> None:
        units = self._context.speaker.units
        draw(self.chart, answer.by_sensor, units)
        none, no_time = np.empty(0), np.empty(0, np.int64)
        for key, series in answer.computed.items():
            unit = units.unit(self.pens.quantity_of(key))
            self.chart.set_data(
                key, series.time_us, unit.from_si(series.value), no_time, none, COMPUTED_GAP_S
            )
        self.chart.fit_y()

    @Slot()
    def _fit_all(self) -> None:
        if self._context.span is not None:
            self.chart.release_scales()
            self._context.choose_preset(self._context.preset)
            period = self._context.period
            if period is not None:
                self.chart.set_window_us(period.from_us, period.to_us)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._period_changed(self._context.period)
        window = self.chart.window_us()
        if window and self._is_read:
            self._request(Window(*window))

    # ---- live ----------------------------------------------------------------------------------------------

    @Slot(bool)
    def _set_following(self, on: bool) -> None:
        self._presenter.follow(on)
        self._context.syncing.hurry(on)
        if on and self._context.span is not None:
            self._new_readings(Window(*self._context.span))

    @Slot()
    def _stop_following(self) -> None:
        self.bar.follow.setChecked(False)

    @Slot(Window)
    def _new_readings(self, grown: Window) -> None:
        span = self._context.span = (grown.from_us, grown.to_us)
        window = self.chart.window_us()
        if window and self._presenter.following:
            width = window[1] - window[0]
            self.chart.set_window_us(span[1] - width + width // 50, span[1] + width // 50)
            self._request(Window(*(self.chart.window_us() or window)))

    @Slot()
    def _computed_changed(self) -> None:
        self._presenter.forget()
        self._seen.wanted()

    # ---- pens and pointer ----------------------------------------------------------------------------------

    @Slot(Moment)
    def _pointed(self, moment: Moment | None) -> None:
        if moment is None:
            self.legend.table.set_values({})
            self.bar.moment.setText("")
            return
        self.legend.table.set_values(self.chart.values_at(moment.us))
        self.bar.moment.setText(self._context.speaker.moment(from_us(moment.us)))

    # ---- findings ------------------------------------------------------------------------------------------

    @Slot(Mark)
    def _mark_chosen(self, mark: Mark) -> None:
        if mark.kind == "finding":
            self.open_finding(mark.key)

    def open(self, argument: object) -> None:
        """From another page: show the place of a finding."""
        if isinstance(argument, Finding):
            behind = self._seen.waits or self._seen.filling or self._history is None
            if behind or self._history.well.id != argument.well_id:
                self._pending_finding = argument.id
            else:
                self.open_finding(argument.id)

    @Slot(str)
    def open_finding(self, finding_id: str) -> None:
        finding = (
            next((f for f in self._history.findings if f.id == finding_id), None) if self._history else None
        )
        if finding is None:
            return
        self.pens.show([e.sensor for e in finding.evidence if e.sensor])
        self._show_evidence(finding)
        start, end = to_us(finding.from_at), to_us(finding.to_at)
        margin = max((end - start) * 3 // 4, 43_200_000_000)
        self.chart.set_window_us(start - margin, end + margin // 2)
        self._stop_following()

    def _show_evidence(self, finding: Finding | None) -> None:
        self._chosen_finding = finding
        self.bar.tell(finding)
        self.chart.set_bands({} if finding is None else bands_of(finding, self._context.theme))

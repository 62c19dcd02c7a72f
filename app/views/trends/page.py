"""Trends: what happened when."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.clock import from_us, to_us
from app.models.findings import Finding
from app.models.readings import Trend
from app.models.sensors import BY_NUMBER, SENSORS
from app.models.sensors.spec import Sensor
from app.models.wells import Well
from app.reports import wording
from app.services.diagnosis.baselines import TEMPLATES
from app.views import widgets
from app.views.context import Context
from app.views.period import Period
from app.views.plots.pane import PenSpec
from app.views.plots.strip import Mark
from app.views.plots.time_chart import TimeChart
from app.views.trends.actions import ChartActions
from app.views.trends.legend import Legend
from app.views.trends.marks import marks_of
from app.views.trends.presenter import TrendsPresenter, WellHistory
from app.views.trends.usual import Usual

# What is drawn of a well that is opened for the first time: the pens that tell most, few enough to read.
FIRST_PENS = (
    "intake_pressure",
    "motor_temperature",
    "intake_temperature",
    "motor_current",
    "frequency",
    "active_power",
    "pumping_speed",
    "wellhead_pressure",
    "dynamic_level",
)
FIRST_PENS_MOST = 5
GROUPS = ("pressures", "temperatures", "electrical", "condition", "rates", "levels")


class TrendsPage(QWidget):
    key = "trends"
    scenes = ("usual",)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._presenter = TrendsPresenter(context, self)
        self._history: WellHistory | None = None
        self._shown: dict[int, list[str]] = {}
        self._solo: str | None = None
        self._pending_finding: str | None = None
        self._chosen_finding: Finding | None = None
        self.chart = TimeChart(context.theme, context.speaker.language)
        self.legend = Legend(context)
        self._empty = QLabel()
        self._finding_name = widgets.strong()
        self._evidence = widgets.ElidedLabel()
        self.usual = Usual(context, self.chart, self._presenter, self)
        self._build()
        self.actions_of_chart = ChartActions(context, self.chart, self)
        self._connect()

    def _build(self) -> None:
        self._follow = QToolButton(text=self.tr("Follow"), checkable=True)
        self._follow.setToolTip(self.tr("Keep the newest readings in view"))
        self._back = QToolButton(text="←")
        self._back.setToolTip(self.tr("Previous view (Backspace)"))
        self._back.setAccessibleName(self.tr("Previous view"))
        self._forward = QToolButton(text="→")
        self._forward.setToolTip(self.tr("Next view (Shift+Backspace)"))
        self._forward.setAccessibleName(self.tr("Next view"))
        self._fit = QToolButton(text=self.tr("Whole period"))
        self._jump = QToolButton(text=self.tr("Go to finding"))
        self._jump.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._jump.setMenu(QMenu(self._jump))
        self._moment = QLabel()
        self._moment.setProperty("role", "muted")
        bar = QHBoxLayout()
        for widget in (
            self._back,
            self._forward,
            self._fit,
            self._follow,
            self.usual.button,
            self.usual.templates,
            self._jump,
        ):
            bar.addWidget(widget)
        bar.addWidget(self._finding_name)
        bar.addWidget(self._evidence, 1)
        bar.addWidget(self._moment)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setText(
            self.tr("No readings yet. Drop a CSV or Parquet file on the window to import them.")
        )
        self._empty.setWordWrap(True)
        side = QSplitter(Qt.Orientation.Horizontal)
        side.addWidget(self.chart)
        side.addWidget(self.legend)
        side.setStretchFactor(0, 1)
        side.setSizes([720, 380] if self._context.workspace.settings["glove_mode"] else [800, 300])
        side.setCollapsible(0, False)
        self._body = side
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addLayout(bar)
        layout.addWidget(side, 1)
        layout.addWidget(self._empty, 1)
        self._empty.hide()

    def _connect(self) -> None:
        context, chart = self._context, self.chart
        context.well_changed.connect(self._well_changed)
        context.period_changed.connect(self._period_changed)
        context.well_data_changed.connect(self._well_data_changed)
        self._presenter.history_ready.connect(self._history_ready)
        self._presenter.trends_ready.connect(self._trends_ready)
        self._presenter.new_readings.connect(self._new_readings)
        self.usual.template_chosen.connect(self.show_template)
        chart.window_moved.connect(self._request)
        chart.window_settled.connect(self._window_settled)
        chart.user_moved.connect(self._stop_following)
        chart.fit_wanted.connect(self._fit_all)
        chart.pointed.connect(self._pointed)
        chart.menu_wanted.connect(self._menu)
        chart.mark_chosen.connect(self._mark_chosen)
        self.legend.table.toggled.connect(self._toggle)
        self.legend.solo_wanted.connect(self._solo_changed)
        self._follow.toggled.connect(self._set_following)
        self._back.clicked.connect(chart.back)
        self._forward.clicked.connect(chart.forward)
        self._fit.clicked.connect(self._fit_all)

    # ---- the well ------------------------------------------------------------------------------------------

    @Slot(object)
    def _well_changed(self, well: Well) -> None:
        span = self._context.span
        self._history = None
        self._solo = None
        self._show_evidence(None)
        self._body.setVisible(span is not None)
        self._empty.setVisible(span is None)
        if span is not None:
            self.chart.set_origin(span[0])
            self._presenter.load_history(well, span)

    @Slot(object)
    def _history_ready(self, history: WellHistory) -> None:
        self._history = history
        if history.well.id not in self._shown:
            present = {sensor.key for sensor in history.sensors}
            self._shown[history.well.id] = [key for key in FIRST_PENS if key in present][:FIRST_PENS_MOST]
        self._rebuild_pens()
        self._show_marks()
        period = self._context.period
        if period is not None:
            self.chart.set_window_us(period.from_us, period.to_us)
        if self._pending_finding is not None:
            wanted, self._pending_finding = self._pending_finding, None
            self.open_finding(wanted)

    def _rebuild_pens(self) -> None:
        assert self._history is not None
        shown = self._shown[self._history.well.id]
        colours = {key: self._context.theme.pen(index) for index, key in enumerate(shown)}
        groups = [
            [
                self._spec(sensor, colours[sensor.key])
                for sensor in self._history.sensors
                if sensor.group == group and sensor.key in colours
            ]
            for group in GROUPS
        ]
        self.chart.set_pens(groups)
        ordered = sorted(self._history.sensors, key=lambda sensor: GROUPS.index(sensor.group))
        self.legend.table.reset(ordered, shown, colours)
        self._presenter.forget()
        window = self.chart.window_us()
        if window:
            self._request(*window)
        self.usual.renew()

    def _spec(self, sensor: Sensor, colour: str) -> PenSpec:
        speaker = self._context.speaker
        unit, name = speaker.unit(sensor.quantity), sensor.name(speaker.language)
        quantity = self._quantity_name(sensor.quantity)
        return PenSpec(sensor.key, name, sensor.quantity, f"{quantity}, {unit}" if unit else quantity, colour)

    def _quantity_name(self, quantity: str) -> str:
        return {
            "pressure": self.tr("Pressure"),
            "surface_pressure": self.tr("Pressure"),
            "temperature": self.tr("Temperature"),
            "current": self.tr("Current"),
            "voltage": self.tr("Voltage"),
            "frequency": self.tr("Frequency"),
            "power": self.tr("Power"),
            "number": self.tr("Power factor"),
            "ratio": self.tr("Share"),
            "resistance": self.tr("Insulation"),
            "acceleration": self.tr("Vibration"),
            "pumping_speed": self.tr("Speed"),
            "rate": self.tr("Rate"),
            "mass_rate": self.tr("Rate"),
            "small_length": self.tr("Choke"),
            "length": self.tr("Level"),
        }.get(quantity, quantity)

    def show_scene(self, scene: str) -> None:
        """The pens of a condition over what they usually show."""
        self.show_template("pump_off")
        self.usual.button.setChecked(True)

    @Slot(str)
    def show_template(self, code: str) -> None:
        """The pens of a condition instead of those that are shown."""
        if self._history is None:
            return
        present = {sensor.key for sensor in self._history.sensors}
        wanted = [key for key in TEMPLATES[code] if key in present]
        if wanted:
            self._shown[self._history.well.id] = wanted
            self._rebuild_pens()

    # ---- the window ----------------------------------------------------------------------------------------

    @Slot(object)
    def _period_changed(self, period: Period | None) -> None:
        if period is not None and self.chart.window_us() != (period.from_us, period.to_us):
            self.chart.set_window_us(period.from_us, period.to_us)

    @Slot(object, object)
    def _request(self, from_us: int, to_us: int) -> None:
        well = self._context.well
        if well is not None and self.isVisible():
            sensors = [SENSORS[key].number for key in self.chart.traces]
            self._presenter.request(well.id, sensors, from_us, to_us, self.chart.columns())

    @Slot(object, object)
    def _window_settled(self, from_us: int, to_us: int) -> None:
        """Other pages take the window over; a preset that was not touched keeps its name."""
        period = self._context.period
        if self.isVisible() and (period is None or (period.from_us, period.to_us) != (from_us, to_us)):
            self._context.set_period(Period("custom", from_us, to_us))

    @Slot(object)
    def _trends_ready(self, answer: dict[int, Trend]) -> None:
        units = self._context.speaker.units
        for number, trend in answer.items():
            sensor = BY_NUMBER[number]
            unit = units.unit(sensor.quantity)
            self.chart.set_data(
                sensor.key,
                trend.time_us,
                unit.from_si(trend.value),
                trend.bad_time_us,
                unit.from_si(trend.bad_value),
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
        window = self.chart.window_us()
        if window:
            self._request(*window)

    # ---- live ----------------------------------------------------------------------------------------------

    @Slot(bool)
    def _set_following(self, on: bool) -> None:
        self._presenter.follow(on)
        self._context.syncing.hurry(on)
        if on and self._context.span is not None:
            self._new_readings(self._context.span)

    @Slot()
    def _stop_following(self) -> None:
        self._follow.setChecked(False)

    @Slot(object)
    def _new_readings(self, span: tuple[int, int]) -> None:
        self._context.span = span
        window = self.chart.window_us()
        if window and self._presenter.following:
            width = window[1] - window[0]
            self.chart.set_window_us(span[1] - width + width // 50, span[1] + width // 50)
            self._request(*self.chart.window_us() or window)

    @Slot(object)
    def _well_data_changed(self, well: Well) -> None:
        if self._context.span is not None:
            self._presenter.load_history(well, self._context.span)

    # ---- pens and pointer ----------------------------------------------------------------------------------

    @Slot(str, bool)
    def _toggle(self, key: str, on: bool) -> None:
        if self._history is None:
            return
        shown = self._shown[self._history.well.id]
        self._shown[self._history.well.id] = [*shown, key] if on else [k for k in shown if k != key]
        self._rebuild_pens()

    def show_pens(self, keys: list[str]) -> None:
        """Add pens that a finding speaks of."""
        if self._history is None:
            return
        present = {sensor.key for sensor in self._history.sensors}
        missing = [key for key in keys if key in present and key not in self._shown[self._history.well.id]]
        if missing:
            self._shown[self._history.well.id] += missing
            self._rebuild_pens()

    @Slot(object)
    def _solo_changed(self, key: str | None) -> None:
        self._solo = key
        self.chart.show_pens(set(), key)

    @Slot(object)
    def _pointed(self, moment_us: int | None) -> None:
        if moment_us is None:
            self.legend.table.set_values({})
            self._moment.setText("")
            return
        gaps = {key: max(SENSORS[key].gap_s, 3600.0) for key in self.chart.traces}
        self.legend.table.set_values(self.chart.values_at(moment_us, gaps))
        self._moment.setText(self._context.speaker.moment(from_us(moment_us)) + " UTC")

    @Slot(QPoint, object)
    def _menu(self, point: QPoint, moment_us: int) -> None:
        self.actions_of_chart.popup(point, moment_us, self._solo)

    # ---- findings ------------------------------------------------------------------------------------------

    def _show_marks(self) -> None:
        assert self._history is not None
        speaker = self._context.speaker
        self.chart.set_marks(marks_of(self._history, speaker, self.chart.to_x))
        menu = self._jump.menu()
        menu.clear()
        for finding in self._history.findings:
            action = QAction(
                f"{wording.finding_title(finding, speaker)} · {wording.period_words(finding, speaker)}", menu
            )
            action.setData(finding.id)
            action.triggered.connect(self._jump_chosen)
            menu.addAction(action)
        self._jump.setEnabled(bool(self._history.findings))

    @Slot()
    def _jump_chosen(self) -> None:
        self.open_finding(self.sender().data())  # type: ignore[attr-defined]

    @Slot(object)
    def _mark_chosen(self, mark: Mark) -> None:
        if mark.kind == "finding":
            self.open_finding(mark.key)

    def catch_up(self, well: Well) -> None:
        self._well_changed(well)

    def open(self, argument: object) -> None:
        """From another page: show the place of a finding."""
        if isinstance(argument, Finding):
            if self._history is None or self._history.well.id != argument.well_id:
                self._pending_finding = argument.id
            else:
                self.open_finding(argument.id)

    def open_finding(self, finding_id: str) -> None:
        finding = (
            next((f for f in self._history.findings if f.id == finding_id), None) if self._history else None
        )
        if finding is None:
            return
        self.show_pens([e.sensor for e in finding.evidence if e.sensor])
        self._show_evidence(finding)
        start, end = to_us(finding.from_at), to_us(finding.to_at)
        margin = max((end - start) * 3 // 4, 43_200_000_000)
        self.chart.set_window_us(start - margin, end + margin // 2)
        self._stop_following()

    def _show_evidence(self, finding: Finding | None) -> None:
        self._chosen_finding = finding
        if finding is None:
            self._finding_name.setText("")
            self._evidence.setText("")
            self.chart.set_bands({})
            return
        speaker, colour = self._context.speaker, self._context.theme.status[finding.severity]
        bands: dict[str, list[tuple[int, int, str]]] = {}
        for evidence in finding.evidence:
            if evidence.from_at is not None and evidence.to_at is not None and evidence.sensor:
                bands.setdefault(evidence.sensor, []).append(
                    (to_us(evidence.from_at), to_us(evidence.to_at), colour)
                )
        self.chart.set_bands(bands)
        first = wording.evidence_line(finding.evidence[0], speaker) if finding.evidence else ""
        self._finding_name.setText(wording.finding_title(finding, speaker))
        self._evidence.setText(first)
        self._evidence.setToolTip("\n".join(wording.evidence_line(e, speaker) for e in finding.evidence))

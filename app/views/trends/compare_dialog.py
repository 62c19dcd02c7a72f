"""Pens laid over each other: one against another coloured by time, of several wells, of several periods."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.core.clock import from_us
from app.core.jobs import Job
from app.core.units import DAY_S
from app.models.store import records
from app.models.wells import Well
from app.services.wells import comparing
from app.services.wells.comparing import Slice
from app.services.wells.computed_pens import ComputedPen, Series, shown_as
from app.services.workspace import Workspace
from app.views import widgets
from app.views.calm import ChoiceBox, WholeNumberBox
from app.views.charting import menu as charting
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.period import Window
from app.views.plots.xy_chart import Series as Drawn
from app.views.plots.xy_chart import XYChart
from app.views.settling import Soon
from app.views.theme import mixed

AGAINST, WELLS, PERIODS = "against", "wells", "periods"
COLUMNS = 1_500
MOST_PERIODS = 7
Ends = tuple[int, int]


def _against(
    job: Job, workspace: Workspace, well: int, x: ComputedPen, y: ComputedPen, window: Ends
) -> list[Slice]:
    return comparing.against(workspace, well, x, y, window, COLUMNS, job)


def _of_wells(
    job: Job, workspace: Workspace, wells: list[Well], pen: ComputedPen, window: Ends
) -> list[tuple[Well, Series]]:
    return comparing.of_wells(workspace, wells, pen, window, COLUMNS, job)


def _of_periods(
    job: Job, workspace: Workspace, well: int, pen: ComputedPen, window: Ends, earlier: int
) -> list[tuple[Ends, Series]]:
    return comparing.of_periods(workspace, well, pen, window, earlier, COLUMNS, job)


class CompareDialog(FittedDialog):
    """`pens` are the well's, the first two are chosen at first."""

    def __init__(
        self, context: Context, well: Well, pens: list[ComputedPen], window: Window, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._well, self._window = context, well, (window.from_us, window.to_us)
        speaker = context.speaker
        self.setWindowTitle(self.tr("Compare · well {name}").format(name=well.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.mode, self.y, self.x = ChoiceBox(), ChoiceBox(), ChoiceBox()
        for key, words in (
            (AGAINST, self.tr("One pen against another")),
            (WELLS, self.tr("The pen of several wells")),
            (PERIODS, self.tr("The pen in several periods")),
        ):
            self.mode.addItem(words, key)
        for pen in pens:
            for box in (self.y, self.x):
                box.addItem(pen.name(speaker.language), pen)
        self.x.setCurrentIndex(min(1, len(pens) - 1))
        self.wells = QListWidget()
        self.earlier = WholeNumberBox(minimum=1, maximum=MOST_PERIODS, value=1)
        self.state = widgets.muted()
        self.points = XYChart(context.theme, speaker.language, "", "")
        self.lines = XYChart(context.theme, speaker.language, "", "", time=speaker.zone)
        self._titles: dict[str, QLabel] = {}
        self._build()
        self._soon = Soon(self)
        self._soon.timeout.connect(self._ask)
        self.mode.currentIndexChanged.connect(self._mode_changed)
        for box in (self.y, self.x):
            box.currentIndexChanged.connect(self._soon.start)
        self.wells.itemChanged.connect(self._soon.start)
        self.earlier.valueChanged.connect(self._soon.start)
        self._mode_changed()

    def _build(self) -> None:
        for well in records.wells(self._context.workspace.store):
            if well.id == self._well.id or well.lift != self._well.lift:
                continue
            item = QListWidgetItem(well.name)
            item.setData(Qt.ItemDataRole.UserRole, well)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.wells.addItem(item)
        side = QVBoxLayout()
        for key, words, field in (
            ("mode", self.tr("What is laid over"), self.mode),
            ("y", self.tr("Pen"), self.y),
            ("x", self.tr("Against"), self.x),
            (WELLS, self.tr("Wells with the same lift"), self.wells),
            (PERIODS, self.tr("Earlier periods of the same length"), self.earlier),
        ):
            self._titles[key] = QLabel(words, wordWrap=True)
            self._titles[key].setBuddy(field)
            field.setAccessibleName(words)
            side.addWidget(self._titles[key])
            side.addWidget(field)
        side.addWidget(self.state)
        side.addStretch(1)
        left = QWidget()
        left.setLayout(side)
        left.setFixedWidth(280)
        charts = QVBoxLayout()
        charts.addWidget(self.points, 1)
        charts.addWidget(self.lines, 1)
        layout = QHBoxLayout(self)
        layout.addWidget(left)
        layout.addLayout(charts, 1)
        room = self.parentWidget().window().size()
        self.resize(min(1100, room.width() - 40), min(640, room.height() - 40))

    @property
    def _kind(self) -> str:
        return str(self.mode.currentData())

    @Slot()
    def _mode_changed(self, *_: object) -> None:
        for key, field in (("x", self.x), (WELLS, self.wells), (PERIODS, self.earlier)):
            wanted = self._kind == (AGAINST if key == "x" else key)
            field.setVisible(wanted)
            self._titles[key].setVisible(wanted)
        self.wells.doItemsLayout()  # what was hidden has the rows of before it had its style
        widgets.show_one(self._kind == WELLS, self.lines, self.points)
        self._soon.start()

    # ---- what is laid over ---------------------------------------------------------------------------------

    @Slot()
    def _ask(self) -> None:
        workspace, y, window = self._context.workspace, self.y.currentData(), self._window
        if y is None:
            return
        self.state.setText(self.tr("Reading…"))
        if self._kind == AGAINST:
            work, given, done = (
                _against,
                (int(self._well.id), self.x.currentData(), y, window),
                self._show_points,
            )
        elif self._kind == WELLS:
            work, given, done = _of_wells, ([self._well, *self._chosen()], y, window), self._show_wells
        else:
            given = (int(self._well.id), y, window, self.earlier.value())
            work, done = _of_periods, self._show_periods
        self._context.runner.start(work, workspace, *given, purpose=f"compare {id(self)}", done=done)

    def _chosen(self) -> list[Well]:
        items = [self.wells.item(row) for row in range(self.wells.count())]
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]

    @Slot(object)
    def _show_points(self, found: list[Slice]) -> None:
        x, y = self.x.currentData(), self.y.currentData()
        speaker = self._context.speaker
        self.points.titles(self._title(x), self._title(y), downwards=self._is_depth(y))
        made = [
            Drawn(
                speaker.day(from_us(one.from_us)),
                self._as_shown(x, one.x),
                self._as_shown(y, one.y),
                self._between(number / max(len(found) - 1, 1)),
                points=True,
                line=False,
            )
            for number, one in enumerate(found)
        ]
        self._draw(self.points, made)

    @Slot(object)
    def _show_wells(self, found: list[tuple[Well, Series]]) -> None:
        pen = self.y.currentData()
        self.lines.titles("", self._title(pen), downwards=self._is_depth(pen))
        made = [
            Drawn(well.name, one.time_us, self._as_shown(pen, one.value), self._context.theme.pen(number))
            for number, (well, one) in enumerate(found)
        ]
        self._draw(self.lines, made)

    @Slot(object)
    def _show_periods(self, found: list[tuple[Ends, Series]]) -> None:
        pen, speaker = self.y.currentData(), self._context.speaker
        title = self.tr("Days since the beginning")
        self.points.titles(title, self._title(pen), downwards=self._is_depth(pen))
        made = [
            Drawn(
                f"{speaker.day(from_us(window[0]))} – {speaker.day(from_us(window[1]))}",
                (one.time_us - window[0]) / 1e6 / DAY_S,
                self._as_shown(pen, one.value),
                self._context.theme.pen(number),
                dash=number > 0,
            )
            for number, (window, one) in enumerate(found)
        ]
        self._draw(self.points, made)

    def _draw(self, chart: XYChart, made: list[Drawn]) -> None:
        chart.show_series(made)
        self.state.setText("" if made else self.tr("There is nothing of it in this period."))

    def _title(self, pen: ComputedPen) -> str:
        shown, speaker = shown_as(pen.formula, pen.quantity), self._context.speaker
        unit = shown.unit or speaker.unit(shown.quantity)
        unit = self.tr("{unit}/d").format(unit=unit) if shown.per_day else unit
        name = pen.name(speaker.language)
        return f"{name}, {unit}" if unit else name

    def _is_depth(self, pen: ComputedPen) -> bool:
        return shown_as(pen.formula, pen.quantity).downwards

    def _as_shown(self, pen: ComputedPen, value: np.ndarray) -> np.ndarray:
        quantity = shown_as(pen.formula, pen.quantity).quantity
        return np.asarray(self._context.speaker.units.unit(quantity).from_si(value))

    def _between(self, part: float) -> str:
        """Of the colours: the first of the pens at the beginning, the second at the end."""
        theme = self._context.theme
        return mixed(theme.pen(0), theme.pen(1), part).name()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        under = self.childAt(self.mapFromGlobal(event.globalPos()))
        charting.offer(self._context, under, event.globalPos(), "trends")

"""Cards: what does the pump do. A strip of all cards, the chosen ones laid over each other, figures beside."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.core.clock import from_us, to_us
from app.models.cards import StoredCard
from app.models.findings import Finding
from app.models.wells import Well
from app.reports.sections.card import figures
from app.reports.wording import remark_line
from app.views import widgets
from app.views.cards.presenter import AnalysedCard, CardsPresenter
from app.views.cards.table import CardTable
from app.views.context import Context
from app.views.finding_box import FindingBox
from app.views.period import Period
from app.views.plots.card_chart import CardChart, Curve, Level, PointsChart

OVERLAY_MOST = 12


class CardsPage(QWidget):
    key = "cards"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._presenter = CardsPresenter(context, self)
        self._all: list[StoredCard] = []
        self._shown: list[StoredCard] = []
        self._origin_us = 0
        self._pending: Finding | None = None
        self._highlighted: Finding | None = None
        speaker = context.speaker
        self.strip = PointsChart(context.theme, speaker.language, f"{speaker.say('measure.fillage')}, %")
        self.strip.setFixedHeight(130)
        self.chart = CardChart(
            context.theme, speaker.language, f"{speaker.say('axis.position')}, {speaker.unit('length')}",
            f"{speaker.say('axis.load')}, {speaker.unit('load')}",
        )  # fmt: skip
        self.table = CardTable(context)
        self._caption = widgets.muted()
        self._figures = QVBoxLayout()
        self._empty = widgets.muted(self.tr("No dynamograms in this period. Drop the recorder's file on the window, or choose a longer period."))  # fmt: skip
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._build()
        context.well_changed.connect(self._reload)
        context.period_changed.connect(self._period_changed)
        context.data_changed.connect(self._data_changed)
        self._presenter.history_ready.connect(self._history_ready)
        self._presenter.analysed.connect(self._analysed)
        self.table.selectionModel().selectionChanged.connect(self._selection_changed)
        self.strip.points.sigClicked.connect(self._point_clicked)
        for keys, slot in (("Alt+Left", self._earlier), ("Alt+Right", self._later)):
            QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(slot)  # fmt: skip

    def _build(self) -> None:
        side = QWidget()
        side_layout = QVBoxLayout(side)
        side_layout.setContentsMargins(6, 0, 6, 0)
        side_layout.addLayout(self._figures)
        side_layout.addStretch(1)
        middle = QWidget()
        middle_layout = QVBoxLayout(middle)
        middle_layout.setContentsMargins(0, 0, 0, 0)
        middle_layout.addWidget(self._caption)
        middle_layout.addWidget(self.chart, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(middle)
        split.addWidget(widgets.scrolled(side))
        split.setSizes([290, 480, 330])
        split.setStretchFactor(1, 1)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.strip)
        body.addWidget(split, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addWidget(self._body)
        layout.addWidget(self._empty)
        self._empty.hide()

    # ---- which cards --------------------------------------------------------------------------------------------

    @Slot(object)
    def _reload(self, well: Well) -> None:
        self._highlighted = None
        self._load(well)

    @Slot(object)
    def _period_changed(self, period: Period | None) -> None:
        if self._context.well is not None:
            self._load(self._context.well)

    @Slot(int)
    def _data_changed(self, well_id: int) -> None:
        if self._context.well is not None and self._context.well.id == well_id:
            self._load(self._context.well)

    def _load(self, well: Well) -> None:
        period = self._context.period
        since = from_us(period.from_us) if period else None
        until = from_us(period.to_us) if period else None
        self._presenter.load(well.id, since, until)

    @Slot(object)
    def _history_ready(self, cards: list[StoredCard]) -> None:
        self._all = cards
        self._body.setVisible(bool(cards))
        self._empty.setVisible(not cards)
        self.table.show_cards(cards)
        if not cards:
            return
        self._origin_us = to_us(cards[0].taken_at)
        x = np.array([(to_us(card.taken_at) - self._origin_us) / 1e6 for card in cards])
        y = np.array([100 * (card.figures.get("fillage") or np.nan) for card in cards])
        self.strip.show_points(self._origin_us, x, y)
        if self._pending is not None:
            wanted, self._pending = self._pending, None
            self.open(wanted)
        else:
            self.choose([len(cards) - 1])

    def choose(self, indexes: list[int]) -> None:
        """Select cards by their place in time; the newest of them is analysed."""
        self.table.choose(indexes)

    @Slot()
    def _selection_changed(self) -> None:
        chosen = sorted(self.table.chosen())[-OVERLAY_MOST:]
        self._shown = [self._all[index] for index in chosen]
        if not self._shown:
            return
        x = [(to_us(card.taken_at) - self._origin_us) / 1e6 for card in self._shown]
        y = [100 * (card.figures.get("fillage") or float("nan")) for card in self._shown]
        self.strip.mark(x, y)
        self._presenter.analyse(self._shown)

    @Slot(object, object)
    def _point_clicked(self, item: object, points: list[object]) -> None:
        if len(points):
            index = int(points[0].data())  # type: ignore[attr-defined]
            self.table.choose([index])

    @Slot()
    def _earlier(self) -> None:
        self.step(-1)

    @Slot()
    def _later(self) -> None:
        self.step(1)

    def step(self, by: int) -> None:
        """From anywhere on the page: the card before or after the newest chosen one."""
        chosen = sorted(self.table.chosen())
        if chosen:
            self.choose([min(max(chosen[-1] + by, 0), len(self._all) - 1)])

    # ---- the chart ----------------------------------------------------------------------------------------------

    @Slot(object)
    def _analysed(self, cards: list[AnalysedCard]) -> None:
        speaker, theme = self._context.speaker, self._context.theme
        length, load = speaker.units.unit("length"), speaker.units.unit("load")
        curves, levels, marked = [], [], []
        for rank, item in enumerate(reversed(cards)):
            age = 0.75 * rank / max(len(cards), 1)
            clean, pump = item.analysis.clean, item.analysis.pump
            curves.append(
                Curve(length.from_si(clean.position_m), load.from_si(clean.load_n), theme.pen(0), age)
            )
            if pump is not None:
                curves.append(
                    Curve(length.from_si(pump.position_m), load.from_si(pump.load_n), theme.pen(1), age)
                )
        newest = cards[-1].analysis
        if newest.lines is not None:
            levels = [Level(float(load.from_si(newest.lines.upper_n)), speaker.say("card.upper_line")),
                      Level(float(load.from_si(newest.lines.lower_n)), speaker.say("card.lower_line"))]  # fmt: skip
        if newest.buoyant_weight_n is not None:
            levels.append(Level(float(load.from_si(newest.buoyant_weight_n)), speaker.say("measure.buoyant_rod_weight_n"), left=True))  # fmt: skip
        for finding in cards[-1].findings:
            marked += self._evidence_places(finding, cards[-1])
        self.chart.show_cards(curves, levels, marked)
        moment = speaker.moment(newest.card.taken_at)
        caption = self.tr("{moment} UTC · {speed} strokes per minute · solid: upstroke, dashed: downstroke")
        self._caption.setText(caption.format(moment=moment, speed=speaker.bare(newest.card.strokes_per_minute, "number", digits=1)))  # fmt: skip
        self._show_figures(cards[-1])

    def _evidence_places(
        self, finding: Finding, item: AnalysedCard
    ) -> list[tuple[np.ndarray, np.ndarray, str]]:
        """Where the evidence shows on the pump card: the stretch of the stroke it names."""
        pump = item.analysis.pump
        if pump is None or finding.severity == "info":
            return []
        speaker = self._context.speaker
        length, load = speaker.units.unit("length"), speaker.units.unit("load")
        share = pump.position_m / max(float(pump.position_m.max()), 1e-9)
        top = int(np.argmax(share))
        places = []
        for evidence in finding.evidence:
            if evidence.card_part is None:
                continue
            low, high = evidence.card_part
            where = (share >= low) & (share <= high)
            stroke = np.arange(len(share)) <= top
            on_upstroke = evidence.code in ("unloads_early", "loads_late")
            where &= stroke if on_upstroke else ~stroke
            places.append((length.from_si(pump.position_m[where]), load.from_si(pump.load_n[where]), self._context.theme.status[finding.severity]))  # fmt: skip
        return places

    def _show_figures(self, item: AnalysedCard) -> None:
        speaker = self._context.speaker
        widgets.clear(self._figures)
        for finding in item.findings:
            box = FindingBox(self._context, finding, compact=True)
            box.show_button.hide()
            self._figures.addWidget(box)
        for name, value in figures(item.analysis, speaker):
            row = QHBoxLayout()
            row.addWidget(widgets.muted(name), 1)
            figure = widgets.text(value)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            figure.setWordWrap(False)
            row.addWidget(figure)
            self._figures.addLayout(row)
        for remark in item.analysis.remarks:
            self._figures.addWidget(widgets.muted(remark_line(remark.code, remark.details, speaker)))

    def catch_up(self, well: Well) -> None:
        self._load(well)

    def open(self, argument: object) -> None:
        """From another page: the card of a finding."""
        if not isinstance(argument, Finding):
            return
        wanted = next((evidence.card_id for evidence in argument.evidence if evidence.card_id), None)
        index = next((i for i, card in enumerate(self._all) if card.id == wanted), None)
        if index is None:
            self._pending = argument if not self._all else None
            return
        self.choose([index])

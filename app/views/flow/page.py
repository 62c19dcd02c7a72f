"""Flow and levels: how much does it give, is the test valid, where does the liquid stand."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.analysis.wells.flow import FlowHistory, PumpView, TestRow
from app.analysis.wells.modelled import of_liquid
from app.core.clock import to_us
from app.core.texts import with_unit
from app.models.sensors import SENSORS
from app.reports import flow_words
from app.views import widgets
from app.views.context import Context
from app.views.flow.curves import CurvesColumn
from app.views.flow.models import ModelsPanel
from app.views.flow.presenter import FlowPresenter
from app.views.flow.production import ProductionPanel
from app.views.pages_by_lift import foreign
from app.views.plots.xy_chart import Series, XYChart
from app.views.rows import Column, RowsTable
from app.views.tiled import Tiled

CHART_PX, CHART_HIGH_PX = 170, 150
"""Less of a chart, and its axis has no room for two dates."""


class FlowPage(QWidget):
    key = "flow"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        speaker = context.speaker
        rate, ratio, length = (speaker.unit(q) for q in ("rate", "ratio", "length"))
        self.table = RowsTable(context, self._columns(), self.tr("Flow tests"), "flow")
        self.rates = XYChart(
            context.theme, speaker.language, "", with_unit(self.tr("Rate"), rate), time=speaker.zone
        )
        self.cut = XYChart(
            context.theme, speaker.language, "", with_unit(self.tr("Water cut"), ratio), time=speaker.zone
        )
        self.levels = XYChart(context.theme, speaker.language, "", "", time=speaker.zone)
        level = SENSORS["dynamic_level"]
        self.levels.titles("", with_unit(self.tr("Level"), length), downwards=level.downwards)
        self.pump = XYChart(
            context.theme,
            speaker.language,
            with_unit(self.tr("Rate"), rate),
            with_unit(self.tr("Head"), length),
        )
        self.no_pump = widgets.muted()
        self.no_pump.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.no_pump.hide()
        self._virtual = widgets.text("")
        self._from = widgets.muted("")
        self.models = ModelsPanel(context)
        self.production = ProductionPanel(context)
        self._empty = QLabel(
            self.tr(
                "No flow tests yet. They come with the data of the centre, or from a file dropped on the "
                "window."
            )
        )
        self._empty.setWordWrap(True)
        pump = QWidget()
        alone = QVBoxLayout(pump)
        alone.setContentsMargins(0, 0, 0, 0)
        alone.addWidget(self.pump, 1)
        alone.addWidget(self.no_pump, 1)
        self.curves = CurvesColumn(context, pump, CHART_HIGH_PX)
        charts: list[QWidget] = []
        for title, chart in (
            (self.tr("Rates"), self.rates),
            (self.tr("Water cut"), self.cut),
            (self.tr("Dynamic level"), self.levels),
        ):
            beside = QWidget()
            column = QVBoxLayout(beside)
            column.setContentsMargins(0, 0, 0, 0)
            heading = widgets.heading(title)
            heading.setWordWrap(True)  # a long title does not make its chart wider than the others
            column.addWidget(heading)
            column.addWidget(chart, 1)
            chart.setMinimumHeight(CHART_HIGH_PX)
            charts.append(beside)
        self.charts = Tiled((4, 2, 1), CHART_PX)
        self.charts.show_tiles([*charts, self.curves])
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(widgets.heading(self.tr("Flow tests")))
        layout.addWidget(self.table, 4)
        layout.addWidget(self._empty)
        layout.addWidget(self.charts, 5)
        layout.addWidget(self.production, 3)
        layout.addWidget(self._virtual)
        layout.addWidget(self._from)
        layout.addWidget(self.models)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(widgets.scrolled(inside))
        self.presenter = FlowPresenter(context, self)
        self.presenter.fetched.connect(self._show)

    def _columns(self) -> list[Column]:
        s = self._context.speaker
        return [
            Column(self.tr("Taken"), lambda r: s.dated(r.test.taken_at), lambda r: r.test.taken_at),
            Column(
                with_unit(self.tr("Liquid"), s.unit("rate")),
                lambda r: s.bare(r.test.liquid_m3_per_s, "rate"),
                lambda r: r.test.liquid_m3_per_s,
                number=True,
            ),
            Column(
                with_unit(self.tr("Oil"), s.unit("mass_rate")),
                lambda r: s.bare(r.test.oil_kg_per_s, "mass_rate"),
                lambda r: r.test.oil_kg_per_s,
                number=True,
                optional=True,
            ),
            Column(
                with_unit(self.tr("Cut"), s.unit("ratio")),
                lambda r: s.bare(r.test.water_cut, "ratio"),
                lambda r: r.test.water_cut,
                number=True,
            ),
            Column(
                self.tr("GOR, m³/m³"),
                lambda r: s.bare(r.gas_oil_ratio, "number", digits=0),
                lambda r: r.gas_oil_ratio,
                number=True,
                optional=True,
            ),
            Column(
                with_unit(self.tr("By pump"), s.unit("rate")),
                lambda r: s.bare(r.virtual, "rate"),
                lambda r: r.virtual,
                number=True,
                optional=True,
                tip=lambda r: self.tr("What the pump's curve gives, set by the other tests"),
            ),
            Column(
                self.tr("Validity"),
                self._validity,
                lambda r: len(r.doubts),
                colour=lambda r: "act" if r.doubts else "ok",
                tip=self._validity,
                stretch=True,
            ),
        ]

    def _validity(self, row: TestRow) -> str:
        return flow_words.validity_words(row, self._context.speaker)

    @Slot(FlowHistory)
    def _show(self, answer: FlowHistory) -> None:
        self.presenter.fill(self._shown_of(answer))

    def _shown_of(self, answer: FlowHistory) -> Iterator[None]:
        self.table.show_rows(list(answer.rows))
        widgets.show_one(bool(answer.rows), self.table, self._empty)
        self.production.tell(answer.produced)
        # Of a well that has its books alone no empty charts stand before them.
        self.charts.setVisible(bool(answer.rows or len(answer.level_m)) or answer.produced is None)
        yield
        speaker, theme = self._context.speaker, self._context.theme
        unit, ratio, length = (speaker.units.unit(q) for q in ("rate", "ratio", "length"))
        rows = answer.rows[::-1]
        x = np.array([to_us(row.test.taken_at) for row in rows], float)
        good = np.array([not row.doubts for row in rows], bool)
        liquid = np.array([unit.from_si(row.test.liquid_m3_per_s) for row in rows], float)
        virtual = np.array(
            [np.nan if row.virtual is None else unit.from_si(row.virtual) for row in rows], float
        )
        shown = [
            Series(self.tr("Liquid, test"), x[good], liquid[good], theme.pen(0), points=True, line=False),
            Series(
                self.tr("in doubt"),
                x[~good],
                liquid[~good],
                theme.suspect,
                points=True,
                line=False,
                hollow=True,
            ),
            Series(self.tr("By pump"), x, virtual, theme.pen(1), dash=True),
            *(
                Series(
                    one.case,
                    one.time_us.astype(float),
                    unit.from_si(one.value),
                    theme.pen(3 + n),
                    dash=True,
                    points=True,
                )
                for n, one in enumerate(of_liquid(answer.models))
            ),
        ]
        self.rates.show_series([s for s in shown if len(s.x) and np.isfinite(s.y).any()])
        yield
        cut = np.array(
            [np.nan if row.test.water_cut is None else ratio.from_si(row.test.water_cut) for row in rows],
            float,
        )
        self.cut.show_series([Series("", x, cut, theme.pen(4), points=True)] if len(x) else [])
        yield
        level = length.from_si(answer.level_m)
        levels = (
            [(float(length.from_si(answer.pump_depth_m)), self.tr("pump"))]
            if answer.pump_depth_m is not None
            else []
        )
        self.levels.show_series(
            [Series("", answer.level_time_us.astype(float), level, theme.pen(2))] if len(level) else [],
            levels=levels,
        )
        self._from.setText(flow_words.level_words(answer, speaker))
        self._virtual.setText(flow_words.virtual_words(answer, speaker))
        yield
        self.models.tell(answer.models, answer.curves)
        yield
        self._show_pump(answer)
        yield
        self.curves.tell(answer.curves, has_pump=answer.pump is not None)

    def _show_pump(self, answer: FlowHistory) -> None:
        """The curve of the catalogue, where the pump worked, and where inflow would bring it."""
        view: PumpView | None = answer.pump
        why = foreign("pump_curve", self._context.well, self._context.speaker)
        if not why and view is None:
            why = flow_words.no_pump_words(answer, self._context.speaker)
        self.no_pump.setText(why)
        widgets.show_one(not why, self.pump, self.no_pump)
        if view is None:
            self.pump.show_series([])
            return
        theme, rate, length = (
            self._context.theme,
            self._context.speaker.units.unit("rate"),
            self._context.speaker.units.unit("length"),
        )
        x, head = rate.from_si(view.rate), length.from_si(view.head_m)
        shown = [
            Series(self.tr("catalogue"), x, head, theme.pen(0)),
            Series(self.tr("what is left"), x, head * view.head_factor, theme.pen(0), dash=True),
            Series(
                self.tr("test"),
                np.array([rate.from_si(view.at_rate)]),
                np.array([length.from_si(view.at_head_m)]),
                theme.status["act"],
                points=True,
                line=False,
            ),
        ]
        if view.nodal is not None and view.nodal.meets_rate is not None:
            meets = rate.from_si(np.array([view.nodal.meets_rate]))
            shown.append(
                Series(
                    self.tr("node"),
                    meets,
                    np.interp(meets, x, head * view.head_factor),
                    theme.pen(3),
                    points=True,
                    line=False,
                    hollow=True,
                )
            )
        self.pump.show_series(shown)

    def open(self, argument: object) -> None:
        """Nothing to show but the page itself."""

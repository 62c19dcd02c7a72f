"""Well tests: what can the reservoir give. Log-log with derivative and match, Horner, history; a window to
drag.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.analysis.transient.fitting import Fit
from app.analysis.transient.interpret import Interpretation
from app.analysis.transient.opened import OpenedTest
from app.analysis.wells.inflow import curves_of
from app.core.texts import with_unit
from app.models.well_tests import StoredTest
from app.reports import wording
from app.views import widgets
from app.views.context import Context
from app.views.plots.xy_chart import Series, Shade, XYChart
from app.views.rows import Column, RowsTable
from app.views.welltests.model_choice import ModelChoice
from app.views.welltests.presenter import WellTestsPresenter

WORDS_LEAST_PX = 250


class WellTestsPage(QWidget):
    key = "welltests"
    scenes = ("horner",)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        speaker, theme = context.speaker, context.theme
        pressure, hours = speaker.unit("pressure"), speaker.unit("hours")
        self.table = RowsTable(
            context,
            [
                Column(self.tr("Taken"), lambda t: speaker.moment(t.taken_at), lambda t: t.taken_at),
                Column(
                    self.tr("Kind"),
                    lambda t: speaker.say(f"welltest.{t.kind}"),
                    lambda t: t.kind,
                    stretch=True,
                ),
            ],
            self.tr("Well tests"),
            "welltests",
        )
        self.table.be_as_high_as_rows()
        self.loglog = XYChart(
            theme,
            speaker.language,
            with_unit(self.tr("Time after the change"), hours),
            f"Δp, {pressure}",
            log="xy",
        )
        self.horner = XYChart(
            theme,
            speaker.language,
            self.tr("Horner time (tₚ + Δt)/Δt"),
            with_unit(self.tr("Pressure"), pressure),
            log="x",
        )
        self.horner.plot.invertX(True)
        self.choice = ModelChoice(speaker)
        self.choice.changed.connect(self._model_wanted)
        self._figures = QVBoxLayout()
        self._remarks = QVBoxLayout()
        self._reset = QPushButton(self.tr("All by itself"))
        self._reset.clicked.connect(self._all_by_itself)
        self._hint = widgets.muted(self.tr("Drag the shaded window: k and skin follow it."))
        self._empty = QLabel(
            self.tr("No well tests yet. Drop a file with a build-up, drawdown or inflow test on the window.")
        )
        self._empty.setWordWrap(True)
        left = QVBoxLayout()
        left.addWidget(widgets.heading(self.tr("Well tests")))
        left.addWidget(self.table, 2)
        left.addWidget(self._empty)
        left.addWidget(widgets.heading(self.tr("What it says")))
        box = QWidget()
        inner = QVBoxLayout(box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self._figures)  # what is asked first
        inner.addWidget(self.choice)
        inner.addLayout(self._remarks)
        inner.addStretch(1)
        left.addWidget(widgets.scrolled(box), 3)
        self.inflow = XYChart(
            theme,
            speaker.language,
            with_unit(self.tr("Rate"), speaker.unit("rate")),
            with_unit(self.tr("Pressure"), pressure),
        )
        self.inflow.hide()
        self._transient = QWidget()
        right = QVBoxLayout(self._transient)
        right.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        title = widgets.heading(self.tr("Log-log: change, derivative, match"))
        title.setWordWrap(True)
        row.addWidget(title, 1)
        row.addWidget(self._reset)
        right.addLayout(row)
        right.addWidget(self.loglog, 5)
        right.addWidget(self._hint)
        right.addWidget(widgets.heading(self.tr("Horner")))
        right.addWidget(self.horner, 4)
        layout = QGridLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addLayout(left, 0, 0)
        layout.addWidget(self._transient, 0, 1)
        layout.addWidget(self.inflow, 1, 1)
        layout.setColumnMinimumWidth(0, WORDS_LEAST_PX)
        layout.setColumnStretch(0, 2)
        layout.setColumnStretch(1, 5)
        self.opened: OpenedTest | None = None
        self.table.chosen.connect(self._choose)
        self.loglog.window_dragged.connect(self._dragged)
        self.presenter = WellTestsPresenter(context, self)
        self.presenter.listed.connect(self._listed)
        self.presenter.analysed.connect(self._show)

    # ---- which test ----------------------------------------------------------------------------------------

    @Slot(list)
    def _listed(self, tests: list[StoredTest]) -> None:
        self.table.show_rows(tests)
        widgets.show_one(bool(tests), self.table, self._empty)
        self.opened = None
        for part in (self.loglog, self.horner):
            part.show_series([])
        widgets.clear(self._figures)
        widgets.clear(self._remarks)
        if tests:
            self.table.selectRow(0)

    @Slot(StoredTest)
    def _choose(self, test: StoredTest) -> None:
        self.choice.by_itself()
        self.choice.show_test(test.body)
        self.presenter.analyse(test, self.choice.over(None))

    @Slot(float, float)
    def _dragged(self, low_h: float, high_h: float) -> None:
        if self.opened is not None:
            self.presenter.analyse(self.opened.test, self.choice.over((low_h * 3600, high_h * 3600)))

    @Slot()
    def _model_wanted(self) -> None:
        if self.opened is not None:
            self.presenter.analyse(self.opened.test, self.choice.wanted)

    @Slot()
    def _all_by_itself(self) -> None:
        if self.opened is not None:
            self.choice.by_itself()
            self.presenter.analyse(self.opened.test, self.choice.over(None))

    # ---- what it says --------------------------------------------------------------------------------------

    @Slot(OpenedTest)
    def _show(self, opened: OpenedTest) -> None:
        self.opened = opened
        self.presenter.fill(self._shown_of(opened))

    def _shown_of(self, opened: OpenedTest) -> Iterator[None]:
        speaker = self._context.speaker
        widgets.clear(self._figures)
        widgets.clear(self._remarks)
        for name, value in wording.welltest_figures(opened.answer, speaker):
            self._figures.addWidget(widgets.text(f"{name}: {value}"))
        if opened.beside is not None and opened.model is not None:
            self._figures.addWidget(widgets.text(self._compared(opened.model.fit, opened.beside.fit)))
        for remark in opened.answer["quality"]:
            self._remarks.addWidget(
                widgets.muted(wording.remark_line(remark["code"], remark["detail"], speaker))
            )
        found = opened.found
        widgets.show_one(found is not None, (self._transient, self.choice), self.inflow)
        self._hint.setVisible(found is not None and found.window is not None)
        yield
        if found is None:
            self._show_inflow(opened)
            return
        self.choice.show_fit(found.match)
        self._show_loglog(opened, found)
        yield
        self._show_horner(found)

    def _compared(self, one: Fit, other: Fit) -> str:
        """How near both come, in what gauge and model allow: 1 is as near as one can see."""
        number = self._context.speaker.bare
        return self.tr("Misfit: {one}, of the second model {other}").format(
            one=number(one.misfit, "number", digits=2), other=number(other.misfit, "number", digits=2)
        )

    def _show_loglog(self, opened: OpenedTest, found: Interpretation) -> None:
        theme, unit = self._context.theme, self._context.speaker.units.unit("pressure")
        hours = found.response.time_s / 3600
        shown = [
            Series(
                self.tr("Δp"),
                hours,
                unit.from_si(found.response.change_pa),
                theme.pen(0),
                points=True,
                line=False,
            ),
            Series(
                self.tr("derivative"),
                hours,
                unit.from_si(found.derivative_pa),
                theme.pen(1),
                points=True,
                line=False,
            ),
        ]
        for name, curve, pen in (
            (self.tr("match"), opened.model, theme.text),
            (self.tr("second model"), opened.beside, theme.pen(3)),
        ):
            if curve is not None:
                shown += [
                    Series(name, hours, unit.from_si(curve.change_pa), pen),
                    Series("", hours, unit.from_si(curve.slope_pa), pen, dash=True),
                ]
        self.loglog.titles(
            with_unit(self.tr("Time after the change"), self._context.speaker.unit("hours")),
            f"Δp, {self._context.speaker.unit('pressure')}",
        )
        self.loglog.show_series(shown, shades=self._unsure(opened, hours))
        if found.window is not None:
            self.loglog.set_window(found.window.from_s / 3600, found.window.to_s / 3600)

    def _unsure(self, opened: OpenedTest, hours: np.ndarray) -> list[Shade]:
        """Where a whole history's derivative would be with a third and three times of its regularisation."""
        told, found = opened.answer.get("deconvolution"), opened.found
        if told is None or found is None:
            return []
        factor = np.array(told["sure_within_factor"])
        slope = self._context.speaker.units.unit("pressure").from_si(found.derivative_pa)
        return [Shade(hours, slope / factor, slope * factor, self._context.theme.pen(1))]

    def _show_horner(self, found: Interpretation) -> None:
        theme, unit = self._context.theme, self._context.speaker.units.unit("pressure")
        ratio = np.exp(-found.response.superposition)
        shown = [
            Series("", ratio, unit.from_si(found.response.pressure_pa), theme.pen(0), points=True, line=False)
        ]
        if found.horner is not None and found.horner.p_star_pa is not None:
            x = np.array([1.0, float(ratio.max())])
            shown.append(
                Series(
                    "p*",
                    x,
                    unit.from_si(found.horner.p_star_pa - found.horner.slope_pa_per_cycle * np.log10(x)),
                    theme.pen(3),
                )
            )
        self.horner.setVisible(bool(found.response.steps))
        self.horner.show_series(shown, legend=False)

    def _show_inflow(self, opened: OpenedTest) -> None:
        """Pressure over rate: the points and each model through them."""
        speaker, theme = self._context.speaker, self._context.theme
        rate, pressure = speaker.units.unit("rate"), speaker.units.unit("pressure")
        points = opened.test.body["points"]
        x = np.array([rate.from_si(point["rate_m3_per_s"]) for point in points])
        y = np.array([pressure.from_si(point["pressure_pa"]) for point in points])
        shown = [Series(self.tr("points"), x, y, theme.text, points=True, line=False)]
        for number, (name, q, p) in enumerate(curves_of(opened.answer)):
            shown.append(
                Series(
                    speaker.say(f"inflow.curve.{name}"),
                    rate.from_si(q),
                    pressure.from_si(p),
                    theme.pen(number),
                )
            )
        self.inflow.show_series(shown)

    def show_scene(self, scene: str) -> None:
        """The Horner window dragged by hand."""
        if self.opened is not None and self.opened.found is not None:
            last = float(self.opened.found.response.time_s[-1]) / 3600
            self._dragged(last / 6, last)

    def open(self, argument: object) -> None:
        """Nothing to show but the page itself."""

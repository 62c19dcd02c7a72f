"""The last column of charts: the pump at the last test, and what models gave as curves beside what was
measured.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.analysis.wells.model_curves import ModelCase, points_beside
from app.core.texts import with_unit
from app.core.units import Unit
from app.models.kinds.curved import GAS_LIFT, IPR
from app.views import widgets
from app.views.calm import ChoiceBox
from app.views.context import Context
from app.views.plots.xy_chart import Series, XYChart

PUMP, INFLOW, LIFT = range(3)
MOST_CASES = 3
"""So many are told apart; the others stand in the table below."""


class CurvesColumn(QWidget):
    """`pump` is shown alone, under its title, until a model has curves: then there is a choice."""

    def __init__(self, context: Context, pump: QWidget, high_px: int) -> None:
        super().__init__()
        self._context = context
        speaker = context.speaker
        rate, pressure = speaker.unit("rate"), speaker.unit("pressure")
        self.inflow, self.lift = (
            XYChart(context.theme, speaker.language, *titles)
            for titles in (
                (with_unit(self.tr("Rate"), rate), with_unit(self.tr("Pressure"), pressure)),
                (with_unit(self.tr("Lift gas"), rate), with_unit(self.tr("Liquid"), rate)),
            )
        )
        self._names = (
            self.tr("Pump at the last test"),
            self.tr("IPR, VLP (dashed)"),
            self.tr("Rate over lift gas"),
        )
        self._title = widgets.heading(self._names[PUMP])
        self._title.setWordWrap(True)
        self.choice = ChoiceBox()
        self.choice.setAccessibleName(self.tr("What the chart shows"))
        self.choice.hide()
        self.stack = QStackedWidget()
        for part in (pump, self.inflow, self.lift):
            self.stack.addWidget(part)
        self.stack.setMinimumHeight(high_px)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(self.choice)
        layout.addWidget(self.stack, 1)
        self.choice.currentIndexChanged.connect(self._chosen)

    def tell(self, cases: tuple[ModelCase, ...], *, has_pump: bool) -> None:
        """What was looked at stays where it is still there."""
        before = self.choice.currentData()
        there = {one.curve.what == GAS_LIFT for case in cases for one in case.curves}
        places = [PUMP, *([INFLOW] if False in there else []), *([LIFT] if True in there else [])]
        self.choice.blockSignals(True)
        self.choice.clear()
        for place in places:
            self.choice.addItem(self._names[place], place)
        first = PUMP if has_pump or len(places) == 1 else places[1]
        self.choice.setCurrentIndex(places.index(before if before in places else first))
        self.choice.blockSignals(False)
        widgets.show_one(len(places) > 1, self.choice, self._title)
        self.inflow.show_series(self._pressures(cases))
        self.lift.show_series(self._gas(cases))
        self._chosen()

    @Slot()
    def _chosen(self) -> None:
        place = self.choice.currentData()
        self.stack.setCurrentIndex(PUMP if place is None else place)

    def _pressures(self, cases: tuple[ModelCase, ...]) -> list[Series]:
        """IPR full, VLP dashed, in the colour of their case; measured points are those of the newest case."""
        theme, units = self._context.theme, self._context.speaker.units
        rate, pressure = units.unit("rate"), units.unit("pressure")
        shown: list[Series] = []
        for n, case in enumerate(cases[:MOST_CASES]):
            curves = [one.curve for one in case.curves if one.curve.what != GAS_LIFT]
            shown += [
                Series(
                    "" if place else case.name,  # once in the legend: there is little room
                    rate.from_si(curve.x),
                    pressure.from_si(curve.y),
                    theme.pen(n),
                    dash=curve.what != IPR,
                )
                for place, curve in enumerate(curves)
            ]
        return [*shown, *self._points(cases, IPR, pressure)] if shown else []

    def _gas(self, cases: tuple[ModelCase, ...]) -> list[Series]:
        theme, rate = self._context.theme, self._context.speaker.units.unit("rate")
        shown = [
            Series(case.name, rate.from_si(one.curve.x), rate.from_si(one.curve.y), theme.pen(n))
            for n, case in enumerate(cases[:MOST_CASES])
            for one in case.curves
            if one.curve.what == GAS_LIFT
        ]
        return [*shown, *self._points(cases, GAS_LIFT, rate)] if shown else []

    def _points(self, cases: tuple[ModelCase, ...], what: str, y_unit: Unit) -> list[Series]:
        """Beside the newest case; the last test apart from those before it."""
        _, x_si, y_si = points_beside(what, cases[0].measured)
        x, y = self._context.speaker.units.unit("rate").from_si(x_si), y_unit.from_si(y_si)
        act, faint = self._context.theme.status["act"], self._context.theme.suspect
        names = (self.tr("tests before"), self.tr("last test"))
        parts = ((x[:-1], y[:-1], faint), (x[-1:], y[-1:], act))
        return [
            Series(name, *part, points=True, line=False)
            for name, part in zip(names, parts, strict=True)
            if len(part[0])
        ]

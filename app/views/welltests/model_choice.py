"""Which model is laid through a test, which one beside it, and which of its values stand."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.analysis.transient.fitting import Fit
from app.analysis.transient.models import OFFERED, Model, Parameter
from app.core.plain import JsonObject
from app.core.texts import Speaker, with_unit
from app.reports import wording
from app.services.wells.well_tests import Wanted
from app.views import widgets
from app.views.calm import ChoiceBox, NumberBox

QUANTITIES: dict[str, str | None] = {
    "permeability_m2": "permeability",
    "wellbore_storage_m3_per_pa": "storage",
    "skin": None,
    **wording.MODEL_SHOWN,
}


class ModelChoice(QWidget):
    """`wanted` says what the engineer wants; `show_fit` fills in what was found."""

    changed = Signal()

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self._speaker = speaker
        self.model, self.beside = ChoiceBox(), ChoiceBox()
        self.model.setAccessibleName(self.tr("Model"))
        self.beside.setAccessibleName(self.tr("Compare with"))
        self.model.addItem(self.tr("by evidence"), None)
        self.beside.addItem(self.tr("nothing"), None)
        for one in OFFERED:
            for box in (self.model, self.beside):
                box.addItem(wording.model_name(one.code, speaker), one)
        self.whole = QCheckBox(self.tr("the whole history as one drawdown"))
        self.undrift = QCheckBox(self.tr("without the gauge's drift"))
        self.boundary = NumberBox()
        self.boundary.setRange(0.0, 10_000.0)
        self.boundary.setDecimals(0)
        self.boundary.setKeyboardTracking(False)
        self.boundary.setSpecialValueText("—")
        self.boundary.setAccessibleName(self.tr("The next test should tell a boundary at, m"))
        self.boundary.editingFinished.connect(self.changed)
        for tick in (self.whole, self.undrift):
            tick.clicked.connect(self.changed)
        for box in (self.model, self.beside):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(16)
            box.activated.connect(self._chosen)
        self._form = QFormLayout()
        self._rows: dict[str, tuple[QCheckBox, QDoubleSpinBox]] = {}
        choice = QFormLayout()
        widgets.ask_under(choice, self.tr("Model"), self.model)
        widgets.ask_under(choice, self.tr("Compare with"), self.beside)
        choice.addRow(self.whole)
        choice.addRow(self.undrift)
        widgets.ask_under(choice, self.boundary.accessibleName(), self.boundary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(choice)
        layout.addLayout(self._form)

    @property
    def wanted(self) -> Wanted:
        """The model, the one beside it, the values that stand [SI]."""
        fixed = {
            name: float(self._to_si(name, value.value()))
            for name, (stands, value) in self._rows.items()
            if stands.isChecked()
        }
        return replace(
            self.over(None),
            model=self.model.currentData(),
            fixed=fixed,
            beside=self.beside.currentData(),
        )

    def over(self, window: tuple[float, float] | None) -> Wanted:
        """A window of radial flow [s] in the record as it is looked at, by itself otherwise."""
        return Wanted(
            window=window,
            boundary_m=self.boundary.value() or None,
            whole=self.whole.isChecked(),
            undrift=self.undrift.isChecked(),
        )

    def show_test(self, body: JsonObject) -> None:
        """What the record allows: several rates make a history, two gauges tell a drift."""
        rates = body.get("rate_m3_per_s")
        several = isinstance(rates, list) and len(rates) > 1
        for tick, possible in ((self.whole, several), (self.undrift, body.get("second_gauge") is not None)):
            tick.setVisible(possible)
            tick.setChecked(tick.isChecked() and possible)

    def by_itself(self) -> None:
        """Back to what the program finds."""
        self.model.setCurrentIndex(0)
        self.beside.setCurrentIndex(0)
        self.whole.setChecked(False)
        self.undrift.setChecked(False)
        self._clear()

    def show_fit(self, fit: Fit) -> None:
        """A row for each value: found or standing. Only a chosen model's values can be made to stand."""
        model: Model | None = self.model.currentData()
        if model is None:
            self._clear()
            return
        if list(self._rows) != list(fit.model.names):
            self._clear()
            for one in fit.model.parameters:
                self._add(one)
        for one in fit.model.parameters:
            stands, value = self._rows[one.name]
            if not stands.isChecked():
                value.blockSignals(True)
                value.setValue(self._shown(one.name, fit.values[one.name]))
                value.blockSignals(False)

    def _add(self, one: Parameter) -> None:
        stands, value = QCheckBox(self.tr("stands")), NumberBox()
        value.setRange(self._shown(one.name, one.low), self._shown(one.name, one.high))
        value.setDecimals(9 if QUANTITIES[one.name] is None and one.log else 4)
        value.setKeyboardTracking(False)
        value.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        stands.toggled.connect(self.changed)
        value.editingFinished.connect(self._edited)
        row = QHBoxLayout()
        row.addWidget(value, 1)
        row.addWidget(stands)
        self._rows[one.name] = (stands, value)
        self._form.addRow(QLabel(self._title(one.name)), row)

    def _title(self, name: str) -> str:
        quantity, words = QUANTITIES[name], self._speaker.say(f"measure.{name}")
        return words if quantity is None else with_unit(words, self._speaker.unit(quantity))

    def _shown(self, name: str, value: float) -> float:
        quantity = QUANTITIES[name]
        return value if quantity is None else float(self._speaker.units.unit(quantity).from_si(value))

    def _to_si(self, name: str, value: float) -> float:
        quantity = QUANTITIES[name]
        return value if quantity is None else float(self._speaker.units.unit(quantity).to_si(value))

    def _clear(self) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self._rows = {}

    @Slot()
    def _edited(self) -> None:
        if any(stands.isChecked() for stands, _ in self._rows.values()):
            self.changed.emit()

    @Slot()
    def _chosen(self) -> None:
        self._clear()
        self.changed.emit()

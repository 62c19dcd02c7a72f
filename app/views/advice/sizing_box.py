"""An ESP for a rate: what is wanted, and pump, stages, motor and cable that give it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFormLayout, QPushButton, QVBoxLayout, QWidget

from app.core.texts import with_unit
from app.reports import sizing_words
from app.services.wells.sizing import Sizing
from app.views import widgets
from app.views.calm import NumberBox
from app.views.context import Context


@dataclass(frozen=True)
class WantedEsp:
    """Liquid at the surface [m³/s], frequency [Hz], share of the gas that a separator takes [-]."""

    rate: float
    frequency_hz: float
    separator: float


class SizingBox(QWidget):
    asked = Signal(WantedEsp)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._unit = context.speaker.units.unit("rate")
        rate = with_unit(self.tr("Liquid wanted"), context.speaker.unit("rate"))
        self.rate = self._number(rate, 0.1, 5_000.0, 50.0)
        self.frequency = self._number(self.tr("Frequency, Hz"), 30.0, 70.0, 50.0)
        self.separator = self._number(self.tr("A separator takes, % of the gas"), 0.0, 100.0, 0.0)
        self.size = QPushButton(self.tr("Size an ESP"))
        self.size.clicked.connect(self._ask)
        self._said = QVBoxLayout()
        form = QFormLayout()
        for box in (self.rate, self.frequency, self.separator):
            widgets.ask_under(form, box.accessibleName(), box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(widgets.heading(self.tr("An ESP for a rate")))
        layout.addLayout(form)
        layout.addWidget(self.size)
        layout.addLayout(self._said)

    def _number(self, name: str, least: float, most: float, first: float) -> NumberBox:
        box = NumberBox()
        box.setRange(least, most)
        box.setDecimals(1)
        box.setValue(first)
        box.setAccessibleName(name)
        return box

    def show_well(self, measured: float | None) -> None:
        """The rate of the last test [m³/s] to begin with; what was said of another well goes."""
        widgets.clear(self._said)
        if measured is not None:
            self.rate.setValue(float(self._unit.from_si(measured)))

    def tell(self, found: Sizing) -> None:
        self.tell_words(
            sizing_words.lines(found.asked, found.found, found.assumed, found.missing, self._context.speaker)
        )

    def tell_words(self, lines: list[str]) -> None:
        widgets.clear(self._said)
        for line in lines:
            self._said.addWidget(widgets.text(line))

    @Slot()
    def _ask(self) -> None:
        rate = float(self._unit.to_si(self.rate.value()))
        self.asked.emit(WantedEsp(rate, self.frequency.value(), self.separator.value() / 100))

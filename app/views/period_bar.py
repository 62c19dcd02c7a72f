"""Presets of the period that all pages share, and the window that is shown."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QLabel, QToolButton, QWidget

from app.core.clock import from_us
from app.views.context import Context
from app.views.period import PRESETS, Period, preset_names


class PeriodBar(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._presets = QButtonGroup(self)
        self._window = QLabel()
        self._window.setProperty("role", "muted")
        self._window.setHidden(context.workspace.settings["glove_mode"])  # large targets leave it no room
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(2)
        row.addWidget(self._window)
        row.addSpacing(6)
        names = preset_names()
        for key in PRESETS:
            button = QToolButton(text=names[key], checkable=True)
            button.setProperty("preset", key)
            button.setChecked(key == context.preset)
            self._presets.addButton(button)
            row.addWidget(button)
        self._presets.buttonClicked.connect(self._clicked)
        context.period_changed.connect(self._period_changed)

    @Slot(object)
    def _period_changed(self, period: Period | None) -> None:
        self._presets.setExclusive(False)
        for button in self._presets.buttons():
            button.setChecked(period is not None and button.property("preset") == period.key)
        self._presets.setExclusive(True)
        if period is not None:
            speaker = self._context.speaker
            self._window.setText(
                f"{speaker.day(from_us(period.from_us))} – {speaker.day(from_us(period.to_us))}"
            )

    @Slot(QAbstractButton)
    def _clicked(self, button: QAbstractButton) -> None:
        self._context.choose_preset(button.property("preset"))

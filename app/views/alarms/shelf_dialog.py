"""For how long an alarm is out of the way, and why: without a reason or an end none is."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.views.calm import ChoiceBox
from app.views.context import Context
from app.views.words_dialog import WordsDialog

HOURS = (1.0, 4.0, 8.0, 24.0, 72.0, 168.0)


class ShelfDialog(WordsDialog):
    told = Signal(float, str)  # hours, why

    def __init__(self, context: Context, count: int, parent: QWidget) -> None:
        question = self.tr("Why is it shelved? Alarms: %n. The reason is kept and sent.", "", count)
        super().__init__(context, self.tr("Shelve"), question, parent, needed=True)
        self.hours = ChoiceBox()
        self.hours.setAccessibleName(self.tr("For how long"))
        for hours in HOURS:
            words = (
                self.tr("For %n hour(s)", "", int(hours))
                if hours < 24
                else self.tr("For %n day(s)", "", int(hours / 24))
            )
            self.hours.addItem(words, hours)
        self.hours.setCurrentIndex(2)
        self.layout().insertWidget(0, self.hours)  # type: ignore[attr-defined]

    @Slot()
    def save(self) -> None:
        if self._text:
            self.told.emit(float(self.hours.currentData()), self._text)
            self.accept()

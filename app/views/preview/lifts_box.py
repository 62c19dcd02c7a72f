"""Wells that have another lift than the file says: all of them are changed, or stay as they are."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.texts import Speaker
from app.importers.plan import CHANGE, KEEP
from app.services.imports.equipment_checks import LiftChange
from app.views import widgets
from app.views.calm import ChoiceBox

NAMED = 6


class LiftsBox(QWidget):
    decided = Signal(str)  # CHANGE or KEEP

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self._speaker = speaker
        self.words = widgets.text("")
        self.answer = ChoiceBox()
        self.answer.setAccessibleName(self.tr("Wells that have another lift"))
        self.answer.addItem(self.tr("Decide…"), "")
        self.answer.addItem(self.tr("Change the lift"), CHANGE)
        self.answer.addItem(self.tr("Leave the lift"), KEEP)
        self.answer.activated.connect(self._answered)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.answer)
        self.setVisible(False)

    def ask(self, changes: tuple[LiftChange, ...]) -> None:
        """What was decided stays in sight."""
        if changes:
            told = [self._told(one) for one in changes[:NAMED]]
            self.words.setText("; ".join(told) + (" …" if len(changes) > NAMED else ""))
            self.answer.setCurrentIndex(0)
        self.setVisible(bool(changes) or self.answer.currentIndex() > 0)

    def _told(self, change: LiftChange) -> str:
        now, said = (self._speaker.say(f"lift.{lift}") for lift in (change.now, change.said))
        return f"{change.well}: {now} → {said}"

    @Slot()
    def _answered(self, *_: object) -> None:
        if self.answer.currentData():
            self.decided.emit(str(self.answer.currentData()))

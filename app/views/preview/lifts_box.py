"""Wells that have another lift than the file says: all of them are changed, or stay as they are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.core.texts import Speaker
from app.importers.plan import CHANGE, KEEP
from app.services.imports.equipment_checks import LiftChange
from app.views import widgets

NAMED = 6


class LiftsBox(QWidget):
    decided = Signal(str)  # CHANGE or KEEP

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self._speaker = speaker
        self.words = widgets.text("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        self.answers: dict[str, QPushButton] = {}
        for answer, words in ((CHANGE, self.tr("Change the lift")), (KEEP, self.tr("Leave the lift"))):
            button = QPushButton(words)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, answer=answer: self._answered(answer))
            self.answers[answer] = button
            row.addWidget(button)
        self.setVisible(False)

    def ask(self, changes: tuple[LiftChange, ...]) -> None:
        """What was decided stays in sight."""
        if changes:
            told = [self._told(one) for one in changes[:NAMED]]
            self.words.setText("; ".join(told) + (" …" if len(changes) > NAMED else ""))
            for button in self.answers.values():
                button.setChecked(False)
        decided = any(button.isChecked() for button in self.answers.values())
        self.setVisible(bool(changes) or decided)

    def _told(self, change: LiftChange) -> str:
        now, said = (self._speaker.say(f"lift.{lift}") for lift in (change.now, change.said))
        return f"{change.well}: {now} → {said}"

    def _answered(self, answer: str) -> None:
        for other, button in self.answers.items():
            button.setChecked(other == answer)
        self.decided.emit(answer)

"""A few lines of words: a note on a chart, the reason of a decision. Tab leaves them, Ctrl+Enter saves."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from app.views import widgets
from app.views.calm import TextField
from app.views.commands.given import Given
from app.views.commands.saving import FORM
from app.views.context import Context
from app.views.fitted import FittedDialog


class WordsDialog(FittedDialog):
    told = Signal(str)

    def __init__(
        self, context: Context, title: str, question: str, parent: QWidget, *, needed: bool = False
    ) -> None:
        """`needed`: no words are not saved."""
        super().__init__(parent)
        self._needed = needed
        self.setWindowTitle(title)
        self.words = TextField()
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(question)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        self.save_button = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        self.save_button.setText(self.tr("Save"))
        self.save_button.setToolTip("Ctrl+S, Ctrl+Enter")
        self.save_button.setEnabled(not needed)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        layout = QVBoxLayout(self)
        layout.addWidget(widgets.text(question))
        layout.addWidget(self.words)
        layout.addWidget(self.buttons)
        self.resize(420, 240)
        self.given = Given(FORM, self, self, context)
        self.words.textChanged.connect(self._typed)
        self.buttons.accepted.connect(self.save)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)

    @property
    def _text(self) -> str:
        return self.words.toPlainText().strip()

    @Slot()
    def _typed(self) -> None:
        self.save_button.setEnabled(bool(self._text) or not self._needed)

    @Slot()
    def save(self) -> None:
        if self._text or not self._needed:
            self.told.emit(self._text)
            self.accept()

"""An empty profile: what would be here, and the ways to fill it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

WORDS_PX = 560


class FirstRun(QWidget):
    demo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        title = QLabel(self.tr("Welcome to Wellside"))
        title.setProperty("role", "title")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words.setFixedWidth(WORDS_PX)  # of the lines; the height follows from the words
        self.demo = QPushButton(self.tr("Build the demo field (about half a minute)"))
        self.demo.setProperty("primary", True)
        self.demo.clicked.connect(self.demo_wanted)
        self.demo_ended()
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for widget in (title, self._words, self.demo):
            # In a row of its own: aligned in the column, a text that wraps would get the height of one line.
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(widget)
            row.addStretch(1)
            layout.addLayout(row)
            layout.addSpacing(14)
        layout.addStretch(3)

    @Slot()
    def demo_started(self) -> None:
        self.demo.hide()
        self._words.setText(
            self.tr(
                "The demo field is being built: the first well opens in some seconds, the others and their "
                "earlier days follow. Below you see how far it is, and can stop it."
            )
        )

    @Slot()
    def demo_ended(self) -> None:
        self.demo.show()
        self._words.setText(
            self.tr(
                "Here will be your wells: trends of their sensors, dynamograms, what is wrong and why. "
                "There are no wells on this laptop yet. They come from the centre when it is connected; "
                "until then you can look around in a demo field of fourteen wells with real faults."
            )
        )

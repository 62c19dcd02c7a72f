"""An empty profile: what would be here, and the ways to fill it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget


class FirstRun(QWidget):
    demo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        title = QLabel(self.tr("Welcome to Wellside"))
        title.setProperty("role", "title")
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words = QLabel(
            self.tr(
                "Here will be your wells: trends of their sensors, dynamograms, what is wrong and why. "
                "There are no wells on this laptop yet. They come from the centre when it is connected; "
                "until then you can look around in a demo field of fourteen wells with real faults."
            )
        )
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setMaximumWidth(560)
        self.demo = QPushButton(self.tr("Build the demo field (about half a minute)"))
        self.demo.setProperty("primary", True)
        self.demo.clicked.connect(self.demo_wanted)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        for widget in (title, words, self.demo):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
            layout.addSpacing(14)
        layout.addStretch(3)

"""What a file leaves open: each question with its readings side by side, as they would be; one click answers.
What was answered stays in sight and can be answered anew.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget

from app.core.texts import Speaker
from app.importers.by_density import CODE as DENSITY
from app.importers.rows import Problem
from app.services.imports.offers import DENSITY_TOLD, standing
from app.services.imports.words import option_words, question_words
from app.views import widgets
from app.views.calm import TextLine
from app.views.preview.presenter import Answered

HIGHEST, LOWEST = 190, 80
SHARE = 0.25
"""Of its window, at most."""
GAP = 6


class QuestionsBox(QScrollArea):
    answered = Signal(Answered)

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self._speaker = speaker
        self._asked: dict[tuple[str, str], Problem] = {}
        self._said: dict[tuple[str, str], str] = {}
        self.buttons: dict[tuple[str, str], dict[str, QPushButton]] = {}
        self._inside = QWidget()
        self._rows = QGridLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(GAP)
        self._rows.setColumnStretch(0, 1)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName(self.tr("What the file leaves open"))
        self.setVisible(False)

    def ask(self, problems: list[Problem]) -> None:
        """`problems` are the questions that are still open, and what can be told otherwise."""
        open_ = {_key(problem): problem for problem in problems}
        left = {key: self._asked[key] for key in self._said if key in self._asked and key not in open_}
        self._said = {key: said for key, said in self._said.items() if key not in open_}
        asked = {**left, **open_}
        if asked != self._asked or not self.buttons:
            self._asked = asked
            self._build()
        self.setVisible(bool(asked))

    def forget(self, sheet: str) -> None:
        """The sheet is another table now: what was asked of it is asked anew where it must be."""
        self._said = {key: said for key, said in self._said.items() if key[0] != sheet}
        self._asked = {key: one for key, one in self._asked.items() if key[0] != sheet}

    def _build(self) -> None:
        widgets.clear(self._rows)
        self.buttons = {}
        for row, (key, problem) in enumerate(self._asked.items()):
            words = widgets.text(self._place(problem) + question_words(problem, self._speaker))
            words.setWordWrap(True)
            self._rows.addWidget(words, row, 0)
            self._rows.addWidget(self._choices(key, problem, words), row, 1)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """All of them, in as many lines as they have, while the table that they speak of has its room."""
        asked = self._rows.totalHeightForWidth(self.viewport().width()) + GAP
        self.setFixedHeight(min(asked, HIGHEST, max(int(SHARE * self.window().height()), LOWEST)))

    def _place(self, problem: Problem) -> str:
        place = [self.tr("line {line}").format(line=problem.line)] if problem.line else []
        place += [self._speaker.quoted(problem.header)] if problem.header and problem.column >= 0 else []
        return f"{', '.join(place)}: " if place else ""

    def _choices(self, key: tuple[str, str], problem: Problem, words: QLabel) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.buttons[key] = {}
        for answer in problem.options:
            button = QPushButton(option_words(problem, answer, self._speaker))
            button.setCheckable(True)
            button.setChecked(self._said.get(key, standing(problem)) == answer)
            button.setAutoDefault(False)
            button.setAccessibleName(f"{words.text()} — {button.text()}")
            button.clicked.connect(lambda _=False, answer=answer: self._answer(key, answer))
            self.buttons[key][answer] = button
            row.addWidget(button)
        if problem.code in (DENSITY, DENSITY_TOLD):
            row.addWidget(self._another(key))
        return box

    def _another(self, key: tuple[str, str]) -> QLineEdit:
        """A density of one's own: `865`, `860/1080`."""
        line = TextLine(self._said.get(key, "") if self._said.get(key) not in self.buttons[key] else "")
        line.setPlaceholderText(self.tr("other, kg/m³"))
        line.setAccessibleName(self.tr("Density of the liquid, or of oil and of water, kg/m³"))
        line.setMaximumWidth(110)
        line.returnPressed.connect(lambda: line.text().strip() and self._answer(key, line.text().strip()))
        return line

    def _answer(self, key: tuple[str, str], answer: str) -> None:
        self._said[key] = answer
        for other, button in self.buttons[key].items():
            button.setChecked(other == answer)
        self.answered.emit(Answered(*key, answer))


def _key(problem: Problem) -> tuple[str, str]:
    return problem.sheet, str(problem.details.get("key") or problem.code)

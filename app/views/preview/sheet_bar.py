"""What is said of one sheet of a file: its kind, whether it is taken, where its header stands, whose and when
its rows are.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from app.importers.plan import SheetPlan
from app.importers.targets import TABLE_KINDS
from app.views.calm import ChoiceBox, TextLine, WholeNumberBox
from app.views.context import Context
from app.views.typed import typed_number

ROUND_PLACEHOLDER_PX = 24
SPEED = TABLE_KINDS["card"].target("strokes_per_minute")
assert SPEED is not None
assert SPEED.minimum is not None
assert SPEED.maximum is not None
LEAST_SPEED, MOST_SPEED = 60 * SPEED.minimum, 60 * SPEED.maximum
"""[1/min] As of a column."""


def speed_of(words: str) -> float | None:
    """Strokes per minute as a person wrote them; None of what is none."""
    speed = typed_number(words)
    return speed if speed is not None and LEAST_SPEED <= speed <= MOST_SPEED else None


def asks_time(plan: SheetPlan) -> bool:
    timed = plan.column_of("time") is not None or plan.column_of("year") is not None
    return not timed and plan.kind != "wells"


def asks_speed(plan: SheetPlan) -> bool:
    return plan.kind == "card" and plan.column_of("strokes_per_minute") is None


@dataclass(frozen=True)
class SaidOfSheet:
    """What a person says of all rows of a sheet; empty where the rows say it."""

    well: str
    time: str
    strokes_per_minute: float | None


class SheetBar(QWidget):
    kind_chosen = Signal(str)
    taken = Signal(bool)
    header_moved = Signal(int)  # the line, from 1
    said = Signal(SaidOfSheet)

    def __init__(self, context: Context, *, several: bool) -> None:
        super().__init__()
        self._several, self._filling = several, False
        self._shown = ""
        self.unread_speeds: dict[str, str] = {}
        """Sheet → what was written for strokes per minute and is none."""
        self.kind = ChoiceBox()
        self.kind.setAccessibleName(self.tr("What is in the table"))
        for kind in TABLE_KINDS:
            self.kind.addItem(context.speaker.say(f"kind.{kind.key}"), kind.key)
        self.take = QCheckBox(self.tr("Take this sheet"))
        self.header_line = WholeNumberBox(minimum=1, maximum=200)
        self.header_line.setAccessibleName(self.tr("The header is in line"))
        self.header_line.setKeyboardTracking(False)
        self.header_line.setFixedWidth(56)
        self.header_line.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.well, self.time, self.speed = TextLine(), TextLine(), TextLine()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (
            QLabel(self.tr("In the table:")),
            self.kind,
            self.take,
            QLabel(self.tr("Header in line")),
            self.header_line,
        ):
            row.addWidget(widget)
        for line, short, words in (
            (self.well, self.tr("Well"), self.tr("Well of rows that name none")),
            (self.time, self.tr("Date, hour"), self.tr("Date of rows that have none")),
            (self.speed, self.tr("Strokes/min"), self.tr("Strokes per minute")),
        ):
            line.setPlaceholderText(short)
            # Of a card that was dropped they are all that is asked for: with dots in it nobody read what.
            line.setMinimumWidth(line.fontMetrics().horizontalAdvance(short) + ROUND_PLACEHOLDER_PX)
            line.setToolTip(words)
            line.setAccessibleName(words)
            line.setClearButtonEnabled(True)
            line.editingFinished.connect(self._said)
            row.addWidget(line, 1)
        row.addStretch(1)
        self.kind.activated.connect(self._kind_chosen)
        self.take.toggled.connect(self._taken)
        self.header_line.valueChanged.connect(self._header_moved)

    def show_plan(self, plan: SheetPlan) -> None:
        """Only what the columns do not say themselves is asked for."""
        self._filling = True
        self.kind.setCurrentIndex(self.kind.findData(plan.kind))
        self.take.setChecked(not plan.skip)
        self.take.setVisible(self._several)
        self.header_line.setValue(plan.layout.header + 1)
        self.well.setText(plan.well)
        self.time.setText(plan.time)
        self._shown = plan.name
        known = "" if plan.strokes_per_minute is None else f"{plan.strokes_per_minute:g}"
        self.speed.setText(known or self.unread_speeds.get(plan.name, ""))
        self.well.setVisible(plan.column_of("well") is None and plan.kind != "wells")
        self.time.setVisible(asks_time(plan))
        self.speed.setVisible(asks_speed(plan))
        if not asks_speed(plan):
            self.unread_speeds.pop(plan.name, None)
        self._filling = False

    @Slot()
    def _kind_chosen(self, *_: object) -> None:
        self.kind_chosen.emit(str(self.kind.currentData()))

    @Slot(bool)
    def _taken(self, wanted: bool) -> None:
        if not self._filling:
            self.taken.emit(wanted)

    @Slot(int)
    def _header_moved(self, line: int) -> None:
        if not self._filling:
            self.header_moved.emit(line)

    @Slot()
    def _said(self) -> None:
        if self._filling:
            return
        words = self.speed.text().strip()
        speed = speed_of(words)
        self.unread_speeds.pop(self._shown, None)
        if words and speed is None:
            self.unread_speeds[self._shown] = words
        self.said.emit(SaidOfSheet(self.well.text().strip(), self.time.text().strip(), speed))

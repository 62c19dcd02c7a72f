"""Beside the chart: one panel at a time, chosen by buttons that stay in reach of a glove."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.analysis.simulate.twin import Answer, Knobs
from app.views import widgets
from app.views.cards.checks_panel import ChecksPanel
from app.views.cards.figures_panel import FiguresPanel, FindingsPanel
from app.views.cards.presenter import AnalysedCard, TwinAnswer
from app.views.cards.rods_panel import RodsPanel
from app.views.cards.torque_panel import TorquePanel
from app.views.cards.twin_panel import TwinPanel
from app.views.context import Context

COLUMNS, LEAST_COLUMNS = 3, 2


class SidePanel(QWidget):
    twin_wanted = Signal(Knobs)  # None: as the card says they stand
    note_wanted = Signal(str)
    panel_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._item: AnalysedCard | None = None
        self._answer: TwinAnswer | None = None
        self._stale: set[QWidget] = set()
        self._renewing: object = None
        self.findings, self.figures = FindingsPanel(context), FiguresPanel(context)
        self.rods, self.torque = RodsPanel(context), TorquePanel(context)
        self.checks, self.twin = ChecksPanel(context), TwinPanel(context)
        titles = (
            (self.tr("Findings"), self.findings),
            (self.tr("Figures"), self.figures),
            (self.tr("Rods"), self.rods),
            (self.tr("Torque"), self.torque),
            (self.tr("Valves"), self.checks),
            (self.tr("What if"), self.twin),
        )
        self.stack = QStackedWidget()
        self.buttons = QButtonGroup(self)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        self._columns = 0
        for number, (title, panel) in enumerate(titles):
            button = QPushButton(title, checkable=True)
            self.buttons.addButton(button, number)
            area = widgets.scrolled(panel)
            # This panel gives way to the card, so what is in it may be wider: then it is reached sideways.
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.stack.addWidget(area)
        self.buttons.button(0).setChecked(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 0, 0, 0)
        layout.addLayout(self._grid)
        layout.addWidget(self.stack, 1)
        self.buttons.idClicked.connect(self.open)
        self.twin.asked.connect(self.twin_wanted)
        self.checks.note_wanted.connect(self.note_wanted)

    # ---- its buttons ---------------------------------------------------------------------------------------

    def _wide(self, columns: int) -> int:
        widest = max(button.sizeHint().width() for button in self.buttons.buttons())
        left = self.layout().contentsMargins().left()
        return columns * widest + (columns - 1) * self._grid.spacing() + left

    @property
    def whole_px(self) -> int:
        """With all its buttons in their usual columns."""
        return self._wide(COLUMNS)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide(LEAST_COLUMNS), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_buttons()

    def _lay_buttons(self) -> None:
        """In two columns where three have no room: the card is to be the largest thing on its page."""
        columns = COLUMNS if self.whole_px <= self.width() else LEAST_COLUMNS
        if columns == self._columns:
            return
        self._columns = columns
        self.twin.stacked = columns < COLUMNS
        self.figures.stack_figures(columns < COLUMNS)
        if self._item is not None and self._answer is not None:
            self.twin.show_answer(self._item, self._answer)
        for number, button in enumerate(self.buttons.buttons()):
            self._grid.removeWidget(button)
            self._grid.addWidget(button, number // columns, number % columns)

    @Slot(int)
    def open(self, number: int) -> None:
        self.buttons.button(number).setChecked(True)
        self.stack.setCurrentIndex(number)
        for _ in self._renewed():
            pass
        self.panel_changed.emit()

    def showing(self, item: AnalysedCard) -> Iterator[None]:
        self._item, self._answer = item, None
        self.twin.new_card()
        self._stale = {self.findings, self.figures, self.rods, self.torque, self.checks}
        yield from self._renewed()

    def _renewed(self) -> Iterator[None]:
        """A panel that nobody looks at takes a card when it is opened. One that is opened meanwhile, or
        another card, takes the place of what is left to do here.
        """
        mine = self._renewing = object()
        panel = self.stack.currentWidget().widget()  # type: ignore[attr-defined]
        if self._item is not None and panel in self._stale:
            for _ in panel.showing(self._item):
                yield
                if self._renewing is not mine:
                    return
            self._stale.discard(panel)
        self._wake_twin()

    @property
    def _twin_is_open(self) -> bool:
        return self.stack.currentWidget().widget() is self.twin  # type: ignore[attr-defined]

    def _wake_twin(self) -> None:
        """The twin is matched when it is looked at, not with every card that is passed."""
        if self._twin_is_open and self._item is not None and not self.twin.matched:
            self.twin_wanted.emit(None)

    def show_twin(self, answer: TwinAnswer | None) -> None:
        self._answer = answer
        if self._item is not None:
            self.twin.show_answer(self._item, answer)

    def twin_answer(self) -> Answer | None:
        """What is drawn over the measured cards while the twin's panel is open."""
        return self._answer.answer if self._answer is not None and self._twin_is_open else None

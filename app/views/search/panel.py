"""What was found, by groups, over the page beside the field: the field keeps the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.views import widgets
from app.views.context import Context
from app.views.search.lines import LINE, Line, LinesPainter

WIDTH_PX, LEAST_PX, BELOW_PX, UNDER_PX = 640, 320, 60, 44


class FoundPanel(QFrame):
    opened = Signal(Line)
    untold_wanted = Signal()

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("card", True)
        self.setAutoFillBackground(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        glove = bool(context.workspace.settings["glove_mode"])
        self.list.setItemDelegate(LinesPainter(context.theme, self.list, glove=glove))
        self.state = widgets.muted("")
        self.unread = QPushButton()
        self.unread.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.unread.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.state)
        layout.addWidget(self.unread)
        self.list.itemClicked.connect(self._clicked)
        self.unread.clicked.connect(self.untold_wanted)
        self.hide()

    def show_lines(self, lines: list[Line], state: str) -> None:
        """The first one that can be opened is chosen; what stood there before is forgotten."""
        self.list.clear()
        for line in lines:
            item = QListWidgetItem()
            item.setData(LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.said)
            if line.run is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setVisible(bool(lines))  # an empty frame over the words that nothing was found
        self.list.setCurrentRow(widgets.next_possible(self.list, -1, 1))
        self.list.scrollToTop()
        self.state.setText(state)
        self.state.setVisible(bool(state))

    def lines(self) -> list[Line]:
        return [self.list.item(row).data(LINE) for row in range(self.list.count())]

    def place(self, tree: QWidget) -> None:
        """Beside the list of wells, over the page; under the field where the window has no room beside."""
        window = self.parentWidget()
        corner = tree.mapTo(window, QPoint(0, 8))
        beside = corner.x() + tree.width() + 6
        room = window.width() - beside - 8
        if room < LEAST_PX:
            beside, corner = 8, QPoint(8, corner.y() + UNDER_PX)
            room = window.width() - 16
        most = window.height() - corner.y() - BELOW_PX
        asked = sum(self.list.sizeHintForRow(row) for row in range(self.list.count())) + 24
        for below in (self.state, self.unread):
            asked += below.sizeHint().height() + 8 if below.isVisibleTo(self) else 0
        self.setGeometry(beside, corner.y(), min(WIDTH_PX, room), max(min(asked, most), 60))
        self.raise_()

    def go(self, step: int) -> None:
        row = widgets.next_possible(self.list, self.list.currentRow(), step)
        if row >= 0:
            self.list.setCurrentRow(row)
            if row == widgets.next_possible(self.list, -1, 1):
                self.list.scrollToTop()  # its heading too

    def open_chosen(self) -> bool:
        item = self.list.currentItem()
        if item is None or not item.flags():
            return False
        self.opened.emit(item.data(LINE))
        return True

    @Slot(QListWidgetItem)
    def _clicked(self, item: QListWidgetItem) -> None:
        if item.flags():
            self.opened.emit(item.data(LINE))

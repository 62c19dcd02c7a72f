"""Small parts that pages share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QListWidget,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.views.shapes import status_pixmap
from app.views.theme import Theme
from app.views.unbroken import WORD_JOINER, in_words


class Words(QLabel):
    """Text that goes over into more lines and parts no unit. Data may hold anything: it is never markup."""

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)

    def setText(self, words: str) -> None:
        super().setText(in_words(words))

    def text(self) -> str:
        return super().text().replace(WORD_JOINER, "")


def heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


def muted(text: str = "", *, wrap: bool = True) -> QLabel:
    label = Words(text)
    label.setProperty("role", "muted")
    label.setWordWrap(wrap)
    return label


def instead_of_rows(words: str) -> QLabel:
    """What a table that has no rows would show: it stands where the rows would begin."""
    label = muted(words)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return label


def show_one(first: bool, these: QWidget | Sequence[QWidget], those: QWidget | Sequence[QWidget]) -> None:
    """These, or those instead of them: never both, not for a moment. A window that is laid out meanwhile
    becomes as wide as both ask, and stays so.
    """
    gone, there = (those, these) if first else (these, those)
    for part in (gone,) if isinstance(gone, QWidget) else gone:
        part.hide()
    for part in (there,) if isinstance(there, QWidget) else there:
        part.show()


NO_LIMIT = (1 << 24) - 1
"""Qt's own, which its binding does not name."""


class Half(QWidget):
    """Of a splitter: one that has no rows takes no more than its words, in as many lines as they have here,
    and its neighbour has the room.
    """

    def __init__(self) -> None:
        super().__init__()
        self._full = True

    def be_full(self, full: bool) -> None:
        self._full = full
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        asked = self.layout().totalHeightForWidth(self.width())
        asked = asked if self.layout().hasHeightForWidth() else self.sizeHint().height()
        self.setMaximumHeight(NO_LIMIT if self._full else asked)


def ask_under(form: QFormLayout, words: str, field: QWidget) -> None:
    """In a form that has its words over its fields, as wide as it is: beside a field's label Qt keeps half of
    the row free.
    """
    label = text(words)
    label.setBuddy(field)
    form.addRow(label)
    form.addRow(field)


def strong() -> QLabel:
    label = Words()
    label.setProperty("role", "strong")
    return label


def text(words: str) -> QLabel:
    label = Words(words)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class ElidedLabel(QLabel):
    """One line of plain text that gives way to its neighbours; the whole is in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()


def card() -> tuple[QFrame, QVBoxLayout]:
    """A framed group on the page."""
    frame = QFrame()
    frame.setProperty("card", True)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(12, 8, 12, 10)
    layout.setSpacing(4)
    return frame, layout


def status_line(status: str, words: str, theme: Theme, *, strong: bool = False) -> QWidget:
    """Shape, colour and word together."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    mark = QLabel()
    mark.setPixmap(status_pixmap(status, theme))
    mark.setFixedSize(QSize(16, 16))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if strong:
        label.setProperty("role", "strong")
    row.addWidget(label, 1)
    return line


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    for _ in clearing(layout):
        pass


def clearing(layout: QLayout) -> Iterator[None]:
    """The same, widget after widget."""
    while layout.count():
        item: QLayoutItem = layout.takeAt(0)
        inner = item.layout()
        if inner is not None:
            yield from clearing(inner)
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
            yield


@contextmanager
def all_at_once(inside: QWidget) -> Iterator[None]:
    """What is put into a widget that is seen comes together: Qt shows each by itself, and with each all of
    them are laid out anew. Not round something that may have the keyboard and is to keep it.
    """
    away = inside.isHidden()
    inside.hide()
    try:
        yield
    finally:
        inside.setVisible(not away)


class _Scrolled(QScrollArea):
    """Up and down only: what is in it is never cut at its side, nor pressed together."""

    def minimumSizeHint(self) -> QSize:
        inside, least = self.widget().minimumSizeHint().width(), super().minimumSizeHint()
        return QSize(inside + self.verticalScrollBar().sizeHint().width(), least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Qt tells nobody of what grew in it while it was hidden, as on a page that is made ahead."""
        super().showEvent(event)
        QApplication.sendEvent(self, QEvent(QEvent.Type.LayoutRequest))


def scrolled(widget: QWidget) -> QScrollArea:
    area = _Scrolled()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def next_possible(among: QListWidget, row: int, step: int) -> int:
    """The next row that can be chosen, before the first one being -1; -1 where there is none."""
    row += step
    while 0 <= row < among.count():
        if among.item(row).flags():
            return row
        row += step
    return -1


def tab_last(window: QWidget, last: Sequence[QWidget]) -> None:
    """Tab comes to these after everything else of the window, in their order."""
    before = window.previousInFocusChain()
    while before in last or before.focusPolicy() == Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain()
    for widget in last:
        QWidget.setTabOrder(before, widget)
        before = widget

"""A row of buttons in a window that may be narrow: what has no room stands whole in a menu at its end,
and nothing is written with dots.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Slot
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget


class OverflowRow(QWidget):
    """Widgets that were added with `stay` are always there; the buttons give way, the last one first, and
    those that are to be `kept` after all others.
    """

    def __init__(self, spacing: int = 4) -> None:
        super().__init__()
        self._giving_way: list[QPushButton | QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.more = QToolButton(text="⋯")
        self.more.setAccessibleName(self.tr("More"))
        self.more.setToolTip(self.tr("What the window has no room for"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self.more.menu().aboutToShow.connect(self._fill)
        self.more.hide()
        self._row.addWidget(self.more)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def stay(self, *widgets: QWidget) -> None:
        for widget in widgets:
            self._row.insertWidget(self._row.count() - 1, widget)

    def give_way(
        self, *buttons: QPushButton | QToolButton, kept: tuple[QPushButton | QToolButton, ...] = ()
    ) -> None:
        for button in buttons:
            self._row.insertWidget(self._row.count() - 1, button)
        self._giving_way += [*kept, *(button for button in buttons if button not in kept)]

    def gap(self) -> None:
        self._row.insertStretch(self._row.count() - 1, 1)

    # ---- what has room -------------------------------------------------------------------------------------

    def _width(self, widgets: list[QWidget]) -> int:
        return sum(widget.sizeHint().width() + self._row.spacing() for widget in widgets)

    def _staying(self) -> list[QWidget]:
        there = (self._row.itemAt(i).widget() for i in range(self._row.count()))
        return [
            one
            for one in there
            if one is not None and one not in (self.more, *self._giving_way) and not one.isHidden()
        ]

    def minimumSizeHint(self) -> QSize:
        staying = (one.minimumSizeHint().expandedTo(one.minimumSize()).width() for one in self._staying())
        least = sum(wide + self._row.spacing() for wide in staying) + self._width([self.more])
        return QSize(least, self._row.sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(self._width([*self._staying(), *self._giving_way]), self._row.sizeHint().height())

    @Slot()
    def fit(self) -> None:
        room = self.width() - self._width(self._staying())
        shown = len(self._giving_way)
        while shown and self._width([*self._giving_way[:shown], *self._end(shown)]) > room:
            shown -= 1
        for number, button in enumerate(self._giving_way):
            button.setVisible(number < shown)
        self.more.setVisible(shown < len(self._giving_way))

    def _end(self, shown: int) -> list[QWidget]:
        return [self.more] if shown < len(self._giving_way) else []

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a text grew
            self.fit()
        return super().event(event)

    # ---- the menu ------------------------------------------------------------------------------------------

    @Slot()
    def _fill(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for number, button in enumerate(self._giving_way):
            if not button.isHidden():
                continue
            action = QAction(button.accessibleName() or button.text(), menu)
            action.setEnabled(button.isEnabled())
            action.setToolTip(button.toolTip())
            action.setData(number)
            if button.menu() is not None:
                action.setMenu(button.menu())
            else:
                action.triggered.connect(self._chosen)
            menu.addAction(action)

    @Slot()
    def _chosen(self) -> None:
        self._giving_way[self.sender().data()].click()  # type: ignore[attr-defined]

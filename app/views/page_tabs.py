"""A tab for each page of a well; where the window has no room for all of them, the rest are in a menu."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTabBar, QToolButton

from app.views.page_titles import TABS, page_title

SPARE_PX = 2
"""Without them Qt does not see that all tabs fit, and leaves them moved along."""


class PageTabs(QTabBar):
    def __init__(self) -> None:
        super().__init__()
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        for key in TABS:
            self.addTab(page_title(key))
        self._wide = [0] * self.count()
        self.more = QToolButton(text=self.tr("More ▾"))
        self.more.setAutoRaise(True)
        self.more.setToolTip(self.tr("Pages that the window has no room for"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(QMenu(self.more))
        self.more.menu().aboutToShow.connect(self._fill)
        self.more.hide()

    def choose(self, index: int) -> None:
        self.setTabVisible(index, True)
        self.setCurrentIndex(index)

    def fit(self, room: int) -> None:
        """Those that fit, in their order; the page that is open is always among them."""
        self._wide = [self.tabSizeHint(index).width() for index in range(self.count())]
        room -= SPARE_PX
        if sum(self._wide) <= room:
            shown = set(range(self.count()))
        else:
            left = room - self.more.sizeHint().width() - self._wide[self.currentIndex()]
            shown = {self.currentIndex()}
            for index, wide in enumerate(self._wide):
                if index in shown:
                    continue
                if wide > left:
                    break
                shown.add(index)
                left -= wide
        for index in range(self.count()):
            if self.isTabVisible(index) != (index in shown):
                self.setTabVisible(index, index in shown)
        self.more.setVisible(len(shown) < self.count())
        self.updateGeometry()
        self.stand_at_beginning()

    def stand_at_beginning(self) -> None:
        """With its new width: Qt moved the tabs along while they had another, and leaves them there."""
        row = self.parentWidget().layout() if self.parentWidget() is not None else None
        if row is not None:
            row.activate()
        self.setElideMode(Qt.TextElideMode.ElideNone)  # lays them out anew

    def sizeHint(self) -> QSize:
        wide = sum(wide for index, wide in enumerate(self._wide) if self.isTabVisible(index))
        return QSize(wide + SPARE_PX, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide[max(self.currentIndex(), 0)], super().sizeHint().height())

    @Slot()
    def _fill(self) -> None:
        menu = self.more.menu()
        menu.clear()
        for index in range(self.count()):
            if not self.isTabVisible(index):
                action = QAction(self.tabText(index), menu)
                action.setData(index)
                action.triggered.connect(self._chosen)
                menu.addAction(action)

    @Slot()
    def _chosen(self) -> None:
        self.choose(self.sender().data())  # type: ignore[attr-defined]

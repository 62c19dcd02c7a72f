"""The pages of the window: a tab for each page of a well, the period they share, and the page that is open.

A page is made when it is first wanted: a start builds one page, not all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from app.models.wells import Well
from app.views.context import Context
from app.views.first_run import FirstRun
from app.views.page_tabs import PageTabs
from app.views.page_titles import TABS
from app.views.pages import PAGES, Page, load
from app.views.pages_by_lift import foreign
from app.views.painting import charts_in_turns
from app.views.period_bar import PeriodBar


class _OnePage(QStackedWidget):
    """As narrow as the page that is open can be: the widest of all made the window wider than its screen."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return shown.minimumSizeHint().expandedTo(shown.minimumSize())


class PageStack(QWidget):
    turned = Signal(str)  # the key of the page that is open now

    def __init__(self, context: Context, page: str) -> None:
        super().__init__()
        self._context = context
        self.key = page
        self.made: dict[str, QWidget] = {}
        self.first_run = FirstRun(context)
        self.tabs = PageTabs()
        self._period = PeriodBar(context)
        self._stack = _OnePage()
        self._opening = QLabel(self.tr("Opening…"))
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for shown in (self._opening, self.first_run):
            self._stack.addWidget(shown)
        self._tab_row = QWidget()
        row = QHBoxLayout(self._tab_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.tabs)
        row.addWidget(self.tabs.more)
        row.addStretch(1)
        row.addWidget(self._period)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tab_row)
        layout.addWidget(self._stack, 1)
        self._tab_row.hide()
        context.well_changed.connect(self._grey_tabs)
        context.period_changed.connect(self._fit_tabs)  # after the bar itself, which has grown or gone
        self.tabs.currentChanged.connect(self._tab_changed)
        self.tabs.tabBarClicked.connect(self._tab_changed)  # the way back from a page that is no tab

    def page(self, key: str) -> QWidget:
        if key not in self.made:
            self.made[key] = load(key)(self._context)
            # A stack puts what comes under all else, and Qt paints the open page anew as far as it reaches.
            self.made[key].resize(0, 0)
            self._stack.addWidget(self.made[key])
        return self.made[key]

    def let_go(self) -> Iterator[None]:
        """Page after page, the open one last; between two of them all that is left can be used."""
        while self.made:
            key = next((key for key, page in self.made.items() if page is not self.current()), None)
            if key is None:
                key = next(iter(self.made))
                self._stack.setCurrentWidget(self._opening)
            page = self.made.pop(key)
            page.deleteLater()
            QApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)
            yield

    def current(self) -> QWidget:
        return self._stack.currentWidget()

    def open(self, key: str, argument: object = None) -> None:
        """A key of an earlier version opens the overview."""
        self.key = key if key in PAGES else "overview"
        if self.key in TABS:
            self.tabs.choose(TABS.index(self.key))
        self._show()
        if argument is not None:
            cast(Page, self.page(self.key)).open(argument)

    def show_wells(self, there: bool) -> None:
        """Without a well there is nothing to page through: what fills the profile stands there instead."""
        self._tab_row.setVisible(there)
        if not there:
            self.first_run.ask()
            self._stack.setCurrentWidget(self.first_run)
        # the latter also where the first well was chosen before the list had it
        elif self.current() in (self._opening, self.first_run):
            self.open(self.key)

    @Slot(int)
    def _tab_changed(self, index: int) -> None:
        if 0 <= index < len(TABS):
            self.key = TABS[index]
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tabs()

    @Slot()
    def _fit_tabs(self) -> None:
        between = 3 * self._tab_row.layout().spacing()
        self.tabs.fit(self.width() - self._period.sizeHint().width() - between)

    def _show(self) -> None:
        page = self.page(self.key)
        if page is not self.current():
            charts_in_turns(page)
        self._stack.setCurrentWidget(page)
        self._stack.updateGeometry()
        self._fit_tabs()
        self._mark_tabs()
        self.turned.emit(self.key)

    @Slot(Well)
    def _grey_tabs(self, well: Well) -> None:
        """What this lift has not stays within reach: the well may have been run another way before."""
        theme = self._context.theme
        for index, key in enumerate(TABS):
            why = foreign(key, well, self._context.speaker)
            self.tabs.setTabToolTip(index, why)
            self.tabs.setTabTextColor(index, QColor(theme.muted if why else theme.text))

    def _mark_tabs(self) -> None:
        """On a page that is no tab no tab looks chosen."""
        away = self.key not in TABS
        if self.tabs.property("away") != away:
            self.tabs.setProperty("away", away)
            self.tabs.style().unpolish(self.tabs)
            self.tabs.style().polish(self.tabs)
            self._fit_tabs()  # what is not bold is narrower

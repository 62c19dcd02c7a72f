"""Columns of a table are dragged by their titles and hidden by a right click on one; that stays."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QTableView

from app.core.jobs import Job
from app.services import table_layouts
from app.services.table_layouts import Layout
from app.services.workspace import Workspace
from app.views.context import Context
from app.views.settling import Soon

KEEP_MS = 300


def _keep(job: Job, workspace: Workspace, key: str, layout: Layout) -> None:
    table_layouts.keep(workspace, key, layout)


class RowColumns(QObject):
    """`hidden`: by hand; what gives way in a narrow window comes on top of it."""

    def __init__(self, context: Context, table: QTableView, key: str, titles: list[str]) -> None:
        super().__init__(table)
        self._context, self._table, self._key, self._titles = context, table, key, titles
        layout = table_layouts.load(context.workspace, key, len(titles))
        self.hidden = set(layout.hidden)
        self._soon = Soon(self, KEEP_MS)
        self._soon.timeout.connect(self._keep)
        header = self._header = table.horizontalHeader()
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(True)
        for place, column in enumerate(layout.order):
            header.moveSection(header.visualIndex(column), place)
        for column in self.hidden:
            table.setColumnHidden(column, True)
        header.sectionMoved.connect(self._moved)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self.show_menu)

    @property
    def order(self) -> list[int]:
        return [self._header.logicalIndex(place) for place in range(len(self._titles))]

    @Slot(QPoint)
    def show_menu(self, at: QPoint) -> QMenu:
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = [column for column in self.order if column not in self.hidden]
        for column in self.order:
            action = QAction(self._titles[column] or "—", menu)
            action.setCheckable(True)
            action.setChecked(column not in self.hidden)
            action.setEnabled(shown != [column])  # one stays
            action.setData(column)
            action.toggled.connect(self._toggled)
            menu.addAction(action)
        menu.addSeparator()
        again = QAction(self.tr("As it was made"), menu)
        again.triggered.connect(self._as_made)
        menu.addAction(again)
        menu.popup(self._header.mapToGlobal(at))
        return menu

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        column = self.sender().data()  # type: ignore[attr-defined]
        (self.hidden.discard if on else self.hidden.add)(column)
        self._table.setColumnHidden(column, not on)
        self._soon.start()

    @Slot()
    def _as_made(self) -> None:
        for column in list(self.hidden):
            self._table.setColumnHidden(column, False)
        self.hidden.clear()
        for column in range(len(self._titles)):
            self._header.moveSection(self._header.visualIndex(column), column)
        self._soon.start()

    @Slot(int, int, int)
    def _moved(self, column: int, before: int, now: int) -> None:
        self._soon.start()

    @Slot()
    def _keep(self) -> None:
        layout = Layout(tuple(self.order), frozenset(self.hidden))
        self._context.runner.start(
            _keep, self._context.workspace, self._key, layout, lane="journal", purpose=f"columns {self._key}"
        )

"""The wells of the day in the order of the way, each with what is to be done there; dragged, or moved by
Alt+Up and Alt+Down, they stand so from then on.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from app.models.alarms import NONE_WAITS, Waiting
from app.reports import task_words
from app.reports.alarms_waiting import waiting_words
from app.services.tasks.today import Asked, Day, Stop, done_at
from app.views.context import Context
from app.views.shapes import status_pixmap

_ROLE = Qt.ItemDataRole.UserRole
LAST = 3
ROW_PX, GLOVE_PX = 28, 40


class Way(QTreeWidget):
    put = Signal(list)  # uids of the wells
    chosen = Signal()  # another row: `here`
    opened = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setColumnCount(5)
        self.setHeaderLabels(
            [self.tr("Well, what"), self.tr("Until"), self.tr("State"), self.tr("Last time"), self.tr("Who")]
        )
        self.setAccessibleName(self.tr("Tasks of the day, in the order of the way"))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        header = self.header()
        for column in range(5):
            mode = (
                QHeaderView.ResizeMode.Stretch if column == LAST else QHeaderView.ResizeMode.ResizeToContents
            )
            header.setSectionResizeMode(column, mode)
        header.setStretchLastSection(False)
        high = GLOVE_PX if context.workspace.settings["glove_mode"] else ROW_PX
        self.setStyleSheet(f"QTreeView::item {{ height: {high}px; }}")
        self.currentItemChanged.connect(self._changed)
        self.itemActivated.connect(self._activated)

    # ---- what stands in it ---------------------------------------------------------------------------------

    def show_day(self, day: Day) -> None:
        """What was chosen stays chosen, where it is still there."""
        before = self._key(self.currentItem())
        self.blockSignals(True)
        self.clear()
        waiting = {well.id: alarms for well, alarms in day.alarms}
        for stop in day.stops:
            self.addTopLevelItem(self._stop(stop, waiting.get(stop.well.id, NONE_WAITS)))
        self.expandAll()
        self.blockSignals(False)
        for column in (one for one in range(self.columnCount()) if one != LAST):
            self.resizeColumnToContents(column)
        kept = next((one for one in self._items() if self._key(one) == before), None)
        first = next((one for one in self._items() if isinstance(one.data(0, _ROLE), Asked)), None)
        self.setCurrentItem(kept or first)
        self._changed()

    def _stop(self, stop: Stop, alarms: Waiting) -> QTreeWidgetItem:
        speaker = self._context.speaker
        told = waiting_words(alarms, speaker)
        item = QTreeWidgetItem([task_words.place_words(stop.well, speaker), "", "", told, ""])
        item.setData(0, _ROLE, stop)
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemIsDragEnabled)
        bold = item.font(0)
        bold.setBold(True)
        item.setFont(0, bold)
        for one in stop.asked:
            item.addChild(self._asked(one))
        item.setText(2, "" if stop.left else speaker.say("task_state.done"))
        return item

    def _asked(self, one: Asked) -> QTreeWidgetItem:
        speaker, theme, task = self._context.speaker, self._context.theme, one.task
        what, why = task_words.asked_words(task.record, speaker), task_words.why_words(task.record, speaker)
        moment = done_at(task)
        until = (
            speaker.moment(moment) if moment else task_words.until_words(task.record, task.late_days, speaker)
        )
        last = task_words.reason(task.record) or task_words.last_words(one.last, one.last_at, speaker)
        state = task_words.state_words(task.record, speaker)
        item = QTreeWidgetItem([what, until, state, last, task.who])
        item.setData(0, _ROLE, one)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        for column, words in enumerate((why or what, until, state, last, task.who)):
            item.setToolTip(column, words)
        status = "ok" if task.state == "done" else "stop" if task.state == "cannot" else ""
        status = status or ("act" if task.late_days else "idle" if task.state == "taken" else "")
        if status:
            item.setIcon(2, status_pixmap(status, theme))
            item.setForeground(1 if task.late_days else 2, QBrush(QColor(theme.status[status])))
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        found = []
        for number in range(self.topLevelItemCount()):
            top = self.topLevelItem(number)
            found += [top, *(top.child(place) for place in range(top.childCount()))]
        return found

    def _key(self, item: QTreeWidgetItem | None) -> str:
        told = item.data(0, _ROLE) if item is not None else None
        if isinstance(told, Asked):
            return told.task.record.id
        return told.well.key["uid"] if isinstance(told, Stop) else ""

    def uids(self) -> list[str]:
        return [self._key(self.topLevelItem(number)) for number in range(self.topLevelItemCount())]

    @property
    def here(self) -> Asked | Stop | None:
        item = self.currentItem()
        told = item.data(0, _ROLE) if item is not None else None
        return told if isinstance(told, Asked | Stop) else None

    # ---- by hand -------------------------------------------------------------------------------------------

    @Slot()
    def _changed(self, *_: object) -> None:
        self.chosen.emit()

    @Slot()
    def _activated(self, *_: object) -> None:
        self.opened.emit()

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.expandAll()
        self.put.emit(self.uids())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_well(step)
            return
        super().keyPressEvent(event)

    def move_well(self, step: int) -> None:
        """The well of the chosen row, up or down on the way."""
        item = self.currentItem()
        if item is None:
            return
        top = item.parent() or item
        place = self.indexOfTopLevelItem(top)
        if not 0 <= place + step < self.topLevelItemCount():
            return
        self.insertTopLevelItem(place + step, self.takeTopLevelItem(place))
        self.expandAll()
        self.setCurrentItem(item)
        self.put.emit(self.uids())

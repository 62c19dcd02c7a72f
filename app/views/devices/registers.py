"""The map of a profile as a table that can be changed, with what each register says now beside its row."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.jobs import Job
from app.core.plain import Json, JsonObject
from app.devices.live import Live
from app.devices.read_profile import profile_of
from app.services.devices import shelf
from app.services.devices.words import value_words
from app.services.workspace import Workspace
from app.views import widgets
from app.views.context import Context
from app.views.typed import typed_number

FIELDS = ("name", "sensor", "field", "table", "address", "type", "order", "scale", "offset", "unit", "poll")
NUMBERS = ("field", "address", "scale", "offset")
OF_LINES, OF_ASKED = ("field",), ("table", "address", "type", "order", "poll")
"""Where a value stands in a line that an instrument sends by itself, and in a device that is asked."""
RAW, SHOWN = len(FIELDS), len(FIELDS) + 1


def _save(job: Job, workspace: Workspace, key: str, body: JsonObject) -> str:
    profile_of(body, f"{key}.json")
    content = (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()
    shelf.put(workspace.paths, key, content)
    return key


class RegistersTable(QWidget):
    """What cannot be shown in a cell (codes, bits, what means nothing) stays as the file has it."""

    saved = Signal(str)  # the key of the profile
    unfolded = Signal()  # shown, and laid out

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._body: JsonObject = {}
        self._rows: dict[str, int] = {}
        self.table = QTableWidget(0, len(FIELDS) + 2)
        self.table.setHorizontalHeaderLabels(self._heads())
        self.table.setAccessibleName(self.tr("Registers of the profile"))
        self.table.cellChanged.connect(self._edited)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for place, column in enumerate((RAW, SHOWN), 2):  # beside the name, however narrow the window is
            self.table.horizontalHeader().moveSection(column, place)
        self.table.verticalHeader().hide()
        self.table.setMinimumHeight(180)
        self.wrong = widgets.text("")
        self.wrong.hide()
        self._fold = QPushButton(self.tr("Registers of the profile…"))
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._unfold)
        self._add, self._remove = QPushButton(self.tr("Add a row")), QPushButton(self.tr("Remove the row"))
        self._save = QPushButton(self.tr("Save as my profile…"))
        self._add.clicked.connect(self._add_row)
        self._remove.clicked.connect(self._remove_row)
        self._save.clicked.connect(self._ask_save)
        row = QHBoxLayout()
        for one in (self._fold, self._add, self._remove, self._save):
            row.addWidget(one)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.wrong)
        layout.addWidget(self.table)
        self._unfold(False)

    def _heads(self) -> list[str]:
        return [
            self.tr("Name"),
            self.tr("Sensor"),
            self.tr("Field no."),
            self.tr("Table"),
            self.tr("Address"),
            self.tr("Type"),
            self.tr("Word order"),
            self.tr("Scale"),
            self.tr("Offset"),
            self.tr("Unit"),
            self.tr("Asked"),
            self.tr("Raw"),
            self.tr("Now"),
        ]

    @Slot(bool)
    def _unfold(self, on: bool) -> None:
        for one in (self.table, self._add, self._remove, self._save):
            one.setVisible(on)
        if on:
            QTimer.singleShot(0, self, self.unfolded.emit)

    def show_profile(self, body: JsonObject) -> None:
        """As the profile's file has it."""
        self._body = body
        for column, field in enumerate(FIELDS):
            self.table.setColumnHidden(column, field in (OF_ASKED if self._speaks else OF_LINES))
        rows = self._body.get("registers", [])
        told = [dict(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        self._rows = {}
        self.table.setRowCount(0)
        for row in told:
            self._put(row)
        self.wrong.hide()
        self._named()

    @property
    def _speaks(self) -> bool:
        return "framing" in self._body

    def _put(self, row: JsonObject) -> None:
        index = self.table.rowCount()
        self.table.insertRow(index)
        for column, field in enumerate(FIELDS):
            value = row.get(field)
            item = QTableWidgetItem("" if value is None else str(value))
            if column == 0:
                item.setData(Qt.ItemDataRole.UserRole, row)
            self.table.setItem(index, column, item)
        for column in (RAW, SHOWN):
            item = QTableWidgetItem("")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.table.setItem(index, column, item)

    def _named(self) -> None:
        """Which row is which register of the profile in use: one that was changed is none of them."""
        rows = range(self.table.rowCount())
        cells = ((self._cell(i, 0) or self._cell(i, 1), i) for i in rows if self._row(i) == self._kept(i))
        self._rows = {name: i for name, i in cells if name}

    @Slot(int, int)
    def _edited(self, row: int, column: int) -> None:
        """What the old address says must not stand beside the new one."""
        if column < len(FIELDS) and row in self._rows.values():
            self._named()
            if row not in self._rows.values():
                for told in (RAW, SHOWN):
                    self.table.item(row, told).setText("")

    def _kept(self, row: int) -> JsonObject:
        return dict(self.table.item(row, 0).data(Qt.ItemDataRole.UserRole))

    def _cell(self, row: int, column: int) -> str:
        item = self.table.item(row, column)
        return "" if item is None else item.text().strip()

    def hear(self, live: tuple[Live, ...]) -> None:
        """Nothing is done for a table that is folded away."""
        if not self._fold.isChecked():
            return
        for one in live:
            row = self._rows.get(one.register.name)
            if row is None or row >= self.table.rowCount():
                continue
            raw = " ".join(f"{word:04X}" for word in one.words)
            self.table.item(row, RAW).setText(f"{one.raw:g}" if self._speaks and one.there else raw)
            self.table.item(row, SHOWN).setText(value_words(one, self._context.speaker))

    @Slot()
    def _add_row(self) -> None:
        self._put({"field": 1} if self._speaks else {"address": 0, "type": "u16"})
        self.table.selectRow(self.table.rowCount() - 1)

    @Slot()
    def _remove_row(self) -> None:
        for row in sorted({one.row() for one in self.table.selectedIndexes()}, reverse=True):
            self.table.removeRow(row)
        self._named()

    # ---- saving --------------------------------------------------------------------------------------------

    @Slot()
    def _ask_save(self) -> None:
        key = str(self._body.get("key", ""))
        name, good = QInputDialog.getText(self, self.tr("Save as my profile"), self.tr("Key"), text=key)
        if good:
            self.save(name.strip())

    def save(self, key: str) -> None:
        """What is wrong is said with its row, and nothing is saved then."""
        body = {**self._body, "key": key, "registers": [self._row(i) for i in range(self.table.rowCount())]}
        self._context.runner.start(
            _save,
            self._context.workspace,
            key,
            body,
            purpose="save a profile of devices",
            done=self._saved,
            failed=self._refused,
        )

    @Slot(object)
    def _saved(self, key: str) -> None:
        self._tell_wrong("")
        self.saved.emit(key)

    @Slot(object)
    def _refused(self, error: BaseException) -> None:
        self._context.tell_refusal(error, self._tell_wrong)

    def _tell_wrong(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def _row(self, index: int) -> JsonObject:
        row: JsonObject = {key: one for key, one in self._kept(index).items() if key not in FIELDS}
        for column, field in enumerate(FIELDS):
            if text := self._cell(index, column):
                row[field] = _number(text) if field in NUMBERS else text
        return row


def _number(text: str) -> Json:
    """As it was typed where it is none: the check names it."""
    value = typed_number(text)
    if value is None:
        return text
    return int(value) if value.is_integer() else value

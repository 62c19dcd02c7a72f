"""A table of records with what can be done to them: add, change, delete, undo, history, files, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.models.records import FiledRecord
from app.views import widgets
from app.views.calm import SearchLine
from app.views.commands.given import Given
from app.views.commands.saving import LIST
from app.views.context import Context
from app.views.handing_out import ask_target
from app.views.overflow import OverflowRow
from app.views.records.history import HistoryDialog
from app.views.records.presenter import RecordsPresenter
from app.views.records.viewer import Viewer
from app.views.rows import Column, RowsTable


class RecordsPanel(QWidget):
    """`kinds` may change; `add` are the kinds that its buttons make."""

    shown = Signal(list)  # of FiledRecord, after each reading

    def __init__(
        self, context: Context, kinds: tuple[str, ...], columns: list[Column], name: str, empty: str
    ) -> None:
        super().__init__()
        self._context = context
        self.presenter = RecordsPresenter(context, kinds, self)
        self._rows: list[FiledRecord] = []
        self._row: FiledRecord | None = None
        self.filter = SearchLine()
        self.filter.setPlaceholderText(self.tr("Filter"))
        self.filter.setAccessibleName(self.tr("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.table = RowsTable(context, columns, name, f"records {' '.join(kinds)}")
        self.empty = widgets.text(empty)
        self.bar = QHBoxLayout()
        self.bar.addWidget(self.filter, 1)
        self._actions = OverflowRow()
        self._actions.gap()
        self.edit_button = self._button(self.tr("Change…"), self._edit)
        self.remove_button = self._button(self.tr("Delete"), self.remove)
        self.undo_button = self._button(self.tr("Undo the change"), self._undo)
        self.history_button = self._button(self.tr("History"), self._history)
        self.files_button = self._button(self.tr("Files"), self._files)
        self.export_button = self._button(self.tr("Export…"), self._ask_export)
        self.export_button.setEnabled(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self.bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty)
        layout.addWidget(self._actions)
        self.filter.textChanged.connect(self._show)
        self.table.chosen.connect(self._chosen_changed)
        self.table.opened.connect(self._open_row)
        self.given = Given(LIST, self, self.table, context)
        self.presenter.fetched.connect(self._fetched)

    def _button(self, words: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(slot)
        button.setEnabled(False)
        self._actions.give_way(button)
        return button

    def add_button(self, words: str, kind: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("primary", True)
        button.clicked.connect(lambda: self._context.entry_wanted.emit(kind, None))
        self.bar.insertWidget(0, button)
        return button

    # ---- what is shown -------------------------------------------------------------------------------------

    def set_kinds(self, kinds: tuple[str, ...]) -> None:
        self.presenter.show_kinds(kinds)

    @Slot(list)
    def _fetched(self, rows: list[FiledRecord]) -> None:
        self._rows = rows
        self._show()
        self.shown.emit(rows)

    @Slot()
    def _show(self, *_: object) -> None:
        wanted = self.filter.text().strip().lower()
        columns = self.table.source.columns
        rows = [
            row
            for row in self._rows
            if not wanted or any(wanted in column.text(row).lower() for column in columns)
        ]
        self.table.show_rows(rows)
        widgets.show_one(bool(self._rows), self.table, self.empty)
        self._buttons(None)

    @Slot(FiledRecord)
    def _chosen_changed(self, row: FiledRecord) -> None:
        self._buttons(row)

    def _buttons(self, row: FiledRecord | None) -> None:
        for button in (self.edit_button, self.remove_button, self.history_button, self.undo_button):
            button.setEnabled(row is not None)
        self.files_button.setEnabled(bool(row and row.files))
        self._row = row

    # ---- what is done --------------------------------------------------------------------------------------

    @Slot(FiledRecord)
    def _open_row(self, row: FiledRecord) -> None:
        self._row = row
        if row.files:
            self._files()
        else:
            self._edit()

    @Slot()
    def _edit(self) -> None:
        if self._row is not None:
            self._context.entry_wanted.emit(self._row.record.kind, self._row.record)

    @property
    def row_is_chosen(self) -> bool:
        return self._row is not None

    @Slot()
    def remove(self) -> None:
        if self._row is not None:
            self.presenter.remove(self._row.record)

    @Slot()
    def _undo(self) -> None:
        if self._row is not None:
            self.presenter.undo(self._row.record)

    @Slot()
    def _history(self) -> None:
        if self._row is not None:
            HistoryDialog(self._context, self._row.record, self).open()

    @Slot()
    def _files(self) -> None:
        if self._row is not None and self._row.files:
            Viewer(self._context, self._row.files, self).open()

    @Slot()
    def _ask_export(self) -> None:
        kinds = "Excel (*.xlsx);;CSV (*.csv);;Parquet (*.parquet)"
        path = ask_target(self._context, self, self.tr("Export the table"), "", kinds)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        self.presenter.export(list(self.table.source.rows), path)

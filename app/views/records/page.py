"""Events and documents: what was done. Events, workovers, equipment, notes and files of the well;
measurements beside them.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.kinds import KINDS
from app.models.records import FiledRecord, Record
from app.reports import record_words
from app.services.records.lists import DONE, MEASURED
from app.views.calm import ChoiceBox
from app.views.context import Context
from app.views.records.panel import RecordsPanel
from app.views.rows import Column


class RecordsPage(QWidget):
    key = "records"

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._wanted = ""
        self.kind = ChoiceBox()
        self.kind.setAccessibleName(self.tr("What is shown"))
        self.kind.addItem(self.tr("Everything that was done"), DONE)
        for key in (*DONE, *MEASURED):
            self.kind.addItem(KINDS[key].name(context.speaker.language), (key,))
        empty = self.tr("Nothing of this kind yet. Add an entry with Ctrl+N, or drop a file on the window.")
        self.panel = RecordsPanel(context, DONE, self._columns(), self.tr("Events and documents"), empty)
        self.panel.bar.insertWidget(0, self.kind)
        self.panel.add_button(self.tr("Add a document…"), "document")
        self.panel.add_button(self.tr("Add an event…"), "event")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self.panel)
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.panel.shown.connect(self._choose)

    def _columns(self) -> list[Column]:
        s = self._context.speaker
        return [
            Column(self.tr("Began"), lambda r: s.dated(r.record.at), lambda r: r.record.at),
            Column(
                self.tr("Ended"),
                lambda r: s.dated(r.record.until) if r.record.until else "",
                lambda r: r.record.until,
                optional=True,
            ),
            Column(self.tr("Kind"), lambda r: KINDS[r.record.kind].name(s.language), lambda r: r.record.kind),
            Column(self.tr("What"), self._what, self._what, tip=self._what, stretch=True, share=0.5),
            Column(
                self.tr("By"),
                lambda r: str(r.record.values.get("author", "")),
                lambda r: str(r.record.values.get("author", "")),
                optional=True,
            ),
            Column(
                self.tr("Files"),
                lambda r: ", ".join(file.name for file in r.files),
                lambda r: len(r.files),
                tip=lambda r: ", ".join(file.name for file in r.files),
                optional=True,
            ),
        ]

    def _what(self, row: FiledRecord) -> str:
        return record_words.summary(row.record, self._context.speaker)

    @Slot()
    def _kind_changed(self, *_: object) -> None:
        self.panel.set_kinds(tuple(self.kind.currentData()))

    def open(self, argument: object) -> None:
        """A kind of record to be shown, or one record: its row is chosen as soon as it is there."""
        wanted = argument
        if isinstance(argument, Record):
            self._wanted, wanted = argument.id, argument.kind
            if self._choose(()):
                return
        for index in range(self.kind.count()):
            if self.kind.itemData(index) == (wanted,):
                self.kind.setCurrentIndex(index)

    @Slot(list)
    def _choose(self, _: object) -> bool:
        wanted = self._wanted
        if not wanted or not self.panel.table.choose(lambda row: row.record.id == wanted):
            return False
        self._wanted = ""
        return True

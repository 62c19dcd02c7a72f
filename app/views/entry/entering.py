"""New entries from anywhere in the window (Ctrl+N), and what follows when one is saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from app.core.notices import Notice, Severity
from app.models.changes import Changed
from app.models.records import Record
from app.models.wells import Well
from app.views.commands.entries import ENTRIES
from app.views.commands.given import Given
from app.views.context import Context

if TYPE_CHECKING:
    from app.views.entry.form import EntryForm


class Entering(QObject):
    turned = Signal()  # a form was opened or closed

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self.context, self._window = context, window
        self.form: EntryForm | None = None
        self._stands = ""
        self.given = Given(ENTRIES, self, window, context)
        context.entry_wanted.connect(self.open)
        context.document_wanted.connect(self._attach)

    def menu(self) -> QMenu:
        """What can be entered on the chosen well; what its lift has no place for says so."""
        menu = self.given.menu(self._window)
        menu.setAccessibleName(self.tr("New entry"))
        return menu

    def show_menu(self, at: QPoint) -> None:
        self.menu().popup(at)

    @Slot(Path)
    def _attach(self, path: Path) -> None:
        self.open("document", None, (path,))

    @Slot()
    def open_card(self) -> None:
        self.context.page_wanted.emit("cards", "new")

    @Slot(str, Record)
    def open(self, key: str, record: Record | None = None, files: tuple[Path, ...] = ()) -> None:
        well = self.context.well
        if well is None:
            return
        if key == "well_passport":
            self.context.builder_wanted.emit()  # a name must not be another well's: it is looked at there
            return
        if key == "well_merge":
            return  # said once: it is taken back or stands
        if key == "finding_decision":
            self.context.page_wanted.emit("overview", None)  # decided and reopened beside its evidence
            return
        self.form = self._made(key, well, record, files)
        self.form.finished.connect(self.form.deleteLater)
        self.form.saved.connect(self._saved)
        self.form.finished.connect(self._closed)
        self.form.open()
        self._stands = "" if record is not None else key
        self.turned.emit()

    def _made(self, key: str, well: Well, record: Record | None, files: tuple[Path, ...]) -> EntryForm:
        from app.models.kinds import KINDS
        from app.views.entry.flow_form import FlowForm
        from app.views.entry.form import EntryForm  # the first form loads what forms need
        from app.views.entry.level_form import LevelForm
        from app.views.entry.sample_form import SampleForm

        if key == "lab_result" and record is None:
            return SampleForm(self.context, well, self._window, files)
        if key == "flow_test":
            return FlowForm(self.context, well, self._window, record)
        if key == "fluid_level":
            return LevelForm(self.context, well, self._window, record, files)
        return EntryForm(self.context, KINDS[key], well, self._window, record, files)

    @property
    def open_kind(self) -> str:
        """Of a new record that is being entered: after a crash its form is opened again, with its draft."""
        return self._stands

    @Slot()
    def _closed(self, *_: object) -> None:
        self._stands = ""
        self.turned.emit()

    @Slot(Record)
    def _saved(self, record: Record) -> None:
        from app.models.kinds import KINDS

        told = {"what": KINDS[record.kind].name(self.context.speaker.language)}
        lacking = "" if self.form is None else self.form.lacking_words(record.values)
        code = "notice.record_saved_lacking" if lacking else "notice.record_saved"
        if lacking:
            told["lacking"] = lacking
        self.context.workspace.notices.publish(Notice(Severity.DONE, code, told, "take back", record.id))
        self.context.changed.emit(Changed.of(record))

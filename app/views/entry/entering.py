"""New entries from anywhere in the window (Ctrl+N), and what follows when one is saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QMenu, QWidget

from app.core.notices import Notice, Severity
from app.models.records import Record
from app.models.wells import SRP, Well
from app.views.context import Context

if TYPE_CHECKING:
    from app.views.entry.form import EntryForm

ENTERED = (
    "flow_test",
    "fluid_level",
    "valve_test",
    "event",
    "workover",
    "lab_result",
    "installation",
    "note",
    "document",
)


class Entering(QObject):
    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self.form: EntryForm | None = None
        context.entry_wanted.connect(self.open)
        context.document_wanted.connect(self._attach)

    def menu(self) -> QMenu:
        """What can be entered on the chosen well; valve tests and cards on rod pumps only."""
        from app.models.kinds import KINDS  # a start need not wait for them

        menu = QMenu(self._window)
        menu.setAccessibleName(self.tr("New entry"))
        well = self._context.well
        for key in ENTERED:
            if key == "valve_test" and (well is None or well.lift != SRP):
                continue
            name = (
                KINDS[key].name(self._context.speaker.language)
                if key != "lab_result"
                else self.tr("Laboratory sample")
            )
            menu.addAction(name, lambda wanted=key: self.open(wanted))
            if key == "fluid_level" and well is not None and well.lift == SRP:
                menu.addAction(self.tr("Dynamogram"), self._open_card)
        return menu

    def show_menu(self, at: QPoint) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    @Slot(object)
    def _attach(self, path: Path) -> None:
        self.open("document", None, (path,))

    @Slot()
    def _open_card(self) -> None:
        self._context.page_wanted.emit("cards", "new")

    @Slot(str, object)
    def open(self, key: str, record: Record | None = None, files: tuple[Path, ...] = ()) -> None:
        well = self._context.well
        if well is None:
            return
        self.form = self._made(key, well, record, files)
        self.form.finished.connect(self.form.deleteLater)
        self.form.saved.connect(self._saved)
        self.form.open()

    def _made(self, key: str, well: Well, record: Record | None, files: tuple[Path, ...]) -> EntryForm:
        from app.models.kinds import KINDS
        from app.views.entry.form import EntryForm  # the first form loads what forms need
        from app.views.entry.sample_form import SampleForm

        if key == "lab_result" and record is None:
            return SampleForm(self._context, well, self._window, files)
        return EntryForm(self._context, KINDS[key], well, self._window, record, files)

    @Slot(object)
    def _saved(self, record: Record) -> None:
        from app.models.kinds import KINDS

        what = KINDS[record.kind].name(self._context.speaker.language)
        self._context.workspace.notices.publish(Notice(Severity.DONE, "notice.record_saved", {"what": what}))
        self._context.data_changed.emit(record.well_id)

"""A report out of the house: a file, Excel, the printer, a file for each well. What is seen is what is
saved.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from app.core.notices import Notice, Severity
from app.services.reports.files import Written
from app.services.reports.report import Order
from app.views.context import Context
from app.views.handing_out import OPEN, ask_folder, ask_target, tell_written
from app.views.reports import jobs
from app.views.reports.jobs import Preview


class HandOver(QObject):
    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._made: Preview | None = None
        self._order: Order | None = None
        self.save_button = QPushButton(self.tr("Save PDF…"))
        self.save_button.setProperty("primary", True)
        self.save_button.setAutoDefault(True)  # Enter after Ctrl+P saves
        self.print_button = QPushButton(self.tr("Print…"))
        self.excel_button = QPushButton(self.tr("Excel…"))
        self.each_button = QPushButton(self.tr("A file for each well…"))
        self.archive = QCheckBox("PDF/A-2b")
        self.archive.setToolTip(self.tr("For an archive: readable without anything from outside"))
        self.buttons = (self.save_button, self.print_button, self.excel_button, self.each_button)
        for button, slot in zip(
            self.buttons, (self.ask_pdf, self._ask_printer, self._ask_excel, self._ask_folder), strict=True
        ):
            button.clicked.connect(slot)
        self.forget()

    @property
    def ready(self) -> bool:
        return self._made is not None

    def forget(self) -> None:
        """Another report is being made."""
        self._made = None
        for button in self.buttons:
            button.setEnabled(False)

    def offer(self, made: Preview, wanted: Order) -> None:
        self._made, self._order = made, wanted
        for button in self.buttons:
            button.setEnabled(True)
        self.each_button.setEnabled(len(wanted.wells) > 1)

    def _ask(self, title: str, suffix: str, kinds: str) -> Path | None:
        if self._made is None:
            return None
        name = Path(self._made.name).with_suffix(suffix).name
        chosen = ask_target(self._context, self._window, title, name, kinds)
        return None if chosen is None else chosen.with_suffix(suffix)

    @Slot()
    def ask_pdf(self) -> None:
        path = self._ask(self.tr("Save the report"), ".pdf", "PDF (*.pdf)")
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """The very bytes that the preview shows. The folder may be a slow share: not in this thread."""
        if self._made is not None:
            self._context.runner.start(jobs.write_pdf, path, self._made.content, done=self._written)

    @Slot()
    def _ask_excel(self) -> None:
        path = self._ask(self.tr("Save as Excel"), ".xlsx", "Excel (*.xlsx)")
        if path is not None:
            self.excel_to(path)

    def excel_to(self, path: Path) -> None:
        if self._order is not None:
            title = self._context.speaker.say("job.report")
            self._context.runner.start(
                jobs.write_excel, self._context.workspace, self._order, path, title=title, done=self._written
            )

    @Slot()
    def _ask_folder(self) -> None:
        chosen = ask_folder(self._context, self._window, self.tr("Folder of the reports"))
        if chosen is not None:
            self.each_to(chosen)

    def each_to(self, folder: Path, kind: str = ".pdf") -> None:
        """With progress and cancel in the jobs bar; files that are done stay."""
        if self._order is not None:
            title = self._context.speaker.say("job.report")
            self._context.runner.start(
                jobs.write_each,
                self._context.workspace,
                self._order,
                folder,
                kind,
                purpose="reports",
                title=title,
                done=self._each_written,
            )

    @Slot(object)
    def _each_written(self, written: list[Written]) -> None:
        notices = self._context.workspace.notices
        folder = str(written[0].path.parent) if written else ""
        notices.publish(
            Notice(
                Severity.DONE,
                "notice.reports_written",
                {"count": len(written), "folder": folder},
                OPEN,
                folder,
            )
        )
        missing = [name for one in written for name in one.missing]
        if missing:
            notices.publish(
                Notice(Severity.WARNING, "notice.reports_without_data", {"wells": ", ".join(missing)})
            )

    @Slot(object)
    def _written(self, path: Path) -> None:
        tell_written(self._context, path)

    # ---- print ---------------------------------------------------------------------------------------------

    @Slot()
    def _ask_printer(self) -> None:
        if self._made is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._made.name)
        printer.setFromTo(1, len(self._made.sizes))
        dialog = QPrintDialog(printer, self._window)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, True)
        if dialog.exec():
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        if self._made is not None:
            title = self._context.speaker.say("job.printing")
            self._context.runner.start(
                jobs.print_pages,
                printer,
                self._made.content,
                self._made.sizes,
                self._made.name,
                title=title,
                done=self._printed,
            )

    @Slot(object)
    def _printed(self, pages: int) -> None:
        self._context.workspace.notices.publish(Notice(Severity.DONE, "notice.printed", {"pages": pages}))

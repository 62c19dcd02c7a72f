"""Every version of one record: when, who, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.jobs import Job
from app.models.kinds import KINDS
from app.models.records import AttachedFile, Record, Version
from app.services.records import lists as record_lists
from app.services.records.documents import save_as
from app.services.workspace import Workspace
from app.views import widgets
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.handing_out import ask_target, tell_written
from app.views.rows import Column, RowsTable


@dataclass(frozen=True)
class _Line:
    version: Version
    words: str


def _fetch(job: Job, workspace: Workspace, record: Record) -> tuple[list[Version], AttachedFile | None]:
    return record_lists.history(workspace, record)


def save_file(job: Job, workspace: Workspace, file: AttachedFile, target: Path) -> Path:
    save_as(workspace, file, target)
    return target


class HistoryDialog(FittedDialog):
    def __init__(self, context: Context, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        speaker = context.speaker
        self.setWindowTitle(f"{KINDS[record.kind].name(speaker.language)} · {speaker.dated(record.at)}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._file: AttachedFile | None = None
        self.origin = widgets.text("")
        self.save_button = QPushButton(self.tr("Save the original…"))
        self.save_button.setVisible(False)
        self.save_button.clicked.connect(self._ask)
        self.table = RowsTable(
            context,
            [
                Column(
                    self.tr("Version"),
                    lambda line: str(line.version.number),
                    lambda line: line.version.number,
                    number=True,
                ),
                Column(
                    self.tr("Saved"),
                    lambda line: speaker.moment(line.version.saved_at),
                    lambda line: line.version.saved_at,
                ),
                Column(
                    self.tr("By"), lambda line: line.version.author or "—", lambda line: line.version.author
                ),
                Column(
                    self.tr("Done"),
                    lambda line: speaker.say(f"action.{line.version.action}"),
                    lambda line: line.version.action,
                ),
                Column(
                    self.tr("What changed"),
                    lambda line: line.words,
                    lambda line: line.words,
                    tip=lambda line: line.words,
                    stretch=True,
                ),
            ],
            self.tr("History"),
            "history",
        )
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        top = QHBoxLayout()
        top.addWidget(self.origin, 1)
        top.addWidget(self.save_button)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self.resize(820, 360)
        context.runner.start(_fetch, context.workspace, record, lane="store", done=self._show)

    @Slot()
    def _ask(self) -> None:
        if self._file is None:
            return
        path = ask_target(self._context, self, self.tr("Save the original"), self._file.name)
        if path is not None:
            self._context.runner.start(save_file, self._context.workspace, self._file, path, done=self._saved)

    @Slot(object)
    def _saved(self, path: Path) -> None:
        tell_written(self._context, path)

    @Slot(object)
    def _show(self, answer: tuple[list[Version], AttachedFile | None]) -> None:
        found, file = answer
        speaker = self._context.speaker
        if file is not None:
            self._file = file
            self.origin.setText(self.tr("From the file {name}").format(name=file.name))
            self.save_button.setVisible(True)
        elif not found:
            self.origin.setText(self.tr("Came with the data of the centre; not changed here."))
        self.origin.setVisible(bool(self.origin.text()))
        before: Version | None = None
        lines = []
        for version in found:
            lines.append(_Line(version, record_lists.changes(before, version, speaker)))
            before = version
        self.table.show_rows(lines[::-1])

"""One record that two people changed in the same place: both values side by side, the engineer chooses
each.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.core.clock import parse_time
from app.core.jobs import Job
from app.models.kinds import KINDS
from app.reports import record_words
from app.services.centre import conflicts
from app.services.centre.conflicts import MINE, THEIRS, OpenConflict
from app.services.workspace import Workspace
from app.views import widgets
from app.views.context import Context
from app.views.fitted import FittedDialog


def _find(job: Job, workspace: Workspace, entry_id: str) -> OpenConflict | None:
    return next((one for one in conflicts.open_conflicts(workspace) if one.entry_id == entry_id), None)


def _resolve(job: Job, workspace: Workspace, entry_id: str, choices: dict[str, str]) -> None:
    conflicts.resolve(workspace, entry_id, choices)


class Answer(QWidget):
    """One of both values, in as many lines as it takes: a long note put the other past the screen. A click
    on its words chooses it as well.
    """

    def __init__(self, value: str) -> None:
        super().__init__()
        self.button = QRadioButton()
        self.button.setAccessibleName(value)
        words = widgets.Words(value)
        words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1, Qt.AlignmentFlag.AlignTop)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_inside = self.rect().contains(event.position().toPoint())
        if is_inside and event.button() == Qt.MouseButton.LeftButton:
            self.button.click()


class ConflictDialog(FittedDialog):
    def __init__(self, context: Context, entry_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._entry_id = context, entry_id
        self.setWindowTitle(self.tr("Changed by two people"))
        self.groups: dict[str, QButtonGroup] = {}
        self._head = widgets.text("")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        for column in (1, 2, 3):
            self._grid.setColumnStretch(column, 1)
        self.buttons = QDialogButtonBox()
        self.save = self.buttons.addButton(
            self.tr("Keep what is chosen"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.addButton(self.tr("Decide later"), QDialogButtonBox.ButtonRole.RejectRole)
        self.save.setEnabled(False)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._head)
        inside = QWidget()
        inside.setLayout(self._grid)
        layout.addWidget(widgets.scrolled(inside), 1)
        layout.addWidget(
            widgets.muted(self.tr("Both values stay in the record's history, whichever you choose."))
        )
        layout.addWidget(self.buttons)
        self.resize(680, 320)
        context.runner.start(_find, context.workspace, entry_id, lane="store", done=self._show)

    @Slot(object)
    def _show(self, found: OpenConflict | None) -> None:
        if found is None:
            self.reject()
            return
        speaker = self._context.speaker
        name = KINDS[found.kind].name(speaker.language)
        author = found.author or self.tr("another laptop")
        self._head.setText(
            self.tr("{kind} of {time}: you and {author} changed the same fields.").format(
                kind=name, time=speaker.dated(parse_time(found.at)), author=author
            )
        )
        for column, words in enumerate((self.tr("Field"), self.tr("Before"), self.tr("Yours"), author)):
            label = widgets.strong()
            label.setText(words)
            self._grid.addWidget(label, 0, column)
        for row, one in enumerate(found.fields, 1):
            self._grid.addWidget(QLabel(self._field_name(found.kind, one.field)), row, 0)
            self._grid.addWidget(widgets.text(self._value(found.kind, one.field, one.base)), row, 1)
            group = QButtonGroup(self)
            for column, value in ((2, one.mine), (3, one.theirs)):
                answer = Answer(self._value(found.kind, one.field, value))
                group.addButton(answer.button, column)
                self._grid.addWidget(answer, row, column)
            group.idClicked.connect(self._chosen)
            self.groups[one.field] = group
        self._grid.setRowStretch(len(found.fields) + 1, 1)

    def _field_name(self, kind: str, field: str) -> str:
        if field.startswith("values."):
            return KINDS[kind].field(field.removeprefix("values.")).name(self._context.speaker.language)
        return {
            "at": self.tr("Time"),
            "until": self.tr("Ended"),
            "action": self.tr("Record"),
            "well_key": self.tr("Well"),
        }.get(field, field)

    def _value(self, kind: str, field: str, value: Any) -> str:
        speaker = self._context.speaker
        if value is None:
            return "—"
        if field == "action":
            return speaker.say(f"action.{value}")
        if field == "well_key":
            return str(value.get("name", ""))
        if field in ("at", "until"):
            return speaker.dated(parse_time(value))
        own = KINDS[kind].field(field.removeprefix("values."))
        unit = record_words.unit_of(own, speaker).label(speaker.language) if own.type == "number" else ""
        shown = record_words.shown(own, value, speaker)
        return f"{shown}\u00a0{unit}" if unit else shown

    @Slot(int)
    def _chosen(self, *_: object) -> None:
        self.save.setEnabled(all(group.checkedId() >= 0 for group in self.groups.values()))

    @Slot()
    def _save(self) -> None:
        choices = {field: MINE if group.checkedId() == 2 else THEIRS for field, group in self.groups.items()}
        self._context.runner.start(
            _resolve, self._context.workspace, self._entry_id, choices, lane="journal", done=self._resolved
        )
        self.accept()

    @Slot(object)
    def _resolved(self, _: object) -> None:
        self._context.everything_changed()
        self._context.syncing.sync_now()

"""One form for every kind of record: moment, fields, files. Every change is kept as a draft; saved is what
the journal has.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDateTime, QTimeZone, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.jobs import Job
from app.models.kinds.spec import Kind
from app.models.records import Record
from app.models.wells import Well
from app.reports import record_words
from app.services.records import entries, forms
from app.services.workspace import Workspace
from app.views import widgets
from app.views.commands.given import Given
from app.views.commands.saving import FORM
from app.views.context import Context
from app.views.entry.fields import FieldBox, field_box
from app.views.settling import Soon

DRAFT_MS = 250
"""After the first key that is not kept yet, not after the last one: who types on and on loses no more than
who stops.
"""

Opened = tuple[Record | None, Any]


def _open(job: Job, workspace: Workspace, kind: Kind, well_id: int) -> Opened:
    """(the last record of the kind, the draft left by a crash)."""
    return forms.last_of(workspace, kind, well_id), entries.draft_of(workspace, kind.key, well_id)


def _keep(
    job: Job, workspace: Workspace, draft_id: str, kind: str, well_id: int, texts: dict[str, Any]
) -> None:
    entries.keep_draft(workspace, draft_id, kind, well_id, texts)


def _drop(job: Job, workspace: Workspace, draft_id: str) -> None:
    entries.drop_draft(workspace, draft_id)


def _save(job: Job, workspace: Workspace, record: Record, files: tuple[Path, ...]) -> Record:
    return forms.save(workspace, record, files)


class MomentEdit(QDateTimeEdit):
    """In UTC, as everything that is kept."""

    def __init__(self) -> None:
        super().__init__(QDateTime.currentDateTimeUtc().toTimeZone(QTimeZone.utc()))
        self.setDisplayFormat("dd.MM.yyyy HH:mm")
        self.setCalendarPopup(True)

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.dateTime().toSecsSinceEpoch(), UTC)

    def set_moment(self, moment: datetime) -> None:
        self.setDateTime(QDateTime.fromSecsSinceEpoch(int(moment.timestamp()), QTimeZone.utc()))


class EntryForm(QDialog):
    """`record` is the one to be changed, or None for a new one. Emits when the journal has it."""

    saved = Signal(Record)

    def __init__(
        self,
        context: Context,
        kind: Kind,
        well: Well,
        parent: QWidget,
        record: Record | None = None,
        files: tuple[Path, ...] = (),
    ) -> None:
        super().__init__(parent)
        self._context, self.kind, self._well, self._record = context, kind, well, record
        self.draft_id = new_id()
        self._files: list[Path] = list(files)
        self._loading, self._edited = True, False
        speaker = context.speaker
        self.setWindowTitle(
            f"{kind.name(speaker.language)} · {self.tr('Well {name}').format(name=well.name)}"
        )
        self.at, self.until = MomentEdit(), MomentEdit()
        self.ended = QCheckBox(self.tr("Ended"))
        self.boxes: dict[str, FieldBox] = {field.key: field_box(context, field) for field in self._fields()}
        self.state = widgets.text("")
        self.save_button = QPushButton(self.tr("Save"))
        self.save_button.setProperty("primary", True)
        self.save_button.setDefault(True)
        self.attach_button = QPushButton(self.tr("Add photo or file…"))
        self.attach_button.setVisible(kind.attaches)
        self.attached = widgets.muted()
        self._build()
        self._draft_soon = Soon(self, DRAFT_MS)
        self._draft_soon.timeout.connect(self._keep_draft)
        for box in self.boxes.values():
            box.changed.connect(self._changed)
        self.at.dateTimeChanged.connect(self._changed)
        self.until.dateTimeChanged.connect(self._changed)
        self.ended.toggled.connect(self._changed)
        self.save_button.clicked.connect(self.save)
        self.attach_button.clicked.connect(self._ask_files)
        self.given = Given(FORM, self, self, context)
        self._start()

    def _fields(self) -> tuple[Any, ...]:
        hidden = {"author", "sensor"} if self.kind.key == "note" else set()
        return tuple(field for field in self.kind.fields if field.key not in hidden)

    def _build(self) -> None:
        glove = bool(self._context.workspace.settings["glove_mode"])
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12 if glove else 8)
        top = QVBoxLayout()
        top.setSpacing(2)
        moment = QLabel(self.tr("Began at, UTC") if self.kind.until else self.tr("Time, UTC"))
        moment.setProperty("role", "strong")
        top.addWidget(moment)
        top.addWidget(self.at)
        self.at.setAccessibleName(moment.text())
        grid.addLayout(top, 0, 0)
        if self.kind.until:
            end = QVBoxLayout()
            end.setSpacing(2)
            end.addWidget(self.ended)
            end.addWidget(self.until)
            self.until.setAccessibleName(self.tr("Ended at, UTC"))
            self.until.setEnabled(False)
            self.ended.toggled.connect(self.until.setEnabled)
            grid.addLayout(end, 0, 1)
        row, column = 1, 0
        for box in self.boxes.values():
            wide = box.field.long
            if wide and column:
                row, column = row + 1, 0
            grid.addWidget(box, row, column, 1, 2 if wide else 1)
            column += 2 if wide else 1
            if column >= 2:
                row, column = row + 1, 0
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(row + 1, 1)
        inside = QWidget()
        inside.setLayout(grid)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        self.attach_button.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.attach_button)
        buttons.addWidget(self.attached, 1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.addWidget(widgets.scrolled(inside), 1)
        layout.addWidget(self.state)
        layout.addLayout(buttons)
        # As high as its fields, where the window has the room.
        self.resize(
            620, min(inside.sizeHint().height() + 130, max(420, self.parentWidget().window().height() - 40))
        )

    # ---- what stands in it ---------------------------------------------------------------------------------

    def _start(self) -> None:
        for field in self._fields():
            if field.default is not None and self._record is None:
                default = field.default
                text = (
                    ("1" if default else "0")
                    if field.type == "flag"
                    else default
                    if field.type == "choice"
                    else record_words.shown(field, default, self._context.speaker)
                )
                self.boxes[field.key].set_text(str(text))
        if self._record is not None:
            self._show_record(self._record)
        self._show_files()
        self.set_state("")
        self._loading = False
        first = next(
            (box for box in self.boxes.values() if box.field.type in ("number", "text") and not box.text()),
            None,
        )
        if first is not None:
            first.editor.setFocus()
        self._context.runner.start(
            _open, self._context.workspace, self.kind, self._well.id, lane="store", done=self._opened
        )

    def _show_record(self, record: Record) -> None:
        self.at.set_moment(record.at)
        self.ended.setChecked(record.until is not None)
        if record.until is not None:
            self.until.set_moment(record.until)
        for key, box in self.boxes.items():
            value = record.values.get(key)
            if box.field.type == "choice":
                box.set_text(str(value or ""))
            elif box.field.type == "flag":
                box.set_text("1" if value else "0")
            else:
                box.set_text(record_words.shown(box.field, value, self._context.speaker))

    @Slot(object)
    def _opened(self, answer: Opened) -> None:
        last, draft = answer
        if last is not None and self._record is None:
            for key, box in self.boxes.items():
                if box.field.type in ("number", "choice") and key in last.values:
                    words = record_words.shown(box.field, last.values[key], self._context.speaker)
                    box.set_last(f"{words} ({self._context.speaker.day(last.at)})")
        if draft is not None and self._record is None and not self._edited:
            self._restore(draft)

    def _restore(self, draft: Any) -> None:
        """What a crash or a closed lid left: it goes on where it stopped."""
        self._loading = True
        texts = draft.payload["texts"]
        self.draft_id = draft.id
        self.at.set_moment(datetime.fromisoformat(texts["at"]))
        self.ended.setChecked(bool(texts.get("until")))
        if texts.get("until"):
            self.until.set_moment(datetime.fromisoformat(texts["until"]))
        for key, text in texts["fields"].items():
            if key in self.boxes:
                self.boxes[key].set_text(text)
        self._files = [path for name in texts.get("files", ()) if (path := Path(name)).exists()]
        self._show_files()
        self._loading = False
        self.set_state(self.tr("What was typed before is here again."))

    def texts(self) -> dict[str, Any]:
        return {
            "at": self.at.moment().isoformat(),
            "until": self.until.moment().isoformat() if self.ended.isChecked() else None,
            "fields": {key: box.text() for key, box in self.boxes.items()},
            "files": [str(path) for path in self._files],
        }

    @Slot()
    def _changed(self, *_: object) -> None:
        if self._loading:
            return
        self._edited = True
        if not self._draft_soon.isActive():
            self._draft_soon.start()

    @Slot()
    def _keep_draft(self) -> None:
        if self._record is None:
            self._context.runner.start(
                _keep,
                self._context.workspace,
                self.draft_id,
                self.kind.key,
                self._well.id,
                self.texts(),
                lane="journal",
                purpose=f"draft {self.draft_id}",
            )

    # ---- files, saving -------------------------------------------------------------------------------------

    @Slot()
    def _ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Photo or file"))
        self.add_files([Path(name) for name in names])

    def add_files(self, paths: list[Path]) -> None:
        self._files += [path for path in paths if path not in self._files]
        self._show_files()
        self._changed()

    def _show_files(self) -> None:
        self.attached.setText(", ".join(path.name for path in self._files))
        title = self.boxes.get("title")
        if title is not None and self._files and not title.text():
            title.set_text(self._files[0].stem)

    def record(self) -> Record:
        """Raises KnownError (form_*)."""
        typed = {key: box.typed() for key, box in self.boxes.items()}
        until = self.until.moment() if self.kind.until and self.ended.isChecked() else None
        made = forms.record_of(
            self.kind,
            self._record.id if self._record else self.draft_id,
            self._well.id,
            self.at.moment(),
            until,
            typed,
            self._context.speaker,
        )
        if self.kind.key == "note":
            kept = (
                self._record.values
                if self._record
                else {"author": self._context.workspace.settings["author"]}
            )
            made.values.update({key: kept[key] for key in ("author", "sensor") if kept.get(key)})
        return made

    def _work(self) -> tuple[Callable[..., Record], tuple[Any, ...]]:
        """The task that keeps what the form says, and what it is given. Raises KnownError (form_*)."""
        return _save, (self.record(), tuple(self._files))

    @Slot()
    def save(self) -> None:
        try:
            work, arguments = self._work()
        except KnownError as error:
            self.set_state(self._context.speaker.error(error), bad=True)
            return
        self._draft_soon.stop()
        self.save_button.setEnabled(False)
        self._context.runner.start(
            work,
            self._context.workspace,
            *arguments,
            lane="journal",
            purpose=f"draft {self.draft_id}",
            done=self._saved,
            failed=self._refused,
        )

    @Slot(object)
    def _saved(self, record: Record) -> None:
        self.saved.emit(record)
        self.accept()

    @Slot(object)
    def _refused(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, KnownError):
            self.set_state(self._context.speaker.error(error), bad=True)
        else:
            self._context.runner.failed.emit(error)

    def set_state(self, words: str, *, bad: bool = False) -> None:
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.state.setStyleSheet(f"color: {self._context.theme.status['stop']}" if bad else "")

    def reject(self) -> None:
        """Cancelled by hand: the draft is dropped, and says so in the journal."""
        self._draft_soon.stop()
        if self._record is None:
            self._context.runner.start(
                _drop,
                self._context.workspace,
                self.draft_id,
                lane="journal",
                purpose=f"draft {self.draft_id}",
            )
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._draft_soon.stop()
        super().closeEvent(event)

"""One form for every kind of record: moment, fields, files. Every change is kept as a draft; saved is what
the journal has.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.core.plain import JsonObject
from app.models.kinds.spec import Kind
from app.models.records import PLANNED, Record
from app.models.values import Read
from app.models.wells import Well
from app.services.centre.people import author_of
from app.services.records import beginning, entries, forms
from app.services.records.photo_time import taken_at
from app.services.workspace import Workspace
from app.views import widgets
from app.views.cell_editing import commit_open_cell
from app.views.commands.given import Given
from app.views.commands.saving import FORM
from app.views.context import Context
from app.views.dropping import TakesFiles
from app.views.entry.fields_panel import FieldsPanel, fields_for
from app.views.fitted import FittedDialog
from app.views.settling import Soon

AHEAD = ("workover", "task", "event")
"""Entered ahead of its time: what is planned, and a task whose time begins later."""

UNASKED = {
    "note": frozenset(("author", "sensor")),
    "task": frozenset(("origin", "rule", "finding", "done_at", "done_by")),
}
"""What the program says of a record by itself."""

FAST_CLOCK = timedelta(minutes=10)
DRAFT_MS = 250
"""After the first key that is not kept yet, not after the last one: who types on and on loses no more than
who stops.
"""

Opened = tuple[Record | None, Any, datetime | None]


def _open(job: Job, workspace: Workspace, kind: Kind, well_id: int) -> Opened:
    """(the last record of the kind, the draft left by a crash, when the well begins)."""
    draft = entries.draft_of(workspace, kind.key, well_id)
    return forms.last_of(workspace, kind, well_id), draft, beginning.begins(workspace, well_id)


def _keep(job: Job, workspace: Workspace, draft_id: str, kind: str, well_id: int, texts: JsonObject) -> None:
    entries.keep_draft(workspace, draft_id, kind, well_id, texts)


def _drop(job: Job, workspace: Workspace, draft_id: str) -> None:
    entries.drop_draft(workspace, draft_id)


def _save(job: Job, workspace: Workspace, record: Record, files: tuple[Path, ...]) -> Record:
    return forms.save(workspace, record, files)


class EntryForm(TakesFiles, FittedDialog):
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
        self._loading, self._edited, self._is_warned = True, False, False
        self._asked_about: datetime | None = None
        self._begins: datetime | None = None
        speaker = context.speaker
        of_well = self.tr("Well {name}").format(name=well.name)
        self.setWindowTitle(f"{kind.name(speaker.language)} · {of_well}")
        self.panel = FieldsPanel(context, kind, self._fields())
        self.boxes, self.at = self.panel.boxes, self.panel.at
        self.state = widgets.text("")
        self.save_button = QPushButton(self.tr("Save"))
        self.save_button.setProperty("primary", True)
        self.save_button.setToolTip("Ctrl+S, Ctrl+Enter")
        self.attach_button = QPushButton(self.tr("Add photo or file…"))
        self.attach_button.setVisible(kind.attaches)
        self.setAcceptDrops(kind.attaches)
        self.attached = widgets.muted()
        self.drop_button = QPushButton(self.tr("Drop what was typed"))
        self._build()
        self._draft_soon = Soon(self, DRAFT_MS)
        self._draft_soon.timeout.connect(self._keep_draft)
        self.panel.changed.connect(self._changed)
        self.panel.passed.connect(self.save_button.setFocus)
        self.save_button.clicked.connect(self.save)
        self.attach_button.clicked.connect(self._ask_files)
        self.given = Given(FORM, self, self, context)
        self._start()

    def _fields(self) -> tuple[Any, ...]:
        hidden = UNASKED.get(self.kind.key, frozenset())
        fields = fields_for(self.kind, self._well.lift, self._record)
        return tuple(field for field in fields if field.key not in hidden)

    def _is_ahead(self) -> bool:
        """An event may be planned as well: then it says so."""
        state = self.boxes.get("state")
        is_plan = state is not None and state.text() == PLANNED
        return self.kind.key in AHEAD and (is_plan or self.kind.key != "event")

    def _build(self) -> None:
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.setToolTip(self.tr("What was typed is kept as a draft and stands here the next time"))
        self.drop_button.setAutoDefault(False)
        self.drop_button.setEnabled(False)
        self.drop_button.clicked.connect(self.drop)
        self.attach_button.setAutoDefault(False)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.attach_button)
        buttons.addWidget(self.attached, 1)
        buttons.addWidget(self.drop_button)
        buttons.addWidget(close)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.addWidget(widgets.scrolled(self.panel), 1)
        layout.addWidget(self.state)
        layout.addLayout(buttons)
        # As high as its fields, where the window has the room.
        self.resize(
            620,
            min(self.panel.sizeHint().height() + 130, max(420, self.parentWidget().window().height() - 40)),
        )

    # ---- what stands in it ---------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._record is not None:
            self.panel.show_record(self._record)
        else:
            self.panel.show_defaults()
        self._show_files()
        self._propose_moment(self._files)
        self.set_state("")
        self._loading = False
        first = self.panel.first_empty()
        if first is not None:
            first.editor.setFocus()
        self._context.runner.start(
            _open, self._context.workspace, self.kind, self._well.id, lane="store", done=self._opened
        )

    @Slot(object)
    def _opened(self, answer: Opened) -> None:
        last, draft, self._begins = answer
        if last is not None and self._record is None:
            self.panel.show_last(last)
        if draft is not None and self._record is None and not self._edited:
            self._restore(draft)

    def _restore(self, draft: Any) -> None:
        """What a crash or a closed lid left: it goes on where it stopped."""
        self._loading = True
        texts = draft.payload["texts"]
        self.draft_id = draft.id
        self.panel.restore(texts)
        self._files = [path for name in texts.get("files", ()) if (path := Path(name)).exists()]
        self._show_files()
        self._loading = False
        self._edited = True
        self.drop_button.setEnabled(True)
        self.set_state(self.tr("What was typed before is here again."))

    def texts(self) -> JsonObject:
        return {**self.panel.texts(), "files": [str(path) for path in self._files]}

    @Slot()
    def _changed(self, *_: object) -> None:
        if self._loading:
            return
        self._edited = True
        self.set_state("")  # it was said of what stood there before
        self.drop_button.setEnabled(True)
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
        self._propose_moment(paths)
        self._changed()

    def _propose_moment(self, paths: list[Path]) -> None:
        """When the photo was taken, as its camera says; it can be changed like any other."""
        zone = self._context.speaker.zone
        taken = next((moment for path in paths if (moment := taken_at(path, zone)) is not None), None)
        if taken is not None and self._record is None:
            self.at.set_moment(taken)

    def _show_files(self) -> None:
        self.attached.setText(", ".join(path.name for path in self._files))
        title = self.boxes.get("title")
        if title is not None and self._files and not title.text():
            title.set_text(self._files[0].stem)

    def record(self) -> Record:
        """Raises KnownError (form_*)."""
        record_id = self._record.id if self._record else self.draft_id
        made = self.panel.record(record_id, self._well.id, self._record)
        if self.kind.key == "note" and self._record is None:
            made.values["author"] = author_of(self._context.workspace)
        return made

    def _work(self) -> tuple[Callable[..., Record], tuple[Any, ...]]:
        """The task that keeps what the form says, and what it is given. Raises KnownError (form_*)."""
        return _save, (self.record(), tuple(self._files))

    @Slot()
    def save(self) -> None:
        commit_open_cell()
        try:
            work, arguments = self._work()
        except KnownError as error:
            self.set_state(self._context.speaker.error(error), bad=True)
            return
        if self._is_doubtful():
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

    def lacking_words(self, values: Read) -> str:
        """What a record of these values cannot be used for; empty where nothing is missing."""
        return ""

    def _is_doubtful(self) -> bool:
        """What is still to come, and what was before anything that is known of the well, is asked about once:
        most often the year or the month is a slip.
        """
        moment, speaker = self.at.moment(), self._context.speaker
        if moment == self._asked_about or (self._record is not None and moment == self._record.at):
            return False
        ahead = moment > self._context.workspace.clock() + FAST_CLOCK and not self._is_ahead()
        early = beginning.is_before(self._begins, moment, self.kind.key)
        if ahead:
            words = self.tr("{moment} is still to come. Save once more if it is meant.")
        elif early:
            words = self.tr(
                "{moment} is before anything that is known of the well ({begins}). "
                "Save once more if it is meant."
            )
        else:
            return False
        self._asked_about = moment
        self.set_state(words.format(moment=speaker.dated(moment), begins=speaker.day(self._begins)))
        return True

    @Slot(object)
    def _saved(self, record: Record) -> None:
        self.saved.emit(record)
        self.accept()

    @Slot(object)
    def _refused(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        self._context.tell_refusal(error, lambda words: self.set_state(words, bad=True))

    def set_state(self, words: str, *, bad: bool = False) -> None:
        self.state.setText(words)
        self.state.setVisible(bool(words))
        self.state.setStyleSheet(f"color: {self._context.theme.status['stop']}" if bad else "")

    def reject(self) -> None:
        """Closed by Esc, its button or the window's cross: what was typed stays, and it is said where."""
        self._draft_soon.stop()
        if self._edited and self._record is None:
            self._keep_draft()
            what = self.kind.name(self._context.speaker.language)
            self._context.workspace.notices.publish(
                Notice(Severity.INFO, "notice.draft_kept", {"what": what, "well": self._well.name})
            )
        elif self._edited and not self._is_warned:
            self._is_warned = True  # a change of a record has no draft: it is asked once
            self.set_state(self.tr("The changes are not saved. Close once more to drop them."), bad=True)
            return
        super().reject()

    @Slot()
    def drop(self) -> None:
        """By hand only: the journal says that the draft was dropped."""
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
        """The cross does as Esc does."""
        event.ignore()
        self.reject()

"""The profile into one file under a passphrase, and a profile out of such a file."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.models.sealed_stream import SHORTEST
from app.services import backups
from app.services.backups import Made
from app.services.workspace import Workspace
from app.views import widgets
from app.views.calm import TextLine
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.handing_out import OPEN, ask_target
from app.views.tasks import Task

SUFFIX = ".wsbackup"
KINDS = f"Wellside (*{SUFFIX})"


def _back_up(job: Job, workspace: Workspace, phrase: str, path: Path) -> Made:
    return backups.back_up(workspace, phrase, path, job)


def _look(job: Job, workspace: Workspace, backup: Path, phrase: str) -> int:
    return backups.look(workspace, backup, phrase, job)


class _PhraseDialog(FittedDialog):
    """What it is for, fields with labels above, what is wrong, and the button that does it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setMinimumWidth(480)
        self.state = widgets.text("")
        self.do = QPushButton()
        self.do.setProperty("primary", True)
        self.do.setDefault(True)
        self.do.setEnabled(False)
        self._close = QPushButton(self.tr("Close"))
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.reject)
        self.form = QVBoxLayout()
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        buttons.addWidget(self.do)
        layout = QVBoxLayout(self)
        layout.addLayout(self.form)
        layout.addWidget(self.state)
        layout.addLayout(buttons)
        self._phrases: list[QLineEdit] = []
        self._task: Task | None = None

    def done(self, result: int) -> None:
        """Closed: what was typed goes, and the dialog as soon as nothing runs for it."""
        super().done(result)
        for field in self._phrases:
            field.setText("")  # `clear` could be undone
        if self._task is not None and not self._task.muted:
            self._task.finished.connect(self.deleteLater)
        else:
            self.deleteLater()

    def by_keys(self, *fields: QWidget) -> None:
        """From the first field on; the buttons come last, or Space would close what was opened just now."""
        chain = [*fields, self.do, self._close]
        for one, after in pairwise(chain):
            self.setTabOrder(one, after)
        fields[0].setFocus()

    def phrase(self, words: str) -> QLineEdit:
        field = TextLine()
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(words)
        label = QLabel(words)
        label.setBuddy(field)
        self.form.addWidget(label)
        self.form.addWidget(field)
        self._phrases.append(field)
        return field

    @Slot(object)
    def refused(self, error: BaseException) -> None:
        if not self.isVisible():
            self._context.runner.failed.emit(error)
            return
        self.do.setEnabled(True)
        self._context.tell_refusal(error, self.state.setText)


class BackupDialog(_PhraseDialog):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.setWindowTitle(self.tr("Backup of the profile"))
        self.do.setText(self.tr("Save the backup…"))
        self.form.addWidget(
            widgets.text(
                self.tr(
                    "One file with everything: entries, files, settings, templates, the key. The passphrase "
                    "is kept nowhere: without it the file does not open."
                )
            )
        )
        self.first = self.phrase(self.tr("Passphrase, %n letters at least", "", SHORTEST))
        self.second = self.phrase(self.tr("Once more"))
        for field in (self.first, self.second):
            field.textChanged.connect(self._typed)
        self.by_keys(self.first, self.second)
        self.do.clicked.connect(self._ask)

    @Slot(str)
    def _typed(self, text: str) -> None:
        same = self.first.text() == self.second.text()
        self.do.setEnabled(same and len(self.first.text()) >= SHORTEST)
        differs = bool(self.second.text()) and not same
        self.state.setText(self.tr("The two differ.") if differs else "")

    @Slot()
    def _ask(self) -> None:
        name = f"wellside {self._context.workspace.clock():%Y-%m-%d}{SUFFIX}"
        path = ask_target(self._context, self, self.windowTitle(), name, KINDS)
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        self._task = self._context.runner.start(
            _back_up,
            self._context.workspace,
            self.first.text(),
            path,
            purpose="backup",
            title=self._context.speaker.say("job.backup"),
            done=self._written,
            failed=self.refused,
        )
        self.do.setEnabled(False)

    @Slot(object)
    def _written(self, made: Made) -> None:
        self._context.workspace.notices.publish(
            Notice(
                Severity.DONE,
                "notice.backup_written",
                {"file": str(made.path), "files": made.files},
                OPEN,
                str(made.path.parent),
            )
        )
        if self.isVisible():
            self.accept()


class RestoreDialog(_PhraseDialog):
    """`wanted`: the file and its passphrase, after the whole of it was read and is sound. The window closes
    then: a profile takes the place of another only while nobody has it open.
    """

    wanted = Signal(Path, str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.setWindowTitle(self.tr("Restore a backup"))
        self.do.setText(self.tr("Restore"))
        self.file: Path | None = None
        self.choose = QPushButton(self.tr("File of the backup…"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._ask)
        self.form.addWidget(
            widgets.text(
                self.tr(
                    "The profile of another laptop, or of this one before: the centre knows it again, "
                    "nothing is sent twice. The file is read whole first; then the window opens anew with it."
                )
            )
        )
        self.form.addWidget(self.choose)
        self.first = self.phrase(self.tr("Passphrase"))
        self.first.textChanged.connect(self._typed)
        self.by_keys(self.choose, self.first)
        self.do.clicked.connect(self._restore)

    @Slot()
    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.windowTitle(), "", KINDS)
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        self.file = path
        self.choose.setText(path.name)
        self._typed("")

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.state.setText("")
        self.do.setEnabled(self.file is not None and bool(self.first.text()))

    @Slot()
    def _restore(self) -> None:
        self.do.setEnabled(False)
        self._task = self._context.runner.start(
            _look,
            self._context.workspace,
            self.file,
            self.first.text(),
            purpose="backup",
            title=self._context.speaker.say("job.backup"),
            done=self._sound,
            failed=self.refused,
        )

    @Slot(object)
    def _sound(self, files: int) -> None:
        """Who closed the dialog meanwhile does not want it."""
        if self.file is not None and self.isVisible():
            phrase = self.first.text()
            self.accept()
            self.wanted.emit(self.file, phrase)

"""Connecting by the code that IT gave: pasted, or taken from its file; tried at once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.core.jobs import Job
from app.services.centre import joining
from app.services.workspace import Workspace
from app.views import widgets
from app.views.calm import TextField
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.sync.connections_dialog import ConnectionsDialog

Answers = dict[str, KnownError | None]


def _join(job: Job, workspace: Workspace, code: str) -> Answers:
    return joining.join(workspace, code)


def _code_of(job: Job, path: Path) -> str:
    return joining.code_of(path)


class JoinDialog(FittedDialog):
    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(self.tr("Connect to the centre"))
        self.resize(560, 320)
        self.code = TextField()
        self.code.setAccessibleName(self.tr("Code from IT"))
        self.code.setTabChangesFocus(True)
        self.code.setPlaceholderText("WELLSIDE1-…")
        self.answer = widgets.text("")
        self.file_button = QPushButton(self.tr("From a file…"))
        self.by_hand = QPushButton(self.tr("Address and token by hand…"))
        close = QPushButton(self.tr("Close"))
        self.connect_button = QPushButton(self.tr("Connect"))
        self.connect_button.setProperty("primary", True)
        for button in (self.file_button, self.by_hand, close):
            button.setAutoDefault(False)
        self.connect_button.setEnabled(False)
        buttons = QHBoxLayout()
        for button in (self.file_button, self.by_hand):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.connect_button)
        layout = QVBoxLayout(self)
        layout.addWidget(
            widgets.text(
                self.tr(
                    "IT gives a code or a file with it. It holds the address of the centre and the token of "
                    "this laptop: keep it to yourself."
                )
            )
        )
        layout.addWidget(self.code, 1)
        layout.addWidget(self.answer)
        layout.addLayout(buttons)
        self.code.textChanged.connect(self._typed)
        self.file_button.clicked.connect(self._ask_file)
        self.by_hand.clicked.connect(self._open_connections)
        close.clicked.connect(self.reject)
        self.connect_button.clicked.connect(self._join)

    @Slot()
    def _typed(self) -> None:
        self.connect_button.setEnabled(bool(self.code.toPlainText().strip()))
        self.answer.clear()

    @Slot()
    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Code from IT"))
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        self._context.runner.start(
            _code_of, path, purpose="code of a file", done=self.code.setPlainText, failed=self._refused
        )

    @Slot()
    def _join(self) -> None:
        self.connect_button.setEnabled(False)
        self.answer.setText(self.tr("Asking…"))
        self._context.runner.start(
            _join,
            self._context.workspace,
            self.code.toPlainText(),
            lane="network",
            purpose="join",
            done=self._joined,
            failed=self._refused,
        )

    @Slot(object)
    def _joined(self, answers: Answers) -> None:
        self.connect_button.setEnabled(True)
        speaker = self._context.speaker
        troubles = [speaker.error(error) for error in answers.values() if error is not None]
        if troubles:
            self.answer.setText("\n".join(dict.fromkeys(troubles)))
            return
        self.accept()
        self._context.syncing.sync_now()

    @Slot(object)
    def _refused(self, error: BaseException) -> None:
        self.connect_button.setEnabled(True)
        self._context.tell_refusal(error, self.answer.setText)

    @Slot()
    def _open_connections(self) -> None:
        self.reject()
        ConnectionsDialog(self._context, self.parentWidget()).open()

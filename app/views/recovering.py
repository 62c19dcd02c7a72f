"""The recovery key in the window: made and shown once in the settings, asked for by a start without one."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.paths import Paths
from app.core.texts import Speaker
from app.services import recovery
from app.services.recovery import Ways
from app.views import widgets
from app.views.calm import TextLine
from app.views.context import Context
from app.views.fitted import FittedDialog


def _make(job: Job, paths: Paths) -> str:
    return recovery.make(paths)


class RecoveryKey(QWidget):
    """Which ways back there are, and a new recovery key."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.said = widgets.text("")
        self.key = widgets.text("")
        self.key.setProperty("role", "strong")
        self.key.setAccessibleName(self.tr("Recovery key"))
        self.new = QPushButton(self.tr("Make a recovery key"))
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self.new)
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.said)
        layout.addWidget(self.key)
        layout.addLayout(buttons)
        self.new.clicked.connect(self._make)
        self.copy.clicked.connect(self._copy)
        self._tell(recovery.ways(context.workspace.paths))

    def _tell(self, ways: Ways) -> None:
        say = self._context.speaker.say
        lines = [say("recovery.has_key" if ways.own_key else "recovery.no_key")]
        if ways.held_by:
            lines.append(say("recovery.held", fingerprint=ways.held_by))
        self.said.setText("\n".join(lines))

    @Slot()
    def _make(self) -> None:
        self._context.runner.start(
            _make, self._context.workspace.paths, lane="journal", purpose="recovery key", done=self._made
        )

    @Slot(object)
    def _made(self, key: str) -> None:
        self.key.setText(key)
        self.copy.show()
        self.said.setText(self._context.speaker.say("recovery.write_down"))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.key.text())


class RecoveryDialog(FittedDialog):
    """There is no window yet, and no translator: the trouble in a sentence, and a place for the key. Accepted
    when the key is back.
    """

    def __init__(self, paths: Paths, error: KnownError, speaker: Speaker) -> None:
        super().__init__()
        self._paths, self._speaker = paths, speaker
        self.setWindowTitle("Wellside")
        self.resize(560, 260)
        self.said = widgets.text(speaker.error(error))
        self.typed = TextLine()
        self.typed.setPlaceholderText("XXXX-XXXX XXXX-XXXX XXXX-XXXX XXXX-XXXX")
        self.typed.setAccessibleName(speaker.say("recovery.key"))
        self.wrong = widgets.text("")
        buttons = QDialogButtonBox()
        self.use = buttons.addButton(
            speaker.say("recovery.open_with"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        buttons.addButton(speaker.say("recovery.close"), QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        layout.addWidget(self.said)
        layout.addWidget(widgets.text(speaker.say("recovery.enter")))
        layout.addWidget(self.typed)
        layout.addWidget(self.wrong)
        layout.addStretch(1)
        layout.addWidget(buttons)
        buttons.accepted.connect(self._use)
        buttons.rejected.connect(self.reject)

    @Slot()
    def _use(self) -> None:
        try:
            recovery.recover(self._paths, self.typed.text())
        except KnownError as error:
            self.wrong.setText(self._speaker.error(error))
        else:
            self.accept()

"""Under the pages: running jobs with progress and cancel, and the latest notice with its action."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from app.core.jobs import Progress
from app.core.notices import Notice, Severity
from app.services.manual import NEWS
from app.views.context import Context
from app.views.handing_out import OPEN, open_path
from app.views.learnt_models import BACK
from app.views.shapes import status_pixmap
from app.views.tasks import Task

STAY_MS = {Severity.DONE: 8_000, Severity.INFO: 8_000, Severity.WARNING: 30_000, Severity.ERROR: 60_000}
STAY_FOR_ACTION_MS = 20_000
"""Who looks up from another window has time to press what is offered."""
MARK = {Severity.DONE: "ok", Severity.INFO: "info", Severity.WARNING: "watch", Severity.ERROR: "stop"}


def action_words(notice: Notice) -> str:
    """On the button beside it; nothing where there is nothing to be done."""
    words = {
        "take back": QCoreApplication.translate("BottomBar", "Undo"),
        "do again": QCoreApplication.translate("BottomBar", "Do again"),
        "sync page": QCoreApplication.translate("BottomBar", "Show"),
        "go on with demo": QCoreApplication.translate("BottomBar", "Go on"),
        BACK: QCoreApplication.translate("BottomBar", "Back to the one before"),
        NEWS: QCoreApplication.translate("BottomBar", "What is new"),
        OPEN: QCoreApplication.translate("BottomBar", "Open"),
    }
    return words.get(notice.action, notice.action)


class JobRow(QWidget):
    def __init__(self, context: Context, task: Task) -> None:
        super().__init__()
        self._context, self._task = context, task
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        self._name = QLabel(task.title)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setFixedWidth(260)
        self._bar.setAccessibleName(task.title)
        cancel = QToolButton(text=self.tr("Cancel"))
        cancel.setAccessibleName(self.tr("Cancel: {job}").format(job=task.title))
        row.addWidget(self._name)
        row.addWidget(self._bar)
        row.addWidget(cancel)
        row.addStretch(1)
        cancel.clicked.connect(task.cancel)
        task.progressed.connect(self._progress)
        task.finished.connect(self._finished)

    @Slot(object)
    def _progress(self, progress: Progress) -> None:
        if progress.total:
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)
        if progress.text:
            self._name.setText(self._context.speaker.say(progress.text))

    @Slot()
    def _finished(self) -> None:
        self.setParent(None)
        self.deleteLater()


class BottomBar(QWidget):
    published = Signal(Notice)  # from any thread

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._line = QWidget()
        row = QHBoxLayout(self._line)
        row.setContentsMargins(8, 2, 8, 2)
        self._mark, self.words = QLabel(), QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = QToolButton()
        self.folder = QToolButton(text=self.tr("Show in folder"))
        self.folder.clicked.connect(self._show_folder)
        self._close = QToolButton(text="✕")
        self._close.setAccessibleName(self.tr("Close the message"))
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        row.addWidget(self._action)
        row.addWidget(self.folder)
        row.addWidget(self._close)
        self._layout.addWidget(self._line)
        self._line.hide()
        self._notice: Notice | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._line.hide)
        self._close.clicked.connect(self._line.hide)
        self._action.clicked.connect(self._act)
        self.published.connect(self.show_notice)
        context.runner.started.connect(self._job_started)
        for task in context.runner.shown():  # the window was built anew while they run
            self._job_started(task)
        stop = context.workspace.notices.subscribe(self.published.emit)
        self.destroyed.connect(lambda *_: stop())

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        self._notice = notice
        self._mark.setPixmap(status_pixmap(MARK[notice.severity], self._context.theme))
        self.words.setText(self._context.speaker.say(notice.code, **notice.details))
        self._action.setVisible(bool(notice.action))
        self._action.setText(action_words(notice))
        self.folder.setVisible(notice.action == OPEN)
        self._line.show()
        stay = STAY_MS[notice.severity]
        self._timer.start(max(stay, STAY_FOR_ACTION_MS) if notice.action else stay)

    @Slot()
    def _act(self) -> None:
        if self._notice is not None:
            self._line.hide()
            self._context.action_wanted.emit(self._notice.action, self._notice.action_value)

    @Slot()
    def _show_folder(self) -> None:
        if self._notice is not None:
            path = Path(self._notice.action_value)
            open_path(path if path.is_dir() else path.parent)

    @Slot(object)
    def _job_started(self, task: Task) -> None:
        self._layout.addWidget(JobRow(self._context, task))

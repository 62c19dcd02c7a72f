"""Files for somebody else: every dialog begins where one was saved last; what was written can be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.jobs import Job
from app.core.notices import Notice, Severity
from app.services.workspace import Workspace
from app.views.context import Context

OPEN = "open file"
"""The action of a notice; its value is the file or the folder."""


def _remember(job: Job, workspace: Workspace, folder: str) -> None:
    workspace.settings.set("save_folder", folder)


def folder_of(context: Context) -> Path:
    """Where something was saved last, as long as that is there; else the documents."""
    last = str(context.workspace.settings["save_folder"])
    if last and Path(last).is_dir():
        return Path(last)
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def ask_target(context: Context, parent: QWidget, title: str, name: str, kinds: str = "") -> Path | None:
    """None when nothing was chosen."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(folder_of(context) / name), kinds)
    if not chosen:
        return None
    _keep(context, Path(chosen).parent)
    return Path(chosen)


def ask_folder(context: Context, parent: QWidget, title: str) -> Path | None:
    chosen = QFileDialog.getExistingDirectory(parent, title, str(folder_of(context)))
    if not chosen:
        return None
    _keep(context, Path(chosen))
    return Path(chosen)


def _keep(context: Context, folder: Path) -> None:
    context.runner.start(_remember, context.workspace, str(folder), lane="journal", purpose="save folder")


def tell_written(context: Context, path: Path) -> None:
    context.workspace.notices.publish(
        Notice(Severity.DONE, "notice.file_written", {"file": str(path)}, OPEN, str(path))
    )


def open_path(path: Path) -> None:
    """With what the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

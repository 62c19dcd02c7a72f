"""What this program is: its version, its models, where its data lie, and what IT has let be added to it."""

from __future__ import annotations

import platform

from PySide6.QtCore import Qt, Slot, qVersion
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.analysis.model_versions import SHIPPED, model_version
from app.core import plugins
from app.core.jobs import Job
from app.core.plugins import Plugin
from app.core.version import program_version
from app.services.libraries import Library, libraries
from app.views import widgets
from app.views.calm import TextField
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.handing_out import open_path


def _plugins(job: Job) -> tuple[tuple[Plugin, ...], list[Library]]:
    return plugins.every(), libraries()


class AboutDialog(FittedDialog):
    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("About Wellside"))
        self.resize(640, 420)
        models = ", ".join(f"{name} {model_version(name)}" for name in SHIPPED)
        lines = (
            f"Wellside {program_version()}",
            self.tr("Licence: {name}").format(name="Apache-2.0"),
            self.tr("Models: {versions}").format(versions=models),
            self.tr("Data: {folder}").format(folder=context.workspace.paths.folder),
            self.tr("Logs: {folder}").format(folder=context.workspace.paths.logs),
            f"Python {platform.python_version()} · Qt {qVersion()} · {platform.platform(terse=True)}",
        )
        self.facts = widgets.text("\n".join(lines))
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.none = widgets.muted(self.tr("No plug-ins are installed."))
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(self.tr("Plug-ins"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Plug-in"), self.tr("Distribution"), self.tr("Version"), self.tr("State")]
        )
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.hide()
        self.licences = TextField()
        self.licences.setReadOnly(True)
        self.licences.setAccessibleName(self.tr("Libraries, their versions and licences"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        logs = buttons.addButton(self.tr("Folder of the logs"), QDialogButtonBox.ButtonRole.ActionRole)
        logs.clicked.connect(self._open_logs)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.facts)
        layout.addWidget(self.none)
        layout.addWidget(self.table, 1)
        layout.addWidget(widgets.muted(self.tr("Libraries, their versions and licences"), wrap=False))
        layout.addWidget(self.licences, 1)
        layout.addWidget(buttons)
        context.runner.start(_plugins, purpose="about", done=self._show)

    @Slot()
    def _open_logs(self) -> None:
        open_path(self._context.workspace.paths.logs)

    @Slot(object)
    def _show(self, answer: tuple[tuple[Plugin, ...], list[Library]]) -> None:
        found, travelling = answer
        self.licences.setPlainText("\n".join("  ".join(one) for one in travelling))
        states = {
            plugins.LOADED: self.tr("loaded"),
            plugins.NOT_ALLOWED: self.tr("not allowed by the site"),
        }
        widgets.show_one(bool(found), self.table, self.none)
        self.table.setRowCount(len(found))
        for row, one in enumerate(found):
            state = states.get(one.state) or self.tr("refused: {reason}").format(reason=one.reason)
            for column, text in enumerate((one.name, one.distribution, one.version, state)):
                self.table.setItem(row, column, QTableWidgetItem(text))

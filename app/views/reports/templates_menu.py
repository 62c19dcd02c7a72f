"""What can be done with a report's template: edit it, send it to a colleague, take a colleague's, delete
one's own.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QToolButton, QWidget

from app.reports.template import Template
from app.views.context import Context
from app.views.handing_out import ask_target, tell_written
from app.views.reports import jobs
from app.views.reports.template_dialog import TemplateDialog


class TemplatesMenu(QObject):
    """`changed` with the key that is to be chosen now."""

    changed = Signal(str)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._window = context, parent
        self._template: Template | None = None
        self.button = QToolButton()
        self.button.setText(self.tr("Template…"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.button.setAccessibleName(self.tr("Change, share or delete the template"))
        menu = QMenu(self.button)
        self.edit_action = self._action(menu, self.tr("Change and save as my own…"), self.edit)
        self._action(menu, self.tr("Save to a file…"), self._ask_target)
        self._action(menu, self.tr("Take from a file…"), self._ask_source)
        self.remove_action = self._action(menu, self.tr("Delete"), self.remove)
        self.button.setMenu(menu)

    def _action(self, menu: QMenu, words: str, slot: object) -> QAction:
        action = QAction(words, menu)
        action.triggered.connect(slot)
        menu.addAction(action)
        return action

    def set_template(self, template: Template) -> None:
        self._template = template
        self.remove_action.setEnabled(template.origin == "own")

    @Slot()
    def edit(self) -> None:
        if self._template is not None:
            dialog = TemplateDialog(self._context, self._template, self._window)
            dialog.saved.connect(self.changed)
            dialog.open()

    @Slot()
    def remove(self) -> None:
        if self._template is not None:
            self._context.runner.start(
                jobs.remove_template, self._context.workspace, self._template, done=self._removed
            )

    @Slot(object)
    def _removed(self, key: str) -> None:
        self.changed.emit("well")

    @Slot()
    def _ask_target(self) -> None:
        if self._template is None:
            return
        name = f"{self._template.named(self._context.speaker.language)}.json"
        title = self.tr("Save the template")
        path = ask_target(self._context, self._window, title, name, "JSON (*.json)")
        if path is not None:
            self._context.runner.start(jobs.give_template, self._template, path, done=self._given)

    @Slot(object)
    def _given(self, path: Path) -> None:
        tell_written(self._context, path)

    @Slot()
    def _ask_source(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._window, self.tr("Take a template"), "", "JSON (*.json)")
        if chosen:
            self.take_from(Path(chosen))

    def take_from(self, path: Path) -> None:
        self._context.runner.start(jobs.take_template, self._context.workspace, path, done=self._taken)

    @Slot(object)
    def _taken(self, template: Template) -> None:
        self.changed.emit(template.key)

"""The dialogs of the whole program."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from app.views.about_dialog import AboutDialog
from app.views.context import Context
from app.views.settings_dialog import SettingsDialog
from app.views.sync.join_dialog import JoinDialog


class Dialogs(QObject):
    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(context)
        self._context, self._window = context, window

    def settings(self) -> None:
        SettingsDialog(self._context, self._window).open()

    def about(self) -> None:
        AboutDialog(self._context, self._window).open()

    @Slot()
    def join(self) -> None:
        JoinDialog(self._context, self._window).open()

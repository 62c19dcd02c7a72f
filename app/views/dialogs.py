"""The dialogs of the whole program: each is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QDialog, QWidget

from app.views.context import Context
from app.views.explaining import explain
from app.views.keys_dialog import KeysDialog, Places


def _for_once(dialog: QDialog) -> QDialog:
    """Closed it goes: else it would stand behind the window until its end, and be dressed with each theme."""
    dialog.finished.connect(dialog.deleteLater)
    return dialog


class Dialogs(QObject):
    def __init__(self, context: Context, places: Callable[[], Places], window: QWidget) -> None:
        super().__init__(context)
        self._context, self._places, self._window = context, places, window
        self.restoring: tuple[Path, str] | None = None
        """The backup that takes the profile's place when the window is closed, and its passphrase."""

    def settings(self) -> None:
        from app.views.settings_dialog import SettingsDialog

        _for_once(SettingsDialog(self._context, self._window)).open()

    def about(self) -> None:
        from app.views.about_dialog import AboutDialog

        _for_once(AboutDialog(self._context, self._window)).open()

    @Slot()
    def join(self) -> None:
        from app.views.sync.join_dialog import JoinDialog

        JoinDialog(self._context, self._window).open()

    def backup(self) -> None:
        from app.views.backup_dialogs import BackupDialog

        BackupDialog(self._context, self._window).open()

    @Slot()
    def restore(self) -> None:
        from app.views.backup_dialogs import RestoreDialog

        dialog = RestoreDialog(self._context, self._window)
        dialog.wanted.connect(self._restore)
        dialog.open()

    @Slot(Path, str)
    def _restore(self, backup: Path, phrase: str) -> None:
        self.restoring = (backup, phrase)
        self._window.close()

    def manual(self, page: str = "window") -> None:
        from app.views.manual_dialog import ManualDialog

        _for_once(ManualDialog(self._context, self._window, page)).show()

    def keys(self) -> None:
        _for_once(KeysDialog(self._context, self._places(), self._window)).show()

    def explain(self) -> None:
        """Of a control that says nothing of itself the manual is opened."""
        if not explain(self._window):
            self.manual()

"""Which translation the widgets speak. Sources are English; Russian and Qt's own texts come from .qm
files.
"""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.core.paths import resources


class Languages:
    """Keeps the installed translators; switch() changes them while the program runs."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._installed: list[QTranslator] = []

    def switch(self, language: str) -> None:
        for translator in self._installed:
            self._application.removeTranslator(translator)
        self._installed = []
        QLocale.setDefault(
            QLocale(QLocale.Language.Russian if language == "ru" else QLocale.Language.English)
        )
        folders = (
            (str(resources() / "translations"), f"wellside_{language}"),
            (str(resources() / "translations"), f"qt_more_{language}"),  # what Qt's own file lacks
            (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), f"qtbase_{language}"),
        )
        for folder, name in folders:
            translator = QTranslator(self._application)
            if translator.load(name, folder):
                self._application.installTranslator(translator)
                self._installed.append(translator)

"""Writes what is open a moment after each change, and once more when the window closes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from app.core.errors import KnownError
from app.core.notices import NoticeBus
from app.views import session
from app.views.period import Period
from app.views.session import Session

SESSION_DELAY_MS = 700


class SessionKeeper(QObject):
    """`now` says what is open; `last` is what was open when the program ended."""

    def __init__(self, path: Path, notices: NoticeBus, now: Callable[[], Session], parent: QObject) -> None:
        super().__init__(parent)
        self._path, self._notices, self._now = path, notices, now
        self.last = session.load(path)
        self._soon = QTimer(self, singleShot=True, interval=SESSION_DELAY_MS)
        self._soon.timeout.connect(self._save)

    @property
    def period(self) -> Period | None:
        since, until = self.last.period_from_us, self.last.period_to_us
        if since is None or until is None or since >= until:
            return None
        return Period(self.last.period_key, since, until)

    @Slot()
    def save_soon(self, *_: object) -> None:
        self._soon.start()

    def close(self) -> None:
        self._soon.stop()
        self._save(clean=True)

    @Slot()
    def _save(self, *, clean: bool = False) -> None:
        now = self._now()
        now.clean = clean
        try:
            session.save(self._path, now)
        except OSError as error:
            self._notices.error(KnownError("file_not_written", file=str(self._path), reason=str(error)))

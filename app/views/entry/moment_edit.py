"""A date and time in UTC, as everything that is kept."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QTimeZone
from PySide6.QtWidgets import QDateTimeEdit


class MomentEdit(QDateTimeEdit):
    def __init__(self) -> None:
        super().__init__(QDateTime.currentDateTimeUtc().toTimeZone(QTimeZone.utc()))
        self.setDisplayFormat("dd.MM.yyyy HH:mm")
        self.setCalendarPopup(True)

    def moment(self) -> datetime:
        return datetime.fromtimestamp(self.dateTime().toSecsSinceEpoch(), UTC)

    def set_moment(self, moment: datetime) -> None:
        self.setDateTime(QDateTime.fromSecsSinceEpoch(int(moment.timestamp()), QTimeZone.utc()))

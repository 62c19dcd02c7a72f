"""A date and time by the field's clock. Midnight is a day without an hour: it is kept as that day."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, QTimeZone, Slot

from app.core.zones import FieldZone
from app.views.calm import DateTimeBox


class MomentEdit(DateTimeBox):
    """Qt's own zones are left out of it: its UTC carries what the wall clock shows."""

    def __init__(self, zone: FieldZone, moment: datetime) -> None:
        super().__init__()
        self._zone = zone
        self.setTimeZone(QTimeZone.utc())
        self.setDisplayFormat("dd.MM.yyyy HH:mm")
        self.setCalendarPopup(True)
        self.dateTimeChanged.connect(self._say_utc)
        self.set_moment(moment)

    def moment(self) -> datetime:
        wall = datetime.fromtimestamp(self.dateTime().toSecsSinceEpoch(), UTC)
        return self._zone.meant(wall.replace(tzinfo=None))

    def set_moment(self, moment: datetime) -> None:
        wall = self._zone.shown(moment).replace(tzinfo=UTC)
        self.setDateTime(QDateTime.fromSecsSinceEpoch(int(wall.timestamp()), QTimeZone.utc()))

    @Slot()
    def _say_utc(self) -> None:
        moment = self.moment()
        self.setToolTip(f"{self._zone.label(moment)} · {moment:%Y-%m-%d %H:%M} UTC")

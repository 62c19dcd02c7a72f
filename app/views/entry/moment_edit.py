"""A date and time by the field's clock, typed digit after digit. Midnight is a day without an hour: it is
kept as that day.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QDate, QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QIcon, QKeyEvent, QKeySequence, QPainter, QPixmap, QPolygonF
from PySide6.QtWidgets import QApplication, QCalendarWidget, QMenu, QWidgetAction

from app.core.errors import KnownError
from app.core.zones import FieldZone
from app.views.calm import LineBox

SHOWN = "%d.%m.%Y %H:%M"
_TYPED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2}) (\d{1,2}):(\d{2})")
_PASTED = re.compile(
    r"\s*(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?:[T ]+(\d{1,2}):(\d{2})\S*)?\s*"
)
_BETWEEN = ".,:/- "
_ENDS = (2, 5, 10, 13, 16)
"""Where day, month, year, hour and minute end in what is shown."""


class MomentEdit(LineBox):
    """What is no date stays as it was typed, is marked, and is refused by `check`: Qt's own field made the
    30th of a 31st that the month before has not, and said nothing.
    """

    changed = Signal()

    def __init__(self, zone: FieldZone, moment: datetime) -> None:
        super().__init__()
        self._zone = zone
        self._set: tuple[str, datetime] = ("", moment)
        self._last = moment
        self.setInputMask("00.00.0000 00:00")
        self.calendar = QAction(self)
        self.calendar.triggered.connect(self._show_calendar)
        self.calendar.setIcon(_arrow(self))
        self.calendar.setToolTip(self.tr("Calendar (Alt+Down)"))
        self.addAction(self.calendar, self.ActionPosition.TrailingPosition)
        self.textChanged.connect(self._edited)
        self.set_moment(moment)

    # ---- what it says --------------------------------------------------------------------------------------

    def moment(self) -> datetime:
        """The last one that was one; to the second while nobody typed over what was set."""
        return self._last

    def set_moment(self, moment: datetime) -> None:
        wall = self._zone.shown(moment).replace(tzinfo=None, microsecond=0)
        self._set = (wall.strftime(SHOWN), self._zone.meant(wall))
        self.setText(self._set[0])
        self.setCursorPosition(0)
        self._edited()

    @property
    def is_good(self) -> bool:
        return self._read() is not None

    def check(self, name: str) -> None:
        """Raises KnownError (form_date) for what is no date, or an hour that the field's clock left out."""
        if not self.is_good:
            raise KnownError("form_date", field=name, value=self.displayText().strip())

    def _read(self) -> datetime | None:
        if self.text() == self._set[0]:
            return self._set[1]
        found = _TYPED.fullmatch(self.text())
        if found is None:
            return None
        day, month, year, hour, minute = map(int, found.groups())
        return self._meant(year + 2000 if year < 100 else year, month, day, hour, minute)

    def _meant(self, *parts: int) -> datetime | None:
        try:
            wall = datetime(*parts)  # type: ignore[arg-type]
            meant = self._zone.meant(wall)
            return meant if self._zone.shown(meant).replace(tzinfo=None) == wall else None
        except (ValueError, OverflowError):
            return None

    @Slot()
    def _edited(self, *_: object) -> None:
        read = self._read()
        self._last = read or self._last
        self.setProperty("wrong", read is None)
        self.style().polish(self)
        if read is None:
            self.setToolTip(self.tr("There is no such date or hour"))
        else:
            self.setToolTip(f"{self._zone.label(read)} · {read.astimezone(UTC):%Y-%m-%d %H:%M} UTC")
        self.changed.emit()

    # ---- by the keyboard -----------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """From the day on, and a digit writes over a digit."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """`1.11.26` is written out."""
        super().focusOutEvent(event)
        if self.is_good and self.text() != self._set[0]:
            self.setText(self._zone.shown(self._last).strftime(SHOWN))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrows = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._show_calendar()
        elif key in arrows and not event.modifiers():
            self.step(arrows[key])
        elif event.text() and event.text() in _BETWEEN:
            self._end_part()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QApplication.clipboard().text())
        else:
            super().keyPressEvent(event)

    def _end_part(self) -> None:
        """`1.5.` is the first of May: what stood behind the 1 goes. After two digits one is there already."""
        place, shown = self.cursorPosition(), self.displayText()
        begin, end = next(
            one for one in zip((0, *(e + 1 for e in _ENDS)), _ENDS, strict=False) if place <= one[1]
        )
        if place > begin:
            self.setText(shown[:place] + " " * (end - place) + shown[end:])
            self.setCursorPosition(min(end + 1, len(shown)))

    def step(self, by: int) -> None:
        """The part where the cursor stands."""
        if not self.is_good:
            return
        place = self.cursorPosition()
        part = next((i for i, end in enumerate(_ENDS) if place <= end), len(_ENDS) - 1)
        wall = self._zone.shown(self._last).replace(tzinfo=None)
        if part in (1, 2):
            months = wall.year * 12 + wall.month - 1 + by * (1 if part == 1 else 12)
            first = date(max(months // 12, 1), months % 12 + 1, 1)
            days = QDate(first.year, first.month, 1).daysInMonth()
            wall = wall.replace(year=first.year, month=first.month, day=min(wall.day, days))
        else:
            wall += by * (timedelta(days=1), None, None, timedelta(hours=1), timedelta(minutes=1))[part]  # type: ignore[operator]
        self.setText(wall.strftime(SHOWN))
        self.setCursorPosition(place)

    def _paste(self, text: str) -> None:
        """A date as spreadsheets and protocols have it; what is none is left out."""
        found = _PASTED.fullmatch(text)
        if found is None:
            return
        year, month, day, other_day, other_month, other_year, hour, minute = found.groups()
        parts = [year or other_year, month or other_month, day or other_day, hour or 0, minute or 0]
        pasted = self._meant(*map(int, parts))
        if pasted is not None:
            self.setText(self._zone.shown(pasted).strftime(SHOWN))

    # ---- the calendar --------------------------------------------------------------------------------------

    @Slot()
    def _show_calendar(self) -> None:
        menu, calendar = QMenu(self), QCalendarWidget()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown = self._zone.shown(self._last)
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        calendar.activated.connect(self._take_day)
        calendar.clicked.connect(self._take_day)
        calendar.clicked.connect(menu.close)
        calendar.activated.connect(menu.close)
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    @Slot(QDate)
    def _take_day(self, day: QDate) -> None:
        clock = self._zone.shown(self._last).strftime("%H:%M")
        self.setText(f"{day.day():02d}.{day.month():02d}.{day.year():04d} {clock}")

    def sizeHint(self) -> QSize:
        letters = self.fontMetrics().horizontalAdvance("00.00.0000 00:00")
        return QSize(letters + 56, super().sizeHint().height())


def _arrow(edit: MomentEdit) -> QIcon:
    picture = QPixmap(24, 24)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(edit.palette().text())
    painter.drawPolygon(QPolygonF([QPointF(5, 8), QPointF(19, 8), QPointF(12, 17)]))
    painter.end()
    return QIcon(picture)

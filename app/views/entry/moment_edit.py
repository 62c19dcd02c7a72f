"""A date and time by the field's clock, typed digit after digit. Midnight is a day without an hour: it is
kept as that day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QDate, QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPixmap,
    QPolygonF,
    QTextCharFormat,
)
from PySide6.QtWidgets import QApplication, QCalendarWidget, QMenu, QWidgetAction

from app.core.errors import KnownError
from app.core.zones import FieldZone
from app.views.calm import LineBox

_PASTED = re.compile(
    r"\s*(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?:[T ]+(\d{1,2}):(\d{2})\S*)?\s*"
)
_BETWEEN = ".,:/- "
DAYS_AND_WEEK, WEEKS, HEADS = 8, 6, 2


@dataclass(frozen=True)
class _Form:
    """How a language writes a moment; `parts` in their order, and where each ends."""

    shown: str
    mask: str
    typed: re.Pattern[str]
    parts: tuple[str, ...]
    ends: tuple[int, ...]

    def read(self, text: str) -> list[int] | None:
        """Year, month, day, hour, minute."""
        found = self.typed.fullmatch(text)
        if found is None:
            return None
        by_part = dict(zip(self.parts, map(int, found.groups()), strict=True))
        year = by_part["year"]
        return [year + 2000 if year < 100 else year, *(by_part[part] for part in _AFTER_YEAR)]


_AFTER_YEAR = ("month", "day", "hour", "minute")
_FORMS = {
    "ru": _Form(
        "%d.%m.%Y %H:%M",
        "00.00.0000 00:00",
        re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2}) (\d{1,2}):(\d{2})"),
        ("day", "month", "year", "hour", "minute"),
        (2, 5, 10, 13, 16),
    ),
    "en": _Form(
        "%Y-%m-%d %H:%M",
        "0000-00-00 00:00",
        re.compile(r"(\d{4}|\d{2})-(\d{1,2})-(\d{1,2}) (\d{1,2}):(\d{2})"),
        ("year", "month", "day", "hour", "minute"),
        (4, 7, 10, 13, 16),
    ),
}


class MomentEdit(LineBox):
    """What is no date stays as it was typed, is marked, and is refused by `check`: Qt's own field made the
    30th of a 31st that the month before has not, and said nothing.
    """

    changed = Signal()

    def __init__(self, zone: FieldZone, moment: datetime, language: str) -> None:
        super().__init__()
        self._zone, self._form = zone, _FORMS[language]
        self._set: tuple[str, datetime] = ("", moment)
        self._last = moment
        self.setInputMask(self._form.mask)
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
        self._set = (wall.strftime(self._form.shown), self._zone.meant(wall))
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
        typed = self._form.read(self.text())
        return None if typed is None else self._meant(*typed)

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

    # ---- by the mouse --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt's own button of the calendar is 22 by 18 whatever the field's height: its whole end is one, as
        gloves need it.
        """
        at_its_end = event.position().x() > self.width() - self.height()
        if at_its_end and event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._show_calendar()
        else:
            super().mousePressEvent(event)

    # ---- by the keyboard -----------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """From its beginning on, and a digit writes over a digit."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """`1.11.26` is written out."""
        super().focusOutEvent(event)
        if self.is_good and self.text() != self._set[0]:
            self.setText(self._zone.shown(self._last).strftime(self._form.shown))

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
            one
            for one in zip((0, *(e + 1 for e in self._form.ends)), self._form.ends, strict=False)
            if place <= one[1]
        )
        if place > begin:
            self.setText(shown[:place] + " " * (end - place) + shown[end:])
            self.setCursorPosition(min(end + 1, len(shown)))

    def step(self, by: int) -> None:
        """The part where the cursor stands."""
        if not self.is_good:
            return
        place = self.cursorPosition()
        part = next(
            (part for part, end in zip(self._form.parts, self._form.ends, strict=True) if place <= end),
            "minute",
        )
        wall = self._zone.shown(self._last).replace(tzinfo=None)
        if part in ("month", "year"):
            months = wall.year * 12 + wall.month - 1 + by * (1 if part == "month" else 12)
            first = date(max(months // 12, 1), months % 12 + 1, 1)
            days = QDate(first.year, first.month, 1).daysInMonth()
            wall = wall.replace(year=first.year, month=first.month, day=min(wall.day, days))
        else:
            wall += by * timedelta(**{f"{part}s": 1})
        self.setText(wall.strftime(self._form.shown))
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
            self.setText(self._zone.shown(pasted).strftime(self._form.shown))

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
        # Each day as large as the field is high, and all weeks of the month: its last one was cut.
        cell = self.height()
        calendar.setMinimumSize(DAYS_AND_WEEK * cell, (WEEKS + HEADS) * cell)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, QTextCharFormat())  # the style's red is no colour of ours
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    @Slot(QDate)
    def _take_day(self, day: QDate) -> None:
        clock = self._zone.shown(self._last)
        wall = clock.replace(year=day.year(), month=day.month(), day=day.day())
        self.setText(wall.strftime(self._form.shown))

    def sizeHint(self) -> QSize:
        letters = self.fontMetrics().horizontalAdvance(self._form.mask)
        return QSize(letters + 56, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A digit that is cut off is another time."""
        return self.sizeHint()


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

"""How charts look in each theme, and numbers on their axes."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from app.core.texts import number
from app.views.theme import FONT_FAMILY, Theme

# Of the body's size, also in glove mode: gloves need large targets, the axes need their place.
CHART_PT = 10
FILLED = 0.6
"""Of an axis: more of it in words, and they run into each other."""
MONTHS = {
    "ru": ("янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


def pen(colour: str, *, alpha: float = 1.0, dash: bool = False, dots: bool = False) -> QPen:
    """1 px: wider pens take Qt's slow path."""
    shade = QColor(colour)
    shade.setAlphaF(alpha)
    made = QPen(shade, 1)
    made.setCosmetic(True)
    if dash:
        made.setStyle(Qt.PenStyle.DashLine)
    elif dots:
        made.setStyle(Qt.PenStyle.DotLine)
    return made


class Axis(pg.AxisItem):
    """Its title is laid out when there is one and it is another: pyqtgraph 0.14 does it with each pen and
    range, a quarter of the time that a pane takes to come.
    """

    _laid = ""

    def _updateLabel(self) -> None:
        words = self.labelString() if self.labelText or self.labelUnits else ""
        if words != self._laid:
            self._laid = words
            super()._updateLabel()
        else:
            self.picture = None
            self.update()


class NumberAxis(Axis):
    """Numbers by the reader's locale; the title carries quantity and unit."""

    _title, _fits = "", True  # asked while its base is being made

    def __init__(self, orientation: str, language: str, **options: Any) -> None:
        super().__init__(orientation=orientation, **options)
        self._language = language
        self.enableAutoSIPrefix(False)

    def set_title(self, title: str, colour: str) -> None:
        self._title, self._fits = title, True
        self.setLabel(title, color=colour, **{"font-size": f"{CHART_PT}pt"})
        self._fit_title()

    def resizeEvent(self, event: Any = None) -> None:
        super().resizeEvent(event)
        self._fit_title()

    def _fit_title(self) -> None:
        """Beside a low chart the unit alone: the rest would be cut, and stands over the chart."""
        quantity, _, unit = self._title.rpartition(", ")
        if not quantity:
            return
        room = self.size().height() if self.orientation in ("left", "right") else self.size().width()
        fits = _width(self._title) <= room
        if room > 0 and fits != self._fits:
            self._fits = fits
            self.setLabel(self._title if fits else unit, **self.labelStyle)
            super().resizeEvent()  # in the middle of the axis, where another stood

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        """Under a narrow chart fewer of the large ones: pyqtgraph writes them all, over each other."""
        levels: list[tuple[float, list[float]]] = super().tickValues(minVal, maxVal, size)
        if self.orientation in ("left", "right") or not levels:
            return levels
        spacing, ticks = levels[0]
        while len(ticks) > 2 and sum(map(_width, self.tickStrings(ticks, 1.0, spacing))) > FILLED * size:
            even = [tick for tick in ticks if round(tick / spacing) % 2 == 0]
            if len(even) < 2:  # of three the one in the middle: alone it is no scale
                ticks = [ticks[0], ticks[-1]]
                break
            spacing, ticks = 2 * spacing, even
        return [(spacing, list(ticks)), *levels[1:]]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        digits = 0
        while digits < 6 and abs(spacing * 10**digits - round(spacing * 10**digits)) > 1e-6:
            digits += 1
        return [number(value, digits, self._language) for value in values]


def _width(words: str) -> float:
    return QFontMetricsF(QFont(FONT_FAMILY, CHART_PT)).horizontalAdvance(words)


def dress_axis(axis: pg.AxisItem, theme: Theme, colour: str | None = None) -> None:
    axis.setPen(pen(theme.muted))
    axis.setTextPen(QColor(colour or theme.text))
    axis.setTickPen(pen(theme.line))
    axis.setStyle(tickLength=-4, autoExpandTextSpace=False, tickFont=QFont(FONT_FAMILY, CHART_PT))


def title_axis(axis: NumberAxis, title: str, colour: str) -> None:
    axis.set_title(title, colour)


def _unparted(name: str) -> str:
    """Not even of a narrow chart; a difference of two goes over after its sign: whole it was cut."""
    return escape(name).replace(" ", "&nbsp;").replace("−&nbsp;", "− ")


def legend_words(named: Iterable[tuple[str, str, str]]) -> str:
    """Of (colour, mark, name), as rich text: parted between names only."""
    return " &nbsp; ".join(
        f'<span style="color:{colour}">{mark}</span>&nbsp;{_unparted(name)}' for colour, mark, name in named
    )

"""What every chart shares: its picture, its menu by a right click, and what is read under the pointer."""

from __future__ import annotations

from html import escape

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QMouseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from app.core.texts import number
from app.reports.blocks import Block, Chart
from app.views.plots.look import pen
from app.views.plots.plot import Plot
from app.views.theme import Theme

Line = tuple[str, str]
"""A colour, or "" for that of the text, and what is read there."""


class _Plots(pg.GraphicsLayoutWidget):
    """A scene that has changed has its window painted at once, and pyqtgraph moves what is drawn to its new
    range while it is painted: what still waited for its place then was painted twice.
    """

    def __init__(self) -> None:
        super().__init__()
        self.scene().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MetaCall:
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self.scene().prepareForPaint()
        return False

    def sizeHint(self) -> QSize:
        """Small: Qt asks for what is drawn now, and the table over a chart was left with a row and a half."""
        return QSize(240, 150)


class ChartFrame(QWidget):
    """The menu comes when the right button is let go where it was pressed. X11 tells of it at the press,
    Windows after the release, and a box dragged with the right button must open none: what Qt tells is
    swallowed, and told anew, to the window, when it is meant.
    """

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._language = theme, language
        self._plots = _Plots()
        self._plots.setBackground(theme.ground)
        self._plots.viewport().installEventFilter(self)
        self._pressed: QPointF | None = None
        self._answered = False
        self._cross: list[pg.InfiniteLine] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._plots.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Chart"))
        self._ring = QFrame(self)
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ring.setStyleSheet(f"border: 2px solid {theme.ring}; background: transparent")
        self._ring.hide()
        self.readout = QLabel(self)
        self.readout.setTextFormat(Qt.TextFormat.RichText)
        self.readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.readout.setStyleSheet(
            f"background: {theme.ground}; color: {theme.text}; "
            f"border: 1px solid {theme.line}; padding: 2px 6px"
        )
        self.readout.hide()

    def _plotted(self, left: pg.AxisItem, bottom: pg.AxisItem) -> Plot:
        """The one plot of a chart that has one."""
        plot = Plot(left=left, bottom=bottom)
        self._plots.addItem(plot)
        return plot

    # ---- who has the keyboard ------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring round it, and its words for who cannot see it."""
        super().focusInEvent(event)
        self.setAccessibleDescription(self.in_words())
        self._ring.setGeometry(self.rect())
        self._ring.raise_()
        self._ring.show()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ring.setGeometry(self.rect())

    def picture(self) -> QPixmap:
        """As it is seen, without the ring."""
        ringed = self._ring.isVisible()
        self._ring.hide()
        taken = self.grab()
        self._ring.setVisible(ringed)
        return taken

    def in_words(self) -> str:
        """Each pen from least to most, and its last value."""
        lines = []
        for title, block in self.clippings() if self.is_drawn else []:
            for one in block.pens if isinstance(block, Chart) else ():
                good = one.y[np.isfinite(one.y)]
                if len(good):
                    words = self.tr("{pen}: {least} to {most}, last {last}, {title}").format(
                        pen=one.name or title,
                        least=self.told(good.min()),
                        most=self.told(good.max()),
                        last=self.told(good[-1]),
                        title=block.y_title,
                    )
                    lines.append(words.lstrip(": ").rstrip(", "))
        return "\n".join(lines) or self.tr("Nothing is drawn")

    # ---- what a chart says of itself -----------------------------------------------------------------------

    def clippings(self) -> list[tuple[str, Block]]:
        """What is seen, part by part: (what it is of, the chart)."""
        raise NotImplementedError

    @property
    def is_drawn(self) -> bool:
        raise NotImplementedError

    @property
    def chosen_pen(self) -> str | None:
        """The sensor that stands alone, where pens are sensors."""
        return None

    def moment_at(self, position: QPointF) -> int | None:
        """[µs] under a place of the plots; None for a chart that is not over time."""
        return None

    def main_box(self) -> pg.ViewBox | None:
        """The scales that the crosshair stands on; None for a chart that reads its pens elsewhere."""
        return None

    def read_at(self, x: float, y: float) -> list[Line]:
        """What stands at a place of `main_box`."""
        return []

    def fit(self) -> None:
        """All that is drawn, again."""

    def write_svg(self, path: str) -> None:
        """Vector picture. Raises OSError."""
        from pyqtgraph.exporters import SVGExporter

        SVGExporter(self._plots.scene()).export(path)

    # ---- mouse ---------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            return self._told_of_menu(event)
        if isinstance(event, QMouseEvent):
            self._mouse(event)
        elif event.type() == QEvent.Type.Leave:
            self.point_nowhere()
        return False

    def _mouse(self, event: QMouseEvent) -> None:
        right = event.button() == Qt.MouseButton.RightButton
        if event.type() == QEvent.Type.MouseMove and not event.buttons():
            self.point(event.position())
        elif event.type() == QEvent.Type.MouseButtonDblClick and not right:
            self.fit()
        elif event.type() == QEvent.Type.MouseButtonPress and right:
            self._pressed, self._answered = event.position(), False
        elif event.type() == QEvent.Type.MouseButtonRelease and right and self._pressed is not None:
            moved = (event.position() - self._pressed).manhattanLength()
            self._pressed, self._answered = None, True
            if moved < QApplication.startDragDistance():
                self._want_menu(event.position())

    def _told_of_menu(self, event: QContextMenuEvent) -> bool:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        if not (by_mouse and (self._pressed is not None or self._answered)):
            self._want_menu(QPointF(event.pos()))
        self._answered = False
        return True

    def _want_menu(self, position: QPointF) -> None:
        """Asked of the window, which owns the menu of all charts."""
        viewport = self._plots.viewport()
        here, there = viewport.mapTo(self, position.toPoint()), viewport.mapToGlobal(position.toPoint())
        event = QContextMenuEvent(QContextMenuEvent.Reason.Other, here, there)
        QApplication.sendEvent(self.parentWidget() or self, event)

    def on_plots(self, screen: QPointF) -> QPointF:
        """A point of the screen as the plots know it."""
        return self._plots.viewport().mapFromGlobal(screen)

    # ---- crosshair -----------------------------------------------------------------------------------------

    def point(self, position: QPointF) -> None:
        box = self.main_box()
        if box is None:
            return
        scene = self._plots.mapToScene(position.toPoint())
        if not self.is_drawn or not box.sceneBoundingRect().contains(scene):
            self.point_nowhere()
            return
        at = box.mapSceneToView(scene)
        self._cross_at(box, at.x(), at.y())
        area = box.sceneBoundingRect()
        self._show_readout(self.read_at(at.x(), at.y()), box, left=scene.x() > area.center().x())

    def point_nowhere(self) -> None:
        self.readout.hide()
        for line in self._cross:
            line.hide()

    def _cross_at(self, box: pg.ViewBox, x: float, y: float) -> None:
        if not self._cross or self._cross[0].getViewBox() is not box:  # a chart that was drawn anew
            self._cross = [pg.InfiniteLine(angle=angle, pen=pen(self._theme.muted)) for angle in (90, 0)]
            for line in self._cross:
                box.addItem(line, ignoreBounds=True)
        for line, at in zip(self._cross, (x, y), strict=True):
            line.setValue(at)
            line.show()

    def _show_readout(self, lines: list[Line], box: pg.ViewBox, *, left: bool) -> None:
        """In the corner that the pointer is not at."""
        self.readout.setText(
            "<br>".join(
                f'<span style="color:{colour or self._theme.text}">{escape(words)}</span>'
                for colour, words in lines
            )
        )
        self.readout.adjustSize()
        area = self._plots.mapFromScene(box.sceneBoundingRect()).boundingRect()
        corner = self._plots.mapTo(self, area.topLeft() if left else area.topRight())
        beside = 4 if left else -self.readout.width() - 4
        self.readout.move(corner.x() + beside, corner.y() + 4)
        self.readout.setVisible(bool(lines))
        self.readout.raise_()

    def told(self, value: float) -> str:
        """With three digits or more that count."""
        if not np.isfinite(value):
            return "—"
        size = int(np.floor(np.log10(abs(value)))) if value else 0
        return number(value, min(max(2 - size, 0), 6), self._language)

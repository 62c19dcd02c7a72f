"""Small painted marks: a status is told by shape and colour, never by colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from app.views.theme import Theme


def paint_status(painter: QPainter, box: QRectF, status: str, colour: QColor) -> None:
    """ok ●, watch ▲, act ◆, stop ■, idle ○, no data ?."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    cx, cy = box.center().x(), box.center().y()
    if status == "watch":
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(cx, box.top()),
                    QPointF(box.right(), box.bottom()),
                    QPointF(box.left(), box.bottom()),
                ]
            )
        )
    elif status == "act":
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(cx, box.top()),
                    QPointF(box.right(), cy),
                    QPointF(cx, box.bottom()),
                    QPointF(box.left(), cy),
                ]
            )
        )
    elif status == "stop":
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    elif status == "idle":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.8))
        painter.drawEllipse(box.adjusted(1.5, 1.5, -1.5, -1.5))
    elif status == "none":
        painter.setPen(colour)
        painter.drawText(box.adjusted(-3, -3, 3, 3), Qt.AlignmentFlag.AlignCenter, "?")
    else:
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def status_pixmap(status: str, theme: Theme, size: int = 14) -> QPixmap:
    pixmap = _sheet(size)
    painter = QPainter(pixmap)
    paint_status(painter, QRectF(1, 1, size - 2, size - 2), status, QColor(theme.status[status]))
    painter.end()
    return pixmap


def _sheet(size: int) -> QPixmap:
    """Transparent, at twice the points."""
    pixmap = QPixmap(size * 2, size * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def glove_pixmap(theme: Theme) -> QPixmap:
    """A mitten."""
    pixmap = _sheet(16)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.text), 1.4))
    hand = QPainterPath()
    hand.addRoundedRect(QRectF(5, 1, 7, 10), 3.5, 3.5)
    thumb = QPainterPath()
    thumb.addRoundedRect(QRectF(1.5, 5, 6, 4), 2, 2)
    painter.drawPath(hand.united(thumb))
    painter.drawRect(QRectF(5, 12, 7, 3))
    painter.end()
    return pixmap


def lift_pixmap(lift: str, theme: Theme) -> QPixmap:
    """ESP: a motor on a string; rod pump: a walking beam; others: a plain well."""
    pixmap = _sheet(16)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(theme.text), 1.4))
    if lift == "esp":
        painter.drawLine(QPointF(8, 1), QPointF(8, 6))
        painter.setBrush(QColor(theme.text))
        painter.drawRoundedRect(QRectF(5.5, 6, 5, 9), 2, 2)
    elif lift == "srp":
        painter.drawLine(QPointF(2, 5), QPointF(14, 3))
        painter.drawLine(QPointF(8, 4), QPointF(5, 14))
        painter.drawLine(QPointF(8, 4), QPointF(11, 14))
        painter.drawArc(QRectF(0.5, 3.5, 4, 6), 60 * 16, 120 * 16)
        painter.drawLine(QPointF(1, 8), QPointF(1, 14))
    else:
        painter.drawLine(QPointF(8, 2), QPointF(8, 14))
        painter.drawLine(QPointF(4, 6), QPointF(12, 6))
    painter.end()
    return pixmap

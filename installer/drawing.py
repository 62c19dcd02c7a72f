"""The program's own icon as a picture of any size, drawn by Qt without a screen."""

from __future__ import annotations

import os

from tools.packages import ROOT

ICON = ROOT / "resources" / "icons" / "wellside.svg"


def drawn(*sizes: int) -> list[bytes]:
    """PNGs."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawing, pictures = QSvgRenderer(QByteArray(ICON.read_bytes())), []
    for size in sizes:
        picture = QImage(size, size, QImage.Format.Format_ARGB32)
        picture.fill(0)
        painter = QPainter(picture)
        drawing.render(painter)
        painter.end()
        written = QBuffer()
        written.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(written, "PNG")
        pictures.append(bytes(written.data().data()))
    return pictures

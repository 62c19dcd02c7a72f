"""The rod string as it hangs: each section as long and as thick as it is, coloured by what its stress
uses.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.analysis.cards.limits import light
from app.reports.blocks import Block, Pairs
from app.views.cards.presenter import AnalysedCard
from app.views.context import Context

TALLEST_SHARE, LEAST_PX = 1.0, 46


class RodsPanel(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._item: AnalysedCard | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Rod string"))

    def sizeHint(self) -> QSize:
        count = 1 if self._item is None else len(self._item.analysis.card.bore.rods)
        return QSize(300, max(320, (LEAST_PX + 8) * count + 60))

    def showing(self, item: AnalysedCard) -> Iterator[None]:
        self._item = item
        yield
        self.setToolTip("\n".join(" · ".join(parts) for parts in self.captions()))
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    def captions(self) -> list[tuple[str, str]]:
        """Of each section: size and length; stresses and what they use."""
        if self._item is None or not self._item.analysis.measures["rods"]:
            return []
        speaker, analysis = self._context.speaker, self._item.analysis
        captions = []
        for rod, row in zip(analysis.card.bore.rods, analysis.measures["rods"], strict=True):
            used = row["goodman_fraction"]
            size = (
                f"{speaker.quantity(rod.diameter_m, 'small_length')} × "
                f"{speaker.quantity(rod.length_m, 'length', digits=0)}"
            )
            lowest = speaker.bare(row["stress_min_pa"], "stress")
            stress = f"{lowest}…{speaker.quantity(row['stress_max_pa'], 'stress')}"
            share = "" if used is None else f" · {speaker.quantity(used, 'ratio', digits=0)}"
            captions.append((size, stress + share))
        return captions

    def clippings(self) -> list[tuple[str, Block]]:
        return [("", Pairs(tuple(self.captions())))] if self.captions() else []

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._context.theme
        captions = self.captions()
        if self._item is None or not captions:
            painter.setPen(QColor(theme.muted))
            painter.drawText(
                self.rect(),
                int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap),
                self.tr("The rod string of this well is not entered."),
            )
            painter.end()
            return
        rods = self._item.analysis.card.bore.rods
        rows = self._item.analysis.measures["rods"]
        spare = self.height() - 40 - LEAST_PX * len(rods)
        whole = sum(rod.length_m for rod in rods)
        thickest = max(rod.diameter_m for rod in rods)
        y, middle = 12.0, 34.0
        for rod, row, (size, stress) in zip(rods, rows, captions, strict=True):
            height = LEAST_PX + max(0.0, spare) * rod.length_m / whole
            width = 8 + 22 * rod.diameter_m / thickest
            status = light("goodman_fraction", row["goodman_fraction"]) or "idle"
            painter.setPen(QColor(theme.text))
            painter.setBrush(QColor(theme.status[status]))
            painter.drawRect(QRectF(middle - width / 2, y, width, height - 3))
            painter.drawText(QRectF(64, y, self.width() - 68, 20), Qt.AlignmentFlag.AlignLeft, size)
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(64, y + 20, self.width() - 68, 20), Qt.AlignmentFlag.AlignLeft, stress)
            y += height
        painter.setPen(QColor(theme.text))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(middle - 20, y, 40, 16))  # the pump
        painter.drawText(QRectF(64, y, self.width() - 68, 20), Qt.AlignmentFlag.AlignLeft, self.tr("pump"))
        painter.end()

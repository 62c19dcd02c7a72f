"""The well as it hangs, to scale in depth: casing, tubing, rods, pump, perforations."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.values import Values
from app.services.wells.building import Seen
from app.views.context import Context
from app.views.unbroken import with_its_figure

TOP, MIDDLE = 12, 46
CASING, TUBING = 24, 13
ROD_LEAST, ROD_MOST = 3.0, 16.0
Mark = tuple[float, str, str]
"""(depth [m], words, role of its colour)."""


class Drawing(QWidget):
    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._equipment: Values = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(220)
        self.setAccessibleName(self.tr("Drawing of the well"))

    def sizeHint(self) -> QSize:
        return QSize(260, 360)

    def show_seen(self, seen: Seen) -> None:
        self._equipment = seen.equipment
        self.setToolTip("\n".join(words for _, words, _ in self.marks()))
        self.update()

    def deepest(self) -> float:
        return max((depth for depth, _, _ in self.marks()), default=0.0)

    def marks(self) -> list[Mark]:
        """What stands at which depth, from the top."""
        equipment, speaker = self._equipment, self._context.speaker
        found: list[Mark] = []
        depth = 0.0
        for rod in equipment.get("rods") or ():
            size = speaker.brief(rod["diameter_m"], "small_length")
            length = speaker.brief(rod["length_m"], "length", digits=1)
            depth += rod["length_m"]
            found.append((depth - rod["length_m"] / 2, f"{size} × {length}", "text"))
        if equipment.get("rods"):
            found.append((depth, self._at(self.tr("end of rods"), depth), "text"))
        hole, pump = equipment.get("hole") or {}, equipment.get("pump") or {}
        for place, key, words in (
            (pump, "depth_m", self.tr("pump")),
            (hole, "packer_m", self.tr("packer")),
            (hole, "perforation_top_m", self.tr("perforations from")),
            (hole, "perforation_bottom_m", self.tr("to")),
            (hole, "casing_shoe_m", self.tr("casing shoe")),
        ):
            if place.get(key) is not None:
                found.append((place[key], self._at(words, place[key]), "strong"))
        return sorted(found)

    def _at(self, words: str, depth: float) -> str:
        return f"{words} {self._context.speaker.brief(depth, 'length', digits=1)}"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._context.theme
        if not self.marks():
            painter.setPen(QColor(theme.muted))
            painter.drawText(
                self.rect().adjusted(8, 8, -8, -8),
                int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap),
                self.tr("Pump, rods and hole are drawn here as they are typed."),
            )
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = (self.height() - 2 * TOP) / self.deepest()
        self._draw_hole(painter, scale)
        self._draw_rods(painter, scale)
        self._draw_words(painter, scale)
        painter.end()

    def _draw_hole(self, painter: QPainter, scale: float) -> None:
        theme, hole = self._context.theme, self._equipment.get("hole") or {}
        ends = [hole[key] for key in ("casing_shoe_m", "perforation_bottom_m") if hole.get(key)]
        bottom = max(ends, default=self.deepest())
        self._draw_walls(painter, QPen(QColor(theme.muted), 2), CASING, bottom * scale)
        depth = (self._equipment.get("pump") or {}).get("depth_m")
        if depth is not None:
            self._draw_walls(painter, QPen(QColor(theme.accent), 1), TUBING, depth * scale)
            painter.setBrush(QColor(theme.accent))
            painter.drawRect(QRectF(MIDDLE - 11, TOP + depth * scale - 7, 22, 14))
        top = hole.get("perforation_top_m")
        if top is not None:
            painter.setPen(QPen(QColor(theme.status["act"]), 2))
            end = hole.get("perforation_bottom_m") or top
            for y in range(int(top * scale), int(end * scale) + 1, 4):
                for side in (-CASING, CASING):
                    painter.drawLine(MIDDLE + side - 5, TOP + y, MIDDLE + side + 5, TOP + y)

    @staticmethod
    def _draw_walls(painter: QPainter, pen: QPen, half: int, height: float) -> None:
        painter.setPen(pen)
        for side in (-half, half):
            painter.drawLine(MIDDLE + side, TOP, MIDDLE + side, TOP + int(height))

    def _draw_rods(self, painter: QPainter, scale: float) -> None:
        theme, rods = self._context.theme, self._equipment.get("rods") or []
        thickest = max((rod["diameter_m"] for rod in rods), default=1.0)
        y = float(TOP)
        for number, rod in enumerate(rods):
            height = rod["length_m"] * scale
            width = ROD_LEAST + (ROD_MOST - ROD_LEAST) * rod["diameter_m"] / thickest
            painter.setPen(QColor(theme.ground))
            painter.setBrush(QColor(theme.pen(number)))
            painter.drawRect(QRectF(MIDDLE - width / 2, y, width, height))
            y += height

    def _draw_words(self, painter: QPainter, scale: float) -> None:
        """Each beside its depth; what would lie over another goes below it, or above where the room ends."""
        theme, marks, line = self._context.theme, self.marks(), float(self.fontMetrics().height())
        places = [TOP + depth * scale - line / 2 for depth, _, _ in marks]
        for i in range(1, len(places)):
            places[i] = max(places[i], places[i - 1] + line)
        limit = self.height() - line - 2.0
        for i in reversed(range(len(places))):
            places[i] = min(places[i], limit)
            limit = places[i] - line
        left = MIDDLE + 44
        for (depth, words, role), y in zip(marks, places, strict=True):
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(MIDDLE + 26, int(TOP + depth * scale), left - 3, int(y + line / 2))
            painter.setPen(QColor(theme.text if role == "strong" else theme.muted))
            shown = with_its_figure(painter.fontMetrics(), words, self.width() - left - 2)
            painter.drawText(QRectF(left, y, self.width() - left, line), Qt.AlignmentFlag.AlignVCenter, shown)

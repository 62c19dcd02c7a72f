"""The chart and the names of its pens side by side, with what each needs of the room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.views.parted import Parted


class ChartAndNames(Parted):
    """Names whole with their units where there is room, the chart twice as wide as they are."""

    def __init__(self, chart: QWidget, names: QWidget, names_px: int) -> None:
        super().__init__(chart, names)
        self._names_px = names_px
        self.setStretchFactor(0, 1)
        self.setCollapsible(0, False)

    def shares(self, wide: int) -> list[int]:
        names = min(self._names_px, wide // 3)
        return [wide - names, names]

"""The chart and the names of its pens side by side, with what each needs of the room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.views.parted import Parted
from app.views.trends.legend import Legend

MOST = 0.4
"""Of the page for names that would have dots in them with less."""


class ChartAndNames(Parted):
    """Names whole with their units where there is room, the chart twice as wide as they are."""

    def __init__(self, chart: QWidget, names: Legend, names_px: int) -> None:
        super().__init__(chart, names)
        self._names_px, self._names = names_px, names
        names.table.modelReset.connect(self.share)  # the pens of another well have other names
        self.setStretchFactor(0, 1)
        self.setCollapsible(0, False)

    def shares(self, wide: int) -> list[int]:
        names = max(min(self._names_px, wide // 3), min(self._names.least_px(), int(MOST * wide)))
        return [wide - names, names]

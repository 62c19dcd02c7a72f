"""Two cursors over stacked panes: what every pen did between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app.core.units import DAY_S
from app.views.plots.pane import Pane, Trace


@dataclass(frozen=True)
class Measured:
    """As shown. `delta` is between the cursors, `slope` that of the straight line through what lies there, a
    day.
    """

    name: str
    colour: str
    unit: str
    delta: float
    mean: float
    least: float
    most: float
    slope: float


class Measure(QObject):
    """A click plants the first cursor, the pointer is the second until another click plants it too; the third
    click takes both away.
    """

    changed = Signal()
    copy_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._panes: list[Pane] = []
        self._planted: list[float] = []
        self._pointer: float | None = None

    def over(self, panes: list[Pane]) -> None:
        """The panes are these from now on."""
        self._panes = panes
        for pane in panes:
            pane.box.clicked.connect(self.click)
        self._draw()

    @property
    def is_on(self) -> bool:
        return bool(self._planted)

    @property
    def ends(self) -> tuple[float, float] | None:
        """Seconds after the origin, in their order."""
        places = [*self._planted, *([] if self._pointer is None else [self._pointer])][:2]
        return (min(places), max(places)) if len(places) == 2 else None

    @Slot(float)
    def click(self, x: float) -> None:
        self._planted = [] if len(self._planted) == 2 else [*self._planted, x]
        self._pointer = None
        self._draw()
        self.changed.emit()

    def move(self, x: float) -> None:
        if len(self._planted) == 1:
            self._pointer = x
            self.changed.emit()

    @Slot()
    def clear(self, *_: object) -> None:
        if self._planted:
            self._planted, self._pointer = [], None
            self._draw()
            self.changed.emit()

    def copy(self) -> None:
        self.copy_wanted.emit()

    def _draw(self) -> None:
        for pane in self._panes:
            pane.plant(self._planted)

    def figures(self) -> list[Measured]:
        """Of every pen that is seen and has something there."""
        ends = self.ends
        if ends is None:
            return []
        traces = [trace for pane in self._panes for trace in pane.traces if trace.visible]
        found = [measured(trace, *ends) for trace in traces]
        return [one for one in found if one is not None]


def measured(trace: Trace, low: float, high: float) -> Measured | None:
    first, last = np.searchsorted(trace.x, low, "left"), np.searchsorted(trace.x, high, "right")
    x, y = trace.x[first:last], trace.y[first:last]
    good = np.isfinite(y)
    x, y = x[good], y[good]
    if not len(y):
        return None
    spread = float(np.ptp(x))
    slope = float(np.polyfit(x - x[0], y, 1)[0]) * DAY_S if len(y) > 1 and spread > 0 else float("nan")
    unit = trace.spec.axis_title.rpartition(", ")[2] if ", " in trace.spec.axis_title else ""
    return Measured(
        trace.spec.name,
        trace.spec.colour,
        unit,
        float(y[-1] - y[0]),
        float(y.mean()),
        float(y.min()),
        float(y.max()),
        slope,
    )

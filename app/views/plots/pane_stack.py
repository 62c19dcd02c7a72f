"""Panes stacked on one time axis: the window all of them show, moved by hand or by call, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.views.period import Window
from app.views.plots.frame import ChartFrame
from app.views.plots.pane import Pane, Scale, ScaleKey
from app.views.settling import Soon
from app.views.theme import Theme

SETTLED_MS = 350
REFRESH_MS = 15
HISTORY = 200
View = tuple[tuple[float, float], list[dict[ScaleKey, Scale]]]
"""Time from and to, and the scales of each pane."""


class PaneStack(ChartFrame):
    """x is seconds after `origin_us`; moments outside are µs since 1970 UTC."""

    window_moved = Signal(Window)  # at most once per REFRESH_MS
    window_settled = Signal(Window)
    user_moved = Signal()

    def __init__(self, theme: Theme, language: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, language, parent)
        self.origin_us = 0
        self.panes: list[Pane] = []
        self._history: list[View] = []
        self._history_at = -1
        self._moved = Soon(self, REFRESH_MS)
        self._moved.timeout.connect(self._tell_moved)
        self._settled = Soon(self, SETTLED_MS)
        self._settled.timeout.connect(self._tell_settled)

    def set_origin(self, origin_us: int) -> None:
        self.origin_us = origin_us
        self._history, self._history_at = [], -1
        for pane in self.panes:
            pane.time_axis.origin_us = origin_us

    def to_x(self, moment_us: int) -> float:
        return (moment_us - self.origin_us) / 1e6

    def to_us(self, x: float) -> int:
        return self.origin_us + round(x * 1e6)

    def x_range(self) -> tuple[float, float] | None:
        return tuple(self.panes[0].box.viewRange()[0]) if self.panes else None  # type: ignore[return-value]

    def window_us(self) -> tuple[int, int] | None:
        window = self.x_range()
        return (self.to_us(window[0]), self.to_us(window[1])) if window else None

    def set_window_us(self, from_us: int, to_us: int) -> None:
        if self.panes:
            self.panes[0].box.setXRange(self.to_x(from_us), self.to_x(to_us), padding=0)

    def columns(self) -> int:
        """Pixel columns of the plot area."""
        return max(int(self.panes[0].plot_rect().width()), 100) if self.panes else 0

    def zoom(self, factor: float) -> None:
        window = self.x_range()
        if window:
            middle, half = sum(window) / 2, (window[1] - window[0]) / 2 * factor
            self._by_hand(middle - half, middle + half)

    def pan(self, share: float) -> None:
        window = self.x_range()
        if window:
            step = (window[1] - window[0]) * share
            self._by_hand(window[0] + step, window[1] + step)

    def _by_hand(self, low: float, high: float) -> None:
        self.panes[0].box.setXRange(low, high, padding=0)
        self.user_moved.emit()

    def back(self) -> None:
        self._go(self._history_at - 1)

    def forward(self) -> None:
        self._go(self._history_at + 1)

    def _go(self, index: int) -> None:
        if self.panes and 0 <= index < len(self._history):
            self._history_at = index
            window, scales = self._history[index]
            self.panes[0].box.setXRange(*window, padding=0)
            for pane, wanted in zip(self.panes, scales, strict=False):  # pens may have come or gone since
                pane.set_scales(wanted)
            self.user_moved.emit()

    @Slot()
    def _scaled(self) -> None:
        self._settled.start()

    @Slot()
    def _x_changed(self) -> None:
        if not self._moved.isActive():
            self._moved.start()
        self._settled.start()

    @Slot()
    def _tell_moved(self) -> None:
        window = self.window_us()
        if window:
            self.window_moved.emit(Window(*window))

    @Slot()
    def _tell_settled(self) -> None:
        window = self.x_range()
        if window is None:
            return
        view: View = (window, [pane.scales for pane in self.panes])
        if self._history_at < 0 or self._history[self._history_at] != view:
            del self._history[self._history_at + 1 :]
            self._history = [*self._history, view][-HISTORY:]
            self._history_at = len(self._history) - 1
        self.window_settled.emit(Window(self.to_us(window[0]), self.to_us(window[1])))

    def to_end(self) -> None:
        """The same width, up to the newest sample."""
        window = self.x_range()
        ends = [trace.x[-1] for pane in self.panes for trace in pane.traces if len(trace.x)]
        if window and ends:
            self._by_hand(max(ends) - (window[1] - window[0]), max(ends))

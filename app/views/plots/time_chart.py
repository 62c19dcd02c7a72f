"""Stacked panes on one time axis with crosshair, zoom history and the event strip. Knows no store: pens are
handed in.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.zones import FieldZone
from app.reports.blocks import Block
from app.views.period import Moment
from app.views.plots.measure import Measure
from app.views.plots.pane import MOST_SCALES, Pane, PenSpec, ScaleKey, Trace
from app.views.plots.pane_heights import PaneHeights
from app.views.plots.pane_stack import PaneStack
from app.views.plots.seen import clippings
from app.views.plots.strip import EventStrip, Mark, Marks
from app.views.theme import Theme


class TimeChart(PaneStack):
    fit_wanted = Signal()
    computed_wanted = Signal()  # pens made of others
    compare_wanted = Signal()
    view_wanted = Signal()  # what is drawn gets a name
    limits_wanted = Signal()  # of the scales, to be typed
    pointed = Signal(Moment)  # None when the pointer left
    mark_chosen = Signal(Mark)

    def __init__(self, theme: Theme, language: str, zone: FieldZone, parent: QWidget | None = None) -> None:
        super().__init__(theme, language, parent)
        self._zone = zone
        self.traces: dict[str, Trace] = {}
        self.measure = Measure(self)
        self.heights = PaneHeights(self._plots)
        self.fit_wanted.connect(self.measure.clear)
        self._chosen: str | None = None
        self._laying: object = None
        """The pens that were asked for last."""
        self._plots.ci.setContentsMargins(2, 4, 2, 2)
        self._plots.ci.setSpacing(2)
        self.strip = EventStrip(theme)
        self.strip.chosen.connect(self.mark_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._plots, 1)
        layout.addWidget(self.strip)

    # ---- building ------------------------------------------------------------------------------------------

    def set_pens(self, groups: list[list[PenSpec]]) -> None:
        for _ in self.laying_pens(groups):
            pass

    def laying_pens(self, groups: list[list[PenSpec]]) -> Generator[None, None, bool]:
        """Pane after pane, one for each group; a group with more than three scales goes on in another. Pens
        that come meanwhile take the place of those that are still to be laid: then False is returned.
        """
        window, fixed = self.x_range(), self.fixed
        mine = self._laying = object()
        for pane in self.panes:
            pane.leave()
        self._plots.clear()
        self.panes, self.traces = [], {}
        planned: list[list[PenSpec]] = []
        for group in groups:
            scales: set[ScaleKey] = set()
            planned.append([])
            for spec in group:
                if spec.scale not in scales and len(scales) == MOST_SCALES:
                    planned.append([])
                    scales = set()
                scales.add(spec.scale)
                planned[-1].append(spec)
        planned = [group for group in planned if group]
        for row, group in enumerate(planned):
            pane = Pane(
                self._plots.ci, row, self._theme, self._language, self._zone, last=row == len(planned) - 1
            )
            pane.time_axis.origin_us = self.origin_us
            for spec in group:
                self.traces[spec.key] = pane.add(spec)
            pane.touched.connect(self.user_moved)
            pane.fit_wanted.connect(self.fit_wanted)
            pane.scaled.connect(self._scaled)
            if self.panes:
                pane.box.setXLink(self.panes[0].box)
            self.panes.append(pane)
            yield
            if self._laying is not mine:
                return False
        self.heights.over(self.panes)
        self.measure.over(self.panes)
        widest = max((pane.right_axes for pane in self.panes), default=0)
        for pane in self.panes:
            pane.reserve_right(widest)
        if self.panes:
            self.panes[0].box.sigXRangeChanged.connect(self._x_changed)
            self.panes[0].box.sigXRangeChanged.connect(self._place_strip)
            self.panes[0].box.sigResized.connect(self._place_strip)
            if window is not None:
                self.panes[0].box.setXRange(*window, padding=0)
        for pane in self.panes:
            pane.fix(fixed)
        return True

    @property
    def fixed(self) -> dict[str, tuple[float, float]]:
        """Pens whose scale was set by hand: from and to, as shown."""
        return {key: scale for pane in self.panes for key, scale in pane.fixed.items()}

    def scales_now(self) -> list[tuple[str, str, float, float, bool]]:
        """Each scale by its first pen: (pen, title, lowest, highest, whether that is fixed)."""
        found = []
        for pane in self.panes:
            first = {trace.spec.scale: trace.spec for trace in reversed(pane.traces)}
            for scale, (low, high, fixed) in pane.ranges.items():
                spec = first[scale]
                found.append((spec.key, f"{spec.axis_title} · {spec.name}", low, high, fixed))
        return found

    def fix(self, wanted: Mapping[str, tuple[float, float]]) -> None:
        """These scales from and to; all others follow their pens."""
        for pane in self.panes:
            pane.fix(wanted)
        self._scaled()

    def set_data(
        self,
        key: str,
        time_us: np.ndarray,
        value: np.ndarray,
        bad_us: np.ndarray,
        bad_value: np.ndarray,
        gap_s: float,
    ) -> None:
        """`gap_s`: so long the last value of the line stands for what came after it."""
        trace = self.traces.get(key)
        if trace is not None:
            trace.set_data(
                (time_us - self.origin_us) / 1e6, value, (bad_us - self.origin_us) / 1e6, bad_value, gap_s
            )

    def fit_y(self) -> None:
        for pane in self.panes:
            pane.fit_y()

    def set_marks(self, marks: Marks) -> None:
        self.strip.set_marks(marks)
        self._place_strip()

    def set_bands(self, by_pen: dict[str, list[tuple[int, int, str]]]) -> None:
        """Evidence windows [µs] with their colour, in the panes of the pens they speak of; "" means every
        pane.
        """
        for pane in self.panes:
            bands = list(by_pen.get("", []))
            for trace in pane.traces:
                bands += by_pen.get(trace.spec.key, [])
            pane.set_bands([(self.to_x(a), self.to_x(b), colour) for a, b, colour in dict.fromkeys(bands)])

    def lay_band(self, key: str, time_us: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """What a pen usually shows, as shown, under it; empty arrays take it away."""
        for pane in self.panes:
            pane.lay_band(key, (time_us - self.origin_us) / 1e6, low, high)

    def lay_points(self, key: str, of_cases: list[tuple[str, np.ndarray, np.ndarray]]) -> None:
        """What models gave for a pen, as shown: (case, moments [µs], values); none takes them away."""
        for pane in self.panes:
            pane.lay_points(key, [(name, (at - self.origin_us) / 1e6, y) for name, at, y in of_cases])

    def show_pens(self, hidden: set[str], chosen: str | None) -> None:
        """The chosen pen is drawn last and the others fade: emphasis by order, not by width."""
        self._chosen = chosen
        for key, trace in self.traces.items():
            trace.show(key not in hidden, faded=chosen is not None and key != chosen)
        self.fit_y()

    def release_scales(self) -> None:
        for pane in self.panes:
            pane.release_scales()
        self.fit_y()

    # ---- pointer and keys ----------------------------------------------------------------------------------

    def values_at(self, moment_us: int) -> dict[str, float]:
        x = self.to_x(moment_us)
        return {key: trace.value_at(x) for key, trace in self.traces.items()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.measure.is_on:
            self.measure.clear()
            return
        super().keyPressEvent(event)

    @property
    def is_drawn(self) -> bool:
        return bool(self.panes)

    @property
    def chosen_pen(self) -> str | None:
        return self._chosen

    def moment_at(self, position: QPointF) -> int | None:
        if not self.panes:
            return None
        scene = self._plots.mapToScene(position.toPoint())
        return self.to_us(float(self.panes[0].box.mapSceneToView(scene).x()))

    def point(self, position: QPointF) -> None:
        if not self.panes:
            return
        scene = self._plots.mapToScene(position.toPoint())
        area = self.panes[0].plot_rect()
        if not area.left() <= scene.x() <= area.right():
            self.point_nowhere()
            return
        x = float(self.panes[0].box.mapSceneToView(scene).x())
        for pane in self.panes:
            pane.point(x)
        self.measure.move(x)
        self.pointed.emit(Moment(self.to_us(x)))

    def point_nowhere(self) -> None:
        for pane in self.panes:
            pane.point(None)
        self.pointed.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_strip()
        if self.panes and not self._moved.isActive():
            self._moved.start()

    @Slot()
    def _place_strip(self, *_: object) -> None:
        window = self.x_range()
        if window:
            area = self.panes[0].plot_rect()
            self.strip.set_window(window, (area.left(), area.right()))

    # ---- export --------------------------------------------------------------------------------------------

    def clippings(self) -> list[tuple[str, Block]]:
        """Each scale of each pane as a chart over the window that is seen: (its pens, chart)."""
        window = self.x_range()
        return [] if window is None else clippings(self.panes, window, self.origin_us / 1e6)

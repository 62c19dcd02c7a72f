"""What is seen of stacked panes, to be taken away: as charts."""

from __future__ import annotations

import numpy as np

from app.reports.blocks import Block, Chart, Pen
from app.views.plots.pane import Pane, ScaleKey, Trace


def clippings(panes: list[Pane], window: tuple[float, float], origin_s: float) -> list[tuple[str, Block]]:
    """Each scale of each pane as a chart: (its pens, chart)."""
    by_scale: dict[tuple[int, ScaleKey], list[Trace]] = {}
    for number, pane in enumerate(panes):
        for trace in pane.traces:
            if trace.visible and len(trace.x):
                by_scale.setdefault((number, trace.spec.scale), []).append(trace)
    shown = (window[0] + origin_s, window[1] + origin_s)
    found: list[tuple[str, Block]] = []
    for traces in by_scale.values():
        pens = tuple(_pen(trace, number, window, origin_s) for number, trace in enumerate(traces))
        unit = traces[0].spec.axis_title.rpartition(", ")[2]
        down = traces[0].spec.downwards
        chart = Chart("", "", unit, pens, True, 45, downwards=down, window=shown)
        found.append((", ".join(pen.name for pen in pens), chart))
    return found


def _pen(trace: Trace, number: int, window: tuple[float, float], origin_s: float) -> Pen:
    first, last = np.searchsorted(trace.x, window)
    return Pen(trace.spec.name, trace.x[first:last] + origin_s, trace.y[first:last], number)

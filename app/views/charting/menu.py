"""The one owner of what a right click on a chart offers, on whatever page it stands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.views.charting.actions import ChartActions, actions_of
from app.views.context import Context
from app.views.plots.frame import ChartFrame


def offer(context: Context, under: QWidget | None, point: QPoint, page: str) -> QMenu | None:
    """The menu of the chart that the widget belongs to, at `point` of the screen; None without a chart."""
    chart = chart_at(under)
    if chart is None:
        return None
    actions: ChartActions = actions_of(context, chart)
    actions.point_at(chart.moment_at(chart.on_plots(QPointF(point))), page)
    return actions.given.popup(chart, point)


def chart_at(widget: QWidget | None) -> ChartFrame | None:
    while widget is not None and not isinstance(widget, ChartFrame):
        widget = None if widget.windowType() == Qt.WindowType.Window else widget.parentWidget()
    return widget

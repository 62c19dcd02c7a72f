"""What can be done with a chart over time: by its keys and by a right click on it."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.views.commands.command import Command, said
from app.views.plots.frame import ChartFrame
from app.views.plots.time_chart import TimeChart

ChartCommands = tuple[Command[Any], ...]
STEP = 0.2
"""Of the window, for one press of an arrow."""


class TakingDesk(Protocol):
    chart: ChartFrame

    @property
    def can_note(self) -> bool: ...

    def ask_note(self) -> None: ...

    def copy_picture(self) -> None: ...

    def copy_data(self) -> None: ...

    def ask_picture(self) -> None: ...

    def ask_data(self) -> None: ...

    def ask_page(self) -> None: ...

    def add_to_report(self) -> None: ...

    def show_full_screen(self) -> None: ...


class ChartDesk(TakingDesk, Protocol):
    chart: TimeChart


def _drawn(desk: TakingDesk) -> str:
    return "" if desk.chart.is_drawn else QT_TRANSLATE_NOOP("Commands", "nothing is drawn")


def _noted(desk: TakingDesk) -> str:
    if not desk.can_note:
        return QT_TRANSLATE_NOOP("Commands", "a note stands at a moment: right click on a chart over time")
    return _drawn(desk)


def _measured(desk: ChartDesk) -> str:
    if desk.chart.measure.is_on:
        return ""
    return QT_TRANSLATE_NOOP("Commands", "click on the chart: the cursor that is measured from")


TAKEN: ChartCommands = (
    Command(
        "chart.note",
        said(QT_TRANSLATE_NOOP("Commands", "Note here…")),
        lambda desk: desk.ask_note(),
        obstacle=_noted,
        in_menu=True,
    ),
    Command(
        "chart.copy",
        said(QT_TRANSLATE_NOOP("Commands", "Copy picture")),
        lambda desk: desk.copy_picture(),
        obstacle=_drawn,
        in_menu=True,
    ),
    Command(
        "chart.copy_data",
        said(QT_TRANSLATE_NOOP("Commands", "Copy data")),
        lambda desk: desk.copy_data(),
        obstacle=_drawn,
        in_menu=True,
    ),
    Command(
        "chart.picture",
        said(QT_TRANSLATE_NOOP("Commands", "Save picture (PNG, SVG)…")),
        lambda desk: desk.ask_picture(),
        obstacle=_drawn,
        in_menu=True,
    ),
    Command(
        "chart.data",
        said(QT_TRANSLATE_NOOP("Commands", "Save data (CSV, Parquet, Excel)…")),
        lambda desk: desk.ask_data(),
        obstacle=_drawn,
        in_menu=True,
    ),
    Command(
        "chart.page",
        said(QT_TRANSLATE_NOOP("Commands", "Save as a page for a browser (HTML)…")),
        lambda desk: desk.ask_page(),
        obstacle=_drawn,
        tip=said(
            QT_TRANSLATE_NOOP(
                "Commands", "One file to zoom and read values in, for somebody who has not the program"
            )
        ),
        in_menu=True,
    ),
    Command(
        "chart.report",
        said(QT_TRANSLATE_NOOP("Commands", "Add to my report")),
        lambda desk: desk.add_to_report(),
        obstacle=_drawn,
        in_menu=True,
    ),
    Command(
        "chart.screen",
        said(QT_TRANSLATE_NOOP("Commands", "Full screen (Esc closes it)")),
        lambda desk: desk.show_full_screen(),
        obstacle=_drawn,
        in_menu=True,
    ),
)
CHART: ChartCommands = (
    *TAKEN,
    Command(
        "chart.measured",
        said(QT_TRANSLATE_NOOP("Commands", "Copy what is between the cursors")),
        lambda desk: desk.chart.measure.copy(),
        ("Ctrl+C",),
        obstacle=_measured,
        tip=said(QT_TRANSLATE_NOOP("Commands", "Difference, mean, least, most and slope a day of every pen")),
    ),
    Command(
        "chart.computed",
        said(QT_TRANSLATE_NOOP("Commands", "Computed pens…")),
        lambda desk: desk.chart.computed_wanted.emit(),
        tip=said(
            QT_TRANSLATE_NOOP("Commands", "Pens computed of others: differences, shares, means, changes")
        ),
        short=lambda speaker: "ƒ(x)…",
        in_menu=True,
    ),
    Command(
        "chart.compare",
        said(QT_TRANSLATE_NOOP("Commands", "Compare…")),
        lambda desk: desk.chart.compare_wanted.emit(),
        obstacle=_drawn,
        tip=said(
            QT_TRANSLATE_NOOP(
                "Commands", "One pen against another, the pen of several wells, the pen in several periods"
            )
        ),
        in_menu=True,
    ),
    Command(
        "chart.limits",
        said(QT_TRANSLATE_NOOP("Commands", "Limits of the scales…")),
        lambda desk: desk.chart.limits_wanted.emit(),
        ("L",),
        obstacle=_drawn,
        tip=said(
            QT_TRANSLATE_NOOP("Commands", "From and to of each scale; those not fixed follow their pens")
        ),
        in_menu=True,
    ),
    Command(
        "chart.view",
        said(QT_TRANSLATE_NOOP("Commands", "Keep as a view…")),
        lambda desk: desk.chart.view_wanted.emit(),
        obstacle=_drawn,
        tip=said(
            QT_TRANSLATE_NOOP(
                "Commands", "Pens, scales, panes, period under a name, for this well or its kind"
            )
        ),
        in_menu=True,
    ),
    Command(
        "chart.back",
        said(QT_TRANSLATE_NOOP("Commands", "Previous view")),
        lambda desk: desk.chart.back(),
        ("Backspace",),
        short=lambda speaker: "←",
    ),
    Command(
        "chart.forward",
        said(QT_TRANSLATE_NOOP("Commands", "Next view")),
        lambda desk: desk.chart.forward(),
        ("Shift+Backspace",),
        short=lambda speaker: "→",
    ),
    Command(
        "chart.earlier",
        said(QT_TRANSLATE_NOOP("Commands", "Earlier")),
        lambda desk: desk.chart.pan(-STEP),
        ("Left",),
    ),
    Command(
        "chart.later",
        said(QT_TRANSLATE_NOOP("Commands", "Later")),
        lambda desk: desk.chart.pan(STEP),
        ("Right",),
    ),
    Command(
        "chart.closer",
        said(QT_TRANSLATE_NOOP("Commands", "Closer")),
        lambda desk: desk.chart.zoom(0.5),
        ("+", "="),
    ),
    Command(
        "chart.wider",
        said(QT_TRANSLATE_NOOP("Commands", "Wider")),
        lambda desk: desk.chart.zoom(2.0),
        ("-",),
    ),
    Command(
        "chart.whole",
        said(QT_TRANSLATE_NOOP("Commands", "Whole period")),
        lambda desk: desk.chart.fit_wanted.emit(),
        ("Home",),
    ),
    Command(
        "chart.newest",
        said(QT_TRANSLATE_NOOP("Commands", "To the newest readings")),
        lambda desk: desk.chart.to_end(),
        ("End",),
    ),
)

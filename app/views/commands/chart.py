"""What can be done with a chart over time: by its keys and by a right click on it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.views.commands.command import Command, said
from app.views.plots.time_chart import TimeChart

STEP = 0.2
"""Of the window, for one press of an arrow."""


class ChartDesk(Protocol):
    chart: TimeChart

    def ask_note(self) -> None: ...

    def copy_picture(self) -> None: ...

    def ask_picture(self) -> None: ...

    def ask_data(self) -> None: ...

    def add_to_report(self) -> None: ...


def _drawn(desk: ChartDesk) -> str:
    return "" if desk.chart.panes else QT_TRANSLATE_NOOP("Commands", "nothing is drawn")


CHART: tuple[Command[ChartDesk], ...] = (
    Command(
        "chart.note",
        said(QT_TRANSLATE_NOOP("Commands", "Note here…")),
        lambda desk: desk.ask_note(),
        obstacle=_drawn,
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
        "chart.report",
        said(QT_TRANSLATE_NOOP("Commands", "Add to my report")),
        lambda desk: desk.add_to_report(),
        obstacle=_drawn,
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

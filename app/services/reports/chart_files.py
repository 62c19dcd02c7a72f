"""What a chart shows, to be taken away: a table, or one page that a browser shows without the program."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.core.errors import KnownError
from app.core.files import write_atomically
from app.core.paths import resources
from app.core.plain import JsonObject
from app.core.spreadsheets import safe_text
from app.core.texts import Speaker, number
from app.reports.blocks import Block, Chart, Pen
from app.services.reports.table_files import write_table

if TYPE_CHECKING:
    import pyarrow as pa

Named = list[tuple[str, Block]]
MOST_COPIED = 100_000


def charts_of(blocks: Named) -> list[Chart]:
    return [block for _, block in blocks if isinstance(block, Chart)]


def points_of(chart: Chart, pen: Pen) -> tuple[np.ndarray, np.ndarray]:
    """In the window that is seen, without gaps."""
    x, y = np.asarray(pen.x, float), np.asarray(pen.y, float)
    good = np.isfinite(x) & np.isfinite(y)
    if chart.window is not None:
        good &= (x >= chart.window[0]) & (x <= chart.window[1])
    return x[good], y[good]


def table_of(blocks: Named) -> pa.Table:
    """A row each point. Over time: time, pen, value, unit; else pen and the two axes by their titles."""
    import pyarrow as pa

    charts = charts_of(blocks)
    pens = [(chart, pen, *points_of(chart, pen)) for chart in charts for pen in chart.pens]
    names = [pen.name for _, pen, x, _ in pens for _ in range(len(x))]
    xs = np.concatenate([x for *_, x, _ in pens]) if pens else np.empty(0)
    ys = np.concatenate([y for *_, y in pens]) if pens else np.empty(0)
    if all(chart.time_axis for chart in charts):
        units = [_unit(chart) for chart, _, x, _ in pens for _ in range(len(x))]
        times = [datetime.fromtimestamp(one, UTC).isoformat() for one in xs]
        return pa.table({"time": times, "pen": names, "value": ys, "unit": units})
    x_title, y_title = charts[0].x_title or "x", charts[0].y_title or "y"
    return pa.table({"pen": names, x_title: xs, y_title if y_title != x_title else "y": ys})


def _unit(chart: Chart) -> str:
    """Of its y: an axis of a pane is named by it alone."""
    return chart.y_title.rpartition(", ")[2]


def write_data(blocks: Named, out: Path) -> None:
    """By suffix: .csv, .parquet, .xlsx. Raises KnownError."""
    write_table(table_of(blocks), out)


def as_text(blocks: Named, language: str) -> str:
    """For a spreadsheet: tab separated, numbers as the reader writes them, MOST_COPIED rows at most."""
    table = table_of(blocks).slice(0, MOST_COPIED)
    lines = ["\t".join(map(safe_text, table.column_names))]
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        lines.append("\t".join(_cell(value, language) for value in row))
    return "\n".join(lines)


def _cell(value: Any, language: str) -> str:
    if not isinstance(value, float):
        return str(safe_text(str(value)))
    return number(value, 6, language).rstrip("0").rstrip(",.").replace("\u202f", "")


def write_page(blocks: Named, title: str, speaker: Speaker, out: Path) -> None:
    """One file with the data and all that draws them, asking nothing of a network. Times are by the field's
    clock as it was at the beginning, which the page says. Raises KnownError.
    """
    charts = charts_of(blocks)
    firsts = [float(x[0]) for chart in charts if chart.time_axis for x in _shown(chart) if len(x)]
    begins = datetime.fromtimestamp(min(firsts), UTC) if firsts else datetime.now(UTC)
    ahead = speaker.zone.offset(begins).total_seconds()
    told = {
        "language": speaker.language,
        "zone": speaker.zone.label(begins) if firsts else "",
        "charts": [_told(chart, ahead) for chart in charts],
    }
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    page = (
        (resources() / "chart_page.html")
        .read_text(encoding="utf-8")
        .replace("{language}", speaker.language)
        .replace("{title}", escape(title))
        .replace("{words}", escape(speaker.say("chart_page.words")))
        .replace("{data}", data)
    )
    try:
        write_atomically(out, page.encode())
    except OSError as error:
        raise KnownError("file_not_written", file=str(out), reason=str(error)) from error


def _shown(chart: Chart) -> list[np.ndarray]:
    return [points_of(chart, pen)[0] for pen in chart.pens]


def _told(chart: Chart, ahead: float) -> JsonObject:
    shift = ahead if chart.time_axis else 0.0
    return {
        "x": chart.x_title,
        "y": chart.y_title,
        "time": chart.time_axis,
        "log": chart.log,
        "down": chart.downwards,
        "left": chart.leftwards,
        "levels": [[level.at, level.name, level.upright] for level in chart.levels],
        "pens": [_told_pen(pen, shift) for pen in chart.pens],
    }


def _told_pen(pen: Pen, shift: float) -> JsonObject:
    x, y = np.asarray(pen.x, float) + shift, np.asarray(pen.y, float)
    return {
        "name": pen.name,
        "style": pen.style,
        "line": pen.line,
        "points": pen.points or not pen.line,
        "faint": pen.faint,
        "x": [_rounded(value) for value in x.tolist()],
        "y": [_rounded(value) for value in y.tolist()],
    }


def _rounded(value: float) -> float | None:
    return float(f"{value:.12g}") if np.isfinite(value) else None

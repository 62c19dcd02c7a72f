"""Run as a process of its own over the big store: first paints, frames of a drag, memory. Prints one JSON
object.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import numpy as np

WIDTH, HEIGHT = 1600, 900
DRAG_S = 5.0


def main(folder: Path) -> None:
    if not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import psutil
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from app.core.jobs import Job
    from app.models.sensors import BY_NUMBER
    from app.models.store.database import open_database
    from app.views import theme
    from app.views.plots.pane import PenSpec
    from app.views.plots.time_chart import TimeChart
    from app.views.tasks import TaskRunner
    from app.views.trends.presenter import MARGIN, fetch_trends
    from benchmarks import big_store

    application = QApplication([])
    theme.load_fonts()
    database = open_database(folder / "big.duckdb", big_store.KEY)
    runner = TaskRunner()
    pens = list(big_store.PENS)
    specs = [
        PenSpec(BY_NUMBER[n].key, str(n), "pressure", "p", theme.LIGHT.pen(i)) for i, n in enumerate(pens)
    ]
    chart = TimeChart(theme.LIGHT, "en")
    chart.resize(WIDTH, HEIGHT)
    chart.set_origin(big_store.START_US)
    chart.set_pens([specs])
    chart.show()
    application.processEvents()

    def put(answer: dict) -> None:
        for number, trend in answer.items():
            key = BY_NUMBER[number].key
            chart.set_data(key, trend.time_us, trend.value, trend.bad_time_us, trend.bad_value)

    def paint() -> None:
        """What was asked to be drawn is drawn: Qt paints when its posted events are handled."""
        application.processEvents()

    def first_paint(well: int, days: float) -> float:
        end = big_store.START_US + int(days * 86_400e6)
        began = time.perf_counter()
        put(fetch_trends(Job(), database, well, pens, big_store.START_US, end, chart.columns()))
        chart.set_window_us(big_store.START_US, end)
        chart.fit_y()
        paint()
        return 1e3 * (time.perf_counter() - began)

    year = sorted(first_paint(big_store.SLOW_WELL, 365) for _ in range(5))
    month = sorted(first_paint(big_store.FAST_WELL, 30) for _ in range(5))
    memory_mb = psutil.Process().memory_info().rss / 2**20

    # A drag through the 1e7 points of each pen: the window moves every frame, fresh data arrives when it is
    # ready.
    class Receiver(QObject):
        busy = False

        def take(self, answer: object) -> None:
            Receiver.busy = False
            put(answer)  # type: ignore[arg-type]

    receiver = Receiver()
    span = 6 * 3600 * 1_000_000
    at = big_store.START_US + 30 * 86_400_000_000
    put(
        fetch_trends(
            Job(),
            database,
            big_store.FAST_WELL,
            pens,
            at - span // 2,
            at + span + span // 2,
            2 * chart.columns(),
        )
    )
    chart.set_window_us(at, at + span)
    chart.fit_y()
    for _ in range(10):
        paint()
    frames, fetched_at, until = [], at, time.perf_counter() + DRAG_S
    while time.perf_counter() < until:
        began = time.perf_counter()
        at += span // 400
        chart.set_window_us(at, at + span)
        if abs(at - fetched_at) > span * (MARGIN - 1 / 8) and not Receiver.busy:
            Receiver.busy, fetched_at = True, at
            runner.start(
                fetch_trends,
                database,
                big_store.FAST_WELL,
                pens,
                at - span // 2,
                at + span + span // 2,
                2 * chart.columns(),
                lane="store",
                purpose="trends",
                done=receiver.take,
            )
        paint()
        frames.append(1e3 * (time.perf_counter() - began))
    control = _control(application)
    runner.shutdown()
    database.close()
    print(
        json.dumps(
            {
                "year_ms": year[2],
                "month_ms": month[2],
                "memory_mb": memory_mb,
                "frames": len(frames),
                "frame_median_ms": float(np.median(frames)),
                "frame_p99_ms": float(np.percentile(frames, 99)),
                "control_ms": control,
            }
        )
    )
    os._exit(0)


def _control(application: object) -> float:
    """Painting 8 × 3,200 points that are ready, in a bare pyqtgraph plot of the same size, panned in the same
    way.
    """
    import pyqtgraph as pg

    from app.views.plots.look import pen
    from app.views.theme import LIGHT

    widget = pg.PlotWidget(background="w")
    widget.resize(WIDTH, HEIGHT)
    x = np.arange(3200.0)
    rng = np.random.default_rng(0)
    for i in range(8):
        y = np.sin(x / 500 + i) * 2 + 10 + rng.normal(0, 0.1, 3200)
        widget.addItem(pg.PlotCurveItem(x, y, pen=pen(LIGHT.pen(i))))
    widget.show()
    widget.setXRange(0, 3200, padding=0)
    times = []
    for i in range(150):
        began = time.perf_counter()
        widget.setXRange(i, 3200 + i, padding=0)
        application.processEvents()  # type: ignore[attr-defined]
        times.append(1e3 * (time.perf_counter() - began))
    return float(np.median(times[20:]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

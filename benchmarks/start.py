"""How long until a window is on the screen: a bare one with the same libraries, and ours. Each in fresh
processes.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 7


def bare(folder: Path) -> None:
    import duckdb
    import numpy  # noqa: F401
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    duckdb.connect(":memory:").execute("SELECT 1")
    window = QMainWindow()
    window.setCentralWidget(pg.PlotWidget())
    window.resize(1366, 768)
    window.show()
    application.processEvents()
    os._exit(0)


def ours(folder: Path) -> None:
    """The real start on an empty profile, up to the window that is painted with its doors."""
    from app import bootstrap
    from app.core.notices import NoticeBus
    from app.core.paths import profile_paths

    application = bootstrap._application()
    workspace = bootstrap.open_or_explain(profile_paths(folder / "cache.duckdb"), NoticeBus())
    assert workspace is not None
    from app.views.language import Languages
    from app.views.main_window import MainWindow
    from app.views.tasks import TaskRunner

    window = MainWindow(workspace, TaskRunner(), Languages(application))
    window.show()
    while not window.first_run.isVisible():
        application.processEvents()
    application.processEvents()
    os._exit(0)


def measure(folder: Path) -> tuple[float, float]:
    """Median milliseconds of (bare, ours), taken in turns so that both meet the same machine."""
    environment = {**os.environ}
    if not environment.get("DISPLAY"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(RUNS):
        for kind, kept in times.items():
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "benchmarks.start", kind, str(folder)],
                check=True,
                env=environment,
                stderr=subprocess.DEVNULL,
            )
            kept.append(1e3 * (time.perf_counter() - began))
    return statistics.median(times["bare"]), statistics.median(times["ours"])


if __name__ == "__main__":
    {"bare": bare, "ours": ours}[sys.argv[1]](Path(sys.argv[2]))

"""What holds the window up on a tour of its pages: `python -m benchmarks.stalls --store COPY/cache.duckdb`
(`--wells 1,2` where it is not the demo field), or `--big-field` for a copy of the made field of 5,000 wells.

Prints every place where the GUI thread worked longer than 10 ms, the worst first: how often, and the longest
time [ms of its own CPU, so that other programs do not count]; with `--figures` what `make bench` tells.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.core.paths import profile_paths
from app.services.opening import open_workspace
from app.views import theme
from app.views.commands.entries import ENTERED
from app.views.language import Languages
from app.views.main_window import MainWindow
from app.views.page_titles import NAMES
from app.views.settling import settle
from app.views.stall_meter import StallMeter
from app.views.tasks import TaskRunner
from benchmarks import big_field

WELLS = ("103", "202", "205")
DIALOGS = ("help.manual", "help.keys", "about", "settings", "palette", "profile.backup", "well.build")
NOTICED_MS, LONG_MS = 16, 50
FIRST_MS = 600_000
"""At the first start on a large field the index for the search takes minutes, behind the window."""
Step = Callable[[], object]


def tour(window: MainWindow, wells: tuple[str, ...]) -> Iterator[tuple[str, Step]]:
    """As a day goes: wells, pages, panels, forms, dialogs, another theme, another language; each a turn."""
    for name in wells:
        for end in range(1, len(name) + 1):
            yield f"type {name[:end]}", partial(window.tree.search.setText, name[:end])
        yield f"open {name}", window.tree.search.returnPressed.emit
        for page in NAMES:
            yield f"{name} {page.key}", partial(window.open_page, page.key)
            shown = window.page(page.key)
            for scene in getattr(shown, "scenes", ()):
                yield f"{name} {page.key} {scene}", partial(shown.show_scene, scene)  # type: ignore[attr-defined]
    yield "overview", partial(window.open_page, "overview")
    for kind in ENTERED:
        yield f"form {kind}", partial(window.entering.open, kind)
        if window.entering.form is not None:
            yield f"form {kind} away", window.entering.form.reject
    for key in DIALOGS:
        yield key, partial(window.given.run, key)
        yield f"{key} away", partial(_close_others, window)
    yield "theme", window.context.next_theme
    yield "language", window.context.next_language


def _wait_for_pages(application: QApplication, runner: TaskRunner, window: MainWindow) -> None:
    """Whoever opened the window reads for a while what it shows first."""
    while window.ahead.waits:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    settle(application, runner)


def _close_others(window: MainWindow) -> None:
    for top in QApplication.topLevelWidgets():
        if top is not window and top.isVisible():
            top.close()


def go_round(application: QApplication, store: Path, wells: tuple[str, ...], *, twice: bool) -> StallMeter:
    """A tour of the window on that cache; with `twice` only what the second round met counts."""
    workspace, runner = open_workspace(profile_paths(store)), TaskRunner()
    window = MainWindow(workspace, runner, Languages(application))
    window.show()
    settle(application, runner, FIRST_MS)
    meter = StallMeter(application)
    _wait_for_pages(application, runner, window)
    for number in range(1 + twice):
        if number == twice:
            meter.reset()
        for what, step in tour(window, wells):
            meter.beat()  # what follows is a turn of its own
            QTimer.singleShot(0, step)  # in a turn of the loop: what is let go there does go
            if not settle(application, runner):
                sys.stderr.write(f"still at work after {what}: {[t.purpose for t in runner._alive]}\n")
    meter.stop()
    window.close()
    settle(application, runner)
    window.deleteLater()
    runner.shutdown()
    workspace.close()
    return meter


def figures(meter: StallMeter) -> dict[str, float]:
    took = [one.cpu_ms for one in meter.stalls]
    return {
        "over_10": len(took),
        "over_16": sum(one > NOTICED_MS for one in took),
        "over_50": sum(one > LONG_MS for one in took),
        "worst_ms": max(took, default=0.0),
        "p99_ms": meter.part_ms(0.99),
        "sum_s": sum(took) / 1e3,
    }


def _told(meter: StallMeter) -> None:
    by_place: dict[str, list[float]] = defaultdict(list)
    for stall in meter.stalls:
        by_place[" > ".join(stall.place[-5:]) or "?"].append(stall.cpu_ms)
    found = figures(meter)
    print(
        f"{found['over_10']:.0f} turns over 10 ms ({found['sum_s']:.1f} s), {found['over_16']:.0f} over 16, "
        f"{found['over_50']:.0f} over 50, worst {found['worst_ms']:.0f} ms, p99 {found['p99_ms']:.0f} ms"
    )
    for place, took in sorted(by_place.items(), key=lambda one: -max(one[1]))[:60]:
        print(f"{max(took):6.0f} ms  {len(took):3d}×  {place}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--store", type=Path)
    asked.add_argument("--wells", default=",".join(WELLS), help="of that store, those that are opened")
    asked.add_argument("--big-field", action="store_true")
    asked.add_argument("--twice", action="store_true", help="only of the second round: all is loaded")
    asked.add_argument("--figures", action="store_true", help="one line of JSON")
    said = asked.parse_args()
    application = QApplication(["wellside"])
    theme.load_fonts()
    with tempfile.TemporaryDirectory() as name:
        store, wells = said.store, tuple(said.wells.split(","))
        if said.big_field:
            shutil.copytree(big_field.path().parent, Path(name) / "big")
            store, wells = Path(name) / "big" / "cache.duckdb", (big_field.WORST, big_field.USUAL)
        meter = go_round(application, store, wells, twice=said.twice)
    if said.figures:
        print(json.dumps(figures(meter) | {"thread_s": time.thread_time()}))
    else:
        _told(meter)


if __name__ == "__main__":
    main()

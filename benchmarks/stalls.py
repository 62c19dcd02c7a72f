"""What holds the window up on a tour of its pages: `python -m benchmarks.stalls --store COPY/cache.duckdb`.

Prints every place where the GUI thread worked longer than 10 ms, the worst first: how often, and the longest
time [ms of its own CPU, so that other programs do not count].
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

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

WELLS = ("103", "202", "205")


def tour(window: MainWindow, wait: Callable[[], None]) -> None:
    """As a day goes: wells, pages, panels, forms, dialogs, another theme, another language."""
    for name in WELLS:
        window.tree.search.setText(name)
        window.tree.search.returnPressed.emit()
        wait()
        for page in NAMES:
            window.open_page(page.key)
            wait()
            for scene in getattr(window.page(page.key), "scenes", ()):
                window.page(page.key).show_scene(scene)  # type: ignore[attr-defined]
                wait()
    window.open_page("overview")
    for kind in ENTERED:
        window.entering.open(kind)
        wait()
        if window.entering.form is not None:
            window.entering.form.reject()
        wait()
    for key in ("help.manual", "help.keys", "about", "settings", "palette", "profile.backup", "well.build"):
        window.given.run(key)
        wait()
        for top in QApplication.topLevelWidgets():
            if top is not window and top.isVisible():
                top.close()
        wait()
    window.context.next_theme()
    wait()
    window.context.next_language()
    wait()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--store", type=Path, required=True)
    asked.add_argument("--twice", action="store_true", help="only of the second round: all is loaded")
    said = asked.parse_args()
    application = QApplication(["wellside"])
    theme.load_fonts()
    workspace, runner = open_workspace(profile_paths(said.store)), TaskRunner()
    window = MainWindow(workspace, runner, Languages(application))
    window.show()

    def wait() -> None:
        settle(application, runner)

    wait()
    if said.twice:
        tour(window, wait)
    meter = StallMeter(application)
    tour(window, wait)
    meter.stop()
    by_place: dict[str, list[float]] = defaultdict(list)
    for stall in meter.stalls:
        by_place[" > ".join(stall.place[-5:]) or "?"].append(stall.cpu_ms)
    total_s = sum(one.cpu_ms for one in meter.stalls) / 1e3
    print(f"{len(meter.stalls)} turns over 10 ms, {total_s:.1f} s of them")
    for place, took in sorted(by_place.items(), key=lambda one: -max(one[1]))[:60]:
        print(f"{max(took):6.0f} ms  {len(took):3d}×  {place}")
    window.close()
    runner.shutdown()
    workspace.close()


if __name__ == "__main__":
    main()

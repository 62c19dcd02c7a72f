"""Rod pump cards: solutions, analysis, diagnosis, the twin, drawing five hundred, opening five thousand.

Run as a process of its own; prints one JSON object.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

os.environ["WELLSIDE_NO_KEYRING"] = "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np

from app.analysis.cards import alike, differences, harmonic, strings
from app.analysis.cards.figures import analyse
from app.analysis.diagnosis import diagnose_card
from app.analysis.simulate import rod_faults, rod_wells, twin
from app.analysis.simulate.recorder import WHEN, recorded
from app.core.ids import new_id
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.cards import StoredCard
from app.models.store import cards as card_store
from app.models.store import records
from app.models.wells import SRP, Well, WellId
from app.services.opening import open_workspace

BATCH, HISTORY, OVERLAY, OUTLINES = 5_000, 5_000, 500, 200_000


def median_ms(work: Callable[[], object], times: int) -> float:
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(1e3 * (time.perf_counter() - start))
    return statistics.median(taken)


def physics() -> dict[str, float]:
    rods = tuple(strings.section(300, size) for size in (0.0254, 0.022225, 0.01905, 0.022225, 0.0381))
    turn = np.arange(200) / 200 * 2 * np.pi
    position = np.repeat(1.5 * (1 - np.cos(turn))[None], BATCH, 0)
    load = 60e3 + 15e3 * np.sin(turn)[None] + np.random.default_rng(1).normal(0, 50, (BATCH, 200))
    options = {"strokes_per_minute": 6.0, "buoyant_weight_n": 4e4, "harmonics": 40}
    batch_ms = median_ms(lambda: harmonic.pump_motion(position, load, rods, damping_per_s=0.1, **options), 5)  # type: ignore[arg-type]
    rng = np.random.default_rng(5)
    well = rod_wells.draw(rng)
    card = recorded(rod_faults.simulate([("fluid_pound",)], [well], rng), 0, rng)
    card = replace(card, bore=replace(card.bore, tubing_pressure_pa=1e6))
    analysis = analyse(card)
    matched = twin.match(analysis)
    assert matched is not None
    outlines = rng.uniform(0, 1, (OUTLINES, alike.SIZE)).astype(np.float32)
    return {
        "batch_per_s": BATCH / batch_ms * 1e3,
        "solution_ms": median_ms(
            lambda: harmonic.pump_motion(
                position[0], load[0], rods, damping_per_s=0.1, with_sections=True, **options
            ),
            200,
        ),  # type: ignore[arg-type]
        "differences_ms": median_ms(
            lambda: differences.pump_motion(
                position[0], load[0], rods, cells=4, drag=differences.Drag(0.1, 0.1), **options
            ),
            50,
        ),  # type: ignore[arg-type]
        "analysis_ms": median_ms(lambda: analyse(card), 100),
        "diagnosis_ms": median_ms(lambda: diagnose_card(analysis), 100),
        "twin_ms": median_ms(lambda: twin.ask(matched, replace(matched.knobs, fillage=0.7)), 30),
        "alike_ms": median_ms(lambda: alike.nearest(outlines, outlines[77], 41), 20),
    }


def page(folder: Path) -> dict[str, float]:
    """The real page in the real window: history of 5,000 cards, then 500 of them laid over each other."""
    from PySide6.QtWidgets import QApplication

    from app.views import theme
    from app.views.cards.page import CardsPage
    from app.views.language import Languages
    from app.views.main_window import MainWindow
    from app.views.settling import settle
    from app.views.tasks import TaskRunner

    workspace = open_workspace(profile_paths(folder / "cards.duckdb"), NoticeBus())
    rng = np.random.default_rng(2)
    made = rod_faults.simulate([("fluid_pound",)] * 50, [rod_wells.draw(rng)] * 50, rng)
    rows = [
        StoredCard(
            new_id(),
            1,
            WHEN + timedelta(hours=6 * n),
            6.0,
            made.cards.surface_position_m[n % 50],
            made.cards.surface_load_n[n % 50],
            {"fillage": 0.5 + 0.0001 * n, "peak_polished_rod_load_n": 6e4, "codes": [["fluid_pound", 0.9]]},
        )
        for n in range(HISTORY)
    ]
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "1", "F", "1", SRP)])
    # All in one list: times differ, so none is taken for another.
    card_store.add(workspace.store, rows)
    application = QApplication.instance() or QApplication([])
    theme.load_fonts()
    runner = TaskRunner()
    window = MainWindow(workspace, runner, Languages(application))  # type: ignore[arg-type]
    window.resize(1366, 768)
    window.show()
    settle(application, runner)  # type: ignore[arg-type]
    cards = window.page("cards")
    assert isinstance(cards, CardsPage)
    window.open_page("cards")
    settle(application, runner)  # type: ignore[arg-type]
    well = window.tree.wells()[0]
    window.context.choose_well(well)
    settle(application, runner)  # type: ignore[arg-type]
    start = time.perf_counter()
    history = card_store.of_well(workspace.store, 1)
    cards._history_ready(history)
    application.processEvents()
    opened_ms = 1e3 * (time.perf_counter() - start)
    settle(application, runner)  # type: ignore[arg-type]
    cards.choose(list(range(HISTORY - OVERLAY, HISTORY)))
    settle(application, runner)  # type: ignore[arg-type]
    frames = []
    for n in range(60):
        cards.chart.plot.setXRange(0.0, 3.0 + 0.01 * n, padding=0)
        start = time.perf_counter()
        cards.chart.grab()
        frames.append(1e3 * (time.perf_counter() - start))
    window.close()
    runner.shutdown()
    workspace.close()
    return {"history_ms": opened_ms, "overlay_ms": statistics.median(frames), "cards": float(len(history))}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({**physics(), **page(Path(sys.argv[1]))}))

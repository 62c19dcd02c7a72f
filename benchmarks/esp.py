"""ESP wells: a field of a hundred diagnosed, one well, new readings, a well test, a dashboard of five
hundred.

Run as a process of its own; prints one JSON object.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

os.environ["WELLSIDE_NO_KEYRING"] = "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np

from app.analysis.simulate import esp_faults
from app.core.clock import to_us
from app.core.jobs import Job
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.readings import Readings
from app.models.sensors import SENSORS
from app.models.store import readings, records
from app.models.wells import ESP, Well, WellId
from app.services.demo.history import build_up
from app.services.diagnosis.diagnose import diagnose, diagnose_field
from app.services.opening import open_workspace
from app.services.workspace import Workspace
from benchmarks.cards import median_ms

WELLS, DAYS, MANY = 100, 90, 500
START = datetime(2026, 8, 1, tzinfo=UTC)
TAKEN = (
    "intake_pressure",
    "discharge_pressure",
    "intake_temperature",
    "motor_temperature",
    "motor_current",
    "voltage",
    "frequency",
    "active_power",
    "load",
    "insulation_resistance",
    "vibration_x",
    "wellhead_pressure",
    "annulus_pressure",
    "line_pressure",
    "liquid_rate",
)


def field_of_a_hundred(folder: Path) -> tuple[Workspace, int]:
    """Ten lives told ten times over: what a well costs does not depend on its neighbour."""
    workspace = open_workspace(profile_paths(folder / "field" / "cache.duckdb"), NoticeBus())
    rng = np.random.default_rng(1)
    codes = [
        None,
        "gas_interference",
        "pump_off",
        "intake_plugging",
        "stage_wear",
        "tubing_leak",
        "motor_overheat",
        "insulation_decline",
        "frequent_starts",
        None,
    ]
    values = esp_faults.simulate([esp_faults.draw(code, DAYS, rng) for code in codes], DAYS, rng).values
    wells = [Well(WellId(n + 1), f"{n + 1}", "Bench", str(n // 10), ESP) for n in range(WELLS)]
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, wells)
    time_us = to_us(START) + np.arange(DAYS * 1440, dtype=np.int64) * 60_000_000
    rows = 0
    for n in range(WELLS):
        parts = [
            Readings.of_one(n + 1, SENSORS[code].number, time_us, values[code][n % 10]) for code in TAKEN
        ]
        whole = Readings.join(parts)
        rows += len(whole)
        readings.write(workspace.store, whole)
    return workspace, rows


def new_hour(workspace: Workspace, hour: int) -> Readings:
    time_us = to_us(START) + (DAYS * 1440 + 60 * hour + np.arange(60, dtype=np.int64)) * 60_000_000
    return Readings.join(
        [
            Readings.of_one(
                1, SENSORS[code].number, time_us, np.full(60, 50.0 if code == "frequency" else 5e6)
            )
            for code in TAKEN
        ]
    )


def diagnosing(folder: Path) -> dict[str, float]:
    workspace, rows = field_of_a_hundred(folder)
    wells = records.wells(workspace.store)
    start = time.perf_counter()
    diagnose_field(workspace, Job())
    field_s = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    workspace.grids.forget()
    taken = []
    for well in wells[:10]:
        start = time.perf_counter()
        diagnose(workspace, well)
        taken.append(1e3 * (time.perf_counter() - start))
    again = []
    diagnose(workspace, wells[0])
    for hour in range(8):
        batch = new_hour(workspace, hour)
        workspace.grids.written(batch)
        readings.write(workspace.store, batch)
        start = time.perf_counter()
        diagnose(workspace, wells[0])
        again.append(1e3 * (time.perf_counter() - start))
    workspace.close()
    return {
        "rows": rows,
        "field_s": field_s,
        "memory_mb": memory,
        "well_ms": float(np.median(taken)),
        "again_ms": float(np.median(again)),
    }


def well_test() -> dict[str, float]:
    from app.importers.welltest_json import test_from
    from app.services.wells.well_tests import analyse

    body = build_up("1", 1, START, 3).body
    return {"welltest_ms": median_ms(lambda: analyse(test_from(body, Path("x"))), 5)}


def dashboard(folder: Path) -> dict[str, float]:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from app.services.wells.dashboard import field_rows
    from app.views import theme
    from app.views.context import Context
    from app.views.field.page import FieldPage
    from app.views.syncing import Syncing
    from app.views.tasks import TaskRunner

    workspace = open_workspace(profile_paths(folder / "many" / "cache.duckdb"), NoticeBus())
    with workspace.store.writing() as cursor:
        records.put_wells(
            cursor, [Well(WellId(n + 1), f"{n + 1}", "Bench", str(n // 12), ESP) for n in range(MANY)]
        )
    time_us = to_us(START) + np.arange(DAYS * 24, dtype=np.int64) * 3_600_000_000
    rng = np.random.default_rng(2)
    parts = [
        Readings.of_one(
            n + 1, SENSORS[code].number, time_us, level * (1 + 0.02 * rng.normal(size=len(time_us)))
        )
        for n in range(MANY)
        for code, level in (("intake_pressure", 5e6), ("motor_current", 30.0), ("liquid_rate", 1e-3))
    ]
    readings.write(workspace.store, Readings.join(parts))
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.load_fonts()
    runner = TaskRunner()
    holder = QObject()
    context = Context(workspace, runner, Syncing(workspace, runner, holder))
    taken = []
    for _ in range(5):
        start = time.perf_counter()
        page = FieldPage(context)
        page.resize(1100, 640)
        page.show()
        while not page.table.source.rows:
            application.processEvents()
        page.grab()
        taken.append(1e3 * (time.perf_counter() - start))
        page.close()
        page.deleteLater()
        application.processEvents()
    rows_ms = median_ms(lambda: field_rows(workspace), 5)
    runner.shutdown()
    workspace.close()
    return {"dashboard_ms": float(np.median(taken)), "rows_ms": rows_ms}


if __name__ == "__main__":
    where = Path(sys.argv[1])
    print(json.dumps({**diagnosing(where), **well_test(), **dashboard(where)}))

"""Files in: a workbook of 100,000 rows × 15, a CSV of ten million readings, gigabytes of text through little
memory.
"""

from __future__ import annotations

import contextlib
import json
import sys
import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import openpyxl
import psutil

from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.services.imports.check import check
from app.services.imports.importing import commit, import_file
from app.services.imports.opening import ImportOptions, open_file
from app.services.opening import open_workspace
from app.services.workspace import Workspace

ROWS = 100_000
HEADERS = [
    "Дата",
    "Скважина",
    "Рпр, МПа",
    "Рвык, МПа",
    "Рбуф, атм",
    "Рзатр, атм",
    "Рлин, атм",
    "Тдв, °C",
    "Тпр, °C",
    "I A, А",
    "U, В",
    "F, Гц",
    "Загр, %",
    "Qж, м3/сут",
    "Обв, %",
]
STREAMED_BYTES = 4 * 2**30


def main(folder: Path, part: str) -> dict[str, float]:
    """`part` is whole or streamed: the memory of one says nothing of the other."""
    figures: dict[str, float] = {}
    workspace = open_workspace(profile_paths(folder / part / "cache.duckdb"), NoticeBus())
    if part == "streamed":
        _streamed(workspace, folder / "long.csv", figures)
    else:
        _workbook(workspace, folder / "big.xlsx", figures)
        _readings(workspace, folder / "readings.csv", figures)
    workspace.close()
    return figures


def workbook(path: Path) -> None:
    """100,000 rows × 15: a moment, a well and thirteen numbers."""
    rng = np.random.default_rng(1)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.append(HEADERS)
    start = datetime(2026, 1, 1)
    for n, row in enumerate(np.round(rng.uniform(5, 20, (ROWS, len(HEADERS) - 2)), 3).tolist()):
        sheet.append([start + timedelta(minutes=n), "1", *row])
    book.save(path)


def _workbook(workspace: Workspace, path: Path, figures: dict[str, float]) -> None:
    workbook(path)
    began = time.perf_counter()
    opened = open_file(workspace, path, preview=True)
    checked = check(workspace, opened.path, opened.contents, opened.plan, opened.asked.words)
    figures["preview_s"] = time.perf_counter() - began
    assert checked.rows == ROWS * (len(HEADERS) - 2)
    began = time.perf_counter()
    commit(workspace, replace(opened, plan=replace(opened.plan, new_wells=("1",))))
    figures["import_s"] = time.perf_counter() - began


def _readings(workspace: Workspace, path: Path, figures: dict[str, float]) -> None:
    """A million rows, ten sensors."""
    rng = np.random.default_rng(2)
    minutes = np.datetime64("2024-01-01T00:00:00") + np.arange(1_000_000) * np.timedelta64(60, "s")
    cells = np.char.mod("%.2f", rng.uniform(5, 20, (1000, 10)))
    lines = [";".join(row) for row in cells.tolist()]
    with path.open("w", encoding="utf-8") as out:
        out.write(";".join(["time", *HEADERS[2:12]]) + "\n")
        out.writelines(
            f"{moment};{lines[n % 1000]}\n"
            for n, moment in enumerate(np.datetime_as_string(minutes).tolist())
        )
    began = time.perf_counter()
    report = import_file(workspace, path, ImportOptions("1", new_wells=True))
    figures["csv_s"] = time.perf_counter() - began
    assert report.added + report.changed == 10_000_000


def _streamed(workspace: Workspace, path: Path, figures: dict[str, float]) -> None:
    """Long lines, so that the file and not the store is what is large."""
    comment = "x" * 4_000
    with path.open("w", encoding="utf-8") as out:
        out.write("time;Рбуф, атм;comment\n")
        moment, n = np.datetime64("2020-01-01T00:00:00"), 0
        while n * len(comment) < STREAMED_BYTES:
            out.write(f"{moment + np.timedelta64(60 * n, 's')};{12 + n % 7};{comment}\n")
            n += 1
    most, done = 0, threading.Event()

    def watch() -> None:
        nonlocal most
        own = psutil.Process()
        while not done.is_set():
            with contextlib.suppress(psutil.Error):  # the child may just have ended
                most = max([most, own.memory_info().rss, *(c.memory_info().rss for c in own.children())])
            time.sleep(0.05)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    began = time.perf_counter()
    report = import_file(workspace, path, ImportOptions("1", new_wells=True))
    done.set()
    watcher.join()
    assert report.added == n
    figures |= {
        "streamed_gb": path.stat().st_size / 2**30,
        "streamed_s": time.perf_counter() - began,
        "streamed_mb": most / 2**20,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))

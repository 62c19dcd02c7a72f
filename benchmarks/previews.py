"""A workbook's preview against the library that reads it: 100,000 rows × 15 by calamine alone, and opened,
mapped, checked and shown as the window's preview does, turn by turn in one run.
`python -m benchmarks.previews FOLDER TURNS`.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import python_calamine

from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.services.imports.check import check
from app.services.imports.opening import open_file
from app.services.imports.preview import figures_by_sheet
from app.services.opening import open_workspace
from app.services.workspace import Workspace
from benchmarks.importing import HEADERS, ROWS, workbook

TURNS = 5


def main(folder: Path, turns: int = TURNS) -> dict[str, float]:
    """Walls and CPU seconds, those of the reader's process included. The ratios are of the sums."""
    path = folder / "big.xlsx"
    if not path.exists():
        workbook(path)
    workspace = open_workspace(profile_paths(folder / "preview" / "cache.duckdb"), NoticeBus())
    alone: list[tuple[float, float]] = []
    whole: list[tuple[float, float]] = []
    first = timed(lambda: preview(workspace, path))  # what a program loads with its first file it keeps
    for _ in range(turns):
        alone.append(timed(lambda: calamine_alone(path)))
        whole.append(timed(lambda: preview(workspace, path)))
    workspace.close()
    return {
        "turns": turns,
        "calamine_s": median(wall for wall, _ in alone),
        "preview_s": median(wall for wall, _ in whole),
        "calamine_cpu_s": median(cpu for _, cpu in alone),
        "preview_cpu_s": median(cpu for _, cpu in whole),
        "first_cpu_s": first[1],
        "wall_times": sum(wall for wall, _ in whole) / sum(wall for wall, _ in alone),
        "cpu_times": sum(cpu for _, cpu in whole) / sum(cpu for _, cpu in alone),
    }


def timed(work: Callable[[], None]) -> tuple[float, float]:
    before, began = os.times(), time.perf_counter()
    work()
    wall, after = time.perf_counter() - began, os.times()
    return wall, sum(after[:4]) - sum(before[:4])


def calamine_alone(path: Path) -> None:
    book = python_calamine.load_workbook(io.BytesIO(path.read_bytes()))
    rows = book.get_sheet_by_name("data").to_python(skip_empty_area=False)
    assert len(rows) == ROWS + 1


def preview(workspace: Workspace, path: Path) -> None:
    opened = open_file(workspace, path, preview=True)
    checked = check(workspace, opened.path, opened.contents, opened.plan, opened.asked.words)
    figures = figures_by_sheet(opened, checked)["data"]
    assert checked.rows == sum(one.count for one in figures if one.stored) == ROWS * (len(HEADERS) - 2)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else TURNS)))

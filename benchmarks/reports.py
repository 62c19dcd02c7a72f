"""Reports: one well, the preview's first page, a pad of fifty wells, on the demo field.

Run as a process of its own, once to build the field and once to measure it (the building must not count as
memory); prints one JSON object.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from pathlib import Path

os.environ["WELLSIDE_NO_KEYRING"] = "1"

import pypdfium2

from app.core.jobs import Job
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.store import records
from app.services.opening import open_workspace
from app.services.reports import files as report_files
from app.services.reports import report
from app.services.reports.report import Order
from app.services.workspace import Workspace
from benchmarks.cards import median_ms

WELLS = 50


def peak_mib() -> float:
    """Of this program alone: ru_maxrss of a child begins with what its parent had."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def opened(folder: Path) -> Workspace:
    return open_workspace(profile_paths(folder / "demo" / "cache.duckdb"), NoticeBus())


def build(folder: Path) -> dict[str, float]:
    from app.services.demo import building as demo

    workspace = opened(folder)
    demo.build(workspace, Job())
    workspace.close()
    return {}


class EnoughError(Exception):
    """The first page is there: nobody waits for the rest."""


def first_page(workspace: Workspace, one: Order) -> None:
    def enough(content: bytes) -> None:
        raise EnoughError

    with contextlib.suppress(EnoughError):
        report_files.pdf_bytes(workspace, one, waiting=enough)


def measure(folder: Path) -> dict[str, float]:
    workspace = opened(folder)
    wells = records.wells(workspace.store)
    one = report.order(workspace, [wells[2]], "well", language="ru")
    report_files.pdf_bytes(workspace, one)  # the libraries of the forecast are loaded by whoever asks first
    first_ms = median_ms(lambda: first_page(workspace, one), 7)
    content, _ = report_files.pdf_bytes(workspace, one)
    whole_ms = median_ms(lambda: report_files.pdf_bytes(workspace, one), 7)
    pages = len(pypdfium2.PdfDocument(content))
    # Facts are asked for anew for each well of the list: fifty of fourteen cost as much as fifty.
    many = report.order(workspace, (wells * 4)[:WELLS], "well", language="ru")
    start = time.perf_counter()
    written = report_files.write(workspace, many, folder / "pad.pdf")
    pad_s = time.perf_counter() - start
    workspace.close()
    return {
        "first_ms": first_ms,
        "whole_ms": whole_ms,
        "pages": pages,
        "ten_pages_s": whole_ms / 1000 * 10 / max(pages, 1),
        "pad_s": pad_s,
        "pad_pages": written.pages,
        "pad_mb": peak_mib(),
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    print(json.dumps(build(folder) if sys.argv[2] == "build" else measure(folder)))

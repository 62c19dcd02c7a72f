"""`make bench`: every figure of docs/BENCHMARKS.md, as ratios and limits within one run. Exit 1 when one is
missed.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import advice, big_store, demo, devices, start

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    rows: list[tuple[str, str, str, bool]] = []

    def add(what: str, measured: float, limit: float, unit: str, *, at_least: bool = False) -> None:
        good = measured >= limit if at_least else measured <= limit
        rows.append((what, f"{measured:.2f} {unit}", f"{'≥' if at_least else '≤'} {limit:g} {unit}", good))

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = big_store.build(folder)
        store.database.close()
        add(
            "ordered deduplicating ingest from Arrow, roll-ups included",
            store.rows_per_s / 1e6,
            5,
            "M rows/s",
            at_least=True,
        )
        add(
            f"size of a store of {store.rows / 1e6:.0f} M readings, roll-ups included",
            store.bytes_per_row,
            4,
            "bytes/row",
        )
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.charts", name],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        chart = json.loads(ran.stdout)
        add(
            "frame in a drag, 8 pens × 1e7 points, 1600×900, against 8 × 3,200 ready points",
            chart["frame_median_ms"] / chart["control_ms"],
            1.5,
            "×",
        )
        add(
            f"the same drag, 99th percentile of {chart['frames']} frames in 5 s",
            chart["frame_p99_ms"],
            33,
            "ms",
        )
        add("first paint of one year at one minute, 8 pens, out of that store", chart["year_ms"], 150, "ms")
        add("first paint of 30 days at one second, 8 pens", chart["month_ms"], 250, "ms")
        add("memory with that store open and 8 pens drawn", chart["memory_mb"], 400, "MiB")
    with tempfile.TemporaryDirectory() as name:
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.cards", name],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        card = json.loads(ran.stdout)
        add(
            "pump cards by the harmonic solution, batch of 200 points and 5 tapers, one core",
            card["batch_per_s"] / 1e3,
            10,
            "thousand/s",
            at_least=True,
        )
        add("one pump card with the loads of 5 sections", card["solution_ms"], 2, "ms")
        add("one pump card by finite differences", card["differences_ms"], 60, "ms")
        add("one card with every figure", card["analysis_ms"], 5, "ms")
        add("diagnosis of one card, ranker included", card["diagnosis_ms"], 10, "ms")
        add("the twin's answer to one turn of a knob", card["twin_ms"], 50, "ms")
        add("the 41 nearest of 200,000 cards", card["alike_ms"], 50, "ms")
        add(f"history of {card['cards']:.0f} cards opened", card["history_ms"], 200, "ms")
        add("frame with 500 cards laid over each other", card["overlay_ms"], 33, "ms")
    with tempfile.TemporaryDirectory() as name:
        files: dict[str, float] = {}
        for part in ("whole", "streamed"):
            ran = subprocess.run(
                [sys.executable, "-m", "benchmarks.importing", name, part],
                capture_output=True,
                text=True,
                check=True,
                cwd=ROOT,
            )
            files |= json.loads(ran.stdout)
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.previews", name],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        add(
            "CPU of a preview of 100,000 rows × 15 against calamine alone, turn by turn",
            json.loads(ran.stdout)["cpu_times"],
            2,
            "×",
        )
        add(
            "workbook of 100,000 rows × 15 read, mapped and checked for the preview",
            files["preview_s"],
            3,
            "s",
        )
        add("the same imported", files["import_s"], 2, "s")
        add("CSV of 10 M readings imported", files["csv_s"], 15, "s")
        add(
            f"memory while {files['streamed_gb']:.1f} GiB of CSV are imported ({files['streamed_s']:.0f} s)",
            files["streamed_mb"],
            500,
            "MiB",
        )
    with tempfile.TemporaryDirectory() as name:
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.esp", name],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        esp = json.loads(ran.stdout)
        add(
            f"diagnosis of 100 ESP wells, 90 days, 15 sensors at one minute ({esp['rows'] / 1e6:.0f} M "
            f"readings)",
            esp["field_s"],
            60,
            "s",
        )
        add(
            "memory at its peak while doing that, the store being filled included",
            esp["memory_mb"],
            1024,
            "MiB",
        )
        add("diagnosis of one ESP well over 90 days", esp["well_ms"], 700, "ms")
        add("the same again after an hour of new readings", esp["again_ms"], 100, "ms")
        add("a build-up test interpreted, match included", esp["welltest_ms"], 1000, "ms")
        instruments = devices.run(folder)
        add("polls of 40 registers over TCP", instruments["polls_per_s"], 200, "a second", at_least=True)
        add("archive of 30 days × 20 channels at a minute into the store", instruments["archive_s"], 60, "s")
        add("settings of a pad of 50 gas-lifted wells ranked", advice.pad_of_gas_lift_s(), 10, "s")
        add("dashboard of 500 wells opened and painted", esp["dashboard_ms"], 300, "ms")
    with tempfile.TemporaryDirectory() as name:
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.syncing", name],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        synced = json.loads(ran.stdout)
        add(
            f"{synced['pull_rows'] / 1e6:.0f} M readings pulled and applied ({synced['pull_s']:.1f} s), as "
            f"a share of the bare query_arrow of the same rows",
            synced["pull_share"],
            0.7,
            "×",
            at_least=True,
        )
        add("memory of that pull", synced["pull_memory_mb"], 300, "MiB")
        add("10,000 entries sent", synced["push_s"], 20, "s")
        add(
            "readings by REST (Arrow, two senders)",
            synced["rest_rows_per_s"] / 1e3,
            50,
            "thousand/s",
            at_least=True,
        )
        add("messages from Kafka", synced["kafka_per_s"] / 1e3, 20, "thousand/s", at_least=True)
    with tempfile.TemporaryDirectory() as name:
        for step in ("build", "measure"):
            ran = subprocess.run(
                [sys.executable, "-m", "benchmarks.reports", name, step],
                capture_output=True,
                text=True,
                check=True,
                cwd=ROOT,
            )
        printed = json.loads(ran.stdout)
        add(
            f"report of one well ({printed['pages']:.0f} pages in {printed['whole_ms']:.0f} ms), for ten "
            f"pages",
            printed["ten_pages_s"],
            1.5,
            "s",
        )
        add("first page of the preview", printed["first_ms"], 700, "ms")
        add(f"one report of 50 wells ({printed['pad_pages']:.0f} pages)", printed["pad_s"], 60, "s")
        add("memory of that report", printed["pad_mb"], 500, "MiB")
    with tempfile.TemporaryDirectory() as name:
        made = demo.measured(Path(name) / "demo")
        add("CPU to the first diagnosed well of the demo field, start included", made["first_s"], 5, "s")
        add("CPU of the whole demo field", made["whole_s"], 25, "s")
        for field, asked in (
            ("the demo field", ["--store", str(Path(name) / "demo" / "cache.duckdb")]),
            ("5,000 wells", ["--big-field"]),
        ):
            ran = subprocess.run(
                [sys.executable, "-m", "benchmarks.stalls", "--figures", *asked],
                capture_output=True,
                text=True,
                check=True,
                cwd=ROOT,
            )
            met = json.loads(ran.stdout)
            add(
                f"turns over 16 ms of the window's CPU on a tour of {field} ({met['over_10']:.0f} over 10, "
                f"{met['over_50']:.0f} over 50; p99 {met['p99_ms']:.0f} ms)",
                met["over_16"],
                5,
                "turns",
            )
            add("the longest of them", met["worst_ms"], 50, "ms")
        bare_ms, ours_ms = start.measure(Path(name))
        add(
            f"first window ({ours_ms:.0f} ms) against a bare PySide6 + pyqtgraph + DuckDB window "
            f"({bare_ms:.0f} ms)",
            ours_ms / bare_ms,
            1.3,
            "×",
        )
    table = "| what | measured | limit | |\n|---|---|---|---|\n" + "\n".join(
        f"| {what} | {measured} | {limit} | {'✓' if good else '**missed**'} |"
        for what, measured, limit, good in rows
    )
    print(table)
    _write(table)
    return 0 if all(good for *_, good in rows) else 1


def _write(table: str) -> None:
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    text = (
        "# Benchmarks\n\n"
        "Made by `make bench`; limits are of the design, ratios are taken within one run on one machine.\n\n"
        f"Last run {time.strftime('%Y-%m-%d')}, {machine}.\n\n{table}\n"
    )
    path = ROOT / "docs" / "BENCHMARKS.md"
    kept = path.read_text(encoding="utf-8").split("\n## ", 1) if path.exists() else [""]
    path.write_text(text + ("\n## " + kept[1] if len(kept) == 2 else ""), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

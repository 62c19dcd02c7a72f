"""A site at work for a long time: three centres, their engine and Kafka's mock cluster under a steady load,
and what each process holds, minute by minute. `python -m benchmarks.soak FOLDER MINUTES VALUES_A_SECOND`.

Ends with 1 where a process holds more in its last quarter than in the quarter before by over a twentieth, or
anything is not there once.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

import psutil
import pytest

from tests.faults.a_site import FIELD, WELLS, Laptop, Site, a_site, note
from tests.faults.test_site import Load, all_is_there

MOST_GROWTH = 1.05
EVERY_S = 60.0
Held = dict[str, list[tuple[float, int, int]]]
"""Process → (MiB, open files, threads), a minute after the other."""


def processes(site: Site) -> dict[str, psutil.Process]:
    found = {"engine": psutil.Process(site.engine._process.pid)}
    for number, centre in enumerate(site.centres):
        assert centre.process is not None
        found[f"centre {number}"] = psutil.Process(centre.process.pid)
    return found


def soaked(site: Site, minutes: int, rate: int) -> tuple[Held, int]:
    """(what was held, entries that were taken)."""
    held: Held = defaultdict(list)
    with Load(site, rate) as load:
        begun = time.monotonic()
        for minute in range(1, minutes + 1):
            time.sleep(max(begun + minute * EVERY_S - time.monotonic(), 0.0))
            for name, process in processes(site).items():
                mib = process.memory_info().rss / 2**20
                held[name].append((mib, process.num_fds(), process.num_threads()))
            print(minute, *(f"{name} {rows[-1][0]:.0f} MiB" for name, rows in held.items()), flush=True)
        load.caught_up(60.0)
    print(f"{load.telemetry.sent} values, {load.telemetry.behind_s:.1f} s behind at most")
    return held, all_is_there(load)


def grown(rows: list[tuple[float, int, int]]) -> tuple[float, float]:
    """MiB in the middle of the quarter before the last, and of the last."""
    quarter = max(len(rows) // 4, 1)
    mib = [one[0] for one in rows]
    return median(mib[-2 * quarter : -quarter] or mib), median(mib[-quarter:])


def main(folder: Path, minutes: int, rate: int) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    wrong = False
    with pytest.MonkeyPatch.context() as patch, a_site(folder, patch) as site:
        first = Laptop(site, site.centres[0].token(FIELD), 0, threading.Event())
        first.sends(tuple(note(well, "the first") for well in WELLS))
        held, entries = soaked(site, minutes, rate)
    print(f"{entries} entries; everything is there once")
    for name, rows in held.items():
        before, last = grown(rows)
        wrong |= last > before * MOST_GROWTH
        print(f"{name}: {rows[0][0]:.0f} → {before:.0f} → {last:.0f} MiB, files and threads {rows[-1][1:]}")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))

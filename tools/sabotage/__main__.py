"""`make sabotage`: plants the bugs of sabotage.toml into copies of the sources and runs the test of each.

python -m tools.sabotage                 all of them; fails when one survives
python -m tools.sabotage --only receipt  those whose name has the word
python -m tools.sabotage --at-once 1     on a machine that others use
"""

from __future__ import annotations

import argparse
import queue
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.sabotage.planting import FOUND, LONGEST_S, Bug, copy_of_sources, judged, read_bugs, runs_green


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.sabotage")
    parser.add_argument("--only", default="", help="a word of the name")
    parser.add_argument("--at-once", type=int, default=2)
    asked = parser.parse_args()
    bugs = [bug for bug in read_bugs() if asked.only in bug.name]
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="sabotage-") as folder:
        copies: queue.Queue[Path] = queue.Queue()
        for number in range(asked.at_once):
            copies.put(copy_of_sources(Path(folder) / str(number)))
        if not runs_green(copies.queue[0], sorted({bug.test for bug in bugs})):
            print("the tests are red without a bug")
            return 2
        longest_s = max(LONGEST_S, time.monotonic() - began)

        def tried(bug: Bug) -> tuple[Bug, str]:
            copy = copies.get()
            try:
                return bug, judged(copy, bug, longest_s)
            finally:
                copies.put(copy)

        survived = 0
        with ThreadPoolExecutor(asked.at_once) as pool:
            for bug, verdict in pool.map(tried, bugs):
                survived += verdict != FOUND
                print(f"{verdict:9} {bug.name}", flush=True)
    print(f"{len(bugs)} bugs planted, {survived} survived, {time.monotonic() - began:.0f} s")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())

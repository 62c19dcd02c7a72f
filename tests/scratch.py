"""Where the folders of tests are: in memory, where there is enough of it.

What is flushed there is there at once; on a disk the tests wait for it a seventh of their time. What
survives a cut of power is proved by a simulated disk (tests/faults/power), not by the one below the tests.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

IN_MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 6 << 30


def settle() -> None:
    """For this run and what it starts, unless somebody said where (PYTEST_DEBUG_TEMPROOT is pytest's own)."""
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ and is_good(IN_MEMORY):
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(IN_MEMORY)


def is_good(folder: Path) -> bool:
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return False
    # An installed wheel must run there.
    runs_programs = not os.statvfs(folder).f_flag & os.ST_NOEXEC
    return runs_programs and shutil.disk_usage(folder).free >= ENOUGH_BYTES

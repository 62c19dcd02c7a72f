"""The demo field: CPU seconds from the start of the process to the first diagnosed well, and to all of it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def measured(folder: Path) -> dict[str, float]:
    """In a process of its own: what it imports is part of the first minute."""
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.demo", str(folder)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def build(folder: Path) -> dict[str, float]:
    from app.core.jobs import Job
    from app.core.notices import NoticeBus
    from app.core.paths import profile_paths
    from app.services.demo import building
    from app.services.opening import open_workspace

    workspace = open_workspace(profile_paths(folder / "cache.duckdb"), NoticeBus())
    ready: list[float] = []
    building.build(workspace, Job(receiver=lambda well: ready.append(time.process_time())))
    workspace.close()
    return {"first_s": ready[0], "whole_s": time.process_time()}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(build(Path(sys.argv[1]))))
    else:
        with tempfile.TemporaryDirectory() as name:
            print(json.dumps(measured(Path(name))))

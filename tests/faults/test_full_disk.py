"""A full disk and a read-only one, for real: on a small tmpfs in a mount namespace of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import full_disk

ROOT = Path(__file__).resolve().parents[2]


def _in_namespace(command: str) -> subprocess.CompletedProcess[str]:
    root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return subprocess.run(
        ["unshare", *root, "--mount", "--propagation", "private", "sh", "-c", command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="tmpfs is Linux's")
@pytest.mark.parametrize("scene", full_disk.SCENES)
def test_a_disk_that_refuses_loses_nothing_that_was_saved(tmp_path: Path, scene: str) -> None:
    mount = f"mount -t tmpfs -o size=10m,mode=700 tmpfs {tmp_path}"
    allowed = _in_namespace(mount)
    if allowed.returncode != 0:
        pytest.skip(f"no file system may be mounted here: {allowed.stderr.strip()}")
    done = _in_namespace(f"{mount} && exec {sys.executable} -m tests.faults.full_disk {scene} {tmp_path}")
    assert done.returncode == 0, done.stderr

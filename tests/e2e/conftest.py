"""A screen that nobody sees, a profile with the demo field, the program on both as a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen of 1366×768 that nobody sees; its name."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(write,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture
def profile(demo_profile: Path, tmp_path: Path) -> Path:
    shutil.copytree(demo_profile, tmp_path / "demo")
    (tmp_path / "demo" / "settings.json").write_text(json.dumps({"language": "en"}))
    return tmp_path / "demo"


@pytest.fixture
def program(profile: Path, screen: str) -> Iterator[subprocess.Popen[str]]:
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    process = subprocess.Popen(
        [sys.executable, "main.py", "--store", str(profile / "cache.duckdb")],
        cwd=ROOT,
        text=True,
        env={**environment, "DISPLAY": screen},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()

"""Fixtures shared by all tests: profiles in temporary folders, the demo field built once, a hunt for what
leaks.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

os.environ["WELLSIDE_NO_KEYRING"] = "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("WELLSIDE_LANG", None)
# Inherited by the workers and by what they start: a thread of BLAS that waits for work burns a core for it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from app.cli import main as cli
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.store import database, records
from app.models.wells import ESP, SRP, Well, WellId
from app.services.opening import open_workspace
from app.services.workspace import Workspace
from tests import choosing, proofs, scratch
from tests import demo_profile as demo_profiles
from tests.centre_process import CentreProcess
from tests.profiles import empty_profile

proofs.settle()
scratch.settle()
# The cores are shared by the workers of the run, not by the threads of a query.
database.THREADS = 1
# By what they start alone: libraries that no laptop has are not there for it.
_ON_A_LAPTOP = str(Path(__file__).parent / "on_a_laptop")
if _ON_A_LAPTOP not in os.environ.get("PYTHONPATH", "").split(os.pathsep):
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (_ON_A_LAPTOP, os.environ.get("PYTHONPATH"))))

GARBAGE = (20_000, 20, 20)
"""Thresholds of its collection, where Python has 700, 10, 10."""
UNSEEN = 40
"""Widgets without a parent that wait for a collection: each is dressed anew with every theme. Forms once left
eighteen each, and a theme took 7.6 s after three hundred windows.
"""
SHARED = Path(__file__).resolve().parents[2] / "shared"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
Said = tuple[int, str, str]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--units", action="store_true", help="only what tests/choosing.py calls a unit test")
    parser.addoption(
        "--fuzz",
        type=int,
        default=50,
        help="damaged inputs for each reader, and fifty times what the centre is asked (make fuzz: 5000)",
    )
    parser.addoption("--every-look", action="store_true", help="pages in every language, theme and glove")
    parser.addoption("--states", type=int, default=2_000, help="of power cuts (make faults: 100000)")
    parser.addoption("--runs", type=int, default=80, help="of the simulation (make faults: 10000)")
    parser.addoption("--first-seed", type=int, default=1, help="of the simulation")
    parser.addoption("--points", type=int, default=8, help="kills at named points (make faults: all)")
    parser.addoption("--site-seconds", type=float, default=12.0, help="of load (make site: 300)")
    parser.addoption("--site-rate", type=int, default=2_000, help="values a second (make site: 20000)")
    # What `make site` promises is for a machine of its own; this, for one that two workers share.
    parser.addoption("--site-lag", type=float, default=240.0, help="seconds to catch up in (make site: 30)")
    parser.addoption("--kills", type=int, default=2, help="kill -9 rounds of tests/faults (make faults: 200)")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is collected stays for the run, so no collection of garbage looks through it; what the tests leave
    is looked through less often than Python would (a twentieth of their time, measured over the importers).
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(*GARBAGE)
        gc.enable()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    return True if config.getoption("--units") and choosing.is_left_out(collection_path) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--units"):
        left_out = [item for item in items if not choosing.is_unit(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if choosing.is_unit(item)]
    items[:] = choosing.in_order(items)


def shared_file(name: str) -> Path:
    """A file of the shared data; the test skips where that folder is not there."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared data is not here: {name}")
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty profile with two wells, its clock held still."""
    opened = open_workspace(empty_profile(tmp_path / "profile"), NoticeBus(), lambda: NOW)
    with opened.store.writing() as cursor:
        records.put_wells(
            cursor,
            [
                Well(WellId(1), "123Г", "Северное", "5", ESP, aliases=("123Г/К-5",)),
                Well(WellId(2), "77", "Северное", "6", SRP),
            ],
        )
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_profile(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo field of 45 days; tests that write copy it (see `demo_workspace`)."""
    folder = tmp_path_factory.mktemp("demo")
    demo_profiles.copied(pytestconfig.cache.mkdir("demo"), folder)
    return folder


@pytest.fixture
def demo_workspace(demo_profile: Path, tmp_path: Path) -> Iterator[Workspace]:
    shutil.copytree(demo_profile, tmp_path / "demo")
    opened = open_workspace(profile_paths(tmp_path / "demo" / "cache.duckdb"), NoticeBus())
    yield opened
    opened.close()


@pytest.fixture
def said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Said]:
    """Run one command: (exit code, stdout, stderr without the word about the key file). What names no store
    does not meet the one of whoever runs the tests.
    """
    monkeypatch.setenv("WELLSIDE_LANG", "en")
    monkeypatch.setenv("WELLSIDE_HOME", str(tmp_path / "home"))

    def run(*arguments: object) -> Said:
        code = cli.run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        errors = [line for line in captured.err.splitlines() if "keyring" not in line]
        return code, captured.out, "\n".join(errors)

    return run


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A profile with one well."""
    paths = empty_profile(tmp_path / "profile")
    workspace = open_workspace(paths, NoticeBus())
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "123", "Северное", "5", ESP)])
    workspace.close()
    return paths.store


@pytest.fixture(autouse=True)
def read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not readers that are tested, a file is read in this process: to start another takes half a
    second. With `@pytest.mark.reads_apart`, and in all other rooms, it is read as the program reads.
    """
    room = request.path.relative_to(choosing.TESTS).parts[0]
    apart = request.node.get_closest_marker("reads_apart") is not None
    if room in ("cli", "models", "services", "sync", "views") and not apart:
        from app.importers import opening
        from tests.importers.imported import ReadHere

        monkeypatch.setattr(opening, "Reading", ReadHere)


def _own_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name != "MainThread" and not thread.daemon}


@pytest.fixture(autouse=True)
def nothing_leaks() -> Iterator[None]:
    """A test leaves no thread, no window and no running timer behind; the failure names them."""
    before = _own_threads()
    yield
    deadline = time.monotonic() + 3
    while (left := _own_threads() - before) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not left, f"threads left running: {[thread.name for thread in left]}"
    if "PySide6.QtWidgets" in sys.modules:
        _no_windows_left()


def _no_windows_left() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    left = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.hide()
    assert not left, f"windows left open: {left}"
    if len(QApplication.topLevelWidgets()) > UNSEEN:
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        unseen = QApplication.topLevelWidgets()
        assert len(unseen) <= UNSEEN, f"left where nobody sees them: {[type(one) for one in unseen]}"


@pytest.fixture(scope="session")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentreProcess]:
    """One centre for all tests of a run: each takes a field of its own."""
    process = CentreProcess(tmp_path_factory.mktemp("centre"))
    process.start()
    yield process
    process.stop()

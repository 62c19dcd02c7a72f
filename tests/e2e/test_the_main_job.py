"""The program as a user has it: a process of its own on a real screen (Xvfb), driven by mouse and keyboard
from outside.

Find a well, zoom its trend, look at its card, take the report with you; then bring in a file.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.entries import State
from app.models.journal import Journal
from app.models.keys import obtain_key
from app.models.store import records
from app.services.opening import open_workspace
from app.services.wells.finding import find_well

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 120.0
pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="Xvfb and xdotool are not here"
    ),
]


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


class Hand:
    """Mouse and keyboard."""

    def __init__(self, screen: str) -> None:
        self._environment = {**os.environ, "DISPLAY": screen}

    def __call__(self, *words: object) -> str:
        done = subprocess.run(
            ["xdotool", *map(str, words)], env=self._environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def window(self, title: str) -> str:
        found: list[str] = []

        def there() -> bool:
            found[:] = self("search", "--onlyvisible", "--name", title).split()
            return bool(found)

        until(there, f"a window called {title!r}")
        return found[-1]

    def sees(self, title: str) -> bool:
        return bool(self("search", "--onlyvisible", "--name", title))

    def keys_until(self, name: str, true: Callable[[], bool], what: str) -> None:
        """Again and again: a key that comes while the program still prepares something does nothing."""

        def pressed() -> bool:
            if not true():
                self("key", name)
            shown_by = time.monotonic() + 3
            while not true() and time.monotonic() < shown_by:
                time.sleep(0.1)
            return true()

        until(pressed, what)

    def focus(self, title: str) -> str:
        window = self.window(title)
        self("windowfocus", "--sync", window)
        time.sleep(0.2)
        return window

    def keys(self, *names: str) -> None:
        self("key", "--delay", 40, *names)
        time.sleep(0.3)

    def types(self, text: str) -> None:
        self("type", "--delay", 15, text)
        time.sleep(0.3)


def until(true: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    deadline = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)


def imports_of(profile: Path) -> int:
    """Those that are done: an import is queued for the centre when its rows are in the cache."""
    paths = profile_paths(profile / "cache.duckdb")
    journal = Journal(paths.journal, paths.blobs, obtain_key(paths).derive("journal"))
    try:
        return sum(entry.kind == "import" for entry in journal.entries(State.QUEUED))
    finally:
        journal.close()


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


@pytest.mark.slow
def test_find_a_well_zoom_its_trend_open_its_card_export_its_report_import_a_file(
    program: subprocess.Popen[str], profile: Path, screen: str, tmp_path: Path
) -> None:
    hand = Hand(screen)
    hand.focus("Wellside")

    def session() -> dict[str, object]:
        path = profile / "session.json"
        return dict(json.loads(path.read_text())) if path.exists() else {}

    # Find the well.
    until(lambda: session().get("well") is not None, "the first well")
    hand.keys("ctrl+f")
    hand.types("202")
    hand.keys("Return")
    until(lambda: "202" in hand("getwindowname", hand.window("Wellside")), "well 202 in the title")

    # Zoom its trend with the wheel, in the middle of the chart.
    hand.keys("ctrl+2")
    until(lambda: session().get("page") == "trends", "the trends page")
    before = session()
    hand("mousemove", "--sync", 620, 300)
    for _ in range(3):
        hand("click", 4)
    width = int(str(before["period_to_us"])) - int(str(before["period_from_us"]))

    def zoomed() -> bool:
        now = session()
        return int(str(now["period_to_us"])) - int(str(now["period_from_us"])) < 0.7 * width

    until(zoomed, "a narrower window of time")

    # Its card: the whole period again, then the page.
    hand("click", "--repeat", 2, "--delay", 60, 1)
    hand.keys("ctrl+3")
    until(lambda: session().get("page") == "cards", "the cards page")

    # The report, saved through the dialog.
    hand.keys("ctrl+p")
    until(lambda: session().get("page") == "reports", "the reports page")
    report = tmp_path / "report.pdf"
    hand.keys_until("ctrl+s", lambda: hand.sees("Save the report"), "the dialog, once the preview is made")
    hand.focus("Save the report")
    hand.keys("ctrl+a")
    hand.types(str(report))
    hand.keys("Return")
    until(lambda: report.exists() and report.stat().st_size > 10_000, "the report on the disk")

    # A file, chosen in the dialog.
    file = tmp_path / "line.csv"
    file.write_text(
        "well,time,line_pressure (MPa)\n202,2026-11-02T00:00:00Z,1.2\n202,2026-11-02T00:01:00Z,1.3\n"
    )
    hand.focus("Wellside")
    hand.keys("ctrl+o")
    hand.focus("Import files")
    hand.types(str(file))
    hand.keys("Return")
    hand.focus("Import: line.csv")
    hand.keys_until("Return", lambda: not hand.sees("Import: line.csv"), "the end of the preview's check")
    until(lambda: imports_of(profile) == 1, "the import in the journal, after it is in the cache")
    hand.focus("Wellside")
    hand.keys("ctrl+q")
    until(lambda: program.poll() is not None, "the end of the program")
    _, errors = program.communicate()
    assert program.returncode == 0, errors
    assert "Traceback" not in errors

    document = pypdfium2.PdfDocument(report.read_bytes())
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "well 202" in text
    assert "pound" in text.lower()
    workspace = open_workspace(profile_paths(profile / "cache.duckdb"), NoticeBus())
    imported = records.imports(workspace.store)
    well = find_well(workspace, "202")
    workspace.close()
    assert [(record.file_name, record.rows_added) for record in imported] == [("line.csv", 2)]
    assert well.name == "202"
    assert session()["clean"] is True

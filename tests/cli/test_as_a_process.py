"""The command line as a process of its own: what it says without a screen, and what it does not load."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**clean, "WELLSIDE_LANG": "en", **environment},
        capture_output=True,
        text=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
        check=False,
        timeout=120,
    )


def test_main_py_is_the_same_command(store: Path) -> None:
    done = _python("main.py", "wells", "--json", "--store", str(store))
    assert done.returncode == 0, done.stderr
    assert [well["name"] for well in json.loads(done.stdout)] == ["123"]


def test_without_a_screen_the_window_says_so_and_ends_with_1(store: Path) -> None:
    done = _python("main.py", "--store", str(store))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


HEAVY = (
    "pandas",
    "sklearn",
    "pint",
    "oracledb",
    "clickhouse_connect",
    "sqlalchemy",
    "httpx",
    "reportlab",
    "openpyxl",
    "pyarrow",
)


def test_the_help_loads_neither_qt_nor_a_store() -> None:
    done = _python(
        "-c", "import sys; from app.bootstrap import main; main(['--help']); print(*sorted(sys.modules))"
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "typer" in loaded, done.stderr
    assert not loaded & {"PySide6", "duckdb", "numpy", *HEAVY}


@pytest.mark.slow
def test_the_first_window_loads_nothing_that_can_wait(store: Path) -> None:
    """What is not needed to show the window is not imported before it is shown. Charts are not either: a page
    waits for them.
    """
    script = f"""
import sys
sys.modules["pandas"] = None  # as on a laptop: the program's requirements leave it out, DuckDB looks for it
from pathlib import Path
from PySide6.QtWidgets import QApplication
from PySide6.QtCore import QTimer
import app.bootstrap as b
from app.views import main_window
shown = main_window.MainWindow.show
def show(self):
    shown(self)
    print(*sorted(name for name, module in sys.modules.items() if module is not None))
    QTimer.singleShot(0, self.close)
main_window.MainWindow.show = show
sys.exit(b.run_window(Path({str(store)!r}), False))
"""
    done = _python("-c", script, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert {"PySide6", "duckdb"} <= loaded
    waits = {*HEAVY, "pyqtgraph"}
    assert not loaded & waits, loaded & waits


@pytest.mark.slow
def test_what_the_window_is_made_of_brings_no_rules_no_sensors_and_no_index_of_words() -> None:
    """Eighty modules came with one that asked which findings are of a card."""
    done = _python("-c", "import sys, app.services.opening, app.views.main_window; print(*sys.modules)")
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.split()
    assert "app.views.well_tree" in loaded
    waits = (
        "app.analysis.rules",
        "app.analysis.cards",
        "app.importers",
        "app.models.search",
        "app.models.sensors",
    )
    assert [name for name in loaded if name.startswith(tuple(f"{one}." for one in waits))] == []


@pytest.mark.slow
def test_the_first_report_loads_nothing_more_once_the_window_has_loaded_ahead(store: Path) -> None:
    """It took twice as long as the next: reportlab, SciPy and modules of the program came in with it."""
    script = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.services.opening import open_workspace
from app.services.wells.finding import find_well
from app.views import pages
assert list(pages.load_ahead()) == list(pages.PAGES)
from app.services.reports import files, report
from app.services.wells.dashboard import field_rows
workspace = open_workspace(profile_paths(Path({str(store)!r})), NoticeBus())
field_rows(workspace)  # the list of wells has been shown
before = set(sys.modules)
content, made = files.pdf_bytes(workspace, report.order(workspace, [find_well(workspace, "123")]))
assert content.startswith(b"%PDF"), content[:8]
print(*(name for name in set(sys.modules) - before))
workspace.close()
"""
    done = _python("-c", script, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    came = {name.partition(".")[0] for name in done.stdout.split()}
    assert not came & {"app", "reportlab", "scipy", "numpy"}, done.stdout


@pytest.mark.slow
def test_a_form_and_a_dialog_load_nothing_once_the_window_has_loaded_ahead(tmp_path: Path) -> None:
    """The first of each held the window up for as long as its modules took, and the files that it read."""
    script = f"""
import os, sys, threading
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from app.core.paths import profile_paths
from app.models.store import records
from app.models.wells import Well, WellId
from app.services.opening import open_workspace
from app.views import pages
from app.views.language import Languages
from app.views.main_window import MainWindow
from app.views.settling import settle
from app.views.tasks import TaskRunner
workspace, runner = open_workspace(profile_paths(Path({str(tmp_path)!r}) / "cache.duckdb")), TaskRunner()
with workspace.store.writing() as cursor:
    records.put_wells(cursor, [Well(WellId(1), "1", "", "", "esp")])
window = MainWindow(workspace, runner, Languages(application))
window.show()
settle(application, runner)
list(pages.load_ahead())
window.given.run("palette")
settle(application, runner)
before, read, walk, missed = set(sys.modules), Path.read_text, os.walk, []
def here(of, told):
    if threading.current_thread() is threading.main_thread():
        missed.append(told)
    return of
Path.read_text = lambda path, *given, **named: here(read, path.name)(path, *given, **named)
os.walk = lambda top, *given, **named: here(walk, str(top))(top, *given, **named)
for kind in ("flow_test", "lab_result", "installation"):
    window.entering.open(kind)
    window.entering.form.reject()
for key in ("settings", "about", "well.build", "profile.backup", "help.manual"):
    window.given.run(key)
print(*(name for name in set(sys.modules) - before if name.startswith("app.")), *missed)
sys.stdout.flush()
os._exit(0)
"""
    done = _python("-c", script, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []

"""The wheel: built, installed into an environment of its own, and used from a folder that is not the
repository.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from tools.build_wheel import build

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 300
pytestmark = pytest.mark.slow  # all of them: what is begun together builds one wheel
NOT_PACKED = ".ts"
"""Translations travel compiled."""
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.bootstrap import run_window
from app.views.main_window import MainWindow

show = MainWindow.show
def show_for_a_moment(window):
    show(window)
    QTimer.singleShot(500, lambda: (print("shown", window.isVisible(), window.width() > 300), window.close()))
MainWindow.show = show_for_a_moment
sys.exit(run_window(Path(sys.argv[1]), False))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it. The locked packages are seen by a .pth, so it takes seconds;
    `make wheel-alone` installs them all.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    alone = os.environ.get("WELLSIDE_WHEEL_ALONE") == "1"
    venv.create(folder / "venv", with_pip=alone, symlinks=os.name != "nt")
    python = _program(folder, "python")
    if alone:
        locked = ["install", "--quiet", "--require-hashes", "-r", str(ROOT / "requirements/run.txt")]
        subprocess.run([python, "-m", "pip", *locked], check=True)
    else:
        own = Path(_said(folder, "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"))
        (own / "locked.pth").write_text(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run(
        [*pip, "--no-deps", "--no-index", "--no-compile", "--force-reinstall", str(wheel)], check=True
    )
    return folder


def _program(home: Path, name: str) -> Path:
    return home / "venv" / ("Scripts" if os.name == "nt" else "bin") / name


def _said(home: Path, program: str, *arguments: str) -> str:
    """What a program of the environment prints, started outside the repository; it has to end well."""
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "DISPLAY")}
    environment |= {"WELLSIDE_HOME": str(home / "profile"), "WELLSIDE_LANG": "en", "PYTHONUTF8": "1"}
    environment |= {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [_program(home, program), *arguments],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def test_everything_that_is_not_a_module_is_inside(wheel: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "app", "central", "wellside", "resources"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    wanted = {
        name.replace("resources/", "app/resources/", 1) if name.startswith("resources/") else name
        for name in listed
        if not name.endswith(NOT_PACKED) and (ROOT / name).exists()
    }
    texts = (Path(name) for name in listed if name.endswith(NOT_PACKED))
    wanted |= {f"app/resources/translations/{path.stem}.qm" for path in texts}
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert not wanted - packed
    strangers = {name.split("/")[0] for name in packed} - {"app", "central", "wellside"}
    assert all(name.endswith(".dist-info") for name in strangers), strangers


def test_modules_and_resources_come_from_the_wheel(home: Path) -> None:
    code = "import app, central, wellside; from app.core.paths import resources; "
    code += "print(app.__file__, central.__file__, wellside.__file__, resources(), sep='\\n')"
    for place in _said(home, "python", "-c", code).splitlines():
        assert Path(place).is_relative_to(home / "venv"), place
    assert _said(home, "wellside", "--version").startswith("wellside ")


def test_doctor_demo_report_and_window_run_from_the_wheel(home: Path) -> None:
    store = home / "demo" / "cache.duckdb"
    assert "translations" not in _said(home, "wellside", "doctor", "--store", str(store))
    _said(home, "wellside", "demo", "--wells", "1", "--days", "7", "--store", str(store))
    well = _said(home, "wellside", "wells", "--store", str(store)).split()[2]
    _said(home, "wellside", "report", well, "--out", "report.pdf", "--store", str(store))
    assert len(pypdfium2.PdfDocument(home / "report.pdf")) > 0
    assert _said(home, "python", "-c", WINDOW, str(store)).splitlines()[-1] == "shown True True"


def test_the_centre_makes_its_tables_from_the_wheel(home: Path) -> None:
    code = "import sys; from central.stores.engine import open_engine; "
    code += "from central.stores.migrating import migrate; migrate(open_engine(sys.argv[1]))"
    shutil.rmtree(home / "centre", ignore_errors=True)
    (home / "centre").mkdir()
    _said(home, "python", "-c", code, f"sqlite:///{home / 'centre' / 'centre.sqlite'}")
    assert (home / "centre" / "centre.sqlite").stat().st_size > 0

"""What a laptop does without: no library named below is loaded before what needs it is asked for.

Run as on a laptop: what only the tests install is refused.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from installer.runtime import LOCKED, wanted
from tests.on_a_laptop.sitecustomize import NOT_ON_A_LAPTOP

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    *NOT_ON_A_LAPTOP,
    "openpyxl",
    "oracledb",
    "reportlab",
    "sqlalchemy",
)
AS_ON_A_LAPTOP = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {NOT_ON_A_LAPTOP}:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Absent())
"""
LOADED = "\nprint(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"


def loaded(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", AS_ON_A_LAPTOP + code + LOADED], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    assert b'"error"' not in done.stdout, done.stdout
    return set(done.stderr.decode().splitlines()[-1].split())


def _csv(path: Path) -> None:
    path.write_text("time;value\n2026-10-01 00:00;5,2\n2026-10-01 00:01;5,3\n", encoding="utf-8")


def _xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("time", "value"), ("2026-10-01", 5.2), ("2026-10-02", 5.3)):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)


def test_a_laptop_has_nothing_of_what_draws_pandas_in() -> None:
    locked = wanted(LOCKED.read_text(encoding="utf-8"))
    names = {name.lower() for name in re.findall(r"^([A-Za-z0-9_.-]+)==", locked, re.MULTILINE)}
    assert "numpy" in names
    assert not names & {*NOT_ON_A_LAPTOP, "scikit-learn", "skops"}


def test_a_program_that_a_test_starts_finds_no_more_than_on_a_laptop() -> None:
    """Or it would load pandas unasked with the first array, half a second in each process."""
    code = "from app.core import errors; import pandas"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert b"ModuleNotFoundError: pandas" in done.stderr


@pytest.mark.parametrize(
    ("importer", "name", "make"), [("text_table", "a.csv", _csv), ("workbook", "a.xlsx", _xlsx)]
)
def test_the_process_that_reads_files_loads_only_what_reads(
    importer: str, name: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / name
    make(path)
    request = {"name": str(path), "importer": importer, "words": None, "preview": False, "layouts": {}}
    request |= {"cpu_s": 60, "behind": False}
    code = f"""
from app.importers import child
sys.stdin = open({str(path)!r})
assert child.main({json.dumps(request)!r}) == 0
"""
    assert not loaded(code) & set(HEAVY)


def test_opening_a_profile_and_listing_wells_loads_nothing_heavy(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from app.core.paths import profile_paths
from app.services.opening import open_workspace
from app.services.wells.finding import statuses
workspace = open_workspace(profile_paths(Path({str(tmp_path / "cache.duckdb")!r})))
statuses(workspace.store)
workspace.close()
"""
    assert not loaded(code) & {*HEAVY, "pyarrow", "httpx", "pydantic"}


def test_run_life_of_a_kind_is_computed_with_numpy_alone() -> None:
    code = """
import numpy as np
from app.analysis.forecast.survival import Runs, kaplan_meier, weibull
runs = Runs(np.arange(1.0, 31.0), np.ones(30, bool), np.zeros(30))
kaplan_meier(runs), weibull(runs)
"""
    assert not loaded(code) & set(HEAVY)


def test_a_card_is_diagnosed_and_a_failure_foretold_with_numpy_alone() -> None:
    code = """
import numpy as np
from app.analysis import examples
from app.analysis.diagnosis import diagnose_card
from app.analysis.forecast.failure import failure_model
from app.analysis.forecast.features import NEUTRAL
assert diagnose_card(examples.card())[0][0] == "full_pump"
assert 0 < failure_model().chance(30, NEUTRAL[None])[0] < 1
"""
    assert not loaded(code) & set(HEAVY)


def test_the_command_line_waits_for_no_arrays_before_a_command_asks_for_them() -> None:
    assert "numpy" not in loaded("import app.cli.main")

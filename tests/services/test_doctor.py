"""Doctor judges by doing: what a package lacks is named, and the rest is tried all the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.errors import KnownError
from app.core.paths import profile_paths
from app.services import doctor, trials
from tests.profiles import empty_profile

NAMES = {*trials.TRIALS, "trial_window"}


def _tried(folder: Path, window: Callable[[], str] = lambda: "13 pages") -> dict[str, doctor.Check]:
    paths = empty_profile(folder / "profile")
    return {one.name: one for one in doctor.examine(paths, window) if one.name.startswith("trial_")}


@pytest.mark.slow
def test_a_whole_program_passes_every_trial_and_leaves_nothing_in_the_profile(tmp_path: Path) -> None:
    checks = _tried(tmp_path)
    assert set(checks) == NAMES
    assert {name for name, check in checks.items() if not check.good} == set()
    assert checks["trial_files"].detail == "48 rows"
    told = {
        one.name: one for one in doctor.examine(profile_paths(tmp_path / "profile" / "cache.duckdb"), None)
    }
    assert told["store"].detail == "0 wells, 0 readings"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("library", "named"),
    [
        ("app.reports.pdf", "trial_report"),
        ("app.reports.excel", "trial_workbook"),
        ("app.analysis.transient.sources", "trial_well_test"),
        ("app.analysis.forecast.failure", "trial_forecast"),
    ],
)
def test_a_module_that_a_package_lacks_is_named_and_the_rest_is_tried(
    library: str, named: str, tmp_path: Path
) -> None:
    """In a process of its own: here they are loaded."""
    script = f"""
import json, sys
from pathlib import Path
sys.path.insert(0, {str(Path.cwd())!r})
sys.modules[{library!r}] = None
from app.core.paths import profile_paths
from app.services import doctor
paths = profile_paths(Path({str(tmp_path / "cache.duckdb")!r}))
checks = [one for one in doctor.examine(paths, None) if one.name.startswith("trial_")]
print(json.dumps([[one.name, one.good, one.needed, one.detail] for one in checks]))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    checks = json.loads(done.stdout)
    bad = {name: detail for name, good, needed, detail in checks if not good and needed}
    assert named in bad
    assert "trial_files" not in bad
    assert all(library in detail for detail in bad.values()), bad
    assert len(checks) == len(trials.TRIALS)


def test_a_model_that_a_package_lacks_is_named_though_a_diagnosis_would_go_on_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trials, "TRIALS", {"trial_card": trials.TRIALS["trial_card"]})
    assert _tried(tmp_path)["trial_card"].good
    monkeypatch.setattr(trials, "resources", lambda: tmp_path)
    checks = _tried(tmp_path)
    problem = checks["trial_card"].problem
    assert isinstance(problem, KnownError)
    assert problem.code == "model_missing"


def test_a_window_that_cannot_be_loaded_is_told_where_there_is_a_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_a_library() -> str:
        raise ImportError("libGL.so.1: cannot open shared object file")

    monkeypatch.setattr(trials, "TRIALS", {})
    monkeypatch.setattr(doctor, "_has_screen", lambda: True)
    check = _tried(tmp_path, without_a_library)["trial_window"]
    assert (check.good, check.needed) == (False, True)
    assert "libGL.so.1" in check.detail

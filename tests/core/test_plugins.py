"""Plug-ins run only when IT allows them, add to every registry, and cannot keep the program from starting."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.core import plugins
from app.core.site import Site, read_site
from app.models.sensors import SENSORS
from app.models.sensors.foreign import OF_PLUGINS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "tests" / "data" / "plugin"
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows keeps access in ACLs")
WHAT_IS_THERE = """
import json, sys
from app.analysis.rules import RULES
from app.core import plugins, texts
from app.importers import IMPORTERS
from app.models.sensors import BY_NUMBER
from app.reports.sections import SECTIONS
print(json.dumps({
    "rules": [rule.key for rule in RULES], "importers": [one.key for one in IMPORTERS],
    "sections": [one.key for one in SECTIONS], "sensor": BY_NUMBER[200].key if 200 in BY_NUMBER else None,
    "words": texts.Speaker("ru").say("finding.chemical_not_dosed"), "ran": "wellside_example" in sys.modules,
    "about": [[one.name, one.state, one.reason] for one in plugins.every()],
}))
"""


def _environment(tmp_path: Path, allowed: list[str] | None) -> dict[str, str]:
    site = tmp_path / "site.json"
    if allowed is not None:
        site.write_text(json.dumps({"version": 1, "plugins": allowed}), encoding="utf-8")
        site.chmod(0o644)
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(EXAMPLE)]),
        "WELLSIDE_SITE": str(site),
        "WELLSIDE_LANG": "en",
    }


def _what_is_there(tmp_path: Path, allowed: list[str] | None) -> dict:
    said = subprocess.run(
        [sys.executable, "-c", WHAT_IS_THERE],
        env=_environment(tmp_path, allowed),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


@pytest.mark.slow
def test_an_allowed_plugin_adds_to_every_registry_and_its_broken_part_is_told(tmp_path: Path) -> None:
    there = _what_is_there(tmp_path, ["Wellside_Example"])
    assert there["rules"][-1] == "chemical_not_dosed"
    assert there["importers"][0] == "dose"
    assert there["sections"][-1] == "chemicals"
    assert there["sensor"] == "dosing_rate"
    assert there["words"] == "Реагент не подаётся"
    states = {name: (state, reason) for name, state, reason in there["about"]}
    assert states["broken"] == ("refused", "this plug-in was written for another version")
    assert {states[name][0] for name in ("dose", "chemicals", "dosing", "not_dosed")} == {"loaded"}


@pytest.mark.slow
@pytest.mark.parametrize("allowed", [None, [], ["another-distribution"]])
def test_of_a_plugin_that_is_not_allowed_not_a_line_runs(tmp_path: Path, allowed: list[str] | None) -> None:
    there = _what_is_there(tmp_path, allowed)
    assert not there["ran"]
    assert "chemical_not_dosed" not in there["rules"]
    assert there["sensor"] is None
    assert {state for _, state, _ in there["about"]} == {"not_allowed"}


def test_a_rule_of_a_plugin_that_raises_costs_its_own_verdict_only() -> None:
    def judge(case: object) -> list[str]:
        raise ZeroDivisionError("no dosing at all")

    told: list[str] = []
    guarded = plugins.guarded(judge, lambda reason: told.append(reason) or [])
    assert guarded(None) == []
    assert "no dosing at all" in told[0]


@pytest.mark.slow
def test_a_file_of_the_plugins_format_is_imported_through_its_child_process(tmp_path: Path) -> None:
    file = tmp_path / "october.dose"
    file.write_text("DOSE1\n501|2026-10-01 00:00|0,012\n501|2026-10-01 01:00|0,012\n", encoding="utf-8")
    command = [
        "main.py",
        "import",
        str(file),
        "--new-wells",
        "--json",
        "--store",
        str(tmp_path / "p" / "c.duckdb"),
    ]
    said = subprocess.run(
        [sys.executable, *command],
        env=_environment(tmp_path, ["wellside-example"]),
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert said.returncode == 0, said.stderr
    assert json.loads(said.stdout)[0]["added"] == 2, said.stdout


def _allowing(path: Path) -> Path:
    path.write_text('{"version": 1, "plugins": ["wellside-example"]}', encoding="utf-8")
    path.chmod(0o644)
    return path


def test_a_site_file_of_the_system_or_ones_own_is_obeyed(tmp_path: Path) -> None:
    assert read_site(_allowing(tmp_path / "site.json")) == Site(("wellside-example",))


@POSIX
def test_a_site_file_of_somebody_else_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _allowing(tmp_path / "site.json")
    if os.geteuid() == 0:
        os.chown(path, 4321, -1)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    found = read_site(path)
    assert found.plugins == ()
    assert found.problem is not None
    assert (found.problem.code, found.problem.details["uid"]) == ("site_file_owner", path.stat().st_uid)


@POSIX
@pytest.mark.parametrize(("mode", "allowed"), [(0o777, False), (0o1777, True), (0o755, True)])
def test_a_folder_in_which_the_file_can_be_replaced_is_not_trusted(
    tmp_path: Path, mode: int, allowed: bool
) -> None:
    folder = tmp_path / "wellside"
    folder.mkdir()
    folder.chmod(mode)
    found = read_site(_allowing(folder / "site.json"))
    assert bool(found.plugins) is allowed
    assert found.problem is None if allowed else found.problem.code == "site_folder_open"  # type: ignore[union-attr]


@POSIX
def test_a_site_file_that_anybody_may_write_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "site.json"
    path.write_text('{"version": 1, "plugins": ["wellside-example"]}', encoding="utf-8")
    path.chmod(0o666)
    found = read_site(path)
    assert found.plugins == ()
    assert found.problem is not None
    assert found.problem.code == "site_file_open"


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"plugins": "x"}', '{"plugins": [1]}', '{"version": 2}', "\x00"]
)
def test_a_site_file_that_cannot_be_read_allows_nothing_and_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "site.json"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)
    found = read_site(path)
    assert found.plugins == ()
    assert found.problem is not None
    assert found.problem.code == "site_file"


def test_no_sensor_of_ours_takes_a_number_of_the_plugins() -> None:
    assert not [sensor.key for sensor in SENSORS if sensor.number in OF_PLUGINS]


def test_a_plugin_that_ends_the_program_does_not_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave() -> None:
        raise SystemExit(3)

    assert plugins.guarded(leave, lambda reason: reason)().endswith("SystemExit(3)")


def test_a_file_nested_deeper_than_can_be_read_allows_nothing(tmp_path: Path) -> None:
    path = tmp_path / "site.json"
    path.write_text("[" * 200_000, encoding="utf-8")
    path.chmod(0o644)
    assert read_site(path).problem is not None

"""`wellside echo`: a trace becomes a level with its evidence, or a reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.kinds import KINDS
from app.models.records import Record
from app.models.store import kinds, records, versions
from app.models.wells import SRP, Well, WellId
from app.services.opening import open_workspace
from tests.analysis.echo.shots import RATE_HZ, heard
from tests.analysis.echo.shots import Well as Shot
from tests.conftest import Said
from tests.importers.test_trace_file import wav
from tests.profiles import empty_profile


def shot_file(path: Path, shot: Shot) -> Path:
    samples = heard(shot)
    body = (samples / np.abs(samples).max() * 32_000).astype("<i2").tobytes()
    return wav(path, body, (1, 1, int(RATE_HZ), 16))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    paths = empty_profile(tmp_path / "profile")
    workspace = open_workspace(paths, NoticeBus())
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [Well(WellId(1), "123Г", "Северное", "5", SRP)])
    workspace.close()
    return paths.store


def _kept(store: Path) -> list[tuple[Record, list[str]]]:
    workspace = open_workspace(profile_paths(store), NoticeBus())
    try:
        files = versions.attached(workspace.store, 1)
        found = kinds.of_well(workspace.store, KINDS["fluid_level"], 1)
        return [(one, [file.name for file in files.get(one.id, [])]) for one in found]
    finally:
        workspace.close()


def test_a_trace_becomes_a_level_with_itself_as_evidence_and_once(
    said: Callable[..., Said], store: Path, tmp_path: Path
) -> None:
    file = shot_file(tmp_path / "shot.wav", Shot())
    arguments = ("echo", file, "--well", "123Г", "--joint", "9.48", "--pressure", "0.8", "--store", store)
    code, out, errors = said(*arguments, "--at", "2026-11-02T10:00Z")
    assert (code, errors) == (0, "")
    assert "by collars: 124" in out
    ((level, files),) = _kept(store)
    assert level.values["level_m"] == pytest.approx(1180, rel=0.01)
    assert level.values["casing_pressure_pa"] == pytest.approx(0.8e6)
    assert level.values["sound_speed_m_per_s"] == pytest.approx(342, abs=2)
    assert "by collars" in str(level.values["note"])
    assert files == ["shot.wav"]
    assert said(*arguments, "--static", "--at", "2026-11-02T10:00Z")[0] == 0
    ((again, files),) = _kept(store)
    assert (again.id, again.values["level"], files) == (level.id, "static", ["shot.wav"])


def test_without_a_level_nothing_is_kept_and_the_reason_is_told(
    said: Callable[..., Said], store: Path, tmp_path: Path
) -> None:
    file = shot_file(tmp_path / "shot.wav", replace(Shot(), noise=0.1))
    code, out, errors = said("echo", file, "--well", "123Г", "--joint", "9.48", "--store", store)
    assert (code, out) == (1, "")
    assert "I don't know" in errors
    assert _kept(store) == []
    assert said("echo", file, "--speed", "342.4", "--reflection", "6.892")[1].count("Level 1") == 1


def test_the_answer_for_machines_holds_the_range_and_the_reason(
    said: Callable[..., Said], tmp_path: Path
) -> None:
    file = shot_file(tmp_path / "shot.wav", Shot())
    told = json.loads(said("echo", file, "--joint", "9.48", "--gas", "0.9", "--json")[1])
    (level,) = told["levels"]  # the gas alone, without temperature and pressure, is no speed
    assert (level["by"], told["why"], told["record"]) == ("collars", None, None)
    assert level["low_m"] < 1180 < level["high_m"]
    told = json.loads(said("echo", file, "--json")[1])
    assert (told["levels"], told["why"]) == ([], "no_speed")
    assert told["echo_s"] == pytest.approx(6.892, abs=0.01)

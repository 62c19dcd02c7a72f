"""`wellside recovery`: the way back to a profile, at the command line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Said
from tests.profiles import empty_profile


def test_a_key_is_made_once_and_brings_the_profile_back(
    said: Callable[..., Said], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = empty_profile(tmp_path / "p")
    code, out, errors = said("recovery", "make", "--store", paths.store)
    assert code == 0
    assert "not shown again" in errors
    assert json.loads(said("recovery", "state", "--store", paths.store, "--json")[1])["recovery_key"]
    paths.key_file.unlink()
    assert said("wells", "--store", paths.store)[0] == 1
    monkeypatch.setattr("sys.stdin", io.StringIO("1" + out[1:] if out[0] != "1" else "2" + out[1:]))
    code, _, errors = said("recovery", "use", "--store", paths.store)
    assert code == 1
    assert "Group 1" in errors
    monkeypatch.setattr("sys.stdin", io.StringIO(out))
    assert said("recovery", "use", "--store", paths.store)[0] == 0
    assert said("wells", "--store", paths.store)[0] == 0


def test_no_recovery_key_is_made_for_a_profile_that_is_not_there(
    said: Callable[..., Said], tmp_path: Path
) -> None:
    code, _, errors = said("recovery", "make", "--store", tmp_path / "none" / "cache.duckdb")
    assert code == 1
    assert "none" in errors
    assert not (tmp_path / "none").exists()

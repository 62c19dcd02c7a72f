"""The set-up: uv finds packages where pip was told to look, pip steps in, and Windows has the same
commands.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tools import install, packages

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def pip_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mirror in pip's own file, and one word in the environment, which is the stronger."""
    file = tmp_path / "pip.conf"
    file.write_text(
        "[global]\ntimeout = 60\nfind-links =\n    /shelf/a\n    /shelf/b\n"
        "[install]\ntrusted-host = mirror.example\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    monkeypatch.setenv("PIP_TIMEOUT", "90")
    for name in ("PIP_FIND_LINKS", "UV_FIND_LINKS", "UV_INDEX_STRATEGY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("pip_told")
def test_pips_settings_are_those_that_pip_would_take() -> None:
    settings = packages.pip_settings()
    assert settings["timeout"] == "90"
    assert settings["trusted-host"] == "mirror.example"
    assert settings["find-links"].split() == ["/shelf/a", "/shelf/b"]


def test_uv_is_told_what_pip_is_told_and_keeps_what_it_is_told_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("UV_HTTP_TIMEOUT", "7")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    told = packages.uv_environment(
        {"find-links": "/shelf/a\n/shelf/b", "cert": "/ca.pem", "timeout": "90", "colour": "no"}
    )
    assert told["UV_FIND_LINKS"] == "/shelf/a,/shelf/b"
    assert told["SSL_CERT_FILE"] == "/ca.pem"
    assert told["UV_HTTP_TIMEOUT"] == "7"
    assert told["UV_INDEX_STRATEGY"] == "unsafe-best-match", "the best of all indexes, as pip takes it"


@pytest.mark.parametrize("uv_works", [True, False])
def test_pip_installs_the_same_locked_files_where_uv_cannot(
    uv_works: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_pip: list[tuple[str, ...]] = []
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(install, "obtain_uv", lambda: True)
    monkeypatch.setattr(install, "uv", lambda *order: uv_works)
    monkeypatch.setattr(install, "_by_pip", lambda *order: by_pip.append(order))
    install.main("run")
    locked = str(ROOT / "requirements" / "run.txt")
    assert [order[-1] for order in by_pip] == ([] if uv_works else [locked, str(ROOT)])
    assert all("--require-hashes" in order for order in by_pip[:1])
    by_pip.clear()
    install.main("run")
    assert not by_pip, "once for each state of the locked files"


def test_every_command_of_the_makefile_is_there_on_windows() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    script = (ROOT / "make.ps1").read_text(encoding="utf-8")
    listed = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    offered = re.search(r"ValidateSet\(([^)]*)\)", script)
    assert listed is not None
    assert offered is not None
    assert set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)) == set(listed[1].split())
    assert set(re.findall(r'"([a-z-]+)"', offered[1])) == set(listed[1].split())
    assert set(re.findall(r'^    "([a-z-]+)" \{', script, re.MULTILINE)) == set(listed[1].split())

"""The program's version: written once, in pyproject.toml."""

from __future__ import annotations

from importlib.metadata import version


def program_version() -> str:
    return version("wellside")

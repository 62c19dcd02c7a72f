"""Versions of the model files, read without loading a model: a report names them on every page."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from app.analysis.model_file import version_of
from app.analysis.model_places import place_of
from app.core.errors import KnownError

UNKNOWN = "—"
SHIPPED = ("card_ranker", "esp_failure")
"""Those that travel with the program."""


def model_version(name: str) -> str:
    """Version of the model in force, read without loading it.

    Args:
        name: of the model
    Returns:
        a dash for a file that is not there or does not say
    Valid: model files.
    Ours: a report names the versions on every page.

    >>> model_version("no_such_model")
    '—'
    """
    return _version(place_of(name))


@cache
def _version(path: Path) -> str:
    try:
        return version_of(path)
    except (OSError, KnownError):
        return UNKNOWN

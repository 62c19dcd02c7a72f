"""Versions of the model files, read without loading a model: a report names them on every page."""

from __future__ import annotations

from functools import cache

from app.analysis.model_file import SUFFIX, version_of
from app.core.errors import KnownError
from app.core.paths import resources

UNKNOWN = "—"
SHIPPED = ("card_ranker", "esp_failure")
"""Those that travel with the program."""


@cache
def model_version(name: str) -> str:
    """Version of a model file, read without loading the model.

    Args:
        name: of resources/models/<name>.npz
    Returns:
        a dash for a file that is not there or does not say
    Valid: model files.
    Ours: a report names the versions on every page.

    >>> model_version("no_such_model")
    '—'
    """
    try:
        return version_of(resources() / "models" / f"{name}{SUFFIX}")
    except (OSError, KnownError):
        return UNKNOWN

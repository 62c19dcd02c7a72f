"""Versions of the model files, read without loading a model: a report names them on every page."""

from __future__ import annotations

import json
import zipfile
from functools import cache

from app.core.paths import resources

UNKNOWN = "—"


@cache
def model_version(name: str) -> str:
    """Version of a model file, read without loading the model.

    Args:
        name: of resources/models/<name>.skops
    Returns:
        a dash for a file that is not there or does not say
    Valid: skops files.
    Ours: a report names the versions on every page.

    >>> model_version("no_such_model")
    '—'
    """
    try:
        with zipfile.ZipFile(resources() / "models" / f"{name}.skops") as file:
            schema = json.loads(file.read("schema.json"))
        return str(json.loads(schema["content"]["version"]["content"]))
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile):
        return UNKNOWN

"""Whether the models that travel with the program are there: a diagnosis goes on without them, by its rules
alone, and whoever asked for it is told.
"""

from __future__ import annotations

from app.analysis.model_file import SUFFIX
from app.analysis.model_versions import SHIPPED, UNKNOWN, model_version
from app.core.errors import KnownError


def require_whole() -> None:
    """For the end of a command that has said its answer. Raises KnownError (program_not_whole): what was said
    was said without one of them.
    """
    for name in SHIPPED:
        if model_version(name) == UNKNOWN:
            raise KnownError("program_not_whole", file=f"{name}{SUFFIX}")

"""What was open, written a moment after each change, so that a crash loses nothing of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from app.core import versioned


@dataclass
class Session:
    """`clean` is False while the program runs: found so at start, the last run ended in a crash."""

    well: int | None = None
    page: str = "overview"
    period_key: str = "30d"
    period_from_us: int | None = None
    period_to_us: int | None = None
    geometry: str = ""
    clean: bool = True


FORM = versioned.Form(version=1, renames={})
"""Of session.json. A field that gets another name: one version more, and the old name here."""


def load(path: Path) -> Session:
    """A missing or damaged file is a fresh session."""
    try:
        stored = FORM.current(versioned.read(path))
        known = {key: stored[key] for key in asdict(Session()) if key in stored}
        return Session(**known)
    except (OSError, ValueError, TypeError):
        return Session()


def save(path: Path, session: Session) -> None:
    """What another version of the program keeps there stays."""
    try:
        stored = versioned.read(path)
    except (OSError, ValueError):
        stored = {}
    body = FORM.current(stored) | asdict(session)
    versioned.write(path, FORM.stamped(body, versioned.version_of(stored)), durable=False)

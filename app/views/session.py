"""What was open, written a moment after each change, so that a crash loses nothing of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from app.core.files import write_atomically


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


def load(path: Path) -> Session:
    """A missing or damaged file is a fresh session."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        known = {key: stored[key] for key in asdict(Session()) if key in stored}
        return Session(**known)
    except (OSError, ValueError, TypeError):
        return Session()


def save(path: Path, session: Session) -> None:
    write_atomically(path, json.dumps(asdict(session)).encode(), durable=False)

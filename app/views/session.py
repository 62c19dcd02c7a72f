"""What was open, written a moment after each change, so that a crash loses nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.core import versioned
from app.views.commands.entries import ENTERED
from app.views.page_titles import NAMES
from app.views.period import CUSTOM, PRESETS


@dataclass
class Session:
    """`clean` is False while the program runs: found so at start, the last run ended in a crash."""

    well: int | None = None
    page: str = "overview"
    period_key: str = "30d"
    period_from_us: int | None = None
    period_to_us: int | None = None
    geometry: str = ""
    form: str = ""
    """The kind of record that is being entered."""
    program: str = ""
    """The version of the program that ran last."""
    clean: bool = True


def _is_moment(value: object) -> bool:
    """µs of a year that a chart can show with its margins."""
    return value is None or (type(value) is int and abs(value) < 1 << 52)


FITS: dict[str, Callable[[Any], bool]] = {
    "well": lambda value: value is None or type(value) is int,
    "page": lambda value: value in [name.key for name in NAMES],
    "period_key": lambda value: value in [*PRESETS, CUSTOM],
    "period_from_us": _is_moment,
    "period_to_us": _is_moment,
    "geometry": lambda value: isinstance(value, str) and value.isascii(),
    "form": lambda value: value in ("", *ENTERED),
    "program": lambda value: isinstance(value, str),
    "clean": lambda value: isinstance(value, bool),
}
"""What each field of the file may be: it was written by a program, and it can be damaged by anything."""
FORM = versioned.Form(version=1, renames={})
"""Of session.json. A field that gets another name: one version more, and the old name here."""


def load(path: Path) -> Session:
    """A missing or damaged file is a fresh session; a damaged value in it is as if it were not there."""
    try:
        stored = FORM.current(versioned.read(path))
    except (OSError, ValueError):
        return Session()
    return Session(**{key: stored[key] for key, fits in FITS.items() if key in stored and fits(stored[key])})


def save(path: Path, session: Session) -> None:
    """What another version of the program keeps there stays."""
    try:
        stored = versioned.read(path)
    except (OSError, ValueError):
        stored = {}
    body = FORM.current(stored) | asdict(session)
    versioned.write(path, FORM.stamped(body, versioned.version_of(stored)), durable=False)

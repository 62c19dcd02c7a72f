"""How the list of wells is kept by whoever works here: favourites, and what is hidden. By uid, so that a
cache that is made anew changes nothing; a file of the profile, not of the journal: it concerns nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from app.core import versioned
from app.core.errors import KnownError
from app.models.wells import Well
from app.services.workspace import Workspace

FORM = versioned.Form(version=1)


@dataclass(frozen=True)
class Listing:
    favourites: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()


def load(workspace: Workspace) -> Listing:
    """A damaged file is an empty one: it holds nothing that is not put right by two clicks."""
    try:
        stored = FORM.current(versioned.read(_file(workspace)))
    except (OSError, ValueError):
        return Listing()
    return Listing(*(_uids(stored.get(key)) for key in ("favourites", "hidden")))


def favour(workspace: Workspace, wells: Iterable[Well], on: bool) -> Listing:
    """Raises KnownError (file_not_written)."""
    now = load(workspace)
    uids = frozenset(well.key["uid"] for well in wells)
    return _keep(workspace, replace(now, favourites=now.favourites | uids if on else now.favourites - uids))


def hide(workspace: Workspace, wells: Iterable[Well]) -> Listing:
    """Out of the list, not out of the field: they are found by name, and everything of them goes on."""
    now = load(workspace)
    return _keep(workspace, replace(now, hidden=now.hidden | {well.key["uid"] for well in wells}))


def show_all(workspace: Workspace) -> Listing:
    return _keep(workspace, replace(load(workspace), hidden=frozenset()))


def _keep(workspace: Workspace, listing: Listing) -> Listing:
    path = _file(workspace)
    try:
        before = versioned.read(path)
    except (OSError, ValueError):
        before = {}
    told = {key: sorted(uids) for key, uids in asdict(listing).items()}
    body = FORM.stamped(FORM.current(before) | told, versioned.version_of(before))
    try:
        versioned.write(path, body, durable=False)
    except OSError as error:
        raise KnownError("file_not_written", file=str(path), reason=str(error)) from error
    return listing


def _file(workspace: Workspace) -> Path:
    return workspace.paths.folder / "wells.json"


def _uids(value: Any) -> frozenset[str]:
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list) else frozenset()

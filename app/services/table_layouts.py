"""Which columns of a table somebody has moved and hidden: kept in the profile, by the table's own key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.core import versioned
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models.values import counts_of, part_of
from app.services.workspace import Workspace

FORM = versioned.Form(version=1)


@dataclass(frozen=True)
class Layout:
    """Columns by their number as the table declares them: the order they stand in, and those not shown."""

    order: tuple[int, ...] = ()
    hidden: frozenset[int] = frozenset()

    def fits(self, columns: int) -> bool:
        """Of a table that has other columns by now nothing is taken."""
        every = list(range(columns))
        return sorted(self.order) == every and self.hidden < frozenset(every)


def load(workspace: Workspace, key: str, columns: int) -> Layout:
    """As declared, where nothing is kept, and where the file is damaged: it holds nothing that is missed."""
    plain = Layout(tuple(range(columns)))
    try:
        told = part_of(FORM.current(versioned.read(_file(workspace))), key)
        layout = Layout(tuple(counts_of(told, "order")), frozenset(counts_of(told, "hidden")))
    except (OSError, ValueError):
        return plain
    return layout if layout.fits(columns) else plain


def keep(workspace: Workspace, key: str, layout: Layout) -> None:
    """Raises KnownError (file_not_written)."""
    path = _file(workspace)
    try:
        before = versioned.read(path)
    except (OSError, ValueError):
        before = {}
    told: JsonObject = {"order": list(layout.order), "hidden": sorted(layout.hidden)}
    try:
        body = FORM.stamped(FORM.current(before) | {key: told}, versioned.version_of(before))
        versioned.write(path, body, durable=False)
    except OSError as error:
        raise KnownError("file_not_written", file=str(path), reason=str(error)) from error


def _file(workspace: Workspace) -> Path:
    return workspace.paths.folder / "tables.json"

"""My report: charts and tables taken from the pages, kept with the profile, encrypted like everything that
comes from wells.
"""

from __future__ import annotations

import json
from pathlib import Path

from app.core.errors import KnownError
from app.core.ids import new_id
from app.models.sealed import SealedFile
from app.reports.blocks import Block
from app.reports.clippings import Clipping, from_json, to_json
from app.services.workspace import Workspace

MOST = 60


def _file(workspace: Workspace) -> SealedFile:
    path: Path = workspace.paths.store.with_suffix(".clippings")
    return SealedFile(path, workspace.key, "clippings")


def taken(workspace: Workspace) -> list[Clipping]:
    """In the order of the report. Raises KnownError (sealed_damaged)."""
    file = _file(workspace)
    content = file.read()
    try:
        return [from_json(body) for body in json.loads(content)] if content else []
    except (ValueError, KeyError, TypeError) as error:
        raise KnownError("sealed_damaged", file=str(file.path)) from error


def take(workspace: Workspace, block: Block, caption: str) -> Clipping:
    """To the end of the report. Raises KnownError (clippings_full)."""
    kept = taken(workspace)
    if len(kept) >= MOST:
        raise KnownError("clippings_full", most=MOST)
    clipping = Clipping(new_id(), workspace.clock(), caption, block)
    put(workspace, [*kept, clipping])
    return clipping


def put(workspace: Workspace, clippings: list[Clipping]) -> None:
    """As they are given: what is left out is gone, the order is the new one."""
    content = json.dumps([to_json(one) for one in clippings], ensure_ascii=False)
    _file(workspace).write(content.encode())

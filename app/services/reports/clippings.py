"""My report: charts and tables taken from the pages, kept with the profile, encrypted like everything that
comes from wells.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from app.core import versioned
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.plain import Json, JsonObject, loads
from app.models.sealed import SealedFile
from app.models.values import a_list, a_part
from app.reports.blocks import Block
from app.reports.clippings import Clipping, from_json, to_json
from app.services.workspace import Workspace

MOST = 60
FORM = versioned.Form(version=1, renames={})
LIST = "clippings"


def _file(workspace: Workspace) -> SealedFile:
    path: Path = workspace.paths.store.with_suffix(".clippings")
    return SealedFile(path, workspace.key, "clippings")


def taken(workspace: Workspace) -> list[Clipping]:
    """In the order of the report. Raises KnownError (sealed_damaged)."""
    return _read(workspace).known


def take(workspace: Workspace, block: Block, caption: str) -> Clipping:
    """To the end of the report. Raises KnownError (clippings_full)."""
    kept = taken(workspace)
    if len(kept) >= MOST:
        raise KnownError("clippings_full", most=MOST)
    clipping = Clipping(new_id(), workspace.clock(), caption, block)
    put(workspace, [*kept, clipping])
    return clipping


def put(workspace: Workspace, clippings: list[Clipping]) -> None:
    """As they are given: what is left out is gone, the order is the new one. Those of a newer version of the
    program, which this one cannot show, stay behind them.
    """
    before = _read(workspace)
    listed = [*(to_json(one) for one in clippings), *before.others]
    content = json.dumps(FORM.stamped({**before.about, LIST: listed}, before.version), ensure_ascii=False)
    _file(workspace).write(content.encode())


@dataclass(frozen=True)
class _Kept:
    known: list[Clipping]
    others: list[Json]
    about: JsonObject
    version: int


def _read(workspace: Workspace) -> _Kept:
    file = _file(workspace)
    try:
        told = loads(file.read() or b"[]")
        stored = {LIST: told} if isinstance(told, list) else a_part(told, LIST)  # a list: before versions
        version, about = versioned.version_of(stored), FORM.current(stored)
        listed = a_list(about.pop(LIST), LIST)
    except (ValueError, KeyError) as error:
        raise KnownError("sealed_damaged", file=str(file.path)) from error
    known: list[Clipping] = []
    others: list[Json] = []
    for body in listed:
        try:
            known.append(from_json(a_part(body, LIST)))
        except ValueError:
            others.append(body)
    return _Kept(known, others, about, version)

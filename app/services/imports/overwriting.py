"""A record that a file brings for a moment of which there is one takes its place whole: what the earlier one
told and the file does not is said by its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.core.clock import to_us
from app.importers.plan import Plan
from app.importers.trial import Batch
from app.models.kinds.packing import unpack
from app.models.kinds.spec import Kind
from app.models.limits import EARLIEST_US
from app.models.records import Record
from app.models.store import kinds
from app.models.well_names import Registry
from app.services.workspace import Workspace

MOST_ROWS = 2_000
"""Of a table: what writes over more is no paper of a well but a history read anew."""


def overwritten(
    workspace: Workspace, registry: Registry, batches: Iterable[Batch], plan: Plan
) -> Iterator[tuple[str, dict[str, Any]]]:
    """A remark for each record that would lose fields."""
    for batch in batches:
        kind, table = batch.kind, batch.named_records
        if kind is None or table is None or table.num_rows > MOST_ROWS:
            continue
        known: dict[str, dict[int, list[Record]]] = {}
        for row in table.to_pylist():
            name, at = row["well_name"], row[kind.at]
            if name not in known:
                well = registry.find(plan.wells.get(name, name) or "")
                found = [] if well is None else kinds.of_well(workspace.store, kind, int(well.id))
                known[name] = _by_moment(found)
            lost = _lost(kind, row, known[name].get(EARLIEST_US if at is None else to_us(at), []))
            if lost:
                yield "import.overwritten", {"well": name, "kind": kind.key, "fields": lost}


def _by_moment(found: list[Record]) -> dict[int, list[Record]]:
    by_moment: dict[int, list[Record]] = {}
    for record in found:
        by_moment.setdefault(to_us(record.at), []).append(record)
    return by_moment


def _lost(kind: Kind, row: Mapping[str, Any], there: list[Record]) -> list[str]:
    """`there`: those of the row's moment."""
    if not there:
        return []
    packed = json.loads(row[kind.packed]) if kind.packed and row.get(kind.packed) else {}
    said = {field.key: row.get(field.key) for field in kind.fields} | unpack(kind, packed)
    for record in there:
        if all(record.values.get(key) == said.get(key) for key in kind.same):
            return [
                key
                for key, value in record.values.items()
                if key in said and not _empty(value) and _empty(said[key])
            ]
    return []


def _empty(value: object) -> bool:
    return value is None or value == "" or value == []

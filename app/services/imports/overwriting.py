"""A record that a file brings for a moment of which there is one: of equipment it adds to it field by field,
and what both say and not the same is told; of everything else it takes its place whole, and what the earlier
one told and the file does not is said by its name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.core.clock import from_us, to_us
from app.core.errors import Remark
from app.importers.plan import Plan
from app.importers.trial import Batch
from app.models.kinds.joining import differing, is_empty, joined
from app.models.kinds.packing import unpack
from app.models.kinds.spec import Kind
from app.models.limits import EARLIEST_US
from app.models.records import Record
from app.models.store import kinds
from app.models.values import Values
from app.models.well_names import Registry
from app.services.workspace import Workspace

MOST_ROWS = 2_000
"""Of a table: what writes over more is no paper of a well but a history read anew."""
ITS_OWN_WORDS = ("curve",)
"""Fields of which more than that they are others is said elsewhere."""


@dataclass(frozen=True)
class Met:
    """A row of the file and what is stored of its moment; `known` is empty where nothing is."""

    well: str
    kind: Kind
    at: datetime
    said: Values
    known: Values

    @property
    def after(self) -> Values:
        """What the record says then."""
        return joined(self.known, self.said) if self.kind.joins else self.said


def met(workspace: Workspace, registry: Registry, batch: Batch, plan: Plan) -> Iterator[Met]:
    """Every row of a table, in its order."""
    kind, table = batch.kind, batch.named_records
    if kind is None or table is None or table.num_rows > MOST_ROWS:
        return
    stored: dict[str, dict[int, list[Record]]] = {}
    for row in table.to_pylist():
        name, at = row["well_name"], row[kind.at]
        if name not in stored:
            well = registry.find(plan.wells.get(name, name) or "")
            found = [] if well is None else kinds.of_well(workspace.store, kind, int(well.id))
            stored[name] = _by_moment(found)
        packed = json.loads(row[kind.packed]) if kind.packed and row.get(kind.packed) else {}
        said = {field.key: row.get(field.key) for field in kind.fields} | unpack(kind, packed)
        at_us = EARLIEST_US if at is None else to_us(at)
        yield Met(name, kind, from_us(at_us), said, _same(kind, said, stored[name].get(at_us, [])))


def overwritten(
    workspace: Workspace, registry: Registry, batches: Iterable[Batch], plan: Plan
) -> Iterator[Remark]:
    """A remark for each record that would lose fields, or say something else than it did."""
    for batch in batches:
        for row in met(workspace, registry, batch, plan):
            yield from _joined(row) if row.kind.joins else _lost(row)


def _by_moment(found: list[Record]) -> dict[int, list[Record]]:
    by_moment: dict[int, list[Record]] = {}
    for record in found:
        by_moment.setdefault(to_us(record.at), []).append(record)
    return by_moment


def _same(kind: Kind, said: Values, there: list[Record]) -> Values:
    """`there`: those of the row's moment; of equipment all of them together."""
    if kind.joins:
        values: Values = {}
        for record in reversed(there):
            values = joined(values, record.values)
        return values
    for record in there:
        if all(record.values.get(key) == said.get(key) for key in kind.same):
            return record.values
    return {}


def _lost(row: Met) -> Iterator[Remark]:
    lost = _only_known(row)
    if lost:
        yield "import.overwritten", {"well": row.well, "kind": row.kind.key, "fields": lost}


def _joined(row: Met) -> Iterator[Remark]:
    about = {"well": row.well, "kind": row.kind.key}
    others = [key for key in differing(row.known, row.said) if key not in ITS_OWN_WORDS]
    if others:
        values = {key: [row.known[key], row.said[key]] for key in others}
        yield "import.said_otherwise", {**about, "values": values}
    kept = [key for key in _only_known(row) if key in row.after]
    if kept:
        yield "import.joined", {**about, "fields": kept}


def _only_known(row: Met) -> list[str]:
    return [
        key
        for key, value in row.known.items()
        if key in row.said and not is_empty(value) and is_empty(row.said[key])
    ]

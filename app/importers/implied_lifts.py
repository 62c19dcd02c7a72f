"""How the wells of a file are lifted: as it says, else as the equipment in it tells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from app.importers.rows import Rows
from app.importers.trial import Batch
from app.models.kinds.packing import unpack
from app.models.values import Values
from app.models.wells import ESP, PCP, SRP, UNKNOWN_LIFT

_NAMES = {"pump_name", "pump_type"}
_PUMPS = (
    (re.compile(r"^\s*(?:\d?У?ЭЦН|ВНН|ЭЦНА?К?)", re.IGNORECASE), ESP),
    (re.compile(r"^\s*(?:У?ЭВН|У?ВШН|У?ШВН)", re.IGNORECASE), PCP),
    (re.compile(r"^\s*(?:НВ|НН|НСН|НСВ|У?ШГН|У?ШСН)(?![^\W\d_]*[цЦ])", re.IGNORECASE), SRP),
    (re.compile(r"^\s*\d\d-\d{3}-[RT][HWLX][ABCEMT]{1,2}", re.IGNORECASE), SRP),
)


def of_pump(name: str) -> str:
    """`ЭЦН5-50-1300`, `НН2Б-44`, `25-150-RHBC`; empty for what its name does not tell."""
    return next((lift for pattern, lift in _PUMPS if pattern.match(name)), "")


def told(batches: Iterable[Batch], sheets: Iterable[Rows] = ()) -> dict[str, str]:
    """Well → lift: what is said stands over what is implied. `sheets`: their rows as they were read."""
    batches = list(batches)
    return implied(batches, sheets) | dict(said for batch in batches for said in batch.lifts)


def implied(batches: Iterable[Batch], sheets: Iterable[Rows] = ()) -> dict[str, str]:
    """Well → the lift whose equipment it has, where it has only that one's: a plunger, a motor, valves, the
    name of a pump. It is no statement: good for a well of which nobody has said how it is lifted.
    """
    found: dict[str, set[str]] = {}
    for batch in batches:
        for name, values in _packed(batch):
            found.setdefault(name, set()).update(_own(batch, values))
    for rows in sheets:
        for key in _NAMES & rows.values.keys():
            for name, pump in zip(rows.well.tolist(), rows.values[key], strict=True):
                if lift := of_pump(str(pump or "")):
                    found.setdefault(str(name), set()).add(lift)
    return {name: lifts.pop() for name, lifts in found.items() if len(lifts) == 1}


def listed(batches: Iterable[Batch], implied: Mapping[str, str]) -> Iterator[Batch]:
    """The batches with the lift of each well that a passport lists with its field or pad and without one."""
    for batch in batches:
        lifts = {**implied, **dict(batch.lifts)}
        wells = tuple(
            replace(well, lift=lifts.get(well.name, well.lift)) if well.lift == UNKNOWN_LIFT else well
            for well in batch.wells
        )
        yield replace(batch, wells=wells)


def _packed(batch: Batch) -> Iterator[tuple[str, Values]]:
    kind, table = batch.kind, batch.named_records
    if kind is None or table is None or kind.packed not in table.column_names:
        return
    names, bodies = (table.column(column).to_pylist() for column in ("well_name", kind.packed))
    for name, body in zip(names, bodies, strict=True):
        yield name, unpack(kind, json.loads(body))


def _own(batch: Batch, values: Values) -> set[str]:
    assert batch.kind is not None
    of_one = (field for field in batch.kind.fields if len(field.lifts) == 1 and values.get(field.key))
    return {field.lifts[0] for field in of_one}

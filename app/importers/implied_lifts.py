"""How the wells of a file are lifted: as it says, else as the equipment in it tells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from app.importers.trial import Batch
from app.models.kinds.packing import unpack
from app.models.wells import ESP, PCP, SRP

_NAMES = ("pump_name", "pump_type")
_PUMPS = (
    (re.compile(r"^\s*(?:\d?У?ЭЦН|ВНН|ЭЦНА?К?)", re.IGNORECASE), ESP),
    (re.compile(r"^\s*(?:У?ЭВН|У?ВШН|У?ШВН)", re.IGNORECASE), PCP),
    (re.compile(r"^\s*(?:НВ|НН|НСН|НСВ|У?ШГН|У?ШСН)(?![^\W\d_]*[цЦ])", re.IGNORECASE), SRP),
    (re.compile(r"^\s*\d\d-\d{3}-[RT][HWLX][ABCEMT]{1,2}", re.IGNORECASE), SRP),
)


def of_pump(name: str) -> str:
    """`ЭЦН5-50-1300`, `НН2Б-44`, `25-150-RHBC`; empty for what its name does not tell."""
    return next((lift for pattern, lift in _PUMPS if pattern.match(name)), "")


def told(batches: Iterable[Batch]) -> dict[str, str]:
    """Well → lift: what is said stands over what is implied."""
    batches = list(batches)
    return implied(batches) | dict(said for batch in batches for said in batch.lifts)


def implied(batches: Iterable[Batch]) -> dict[str, str]:
    """Well → the lift whose equipment it has, where it has only that one's: a plunger, a motor, valves. It is
    no statement: good for a well of which nobody has said how it is lifted.
    """
    found: dict[str, set[str]] = {}
    for batch in batches:
        kind, table = batch.kind, batch.named_records
        own = {} if kind is None else {f.key: f.lifts[0] for f in kind.fields if len(f.lifts) == 1}
        if kind is None or table is None or not own or kind.packed not in table.column_names:
            continue
        for name, body in zip(
            table.column("well_name").to_pylist(), table.column(kind.packed).to_pylist(), strict=True
        ):
            values = unpack(kind, json.loads(body))
            lifts = found.setdefault(name, set())
            lifts.update(own[key] for key in own if values.get(key))
            lifts.update(filter(None, (of_pump(str(values.get(key) or "")) for key in _NAMES)))
    return {name: lifts.pop() for name, lifts in found.items() if len(lifts) == 1}

"""Rows of a batch as the store would hold them: well, UTC time, and each value with its SI unit and marks."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np

from app.core.clock import from_us, iso
from app.importers.figures import si_unit
from app.importers.rows import Rows
from app.importers.trial import Batch
from app.models.kinds.packing import unpack
from app.models.kinds.spec import Kind
from app.models.readings import Quality
from app.models.sensors import BY_NUMBER
from app.models.values import Values


@dataclass
class StoredRow:
    """`values` are {sensor or field, value, unit, marks}. `well` is the file's name until it is found."""

    well: str
    time: str
    values: list[Values] = field(default_factory=list)
    more: Values = field(default_factory=dict)

    def told(self) -> Values:
        return {"well": self.well, "time": self.time, **self.more, "values": self.values}


def first_and_last(batch: Batch, most: int) -> tuple[list[StoredRow], list[StoredRow], int]:
    """The first and the last rows, and how many there are: a moment of a well is a row of readings."""
    if batch.by_name:
        return _of_readings(batch, most)
    rows = list(_others(batch))
    table = batch.named_records
    if table is not None and batch.kind is not None:
        count = table.num_rows
        head, tail = table.slice(0, most), table.slice(max(count - most, 0))
        return _records(batch.kind, head), _records(batch.kind, tail) if most else [], count
    return rows[:most], rows[-most:] if most else [], len(rows)


def _of_readings(batch: Batch, most: int) -> tuple[list[StoredRow], list[StoredRow], int]:
    moments: list[tuple[int, str]] = []
    ends: list[tuple[int, str]] = []
    count = 0
    for name, part in batch.by_name.items():
        times = np.unique(part.time_us)
        count += len(times)
        moments += [(at, name) for at in times[:most].tolist()]
        ends += [(at, name) for at in times[-most:].tolist()] if most else []
    first, last = sorted(moments)[:most], sorted(ends)[-most:] if most else []
    return [_moment(batch, *key) for key in first], [_moment(batch, *key) for key in last], count


def _moment(batch: Batch, at_us: int, name: str) -> StoredRow:
    part = batch.by_name[name]
    row = StoredRow(name, iso(from_us(at_us)))
    for i in np.flatnonzero(part.time_us == at_us).tolist():
        sensor = BY_NUMBER[int(part.sensor[i])]
        marks = [mark.name.lower() for mark in Quality if mark.name and mark.value & int(part.quality[i])]
        value = float(part.value[i])
        row.values.append(
            {
                "sensor": sensor.key,
                "value": None if math.isnan(value) else value,
                "unit": si_unit(sensor.quantity),
                "marks": marks,
            }
        )
    return row


def _records(kind: Kind, table: Any) -> list[StoredRow]:
    fields = {one.key: one for one in kind.fields}
    found = []
    for body in table.to_pylist():
        if kind.packed:
            body |= unpack(kind, json.loads(body.pop(kind.packed, None) or "{}"))
        row = StoredRow(body.pop("well_name") or "", _time(body.pop(kind.at, None)))
        if kind.until and body.get(kind.until) is not None:
            row.more["until"] = _time(body.pop(kind.until))
        said = str(body.get("unit") or "")
        for key, value in body.items():
            one = fields.get(key)
            if one is None or value in (None, "") or (isinstance(value, float) and math.isnan(value)):
                continue
            number = one.type == "number"
            unit = (
                said
                if kind.key == "lab_result" and key == "value"
                else si_unit(one.quantity)
                if number
                else ""
            )
            row.values.append({"field": key, "value": _plain(value), "unit": unit, "marks": []})
        found.append(row)
    return found


def _others(batch: Batch) -> Iterator[StoredRow]:
    for name, card in batch.named_cards:
        row = StoredRow(name, iso(card.taken_at), more={"strokes_per_minute": card.strokes_per_minute})
        for key, points, unit in (("position", card.position_m, "m"), ("load", card.load_n, "N")):
            row.values.append({"field": key, "value": np.asarray(points).tolist(), "unit": unit, "marks": []})
        yield row
    for name, test in batch.named_tests:
        yield StoredRow(
            name, _time(test.taken_at), [{"field": "kind", "value": test.kind, "unit": "", "marks": []}]
        )
    for well in batch.wells:
        about = {"field": well.field_name, "pad": well.pad, "lift": well.lift, "depth_m": well.depth_m}
        units = {"depth_m": "m"}
        yield StoredRow(
            well.name,
            "",
            [{"field": k, "value": v, "unit": units.get(k, ""), "marks": []} for k, v in about.items() if v],
        )


def points_of(rows: Rows, most: int) -> tuple[list[StoredRow], list[StoredRow]]:
    """The points of a card that is not whole yet: its moment or its speed is still to be said."""
    places = range(len(rows.line))
    first, last = places[:most], places[-most:] if most else places[:0]
    return [_point(rows, i) for i in first], [_point(rows, i) for i in last]


def _point(rows: Rows, i: int) -> StoredRow:
    at = int(rows.time_us[i])
    row = StoredRow(str(rows.well[i]), iso(from_us(at)) if at else "")
    for key, unit in (("position", "m"), ("load", "N")):
        if key in rows.values:
            row.values.append({"field": key, "value": float(rows.values[key][i]), "unit": unit, "marks": []})
    return row


def _time(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return iso(moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC))


def _plain(value: Any) -> Any:
    return _time(value) if isinstance(value, datetime) else value

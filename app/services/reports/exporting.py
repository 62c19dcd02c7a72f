"""A well's data as a table for a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from app.core.clock import iso
from app.core.files import plain_name
from app.core.jobs import Job
from app.core.units import stored_unit
from app.importers.own_names import READINGS
from app.importers.targets import TABLE_KINDS, TableKind
from app.models.kinds import KINDS
from app.models.sensors import BY_NUMBER
from app.models.store import kinds, trends
from app.models.values import rows_of
from app.models.wells import Well
from app.services.diagnosis import cards
from app.services.diagnosis.refiguring import as_equipped
from app.services.reports.for_models import MODEL_TABLES
from app.services.reports.table_files import write_table
from app.services.workspace import Workspace

LONGEST_STEM = 50
"""Of a file's name, before what is in it."""


def export(workspace: Workspace, well: Well, what: str, out: Path) -> int:
    """`what` is readings, cards, tests, lab or a kind of record (SI and UTC), or what a model is built with
    (`for_models`); the format follows the suffix. Returns the rows written.
    """
    table = (TABLES | MODEL_TABLES)[what](workspace, well)
    write_table(table, out)
    return int(table.num_rows)


def export_all(workspace: Workspace, wells: Sequence[Well], folder: Path, job: Job) -> int:
    """Every table of every well that has rows, as CSV; returns how many files were written."""
    written = 0
    for place, (well, stem) in enumerate(zip(wells, _stems(wells), strict=True)):
        for what, made in TABLES.items():
            job.check()
            table = made(workspace, well)
            if table.num_rows:
                write_table(table, folder / f"{stem} {what}.csv")
                written += 1
        job.report(place + 1, len(wells), "job.export")
    return written


def _stems(wells: Sequence[Well]) -> list[str]:
    """What the files of each well begin with: two wells of one name, or of names that no disk tells apart, do
    not write over each other's.
    """
    found: list[str] = []
    taken: set[str] = set()
    for well in wells:
        name = plain_name(well.name)[:LONGEST_STEM].strip() or str(well.id)
        ways = (name, f"{name} {plain_name(well.pad)}".strip()[: LONGEST_STEM + 20], f"{name} {well.id}")
        found.append(next((way for way in ways if way.casefold() not in taken), f"{name} {len(found) + 1}"))
        taken.add(found[-1].casefold())
    return found


def _readings(workspace: Workspace, well: Well) -> pa.Table:
    parts = []
    for series in trends.series_of(workspace.store, well.id):
        time_us, value, quality = trends.samples(
            workspace.store, well.id, series.sensor, series.first_us, series.last_us
        )
        n, sensor = len(time_us), BY_NUMBER[series.sensor]
        parts.append(
            pa.table(
                [
                    pa.array(time_us, pa.timestamp("us", "UTC")),
                    pa.array([well.name] * n, pa.string()),
                    pa.array([sensor.key] * n, pa.string()),
                    pa.array(value, pa.float32()),
                    pa.array([stored_unit(sensor.quantity).en] * n, pa.string()),
                    pa.array(quality, pa.uint8()),
                ],
                names=list(READINGS),
            )
        )
    return pa.concat_tables(parts) if parts else _rows(READINGS, [])


def _cards(workspace: Workspace, well: Well) -> pa.Table:
    names = ("taken_at", "well", "strokes_per_minute", *cards.KEPT, "position_m", "load_n")
    rows = [
        (
            iso(card.taken_at),
            well.name,
            card.strokes_per_minute,
            *(card.figures.get(key) for key in cards.KEPT),
            " ".join(f"{x:.4f}" for x in card.position_m),
            " ".join(f"{x:.1f}" for x in card.load_n),
        )
        for card in as_equipped(workspace, well.id, cards.history(workspace, well.id))
    ]
    return _rows(names, rows)


def _lab(workspace: Workspace, well: Well) -> pa.Table:
    keys = ("parameter", "qualifier", "value", "unit", "method", "sample", "point", "lab", "note")
    results = kinds.of_well(workspace.store, KINDS["lab_result"], well.id)[::-1]
    return _rows(
        ("sampled_at", "well", *keys),
        [
            (iso(r.at), well.name, *(r.values.get(key, None if key == "value" else "") for key in keys))
            for r in results
        ],
    )


def _records_of(table: TableKind) -> Callable[[Workspace, Well], pa.Table]:
    """Records of a kind by the keys of their fields, as an import reads them back; of one that holds rows,
    each of them.
    """
    kind = KINDS[table.record or table.key]
    until = (kind.until,) if kind.until else ()
    cells = kind.field(table.gathers).cells if table.gathers else kind.fields
    keys = tuple(field.key for field in cells if field.type != "rows")

    def made(workspace: Workspace, well: Well) -> pa.Table:
        rows = []
        for record in kinds.of_well(workspace.store, kind, well.id)[::-1]:
            ends = (iso(record.until) if record.until else None,) if until else ()
            held = rows_of(record.values, table.gathers) if table.gathers else [record.values]
            case = tuple(record.values.get(key) for key in table.apart)
            rows += [
                (iso(record.at), well.name, *ends, *case, *(one.get(key) for key in keys)) for one in held
            ]
        return _rows((kind.at, "well", *until, *table.apart, *keys), rows)

    return made


TABLES: dict[str, Callable[[Workspace, Well], pa.Table]] = {
    "readings": _readings,
    "cards": _cards,
    "tests": _records_of(TABLE_KINDS["flow_test"]),
    "lab": _lab,
} | {
    table.key: _records_of(table)
    for table in TABLE_KINDS
    if (table.record or table.key) in KINDS and table.key not in ("flow_test", "lab_result")
}


def _rows(names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> pa.Table:
    return pa.table({name: pa.array([row[i] for row in rows]) for i, name in enumerate(names)})

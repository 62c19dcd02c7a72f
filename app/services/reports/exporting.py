"""A well's data into a file: CSV, Parquet or Excel. Text that a spreadsheet would run as a formula is
disarmed.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from app.core.clock import iso
from app.core.errors import KnownError
from app.core.spreadsheets import safe_text
from app.core.units import stored_unit
from app.models.kinds import KINDS
from app.models.sensors import BY_NUMBER
from app.models.store import kinds, records, trends
from app.models.wells import Well
from app.services.diagnosis import cards
from app.services.workspace import Workspace

EVER = (datetime(1950, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
EXCEL_ROWS = 1_048_575


def export(workspace: Workspace, well: Well, what: str, out: Path) -> int:
    """`what` is readings, cards, tests or lab; the format follows the suffix. SI and UTC. Returns the rows
    written.
    """
    table = TABLES[what](workspace, well)
    write_table(table, out)
    return int(table.num_rows)


def write_table(table: pa.Table, out: Path) -> None:
    """By suffix: .csv, .parquet, .xlsx. Written beside and renamed: a file is whole or not there. Raises
    KnownError.
    """
    writer = _WRITERS.get(out.suffix.lower())
    if writer is None:
        raise KnownError("export_format", file=str(out), known=", ".join(_WRITERS))
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        writer(table, beside)
        os.replace(beside, out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise KnownError("file_not_written", file=str(out), reason=str(error)) from error


def _readings(workspace: Workspace, well: Well) -> pa.Table:
    parts = []
    for series in trends.series_of(workspace.store, well.id):
        time_us, value, quality = trends.samples(
            workspace.store, well.id, series.sensor, series.first_us, series.last_us
        )
        n, sensor = len(time_us), BY_NUMBER[series.sensor]
        parts.append(
            pa.table(
                {
                    "time": pa.array(time_us, pa.timestamp("us", "UTC")),
                    "well": pa.array([well.name] * n, pa.string()),
                    "sensor": pa.array([sensor.key] * n, pa.string()),
                    "value": pa.array(value, pa.float32()),
                    "unit": pa.array([stored_unit(sensor.quantity).en] * n, pa.string()),
                    "quality": pa.array(quality, pa.uint8()),
                }
            )
        )
    return (
        pa.concat_tables(parts)
        if parts
        else _rows(("time", "well", "sensor", "value", "unit", "quality"), [])
    )


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
        for card in cards.history(workspace, well.id)
    ]
    return _rows(names, rows)


def _tests(workspace: Workspace, well: Well) -> pa.Table:
    names = (
        "taken_at",
        "well",
        "duration_s",
        "liquid_m3_per_s",
        "oil_kg_per_s",
        "water_cut",
        "gas_m3_per_s",
        "line_pressure_pa",
        "valid",
    )
    tests = records.flow_tests(workspace.store, well.id, *EVER)
    return _rows(
        names,
        [
            (
                iso(t.taken_at),
                well.name,
                t.duration_s,
                t.liquid_m3_per_s,
                t.oil_kg_per_s,
                t.water_cut,
                t.gas_m3_per_s,
                t.line_pressure_pa,
                t.valid,
            )
            for t in tests
        ],
    )


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


TABLES: dict[str, Callable[[Workspace, Well], pa.Table]] = {
    "readings": _readings,
    "cards": _cards,
    "tests": _tests,
    "lab": _lab,
}


def _rows(names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> pa.Table:
    return pa.table({name: pa.array([row[i] for row in rows]) for i, name in enumerate(names)})


def _write_csv(table: pa.Table, out: Path) -> None:
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.column_names)
        for batch in table.to_batches(10_000):
            writer.writerows(
                [safe_text(value) for value in row] for row in zip(*batch.to_pydict().values(), strict=True)
            )


def _write_parquet(table: pa.Table, out: Path) -> None:
    parquet.write_table(table, out, compression="zstd")


def _write_xlsx(table: pa.Table, out: Path) -> None:
    if table.num_rows > EXCEL_ROWS:
        raise KnownError("export_too_long", rows=table.num_rows, limit=EXCEL_ROWS)
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.freeze_panes = "A2"
    header = [WriteOnlyCell(sheet, name) for name in table.column_names]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    for batch in table.to_batches(10_000):
        for row in zip(*batch.to_pydict().values(), strict=True):
            sheet.append([_excel_cell(sheet, value) for value in row])
    book.save(out)


def _excel_cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


_WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".xlsx": _write_xlsx,
}

"""A table into a file: CSV, Parquet or Excel. Text that a spreadsheet would run as a formula is disarmed."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.core.errors import KnownError
from app.core.spreadsheets import safe_text

if TYPE_CHECKING:
    import pyarrow as pa

EXCEL_ROWS = 1_048_575


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


def _write_csv(table: pa.Table, out: Path) -> None:
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.column_names)
        for batch in table.to_batches(10_000):
            writer.writerows(zip(*(_disarmed(column) for column in batch.columns), strict=True))


def _disarmed(column: pa.Array) -> list[Any]:
    """Of texts each that there is once: the name of a sensor stands in every row."""
    import pyarrow as pa

    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        return list(column.to_pylist())
    if pa.types.is_timestamp(column.type) and column.type.tz and not column.null_count:
        moments = column.cast(pa.int64()).to_numpy().astype(f"M8[{column.type.unit}]")
        if (moments == moments.astype("M8[s]")).all():  # as `iso` writes them, in a tenth of the time
            return list(np.datetime_as_string(moments, "s", "UTC"))
    found = column.dictionary_encode()
    safe = [safe_text(value) for value in found.dictionary.to_pylist()]
    return [None if place is None else safe[place] for place in found.indices.to_pylist()]


def _write_parquet(table: pa.Table, out: Path) -> None:
    from pyarrow import parquet

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

"""A table of readings cleaned by declared steps, Arrow in and out, with how many rows each step changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from app.core.plain import JsonObject
from central.cleaning.steps import STEPS, Step
from central.stores.clickhouse import READING_COLUMNS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Changed:
    """By one step: rows that left, that stand elsewhere now, and whose quality is another."""

    step: str
    left: int
    moved: int
    marked: int

    def told(self) -> JsonObject:
        return asdict(self)


def clean(table: pa.Table, steps: tuple[Step, ...] = STEPS) -> tuple[pa.Table, list[Changed]]:
    """`table`: columns of READING_COLUMNS, others are let go. Raises ValueError for a column that is not
    there or is of another type.
    """
    missing = [name for name in READING_COLUMNS.names if name not in table.column_names]
    if missing:
        raise ValueError(f"columns missing: {', '.join(missing)}")
    frame = table.select(READING_COLUMNS.names).cast(READING_COLUMNS).to_pandas()
    frame["timestamp"] = frame["timestamp"].dt.as_unit("us")
    report: list[Changed] = []
    for step in steps:
        cleaned = step.clean(frame)
        report.append(_changed(step, frame, cleaned))
        frame = cleaned
    return pa.Table.from_pandas(frame, READING_COLUMNS, preserve_index=False), report


def _changed(step: Step, before: pd.DataFrame, after: pd.DataFrame) -> Changed:
    """Rows are followed by their place where none has left."""
    if len(before) != len(after):
        return Changed(step.key, len(before) - len(after), 0, 0)
    same = ["well_id", "sensor_type", "timestamp"]
    moved = (before[same].to_numpy() != after[same].to_numpy()).any(axis=1)
    marked = before["quality"].to_numpy() != after["quality"].to_numpy()
    return Changed(step.key, 0, int(moved.sum()), int((marked & ~moved).sum()))

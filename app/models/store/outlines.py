"""Outlines of cards by which look-alikes are found: kept in the cache, encrypted as the cards are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.core.jobs import Job
from app.models.store.database import Database

Rows = NDArray[np.float32]


def without(database: Database, made_by: str, most: int) -> list[tuple[str, list[float], list[float]]]:
    """Cards that have none by this maker: name, position, load."""
    with database.reading() as cursor:
        return cursor.execute(
            """SELECT id, position_m, load_n FROM cards
               WHERE id NOT IN (SELECT card FROM card_outlines WHERE made_by = ?) LIMIT ?""",
            [made_by, most],
        ).fetchall()


def put(database: Database, made_by: str, rows: Iterable[tuple[str, Sequence[float]]]) -> None:
    """In place of those of another maker."""
    import pyarrow as pa

    rows = list(rows)
    table = pa.table(
        {
            "card": [name for name, _ in rows],
            "made_by": [made_by] * len(rows),
            "outline": pa.array([list(row) for _, row in rows], pa.list_(pa.float32())),
        }
    )
    with database.writing() as cursor:
        cursor.execute("DELETE FROM card_outlines WHERE made_by <> ?", [made_by])
        cursor.register("made", table)
        try:
            cursor.execute("INSERT INTO card_outlines SELECT card, made_by, outline::FLOAT[48] FROM made")
        finally:
            cursor.unregister("made")


def everything(database: Database, made_by: str, job: Job | None = None) -> tuple[list[str], Rows]:
    """Names of the cards that are there, and their rows."""
    with database.reading(job) as cursor:
        table = cursor.execute(
            """SELECT o.card, o.outline FROM card_outlines o JOIN cards c ON c.id = o.card
               WHERE o.made_by = ? ORDER BY o.card""",
            [made_by],
        ).to_arrow_table()
    if not len(table):
        return [], np.empty((0, 0), np.float32)
    flat = table.column(1).combine_chunks().flatten().to_numpy(zero_copy_only=False)
    return table.column(0).to_pylist(), flat.astype(np.float32, copy=False).reshape(len(table), -1)

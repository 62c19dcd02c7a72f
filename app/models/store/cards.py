"""Dynamograms of the cache."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import duckdb
import numpy as np

from app.core.clock import from_us, to_us
from app.core.plain import objects_in
from app.core.units import DAY_S
from app.models.cards import StoredCard, card_hash
from app.models.store import merged
from app.models.store.database import Database
from app.models.store.records import naive
from app.models.store.rows import put
from app.models.values import Values, number_of

_STORED = (
    "id",
    "well",
    "taken_at",
    "strokes_per_minute",
    "position_m",
    "load_n",
    "sha256",
    "figures",
    "import_id",
)
_COLUMNS = "id, well, epoch_us(taken_at), strokes_per_minute, position_m, load_n, figures"


def add_in(
    cursor: duckdb.DuckDBPyConnection, cards: list[StoredCard], import_id: str | None = None
) -> tuple[int, int]:
    """Inside the caller's transaction: added, already there. A card is known by its well, time and points."""
    known: set[tuple[int, str]] = set(
        cursor.execute(
            "SELECT well, sha256 FROM cards WHERE well IN (SELECT unnest(?))",
            [sorted({card.well_id for card in cards})],
        ).fetchall()
    )
    rows = []
    for card in cards:
        sha256 = card_hash(card.position_m, card.load_n, card.taken_at)
        if (card.well_id, sha256) in known:
            continue
        known.add((card.well_id, sha256))
        rows.append(
            [
                card.id,
                card.well_id,
                card.taken_at.replace(tzinfo=None),
                card.strokes_per_minute,
                card.position_m.astype(np.float32),
                card.load_n.astype(np.float32),
                sha256,
                json.dumps(card.figures),
                import_id,
            ]
        )
    put(cursor, "cards", _STORED, rows)
    return len(rows), len(cards) - len(rows)


def add(database: Database, cards: list[StoredCard], import_id: str | None = None) -> tuple[int, int]:
    with database.writing() as cursor:
        return add_in(cursor, cards, import_id)


def equipment_of(database: Database, well: int) -> list[tuple[str, datetime, str | None]]:
    """(card, when it was taken, what its figures were computed with), oldest first, without any points."""
    with database.reading() as cursor:
        wells = merged.parts(cursor, well)
        places = merged.places(wells)
        rows = cursor.execute(
            f"""SELECT id, epoch_us(taken_at), json_extract_string(figures, '$.equipment') FROM cards
               WHERE well IN ({places}) ORDER BY taken_at""",
            wells,
        ).fetchall()
    return [(name, from_us(at_us), equipment) for name, at_us, equipment in rows]


def hashes(database: Database, well: int) -> set[str]:
    """What its cards are known by."""
    with database.reading() as cursor:
        wells = merged.parts(cursor, well)
        places = merged.places(wells)
        rows = cursor.execute(f"SELECT sha256 FROM cards WHERE well IN ({places})", wells).fetchall()
    return {str(sha256) for (sha256,) in rows}


def by_ids(database: Database, ids: list[str]) -> list[StoredCard]:
    """In no order; those that are gone are not there."""
    with database.reading() as cursor:
        rows = cursor.execute(
            f"SELECT {_COLUMNS} FROM cards WHERE id IN (SELECT unnest(?))", [ids]
        ).fetchall()
        into = merged.relation(cursor)
    return [_card(row, into) for row in rows]


def put_figures(database: Database, figures: list[tuple[str, Values]]) -> None:
    """What is kept of cards, computed anew."""
    if not figures:
        return
    import pyarrow as pa

    ids, kept = [name for name, _ in figures], [json.dumps(values) for _, values in figures]
    renewed = pa.table({"id": ids, "kept": kept})
    with database.writing() as cursor:
        cursor.register("renewed", renewed)
        try:
            cursor.execute("UPDATE cards SET figures = renewed.kept FROM renewed WHERE cards.id = renewed.id")
        finally:
            cursor.unregister("renewed")


def take_out(
    cursor: duckdb.DuckDBPyConnection, gone: list[tuple[int, np.ndarray, np.ndarray, datetime]]
) -> int:
    """Cards (well, position, load, taken_at) that were taken back at the centre. Returns how many were
    here.
    """
    removed = 0
    for well, position_m, load_n, taken_at in gone:
        sha256 = card_hash(np.asarray(position_m), np.asarray(load_n), taken_at)
        rows = cursor.execute(
            "DELETE FROM cards WHERE well = ? AND sha256 = ? RETURNING id", [well, sha256]
        ).fetchall()
        removed += len(rows)
    return removed


def remove(cursor: duckdb.DuckDBPyConnection, ids: list[str]) -> None:
    cursor.execute("DELETE FROM cards WHERE id IN (SELECT unnest(?))", [ids])


def only_of(database: Database, import_id: str) -> StoredCard | None:
    """The card of an import that brought one and no more."""
    with database.reading() as cursor:
        found = cursor.execute("SELECT id FROM cards WHERE import_id = ? LIMIT 2", [import_id]).fetchall()
    return by_id(database, found[0][0]) if len(found) == 1 else None


def remove_import(cursor: duckdb.DuckDBPyConnection, import_id: str) -> None:
    cursor.execute("DELETE FROM cards WHERE import_id = ?", [import_id])


def of_well(
    database: Database, well: int, since: datetime | None = None, until: datetime | None = None
) -> list[StoredCard]:
    """Oldest first; a card that two merged wells have is shown once."""
    since_us = to_us(since) if since else 0
    until_us = to_us(until) if until else 2**61
    with database.reading() as cursor:
        wells = merged.parts(cursor, well)
        places = merged.places(wells)
        where = f"well IN ({places}) AND epoch_us(taken_at) BETWEEN ? AND ?"
        bound = [*wells, since_us, until_us]
        if len(wells) > 1:
            where += " QUALIFY row_number() OVER (PARTITION BY sha256 ORDER BY well <> ?, id) = 1"
            bound.append(well)
        table = cursor.execute(
            f"SELECT {_COLUMNS} FROM cards WHERE {where} ORDER BY taken_at", bound
        ).to_arrow_table()
    # Points of thousands of cards stay in one array; each card is a view into it.
    ids, taken, speeds = (table.column(i).to_pylist() for i in (0, 2, 3))
    position, load = _rows_of(table.column(4)), _rows_of(table.column(5))
    figures = _figures_of(table.column(6).to_pylist())
    return [
        StoredCard(key, well, from_us(at_us), speed, x, y, kept)
        for key, at_us, speed, x, y, kept in zip(ids, taken, speeds, position, load, figures, strict=True)
    ]


def _rows_of(column: Any) -> list[np.ndarray]:
    """A column of lists as views into one array of floats."""
    lists = column.combine_chunks()
    values = lists.flatten().to_numpy(zero_copy_only=False).astype(np.float64)
    edges = np.r_[0, np.cumsum(lists.value_lengths().to_numpy(zero_copy_only=False))]
    return [values[start:end] for start, end in zip(edges[:-1], edges[1:], strict=True)]


def by_id(database: Database, card_id: str) -> StoredCard | None:
    with database.reading() as cursor:
        row = cursor.execute(f"SELECT {_COLUMNS} FROM cards WHERE id = ?", [card_id]).fetchone()
        into = merged.relation(cursor)
    return _card(row, into) if row else None


def span(database: Database, well: int) -> tuple[datetime, datetime] | None:
    """When the first and the last card were taken."""
    with database.reading() as cursor:
        wells = merged.parts(cursor, well)
        places = merged.places(wells)
        row = cursor.execute(
            f"SELECT epoch_us(min(taken_at)), epoch_us(max(taken_at)) FROM cards WHERE well IN ({places})",
            wells,
        ).fetchone()
    return None if row is None or row[0] is None else (from_us(row[0]), from_us(row[1]))


def newest(database: Database) -> dict[int, datetime]:
    """Well → when its last card was taken, of every well in one query."""
    with database.reading() as cursor:
        rows = cursor.execute(
            "SELECT coalesce(m.into_well, c.well), epoch_us(max(taken_at)) FROM cards c "
            "LEFT JOIN merged_wells m USING (well) GROUP BY 1"
        ).fetchall()
    return {well: from_us(taken) for well, taken in rows}


def count_since(database: Database, well: int, since: datetime) -> int:
    """Taken later than that, those of wells that were merged into it among them."""
    with database.reading() as cursor:
        wells = merged.parts(cursor, well)
        row = cursor.execute(
            "SELECT count(*) FROM cards WHERE list_contains(?, well) AND taken_at > ?", [wells, naive(since)]
        ).fetchone()
    return int(row[0]) if row else 0


def last(database: Database, well: int) -> StoredCard | None:
    return _nearest(database, well, 2**61)


def nearest(database: Database, well: int, moment: datetime) -> StoredCard | None:
    """The one taken least long before or after that."""
    return _nearest(database, well, to_us(moment))


def _nearest(database: Database, well: int, at_us: int) -> StoredCard | None:
    with database.reading() as cursor:
        wells = merged.parts(cursor, well)
        places = merged.places(wells)
        row = cursor.execute(
            f"""SELECT {_COLUMNS} FROM cards WHERE well IN ({places})
               ORDER BY abs(epoch_us(taken_at) - ?) LIMIT 1""",
            [*wells, at_us],
        ).fetchone()
        into = merged.relation(cursor)
    return _card(row, into) if row else None


# Kept by the day before figures were in SI; a cache written then is read as it should have been.
_ONCE_PER_DAY = {"pump_displacement_m3_per_d": "pump_displacement_m3_per_s"}


def _figures_of(kept: list[str]) -> list[Values]:
    """Of thousands of cards at once: one after the other they took half of the time of a history."""
    return [_in_si(figures) for figures in objects_in(f"[{','.join(kept)}]")]


def _in_si(figures: Values) -> Values:
    for once, now in _ONCE_PER_DAY.items():
        if once in figures:
            per_day = number_of(figures, once)
            del figures[once]
            figures.setdefault(now, None if per_day is None else per_day / DAY_S)
    return figures


def _card(row: tuple[Any, ...], into: dict[int, int]) -> StoredCard:
    return StoredCard(
        row[0],
        into.get(row[1], row[1]),
        from_us(row[2]),
        row[3],
        np.array(row[4], float),
        np.array(row[5], float),
        *_figures_of([row[6]]),
    )

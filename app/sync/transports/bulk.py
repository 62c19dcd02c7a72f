"""Readings and cards in bulk by the named queries, whoever answers: the centre or a ClickHouse itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from app.core.clock import parse_time, to_us
from app.core.errors import KnownError
from app.models.limits import MOST_CARD_POINTS
from app.models.values import count_of
from app.sync import queries
from app.sync.queries import Query
from app.sync.transports.base import CentralCard, Part, Sums

if TYPE_CHECKING:
    import pyarrow as pa


class BulkReader:
    """A ReadingSource whose answers come as Arrow. Who inherits says how one query is asked."""

    of_the_centre = False

    def tables(self, query: Query, bound: Mapping[str, object]) -> Iterator[pa.Table]:
        """`bound`: numbers, texts and aware datetimes by the query's parameters."""
        raise NotImplementedError

    def newest(self, wells: list[int]) -> str:
        rows = self._rows(queries.NEWEST, {"wells": wells})
        with _understood(queries.NEWEST):
            return queries.announced_at(rows[0]["announced_at"]) if rows and rows[0]["n"] else ""

    def months(self, wells: list[int], since: datetime) -> list[Part]:
        """What there is, in parts of a well and a month, newest first: the engineer sees today before last
        year.
        """
        return self._parts(queries.MONTHS, {"wells": wells, "since": since})

    def card_months(self, wells: list[int], since: datetime) -> list[Part]:
        return self._parts(queries.CARD_MONTHS, {"wells": wells, "since": since})

    def announced(
        self, wells: list[int], after: str, until: str, target: str = "sensor_readings"
    ) -> list[Part]:
        """What came in between two announcements, whenever it was measured: late data is found by when it
        came.
        """
        bound = {"after": after, "until": until, "wells": wells, "target": target}
        return self._parts(queries.ANNOUNCED, bound)

    def readings(self, part: Part, *, coarse: bool = False) -> Iterator[pa.Table]:
        query = queries.COARSE if coarse else queries.READINGS
        for table in self.tables(query, _bound(part)):
            with _understood(query):
                told = _as_stored(table, part)
            yield told

    def cards(self, part: Part) -> list[CentralCard]:
        with _understood(queries.CARDS):
            told = self.tables(queries.CARDS, _bound(part))
            return [card for table in told for card in _cards(table, part)]

    def sums(self, wells: list[int], since: datetime) -> dict[tuple[int, str], Sums]:
        rows = self._rows(queries.SUMS, {"wells": wells, "since": since})
        asked = frozenset(wells)
        with _understood(queries.SUMS):
            return {
                (_asked(row, asked), _a_month(row["month"])): Sums(
                    count_of(row, "n"),
                    str(row["times"]),
                    str(row["levels"]),
                    count_of(row, "marks"),
                    str(row.get("ties", "")),
                )
                for row in rows
            }

    def card_sums(self, wells: list[int], since: datetime) -> dict[tuple[int, str], str]:
        rows = self._rows(queries.CARD_SUMS, {"wells": wells, "since": since})
        asked = frozenset(wells)
        with _understood(queries.CARD_SUMS):
            return {
                (_asked(row, asked), _a_month(row["month"])): f"{row['n']}/{row['hashes']}/{row['speeds']}"
                for row in rows
            }

    def made(self, wells: list[int]) -> dict[int, datetime]:
        rows = self._rows(queries.MADE, {"wells": wells})
        asked = frozenset(wells)
        with _understood(queries.MADE):
            return {_asked(row, asked): _utc(row["made_at"]) for row in rows}

    def made_bodies(self, wells: list[int]) -> list[tuple[int, datetime, str]]:
        rows = self._rows(queries.MADE_BODIES, {"wells": wells})
        asked = frozenset(wells)
        with _understood(queries.MADE_BODIES):
            return [(_asked(row, asked), _utc(row["made_at"]), str(row["body"])) for row in rows]

    def _parts(self, query: Query, bound: Mapping[str, object]) -> list[Part]:
        rows = self._rows(query, bound)
        with _understood(query):
            return [
                Part(count_of(row, "well_id"), _utc(row["first"]), _utc(row["last"]), count_of(row, "n"))
                for row in rows
            ]

    def _rows(self, query: Query, bound: Mapping[str, object]) -> list[dict[str, object]]:
        with _understood(query):
            return [row for table in self.tables(query, bound) for row in table.to_pylist()]


_MISUNDERSTOOD = (KeyError, TypeError, ValueError, OverflowError, AttributeError, NotImplementedError)
"""The last two: a column of a kind that Arrow has no points in, or does not turn into ours."""


@contextmanager
def _understood(query: Query) -> Iterator[None]:
    """Whoever answers something else is not who was asked. Raises KnownError (centre_not_itself)."""
    try:
        yield
    except _MISUNDERSTOOD as error:
        raise KnownError("centre_not_itself", reason=f"{query.name}: {type(error).__name__}") from error


def _asked(row: Mapping[str, object], wells: frozenset[int]) -> int:
    """The well of a row. Raises ValueError for one that nobody asked about."""
    well = count_of(row, "well_id")
    if well not in wells:
        raise ValueError(well)
    return well


def _as_stored(table: pa.Table, part: Part) -> pa.Table:
    """Readings with the columns that they are kept with, each told and of the part that was asked for. Raises
    ValueError, KeyError.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    moment = pa.timestamp("us", tz="UTC")
    types = {
        "well_id": pa.uint32(),
        "sensor_type": pa.uint8(),
        "timestamp": moment,
        "value": pa.float32(),
        "quality": pa.uint8(),
        "deleted": pa.uint8(),
    }
    told = table.select(list(types)).cast(pa.schema(list(types.items())))
    if any(column.null_count for column in told.columns):
        raise ValueError("nothing in place of a value")
    if not len(told):
        return told
    ends = pc.min_max(told.column("timestamp").cast(pa.int64())).as_py()
    if not to_us(part.first) <= ends["min"] <= ends["max"] <= to_us(part.last):
        raise ValueError("not of the part")
    if not set(pc.unique(told.column("well_id")).to_pylist()) <= set(part.wells):
        raise ValueError("nobody asked about this well")
    return told


def _a_month(told: object) -> str:
    return f"{datetime.strptime(str(told), '%Y-%m').replace(tzinfo=UTC):%Y-%m}"


def _cards(table: pa.Table, part: Part) -> Iterator[CentralCard]:
    """The points stay arrays: a card has hundreds, and there are thousands of cards."""
    asked, points = frozenset(part.wells), ("position_m", "load_n")
    rows = table.drop_columns(list(points)).to_pylist()
    positions, loads = (table.column(name) for name in points)
    for number, row in enumerate(rows):
        position, load = (np.asarray(one[number].values, float) for one in (positions, loads))
        drawn = len(position) == len(load) <= MOST_CARD_POINTS
        taken_at = _utc(row["taken_at"])
        if not part.first <= taken_at <= part.last:
            raise ValueError("not of the part")
        if not drawn or not (np.isfinite(position).all() and np.isfinite(load).all()):
            raise ValueError("a card that is none")
        yield CentralCard(
            str(row["card_id"]),
            _asked(row, asked),
            taken_at,
            float(row["strokes_per_minute"]),
            position,
            load,
            bool(row["deleted"]),
        )


def _utc(moment: object) -> datetime:
    if not isinstance(moment, datetime):
        return parse_time(str(moment))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _bound(part: Part) -> dict[str, object]:
    return {"wells": part.wells, "first": part.first, "last": part.last}

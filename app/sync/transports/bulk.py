"""Readings and cards in bulk by the named queries, whoever answers: the centre or a ClickHouse itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.core.clock import parse_time
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
        return str(rows[0]["announced_at"]) if rows and rows[0]["n"] else ""

    def months(self, wells: list[int], since: datetime) -> list[Part]:
        """What there is, in parts of a well and a month, newest first: the engineer sees today before last
        year.
        """
        return _parts(self._rows(queries.MONTHS, {"wells": wells, "since": since}))

    def card_months(self, wells: list[int], since: datetime) -> list[Part]:
        return _parts(self._rows(queries.CARD_MONTHS, {"wells": wells, "since": since}))

    def announced(
        self, wells: list[int], after: str, until: str, target: str = "sensor_readings"
    ) -> list[Part]:
        """What came in between two announcements, whenever it was measured: late data is found by when it
        came.
        """
        bound = {"after": after, "until": until, "wells": wells, "target": target}
        return _parts(self._rows(queries.ANNOUNCED, bound))

    def readings(self, part: Part, *, coarse: bool = False) -> Iterator[pa.Table]:
        yield from self.tables(queries.COARSE if coarse else queries.READINGS, _bound(part))

    def cards(self, part: Part) -> list[CentralCard]:
        return [card for table in self.tables(queries.CARDS, _bound(part)) for card in _cards(table)]

    def sums(self, wells: list[int], since: datetime) -> dict[tuple[int, str], Sums]:
        rows = self._rows(queries.SUMS, {"wells": wells, "since": since})
        return {
            (count_of(row, "well_id"), str(row["month"])): Sums(
                count_of(row, "n"), str(row["times"]), str(row["levels"]), count_of(row, "marks")
            )
            for row in rows
        }

    def made(self, wells: list[int]) -> dict[int, datetime]:
        return {
            count_of(row, "well_id"): _utc(row["made_at"])
            for row in self._rows(queries.MADE, {"wells": wells})
        }

    def made_bodies(self, wells: list[int]) -> list[tuple[int, datetime, str]]:
        return [
            (count_of(row, "well_id"), _utc(row["made_at"]), str(row["body"]))
            for row in self._rows(queries.MADE_BODIES, {"wells": wells})
        ]

    def _rows(self, query: Query, bound: Mapping[str, object]) -> list[dict[str, object]]:
        return [row for table in self.tables(query, bound) for row in table.to_pylist()]


def _cards(table: pa.Table) -> Iterator[CentralCard]:
    """The points stay arrays: a card has hundreds, and there are thousands of cards."""
    points = ("position_m", "load_n")
    rows = table.drop_columns(list(points)).to_pylist()
    positions, loads = (table.column(name) for name in points)
    for number, row in enumerate(rows):
        yield CentralCard(
            str(row["card_id"]),
            int(row["well_id"]),
            _utc(row["taken_at"]),
            float(row["strokes_per_minute"]),
            positions[number].values.to_numpy(),
            loads[number].values.to_numpy(),
            bool(row["deleted"]),
        )


def _parts(rows: list[dict[str, object]]) -> list[Part]:
    return [
        Part(count_of(row, "well_id"), _utc(row["first"]), _utc(row["last"]), count_of(row, "n"))
        for row in rows
    ]


def _utc(moment: object) -> datetime:
    if not isinstance(moment, datetime):
        return parse_time(str(moment))
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _bound(part: Part) -> dict[str, object]:
    return {"wells": part.wells, "first": part.first, "last": part.last}

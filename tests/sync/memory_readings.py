"""The centre's readings and cards in memory: what `ReadingSource` asks for, with switches for trouble."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

from app.core.clock import from_us, to_us
from app.core.errors import KnownError
from app.models.cards import card_hash
from app.models.readings import TIED
from app.sync.transports.base import CentralCard, Part, Sums
from tests.sync.memory_centre import Trouble

SCALE = 1 << 40


def cut() -> KnownError:
    return KnownError("clickhouse_unreachable", retry=True, reason="cut")


@dataclass(frozen=True)
class Row:
    value: float
    quality: int = 0
    deleted: bool = False


def _level(row: Row) -> int:
    return math.floor(min(max(row.value, -1e15), 1e15) * SCALE)


def _tied(us: int, sensor: int, row: Row) -> int:
    """As both stores reckon it, whose remainders have the sign of what is divided."""
    high, low = divmod(_level(row), 1 << 32)
    placed = (us % TIED * 251 + sensor) % TIED
    tied = _left(placed * placed + _left(high) * 2 + low)
    return _left(tied * tied + placed + row.quality)


def _left(number: int) -> int:
    return number % TIED if number >= 0 else -(-number % TIED)


def _hashed(card: CentralCard) -> int:
    return int(card_hash(card.position_m, card.load_n, card.taken_at)[:8], 16)


@dataclass(frozen=True)
class Announced:
    at: str
    target: str
    well: int
    first: datetime
    last: datetime
    rows: int


class MemoryReadings:
    """ReadingSource. `fetched` are the parts whose readings were asked for, in order."""

    of_the_centre = False

    def __init__(self) -> None:
        self.trouble = Trouble()
        self.rows: dict[tuple[int, int, int], Row] = {}
        self.shown: list[CentralCard] = []
        self.log: list[Announced] = []
        self.fetched: list[Part] = []
        self.counted: list[list[int]] = []
        self.nights: dict[int, tuple[datetime, str]] = {}
        """Well → when something was made of it, and what."""
        self.bodies_asked: list[list[int]] = []
        self.rows_a_table = 1_000
        self.fails_after_tables: int | None = None
        """So many tables of the next part come, then the connection is cut."""
        self.counts_wrong: set[tuple[int, str]] = set()
        """(well, month) of which the centre's sums are of other readings than it hands out."""
        self._now = datetime(2026, 11, 1, tzinfo=UTC)

    def has(self, well: int, sensor: int, start: datetime, values: list[float], step_s: int = 600) -> None:
        """Readings arrive at the centre now, whenever they were measured."""
        at = [start + timedelta(seconds=step_s * i) for i in range(len(values))]
        for moment, value in zip(at, values, strict=True):
            self.rows[well, sensor, to_us(moment)] = Row(float(np.float32(value)))
        self._announce("sensor_readings", well, at[0], at[-1], len(at))

    def takes_back(self, well: int, sensor: int, moment: datetime) -> None:
        key = (well, sensor, to_us(moment))
        self.rows[key] = Row(self.rows[key].value, 0, True)
        self._announce("sensor_readings", well, moment, moment, 1)

    def has_card(self, card: CentralCard) -> None:
        self.shown = [one for one in self.shown if one.card_id != card.card_id] + [card]
        self._announce("dynamograms", card.well, card.taken_at, card.taken_at, 1)

    def _announce(self, target: str, well: int, first: datetime, last: datetime, rows: int) -> None:
        self._now += timedelta(minutes=1)
        self.log.append(Announced(f"{self._now:%Y-%m-%d %H:%M:%S.%f}", target, well, first, last, rows))

    # ---- what the sync asks --------------------------------------------------------------------------------

    def newest(self, wells: list[int]) -> str:
        self.trouble.met("newest")
        return max((one.at for one in self.log if one.well in wells), default="")

    def months(self, wells: list[int], since: datetime) -> list[Part]:
        self.trouble.met("months")
        return self._parts([(well, from_us(us)) for well, _, us in self.rows], wells, since)

    def card_months(self, wells: list[int], since: datetime) -> list[Part]:
        self.trouble.met("card_months")
        return self._parts([(card.well, card.taken_at) for card in self.shown], wells, since)

    def announced(
        self, wells: list[int], after: str, until: str, target: str = "sensor_readings"
    ) -> list[Part]:
        self.trouble.met("announced")
        return [
            Part(one.well, one.first, one.last, one.rows)
            for one in self.log
            if after < one.at <= until and one.target == target and one.well in wells
        ]

    def readings(self, part: Part, *, coarse: bool = False) -> Iterator[pa.Table]:
        self.fetched.append(part)
        self.trouble.met("readings")
        keys = sorted(
            key for key in self.rows if key[0] in part.wells and part.first <= from_us(key[2]) <= part.last
        )
        if coarse:
            keys = self._extremes(keys)
        for number, start in enumerate(range(0, len(keys), self.rows_a_table)):
            if number == self.fails_after_tables:
                self.fails_after_tables = None
                raise cut()
            yield self._table(keys[start : start + self.rows_a_table])

    def cards(self, part: Part) -> list[CentralCard]:
        self.trouble.met("cards")
        return [
            card
            for card in self.shown
            if card.well in part.wells and part.first <= card.taken_at <= part.last
        ]

    def sums(self, wells: list[int], since: datetime) -> dict[tuple[int, str], Sums]:
        self.trouble.met("sums")
        self.counted.append(wells)
        months: dict[tuple[int, str], list[tuple[int, int, Row]]] = {}
        for (well, sensor, us), row in self.rows.items():
            if well in wells and us >= to_us(since) and not row.deleted:
                months.setdefault((well, f"{from_us(us):%Y-%m}"), []).append((us, sensor, row))
        return {
            key: Sums(
                len(rows) + (key in self.counts_wrong),
                str(sum(us for us, _, _ in rows)),
                str(sum(_level(row) for _, _, row in rows)),
                sum(row.quality for _, _, row in rows),
                str(sum(_tied(us, sensor, row) for us, sensor, row in rows)),
            )
            for key, rows in months.items()
        }

    def card_sums(self, wells: list[int], since: datetime) -> dict[tuple[int, str], str]:
        self.trouble.met("card_sums")
        months: dict[tuple[int, str], list[CentralCard]] = {}
        for card in self.shown:
            if card.well in wells and card.taken_at >= since and not card.deleted:
                months.setdefault((card.well, f"{card.taken_at:%Y-%m}"), []).append(card)
        return {
            key: f"{len(cards)}/{sum(_hashed(card) for card in cards)}/"
            f"{sum(math.floor(card.strokes_per_minute * 2**20) for card in cards)}"
            for key, cards in months.items()
        }

    def made(self, wells: list[int]) -> dict[int, datetime]:
        self.trouble.met("made")
        return {well: at for well, (at, _) in self.nights.items() if well in wells}

    def made_bodies(self, wells: list[int]) -> list[tuple[int, datetime, str]]:
        self.trouble.met("made_bodies")
        self.bodies_asked.append(wells)
        return [(well, *self.nights[well]) for well in wells]

    def close(self) -> None:
        """Nothing is open."""

    def _extremes(self, keys: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        hours: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
        for key in keys:
            hours.setdefault((key[1], key[2] // 3_600_000_000), []).append(key)
        kept = set()
        for found in hours.values():
            kept |= {
                min(found, key=lambda k: self.rows[k].value),
                max(found, key=lambda k: self.rows[k].value),
            }
        return sorted(kept)

    def _table(self, keys: list[tuple[int, int, int]]) -> pa.Table:
        rows = [self.rows[key] for key in keys]
        return pa.table(
            {
                "well_id": np.array([key[0] for key in keys], np.uint32),
                "sensor_type": np.array([key[1] for key in keys], np.uint8),
                "timestamp": pa.array([key[2] for key in keys], pa.timestamp("us", tz="UTC")),
                "value": np.array([row.value for row in rows], np.float32),
                "quality": np.array([row.quality for row in rows], np.uint8),
                "deleted": np.array([row.deleted for row in rows], np.uint8),
            }
        )

    def _parts(self, found: list[tuple[int, datetime]], wells: list[int], since: datetime) -> list[Part]:
        months: dict[tuple[str, int], list[datetime]] = {}
        for well, at in found:
            if well in wells and at >= since:
                months.setdefault((f"{at:%Y-%m}", well), []).append(at)
        newest_first = sorted(months, key=lambda key: (-int(key[0].replace("-", "")), key[1]))
        return [Part(k[1], min(months[k]), max(months[k]), len(months[k])) for k in newest_first]

"""What a laptop may ask of the readings: named queries with bound parameters, and nothing else.

The centre answers them by name (`POST /v1/read/{name}`) with the wells of the device's fields put in; the
transport that asks a site's ClickHouse itself sends the same texts. Times are UTC, `well` is the centre's
number. `FINAL`: the newest version of each row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    FailFast,
    Field,
    StringConstraints,
    TypeAdapter,
)

from app.models.readings import TIED

COLUMNS = "well_id, sensor_type, timestamp, value, quality, deleted"
_MINE = "well_id IN {wells:Array(UInt32)}"
_FIRST, _LAST = "{first:DateTime64(6, 'UTC')}", "{last:DateTime64(6, 'UTC')}"
_IN_PART = f"{_MINE} AND timestamp BETWEEN {_FIRST} AND {_LAST}"
_SINCE = "{since:DateTime64(6, 'UTC')}"


@dataclass(frozen=True)
class Query:
    name: str
    sql: str

    @property
    def parameters(self) -> frozenset[str]:
        return frozenset(re.findall(r"\{(\w+):", self.sql))

    def bound(self, asked: Asked) -> dict[str, object] | None:
        """The values of its parameters; None where one is not given."""
        given = {name: getattr(asked, name) for name in self.parameters}
        return None if any(value is None for value in given.values()) else given


# What DateTime64(6) holds.
FROM, TO = datetime(1900, 1, 1, tzinfo=UTC), datetime(2262, 1, 1, tzinfo=UTC)
Stored = Annotated[AwareDatetime, Field(ge=FROM, lt=TO)]


def _is_stored(text: str) -> str:
    """ClickHouse stops a whole answer over a thirteenth month."""
    if not FROM <= datetime.fromisoformat(text).replace(tzinfo=UTC) < TO:
        raise ValueError("out of what DateTime64 holds")
    return text


Announced = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?$"),
    AfterValidator(_is_stored),
]


_ANNOUNCED: TypeAdapter[str] = TypeAdapter(Announced)


def announced_at(told: object) -> str:
    """A moment as a store announces it. Raises ValueError."""
    return _ANNOUNCED.validate_python(told)


class Asked(BaseModel):
    """What the parameters of a query are set to. More than this is refused, also a name that no query has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    wells: Annotated[list[Annotated[int, Field(ge=0, lt=1 << 32)]], FailFast()] = Field(max_length=20_000)
    since: Stored | None = None
    first: Stored | None = None
    last: Stored | None = None
    after: Announced | None = None
    until: Announced | None = None
    target: Literal["sensor_readings", "dynamograms", "flow_rates"] | None = None


def _months(table: str, moment: str) -> str:
    return f"""SELECT well_id, min({moment}) AS first, max({moment}) AS last, count() AS n
        FROM wellside.{table} WHERE {_MINE} AND {moment} >= {_SINCE}
        GROUP BY well_id, toYYYYMM({moment}) ORDER BY toYYYYMM(max({moment})) DESC, well_id"""


NEWEST = Query(
    "newest",
    "SELECT count() AS n, toString(max(announced_at)) AS announced_at FROM wellside.ingest_log "
    f"WHERE {_MINE}",
)
MONTHS = Query("months", _months("sensor_readings", "timestamp"))
CARD_MONTHS = Query("card_months", _months("dynamograms", "taken_at"))
ANNOUNCED = Query(
    "announced",
    f"""SELECT well_id, min(first_at) AS first, max(last_at) AS last, sum(rows) AS n
        FROM wellside.ingest_log WHERE announced_at > toDateTime64({{after:String}}, 6, 'UTC')
        AND announced_at <= toDateTime64({{until:String}}, 6, 'UTC')
        AND target = {{target:String}} AND {_MINE}
        GROUP BY well_id, toYYYYMM(last_at) ORDER BY max(last_at) DESC""",
)
READINGS = Query(
    "readings",
    f"SELECT {COLUMNS} FROM wellside.sensor_readings FINAL WHERE {_IN_PART} "
    "ORDER BY well_id, sensor_type, timestamp",
)
# The lowest and the highest reading of each hour, at their own moments: real readings, only fewer.
COARSE = Query(
    "coarse",
    f"""SELECT DISTINCT well_id, sensor_type, at.1 AS timestamp, at.2 AS value, at.3 AS quality,
        at.4 AS deleted FROM (
        SELECT well_id, sensor_type, arrayJoin([argMin((timestamp, value, quality, deleted), value),
        argMax((timestamp, value, quality, deleted), value)]) AS at
        FROM (SELECT {COLUMNS} FROM wellside.sensor_readings FINAL WHERE {_IN_PART} AND quality = 0)
        GROUP BY well_id, sensor_type, toStartOfHour(timestamp)) ORDER BY well_id, sensor_type, timestamp""",
)
CARDS = Query(
    "cards",
    f"""SELECT card_id, well_id, taken_at, strokes_per_minute, position_m, load_n, deleted
        FROM wellside.dynamograms FINAL WHERE {_MINE} AND taken_at BETWEEN {_FIRST} AND {_LAST}
        ORDER BY taken_at""",
)
FLOW_RATES = Query(
    "flow_rates",
    f"""SELECT well_id, timestamp, record_id, liquid_m3_per_s, oil_kg_per_s, water_cut, gas_m3_per_s, valid
        FROM wellside.flow_rates FINAL WHERE {_IN_PART} AND deleted = 0 ORDER BY well_id, timestamp""",
)
HOURS = Query(
    "hours",
    f"""SELECT well_id, sensor_type, hour, low, high, mean, n FROM wellside.hours
        WHERE {_MINE} AND hour BETWEEN {_FIRST} AND {_LAST} ORDER BY well_id, sensor_type, hour""",
)
INGEST_LOG = Query(
    "ingest_log",
    f"""SELECT announced_at, target, well_id, first_at, last_at, rows FROM wellside.ingest_log
        WHERE {_MINE} AND announced_at BETWEEN {_FIRST} AND {_LAST} ORDER BY announced_at, well_id""",
)
# Exact on both sides: a power of two scales a double without rounding, and integers add in any order. By
# halves, for a double that is longer than 64 bits does not become an integer exactly there. `ties`: which
# value stands at which moment of which sensor (`models/store/central_readings` reckons the same).
SUMS = Query(
    "sums",
    f"""SELECT well_id, formatDateTime(month, '%Y-%m') AS month, count() AS n,
        toString(sum(toInt128(us))) AS times,
        toString(sum(toInt128(high)) * 4294967296 + sum(low)) AS levels, sum(quality) AS marks,
        toString(sum((tied * tied + placed + quality) % {TIED})) AS ties
        FROM (SELECT well_id, quality, toStartOfMonth(timestamp) AS month,
            toUnixTimestamp64Micro(timestamp) AS us,
            floor(least(greatest(toFloat64(value), -1e15), 1e15) * 1099511627776) AS level,
            floor(level / 4294967296) AS upper, toInt64(upper) AS high,
            toInt64(level - upper * 4294967296) AS low,
            toInt64((us % {TIED} * 251 + sensor_type) % {TIED}) AS placed,
            toInt64((placed * placed + high % {TIED} * 2 + low) % {TIED}) AS tied
            FROM wellside.sensor_readings FINAL WHERE {_MINE} AND timestamp >= {_SINCE} AND deleted = 0)
        GROUP BY well_id, month""",
)
CARD_SUMS = Query(
    "card_sums",
    f"""SELECT well_id, formatDateTime(taken_at, '%Y-%m') AS month, count() AS n,
        toString(sum(toInt64(reinterpretAsUInt32(reverse(unhex(substring(card_sha256, 1, 8)))))))
            AS hashes,
        toString(sum(toInt64(floor(strokes_per_minute * 1048576)))) AS speeds
        FROM wellside.dynamograms FINAL WHERE {_MINE} AND taken_at >= {_SINCE} AND deleted = 0
        GROUP BY well_id, month""",
)

# The newest night of each well; bodies are asked only of those that are not here yet.
MADE = Query("made", f"SELECT well_id, made_at FROM wellside.made_wells FINAL WHERE {_MINE} ORDER BY well_id")
MADE_BODIES = Query(
    "made_bodies",
    f"SELECT well_id, made_at, body FROM wellside.made_wells FINAL WHERE {_MINE} ORDER BY well_id",
)
MADE_SERIES = Query(
    "made_series",
    f"""SELECT well_id, made_at, quantity, timestamp, value, low, high, model FROM wellside.made_series FINAL
        WHERE {_MINE} AND made_at BETWEEN {_FIRST} AND {_LAST}
        ORDER BY well_id, quantity, made_at, timestamp""",
)

QUERIES: tuple[Query, ...] = (
    NEWEST,
    MONTHS,
    CARD_MONTHS,
    ANNOUNCED,
    READINGS,
    COARSE,
    CARDS,
    FLOW_RATES,
    HOURS,
    INGEST_LOG,
    SUMS,
    CARD_SUMS,
    MADE,
    MADE_BODIES,
    MADE_SERIES,
)

NAMED: dict[str, Query] = {query.name: query for query in QUERIES}

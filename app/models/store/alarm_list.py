"""Alarms as lists show them: what the readings found with what people did about it, in the states of
ANSI/ISA-18.2. An acknowledgement is of whatever alarm of its limit lasted at its moment, else of the first
that began within an hour of it: laptops that know other readings see it begin at other times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.clock import from_us, to_us
from app.models.alarms import PRIORITIES, STANDING, STATES, Alarm, Waiting
from app.models.store.database import Database


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for; empty is all. `wells` are numbers."""

    states: tuple[str, ...] = STANDING
    wells: tuple[int, ...] = ()
    field: str = ""
    pad: str | None = None
    priority: str = ""
    most: int = 500


_ALL = """
WITH found AS (SELECT * FROM alarm_episodes {of_wells}
), acts AS (
    SELECT well, pen, level, act, acted_at, raised_at, shelved_until, id,
        nullif(trim(coalesce(comment, '')), '') AS comment, nullif(trim(coalesce(who, '')), '') AS who
    FROM (SELECT coalesce(m.into_well, a.well) AS well, a.* EXCLUDE (well)
        FROM alarm_acts a LEFT JOIN merged_wells m ON m.well = a.well) {of_wells}
), shelf AS (
    SELECT well, pen, level, arg_max(act, (acted_at, id)) AS act,
        arg_max(coalesce(shelved_until, acted_at), (acted_at, id)) AS until,
        arg_max({{'who': who, 'comment': comment}}, (acted_at, id)) AS said
    FROM acts WHERE act IN ('shelve', 'unshelve') GROUP BY well, pen, level
), answers AS (SELECT * FROM acts WHERE act = 'acknowledge' AND raised_at IS NOT NULL
), during AS (
    SELECT a.*, CASE WHEN e.ended_at IS NULL OR a.raised_at < e.ended_at THEN e.began_at END AS of_began
    FROM answers a ASOF LEFT JOIN found e
        ON a.well = e.well AND a.pen = e.pen AND a.level = e.level AND a.raised_at >= e.began_at
), placed AS (
    SELECT * FROM during WHERE of_began IS NOT NULL
    UNION ALL SELECT a.* REPLACE (
        CASE WHEN n.began_at <= a.raised_at + INTERVAL 1 HOUR THEN n.began_at END AS of_began)
    FROM (SELECT * FROM during WHERE of_began IS NULL) a ASOF LEFT JOIN found n
        ON a.well = n.well AND a.pen = n.pen AND a.level = n.level AND a.raised_at < n.began_at
), acked AS (
    SELECT well, pen, level, of_began AS began_at, min(acted_at) AS at,
        list({{'at': acted_at, 'id': id, 'who': who, 'comment': comment}}) AS said
    FROM placed WHERE of_began IS NOT NULL GROUP BY well, pen, level, of_began
), lines AS (
    SELECT e.well, e.pen, e.level, coalesce(w.pen_name, '') AS pen_name,
        CASE WHEN e.ended_by = 'limit' THEN 'gone'
            WHEN s.act = 'shelve' AND s.until > $now AND (e.ended_at IS NULL OR k.at IS NULL) THEN 'shelved'
            WHEN e.ended_at IS NULL AND (e.raised_at IS NULL OR w.suppressed) THEN 'suppressed'
            WHEN e.ended_at IS NULL AND k.at IS NULL THEN 'unacknowledged'
            WHEN e.ended_at IS NULL THEN 'acknowledged'
            WHEN k.at IS NULL THEN 'returned_unacknowledged'
            ELSE 'returned' END AS state,
        coalesce(w.priority, 'medium') AS priority,
        CASE WHEN w.threshold = e.threshold THEN w.origin ELSE '' END AS origin,
        coalesce(w.quantity, 'number') AS quantity, e.began_at, e.raised_at, e.ended_at, e.furthest,
        e.threshold, w.last_value,
        CASE WHEN e.ended_at IS NULL AND (w.trouble <> ''
                OR w.known_until + to_microseconds(CAST(w.gap_s * 1e6 AS BIGINT)) < $now)
            THEN w.known_until END AS unknown_since,
        e.unknown_s, k.at AS acked_at, k.said,
        CASE WHEN s.act = 'shelve' AND s.until > $now THEN s.until END AS shelved_until,
        coalesce(s.said.who, '') AS shelved_by, coalesce(s.said.comment, '') AS shelved_because
    FROM found e
    LEFT JOIN alarm_watches w ON w.well = e.well AND w.pen = e.pen AND w.level = e.level
    LEFT JOIN shelf s ON s.well = e.well AND s.pen = e.pen AND s.level = e.level
    LEFT JOIN acked k ON k.well = e.well AND k.pen = e.pen AND k.level = e.level AND k.began_at = e.began_at
    UNION ALL
    SELECT a.well, a.pen, a.level, '', 'not_found', 'medium', '', 'number', a.raised_at, a.raised_at, NULL,
        0, 0, NULL, NULL, 0, min(a.acted_at),
        list({{'at': a.acted_at, 'id': a.id, 'who': a.who, 'comment': a.comment}}), NULL, '', ''
    FROM placed a WHERE a.of_began IS NULL
    GROUP BY a.well, a.pen, a.level, a.raised_at
), shown AS MATERIALIZED (SELECT l.* FROM lines l JOIN wells ON wells.id = l.well WHERE {where})
"""
_COLUMNS = """well, pen, level, pen_name, state, priority, origin, quantity, epoch_us(began_at),
    epoch_us(raised_at), epoch_us(ended_at), furthest, threshold, last_value, epoch_us(unknown_since),
    unknown_s, epoch_us(acked_at), said, epoch_us(shelved_until), shelved_by, shelved_because"""
_ORDER = (
    f"list_position({list(STATES)}, state), list_position({list(PRIORITIES)}, priority), "
    "coalesce(raised_at, began_at) DESC, well, pen, level"
)
_MOMENTS, _SAID = (8, 9, 10, 14, 16, 18), 17


def lines(database: Database, wanted: Wanted, now: datetime) -> list[Alarm]:
    """The beginning of the list: what nobody has acknowledged first, then by priority, the newest first."""
    return listed(database, wanted, now)[0]


def listed(database: Database, wanted: Wanted, now: datetime) -> tuple[list[Alarm], dict[str, int]]:
    """The beginning of the list, and how many of each state there are in the whole of it: one statement, for
    what people did is joined to what was found but once.
    """
    where, bound = _where(wanted, now)
    query = _all(wanted, where) + (
        f"SELECT {_COLUMNS}, (SELECT list({{'state': state, 'count': count}}) FROM "
        "(SELECT state, count(*) AS count FROM shown GROUP BY state)) "
        f"FROM shown ORDER BY {_ORDER} LIMIT $most"
    )
    with database.reading() as cursor:
        rows = cursor.execute(query, bound | {"most": wanted.most}).fetchall()
    counts = {one["state"]: one["count"] for one in rows[0][-1]} if rows else {}
    return [_alarm(row[:-1]) for row in rows], counts


def by_well(database: Database, now: datetime, wells: tuple[int, ...] = ()) -> dict[int, Waiting]:
    """The wells of which alarms wait for somebody; of all without `wells`."""
    wanted = Wanted(wells=wells)
    where, bound = _where(wanted, now)
    query = _all(wanted, where) + (
        "SELECT well, count(*), count(*) FILTER (state = 'unacknowledged') FROM shown GROUP BY well"
    )
    with database.reading() as cursor:
        return {well: Waiting(*told) for well, *told in cursor.execute(query, bound).fetchall()}


def _all(wanted: Wanted, where: str) -> str:
    """What is asked of a few wells is joined for these alone."""
    of_wells = "WHERE list_contains($wells, well)" if wanted.wells else ""
    return _ALL.format(of_wells=of_wells, where=where)


def _where(wanted: Wanted, now: datetime) -> tuple[str, dict[str, object]]:
    bound: dict[str, object] = {"now": from_us(to_us(now)).replace(tzinfo=None)}
    # What was found of a well before it went into another one is found there now.
    parts = ["l.well NOT IN (SELECT well FROM merged_wells)"]
    for name, value, says in (
        ("states", list(wanted.states), "list_contains($states, l.state)"),
        ("wells", list(wanted.wells), "list_contains($wells, l.well)"),
        ("field", wanted.field, "wells.field = $field"),
        ("priority", wanted.priority, "l.priority = $priority"),
    ):
        if value:
            parts.append(says)
            bound[name] = value
    if wanted.pad is not None:
        parts.append("wells.pad = $pad")
        bound["pad"] = wanted.pad
    return " AND ".join(parts), bound


def _alarm(row: tuple[Any, ...]) -> Alarm:
    """Of several answers every name and every comment is told, in the order in which they were given."""
    told: list[Any] = [
        from_us(us) if place in _MOMENTS and us is not None else us for place, us in enumerate(row)
    ]
    said = sorted(told.pop(_SAID) or [], key=lambda one: (one["at"], one["id"]))
    who, comments = (dict.fromkeys(one[part] for one in said if one[part]) for part in ("who", "comment"))
    told[_SAID:_SAID] = [", ".join(who), "; ".join(comments)]
    return Alarm(*told)

"""Tasks of the cache, and the entries that they are done by."""

from __future__ import annotations

from datetime import datetime

from app.core.clock import from_us
from app.models.kinds import KINDS
from app.models.records import PLANNED, Record
from app.models.store import kinds
from app.models.store.database import Database
from app.models.store.records import naive

OPEN = "coalesce(state, '') NOT IN ('done', 'cannot')"
_OF_T = "coalesce(t.state, '') NOT IN ('done', 'cannot')"
_OF_WELL = """coalesce(tm.into_well, t.well)
    = coalesce((SELECT into_well FROM merged_wells WHERE well = ?), ?)"""
_KIND = KINDS["task"]
# What is to be done → the table of what does it, its moment, and which of its rows do.
_DOES = {
    "flow_test": ("flow_tests", "k.taken_at", "coalesce(k.valid, true)"),
    "fluid_level": ("fluid_levels", "k.taken_at", "true"),
    "card": ("cards", "k.taken_at", "true"),
    "lab_result": ("lab_results", "k.sampled_at", "true"),
    "repair": (
        "workovers",
        "coalesce(k.ended_at, k.started_at)",
        "coalesce(nullif(k.state, ''), 'done') = 'done'",
    ),
}
_AFTER = {
    "workover": (
        "workovers",
        "coalesce(k.ended_at, k.started_at)",
        "coalesce(nullif(k.state, ''), 'done') = 'done'",
    ),
    "event": ("events", "coalesce(k.until, k.happened_at)", f"coalesce(k.state, '') <> '{PLANNED}'"),
}


def standing(database: Database) -> list[Record]:
    """Those that are still to be done, of all wells; that of a merged well under the well it went into."""
    return kinds.found(database, _KIND, OPEN)


def of_names(database: Database, names: list[str]) -> list[Record]:
    return kinds.found(database, _KIND, "list_contains(?, id)", [names]) if names else []


def closed_since(database: Database, since: datetime) -> list[Record]:
    """Done since then, or said since then that it cannot be."""
    where = """state = 'done' AND done_at >= ? OR state = 'cannot' AND id IN
        (SELECT record FROM record_versions WHERE saved_at >= ?)"""
    return kinds.found(database, _KIND, where, [naive(since), naive(since)])


def done_by(database: Database, entry: str) -> list[Record]:
    return kinds.found(database, _KIND, "state = 'done' AND done_by = ?", [entry])


def done_and_there(database: Database) -> set[str]:
    """The entries, of those that have done a task, that are still here."""
    tables = " UNION ALL ".join(f"SELECT id FROM {table}" for table, _, _ in _DOES.values())
    with database.reading() as cursor:
        found = cursor.execute(
            f"SELECT DISTINCT done_by FROM tasks WHERE state = 'done' AND done_by IN ({tables})"
        ).fetchall()
    return {str(name) for (name,) in found}


def does(database: Database, what: str = "", well: int | None = None) -> dict[str, tuple[str, datetime]]:
    """Task that is still to be done → the first entry since its window began that does it, and its moment.
    `what`, `well`: of these only; of all without.
    """
    answers: dict[str, tuple[str, datetime]] = {}
    here = "" if well is None else f" AND {_OF_WELL}"
    bound = [] if well is None else [well, well]
    with database.reading() as cursor:
        asked = [what] if what else _asked(cursor)
        for one in (one for one in asked if one in _DOES):
            rows = cursor.execute(_doing(one, f"{_OF_T}{here}"), [*bound, one]).fetchall()
            for task, at_us, entry in sorted(rows, key=lambda row: (row[1], row[2])):
                answers.setdefault(task, (entry, from_us(at_us)))
        if "check" in asked:
            answers |= _checked(cursor)
    return answers


def _asked(cursor: kinds.Cursor) -> list[str]:
    rows = cursor.execute(f"SELECT DISTINCT what FROM tasks WHERE {OPEN}").fetchall()
    return sorted(str(one) for (one,) in rows)


def still_does(database: Database, entry: str) -> set[str]:
    """The tasks closed by this entry that it does as it stands now: not by a plan, nor at another well."""
    with database.reading() as cursor:
        found = [
            cursor.execute(
                _doing(what, "t.state = 'done' AND t.done_by = k.id AND k.id = ?"), [entry, what]
            ).fetchall()
            for what in _DOES
        ]
    return {str(task) for rows in found for task, _, _ in rows}


def _doing(what: str, where: str) -> str:
    """SQL of task, moment, entry; what is done is its last parameter."""
    table, at, which = _DOES[what]
    return f"""SELECT t.id, epoch_us({at}), k.id FROM tasks t
        LEFT JOIN merged_wells tm ON tm.well = t.well
        JOIN {table} k ON {which} AND {at} >= t.from_at
        LEFT JOIN merged_wells m ON m.well = k.well
        WHERE {where} AND t.what = ?
            AND coalesce(tm.into_well, t.well) = coalesce(m.into_well, k.well)"""


def _checked(cursor: kinds.Cursor) -> dict[str, tuple[str, datetime]]:
    """A finding is checked when somebody has decided on it; the moment is that of the deciding."""
    rows = cursor.execute(
        f"""SELECT t.id, d.id, epoch_us(max(v.saved_at)) FROM tasks t JOIN finding_decisions d
            ON d.id = t.finding JOIN record_versions v ON v.record = d.id
            WHERE {_OF_T} AND t.what = 'check' GROUP BY t.id, d.id"""
    ).fetchall()
    return {task: (entry, from_us(at_us)) for task, entry, at_us in rows}


def last_done(database: Database, what: str) -> dict[int, datetime]:
    """Well → when it was done last, by whatever entry."""
    return _newest(database, *_DOES[what])


def happened(database: Database, kind: str, code: str) -> dict[int, datetime]:
    """Well → the end of the last workover, or event, of this code that is no plan."""
    table, at, which = _AFTER[kind]
    return _newest(database, table, at, f"{which} AND k.kind = ?", [code])


def _newest(
    database: Database, table: str, at: str, which: str, bound: list[str] | None = None
) -> dict[int, datetime]:
    with database.reading() as cursor:
        rows = cursor.execute(
            f"""SELECT coalesce(m.into_well, k.well), epoch_us(max({at})) FROM {table} k
                LEFT JOIN merged_wells m ON m.well = k.well WHERE {which} GROUP BY 1""",
            bound or [],
        ).fetchall()
    return {int(well): from_us(at_us) for well, at_us in rows if at_us is not None}


def last_found(database: Database, what: str, well: int) -> tuple[Record, ...]:
    """What was found last time: the newest record of that kind, a sample's results all of them."""
    if what not in KINDS:
        return ()
    found = kinds.of_well(database, KINDS[what], well)
    return tuple(one for one in found if one.at == found[0].at) if what == "lab_result" else tuple(found[:1])

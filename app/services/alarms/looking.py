"""Readings of a well against its limits, kept in the cache. New readings cost a day's; after late or
corrected ones, and after other limits, all are looked at again: the answer is the same.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, astuple, dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from app.analysis.alarms.watching import RATE_OVER_S, RATES, Carried, Episode, hourly_change, let_go, watch
from app.analysis.esp.modes import ON_HZ
from app.analysis.formula import Formula
from app.core.clock import from_us
from app.core.jobs import Job
from app.core.plain import as_json
from app.models.changes import ALARMS, Changed
from app.models.sensors import SENSORS
from app.models.store import alarms as store
from app.models.store import records, trends
from app.models.store.alarms import Mark, StoredEpisode, Watch
from app.models.wells import Well
from app.services.alarms.limits import UNTIL_NOW, Book, Watched, book
from app.services.alarms.pens import Pen
from app.services.wells.computed_pens import STEPS_S, cells_of
from app.services.workspace import Workspace

Floats = NDArray[np.float64]
Times = NDArray[np.int64]
WINDOW = timedelta(days=90)
"""So much of the readings is looked at; what was found before it stays while the cache does."""
DAY_US, HOUR_US = 86_400_000_000, 3_600_000_000
LEAD_US = 31 * DAY_US
"""What a mean over a window looks back to."""
RUNS_OVER = {"frequency": ON_HZ, "pumping_speed": 0.1 / 60.0, "motor_current": 2.0}
"""What tells whether a pump runs, the surest first, and from what on it does: a dead line shows nothing."""


@dataclass(frozen=True)
class _Looked:
    """What is read of a well: from `begin_us`, of which `again_us` on is looked at."""

    well: int
    begin_us: int
    again_us: int
    end_us: int
    step_us: dict[str, int]
    """Formula → the length of its cells."""


@dataclass(frozen=True)
class _Line:
    """What a limit is held against; `gap_s` is the longest silence that is no gap."""

    time_us: Times
    value: Floats
    stopped: NDArray[np.bool_]
    gap_s: float


@dataclass(frozen=True)
class _Held:
    """What is known before anything is read: of what there are series, a name of all rows, the mark."""

    series: list[trends.Series]
    rows: str
    mark: Mark | None


def look(workspace: Workspace, well: Well, job: Job | None = None) -> bool:
    """Whether anything is another now. What is dated after the last reading waits for it."""
    number, database = int(well.id), workspace.store
    rows = store.names_of_all_rows(database, number).get(number, "")
    held = _Held(trends.series_of(database, number), rows, store.mark(database, number))
    return _look(workspace, well, book(database, well), held, job)


def look_at_all(workspace: Workspace, job: Job | None = None) -> list[int]:
    """The wells of which something is another now."""
    database = workspace.store
    limits, series = book(database), trends.series_of_all(database)
    rows, marks = store.names_of_all_rows(database), store.marks(database)
    wells = records.wells(database)
    changed = []
    for done, well in enumerate(wells):
        if job is not None:
            job.report(done, len(wells), "job.alarms")
            job.check()
        number = int(well.id)
        held = _Held(series.get(number, []), rows.get(number, ""), marks.get(number))
        if _look(workspace, well, limits, held, job):
            changed.append(number)
    return changed


def field_looked_at(job: Job, workspace: Workspace) -> Changed | None:
    """`look_at_all` as a job of the window; None when nothing is another now."""
    return Changed(kinds=frozenset({ALARMS})) if look_at_all(workspace, job) else None


def well_looked_at(job: Job, workspace: Workspace, number: int) -> Changed | None:
    """`look` as a job of the window."""
    well = next((one for one in records.wells(workspace.store) if one.id == number), None)
    if well is None or not look(workspace, well, job):
        return None
    return Changed(number, frozenset({ALARMS}))


def _look(workspace: Workspace, well: Well, limits: Book, held: _Held, job: Job | None) -> bool:
    number, before = int(well.id), held.mark
    watched = [one for one in limits.of_well(well) if one.spans]
    if not held.series or not watched:
        if before is None or before.looked_at == "":
            return False
        store.renew(workspace.store, number, (), (), Mark(0, "", 0), again_from_us=None)
        return True
    steps = {one.key: _step(one.pen, held.series) for one in watched if one.pen and one.pen.formula}
    told = _told(watched, steps)
    was = _Was.read(before.looked_at) if before is not None and before.looked_at else None
    if was is not None and (was.told, was.rows) == (told, held.rows):
        return False
    last_us = max(one.last_us for one in held.series)
    first_us = max(min(one.first_us for one in held.series), last_us - int(WINDOW.total_seconds() * 1e6))
    sensors = sorted({SENSORS[key].number for one in watched if one.pen for key in one.pen.sensors})
    sensors += [SENSORS[key].number for key in RUNS_OVER]
    began_us = again_us = first_us
    carried: dict[tuple[str, str], Watch] = {}
    if (
        before is not None
        and was is not None
        and was.told == told
        and store.name_of_rows(workspace.store, number, sensors, was.began_us, before.from_us) == was.before
    ):
        began_us, again_us = was.began_us, before.from_us
        carried = store.watches_of(workspace.store, number)
    cut_us = max((last_us - HOUR_US) // DAY_US * DAY_US, again_us)
    lines = _Lines(workspace, _Looked(number, began_us, again_us, last_us, steps), job)
    found: list[StoredEpisode] = []
    watches: list[Watch] = []
    for one in watched:
        if job is not None:
            job.check()
        kept = carried.get((one.key, one.level))
        episodes, watch_ = _watched(number, one, lines, cut_us, _carried(kept))
        found += episodes
        watches.append(watch_)
    rows_before = store.name_of_rows(workspace.store, number, sensors, began_us, cut_us)
    mark = Mark(cut_us, _Was(told, began_us, rows_before, held.rows).written(), last_us)
    store.renew(workspace.store, number, found, watches, mark, again_from_us=again_us)
    return True


# ---- where to go on from -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Was:
    """What was looked at: limits, from when on, the readings before the mark, all readings of the well."""

    told: str
    began_us: int
    before: str
    rows: str

    @classmethod
    def read(cls, text: str) -> _Was:
        return cls(*json.loads(text))

    def written(self) -> str:
        return json.dumps([self.told, self.began_us, self.before, self.rows])


def _told(watched: list[Watched], steps: dict[str, int]) -> str:
    told = json.dumps([[one.told for one in watched], sorted(steps.items())])
    return hashlib.sha256(told.encode()).hexdigest()


def _step(pen: Pen, series: list[trends.Series]) -> int:
    """Cells in which the readings of a formula meet: no finer than the rarest of them comes."""
    numbers = {SENSORS[key].number for key in pen.sensors}
    asked = 1.5 * max((one.step_s for one in series if one.sensor in numbers), default=0.0)
    return int(next((step for step in STEPS_S if step >= asked), STEPS_S[-1]) * 1e6)


# ---- one limit ---------------------------------------------------------------------------------------------


def _watched(
    well: int, one: Watched, lines: _Lines, cut_us: int, carried: Carried
) -> tuple[list[StoredEpisode], Watch]:
    """Its alarms, and how it stands; what is carried is of the readings before `cut_us`."""
    ended: list[Episode] = []
    now = kept = carried
    gap_s = 0.0
    if one.pen is not None:
        line = lines.of(one.pen, one.level)
        gap_s = line.gap_s
        ended, kept = _through(one, lines, line, carried, lines.again_us, cut_us)
        more, now = _through(one, lines, line, kept, cut_us, UNTIL_NOW)
        ended += more
    lasting = [] if now.lasting is None else [now.lasting]
    episodes = [StoredEpisode(well, one.key, one.level, *astuple(episode)) for episode in (*ended, *lasting)]
    said = one.now
    trouble = said.trouble
    return episodes, Watch(
        well,
        one.key,
        one.level,
        said.name,
        said.priority,
        said.origin,
        said.record,
        one.pen.told_in if one.pen else "number",
        said.limit.threshold if said.limit else None,
        now.last_value,
        None if now.last_us is None else from_us(now.last_us),
        gap_s,
        now.suppressed,
        "" if trouble is None else json.dumps([trouble.code, as_json(trouble.details)], ensure_ascii=False),
        json.dumps(asdict(kept)),
    )


def _through(
    one: Watched, lines: _Lines, line: _Line, carried: Carried, from_us_: int, to_us: int
) -> tuple[list[Episode], Carried]:
    """The readings of [from, to), each against the limit of its time. Where none holds, no alarm lasts."""
    ended: list[Episode] = []
    at_us = from_us_
    for span in (one for one in one.spans if one.to_us > from_us_ and one.from_us < to_us):
        limit = span.said.limit
        if (span.from_us > at_us or limit is None) and at_us <= lines.end_us:
            ended += let_go(carried, at_us)
            carried = Carried()
        at_us, until_us = max(span.from_us, from_us_), min(span.to_us, to_us)
        if limit is not None:
            part = slice(*np.searchsorted(line.time_us, [at_us, until_us]).tolist())
            more, carried = watch(
                line.time_us[part], line.value[part], line.stopped[part], limit, line.gap_s, carried
            )
            ended += more
        at_us = until_us
    if at_us < to_us and at_us <= lines.end_us:
        ended += let_go(carried, at_us)
        carried = Carried()
    return ended, carried


def _carried(kept: Watch | None) -> Carried:
    if kept is None:
        return Carried()
    told = json.loads(kept.carried)
    opened = told.pop("open")
    return Carried(**told, open=None if opened is None else Episode(**opened))


# ---- readings ----------------------------------------------------------------------------------------------


class _Lines:
    """The good readings of a well, each sensor and each formula read once."""

    def __init__(self, workspace: Workspace, looked: _Looked, job: Job | None) -> None:
        self._workspace, self._looked, self._job = workspace, looked, job
        self._read: dict[str, tuple[Times, Floats]] = {}

    @property
    def again_us(self) -> int:
        return self._looked.again_us

    @property
    def end_us(self) -> int:
        return self._looked.end_us

    def of(self, pen: Pen, level: str) -> _Line:
        """How fast it changes for a limit of changes."""
        if pen.formula is None:
            (time_us, value), gap_s = self._sensor(pen.key), pen.gap_s
        else:
            time_us, value = self._formula(pen, pen.formula)
            gap_s = max(pen.gap_s, 2 * self._looked.step_us[pen.key] / 1e6)
        if level in RATES:
            value = hourly_change(time_us, value, gap_s)
        known = (time_us >= self.again_us) & np.isfinite(value)
        return _Line(time_us[known], value[known], self._stopped(time_us[known]), gap_s)

    def _stopped(self, time_us: Times) -> NDArray[np.bool_]:
        """Whether the pump is known to stand at each moment, by the surest line that is not silent then: not
        known is not stopped.
        """
        stopped, unknown = np.zeros(len(time_us), bool), np.ones(len(time_us), bool)
        for key, least in RUNS_OVER.items():
            if not unknown.any():
                break
            told_us, value = self._sensor(key)
            if not len(told_us):
                continue
            last = np.searchsorted(told_us, time_us, side="right") - 1
            place = np.maximum(last, 0)
            told = unknown & (last >= 0) & (time_us - told_us[place] <= SENSORS[key].gap_s * 1e6)
            stopped |= told & (value[place] <= least)
            unknown &= ~told
        return stopped

    def _sensor(self, key: str) -> tuple[Times, Floats]:
        """With what a change over an hour looks back to."""
        if key not in self._read:
            sensor, looked = SENSORS[key], self._looked
            lead_us = int((RATE_OVER_S + sensor.gap_s) * 1e6)
            begin_us = max(looked.again_us - lead_us, looked.begin_us)
            t, v, q = trends.samples(
                self._workspace.store, looked.well, sensor.number, begin_us, looked.end_us, self._job
            )
            good = (q == 0) & np.isfinite(v)
            self._read[key] = t[good].astype(np.int64), v[good].astype(np.float64)
        return self._read[key]

    def _formula(self, pen: Pen, formula: Formula) -> tuple[Times, Floats]:
        """Each cell at its end, when it is known; the last one is not whole yet."""
        if pen.key in self._read:
            return self._read[pen.key]
        looked, step_us = self._looked, self._looked.step_us[pen.key]
        begin_us = max(looked.again_us - LEAD_US, looked.begin_us) // step_us * step_us
        count = max(int((looked.end_us - begin_us) // step_us), 3)
        window = (begin_us, looked.end_us)
        there = cells_of(self._workspace, looked.well, pen.sensors, window, step_us, count, self._job)
        time_us = begin_us + (np.arange(count, dtype=np.int64) + 1) * step_us
        self._read[pen.key] = time_us, formula.of(there).value
        return self._read[pen.key]

"""Each run of a pump from its start to its pull: why it was pulled, what failed and why, its serial numbers
and what was found when it was taken apart.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from app.analysis.forecast.run_figures import YEAR_DAYS, RunFigures, run_figures
from app.core.clock import EPOCH
from app.core.units import DAY_S
from app.models.failure_codes import FailureCodes
from app.models.kinds import KINDS
from app.models.records import PLANNED, Record
from app.models.store import kinds, records
from app.models.values import Values, rows_of, text_of
from app.models.wells import Installation, Well
from app.services.workspace import Workspace

NAMES = ("pump_name", "pump_type")
PARTS = (*NAMES, "pump", "rod_pump", "esp", "pcp", "jet", "stages")
STARTS_WITHIN = timedelta(days=60)
TAKEN_APART_WITHIN = timedelta(days=365)
SAID = ("pulled_because", "failed_item", "failure_cause")
"""What is said of the end of a run."""
OF_RUNS = (*PARTS, *SAID, "serials", "failed")
"""An equipment change that says something of these is a run of a pump, also where nobody wrote which one was
pulled; another one is a change beside it.
"""


@dataclass(frozen=True)
class PumpRun:
    """`ended`: when it was pulled, or, where nobody said that, when the next pump was run in (`is_guessed`);
    None while it runs, and where it was pulled on a day that nobody wrote (`is_undated`). `failed` is None
    where nobody said it.
    """

    well: Well
    installation: Installation
    started: datetime
    ended: datetime | None
    failed: bool | None
    is_guessed: bool = False
    teardowns: tuple[Record, ...] = ()

    @property
    def pump(self) -> str:
        told = self.installation.equipment
        return next((text_of(told, name) for name in NAMES if text_of(told, name)), "")

    @property
    def is_undated(self) -> bool:
        """Why it was pulled is written, and not when: it does not run, and how long it did is not known."""
        return self.ended is None and _says_a_pull(self.installation.equipment)

    @property
    def runs(self) -> bool:
        return self.ended is None and not self.is_undated

    @property
    def state(self) -> str:
        """runs, undated, failed, not_failed, unsaid, or guessed where nobody wrote the pull."""
        if self.ended is None:
            return "undated" if self.is_undated else "runs"
        if self.is_guessed:
            return "guessed"
        return {True: "failed", False: "not_failed", None: "unsaid"}[self.failed]

    @property
    def serials(self) -> tuple[tuple[str, str], ...]:
        told = rows_of(self.installation.equipment, "serials")
        return tuple((text_of(row, "item"), text_of(row, "serial")) for row in told)

    def said(self, key: str) -> str:
        """What the run says, else what was found when the pump was taken apart."""
        own = text_of(self.installation.equipment, key)
        torn = {"failed_item": "failed_item", "failure_cause": "cause"}.get(key, "")
        found = (text_of(one.values, torn) for one in self.teardowns) if torn else iter(())
        return own or next((one for one in found if one), "")

    def days(self, now: datetime) -> float | None:
        """None: nobody knows."""
        if self.is_undated:
            return None
        return max(0.0, ((self.ended or now) - self.started).total_seconds() / DAY_S)


def runs(workspace: Workspace, wells: list[Well] | None = None) -> list[PumpRun]:
    """Of these wells, of all without; by well, oldest first."""
    found: list[PumpRun] = []
    known = records.wells(workspace.store) if wells is None else wells
    by_well: dict[int, list[Installation]] = {}
    for installation in records.installations(workspace.store):
        if any(installation.equipment.get(part) for part in OF_RUNS):
            by_well.setdefault(int(installation.well), []).append(installation)
    starts = _by_well(kinds.found(workspace.store, KINDS["event"], "kind = 'start'"))
    torn = _by_well(kinds.found(workspace.store, KINDS["teardown"], "true"))
    for well in known:
        number = int(well.id)
        found += _of_well(well, by_well.get(number, []), starts.get(number, []), torn.get(number, []))
    return found


def _by_well(told: list[Record]) -> dict[int, list[Record]]:
    """Oldest first."""
    found: dict[int, list[Record]] = {}
    for record in reversed(told):
        if record.values.get("state") != PLANNED:
            found.setdefault(record.well_id, []).append(record)
    return found


def _of_well(
    well: Well, installed: list[Installation], starts: list[Record], torn: list[Record]
) -> list[PumpRun]:
    found = []
    for one, following in zip(installed, [*installed[1:], None][: len(installed)], strict=True):
        ended, guessed = one.pulled_at, False
        if following is not None and (ended is None or ended > following.run_at):
            ended, guessed = following.run_at, ended is None
        until = min(ended or datetime.max.replace(tzinfo=one.run_at.tzinfo), one.run_at + STARTS_WITHIN)
        started = next((event.at for event in starts if one.run_at <= event.at < until), one.run_at)
        told = one.equipment.get("failed")
        pulled = ended is not None or _says_a_pull(one.equipment)
        failed = told if isinstance(told, bool) and pulled else None
        found.append(
            PumpRun(well, one, started, ended, failed, guessed, _taken_apart(one, ended, following, torn))
        )
    return found


def _says_a_pull(told: Values) -> bool:
    return told.get("failed") is True or any(text_of(told, key) for key in SAID)


def _taken_apart(
    one: Installation, ended: datetime | None, following: Installation | None, torn: list[Record]
) -> tuple[Record, ...]:
    """After its pull and before the next one's; of what has a serial number that of this run."""
    mine = {text_of(row, "serial") for row in rows_of(one.equipment, "serials")}
    if ended is None:
        return ()
    last = ended + TAKEN_APART_WITHIN
    if following is not None and following.pulled_at is not None:
        last = min(last, following.pulled_at)
    return tuple(
        record
        for record in torn
        if ended <= record.at < last and text_of(record.values, "serial") in ("", *mine)
    )


def as_installation(one: PumpRun) -> Installation:
    """For the survival curve, which counts a pulled pump as failed where nobody said: that it made way for
    the next one says no failure.
    """
    told = {**one.installation.equipment, **({"failed": False} if one.is_guessed else {})}
    return replace(one.installation, run_at=one.started, pulled_at=one.ended, equipment=told)


def figures(found: list[PumpRun], now: datetime, window_days: float = YEAR_DAYS) -> RunFigures:
    """What nobody said to have failed counts as pulled, not as failed; what was pulled on a day that nobody
    wrote does not count.
    """
    found = [one for one in found if not one.is_undated]
    began = np.array([_day(one.started) for one in found])
    ended = np.array([np.nan if one.ended is None else _day(one.ended) for one in found])
    failed = np.array([one.failed is True for one in found], bool)
    return run_figures(began, ended, failed, _day(now), window_days)


def _day(moment: datetime) -> float:
    return (moment - EPOCH).total_seconds() / DAY_S


def of_serial(found: list[PumpRun], serial: str) -> list[PumpRun]:
    """The runs of one piece of equipment, through whatever wells it went, oldest first."""
    wanted = _folded(serial)
    return _by_start([one for one in found if any(_folded(number) == wanted for _, number in one.serials)])


@dataclass(frozen=True)
class Counted:
    """What was said under a key of SAID of pumps that were pulled, the most frequent first; of `unsaid` runs
    nobody said it.
    """

    key: str
    counts: tuple[tuple[str, int], ...]
    unsaid: int


def counted(found: list[PumpRun], codes: FailureCodes) -> tuple[Counted, ...]:
    """Words of either language that mean one code are one; what failed is asked of failures alone."""
    told = []
    for key in SAID:
        asked = [one for one in found if not one.runs and (key == SAID[0] or one.failed is True)]
        said = Counter(codes.code(key, one.said(key)) for one in asked)
        unsaid = said.pop("", 0)
        told.append(Counted(key, tuple(sorted(said.items(), key=lambda one: (-one[1], one[0]))), unsaid))
    return tuple(told)


def travelled(found: list[PumpRun]) -> list[tuple[str, str, tuple[PumpRun, ...]]]:
    """Item, serial number and its runs, oldest first, of what was run in more than once."""
    each: dict[str, tuple[str, str, list[PumpRun]]] = {}
    for one in found:
        for item, number in one.serials:
            *_, runs = each.setdefault(_folded(number), (item, number.strip(), []))
            if one not in runs[-1:]:  # a number may stand in a run twice
                runs.append(one)
    each.pop("", None)
    return [(item, number, tuple(_by_start(runs))) for item, number, runs in each.values() if len(runs) > 1]


def _by_start(runs: list[PumpRun]) -> list[PumpRun]:
    return sorted(runs, key=lambda one: one.started)


def _folded(serial: str) -> str:
    """Alike however its letters are and whatever stands around it."""
    return serial.strip().casefold()

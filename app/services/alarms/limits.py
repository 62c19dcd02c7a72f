"""Which limits a well has, and since when: its own, else those of its lift, its pad, its field; else those of
the equipment that is in it. Whoever is nearer to the well may say another one, or that it is not for here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from app.analysis.alarms.watching import Limit
from app.core.clock import to_us
from app.core.errors import KnownError
from app.models.kinds import KINDS
from app.models.kinds.alarmed import SCOPES
from app.models.records import Record
from app.models.store import kinds, records
from app.models.store.database import Database
from app.models.values import number_of, part_of, text_of
from app.models.wells import ESP, Installation, Well
from app.services.alarms.pens import Pen, limit_of, pen_of

KIND = "alarm_limit"
OF_EQUIPMENT = "equipment"
UNTIL_NOW = 1 << 62
NEAR_K = 10.0
"""So much below what a winding or a cable stands is high: time to act before the controller does."""
OVERLOAD, NEAR_OVERLOAD = 1.15, 1.05
"""Of the rated current: where controllers are usually set to stop the motor, and before that."""
INSULATION_OHM = {"low": 1e6, "low_low": 50e3}
"""Where controllers warn, and where they stop (esp.md, row 14)."""
Key = tuple[str, str]
"""A pen and a level."""


@dataclass(frozen=True)
class Said:
    """What holds from a moment on: a limit, or none. `trouble`: why it cannot be watched."""

    limit: Limit | None
    origin: str = ""
    record: str = ""
    priority: str = "medium"
    name: str = ""
    trouble: KnownError | None = None


NOTHING = Said(None)


@dataclass(frozen=True)
class Span:
    from_us: int
    to_us: int
    said: Said


@dataclass(frozen=True)
class Watched:
    """One limit of one well through time; spans without one are left out. `pen` is None where nobody can read
    it.
    """

    key: str
    level: str
    pen: Pen | None
    spans: tuple[Span, ...]

    @property
    def now(self) -> Said:
        """What holds now, or NOTHING."""
        last = self.spans[-1] if self.spans else None
        return last.said if last is not None and last.to_us == UNTIL_NOW else NOTHING

    @property
    def told(self) -> str:
        """A name of all that decides what is found and told: another one, another answer."""
        parts = [[one.from_us, one.to_us, repr(one.said)] for one in self.spans]
        return json.dumps([self.key, self.level, parts])


@dataclass
class Book:
    """Every limit that people set, read once for all wells."""

    by_field: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    runs: dict[int, list[Installation]] = field(default_factory=lambda: defaultdict(list))
    pens: dict[str, Pen | KnownError] = field(default_factory=dict)

    def of_well(self, well: Well) -> list[Watched]:
        """In the order of pens and levels."""
        said: dict[Key, dict[str, list[tuple[int, Said]]]] = defaultdict(lambda: defaultdict(list))
        for key, at_us, one in _of_equipment(self.runs[int(well.id)]):
            said[key][OF_EQUIPMENT].append((at_us, one))
        if well.lift == ESP:
            for level, ohm in INSULATION_OHM.items():
                limit = Limit(level, ohm, when_stopped=True)
                said["insulation_resistance", level][OF_EQUIPMENT].append((0, _of_its_own(limit)))
        for record in self.by_field[well.field_name]:
            if _is_for(record, well):
                scope = text_of(record.values, "scope")
                pen, level = text_of(record.values, "pen"), text_of(record.values, "level")
                said[pen, level][scope].append((to_us(record.at), self._said(record, pen, level)))
        return [Watched(pen, level, self._pen(pen), _spans(said[pen, level])) for pen, level in sorted(said)]

    def _pen(self, key: str) -> Pen | None:
        found = self._found(key)
        return None if isinstance(found, KnownError) else found

    def _found(self, key: str) -> Pen | KnownError:
        if key not in self.pens:
            try:
                self.pens[key] = pen_of(key)
            except KnownError as error:
                self.pens[key] = error
        return self.pens[key]

    def _said(self, record: Record, key: str, level: str) -> Said:
        values = record.values
        says = text_of(values, "says") or "limit"
        if says != "limit":
            return Said(None, says)
        priority, name = text_of(values, "alarm_priority") or "medium", text_of(values, "pen_name")
        told = Said(None, text_of(values, "scope"), record.id, priority, name)
        pen = self._found(key)
        try:
            if isinstance(pen, KnownError):
                raise pen
            return replace(told, limit=limit_of(pen, level, values))
        except KnownError as error:
            return replace(told, trouble=error)


def book(store: Database, well: Well | None = None) -> Book:
    """`well`: whose equipment is read; of all without."""
    made = Book()
    every = {int(one.id): one for one in records.wells(store)}
    for record in kinds.found(store, KINDS[KIND], "true"):
        at = every.get(record.well_id)
        if at is not None:
            made.by_field[at.field_name].append(record)
    runs = records.installations(store) if well is None else records.installations_of(store, int(well.id))
    for run in runs:
        made.runs[int(run.well)].append(run)
    return made


def _is_for(record: Record, well: Well) -> bool:
    scope, named = text_of(record.values, "scope"), text_of(record.values, "scope_of")
    if scope == "well":
        return record.well_id == int(well.id)
    return {"lift": well.lift == named, "pad": well.pad == named, "field": True}.get(scope, False)


def _spans(said: dict[str, list[tuple[int, Said]]]) -> tuple[Span, ...]:
    """By whose word it is at each moment; neighbours that say the same are one."""
    ordered = [sorted(said[scope], key=lambda one: one[0]) for scope in (*SCOPES, OF_EQUIPMENT)]
    moments = sorted({at_us for words in ordered for at_us, _ in words})
    spans: list[Span] = []
    for at_us, until_us in zip(moments, [*moments[1:], UNTIL_NOW], strict=True):
        now = next((one for words in ordered if (one := _then(words, at_us)) is not None), NOTHING)
        if spans and spans[-1].said == now and spans[-1].to_us == at_us:
            spans[-1] = replace(spans[-1], to_us=until_us)
        else:
            spans.append(Span(at_us, until_us, now))
    return tuple(one for one in spans if one.said.limit is not None or one.said.trouble is not None)


def _then(words: list[tuple[int, Said]], at_us: int) -> Said | None:
    """None where this one leaves it to the next further from the well."""
    last = next((one for moment, one in reversed(words) if moment <= at_us), None)
    return None if last is None or last.origin == "inherit" else last


# ---- what the equipment says -------------------------------------------------------------------------------


def _of_equipment(runs: list[Installation]) -> list[tuple[Key, int, Said]]:
    """From run to pull, or to the next run, of each thing that bears a rating."""
    found: list[tuple[Key, int, Said]] = []
    rated: set[Key] = set()
    none = Said(None, OF_EQUIPMENT)
    ordered = sorted(runs, key=lambda one: one.run_at)
    for run, following in zip_longest(ordered, ordered[1:]):
        at_us, ratings = to_us(run.run_at), _ratings(run)
        # What is run in without a rating leaves that of the one before no longer in force.
        found += [(key, at_us, none) for key in rated]
        found += [(key, at_us, _of_its_own(limit, run.id)) for key, limit in ratings]
        if run.pulled_at is not None and (following is None or run.pulled_at <= following.run_at):
            found += [(key, to_us(run.pulled_at), none) for key, _ in ratings]
        rated.update(key for key, _ in ratings)
    return sorted(found, key=lambda one: (one[1], one[2].limit is not None))


def _of_its_own(limit: Limit, record: str = "") -> Said:
    """The outer limit, at which controllers stop the pump, is the urgent one."""
    urgent = limit.level in ("high_high", "low_low")
    return Said(limit, OF_EQUIPMENT, record, "high" if urgent else "medium")


def _ratings(run: Installation) -> list[tuple[Key, Limit]]:
    motor, esp = run.part("motor"), run.part("esp")
    found: list[tuple[Key, Limit]] = []
    winding = number_of(esp, "motor_temperature_limit_k") or number_of(motor, "limit_temperature_k")
    if winding:
        found.append((("motor_temperature", "high_high"), Limit("high_high", winding, 2.0, 60.0)))
        found.append((("motor_temperature", "high"), Limit("high", winding - NEAR_K, 2.0, 300.0)))
    cable = number_of(esp, "cable_temperature_limit_k")
    if cable:
        found.append((("intake_temperature", "high_high"), Limit("high_high", cable, 2.0, 60.0)))
    rated = number_of(run.equipment, "rated_current_a") or number_of(motor, "rated_current_a")
    if rated:
        band = 0.02 * rated
        found.append((("motor_current", "high_high"), Limit("high_high", OVERLOAD * rated, band, 60.0)))
        found.append((("motor_current", "high"), Limit("high", NEAR_OVERLOAD * rated, band, 300.0)))
    speed = number_of(part_of(run.equipment, "pcp"), "highest_speed_per_s")
    if speed:
        found.append((("pumping_speed", "high_high"), Limit("high_high", speed, 0.02 * speed, 60.0)))
    return found

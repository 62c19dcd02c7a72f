"""Laptops, a centre and the network between them, for as many steps as a seed says: what people, machines and
administrators do in a year, in no particular order.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.jobs import Job
from app.models import readable
from app.models.entries import UNSENT, Entry, State
from app.models.journal import Journal
from app.models.wells import well_uid
from app.services.centre import conflicts
from app.services.records.entries import _seen_version
from app.sync import engine, pull
from app.sync.carried import Subscription
from app.sync.engine import Parts, SyncReport
from tests.faults.simulated.centre import Centre, Died, Line
from tests.faults.simulated.light_cache import LightCache

BEGUN = datetime(2026, 11, 1, 12, tzinfo=UTC)
FIELDS = ("Северное", "Южное")
WELLS = tuple((name, field) for field in FIELDS for name in ("1", "2"))
VALUES: dict[str, Callable[[random.Random], dict[str, Any]]] = {
    "flow_test": lambda rng: {
        "liquid_m3_per_s": rng.randrange(1, 99) / 1e4,
        "duration_s": 3600.0,
        "water_cut": rng.choice((0.1, 0.5, 0.9)),
    },
    "note": lambda rng: {"text": f"заметка {rng.randrange(9)}", "author": "A"},
    "finding_decision": lambda rng: {
        "decision": rng.choice(("accepted", "rejected")),
        "reason": rng.choice(("", "меняли датчик")),
        "code": "pump_off",
        "severity": "act",
        "confidence": rng.random(),
    },
    "fluid_level": lambda rng: {"level": "dynamic", "level_m": rng.randrange(100, 2_000) * 1.0},
}
NEWER = "fluid_level"
"""A kind that a laptop of an older version does not know."""
POISON = {"liquid_m3_per_s": -5.0, "duration_s": 3600.0}


def key_of(name: str, field: str) -> dict[str, str]:
    return {"uid": well_uid(field, "", name), "field": field, "pad": "", "name": name}


@dataclass
class Laptop:
    name: str
    journal: Journal
    line: Line
    rng: random.Random
    store: LightCache = field(default_factory=LightCache)
    ahead: timedelta = timedelta()
    older: bool = False
    busy: bool = False
    saved: dict[str, str] = field(default_factory=dict)
    """Entry → hash, of all that was said to be saved."""

    @property
    def fields(self) -> tuple[str, ...]:
        return self.line.device.fields

    def clock(self) -> datetime:
        return self.line.centre.clock() + self.ahead

    @property
    def workspace(self) -> Any:
        """As much of one as the services ask for."""
        return SimpleNamespace(store=self.store, journal=self.journal, settings={"author": self.name})

    def sync(self) -> SyncReport:
        self.busy = True
        try:
            return self._sync()
        finally:
            self.busy = False

    def _sync(self) -> SyncReport:
        with reading_as(older=self.older):
            return engine.sync(
                Job(),
                Parts(
                    self.store,  # type: ignore[arg-type]
                    self.journal,
                    self.clock,
                    self.rng,
                    lambda _: None,
                    lambda card, well: None,  # type: ignore[arg-type,return-value]
                    Subscription(),
                    self.line,
                    self.line,
                ),
            )

    def unsent(self) -> set[str]:
        return {entry.id for entry in self.journal.entries(*UNSENT)}


_OF_NOW = readable.not_readable, readable.reader


def _not_readable_to_older(topic: str, body: Mapping[str, object]) -> str:
    said, _ = _OF_NOW
    return "kind" if topic == "record" and body.get("kind") == NEWER else said(topic, body)


class reading_as:  # noqa: N801 - reads as a word of the sentence
    """Within it the program is of an earlier version, or of this one, whatever that of another laptop is in
    the middle of whose sync it is begun.
    """

    def __init__(self, *, older: bool) -> None:
        self._older = older

    def __enter__(self) -> None:
        self._before = readable.not_readable, readable.reader
        readable.not_readable, readable.reader = _OF_NOW
        if self._older:
            readable.not_readable = _not_readable_to_older
            readable.reader = lambda: "older"  # type: ignore[assignment]

    def __exit__(self, *_: object) -> None:
        readable.not_readable, readable.reader = self._before


class World:
    """`did` tells the steps, for whoever looks for what went wrong. `quiet`: one writer comes after the
    other.
    """

    def __init__(self, seed: int, journals: list[Journal]) -> None:
        self.rng, self.now = random.Random(seed), BEGUN
        self.centre = Centre(lambda: self.now, self._meanwhile)
        self.quiet, self._between = False, random.Random(seed * 17)
        self.did: list[str] = []
        self.laptops = []
        for number, journal in enumerate(journals):
            rng = random.Random(seed * 31 + number)
            laptop = Laptop(f"laptop {number}", journal, Line(self.centre, rng), rng)
            journal._file.clock = laptop.clock
            self.laptops.append(laptop)

    def _some_fields(self) -> tuple[str, ...]:
        return self.rng.choice((FIELDS, FIELDS, FIELDS[:1], FIELDS[1:]))

    def begins(self) -> None:
        """With something to talk about, and a copy of it."""
        self.centre.begins()
        for laptop in self.laptops:
            laptop.line.device = self.centre.admits(laptop.name, self._some_fields())
            laptop.older = self.rng.random() < 0.2
        for laptop in self.laptops:
            for _ in range(2):
                saves(self, laptop)
            laptop.sync()
        self.laptops[0].sync()
        self.centre.backs_up()

    def _meanwhile(self) -> None:
        """A replica of the centre has its numbers and has not committed; others go on."""
        chance = self._between.random()
        if self.quiet or chance > 0.3:
            return
        self.quiet = True
        try:
            self._others_go_on(chance)
        finally:
            self.quiet = False

    def _others_go_on(self, chance: float) -> None:
        if chance < 0.03:
            self.did.append("a replica is killed")
            raise KnownError("centre_unreachable", retry=True, reason="the replica is gone")
        if chance < 0.06:
            self.did.append("a replica is slow and taken for gone")
            self.centre.gives_up_turns()
        other = self._between.choice(self.laptops)
        before = other.line.fails, other.line.dies_in
        self.did.append(f"meanwhile {other.name}")
        if other.busy:
            return
        other.line.fails, other.line.dies_in = 0.0, -1
        saves(self, other)
        other.sync()
        other.line.fails, other.line.dies_in = before

    def step(self) -> None:
        laptop = self.rng.choice(self.laptops)
        what = self.rng.choices(list(STEPS), list(STEPS.values()))[0]
        self.now += timedelta(seconds=self.rng.choice((1, 60, 3_600, 86_400)))
        self.did.append(f"{laptop.name}: {what.__name__} {what(self, laptop) or ''}")

    def heals(self) -> None:
        """The network is well, clocks are right, programs are new, and people decide what they are asked."""
        self.did.append("all heals")
        self.quiet = True
        self.centre.gives_up_turns()
        for laptop in self.laptops:
            laptop.line.fails, laptop.line.dies_in, laptop.ahead = 0.0, -1, timedelta()
            upgraded(self, laptop)
        for _ in range(8):
            self.now += timedelta(days=2)
            reports = [laptop.sync() for laptop in self.laptops]
            for report in reports:
                assert not report.problems, report.problems
                assert not report.record_differences, "only the comparison found it"
            asked = [decides(self, laptop) for laptop in self.laptops]
            if not any(asked) and not any(_is_busy(report) for report in reports):
                return
        raise AssertionError(f"they do not come to rest: {[vars(r.pulled) for r in reports]}")


def _is_busy(report: SyncReport) -> bool:
    return bool(report.pushed.sent or report.pushed.merged or report.pulled.changes or report.set_back)


# ---- what people do ----------------------------------------------------------------------------------------


def saves(world: World, laptop: Laptop) -> str:
    kind = world.rng.choice([kind for kind in VALUES if not (laptop.older and kind == NEWER)])
    name, field = world.rng.choice([well for well in WELLS if well[1] in laptop.fields])
    attached = ((f"{len(laptop.saved)}.txt", world.rng.randbytes(99)),) if world.rng.random() < 0.2 else ()
    body = {
        "record": new_id(),
        "kind": kind,
        "well": 1,
        "at": "2026-10-20T08:00:00Z",
        "until": None,
        "values": VALUES[kind](world.rng),
        "action": "saved",
        "author": laptop.name,
        "well_key": key_of(name, field),
    }
    return _added(laptop, body, attached)


def edits(world: World, laptop: Laptop, record: str = "") -> str:
    """One value or several; sometimes another well, sometimes it is removed."""
    known = {n: b for n, b in laptop.store.shown.items() if not (laptop.older and b["kind"] == NEWER)}
    if not known:
        return saves(world, laptop)
    before = known.get(record) or known[world.rng.choice(sorted(known))]
    new = VALUES[before["kind"]](world.rng)
    changed = {key: new[key] for key in world.rng.sample(list(new), world.rng.randint(1, len(new)))}
    body = {**before, "values": {**before["values"], **changed}, "author": laptop.name}
    if world.rng.random() < 0.15:
        name, field = world.rng.choice([well for well in WELLS if well[1] in laptop.fields])
        body["well_key"] = key_of(name, field)
    if world.rng.random() < 0.1:
        body["action"] = "removed"
    return _added(laptop, body)


def both_edit(world: World, laptop: Laptop) -> str:
    """One record, before either has heard of the other."""
    first, second = world.laptops
    both = sorted(set(first.store.shown) & set(second.store.shown))
    if not both:
        return saves(world, laptop)
    one = world.rng.choice(both)
    return f"{edits(world, first, one)} and {edits(world, second, one)}"


def enters_poison(world: World, laptop: Laptop) -> str:
    """As a program did that knew no limits."""
    name, field = world.rng.choice([well for well in WELLS if well[1] in laptop.fields])
    body = {"record": new_id(), "kind": "flow_test", "well": 1, "at": "2026-10-20T08:00:00Z", "until": None}
    more = {"values": POISON, "action": "saved", "author": "", "well_key": key_of(name, field)}
    return _added(laptop, body | more)


def _added(laptop: Laptop, body: dict[str, Any], attached: tuple[tuple[str, bytes], ...] = ()) -> str:
    before = laptop.journal.last_of_record(body["record"])
    entry = laptop.journal.add(
        "record",
        body,
        attached,
        supersedes=before.id if before else None,
        base=_seen_version(laptop.workspace, body["record"], before),
    )
    laptop.saved[entry.id] = entry.payload_sha256
    laptop.store.saves(body)
    return f"{body['record'][-4:]} {body['values']} {body['action']} {body['well_key']['field']}"


def decides(_: World, laptop: Laptop) -> str:
    """Mine or theirs, of every field that is asked for."""
    decided = 0
    while found := conflicts.open_conflicts(laptop.workspace):
        one = found[0]
        chosen = {asked.field: laptop.rng.choice(("mine", "theirs")) for asked in one.fields}
        conflicts.resolve(laptop.workspace, one.entry_id, chosen)
        made = laptop.journal.last_of_record(one.record_id)
        assert made is not None
        laptop.saved[made.id] = made.payload_sha256
        decided += 1
    return f"{decided} decided" if decided else ""


def syncs(world: World, laptop: Laptop) -> str:
    """Over a network that may be bad; the laptop may be killed in the middle."""
    laptop.line.fails = world.rng.choice((0.0, 0.0, 0.1, 0.5))
    laptop.line.dies_in = world.rng.choice((-1, -1, -1, world.rng.randint(1, 12)))
    before = laptop.unsent()
    try:
        report = laptop.sync()
        assert laptop.older or not report.record_differences, "only the comparison found it"
        said = f"{laptop.line.fails} {sorted(report.problems)} {report.pushed.states}"
    except Died:
        said = "killed"
        for entry in laptop.journal.entries(State.SENDING):  # as at every start
            laptop.journal.move(entry.id, State.QUEUED)
    laptop.line.fails, laptop.line.dies_in = 0.0, -1
    lost = [one for one in before if laptop.journal.get(one) is None]
    assert not lost, "a sync took what was unsent"
    every_entry_has_a_way_out(laptop)
    return said


def every_entry_has_a_way_out(laptop: Laptop) -> None:
    """I5: a time, an action of a person, or both."""
    for entry in laptop.journal.entries(*UNSENT):
        if entry.state is State.RETRY:
            assert entry.next_try_at is not None or entry.error == "centre_unreachable"
        assert entry.state is not State.SENDING
        assert entry.state not in (State.QUARANTINED, State.CONFLICT) or entry.error


# ---- what happens to them ----------------------------------------------------------------------------------


def clock_jumps(world: World, laptop: Laptop) -> str:
    laptop.ahead = timedelta(days=world.rng.choice((-400, -1, 0, 1, 400)))
    return str(laptop.ahead)


def upgraded(_: World, laptop: Laptop) -> None:
    """What the older program could not read is read at the next opening."""
    laptop.older = False
    pull.read_again(laptop.store, laptop.journal)  # type: ignore[arg-type]


def centre_is_copied(world: World, _: Laptop) -> None:
    world.centre.backs_up()


def centre_is_set_back(world: World, _: Laptop) -> str:
    return str(world.centre.is_set_back())


def rights_change(world: World, laptop: Laptop) -> str:
    laptop.line.device = world.centre.gives(laptop.line.device, world._some_fields())
    return str(laptop.fields)


def a_well_goes_to_another_field(world: World, _: Laptop) -> str:
    return str(world.centre.moves_a_well(world.rng, FIELDS))


STEPS: dict[Callable[[World, Laptop], str | None], int] = {
    saves: 3,
    edits: 4,
    both_edit: 4,
    syncs: 12,
    decides: 2,
    enters_poison: 1,
    clock_jumps: 1,
    upgraded: 1,
    centre_is_copied: 1,
    centre_is_set_back: 2,
    rights_change: 3,
    a_well_goes_to_another_field: 1,
}


def final(entry: Entry, journal: Journal) -> Entry:
    """The entry that stands in the place of one that met another's."""
    while entry.state is State.DISCARDED and (entry.reason or "").startswith("replaced by "):
        following = journal.get(str(entry.reason).removeprefix("replaced by "))
        assert following is not None
        entry = following
    return entry

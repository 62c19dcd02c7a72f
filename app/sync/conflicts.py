"""Two people changed one record: a merge by field against the version that both started from.

Different fields: both changes stay. The same field, the same value: nothing to decide. The same field, other
values: both are kept and the engineer decides. A removal against a change is always the engineer's. No clock
decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.plain import Json, JsonObject
from app.models.values import part_of

# Fields that mean something only together: changed by two people, they are one question.
TOGETHER: dict[str, tuple[tuple[str, ...], ...]] = {
    "lab_result": (("value", "unit", "qualifier"),),
    "fluid_level": (("level", "level_m"),),
    "model_result": (("value", "unit"),),
    "model_curve": (("points", "depth_m"),),
    "valve_test": (("load_start_n", "load_end_n"),),
    "finding_decision": (("decision", "reason"),),
    "task": (("state", "why"),),
}
# What the program computed and no person said: nobody is asked of it, the centre's stands.
COMPUTED: dict[str, frozenset[str]] = {
    "finding_decision": frozenset(
        ("values.code", "values.severity", "values.confidence", "values.grounds", "at", "until")
    ),
    "task": frozenset(("values.done_at", "values.done_by")),
}
ALONG = ("planned", "taken", "done")
# Kind → (the field of its state, the fields that go with it). Of two changes the one that is further along
# stands: what was done is not undone by who took it meanwhile; of two that did it both the centre's. A state
# that is not named here is somebody's word against it, and he is asked.
FURTHER = {"task": ("values.state", frozenset(("values.state", "values.who")))}
WHEN = ("at", "until", "well_key")
"""Parts of the record that are no values of it: moved in time or to another well."""


@dataclass(frozen=True)
class FieldConflict:
    field: str
    base: Json
    mine: Json
    theirs: Json


@dataclass(frozen=True)
class Merge:
    """`values` and `moments` hold what both agree on; of `conflicts` they hold mine, until the engineer has
    chosen. A moment that one side took away is None there: whoever goes on from mine must hear of it.
    """

    values: JsonObject
    moments: JsonObject
    conflicts: tuple[FieldConflict, ...]
    removed: bool
    taken: tuple[str, ...] = field(default=())
    """Fields that came from the other side."""


def merge(kind: str, base: JsonObject | None, mine: JsonObject, theirs: JsonObject) -> Merge:
    """Bodies as in a journal's record payload: values, at, until, action."""
    if "removed" in (mine.get("action"), theirs.get("action")):
        return _with_a_removal(mine, theirs)
    old, own, other = _flat(base or {}), _flat(mine), _flat(theirs)
    merged: JsonObject = {}
    conflicts: list[FieldConflict] = []
    taken: list[str] = []
    for group in _groups(kind, {*old, *own, *other}):
        before, here, there = (tuple(side.get(name) for name in group) for side in (old, own, other))
        if group[0] in COMPUTED.get(kind, ()) and any(value is not None for value in there):
            chosen = other
        elif here == there or there == before:
            chosen = own
        elif here == before:
            chosen = other
            taken += group
        elif (further := _further(kind, group[0], own, other)) is not None:
            chosen = further
        else:
            chosen = own
            conflicts += [
                FieldConflict(name, old.get(name), own.get(name), other.get(name))
                for name in group
                if own.get(name) != other.get(name)
            ]
        merged |= {name: chosen[name] for name in group if name in chosen}
    return Merge(
        _values_of(merged),
        _moments_of(merged, mine),
        tuple(conflicts),
        False,
        tuple(name.removeprefix("values.") for name in taken),
    )


def _further(kind: str, name: str, own: JsonObject, other: JsonObject) -> JsonObject | None:
    """None where no order of states decides."""
    state, fields = FURTHER.get(kind, ("", frozenset[str]()))
    here, there = own.get(state), other.get(state)
    if name not in fields or here not in ALONG or there not in ALONG:
        return None
    if here == there:
        return other if here == ALONG[-1] else None
    return max(own, other, key=lambda side: ALONG.index(str(side[state])))


def _with_a_removal(mine: JsonObject, theirs: JsonObject) -> Merge:
    gone_here, gone_there = mine.get("action") == "removed", theirs.get("action") == "removed"
    own = _flat(mine)
    values, moments = _values_of(own), _moments_of(own, mine)
    if gone_here and gone_there:
        return Merge(values, moments, (), True)
    said = FieldConflict(
        "action", "saved", "removed" if gone_here else "saved", "removed" if gone_there else "saved"
    )
    return Merge(values, moments, (said,), gone_here)


def _values_of(flat: JsonObject) -> JsonObject:
    return {name.removeprefix("values."): value for name, value in flat.items() if name not in WHEN}


def _moments_of(flat: JsonObject, mine: JsonObject) -> JsonObject:
    return {name: flat.get(name) for name in WHEN if name in flat or name in mine}


def _flat(body: JsonObject) -> JsonObject:
    """An empty text or null is a field that is not there."""
    values = {
        f"values.{name}": value for name, value in part_of(body, "values").items() if value not in (None, "")
    }
    return values | {name: body[name] for name in WHEN if body.get(name) not in (None, "")}


def _groups(kind: str, names: set[str]) -> list[tuple[str, ...]]:
    together = [tuple(f"values.{name}" for name in group) for group in TOGETHER.get(kind, ())]
    grouped = {name for group in together for name in group}
    return [*together, *((name,) for name in sorted(names - grouped))]

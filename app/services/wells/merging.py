"""Two wells that turn out to be one. The merge is a record of the well that goes into the other: with
versions, a way back, and at every laptop of the field. Nothing of either well is written over.
"""

from __future__ import annotations

from typing import Any

from app.core.errors import KnownError, Remark
from app.core.jobs import Job
from app.core.texts import in_each_language
from app.models.kinds import KINDS
from app.models.kinds.spec import Kind
from app.models.merged_wells import Overlap, Prospect, said_of
from app.models.records import Record
from app.models.store import cards, kinds, merged, merged_readings, records, well_tests
from app.models.values import Values
from app.models.well_names import Registry
from app.models.wells import Well, merge_id
from app.services.diagnosis.diagnose import diagnose
from app.services.records import entries
from app.services.wells.finding import find_well
from app.services.workspace import Workspace
from app.sync.rights import fields_of

KIND = "well_merge"
FEW = 10
"""Moments at which two files of one well may differ: rounding, a sample that was corrected."""
COUNTED = tuple(kind for kind in KINDS if kind.key not in (KIND, "well_passport"))


def named(workspace: Workspace, name: str) -> Well:
    """A well that is shown, or one that was merged, by its own name. Raises KnownError (well_unknown)."""
    found = Registry(records.named_in_files(workspace.store)).find(name)
    return found if found is not None else find_well(workspace, name)


def look(workspace: Workspace, well: Well, into: Well) -> Prospect:
    """Changes nothing. Raises KnownError (merge_itself, merge_merged, merge_field_not_yours) for what cannot
    be.
    """
    _refuse(workspace, well, into)
    store = workspace.store
    own, others = cards.hashes(store, int(well.id)), cards.hashes(store, int(into.id))
    counts, same, other = {}, 0, 0
    for kind in COUNTED:
        mine = kinds.of_well(store, kind, int(well.id))
        if mine:
            counts[kind.key] = len(mine)
            met, differ = _met(kind, mine, kinds.of_well(store, kind, int(into.id)))
            same, other = same + met, other + differ
    met_at = merged_readings.overlap(store, int(well.id), int(into.id))
    return Prospect(
        well,
        into,
        met_at,
        len(own),
        len(own & others),
        len(well_tests.of_well(store, int(well.id))),
        counts,
        same,
        other,
        _doubts(well, into, met_at),
    )


def merge(workspace: Workspace, well: Well, into: Well, *, sure: bool = False) -> Record:
    """The well goes into the other one. `sure`: a person has read the doubts. Raises KnownError
    (merge_doubtful, and what look() refuses).
    """
    _refuse(workspace, well, into)
    met = None if sure else merged_readings.overlap(workspace.store, int(well.id), int(into.id))
    if met is not None and (doubts := _doubts(well, into, met)):
        reason = in_each_language(*doubts[0])
        raise KnownError("merge_doubtful", well=well.name, into=into.name, reason=reason)
    values: Values = {"well_name": well.name, **said_of(into.key)}
    record = Record(merge_id(well.key["uid"]), KIND, int(well.id), workspace.clock(), None, values)
    return entries.save_record(workspace, record)


def part(workspace: Workspace, well: Well) -> None:
    """A merged well is a well of its own again, with all that was its own. Raises KnownError
    (merge_unknown).
    """
    record = kinds.find(workspace.store, KINDS[KIND], merge_id(well.key["uid"]))
    if record is None:
        raise KnownError("merge_unknown", well=well.name)
    entries.remove_record(workspace, record)


def merged_into(workspace: Workspace, well: Well) -> list[Well]:
    """The wells that went into this one, as they were."""
    with workspace.store.reading() as cursor:
        numbers = merged.parts(cursor, int(well.id))[1:]
    return [one for one in records.every_well(workspace.store) if one.id in numbers]


def relation(workspace: Workspace) -> dict[int, int]:
    """Merged well → the well that people see, by their numbers here."""
    with workspace.store.reading() as cursor:
        return merged.relation(cursor)


def judge_again(workspace: Workspace, before: dict[int, int], job: Job | None = None) -> frozenset[int]:
    """After merges came or went: the wells that have other data than `before` are diagnosed anew. Returns
    them.
    """
    changed = {number for pair in set(before.items()) ^ set(relation(workspace).items()) for number in pair}
    if changed:
        workspace.grids.forget()
    seen = [well for well in records.wells(workspace.store) if int(well.id) in changed]
    for well in seen:
        if job is not None:
            job.check()
        diagnose(workspace, well, job)
    return frozenset(int(well.id) for well in seen)


def _refuse(workspace: Workspace, well: Well, into: Well) -> None:
    if well.id == into.id:
        raise KnownError("merge_itself", well=well.name)
    seen = {int(one.id): one for one in records.wells(workspace.store)}
    ends = relation(workspace)
    for one in (well, into):
        if int(one.id) not in ends:
            continue
        end = seen[ends[int(one.id)]].name
        other = into if one is well else well
        code = "merge_merged" if one is into else "merge_again" if end == other.name else "merge_elsewhere"
        raise KnownError(code, well=one.name, into=end, other=other.name)
    allowed = fields_of(workspace.store)
    for one in (well, into):
        if allowed is not None and one.field_name not in allowed:
            raise KnownError("merge_field_not_yours", well=one.name, field=one.field_name)


def _doubts(well: Well, into: Well, met: Overlap) -> tuple[Remark, ...]:
    found: list[Remark] = []
    if well.field_name != into.field_name:
        fields = {"field": well.field_name, "other": into.field_name}
        found.append(("merge.other_field", {"well": well.name, "into": into.name, **fields}))
    if "other" not in (well.lift, into.lift) and well.lift != into.lift:
        lift, other = (in_each_language(f"lift.{one.lift}") for one in (well, into))
        lifts = {"lift": lift, "other": other}
        found.append(("merge.other_lift", {"well": well.name, "into": into.name, **lifts}))
    if met.other > max(met.same, FEW):  # one well has one value at a moment, whoever wrote it down
        found.append(("merge.other_readings", {"well": well.name, "into": into.name, "count": met.other}))
    return tuple(found)


def _met(kind: Kind, mine: list[Record], theirs: list[Record]) -> tuple[int, int]:
    """Of `mine`: how many the other well has too, and of how many it has another one at the moment."""

    def named(record: Record) -> tuple[Any, ...]:
        return record.at, *(record.values.get(key) for key in kind.same)

    there: dict[tuple[Any, ...], list[Values]] = {}
    for record in theirs:
        there.setdefault(named(record), []).append(record.values)
    same = sum(record.values in there.get(named(record), ()) for record in mine)
    return same, sum(named(record) in there for record in mine) - same

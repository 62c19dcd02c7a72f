"""A laptop's cache as a model: what app/models/store says of the centre's records, in dictionaries.

The real one takes DuckDB 60 ms a sync, which is a hundred times this: thousands of runs are made with the
model, some with the real one (`whole`).
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import Any

import pytest

from app.core.clock import parse_time
from app.models.store.central import WELLS, CentralRecord, said_of_well
from app.models.store.unread import Unread
from app.services.centre import conflicts
from app.services.records import entries
from app.sync import compared, engine, epochs, pull, rights, standing
from tests.faults.simulated import centre, ids


@dataclass
class LightCache:
    """`shown`: record → its body as the pages have it. It is its own cursor."""

    wells: dict[str, tuple[int, dict[str, Any]]] = field(default_factory=dict)
    """uid → (number here, key)."""
    numbers: dict[int, int] = field(default_factory=dict)
    records: dict[str, CentralRecord] = field(default_factory=dict)
    shown: dict[str, dict[str, Any]] = field(default_factory=dict)
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    unread: list[tuple[str, Unread]] = field(default_factory=list)
    commits: int = 0

    @contextmanager
    def writing(self, _: Any = None) -> Iterator[LightCache]:
        before = {name: copy.copy(value) for name, value in self.__dict__.items()}
        try:
            yield self
        except BaseException:
            self.__dict__.update(before)
            raise
        self.commits += 1

    @contextmanager
    def reading(self) -> Iterator[LightCache]:
        yield self

    def copied(self) -> LightCache:
        """Rows are never changed, only replaced."""
        return LightCache(**{name: copy.copy(value) for name, value in self.__dict__.items()})

    def saves(self, body: dict[str, Any]) -> None:
        """An entry of this laptop's own, in its pages."""
        key = body["well_key"]
        self.local_well(key)
        if body["action"] == "removed":
            self.shown.pop(body["record"], None)
        else:
            self.shown[body["record"]] = body

    def local_well(self, key: dict[str, Any]) -> int:
        if key["uid"] not in self.wells:
            number = max((here for here, _ in self.wells.values()), default=0) + 1
            self.wells[key["uid"]] = number, key
        return self.wells[key["uid"]][0]


# ---- as the modules of the store have it -------------------------------------------------------------------


def _mark(store: LightCache, source: str, part: str) -> str | None:
    return store.marks.get((source, part))


def _marks(store: LightCache, source: str) -> dict[str, str]:
    return {part: value for (of, part), value in store.marks.items() if of == source}


def _set_mark(store: LightCache, source: str, part: str, value: str) -> None:
    store.marks[source, part] = value


def _drop_marks(store: LightCache, source: str, beginning: str = "") -> None:
    for of, part in list(store.marks):
        if of == source and part.startswith(beginning):
            del store.marks[of, part]


def _apply_well(store: LightCache, key: dict[str, Any], about: dict[str, Any]) -> int:
    here = store.local_well(key)
    before = json.loads(_mark(store, WELLS, key["uid"]) or "{}")
    _set_mark(store, WELLS, key["uid"], said_of_well(before, key, about))
    store.wells[key["uid"]] = here, {name: key[name] for name in ("uid", "field", "pad", "name")}
    if key.get("number") is not None:
        store.numbers = {n: well for n, well in store.numbers.items() if well != here or n == key["number"]}
        store.numbers[key["number"]] = here
    return here


def _apply_records(store: LightCache, told: list[CentralRecord], pending: frozenset[str]) -> None:
    for record in {one.id: one for one in told}.values():
        known = store.records.get(record.id)
        if known is not None and record.version < known.version:
            continue
        store.records[record.id] = record
        if record.id not in pending:
            _show(store, record)


def _show(store: LightCache, record: CentralRecord) -> None:
    if record.deleted:
        store.shown.pop(record.id, None)
        return
    parse_time(record.body["at"])
    key = next(key for here, key in store.wells.values() if here == record.well)
    store.shown[record.id] = {**record.body, "record": record.id, "well": record.well, "well_key": key}


def _show_again(store: LightCache, ids: list[str]) -> None:
    for name in ids:
        if name in store.records:
            _show(store, store.records[name])


def _take_out(store: LightCache, _: str, ids: list[str], pending: frozenset[str]) -> int:
    for record in ids:
        store.records.pop(record, None)
        if record not in pending:
            store.shown.pop(record, None)
    return len(ids)


def _leave_record(store: LightCache, record: str, pending: frozenset[str]) -> None:
    _take_out(store, "", [record], pending)
    store.unread = [one for one in store.unread if one[1].key != record]


def _leave(store: LightCache, uids: set[str]) -> int:
    here = {store.wells[uid][0] for uid in uids}
    went = [(record.id, record.change_no) for record in store.records.values() if record.well in here]
    went += [
        (one.key, one.change_no) for _, one in store.unread if (one.raw["well"] or {}).get("uid") in uids
    ]
    store.unread = [
        (reader, one)
        for reader, one in store.unread
        if not any(key == one.key and one.change_no <= number for key, number in went)
    ]
    for uid in uids:
        del store.wells[uid]
    for record in [r for r in store.records.values() if r.well in here]:
        del store.records[record.id]
    store.shown = {name: body for name, body in store.shown.items() if body["well_key"]["uid"] not in uids}
    store.numbers = {number: well for number, well in store.numbers.items() if well not in here}
    return len(uids)


def _leave_fields(store: LightCache, fields: list[str]) -> int:
    told = set(store.numbers.values())
    return _leave(
        store, {uid for uid, (here, key) in store.wells.items() if here in told and key["field"] in fields}
    )


def _leave_wells(store: LightCache, uids: list[str]) -> int:
    return _leave(store, {uid for uid in uids if uid in store.wells})


def _sums(store: LightCache) -> dict[tuple[int, str], tuple[int, int]]:
    numbers = {here: number for number, here in store.numbers.items()}
    counts: Counter[tuple[int, str]] = Counter()
    digests: Counter[tuple[int, str]] = Counter()
    for record in store.records.values():
        if record.well in numbers:
            counts[numbers[record.well], record.kind] += 1
            digests[numbers[record.well], record.kind] += record.digest
    return {key: (counts[key], digests[key]) for key in counts}


def _wells(store: LightCache) -> list[dict[str, Any]]:
    told = set(store.numbers.values())
    return [
        json.loads(_mark(store, WELLS, uid) or "{}") for uid, (here, _) in store.wells.items() if here in told
    ]


def _keep_only(store: LightCache, well: int, kind: str, ids: list[str], pending: frozenset[str]) -> int:
    left = [r.id for r in store.records.values() if (r.well, r.kind) == (well, kind) and r.id not in ids]
    return _take_out(store, kind, left, pending)


def _begin_part(store: LightCache, well: int, kind: str) -> dict[str, int]:
    part = {name: one for name, one in store.records.items() if (one.well, one.kind) == (well, kind)}
    store.records |= {name: replace(one, version=0) for name, one in part.items()}
    return {name: one.digest for name, one in part.items()}


def _begin_anew(store: LightCache) -> None:
    store.unread = []
    store.records = {name: replace(record, version=0) for name, record in store.records.items()}


def _leave_untold(store: LightCache, pending: frozenset[str]) -> int:
    return _take_out(store, "", [r.id for r in store.records.values() if r.version == 0], pending)


def _keep_unread(store: LightCache, found: list[Unread], reader: str) -> None:
    store.unread = [*store.unread, *((reader, one) for one in found)]


def _drop_unread(store: LightCache, read: list[int]) -> None:
    store.unread = [(reader, one) for reader, one in store.unread if one.change_no not in read]


def _of_other_readers(store: LightCache, reader: str) -> list[Unread]:
    return sorted((one for by, one in store.unread if by != reader), key=lambda one: one.change_no)


def put_in_place(patch: pytest.MonkeyPatch) -> None:
    """The model instead of DuckDB, wherever the sync and the services around it ask."""
    ids.put_in_place(patch)
    centre.put_in_place(patch)
    central = SimpleNamespace(
        WELLS=WELLS,
        CentralRecord=CentralRecord,
        mark=_mark,
        marks=_marks,
        set_mark=_set_mark,
        drop_marks=_drop_marks,
        apply_well=_apply_well,
        apply_records=_apply_records,
        show_again=_show_again,
        take_out=_take_out,
        central_wells=lambda store: dict(store.numbers),
        version_of=lambda store, name: store.records[name].version if name in store.records else 0,
        of_record=lambda store, name: store.records.get(name),
    )
    sums = SimpleNamespace(
        sums=_sums,
        wells=_wells,
        leave_untold_wells=lambda _: 0,
        forget_histories=lambda _, __: None,
        begin_part=_begin_part,
        keep_only=_keep_only,
        begin_anew=_begin_anew,
        leave_untold=_leave_untold,
    )
    fields = SimpleNamespace(leave_record=_leave_record, leave_fields=_leave_fields, leave_wells=_leave_wells)
    unread = SimpleNamespace(
        Unread=Unread, keep=_keep_unread, drop=_drop_unread, of_other_readers=_of_other_readers
    )
    modules = {"central": central, "central_sums": sums, "central_fields": fields, "unread": unread}
    for user in (compared, engine, epochs, pull, rights, standing, entries, conflicts):
        for name, model in modules.items():
            if hasattr(user, name):
                patch.setattr(user, name, model)
    patch.setattr(engine, "as_imported", lambda _, __: None)
    patch.setattr(conflicts, "as_imported", lambda _, __: None)
    patch.setattr(
        conflicts, "applying", SimpleNamespace(bring_in=lambda at, entry: at.store.saves(entry.payload))
    )

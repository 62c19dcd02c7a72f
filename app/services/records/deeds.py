"""What was done on this laptop, newest first, and the way back: each deed can be taken back, and done again,
while nothing later stands on it. Both are new entries: the journal forgets nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.core.clock import parse_time
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.texts import Speaker
from app.models.changes import CARDS, FINDINGS, Changed
from app.models.entries import NEXT, Entry, State
from app.models.kinds import KINDS
from app.models.records import Record, Version
from app.models.store import findings, records
from app.models.store import kinds as kind_store
from app.models.values import count_of, needed_text, part_of, text_of
from app.models.wells import Well
from app.reports import record_words
from app.services.centre.outgoing import Outgoing, outgoing
from app.services.diagnosis.diagnose import diagnose
from app.services.imports import importing
from app.services.records import entries
from app.services.records.applying import bring_in
from app.services.records.fulfilling import FOLLOWS
from app.services.records.payloads import record_of
from app.services.wells import merging
from app.services.wells.finding import seen_as
from app.services.workspace import Workspace

MOST = 500
ONE_SAMPLE = timedelta(seconds=10)
"""Results of one laboratory sample are entries of their own, written one after another."""
_DONE = ("record", "card", "import")
_GIVEN_UP = "taken back by the person who entered it"

Undone = dict[str, tuple[str, datetime]]


@dataclass(frozen=True)
class Deed:
    """`entries` are what was done: one, the results of one sample, or one decision for a group of cards.
    `standing` are what stands for each of them now: itself, what took it back, or what did it again.
    """

    entries: tuple[Entry, ...]
    standing: tuple[str, ...]
    moved_at: datetime
    order: int
    """In which it was done, among what stands; in which it was taken back, among what was."""
    taken_back: bool
    shown: Outgoing
    """The first of `entries`, as it stands on its way to the centre now."""

    @property
    def first(self) -> Entry:
        return self.entries[0]

    @property
    def is_draft(self) -> bool:
        return self.first.state is State.DRAFT

    @property
    def author(self) -> str:
        return str(self.first.payload.get("author") or "")

    def what(self, speaker: Speaker) -> str:
        """`Flow test (changed)`."""
        words, payload = self.shown.what(speaker), self.first.payload
        if self.is_draft:
            return f"{words} ({speaker.say('entry_state.draft')})"
        if self.first.kind == "record" and payload["action"] != "removed" and self.first.supersedes:
            return f"{words} ({speaker.say('action.changed')})"
        return words

    def details(self, speaker: Speaker) -> str:
        if self.is_draft or self.first.kind != "record" or self.first.payload["kind"] not in KINDS:
            return ""
        told = (record_words.summary(record_of(entry.payload), speaker) for entry in self.entries)
        return "; ".join(dict.fromkeys(told))

    def state(self, speaker: Speaker) -> str:
        return speaker.say("deed.taken_back") if self.taken_back else self.shown.state_words(speaker)


def deeds(workspace: Workspace) -> list[Deed]:
    """The last MOST, newest first; what only took back or did again stands with what it was done to."""
    undone, newest = _undone(workspace), workspace.journal.newest(tuple(State), MOST)
    wells = records.every_well(workspace.store)
    echoes = {by for by, _ in undone.values()}
    found = [
        entry
        for entry in newest
        if entry.kind in _DONE
        and entry.id not in echoes
        and FOLLOWS not in entry.payload
        and (entry.state is not State.DISCARDED or entry.id in undone)
        and not (entry.state is State.DRAFT and entry.kind != "record")
    ]
    places = {entry.id: -place for place, entry in enumerate(newest)}
    return [_deed(workspace, group, undone, places, wells) for group in _samples(found)]


def well_of(workspace: Workspace, deed: Deed) -> Well:
    """Raises KnownError (well_unknown)."""
    payload = deed.first.payload
    uid, number = deed.first.well_key.get("uid"), payload.get("well")
    for well in records.every_well(workspace.store):
        if well.uid == uid or (deed.is_draft and well.id == number):
            return seen_as(workspace)[well.key["uid"]]
    raise KnownError("well_unknown", well=deed.shown.well or "—", near="—")


def record_now(workspace: Workspace, deed: Deed) -> Record | None:
    """The record that it is about, as it stands now; None for a draft. Raises KnownError (record_unknown)
    when it is gone.
    """
    if deed.is_draft:
        return None
    record_id = str(deed.first.payload["record"])
    record = kind_store.find(workspace.store, KINDS[needed_text(deed.first.payload, "kind")], record_id)
    if record is None:
        raise KnownError("record_unknown", id=record_id)
    return record


def last_done(found: list[Deed]) -> Deed | None:
    return max((one for one in found if not one.taken_back and not one.is_draft), key=_order, default=None)


def last_taken_back(found: list[Deed]) -> Deed | None:
    return max((one for one in found if one.taken_back), key=_order, default=None)


def named(found: list[Deed], name: str) -> Deed | None:
    """By the name of an entry; by that of a record what was done to it last."""
    mine = [
        one
        for one in found
        if name in one.standing or any(name in (e.id, e.payload.get("record")) for e in one.entries)
    ]
    exact = [one for one in mine if any(name == entry.id for entry in one.entries)]
    return next(iter(exact), None) or last_done(mine) or last_taken_back(mine)


def _order(deed: Deed) -> int:
    """Whatever the clock did."""
    return deed.order


def _undone(workspace: Workspace) -> Undone:
    """Entry → what undoes it, and when."""
    noted = {entry: (by, parse_time(at)) for entry, (by, at) in workspace.journal.taken_back().items()}
    before = importing.undone_by(workspace).items()  # an earlier version noted nothing
    return {**{name: (entry.id, entry.created_at) for name, entry in before if name not in noted}, **noted}


def _samples(found: list[Entry]) -> Iterator[tuple[Entry, ...]]:
    group: list[Entry] = []
    for entry in found:
        if group and not _is_same_sample(group[-1], entry):
            yield tuple(group)
            group = []
        group.append(entry)
    if group:
        yield tuple(group)


def _is_same_sample(later: Entry, entry: Entry) -> bool:
    if State.DRAFT in (later.state, entry.state) or (later.kind, entry.kind) != ("record", "record"):
        return False
    if entry.payload["kind"] == findings.DECISION:
        group = findings.group_of(part_of(entry.payload, "values"))
        return bool(group) and group == findings.group_of(part_of(later.payload, "values"))
    return (
        all(later.payload[key] == entry.payload[key] for key in ("kind", "well", "at", "action"))
        and entry.payload["kind"] == "lab_result"
        and later.payload["record"] != entry.payload["record"]
        and later.created_at - entry.created_at <= ONE_SAMPLE
    )


def _deed(
    workspace: Workspace, group: tuple[Entry, ...], undone: Undone, places: dict[str, int], wells: list[Well]
) -> Deed:
    chains = [_chain(entry.id, undone) for entry in group]
    standing, back, last = [name for name, _, _ in chains], chains[0][1], chains[0][2]
    moved = undone[last][1] if last else group[0].created_at
    there = group[0] if back else workspace.journal.get(standing[0]) or group[0]
    shown = outgoing(there, {well.uid: well.name for well in wells})
    if there.state is State.DRAFT:  # by its number here: nobody else will ever see it
        number = there.payload.get("well")
        shown = replace(shown, well=next((well.name for well in wells if well.id == number), ""))
    order = list(undone).index(last) if back else places.get(standing[0], -MOST)
    return Deed(group, tuple(standing), moved, order, back, shown)


def _chain(entry_id: str, undone: Undone) -> tuple[str, bool, str]:
    """What stands for an entry now; whether it is taken back; what the last step undid."""
    last, back = "", False
    while entry_id in undone:
        last, entry_id, back = entry_id, undone[entry_id][0], not back
    return entry_id, back, last


# ---- the way back and forth --------------------------------------------------------------------------------


def refuse(workspace: Workspace, deed: Deed) -> None:
    """Raises KnownError (deed_*, import_undo_*) when it can no longer be taken back, or done again."""
    if deed.is_draft:
        raise KnownError("deed_is_draft")
    undone = _undone(workspace)
    for entry, standing in zip(deed.entries, deed.standing, strict=True):
        if entry.kind == "record":
            _refuse_record(workspace, entry, undone)
        elif entry.kind == "card" and not deed.taken_back:
            now = workspace.journal.get(standing)
            if now is None or State.DISCARDED not in NEXT[now.state]:
                raise KnownError("deed_card_sent")
        elif entry.kind == "import" and not deed.taken_back:
            importing.refuse_undo(workspace, standing)
        elif entry.kind == "import" and importing.imported_before(
            workspace, needed_text(entry.payload, "sha256")
        ):
            raise KnownError("deed_imported_again", file=entry.payload["file"])


def _refuse_record(workspace: Workspace, entry: Entry, undone: Undone) -> None:
    """What stands on a record goes before it, and what it stands on comes before it."""
    record_id = str(entry.payload["record"])
    last = workspace.journal.last_of_record(record_id)
    if last is not None and last.state is State.CONFLICT:
        raise KnownError("deed_in_conflict")
    versions, echoes = entries.versions_of(workspace, record_id), {by for by, _ in undone.values()}
    place = _place(versions, entry)
    later = [
        one for one in versions[place + 1 :] if one.entry not in echoes and not _chain(one.entry, undone)[1]
    ]
    if later and workspace.journal.get(later[-1].entry) is not None:
        raise KnownError("deed_changed_since")
    if later:
        raise KnownError("deed_changed_elsewhere", author=later[-1].author or "—")
    if any(one.entry not in echoes and _chain(one.entry, undone)[1] for one in versions[:place]):
        raise KnownError("deed_on_another")


def _place(versions: list[Version], entry: Entry) -> int:
    """Raises KnownError (record_unknown) for a version that the cache could not take."""
    for place, version in enumerate(versions):
        if version.entry == entry.id:
            return place
    raise KnownError("record_unknown", id=entry.payload["record"])


def turn(workspace: Workspace, deed: Deed) -> Changed:
    """Takes it back; does it again when it was taken back. Raises KnownError as `refuse` does."""
    refuse(workspace, deed)
    if deed.first.kind == "record":
        return _turn_records(workspace, deed)
    if deed.first.kind == "card":
        return _turn_card(workspace, deed)
    return _turn_import(workspace, deed)


def _turn_records(workspace: Workspace, deed: Deed) -> Changed:
    merges = merging.relation(workspace)
    for entry, standing in zip(deed.entries, deed.standing, strict=True):
        versions = entries.versions_of(workspace, str(entry.payload["record"]))
        place = _place(versions, entry)
        before = versions[place - 1] if place else None
        entries.stand_as(workspace, versions, versions[place] if deed.taken_back else before, standing)
    kind, well = str(deed.first.payload["kind"]), count_of(versions[-1].body, "well")
    if kind == merging.KIND:
        merging.judge_again(workspace, merges)
        return Changed()
    kinds = frozenset({kind, FINDINGS} if kind == findings.DECISION else {kind})
    several = len({text_of(entry.well_key, "uid") for entry in deed.entries}) > 1
    return Changed(None if several else merges.get(well, well), kinds)


def _turn_card(workspace: Workspace, deed: Deed) -> Changed:
    standing = deed.standing[0]
    if deed.taken_back:
        made = workspace.journal.add("card", deed.first.payload, entry_id=new_id())
        bring_in(workspace, made)
        workspace.journal.note_taken_back(standing, made.id)
    else:
        entries.give_up_card(workspace, standing, _GIVEN_UP)
        workspace.journal.note_taken_back(standing, f"{standing} given up")
    well = _assess(workspace, {str(deed.first.well_key.get("uid"))})
    return Changed(well, frozenset({CARDS, FINDINGS}))


def _turn_import(workspace: Workspace, deed: Deed) -> Changed:
    standing = workspace.journal.get(deed.standing[0])
    if deed.taken_back and standing is not None:
        importing.stand_again(workspace, str(standing.payload["import"]))
    else:
        importing.undo(workspace, deed.standing[0])
    _assess(workspace, {text_of(key, "uid") for key in deed.first.well_keys})
    return Changed()


def _assess(workspace: Workspace, uids: set[str]) -> int | None:
    """Their findings come of what is there now. Returns one of the wells."""
    last = None
    seen = seen_as(workspace)
    for well in {int(seen[uid].id): seen[uid] for uid in uids if uid in seen}.values():
        diagnose(workspace, well)
        last = int(well.id)
    return last

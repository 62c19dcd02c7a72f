"""Records that two people changed in one field: both values kept, the engineer chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.core.errors import KnownError
from app.models.entries import Entry, State
from app.models.store import central
from app.models.store.versions import as_imported
from app.models.values import WrongValueError, count_of, needed_text, part_of, text_of
from app.services.centre.people import author_of
from app.services.records import applying
from app.services.records.entries import give_up_card
from app.services.workspace import Workspace
from app.sync.conflicts import FieldConflict, Merge, merge

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class OpenConflict:
    """`fields` are what both changed; `author` is who changed it at the centre."""

    entry_id: str
    record_id: str
    kind: str
    well_id: int
    at: str
    saved_at: datetime
    author: str
    fields: tuple[FieldConflict, ...]


def open_conflicts(workspace: Workspace) -> list[OpenConflict]:
    workspace.journal.drop_superseded()  # a later edit of the same record takes the question over
    found = []
    for entry in workspace.journal.entries(State.CONFLICT):
        merged = _merged(workspace, entry)
        if merged is not None:
            current = part_of(entry.receipt or {}, "current")
            found.append(
                OpenConflict(
                    entry.id,
                    needed_text(entry.payload, "record"),
                    needed_text(entry.payload, "kind"),
                    count_of(entry.payload, "well"),
                    needed_text(entry.payload, "at"),
                    entry.created_at,
                    text_of(current, "author"),
                    merged.conflicts,
                )
            )
    return found


def _merged(workspace: Workspace, entry: Entry) -> Merge | None:
    current = part_of(entry.receipt or {}, "current")
    if entry.kind != "record" or entry.receipt is None or not current:
        return None
    base = part_of(entry.receipt, "base") or as_imported(
        workspace.store, needed_text(entry.payload, "record")
    )
    try:
        return merge(needed_text(entry.payload, "kind"), base, entry.payload, current)
    except WrongValueError:
        return None


def resolve(workspace: Workspace, entry_id: str, choices: dict[str, str]) -> None:
    """`choices`: field → mine or theirs, for every field in question. A new entry says what was chosen; both
    values stay in the journal and in the record's history. Raises KnownError (entry_unknown,
    conflict_undecided).
    """
    entry = workspace.journal.get(entry_id)
    if entry is None or entry.state is not State.CONFLICT or entry.receipt is None:
        raise KnownError("entry_unknown", id=entry_id)
    merged = _merged(workspace, entry)
    if merged is None:
        raise KnownError("entry_unknown", id=entry_id)
    undecided = [one.field for one in merged.conflicts if choices.get(one.field) not in (MINE, THEIRS)]
    if undecided:
        raise KnownError("conflict_undecided", field=undecided[0])
    values, moments, removed = dict(merged.values), dict(merged.moments), merged.removed
    for one in merged.conflicts:
        chosen = one.mine if choices[one.field] == MINE else one.theirs
        if one.field == "action":
            removed = chosen == "removed"
            if choices[one.field] == THEIRS and not removed:
                said = part_of(part_of(entry.receipt, "current"), "values")
                values = {key: value for key, value in said.items() if value is not None}
        elif one.field.startswith("values."):
            name = one.field.removeprefix("values.")
            values.pop(name, None)
            if chosen is not None:
                values[name] = chosen
        else:
            moments[one.field] = chosen
    payload = {
        **entry.payload,
        **moments,
        "values": values,
        "action": "removed" if removed else "saved",
        "author": author_of(workspace),
    }
    made = workspace.journal.add("record", payload, supersedes=entry.id, base=str(entry.receipt["version"]))
    workspace.journal.drop_superseded()
    applying.bring_in(workspace, made)


def discard(workspace: Workspace, entry_id: str, reason: str) -> None:
    """Give an entry up, with a reason: the record is again what the centre says. The entry stays readable."""
    entry = workspace.journal.get(entry_id)
    if entry is None:
        raise KnownError("entry_unknown", id=entry_id)
    if entry.kind == "card":
        give_up_card(workspace, entry_id, reason)
        return
    workspace.journal.discard(entry_id, reason)
    record_id = entry.payload.get("record")
    if entry.kind != "record" or record_id in workspace.journal.pending_records():
        return
    there = central.of_record(workspace.store, str(record_id))
    with workspace.store.writing() as cursor:
        if there is not None:
            central.show(cursor, [there])
        else:
            central.forget(cursor, needed_text(entry.payload, "kind"), str(record_id))


def send_again(workspace: Workspace, entry_id: str) -> None:
    """What was refused goes to the queue once more: the reason may have been at the centre."""
    workspace.journal.move(entry_id, State.QUEUED)

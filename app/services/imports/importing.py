"""A file that was looked at into the store: check, journal the file, write in one transaction; and the way
back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from app.core.clock import iso
from app.core.errors import KnownError, Remark
from app.core.ids import new_id
from app.core.jobs import Job
from app.core.plain import JsonObject, as_json
from app.importers import plan as plans
from app.importers.first_wrong import column_of
from app.importers.opening import read_file
from app.importers.rows import Problem
from app.models.entries import Entry, State
from app.models.kinds import joining
from app.models.kinds.naming import WELL_UID
from app.models.records import ImportRecord
from app.models.store import kinds, records, tasks, wells_made
from app.models.store import readings as reading_store
from app.models.store.readings import Written
from app.models.values import built, needed_text, part_of, rows_of, text_of
from app.models.well_names import Registry
from app.services.centre.people import author_of
from app.services.imports import lifts, replacing
from app.services.imports import templates as import_templates
from app.services.imports.check import Checked, check
from app.services.imports.equipment_checks import LiftChange
from app.services.imports.log import said_of
from app.services.imports.opening import ImportOptions, OpenFile, open_file
from app.services.imports.writing import apply_undo, refuse, write
from app.services.records import entries
from app.services.workspace import Workspace

MOST_TOLD = 200


@dataclass(frozen=True)
class ImportReport:
    """What one file brought. `id` is empty for a dry run and for a file whose content is already here."""

    id: str
    file: str
    kind: str
    wells: tuple[str, ...]
    added: int
    changed: int
    same: int
    remarks: tuple[Remark, ...] = ()
    already: bool = False
    sheets: tuple[JsonObject, ...] = ()
    unknown_wells: tuple[str, ...] = ()
    problems: tuple[JsonObject, ...] = ()
    """Cells that do not fit, MOST_TOLD at most: sheet, line, column, value, code, severity."""


def imported_before(workspace: Workspace, sha256: str) -> ImportRecord | None:
    return next(
        (
            record
            for record in records.imports(workspace.store)
            if record.sha256 == sha256 and not record.undone
        ),
        None,
    )


# ---- writing -----------------------------------------------------------------------------------------------


def import_file(
    workspace: Workspace,
    path: Path,
    options: ImportOptions | None = None,
    *,
    dry_run: bool = False,
    job: Job | None = None,
) -> ImportReport:
    """One file without a dialog: one transaction. Raises KnownError with file, line, column and value;
    nothing is written then.
    """
    options = options or ImportOptions()
    opened = open_file(workspace, path, options)
    try:
        return _import_opened(workspace, opened, options, dry_run=dry_run, job=job)
    finally:
        opened.contents.close()


def _import_opened(
    workspace: Workspace, opened: OpenFile, options: ImportOptions, *, dry_run: bool, job: Job | None
) -> ImportReport:
    checked = check(workspace, opened.path, opened.contents, opened.plan, opened.asked.words)
    before = imported_before(workspace, opened.sha256)
    if before is not None and not (
        replacing.corrected(options) and replacing.read_otherwise(workspace, before.id, checked.plan)
    ):
        return replace(_report("", opened, checked, Written(same=checked.rows)), already=True)
    if dry_run:
        return _report("", opened, checked, Written(added=checked.rows))
    fresh = tuple(name for name in checked.unknown_wells if name not in checked.alike)
    if options.new_wells and fresh:
        opened = replace(opened, plan=replace(opened.plan, new_wells=fresh))
        checked = check(workspace, opened.path, opened.contents, opened.plan, opened.asked.words)
    if options.lifts and checked.lifts:
        decided = {change.well: options.lifts for change in checked.lifts}
        opened = replace(opened, plan=replace(opened.plan, lifts={**opened.plan.lifts, **decided}))
        checked = check(workspace, opened.path, opened.contents, opened.plan, opened.asked.words)
    return _put(workspace, opened, checked, before, job)


def _put(
    workspace: Workspace, opened: OpenFile, checked: Checked, before: ImportRecord | None, job: Job | None
) -> ImportReport:
    """Written in the place of the same file's import before, which comes back if this cannot be written."""
    if before is None:
        return _commit(workspace, opened, checked, job)
    refuse(opened.path, checked, opened.plan)
    opened = replacing.with_its_wells(workspace, opened, before.id)
    undo(workspace, before.id, restore=False)
    try:
        checked = check(workspace, opened.path, opened.contents, opened.plan, opened.asked.words)
        return _commit(workspace, opened, checked, job, replaces=before.id)
    except BaseException:
        stand_again(workspace, before.id)
        raise


def stand_again(workspace: Workspace, import_id: str) -> str:
    """An import that was taken back stands again, as a new one from the file kept with it; its name, or
    nothing where the file is gone.
    """
    entry = workspace.journal.get(import_id)
    if entry is None or not entry.attachments:
        return ""
    with TemporaryDirectory() as folder:
        made = commit(workspace, replacing.taken_out(workspace, entry, Path(folder))).id
    undone = undone_by(workspace).get(import_id)
    if made and undone is not None:
        workspace.journal.note_taken_back(undone.id, made)
    return made


def undone_by(workspace: Workspace) -> dict[str, Entry]:
    """Import → the entry that took it back."""
    states = tuple(state for state in State if state not in (State.DRAFT, State.DISCARDED))
    found = workspace.journal.of_other_kinds(("import_undone",), states)
    return {str(entry.payload["import"]): entry for entry in found}


def commit(workspace: Workspace, opened: OpenFile, job: Job | None = None) -> ImportReport:
    """What the plan says, wholly or not at all; the same file read otherwise before gives way. Raises
    KnownError.
    """
    if any(sheet.cut for sheet in opened.contents.sheets):
        opened = _whole(opened)
    try:
        checked = check(workspace, opened.path, opened.contents, opened.plan, opened.asked.words)
        before = imported_before(workspace, opened.sha256)
        if before is not None and not replacing.read_otherwise(workspace, before.id, checked.plan):
            before = None
        return _put(workspace, opened, checked, before, job)
    finally:
        opened.contents.close()


def _whole(opened: OpenFile) -> OpenFile:
    """What was only looked at is read again from its beginning, as it was decided."""
    asked = replace(
        opened.asked, preview=False, layouts={sheet.name: sheet.layout for sheet in opened.plan.sheets}
    )
    return replace(opened, asked=asked, contents=read_file(opened.path, opened.importer, asked))


def _commit(
    workspace: Workspace, opened: OpenFile, checked: Checked, job: Job | None, replaces: str = ""
) -> ImportReport:
    refuse(opened.path, checked, opened.plan)
    opened = replace(opened, plan=checked.plan)
    if job is not None:
        job.check()
    payload: JsonObject = {
        "importer": opened.importer.key,
        "file": opened.path.name,
        "sha256": opened.sha256,
        "plan": plans.to_json(opened.plan),
        "author": author_of(workspace),
        "at": iso(workspace.clock()),
        "well_keys": well_keys(workspace, checked),
        "naming": WELL_UID,
        joining.PAYLOAD: True,
        "lifts": [asdict(change) for change in checked.lifts_changed],
        "said": said_of(opened.contents, checked, told(checked.problems)),
        **({replacing.REPLACES: replaces} if replaces else {}),
    }
    entry = workspace.journal.add(
        "import", payload, ((opened.path.name, _kept(opened)),), entry_id=new_id(), draft=True
    )
    try:
        if entry.attachments[0].sha256 != opened.sha256:
            raise KnownError("file_changed", file=str(opened.path), retry=True)
        record = write(workspace, entry.id, payload, opened.path, opened.contents, opened.plan, checked, job)
    except BaseException:
        workspace.journal.discard(entry.id, "not written")
        raise
    lifts.change(workspace, checked.lifts_changed, opened.plan.wells)
    workspace.journal.move(entry.id, State.QUEUED)
    import_templates.remember(workspace, opened.contents, opened.plan)
    entries.close_tasks(workspace)
    return _report(
        entry.id, opened, checked, Written(record.rows_added, record.rows_changed, record.rows_same)
    )


def well_keys(workspace: Workspace, checked: Checked) -> dict[str, dict[str, str]]:
    """The wells behind the file's names: at the centre they have other numbers, and names may mean another
    field's wells.
    """
    listed = [well for batch in checked.batches for well in batch.wells]
    registry = Registry([*records.named_in_files(workspace.store), *checked.new_wells, *listed])
    names = dict.fromkeys([*checked.wells, *(name for batch in checked.batches for name in batch.names)])
    return {name: well.key for name in names if name and (well := registry.find(name)) is not None}


def _kept(opened: OpenFile) -> Path:
    if not opened.path.exists():
        raise KnownError("file_missing", file=str(opened.path))
    return opened.path


def _report(import_id: str, opened: OpenFile, checked: Checked, written: Written) -> ImportReport:
    return ImportReport(
        import_id,
        opened.path.name,
        checked.kind,
        checked.wells,
        written.added,
        written.changed,
        written.same,
        (*opened.contents.remarks, *checked.remarks),
        sheets=checked.sheets,
        unknown_wells=checked.unknown_wells,
        problems=told(checked.problems),
    )


def told(problems: Sequence[Problem]) -> tuple[JsonObject, ...]:
    return tuple(
        {
            "sheet": p.sheet,
            "line": p.line,
            "column": column_of(p),
            "value": p.value,
            "code": p.code,
            "severity": p.severity,
            **({"details": as_json(p.details)} if p.details else {}),
        }
        for p in problems[:MOST_TOLD]
    )


# ---- the way back ------------------------------------------------------------------------------------------


def refuse_undo(workspace: Workspace, import_id: str) -> ImportRecord:
    """The import that may be taken back. Raises KnownError (import_unknown, import_undo_*) when it is not
    there, or a later import or a later change stands on its rows.
    """
    record = records.import_by_id(workspace.store, import_id)
    if record is None or record.undone:
        raise KnownError("import_unknown", id=import_id)
    with workspace.store.reading() as cursor:
        later = reading_store.later_import_over(cursor, import_id)
        later_records, edited = kinds.changed_since(cursor, import_id)
        standing = wells_made.used_by_others(cursor, import_id)
    if later or later_records:
        raise KnownError("import_undo_order", later=later or later_records)
    if edited:
        raise KnownError("import_undo_edited", count=edited)
    if standing:
        raise KnownError("import_undo_well", well=standing)
    return record


def undo(workspace: Workspace, import_id: str, *, restore: bool = True) -> ImportRecord:
    """Take one import back, in one transaction; what it replaced stands again. Raises KnownError when a later
    import or a later change stands on its rows.
    """
    record = refuse_undo(workspace, import_id)
    before = tasks.done_and_there(workspace.store)
    undone = workspace.journal.add("import_undone", {"import": import_id}, supersedes=import_id)
    workspace.journal.note_taken_back(import_id, undone.id)
    apply_undo(workspace, import_id, undone.id)
    for gone in sorted(before - tasks.done_and_there(workspace.store)):
        entries.open_tasks_again(workspace, gone)
    payload = _payload(workspace, import_id)
    changed = [built(LiftChange, one) for one in rows_of(payload, "lifts")]
    named = part_of(part_of(payload, "plan"), "wells")
    lifts.change_back(workspace, changed, {name: text_of(named, name) for name in named})
    if restore and payload.get(replacing.REPLACES):
        stand_again(workspace, needed_text(payload, replacing.REPLACES))
    return record


def _payload(workspace: Workspace, import_id: str) -> JsonObject:
    entry = workspace.journal.get(import_id)
    assert entry is not None
    return entry.payload

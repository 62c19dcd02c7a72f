"""A file that was looked at into the store: check, journal the file, write in one transaction; and the way
back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.core.clock import iso, parse_time
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.jobs import Job
from app.importers import IMPORTERS
from app.importers import plan as plans
from app.importers.base import Contents
from app.importers.opening import Asked, read_file, read_pieces
from app.importers.plan import Plan
from app.importers.trial import Batch
from app.models import limits
from app.models.entries import Entry, State
from app.models.kinds.naming import FILE_ORDER, FileNaming, rule_of
from app.models.records import ImportRecord
from app.models.store import cards as card_store
from app.models.store import kinds, records, wells_made
from app.models.store import readings as reading_store
from app.models.store import well_tests as well_test_store
from app.models.store.readings import Written
from app.models.well_names import Registry
from app.services.imports import templates as import_templates
from app.services.imports import wells as import_wells
from app.services.imports.check import Checked, check, ready
from app.services.imports.opening import ImportOptions, OpenFile, open_file
from app.services.workspace import Workspace

MOST_TOLD = 200
STOPS = ("column_missing", "no_sensor_column", "card_angle", "long_form_unit")
"""What a table is or lacks as a whole: said before any of its cells."""


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
    remarks: tuple[tuple[str, dict[str, Any]], ...] = ()
    already: bool = False
    sheets: tuple[dict[str, Any], ...] = ()
    unknown_wells: tuple[str, ...] = ()
    problems: tuple[dict[str, Any], ...] = ()
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
    if before is not None:
        return replace(_report("", opened, checked, Written(same=checked.rows)), already=True)
    if dry_run:
        return _report("", opened, checked, Written(added=checked.rows))
    if options.new_wells and checked.unknown_wells:
        opened = replace(opened, plan=replace(opened.plan, new_wells=checked.unknown_wells))
        checked = check(workspace, opened.path, opened.contents, opened.plan, opened.asked.words)
    return _commit(workspace, opened, checked, job)


def commit(workspace: Workspace, opened: OpenFile, job: Job | None = None) -> ImportReport:
    """What the plan says, wholly or not at all. Raises KnownError."""
    if any(sheet.cut for sheet in opened.contents.sheets):
        opened = _whole(opened)
    try:
        checked = check(workspace, opened.path, opened.contents, opened.plan, opened.asked.words)
        return _commit(workspace, opened, checked, job)
    finally:
        opened.contents.close()


def _whole(opened: OpenFile) -> OpenFile:
    """What was only looked at is read again from its beginning, as it was decided."""
    asked = replace(
        opened.asked, preview=False, layouts={sheet.name: sheet.layout for sheet in opened.plan.sheets}
    )
    return replace(opened, asked=asked, contents=read_file(opened.path, opened.importer, asked))


def _commit(workspace: Workspace, opened: OpenFile, checked: Checked, job: Job | None) -> ImportReport:
    refuse(opened.path, checked, opened.plan)
    if job is not None:
        job.check()
    payload = {
        "importer": opened.importer.key,
        "file": opened.path.name,
        "sha256": opened.sha256,
        "plan": plans.to_json(opened.plan),
        "author": limits.clean_name(workspace.settings["author"])[: limits.LONGEST_NAME],
        "at": iso(workspace.clock()),
        "well_keys": well_keys(workspace, checked),
        "naming": FILE_ORDER,
    }
    entry = workspace.journal.add(
        "import", payload, ((opened.path.name, _kept(opened)),), entry_id=new_id(), draft=True
    )
    try:
        if entry.attachments[0].sha256 != opened.sha256:
            raise KnownError("file_changed", file=str(opened.path), retry=True)
        record = _write(workspace, entry.id, payload, opened.path, opened.contents, opened.plan, checked, job)
    except BaseException:
        workspace.journal.discard(entry.id, "not written")
        raise
    workspace.journal.move(entry.id, State.QUEUED)
    import_templates.remember(workspace, opened.contents, opened.plan)
    return _report(
        entry.id, opened, checked, Written(record.rows_added, record.rows_changed, record.rows_same)
    )


def well_keys(workspace: Workspace, checked: Checked) -> dict[str, dict[str, str]]:
    """The wells behind the file's names: at the centre they have other numbers, and names may mean another
    field's wells.
    """
    registry = Registry([*records.wells(workspace.store), *checked.new_wells])
    names = dict.fromkeys([*checked.wells, *(name for batch in checked.batches for name in batch.names)])
    return {name: well.key for name in names if name and (well := registry.find(name)) is not None}


def _kept(opened: OpenFile) -> Path:
    if not opened.path.exists():
        raise KnownError("file_missing", file=str(opened.path))
    return opened.path


def refuse(path: Path, checked: Checked, plan: Plan) -> None:
    """The first thing that stops an import, with its place."""
    if checked.reason is not None and checked.reason.code in STOPS:
        raise checked.reason
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    if errors and not plan.leave_out_bad:
        first = errors[0]
        details = {
            "sheet": first.sheet,
            "line": first.line,
            "column": first.header,
            "value": first.value,
            "count": sum(p.code == first.code for p in errors),
        }
        raise KnownError(first.code, file=str(path), **{**details, **first.details})
    if checked.nameless:
        raise KnownError("import_needs_well", file=str(path))
    if checked.unknown_wells:
        raise KnownError(
            "wells_unknown",
            file=str(path),
            wells=", ".join(checked.unknown_wells[:10]),
            count=len(checked.unknown_wells),
            near=", ".join(checked.near) or "—",
        )
    if not checked.rows:
        raise checked.reason or KnownError("file_no_rows", file=str(path))


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
        problems=told(checked),
    )


def told(checked: Checked) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "sheet": p.sheet,
            "line": p.line,
            "column": p.header,
            "value": p.value,
            "code": p.code,
            "severity": p.severity,
        }
        for p in checked.problems[:MOST_TOLD]
    )


def _batches(
    workspace: Workspace, path: Path, contents: Contents, plan: Plan, checked: Checked, words: Path | None
) -> Iterator[Batch]:
    """What was checked, then the rest of a file too long to be held: checked piece by piece inside the
    transaction.
    """
    yield from checked.batches
    for sheet in contents.sheets:
        if sheet.more is None:
            continue
        for table in sheet.more():
            piece = replace(contents, sheets=(replace(sheet, table=table, more=None),), things=())
            following = check(workspace, path, piece, plan, words, partial=True)
            refuse_part(path, following, plan)
            yield from following.batches


def refuse_part(path: Path, checked: Checked, plan: Plan) -> None:
    if checked.rows or checked.unknown_wells or any(p.severity == "error" for p in checked.problems):
        refuse(path, checked, plan)


def _write(
    workspace: Workspace,
    import_id: str,
    payload: dict[str, Any],
    path: Path,
    contents: Contents,
    plan: Plan,
    checked: Checked,
    job: Job | None,
) -> ImportRecord:
    added = changed = same = 0
    words, naming = workspace.paths.header_words, FileNaming(rule_of(payload))
    with workspace.store.writing(job) as cursor:
        import_wells.settle(cursor, import_id, plan, checked.new_wells)
        for batch in _batches(workspace, path, contents, plan, checked, words):
            if job is not None:
                job.check()
            for written in _write_batch(
                workspace, cursor, import_id, ready(workspace, cursor, batch, plan.wells), naming
            ):
                added, changed, same = added + written.added, changed + written.changed, same + written.same
            if job is not None:
                job.report(added + changed + same, None, "job.import")
        record = ImportRecord(
            import_id,
            parse_time(payload["at"]),
            path.name,
            payload["sha256"],
            checked.kind,
            added,
            changed,
            same,
        )
        records.put_import(cursor, record)
    return record


def _write_batch(
    workspace: Workspace, cursor: records.Cursor, import_id: str, batch: Batch, naming: FileNaming
) -> Iterator[Written]:
    if batch.readings is not None and len(batch.readings):
        written = reading_store.write_in(cursor, reading_store.in_order(batch.readings), import_id)
        workspace.grids.written(batch.readings)
        yield written
    if batch.records is not None and batch.kind is not None:
        yield kinds.put_in(cursor, batch.kind, naming.named(batch.kind, batch.records), import_id)
    if batch.cards:
        new, known = card_store.add_in(cursor, list(batch.cards), import_id)
        yield Written(new, 0, known)
    if batch.well_tests:
        well_test_store.add_in(cursor, list(batch.well_tests), import_id)
        yield Written(len(batch.well_tests))
    if batch.wells:
        yield import_wells.add(cursor, import_id, list(batch.wells))


# ---- the way back ------------------------------------------------------------------------------------------


def undo(workspace: Workspace, import_id: str) -> ImportRecord:
    """Take one import back, in one transaction. Raises KnownError when a later import or a later change
    stands on its rows.
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
    workspace.journal.add("import_undone", {"import": import_id}, supersedes=import_id)
    apply_undo(workspace, import_id)
    return record


def apply_undo(workspace: Workspace, import_id: str) -> None:
    record = records.import_by_id(workspace.store, import_id)
    if record is None or record.undone:
        return
    workspace.grids.forget()
    with workspace.store.writing() as cursor:
        reading_store.undo_import(cursor, import_id)
        card_store.remove_import(cursor, import_id)
        well_test_store.remove_import(cursor, import_id)
        kinds.undo_import(cursor, import_id)
        wells_made.undo(cursor, import_id)
        records.put_import(cursor, replace(record, undone=True))


def apply_entry(workspace: Workspace, entry: Entry) -> None:
    """Do a journalled import again, from the file kept with it, into a cache that lost it."""
    if records.import_by_id(workspace.store, entry.id) is not None:
        return
    payload = entry.payload
    plan = plans.from_json(payload["plan"], payload["file"])
    path = Path(payload["file"])
    asked = Asked(
        layouts={sheet.name: sheet.layout for sheet in plan.sheets},
        words=workspace.paths.header_words,
    )
    contents = read_pieces(
        path,
        workspace.journal.blobs.pieces(entry.attachments[0].sha256),
        IMPORTERS[payload["importer"]],
        asked,
    )
    try:
        checked = check(workspace, path, contents, plan, asked.words)
        refuse(path, checked, plan)
        _write(workspace, entry.id, payload, path, contents, plan, checked, None)
    finally:
        contents.close()

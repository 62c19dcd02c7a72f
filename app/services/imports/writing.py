"""What was read and checked into the store, in one transaction, and out of it again. A replay of the journal
does the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from app.core.clock import parse_time
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.plain import JsonObject
from app.core.texts import in_each_language
from app.importers import IMPORTERS
from app.importers import plan as plans
from app.importers.base import Contents
from app.importers.first_wrong import first_wrong
from app.importers.opening import Asked, read_pieces
from app.importers.plan import Plan
from app.importers.trial import Batch
from app.models.entries import Entry
from app.models.kinds.joining import joins
from app.models.kinds.naming import FileNaming, rule_of
from app.models.limits import LATEST
from app.models.records import ImportRecord
from app.models.store import cards as card_store
from app.models.store import central, kinds, merged, records, wells_made
from app.models.store import readings as reading_store
from app.models.store import well_tests as well_test_store
from app.models.store.joining import over_stored
from app.models.store.readings import Written
from app.models.values import needed_text, part_of, text_of
from app.services.imports import wells as import_wells
from app.services.imports.check import Checked, check, ready
from app.services.workspace import Workspace

STOPS = (
    "column_missing",
    "no_sensor_column",
    "card_angle",
    "long_form_unit",
    "depth_log",
    "not_only_wells",
    "planned_figures",
    "other_amounts",
)
"""What a table is or lacks as a whole: said before any of its cells."""


def refuse(path: Path, checked: Checked, plan: Plan) -> None:
    """The first thing that stops an import, with its place."""
    reason = checked.reason
    if reason is not None and (reason.code in STOPS or (reason.code == "no_kind_fits" and not checked.rows)):
        raise reason
    open_ = [problem for problem in checked.problems if problem.severity == "question"]
    open_.sort(key=lambda problem: problem.code == "twin_values")  # what else is said may part the twins
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    if checked.nameless and open_ and all(problem.code == "twin_sheets" for problem in open_):
        raise KnownError("import_needs_well", file=str(path))  # of no well nothing can be said twice
    if open_ or (errors and not plan.leave_out_bad):
        raise first_wrong(path, checked.kind, open_ or errors)
    if checked.lifts:
        one = checked.lifts[0]
        now, said = in_each_language(f"lift.{one.now}"), in_each_language(f"lift.{one.said}")
        raise KnownError(
            "lift_changes", file=str(path), count=len(checked.lifts), well=one.well, now=now, said=said
        )
    if checked.nameless:
        raise KnownError("import_needs_well", file=str(path))
    if checked.unknown_wells:
        raise KnownError(
            "wells_odd" if set(checked.unknown_wells) <= set(checked.odd) else "wells_unknown",
            file=str(path),
            wells=", ".join(checked.unknown_wells[:10]),
            count=len(checked.unknown_wells),
            near=", ".join(checked.near) or "—",
        )
    if not checked.rows:
        raise checked.reason or KnownError("file_no_rows", file=str(path))


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
            following = check(workspace, path, piece, checked.plan, words, partial=True, now=checked.now)
            refuse_part(path, following, plan)
            yield from following.batches


def refuse_part(path: Path, checked: Checked, plan: Plan) -> None:
    if checked.rows or checked.unknown_wells or any(p.severity == "error" for p in checked.problems):
        refuse(path, checked, plan)


def _keys(payload: JsonObject) -> dict[str, dict[str, str]]:
    """What the file calls a well → what the well is called."""
    keys = part_of(payload, "well_keys")
    return {name: {part: text_of(key, part) for part in key} for name in keys if (key := part_of(keys, name))}


def write(
    workspace: Workspace,
    import_id: str,
    payload: JsonObject,
    path: Path,
    contents: Contents,
    plan: Plan,
    checked: Checked,
    job: Job | None,
) -> ImportRecord:
    added = same = 0
    changed = len(plan.lifts_changed)
    words = workspace.paths.header_words
    with workspace.store.writing(job) as cursor:
        naming = FileNaming(rule_of(payload), partial(kinds.stored_as, cursor))
        import_wells.settle(cursor, import_id, plan, checked.new_wells, checked.placed)
        for batch in _batches(workspace, path, contents, plan, checked, words):
            if job is not None:
                job.check()
            for written in _write_batch(
                workspace,
                cursor,
                import_id,
                ready(workspace, cursor, batch, plan.wells, _keys(payload)),
                naming,
                payload,
                plan.lifts_changed,
            ):
                added, changed, same = added + written.added, changed + written.changed, same + written.same
            if job is not None:
                job.report(added + changed + same, None, "job.import")
        record = ImportRecord(
            import_id,
            parse_time(needed_text(payload, "at")),
            path.name,
            needed_text(payload, "sha256"),
            checked.kind,
            added,
            changed,
            same,
        )
        records.put_import(cursor, record)
        central.note_applied(cursor, import_id)
    return record


def _write_batch(
    workspace: Workspace,
    cursor: records.Cursor,
    import_id: str,
    batch: Batch,
    naming: FileNaming,
    payload: JsonObject,
    changed: tuple[str, ...],
) -> Iterator[Written]:
    if batch.readings is not None and len(batch.readings):
        written = reading_store.write_in(cursor, reading_store.in_order(batch.readings), import_id)
        workspace.grids.written(batch.readings, merged.relation(cursor))
        yield written
    if batch.records is not None and batch.kind is not None:
        rows = naming.named(batch.kind, batch.records)
        if joins(batch.kind, payload):
            rows = over_stored(cursor, batch.kind, rows)
        yield kinds.put_in(cursor, batch.kind, rows, import_id)
    if batch.cards:
        new, known = card_store.add_in(cursor, list(batch.cards), import_id)
        yield Written(new, 0, known)
    if batch.well_tests:
        well_test_store.add_in(cursor, list(batch.well_tests), import_id)
        yield Written(len(batch.well_tests))
    if batch.wells:
        yield import_wells.add(cursor, import_id, list(batch.wells), changed)


# ---- the way back ------------------------------------------------------------------------------------------


def apply_undo(workspace: Workspace, import_id: str, undone_by: str) -> None:
    """`undone_by`: the entry that says so."""
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
        central.note_applied(cursor, undone_by)


def apply_entry(workspace: Workspace, entry: Entry) -> None:
    """Do a journalled import again, from the file kept with it, into a cache that lost it."""
    if records.import_by_id(workspace.store, entry.id) is not None:
        return
    payload = entry.payload
    plan = plans.from_json(payload["plan"], needed_text(payload, "file"))
    path = Path(needed_text(payload, "file"))
    asked = Asked(
        layouts={sheet.name: sheet.layout for sheet in plan.sheets},
        words=workspace.paths.header_words,
    )
    contents = read_pieces(
        path,
        workspace.journal.blobs.pieces(entry.attachments[0].sha256),
        IMPORTERS[needed_text(payload, "importer")],
        asked,
    )
    try:
        # What has happened by now was judged when it came.
        checked = check(workspace, path, contents, plan, asked.words, now=LATEST)
        refuse(path, checked, plan)
        write(workspace, entry.id, payload, path, contents, plan, checked, None)
    finally:
        contents.close()

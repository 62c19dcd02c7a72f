"""A file that is read otherwise than the first time: the corrected mapping replaces the first, and undoing it
brings the first back.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.importers import IMPORTERS
from app.importers import plan as plans
from app.importers.opening import Asked, read_file
from app.importers.plan import Plan, SheetPlan
from app.models.entries import Entry
from app.models.values import needed_text
from app.services.imports.opening import ImportOptions, OpenFile
from app.services.workspace import Workspace

REPLACES = "replaces"
"""The key of an import's payload that names the import whose place it takes."""


def corrected(options: ImportOptions) -> bool:
    """Whether an engineer said how the file is to be read: a newer program alone replaces nothing."""
    return bool(options.mapping or options.template or options.kind or options.answers or options.units)


def read_otherwise(workspace: Workspace, import_id: str, plan: Plan) -> bool:
    """Whether the columns, kinds, units or answers are not those of the import that is there."""
    entry = workspace.journal.get(import_id)
    if entry is None:
        return False
    before = plans.from_json(entry.payload["plan"], needed_text(entry.payload, "file"))
    return list(map(_how, before.sheets)) != list(map(_how, plan.sheets))


def _how(sheet: SheetPlan) -> tuple[object, ...]:
    return sheet.name, sheet.kind, sheet.columns, sheet.month_first, sheet.answers


def with_its_wells(workspace: Workspace, opened: OpenFile, import_id: str) -> OpenFile:
    """The plan that also makes the wells which go with the import it replaces."""
    entry = workspace.journal.get(import_id)
    if entry is None:
        return opened
    before = plans.from_json(entry.payload["plan"], needed_text(entry.payload, "file"))
    wells = tuple(dict.fromkeys((*opened.plan.new_wells, *before.new_wells)))
    return replace(opened, plan=replace(opened.plan, new_wells=wells))


def taken_out(workspace: Workspace, entry: Entry, folder: Path) -> OpenFile:
    """The file kept with an import, opened again as it was decided then. Raises KnownError (gone)."""
    payload = entry.payload
    path = folder / Path(needed_text(payload, "file")).name
    with path.open("wb") as file:
        for piece in workspace.journal.blobs.pieces(entry.attachments[0].sha256):
            file.write(piece)
    plan = plans.from_json(payload["plan"], needed_text(payload, "file"))
    asked = Asked(
        layouts={sheet.name: sheet.layout for sheet in plan.sheets}, words=workspace.paths.header_words
    )
    importer = IMPORTERS[needed_text(payload, "importer")]
    return OpenFile(
        path, importer, needed_text(payload, "sha256"), read_file(path, importer, asked), plan, asked
    )

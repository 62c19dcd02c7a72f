"""A file looked at: read in its child process, a plan proposed from headers, templates and what was said
beforehand.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.core.errors import KnownError
from app.importers.base import Contents, Importer, head_of
from app.importers.opening import Asked, choose_by_head, proposal, read_file
from app.importers.plan import Plan
from app.importers.sheets import Layout
from app.importers.targets import TABLE_KINDS
from app.services.imports import templates as import_templates
from app.services.workspace import Workspace


@dataclass(frozen=True)
class ImportOptions:
    """What was said beforehand. `mapping` is column header → field; `template` a name or a file; `usual_well`
    holds for rows that name none, `well` for all of them.
    """

    well: str | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    kind: str | None = None
    template: str | None = None
    leave_out_bad: bool = False
    new_wells: bool = False
    usual_well: str | None = None
    time: str = ""
    """Of rows that have none, as files write it."""
    strokes_per_minute: float | None = None
    lifts: str = ""
    """What is done with wells that have another lift than the file says: change, keep; else it is asked."""


@dataclass(frozen=True)
class OpenFile:
    """A file that has been read, with what is proposed or decided to be done with it. The preview changes
    `plan` only.
    """

    path: Path
    importer: Importer
    sha256: str
    contents: Contents
    plan: Plan
    asked: Asked


def open_file(
    workspace: Workspace,
    path: Path,
    options: ImportOptions | None = None,
    *,
    layouts: dict[str, Layout] | None = None,
    preview: bool = False,
) -> OpenFile:
    """Raises KnownError (file_*, and what the reader of its format finds). Nothing is written."""
    options = options or ImportOptions()
    _refuse_unknown_kind(options.kind)
    importer = choose_by_head(path, head_of(path))
    asked = Asked(
        options.kind or _kind_of_mapping(options.mapping),
        layouts,
        preview,
        words=workspace.paths.header_words,
    )
    sha256 = sha256_of(path)
    contents = read_file(path, importer, asked)
    try:
        plan = proposal(
            path,
            contents,
            asked,
            import_templates.memory(workspace),
            technical_atmosphere=workspace.settings["technical_atmosphere"],
        )
        plan = import_templates.apply(workspace, contents, plan, options.template)
        plan = _as_told(path, contents, plan, options)
    except BaseException:
        contents.close()
        raise
    return OpenFile(path, importer, sha256, contents, plan, asked)


def _refuse_unknown_kind(kind: str | None) -> None:
    if kind is not None and kind not in TABLE_KINDS:
        raise KnownError("import_kind", kind=kind, known=", ".join(item.key for item in TABLE_KINDS))


def _kind_of_mapping(mapping: dict[str, str]) -> str | None:
    """Columns named by hand say what the table is, when there is only one kind that has them all, or the
    first.
    """
    if not mapping:
        return None
    return next(
        (kind.key for kind in TABLE_KINDS if all(kind.target(key) is not None for key in mapping.values())),
        None,
    )


def _as_told(path: Path, contents: Contents, plan: Plan, options: ImportOptions) -> Plan:
    """`--map` and `--well` over the proposal. Raises KnownError for a column or a field that is not there."""
    open_columns = dict(options.mapping)
    sheets = []
    for sheet in plan.sheets:
        for header, key in options.mapping.items():
            index = next((i for i, column in enumerate(sheet.columns) if column.header == header), None)
            if index is None:
                continue
            if TABLE_KINDS[sheet.kind].target(key) is None:
                raise KnownError("mapping_field", file=str(path), column=header, field=key)
            sheet = replace(sheet.assign(index, key), skip=False)
            open_columns.pop(header, None)
        if options.usual_well and not sheet.well and sheet.column_of("well") is None:
            sheet = replace(sheet, well=options.usual_well)
        if options.time and sheet.column_of("time") is None:
            sheet = replace(sheet, time=options.time)
        if options.strokes_per_minute is not None and sheet.column_of("strokes_per_minute") is None:
            sheet = replace(sheet, strokes_per_minute=options.strokes_per_minute)
        if options.well:
            index = sheet.column_of("well")
            sheet = replace(sheet if index is None else sheet.assign(index, ""), well=options.well)
        sheets.append(sheet)
    if open_columns:
        known = ", ".join(column.header for sheet in plan.sheets for column in sheet.columns)
        raise KnownError("mapping_column", file=str(path), column=next(iter(open_columns)), known=known[:400])
    plan = replace(plan, sheets=tuple(sheets), leave_out_bad=plan.leave_out_bad or options.leave_out_bad)
    return _things_of(contents, plan, options.well) if options.well else plan


def _things_of(contents: Contents, plan: Plan, well: str) -> Plan:
    """Cards and tests of our own format from a well that the file names otherwise, or not at all."""
    wells = {str(thing.data.get("well", "")): well for thing in contents.things}
    return replace(plan, wells={**plan.wells, **wells})


def for_well(opened: OpenFile, well: str) -> OpenFile:
    return replace(opened, plan=_things_of(opened.contents, opened.plan, well))


def sha256_of(path: Path) -> str:
    """Raises KnownError. A megabyte of memory, whatever the size."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except OSError as error:
        raise KnownError("file_unreadable", file=str(path), reason=str(error)) from error
    return digest.hexdigest()

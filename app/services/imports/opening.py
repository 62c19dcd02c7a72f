"""A file looked at: read in its child process, a plan proposed from headers, templates and what was said
beforehand.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.core.errors import KnownError
from app.core.unit_spellings import find_unit, nearest
from app.core.zones import FieldZone
from app.importers.base import Contents, Importer, head_of
from app.importers.by_hand import assigned
from app.importers.field_clock import by_the_field, zone_said
from app.importers.mapping import named_by_file
from app.importers.opening import Asked, choose_by_head, proposal, read_file
from app.importers.plan import Plan, SheetPlan
from app.importers.remarks import names_of_units
from app.importers.sheets import Layout
from app.importers.targets import TABLE_KINDS
from app.models.store import records
from app.models.well_names import Registry
from app.services.imports import templates as import_templates
from app.services.workspace import Workspace


@dataclass(frozen=True)
class ImportOptions:
    """What was said beforehand. `mapping` is column header → field; `template` a name or a file; `usual_well`
    and `well` hold for rows that name none; `answers`: question → what was said of it.
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
    answers: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    """Column header → the unit that its numbers are in."""


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
        plan = _wells_by_sheets(workspace, path, contents, plan)
        plan = _as_told(path, contents, plan, options)
        plan = _by_the_field(contents, plan, workspace.settings.zone())
        if options.well:
            plan = _things_of(workspace, contents, plan, options.well)
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


def _wells_by_sheets(workspace: Workspace, path: Path, contents: Contents, plan: Plan) -> Plan:
    """A sheet that is called like a known well is that well's: `--well` speaks where the file names none."""
    registry: Registry | None = None
    for sheet in contents.sheets:
        of_sheet = plan.sheet(sheet.name)
        title = re.sub(r" \(\d+\)$", "", sheet.name.rpartition(" › ")[2]).strip()
        if of_sheet is None or of_sheet.skip or of_sheet.well or of_sheet.column_of("well") is not None:
            continue
        if len(title) < 2 or named_by_file(sheet, path.stem):
            continue
        registry = registry or Registry(records.named_in_files(workspace.store))
        well = registry.find(title)
        if well is not None:
            plan = plan.with_sheet(replace(of_sheet, well=well.name))
    return plan


def _as_told(path: Path, contents: Contents, plan: Plan, options: ImportOptions) -> Plan:
    """`--map` and `--well` over the proposal. Raises KnownError for a column or a field that is not there."""
    open_columns = dict(options.mapping)
    sheets = []
    for sheet in plan.sheets:
        sheet = replace(sheet, answers={**sheet.answers, **options.answers})
        for header, key in options.mapping.items():
            index = next((i for i, column in enumerate(sheet.columns) if column.header == header), None)
            if index is None:
                continue
            if TABLE_KINDS[sheet.kind].target(key) is None:
                raise KnownError("mapping_field", file=str(path), column=header, field=key)
            read = next(one for one in contents.sheets if one.name == sheet.name)
            sheet = replace(assigned(read, sheet, index, key), skip=False)
            open_columns.pop(header, None)
        if options.time and sheet.column_of("time") is None:
            sheet = replace(sheet, time=options.time)
        if options.strokes_per_minute is not None and sheet.column_of("strokes_per_minute") is None:
            sheet = replace(sheet, strokes_per_minute=options.strokes_per_minute)
        sheet = _with_units(path, sheet, options.units)
        usual = options.well or options.usual_well
        if usual and not sheet.well:
            sheet = replace(sheet, well=usual)
        sheets.append(sheet)
    if open_columns:
        known = ", ".join(column.header for sheet in plan.sheets for column in sheet.columns)
        raise KnownError("mapping_column", file=str(path), column=next(iter(open_columns)), known=known[:400])
    return replace(plan, sheets=tuple(sheets), leave_out_bad=plan.leave_out_bad or options.leave_out_bad)


def _by_the_field(contents: Contents, plan: Plan, zone: FieldZone) -> Plan:
    for sheet in contents.sheets:
        of_sheet = plan.sheet(sheet.name)
        if of_sheet is not None and not of_sheet.skip:
            plan = plan.with_sheet(by_the_field(sheet, of_sheet, zone))
    return plan


def decided(workspace: Workspace, opened: OpenFile, plan: SheetPlan) -> OpenFile:
    """The file with a sheet's plan as somebody wants it now. Hours that were typed for it, and those of a
    column that is its time only now, are of the field's clock like those that were seen at first.
    """
    zone, before = workspace.settings.zone(), opened.plan.sheet(plan.name)
    sheet = next((one for one in opened.contents.sheets if one.name == plan.name), None)
    if sheet is not None and (before is None or _times(before) != _times(plan)):
        if plan.zone == zone.name and not zone_said(sheet, plan.columns):
            plan = replace(plan, zone="")  # a day that was typed over an hour is a day again
        plan = by_the_field(sheet, plan, zone)
    return replace(opened, plan=opened.plan.with_sheet(plan))


def _times(plan: SheetPlan) -> tuple[object, ...]:
    return plan.kind, plan.time, plan.columns, plan.skip, plan.zone


def _with_units(path: Path, sheet: SheetPlan, units: dict[str, str]) -> SheetPlan:
    """Raises KnownError for a unit that is none."""
    columns = tuple(
        replace(column, unit=units[column.header], guessed=False) if column.header in units else column
        for column in sheet.columns
    )
    for column in columns:
        if column.header in units and find_unit(column.unit) is None:
            near = names_of_units(nearest(column.unit)) if nearest(column.unit) else "—"
            raise KnownError(
                "unit_unknown", file=str(path), line=1, column=column.header, unit=column.unit, near=near
            )
    return replace(sheet, columns=columns)


def _things_of(workspace: Workspace, contents: Contents, plan: Plan, well: str) -> Plan:
    """Cards and tests of our own format that name no well, or one that nobody knows: then the word of a
    person stands.
    """
    registry = Registry(records.named_in_files(workspace.store))
    names = {str(thing.data.get("well") or "") for thing in contents.things}
    return replace(
        plan, wells={**plan.wells, **{name: well for name in names if registry.find(name) is None}}
    )


def for_well(opened: OpenFile, well: str) -> OpenFile:
    """Cards and tests of our own format are this well's, whatever name the file has for it: a person says
    so.
    """
    wells = {str(thing.data.get("well", "")): well for thing in opened.contents.things}
    return replace(opened, plan=replace(opened.plan, wells={**opened.plan.wells, **wells}))


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

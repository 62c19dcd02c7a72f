"""Files in without a window: `wellside import` and `wellside watch`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.common import Json, Store, print_json, reading_of, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it
from app.core.errors import KnownError
from app.core.texts import Speaker
from app.models.values import Read, count_of, part_of, rows_of, text_of, texts_of

if TYPE_CHECKING:
    from app.services.imports.importing import ImportReport
    from app.services.imports.opening import ImportOptions
    from app.services.workspace import Workspace


@by_whoever_has_it
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    store: Store = None,
    kind: Annotated[
        str | None,
        typer.Option(
            help="What the tables are: readings, lab_result, flow_test, fluid_level, valve_test, workover, "
            "event, installation, production, model_result, head_pressures, fluid, reservoir, alarm, energy, "
            "pumping_unit, location, survey, rod_string, pump_curve, gas_lift_valves, wells, passport, "
            "card; document "
            "attaches the file."
        ),
    ] = None,
    well: Annotated[str | None, typer.Option(help="The well, where the file names none.")] = None,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", metavar='"COLUMN=field"', help="What a column is.")
    ] = None,
    template: Annotated[str | None, typer.Option(help="A laboratory's template: its name or a file.")] = None,
    moment: Annotated[
        str | None, typer.Option("--time", help="The date and time of rows that have none, such as a card's.")
    ] = None,
    strokes: Annotated[
        float | None,
        typer.Option("--spm", min=0.1, max=40, help="Strokes a minute, where the file does not say."),
    ] = None,
    new_wells: Annotated[
        bool, typer.Option("--new-wells", help="Make the wells that the store does not know.")
    ] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave cells that do not fit empty, and say which.")
    ] = False,
    lifts: Annotated[
        str,
        typer.Option(
            metavar="change|keep", help="What to do with wells that have another lift than the file says."
        ),
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check, write nothing.")] = False,
    preview: Annotated[
        int | None,
        typer.Option(
            min=0, metavar="N", help="Show the first and last N rows as they would be stored; write nothing."
        ),
    ] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            "--answer", metavar='"QUESTION=reading"', help="What a file leaves open: date_order=day."
        ),
    ] = None,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", metavar='"COLUMN=unit"', help="The unit of a column.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Import files of any kind; each file wholly or not at all."""
    from app.services.imports.importing import import_file
    from app.services.imports.opening import ImportOptions
    from app.services.records.documents import attach_file

    if lifts not in ("", "change", "keep"):
        raise KnownError("lifts_value", value=lifts)
    options = ImportOptions(
        well,
        _pairs(mapping),
        None if kind == "document" else kind,
        template,
        skip_bad,
        new_wells,
        lifts=lifts,
        time=moment or "",
        strokes_per_minute=strokes,
        answers=_answers(answer, "answer_value"),
        units=_answers(unit, "map_value"),
    )
    if preview is not None:
        _preview(files, store, options, preview, as_json=as_json)
        return
    reports = []
    with workspace_of(store) as workspace:
        speaker = speaker_of(workspace)
        for file in files:
            if kind == "document":
                report = attach_file(workspace, file, well, dry_run=dry_run)
            else:
                report = import_file(workspace, file, options, dry_run=dry_run)
            reports.append(report)
            if not as_json:
                _tell(report, speaker, dry_run=dry_run)
    if as_json:
        print_json(
            [
                {**vars(report), "remarks": [{"code": c, "detail": d} for c, d in report.remarks]}
                for report in reports
            ]
        )


def _preview(
    files: list[Path], store: Path | None, options: ImportOptions, most: int, *, as_json: bool
) -> None:
    from app.services.imports.preview import preview_file

    with reading_of(store) as workspace:
        found = [preview_file(workspace, file, options, most) for file in files]
        speaker = speaker_of(workspace)
    for one in found:
        if refused := part_of(one, "refused"):
            refused["words"] = speaker.error(_error_of(refused))
    if as_json:
        print_json(found)
    else:
        for one in found:
            _tell_preview(one, speaker)


def _error_of(told: Read) -> KnownError:
    return KnownError.of(text_of(told, "code"), part_of(told, "details"))


def _tell_preview(found: Read, speaker: Speaker) -> None:
    """Rows one a line: well, time, each value with its unit and marks."""
    from app.services.imports.words import remark_words

    print(found["file"])
    kind = text_of(found, "kind")
    for sheet in rows_of(found, "sheets"):
        if sheet.get("skipped"):
            print("  " + _skipped_words(sheet, speaker))
            continue
        print(
            "  " + speaker.say("cli.preview_sheet", **{**sheet, "kind": speaker.say(f"kind.{sheet['kind']}")})
        )
        first, last = rows_of(sheet, "first"), rows_of(sheet, "last")
        lines = [_row_words(row, text_of(sheet, "kind"), speaker) for row in first]
        if count_of(sheet, "stored_rows") > len(first):
            lines += ["…", *(_row_words(row, text_of(sheet, "kind"), speaker) for row in last)]
        for line in lines:
            print("    " + line)
        for one in rows_of(sheet, "figures"):
            if one.get("sum") is not None:
                print("    " + speaker.say("cli.preview_sum", **{"stored": "", **one}))
            elif one.get("reason"):
                print("    " + speaker.say("cli.preview_unused", **{"column": "", **one}))
    _tell_cells(kind, [cell for cell in rows_of(found, "problems") if cell["severity"] == "warning"], speaker)
    for one in rows_of(found, "remarks"):
        words = remark_words(kind, text_of(one, "code"), part_of(one, "detail"), speaker)
        print("  " + words, file=sys.stderr)
    if found["refused"]:
        print("  " + text_of(part_of(found, "refused"), "words"), file=sys.stderr)


def _skipped_words(sheet: Read, speaker: Speaker) -> str:
    """With why, where that is known."""
    said = speaker.say("cli.sheet_skipped", **sheet)
    why = part_of(sheet, "why")
    return f"{said}: {speaker.error(_error_of(why))}" if why else said


def _row_words(row: Read, kind: str, speaker: Speaker) -> str:
    from app.importers.field_names import field_name
    from app.services.imports.words import unit_words

    values = (
        f"{field_name(kind, str(one.get('sensor') or one['field']), speaker)} {_short(one['value'])} "
        f"{unit_words(text_of(one, 'unit'), '', speaker)}".rstrip()
        + (f" [{', '.join(texts_of(one, 'marks'))}]" if one["marks"] else "")
        for one in rows_of(row, "values")
    )
    return f"{row['well'] or '—'}  {row['time']}  " + "; ".join(values)


def _short(value: Any) -> str:
    if isinstance(value, list):
        return _listed(value)
    return f"{value:.7g}" if isinstance(value, float) else str(value)


def _listed(values: list[Any]) -> str:
    if not values:
        return ""
    if isinstance(values[0], dict):
        return f"({len(values)})"  # rows of a survey or a string of rods
    return f"{min(values):g}…{max(values):g} ({len(values)})"


def _pairs(mapping: list[str] | None) -> dict[str, str]:
    pairs = {}
    for item in mapping or []:
        column, equals, field = item.rpartition("=")
        if not equals or not column or not field:
            raise KnownError("map_value", value=item)
        pairs[column] = field
    return pairs


def _answers(said: list[str] | None, wrong: str) -> dict[str, str]:
    """`date_order=day`; a decimal mark may be the answer: `number_marks=,`."""
    found = {}
    for item in said or []:
        question, equals, reading = item.rpartition("=")
        if not equals or not question or not reading:
            raise KnownError(wrong, value=item)
        found[question] = reading
    return found


def _tell(report: ImportReport, speaker: Speaker, *, dry_run: bool) -> None:
    from app.services.imports.words import remark_words, sheet_words

    code = "cli.dry_run" if dry_run else "notice.imported_before" if report.already else "cli.imported"
    print(speaker.say(code, file=report.file, added=report.added, changed=report.changed, same=report.same))
    for sheet in report.sheets:
        if sheet.get("skipped"):
            print("  " + _skipped_words(sheet, speaker))
        else:
            print("  " + speaker.say("cli.sheet", **{**sheet, "kind": speaker.say(f"kind.{sheet['kind']}")}))
            for line in sheet_words(sheet, speaker):
                print("  " + line)
    if report.unknown_wells:
        print("  " + speaker.say("cli.unknown_wells", wells=", ".join(report.unknown_wells)), file=sys.stderr)
    _tell_cells(report.kind, report.problems, speaker)
    for remark, details in report.remarks:
        print("  " + remark_words(report.kind, remark, details, speaker), file=sys.stderr)


def _tell_cells(kind: str, cells: Iterable[Read], speaker: Speaker) -> None:
    from app.services.imports.words import cell_words

    for cell in cells:
        print("  " + cell_words(kind, cell, speaker), file=sys.stderr)


def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...")],
    store: Store = None,
    well: Annotated[str | None, typer.Option(help="Only of this well.")] = None,
    as_json: Json = False,
) -> None:
    """Find documents by words of their title and note, and by what stands in a PDF: a serial number."""
    from app.core.clock import iso
    from app.services.records import looking_up
    from app.services.wells.finding import find_well

    with reading_of(store, scratch=True) as workspace:
        speaker = speaker_of(workspace)
        wells = None if well is None else [find_well(workspace, well)]
        hits = looking_up.find(workspace, " ".join(words), wells)
    if as_json:
        told = [(hit.well.name, hit.record, hit.file, hit.words) for hit in hits]
        keys = ("well", "record", "kind", "at", "file", "words")
        print_json([dict(zip(keys, (w, r.id, r.kind, iso(r.at), f, t), strict=True)) for w, r, f, t in told])
        return
    for hit in hits:
        print(f"{hit.well.name:>8}  {speaker.dated(hit.record.at)}  {hit.file}: … {hit.words} …")
    if not hits:
        print(speaker.say("cli.nothing_found"))


def watch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER")],
    store: Store = None,
    well: Annotated[str | None, typer.Option(help="The well of files that name none.")] = None,
    template: Annotated[
        str | None, typer.Option(help="A laboratory's template; without it the one that fits.")
    ] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Leave cells that do not fit empty.")] = False,
    once: Annotated[bool, typer.Option("--once", help="Take what is there, then end.")] = False,
    every: Annotated[float, typer.Option(min=0.2, max=3600, help="Look again after so many seconds.")] = 2.0,
) -> None:
    """Take every file that appears in FOLDER: into `imported` when it is in the store, else into `rejected`
    with the reason.
    """
    if once:
        _watch_once(folder=folder, store=store, well=well, template=template, skip_bad=skip_bad)
        return
    with workspace_of(store) as workspace:
        look = _looking(workspace, folder, well, template, skip_bad)
        try:
            while True:
                look(settled=False)
                time.sleep(every)
        except KeyboardInterrupt:
            return


@by_whoever_has_it
def _watch_once(
    folder: Path, store: Path | None, well: str | None, template: str | None, skip_bad: bool
) -> None:
    with workspace_of(store) as workspace:
        _looking(workspace, folder, well, template, skip_bad)(settled=True)


def _looking(
    workspace: Workspace, folder: Path, well: str | None, template: str | None, skip_bad: bool
) -> Callable[..., None]:
    """Takes what is in the folder now, and says what became of it."""
    from app.services.imports.opening import ImportOptions
    from app.services.imports.watching import Watch

    speaker = speaker_of(workspace)
    watching = Watch(workspace, folder, ImportOptions(well, {}, None, template, skip_bad, False))

    def look(*, settled: bool) -> None:
        for taken in watching.look(settled=settled):
            print(f"{taken.file}: {taken.words(speaker)}", flush=True)

    return look

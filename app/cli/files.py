"""Files in without a window: `wellside import` and `wellside watch`."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.common import Json, Store, print_json, reading_of, speaker_of, workspace_of
from app.cli.handing import by_whoever_has_it
from app.core.errors import KnownError

if TYPE_CHECKING:
    from app.services.imports.opening import ImportOptions
    from app.services.workspace import Workspace

MOST_FOUND = 200
"""Of each group, where a whole list is wanted."""


@by_whoever_has_it
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    store: Store = None,
    kind: Annotated[
        str | None,
        typer.Option(
            help="What the tables are: readings, lab_result, flow_test, fluid_level, valve_test, workover, "
            "event, installation, production, model_result, head_pressures, fluid, reservoir, alarm, energy, "
            "pumping_unit, location, survey, rod_string, pump_curve, gas_lift_valves, "
            "model_curve, wells, passport, card; document attaches the file."
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
    from app.cli import imported
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
                imported.tell(report, speaker, dry_run=dry_run)
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
    from app.cli import imported
    from app.services.imports.preview import preview_file

    with reading_of(store) as workspace:
        found = [preview_file(workspace, file, options, most) for file in files]
        speaker = speaker_of(workspace)
    for one in found:
        imported.put_words(one, speaker)
    if as_json:
        print_json(found)
    else:
        for one in found:
            imported.tell_preview(one, speaker)


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


def find(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...")],
    store: Store = None,
    well: Annotated[str | None, typer.Option(help="Only of this well.")] = None,
    as_json: Json = False,
) -> None:
    """Find notes, events, findings, tasks and documents by their words, and by what stands in a document."""
    from app.core.clock import iso
    from app.core.jobs import Job
    from app.reports import search_words
    from app.services.reading import ReadingWorkspace
    from app.services.search import asking, keeping
    from app.services.wells.finding import find_well

    with reading_of(store, scratch=True) as workspace:
        speaker = speaker_of(workspace)
        wells = None if well is None else [find_well(workspace, well)]
        if not isinstance(workspace, ReadingWorkspace):  # else the window keeps its index up
            keeping.bring_up(workspace, Job())
            keeping.read_documents(workspace, Job())
        found = asking.ask(workspace, " ".join(words), speaker.language, wells, most=MOST_FOUND)
    if as_json:
        print_json(
            [
                {
                    "well": one.well.name,
                    "group": one.hit.group,
                    "kind": one.hit.kind,
                    "record": one.hit.id,
                    "at": iso(one.at),
                    "title": one.hit.title,
                    "file": one.hit.file.name if one.hit.file else "",
                    "page": one.hit.place,
                    "sheet": one.hit.sheet,
                    "words": one.hit.around,
                    "not_read": one.hit.told.state or one.hit.told.left,
                }
                for one in found
            ]
        )
        return
    for one in found:
        named = search_words.file_line(one.hit, speaker) or one.hit.title
        print(f"{one.well.name:>8}  {speaker.dated(one.at)}  {named}: … {one.hit.around} …")
        if one.hit.file is not None and (unread := search_words.unread(one.hit.file, one.hit.told, speaker)):
            print(f"{'':>8}  {unread}")
    if not found:
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

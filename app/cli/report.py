"""Reports without a window: `wellside report`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.common import Store, date_of, reading_of, show_progress, speaker_of
from app.core.errors import KnownError
from app.core.jobs import Job
from app.core.texts import LANGUAGES


def report(
    wells: Annotated[list[str] | None, typer.Argument(metavar="[WELL]...")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="The file to write, .pdf or .xlsx; with --each the folder.")
    ] = None,
    store: Store = None,
    template: Annotated[
        str, typer.Option(help="A template's key or name, or a .json file; --templates lists them.")
    ] = "well",
    pad: Annotated[str | None, typer.Option(help="All wells of this pad.")] = None,
    field: Annotated[
        str | None,
        typer.Option(
            help="The pad's field, where pads of several fields are called alike; without --pad the whole "
            "field."
        ),
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="A file for each well, into the folder --out.")
    ] = False,
    excel: Annotated[bool, typer.Option("--excel", help="With --each: Excel files.")] = False,
    archive: Annotated[bool, typer.Option("--archive", help="PDF/A-2b, for an archive.")] = False,
    templates: Annotated[bool, typer.Option("--templates", help="List the templates and end.")] = False,
    lang: Annotated[str | None, typer.Option(help="ru or en.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Start, 2026-10-01.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day, 2026-10-31.")] = None,
) -> None:
    """Write the report of wells or of a pad as PDF or Excel. Exit code 1 when a well has no data in the
    period.
    """
    from app.services.diagnosis.wholeness import require_whole
    from app.services.reports import files as report_files
    from app.services.reports import report as service
    from app.services.reports import templates as report_templates

    if lang is not None and lang not in LANGUAGES:
        raise typer.BadParameter(f"--lang: {', '.join(LANGUAGES)}")
    with reading_of(store) as workspace:
        speaker = speaker_of(workspace)
        if templates:
            for known in report_templates.every(workspace):
                print(f"{known.key:14} {known.origin:8} {known.named(lang or speaker.language)}")
            return
        if out is None:
            raise typer.BadParameter("--out")
        chosen = service.wells_of(workspace, wells or [], pad, field)
        wanted = service.order(
            workspace,
            chosen,
            template,
            since=date_of(since, speaker.zone),
            until=date_of(until, speaker.zone, end=True),
            language=lang,
            archive=archive,
        )
        if each:
            out.mkdir(parents=True, exist_ok=True)
            written = report_files.write_each(
                workspace, wanted, out, ".xlsx" if excel else ".pdf", Job(show_progress, min_gap_s=1.0)
            )
        else:
            written = [report_files.write(workspace, wanted, out)]
        for one in written:
            code = (
                "notice.workbook_written" if one.path.suffix.lower() == ".xlsx" else "notice.report_written"
            )
            print(speaker.say(code, file=str(one.path), pages=one.pages))
        missing = [name for one in written for name in one.missing]
        if missing:
            print(speaker.error(KnownError("report_no_data", wells=", ".join(missing))), file=sys.stderr)
            raise typer.Exit(1)
        require_whole()

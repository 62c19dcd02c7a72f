"""Reports as files: PDF or Excel, one or one for each well, the first page for who is waiting, a name to send
it by.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.analysis.transient import sources
from app.core.errors import KnownError
from app.core.jobs import Job
from app.reports.blocks import Document, Part
from app.services.reports.facts import usual_period
from app.services.reports.report import Begun, Order, assembled, document, parts_of, period_of
from app.services.workspace import Workspace

FIRST_PARTS = 3
"""Sections that most often fill a page."""


def load_ahead() -> None:
    """What the first report would be kept waiting by, as long as a report takes: reportlab, and the
    functions for a well that was tested.
    """
    from app.reports.pdf import document as pdf

    pdf.load_ahead()
    sources.vertical(np.ones(1))
    np.ma.zeros(1)  # what DuckDB's answers are read with


def pdf_bytes(
    workspace: Workspace,
    wanted: Order,
    job: Job | None = None,
    waiting: Callable[[bytes], None] | None = None,
) -> tuple[bytes, Document]:
    """The PDF itself, for the preview: what is seen is what is saved. Who is `waiting` has its beginning as
    soon as that fills a page. Raises KnownError.
    """
    known: list[Begun] = []
    parts: list[Part] = []
    for part in parts_of(workspace, wanted, known, job):
        parts.append(part)
        if waiting is not None and (begun := _filled_page(workspace, wanted, parts, job)):
            waiting(begun)
            waiting = None
    made = assembled(workspace, wanted, known, parts)
    from app.reports.pdf import document as pdf  # reportlab is loaded by the first report

    speaker = workspace.settings.speaker(wanted.language)
    return pdf.render_bytes(made, speaker, _checking(job))[0], made


def _filled_page(workspace: Workspace, wanted: Order, parts: list[Part], job: Job | None) -> bytes:
    """The report as far as it is made; nothing while that is less than a page."""
    if len(parts) < FIRST_PARTS:
        return b""
    from app.reports.pdf import document as pdf

    first = replace(wanted, wells=wanted.wells[:1]) if _speaks_of_wells_only(wanted) else wanted
    begun = [Begun(well, *period_of(workspace, first, well), None, True) for well in first.wells]
    speaker = workspace.settings.speaker(wanted.language)
    content, pages = pdf.render_bytes(assembled(workspace, first, begun, parts), speaker, _checking(job))
    return content if pages > 1 else b""


def _speaks_of_wells_only(wanted: Order) -> bool:
    return all(choice.spec.make_for_all is None for choice in wanted.template.sections)


def _checking(job: Job | None) -> Callable[[int], None]:
    return (lambda _: None) if job is None else (lambda _: job.check())


@dataclass(frozen=True)
class Written:
    """`pages` of a PDF, sheets of an Excel file. `missing`: wells without data in the period."""

    path: Path
    pages: int
    missing: tuple[str, ...]


def write(workspace: Workspace, wanted: Order, out: Path, job: Job | None = None) -> Written:
    """PDF, or Excel by the file's name. Raises KnownError (report_format, file_not_written, …)."""
    kind = out.suffix.lower()
    if kind not in (".pdf", ".xlsx"):
        raise KnownError("report_format", file=str(out))
    made = document(workspace, wanted, job)
    speaker = workspace.settings.speaker(wanted.language)
    if kind == ".xlsx":
        from app.reports.excel import book

        return Written(out, book.write(made, speaker, out), made.missing)
    from app.reports.pdf import document as pdf

    return Written(out, pdf.render(made, speaker, out, _checking(job)), made.missing)


def write_each(workspace: Workspace, wanted: Order, folder: Path, kind: str, job: Job) -> list[Written]:
    """A file for each well, named by what it is; those that are there already are written anew. Raises
    KnownError.
    """
    written: list[Written] = []
    for done, well in enumerate(wanted.wells):
        job.report(done, len(wanted.wells), "job.report")
        one = replace(wanted, wells=(well,))
        path = folder / suggested_name(workspace, one, kind)
        if any(path == other.path for other in written):  # wells of two pads may be called alike
            path = path.with_stem(f"{path.stem}_{well.pad or well.id}_{done + 1}")
        written.append(write(workspace, one, path))
    job.report(len(wanted.wells), len(wanted.wells), "job.report")
    return written


def suggested_name(workspace: Workspace, wanted: Order, kind: str = ".pdf") -> str:
    """Good for any disk and for a letter: template, wells, last day of the field."""
    wells = wanted.wells
    until = wanted.until or (usual_period(workspace, wells[0], 1)[1] if wells else workspace.clock())
    names = "-".join(well.name for well in wells) if len(wells) <= 3 else f"{len(wells)}"
    stem = f"{wanted.template.named(workspace.settings.speaker(wanted.language).language)}_{names}"
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in stem)[:80]
    day = workspace.settings.zone().shown(until)
    return f"{safe}_{day:%Y-%m-%d}{kind}"

"""What the page of reports has done off the GUI thread: previews, files, prints. Plain values in, plain
values out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from app.core.errors import KnownError
from app.core.files import hand_over
from app.core.jobs import Job
from app.models.store import records
from app.models.wells import Well
from app.reports.clippings import Clipping
from app.reports.template import Template
from app.services.reports import clippings
from app.services.reports import files as report_files
from app.services.reports import templates as report_templates
from app.services.reports.files import Written
from app.services.reports.report import Order
from app.services.workspace import Workspace
from app.views.pdf_view import Sizes, picture_of, sizes_of

PRINT_DPI = 300
A4_LONG_PT = 842.0


@dataclass(frozen=True)
class Preview:
    """`whole` is False for the first page, which comes before the rest is made."""

    content: bytes
    sizes: Sizes
    name: str
    missing: tuple[str, ...]
    whole: bool


def load_ahead() -> None:
    report_files.load_ahead()


def preview(job: Job, workspace: Workspace, wanted: Order) -> Preview:
    """Hands over the first page, another `Preview`, before the rest is made."""

    def begun(content: bytes) -> None:
        job.hand_over(Preview(content, sizes_of(job, content, "")[:1], "", (), whole=False))

    content, made = report_files.pdf_bytes(workspace, wanted, job, begun)
    return Preview(
        content,
        sizes_of(job, content, made.title),
        report_files.suggested_name(workspace, wanted),
        made.missing,
        whole=True,
    )


def write_pdf(job: Job, path: Path, content: bytes) -> Path:
    return hand_over(path, content)


def write_excel(job: Job, workspace: Workspace, wanted: Order, path: Path) -> Path:
    return report_files.write(workspace, wanted, path, job).path


def write_each(job: Job, workspace: Workspace, wanted: Order, folder: Path, kind: str) -> list[Written]:
    return report_files.write_each(workspace, wanted, folder, kind, job)


def print_pages(job: Job, printer: QPrinter, content: bytes, sizes: Sizes, name: str) -> int:
    """Each page on a sheet of its orientation, as large as fits. Returns the pages sent."""
    first, last = printer.fromPage() or 1, printer.toPage() or len(sizes)
    numbers = [n for n in range(len(sizes)) if first <= n + 1 <= last]
    painter = QPainter()
    try:
        for done, number in enumerate(numbers):
            job.report(done, len(numbers), "job.printing")
            wide, high = sizes[number]
            printer.setPageOrientation(
                QPageLayout.Orientation.Landscape if wide > high else QPageLayout.Orientation.Portrait
            )
            if done == 0:
                if max(wide, high) > A4_LONG_PT * 1.1:
                    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A3))
                if not painter.begin(printer):
                    raise KnownError("printer_refused", printer=printer.printerName() or "—")
            else:
                printer.newPage()
            _, image = picture_of(job, content, number, round(wide / 72 * PRINT_DPI), name)
            _draw_fitting(painter, printer, image)
    finally:
        if painter.isActive():
            painter.end()
    return len(numbers)


def print_whole(job: Job, printer: QPrinter, content: bytes, name: str) -> int:
    """Every page of a PDF that nobody has looked at before."""
    return print_pages(job, printer, content, sizes_of(job, content, name), name)


def _draw_fitting(painter: QPainter, printer: QPrinter, image: QImage) -> None:
    room = printer.pageRect(QPrinter.Unit.DevicePixel)
    scale = min(room.width() / image.width(), room.height() / image.height())
    wide, high = image.width() * scale, image.height() * scale
    painter.drawImage(QRectF((room.width() - wide) / 2, 0, wide, high), image)


def templates(job: Job, workspace: Workspace) -> list[Template]:
    return report_templates.every(workspace)


def remember(job: Job, workspace: Workspace, key: str) -> None:
    """The template chosen last, for the next time. The settings are synced to the disk: not in the GUI
    thread.
    """
    workspace.settings.set("report_template", key)


def save_template(job: Job, workspace: Workspace, template: Template, name: str) -> Template:
    return report_templates.save(workspace, template, name)


def remove_template(job: Job, workspace: Workspace, template: Template) -> str:
    report_templates.remove(workspace, template)
    return template.key


def take_template(job: Job, workspace: Workspace, path: Path) -> Template:
    return report_templates.take_file(workspace, path)


def give_template(job: Job, template: Template, path: Path) -> Path:
    return report_templates.write_file(template, path)


def wells(job: Job, workspace: Workspace) -> list[Well]:
    return records.wells(workspace.store)


def taken(job: Job, workspace: Workspace) -> list[Clipping]:
    return clippings.taken(workspace)


def put_clippings(job: Job, workspace: Workspace, kept: list[Clipping]) -> list[Clipping]:
    clippings.put(workspace, kept)
    return kept

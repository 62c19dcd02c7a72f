"""Pages of a PDF as pictures, and pictures under each other in a layout: for the report's preview and for documents."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout

from app.core.errors import KnownError
from app.core.jobs import Job
from app.views import widgets

MOST_PAGES = 200
MOST_PIXELS = 120_000_000


def pages_of(job: Job, content: bytes, width: int, name: str) -> list[QImage]:
    """For any thread: QImage may be made there, QPixmap may not. Raises KnownError for a PDF that cannot be read."""
    import pypdfium2

    images = []
    try:
        document = pypdfium2.PdfDocument(content)
        try:
            for number in range(min(len(document), MOST_PAGES)):
                job.check()
                page = document[number]
                wide, high = max(page.get_width(), 1), max(page.get_height(), 1)
                scale = min(width / wide, (MOST_PIXELS / (wide * high)) ** 0.5)
                bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
                image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)  # fmt: skip
                images.append(image.copy())
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise KnownError("document_damaged", file=name, reason=str(error)[:80]) from error
    return images


def show_pictures(layout: QVBoxLayout, images: list[QImage]) -> None:
    """In place of what was there."""
    widgets.clear(layout)
    for image in images:
        page = QLabel()
        page.setPixmap(QPixmap.fromImage(image))
        page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(page)
    layout.addStretch(1)

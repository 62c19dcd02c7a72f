"""Pages of a PDF under each other: drawn when they come into view, so that five hundred pages are as quick as
one.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from app.core.errors import KnownError
from app.core.jobs import Job
from app.views import widgets
from app.views.context import Context

LOCK = threading.Lock()
"""PDFium is one state for the whole process: two threads in it at once crash it."""
Sizes = list[tuple[float, float]]
MOST_PAGES = 2_000
MOST_PIXELS = 120_000_000
KEPT_PICTURES = 30
WIDEST_PX = 900
NARROWEST, WIDEST_ZOOM = 0.4, 3.0


def sizes_of(job: Job, content: bytes, name: str) -> Sizes:
    """(width, height) [pt] of every page. Raises KnownError (document_damaged)."""
    import pypdfium2

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(content)
            try:
                return [document.get_page_size(n) for n in range(min(len(document), MOST_PAGES))]
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            raise KnownError("document_damaged", file=name, reason=str(error)[:80]) from error


def picture_of(job: Job, content: bytes, number: int, width_px: int, name: str) -> tuple[int, QImage]:
    """For any thread: QImage may be made there, QPixmap may not. Raises KnownError (document_damaged)."""
    import pypdfium2

    with LOCK:
        job.check()
        try:
            document = pypdfium2.PdfDocument(content)
            try:
                page = document[number]
                wide, high = max(page.get_width(), 1), max(page.get_height(), 1)
                scale = min(width_px / wide, (MOST_PIXELS / (wide * high)) ** 0.5)
                bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
                image = QImage(
                    bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
                )
                return number, image.copy()
            finally:
                document.close()
        except pypdfium2.PdfiumError as error:
            raise KnownError("document_damaged", file=name, reason=str(error)[:80]) from error


class PdfView(QScrollArea):
    """As wide as there is room for; Ctrl+wheel zooms. Pictures far from what is seen are let go."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._content, self._name = b"", ""
        self._sizes: Sizes = []
        self._zoom = 1.0
        self._gone_to = (0, 0)
        self.sheets: list[QLabel] = []
        self._drawn: dict[int, int] = {}  # page → the width its picture has or is being drawn with
        self._inside = QWidget()
        self._layout = QVBoxLayout(self._inside)
        self._layout.setSpacing(10)
        self.setWidgetResizable(True)
        self.setWidget(self._inside)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pages"))
        self.verticalScrollBar().valueChanged.connect(self._draw_seen)
        self.viewport().installEventFilter(self)

    def show_pdf(self, content: bytes, sizes: Sizes, name: str) -> None:
        """In place of what was there; the place in the document is kept when it has as many pages."""
        place = self.verticalScrollBar().value() if len(sizes) == len(self._sizes) else 0
        self._content, self._sizes, self._name = content, sizes, name
        self._clear()
        for _ in sizes:
            self._add()
        self._layout.addStretch(1)
        self._fit()
        self.verticalScrollBar().setValue(place)
        self._draw_seen()

    def go_to(self, page: int) -> None:
        """Counted from one. The bar may not know yet how far it reaches."""
        places = self._places()
        if 1 <= page <= len(places):
            top, bar = places[page - 1][0], self.verticalScrollBar()
            bar.setMaximum(max(bar.maximum(), top))
            bar.setValue(top)
            self._gone_to = (page, bar.value())
            self._draw_seen()

    def show_images(self, images: list[QImage]) -> None:
        self._content, self._sizes = b"", []
        self._clear()
        for image in images:
            sheet = self._add()
            sheet.setPixmap(QPixmap.fromImage(image))
        self._layout.addStretch(1)

    def _clear(self) -> None:
        widgets.clear(self._layout)
        self.sheets, self._drawn = [], {}

    def _add(self) -> QLabel:
        sheet = QLabel()
        sheet.setProperty("role", "sheet")
        sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._layout.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self.sheets.append(sheet)
        return sheet

    def _width(self, number: int) -> int:
        """Pages that lie on their side are as wide as there is room for, upright ones at most as a page on a
        desk.
        """
        wide, high = self._sizes[number]
        room = max(self.viewport().width() - 36, 200)
        most = WIDEST_PX * (1.35 if wide > high else 1.0)
        return int(min(room, most) * self._zoom)

    def _fit(self) -> None:
        for number, sheet in enumerate(self.sheets[: len(self._sizes)]):
            wide, high = self._sizes[number]
            width = self._width(number)
            sheet.setFixedSize(QSize(width, round(width * high / max(wide, 1))))
        self._inside.layout().activate()

    @Slot()
    def _draw_seen(self, *_: object) -> None:
        """The pages in view and one on either side, the first one first."""
        if not self._sizes:
            return
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        seen = [n for n, (start, end) in enumerate(self._places()) if end >= top and start <= bottom]
        if not seen:
            return
        for number in [*seen, seen[0] - 1, seen[-1] + 1]:
            if 0 <= number < len(self.sheets) and self._drawn.get(number) != self._width(number):
                self._drawn[number] = self._width(number)
                self._context.runner.start(
                    picture_of,
                    self._content,
                    number,
                    self._width(number),
                    self._name,
                    purpose=f"page {id(self)} {number}",
                    done=self._draw,
                )
        self._let_go(seen)

    def _places(self) -> list[tuple[int, int]]:
        """(top, bottom) of each page [px]: by their sizes, for the layout may not have had its turn."""
        at, places = self._layout.contentsMargins().top(), []
        for sheet in self.sheets:
            places.append((at, at + sheet.height()))
            at += sheet.height() + self._layout.spacing()
        return places

    def _let_go(self, seen: list[int]) -> None:
        far = sorted(self._drawn, key=lambda n: -min(abs(n - seen[0]), abs(n - seen[-1])))
        for number in far[: max(0, len(far) - KEPT_PICTURES)]:
            del self._drawn[number]
            self.sheets[number].clear()

    @Slot(object)
    def _draw(self, answer: tuple[int, QImage]) -> None:
        number, image = answer
        if number < len(self.sheets) and number in self._drawn:
            self.sheets[number].setPixmap(QPixmap.fromImage(image))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        page, value = self._gone_to
        if page and value == self.verticalScrollBar().value():  # nobody has turned a page since
            self.go_to(page)
        self._draw_seen()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.1 if event.angleDelta().y() > 0 else 1 / 1.1)
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def zoom(self, factor: float) -> None:
        self._zoom = min(max(self._zoom * factor, NARROWEST), WIDEST_ZOOM)
        self._fit()
        self._draw_seen()

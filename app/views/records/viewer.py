"""Documents as they are: pages of a PDF, pictures. Other files are saved and opened with their own
programs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Slot
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.core.errors import KnownError
from app.core.jobs import Job
from app.models.records import AttachedFile
from app.services.records import documents
from app.services.workspace import Workspace
from app.views import widgets
from app.views.calm import ChoiceBox, TextField
from app.views.context import Context
from app.views.fitted import FittedDialog
from app.views.handing_out import ask_target, tell_written
from app.views.pdf_view import MOST_PIXELS, PdfView, Sizes, sizes_of
from app.views.records.history import save_file

WIDTH = 860
LARGEST = 256 * 1024 * 1024


@dataclass(frozen=True)
class Opened:
    """A PDF with the sizes of its pages, a picture, or a text; none for a file that can only be saved."""

    content: bytes = b""
    sizes: Sizes = field(default_factory=list)
    images: list[QImage] = field(default_factory=list)
    text: str = ""


def _open(job: Job, workspace: Workspace, file: AttachedFile) -> Opened:
    """Raises KnownError for a file that is damaged."""
    if file.size > LARGEST:
        return Opened()
    content = documents.content_of(workspace, file)
    if content.startswith(b"%PDF"):
        return Opened(content, sizes_of(job, content, file.name))
    images = _picture(file, content)
    return Opened(images=images, text="" if images else _text(workspace, file))


def _text(workspace: Workspace, file: AttachedFile) -> str:
    """As the search has read it, which is how far a stranger's document is read."""
    told, sheet = [], ""
    for piece in workspace.search.pieces(file.sha256):
        if piece.sheet != sheet:
            sheet = piece.sheet
            told.append(f"— {sheet} —")
        told.append(piece.text)
    return "\n\n".join(told)


def _picture(file: AttachedFile, content: bytes) -> list[QImage]:
    """By its content, whatever its name; the size is looked at before a pixel is unpacked."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid():
        return []
    if size.width() * size.height() > MOST_PIXELS:
        raise KnownError("document_damaged", file=file.name, reason=f"{size.width()}×{size.height()}")
    if size.width() > WIDTH:
        reader.setScaledSize(QSize(WIDTH, max(1, size.height() * WIDTH // size.width())))
    image = reader.read()
    if image.isNull():
        raise KnownError("document_damaged", file=file.name, reason=reader.errorString()[:80])
    return [image]


class Viewer(FittedDialog):
    def __init__(
        self,
        context: Context,
        files: tuple[AttachedFile, ...],
        parent: QWidget,
        *,
        page: int = 0,
        words: str = "",
    ) -> None:
        """`page`: of the first file, where it is to be opened; 0 is its beginning. `words`: what stands
        there, in a document without pages.
        """
        super().__init__(parent)
        self._context, self.files, self._page, self._words = context, files, page, words
        self.setWindowTitle(files[0].name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.choice = ChoiceBox()
        self.choice.setAccessibleName(self.tr("File"))
        for file in files:
            self.choice.addItem(file.name)
        self.state = widgets.text("")
        save = QPushButton(self.tr("Save as…"))
        save.clicked.connect(self._ask)
        bar = QHBoxLayout()
        bar.addWidget(self.choice, 1)
        bar.addWidget(save)
        self.view = PdfView(context)
        self.text = TextField(readOnly=True)
        self.text.setAccessibleName(self.tr("Text of the document"))
        self.text.hide()
        layout = QVBoxLayout(self)
        layout.addLayout(bar)
        layout.addWidget(self.state)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.text, 1)
        self.resize(940, 680)
        self.choice.currentIndexChanged.connect(self._load)
        self._load()

    @property
    def file(self) -> AttachedFile:
        return self.files[max(self.choice.currentIndex(), 0)]

    @Slot()
    def _load(self, *_: object) -> None:
        self.setWindowTitle(self.file.name)
        self.state.setText(self.tr("Opening…"))
        self._context.runner.start(
            _open,
            self._context.workspace,
            self.file,
            purpose=f"viewer {id(self)}",
            done=self._show,
            failed=self._failed,
        )

    @Slot(object)
    def _show(self, opened: Opened) -> None:
        if opened.sizes:
            self.view.show_pdf(opened.content, opened.sizes, self.file.name)
            if self._page:
                self.view.go_to(self._page)
                self._page = 0
        else:
            self.view.show_images(opened.images)
        self.text.setPlainText(opened.text)
        widgets.show_one(bool(opened.text), self.text, self.view)
        if self._words and self.text.find(self._words):
            self.text.centerCursor()
        state = ""
        if opened.text:
            state = self.tr("The text alone, as it was read for the search. To see it as it is, save it.")
        elif not opened.sizes and not opened.images:
            state = self.tr("This kind of file is not shown here: save it and open it with its own program.")
        self.state.setText(state)
        self.state.setVisible(bool(state))

    @Slot(object)
    def _failed(self, error: BaseException) -> None:
        self._context.tell_refusal(error, self.state.setText)

    @Slot()
    def _ask(self) -> None:
        path = ask_target(self._context, self, self.tr("Save the file"), self.file.name)
        if path is not None:
            self._context.runner.start(save_file, self._context.workspace, self.file, path, done=self._saved)

    @Slot(object)
    def _saved(self, path: Path) -> None:
        tell_written(self._context, path)

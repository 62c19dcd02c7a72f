"""The words of a report, page by page."""

from __future__ import annotations

import pypdfium2

from app.services.reports import files as report_files
from app.services.reports import report
from app.services.workspace import Workspace


def texts_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def text_of(workspace: Workspace, wanted: report.Order) -> str:
    return " ".join(texts_of(report_files.pdf_bytes(workspace, wanted)[0]))


def plain(words: str) -> str:
    return " ".join(words.split())

"""The words of a PDF, for looking a document up by what stands in it."""

from __future__ import annotations

import threading

LOCK = threading.Lock()
"""PDFium is one state for the whole process: two threads in it at once crash it."""
MOST_PAGES, MOST_LETTERS = 300, 500_000


def text_of(content: bytes) -> str:
    """Empty for what is no PDF, is locked, or is a scan without words."""
    if not content.startswith(b"%PDF"):
        return ""
    import pypdfium2

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError:
            return ""
        try:
            return _words(document)
        except pypdfium2.PdfiumError:
            return ""
        finally:
            document.close()


def _words(document: object) -> str:
    found: list[str] = []
    for number in range(min(len(document), MOST_PAGES)):  # type: ignore[arg-type]
        page = document[number]  # type: ignore[index]
        found.append(page.get_textpage().get_text_bounded())
        if sum(map(len, found)) > MOST_LETTERS:
            break
    return " ".join(" ".join(found).split())[:MOST_LETTERS]

"""PDF: the text of each page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.core.errors import KnownError
from app.importers.documents.parts import PART_LETTERS, Words, gathered
from app.models.search.found import Piece

PAGE_LETTERS = 4 * PART_LETTERS
"""Of one page: a drawing of a whole field has no more."""


def is_one(content: bytes) -> bool:
    return content.startswith(b"%PDF")


def words(path: Path, content: bytes) -> Words:
    """Raises KnownError (words_damaged, file_password)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise KnownError("file_password", file=str(path)) from error
        raise KnownError("words_damaged", file=str(path), reason=str(error)[:80]) from error
    damaged: list[int] = []
    found = gathered(_pages(document, damaged))
    if damaged and not found.parts:
        reason = f"{len(damaged)}/{len(document)}"
        raise KnownError("words_damaged", file=str(path), reason=reason)
    return replace(found, left=found.left or ("pages" if damaged else ""))


def _pages(document: Any, damaged: list[int]) -> Iterator[Piece]:
    import pypdfium2

    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_bounded()
            page.close()
        except pypdfium2.PdfiumError:
            damaged.append(number)
            continue
        yield Piece(text[:PAGE_LETTERS], number + 1)

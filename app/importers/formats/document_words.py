"""Words of a document that is kept with a well: to look it up by. It is no format of an import: what a file
is asked for decides that it is read so.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from app.core.errors import KnownError
from app.importers.base import HEAD, Contents, Importer, Order, Thing, whole
from app.importers.documents import office, portable
from app.importers.documents.parts import Words, gathered, in_pieces
from app.importers.encodings import encoding_of

LARGEST = 64 * 2**20
"""Of a document that is read for its words; a larger one is found by its title."""
TEXTS = (".txt", ".csv", ".tsv", ".md", ".log", ".las", ".html", ".htm", ".xml", ".json")


def recognises(path: Path, head: bytes) -> bool:
    return False


def read(path: Path, stream: BinaryIO, order: Order) -> Contents:
    """Raises KnownError (file_too_large, words_no_document, and what is wrong with the document)."""
    content = whole(path, stream, LARGEST)
    return Contents(things=(Thing("words", _words(path, content).to_json(), ""),))


def _words(path: Path, content: bytes) -> Words:
    for kind in (portable, office):
        if kind.is_one(content):
            return kind.words(path, content)
    if path.suffix.lower() not in TEXTS:
        raise KnownError("words_no_document", file=str(path))
    text = content.decode(encoding_of(path, content[:HEAD]), "replace")
    return gathered(in_pieces((0, line) for line in text.splitlines()))


IMPORTER = Importer("words", (), recognises, read)

"""Parts of a document as they are kept: pages, pieces of a sheet or of a running text, and what was left."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.core.plain import JsonObject
from app.models.search.found import Piece

MOST_PARTS = 2_000
"""Pages: as many as the viewer shows."""
MOST_LETTERS = 2_000_000
PART_LETTERS = 6_000
MOST_S = 30.0
"""Of the processor: what was read until then is kept, and that it is not all is told."""

_JOINED = re.compile("[\u00ad\ufffe\u0002]\\s*")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Words:
    """`left` names what was not read: empty, parts, letters, time, pages (some could not be read)."""

    parts: tuple[Piece, ...]
    left: str = ""

    def to_json(self) -> JsonObject:
        return {
            "parts": [{"text": one.text, "place": one.place, "sheet": one.sheet} for one in self.parts],
            "left": self.left,
        }


def clean(text: str) -> str:
    """One line; a word that a line's end has parted is one word again."""
    words = _BLANKS.sub(" ", _JOINED.sub("", text)).strip()
    return words.encode("utf-8", "ignore").decode()


def gathered(parts: Iterable[Piece]) -> Words:
    """What fits into the limits, the first parts first."""
    kept: list[Piece] = []
    letters, until = 0, time.process_time() + MOST_S
    for count, part in enumerate(parts):
        if count >= MOST_PARTS:
            return Words(tuple(kept), "parts")
        if time.process_time() > until:
            return Words(tuple(kept), "time")
        text = clean(part.text)
        letters += len(text)
        if letters > MOST_LETTERS:
            return Words(tuple(kept), "letters")
        if text:
            kept.append(Piece(text, part.place, part.sheet))
    return Words(tuple(kept))


def in_pieces(lines: Iterable[tuple[int, str]], sheet: str = "") -> Iterator[Piece]:
    """(place, line) of a running text, gathered to pieces that are quick to look through."""
    begun: list[str] = []
    place = length = 0
    for number, line in lines:
        for cut in range(0, max(len(line), 1), PART_LETTERS):
            piece = line[cut : cut + PART_LETTERS]
            if begun and length + len(piece) > PART_LETTERS:
                yield Piece(" ".join(begun), place, sheet)
                begun, length = [], 0
            if not begun:
                place = number
            begun.append(piece)
            length += len(piece) + 1
    if begun:
        yield Piece(" ".join(begun), place, sheet)

"""Patterns of tags and topics: `site/+/{well}/PINT`, `WELL_*.PINT`, `scada/#`. No regular expressions: a
match takes one pass over the path, whatever the pattern.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import KnownError

WELL, SENSOR = "{well}", "{sensor}"
LONGEST_PATTERN, LONGEST_PATH = 400, 2_000
MOST_HOLES = 12
_REST = "#"


@dataclass(frozen=True)
class _Hole:
    """Any text of one part; `name` when it is kept, then it is not empty."""

    name: str = ""
    least: int = 0


_Piece = str | _Hole


@dataclass(frozen=True)
class Glob:
    """`*` is any text within a part, `+` a whole part, `#` at the end whatever follows; `{well}` and
    `{sensor}` are what they name. Parts are separated by `/`; capitals do not count.
    """

    text: str
    parts: tuple[tuple[_Piece, ...], ...]
    rest: bool

    @property
    def exact(self) -> bool:
        return not self.rest and all(isinstance(piece, str) for part in self.parts for piece in part)

    @property
    def holes(self) -> frozenset[str]:
        named = (piece.name for part in self.parts for piece in part if isinstance(piece, _Hole))
        return frozenset(filter(None, named))

    @property
    def weight(self) -> tuple[int, int]:
        """The more it says, the sooner it is asked."""
        said = sum(len(piece) for part in self.parts for piece in part if isinstance(piece, str))
        return said, len(self.parts)

    def match(self, path: str) -> dict[str, str] | None:
        """What stands in the named places; None when it is another path."""
        if len(path) > LONGEST_PATH:
            return None
        parts = plain(path).split("/")
        if len(parts) < len(self.parts) or len(parts) > len(self.parts) and not self.rest:
            return None
        found: dict[str, str] = {}
        for pieces, part in zip(self.parts, parts, strict=False):
            if not _fits(pieces, part, found):
                return None
        return found


def plain(path: str) -> str:
    return path.replace("\\", "/").strip("/ ")


def folded(part: str) -> str:
    """Capitals do not count; where small letters would be more than they are, they do."""
    low = part.lower()
    return low if len(low) == len(part) else part


def parse(text: str) -> Glob:
    """Raises KnownError (tag_pattern)."""
    pattern = plain(text)
    if not pattern or len(pattern) > LONGEST_PATTERN:
        raise KnownError("tag_pattern", pattern=text[:60], reason=f"1–{LONGEST_PATTERN}")
    parts = pattern.split("/")
    rest = parts[-1] == _REST
    pieces = tuple(_pieces(part, text) for part in (parts[:-1] if rest else parts))
    holes = [piece for part in pieces for piece in part if isinstance(piece, _Hole)]
    named = [hole.name for hole in holes if hole.name]
    if len(holes) > MOST_HOLES or len(named) != len(set(named)):
        raise KnownError("tag_pattern", pattern=text[:60], reason=f"* + {{…}} ≤ {MOST_HOLES}")
    return Glob(pattern, pieces, rest)


def _pieces(part: str, whole: str) -> tuple[_Piece, ...]:
    if part == "+":
        return (_Hole(least=1),)
    found: list[_Piece] = []
    while part:
        for mark, hole in ((WELL, _Hole("well", 1)), (SENSOR, _Hole("sensor", 1)), ("*", _Hole())):
            if part.startswith(mark):
                if found and isinstance(found[-1], _Hole):
                    # Nothing says where the first of two neighbours ends.
                    raise KnownError("tag_pattern", pattern=whole[:60], reason=f"…{mark}")
                found.append(hole)
                part = part[len(mark) :]
                break
        else:
            end = min((at for mark in "{*" if (at := part.find(mark, 1)) > 0), default=len(part))
            if part[0] in "{}" or "}" in part[:end] or _REST in part[:end]:
                raise KnownError("tag_pattern", pattern=whole[:60], reason=part[:20])
            found.append(part[:end].lower())
            part = part[end:]
    return tuple(found) or ("",)


def _fits(pieces: tuple[_Piece, ...], part: str, found: dict[str, str]) -> bool:
    """Each literal at its first place after the one before, the last one at the end: that finds a match
    whenever there is one.
    """
    low = folded(part)
    at, hole = 0, None
    for index, piece in enumerate(pieces):
        if isinstance(piece, _Hole):
            hole = piece
            continue
        if hole is None:
            start = 0 if low.startswith(piece) else -1
        elif index == len(pieces) - 1:
            start = len(low) - len(piece)
            start = start if start >= at + hole.least and low.endswith(piece) else -1
        else:
            start = low.find(piece, at + hole.least)
        if start < 0:
            return False
        if hole is not None and hole.name:
            found[hole.name] = part[at:start]
        at, hole = start + len(piece), None
    if hole is None:
        return at == len(low)
    if hole.name:
        found[hole.name] = part[at:]
    return len(low) - at >= hole.least

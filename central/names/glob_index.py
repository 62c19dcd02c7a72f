"""Which of thousands of patterns can fit a path at all: each is kept under the rarest thing that it says, a
whole part or the beginning of one, and is asked only where a path has that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from central.names.globs import Glob, folded, plain

_Anchor = tuple[int, str, bool]
"""Number of a part, what it is or begins with, whether that is all of it."""


class GlobIndex:
    def __init__(self, globs: Sequence[Glob]) -> None:
        self._loose: list[int] = []
        self._at: dict[_Anchor, list[int]] = {}
        self._lengths: dict[int, set[int]] = {}
        anchors = [_anchors(glob) for glob in globs]
        how_many = Counter(anchor for own in anchors for anchor in own)
        for number, own in enumerate(anchors):
            if not own:
                self._loose.append(number)
                continue
            place, text, whole = rarest = min(own, key=lambda anchor: how_many[anchor])
            self._at.setdefault(rarest, []).append(number)
            if not whole:
                self._lengths.setdefault(place, set()).add(len(text))

    def may_fit(self, path: str) -> list[int]:
        """Numbers of patterns, in their order; every one that fits is among them."""
        found = list(self._loose)
        for place, part in enumerate(plain(path).split("/")):
            low = folded(part)
            found += self._at.get((place, low, True), ())
            for length in self._lengths.get(place, ()):
                found += self._at.get((place, low[:length], False), ())
        return sorted(set(found))


def _anchors(glob: Glob) -> list[_Anchor]:
    return [
        (place, pieces[0], len(pieces) == 1)
        for place, pieces in enumerate(glob.parts)
        if pieces and isinstance(pieces[0], str)
    ]

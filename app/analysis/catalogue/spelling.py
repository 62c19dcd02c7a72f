"""How names of equipment are compared: in one alphabet, by letters and numbers, whatever stands between."""

from __future__ import annotations

import difflib
import itertools
import re
import unicodedata
from collections.abc import Iterable

Parts = tuple[str, ...]

# Letters that look alike are written with either alphabet: everything is compared in Latin.
_ALIKE = str.maketrans("АВЕКМНОРСТУХЁ×", "ABEKMHOPCTYXEX")
_PART = re.compile(r"(?P<whole>\d+)(?:[.,](?P<decimals>\d+))?|[^\W\d_]+")
MOST_PARTS = 24
"""Nothing is called by more."""


def parts(name: str) -> Parts:
    """Letters and numbers of a name, in order.

    Args:
        name: as somebody wrote it
    Returns:
        upper case, look-alike letters Latin, decimals with a point and no needless zeros; letters that only a
        dash parts are one
    Valid: any text, its first 24 parts; dashes, spaces and brackets part and are not kept.
    Ours: С-228-213-86 and C 228–213–86, СКД8-3,0-4000 and "СКД 8-3-4000" are the same.

    >>> parts("С-228-213-86") == parts("c 228–213-86"), parts("СКД 8-3,0-4000")
    (True, ('CKД', '8', '3', '4000'))
    """
    plain = unicodedata.normalize("NFKC", name).upper().translate(_ALIKE)
    found: list[str] = []
    end, letters = 0, False
    for match in itertools.islice(_PART.finditer(plain), MOST_PARTS):
        between = plain[end : match.start()]
        end = match.end()
        if match["whole"] is not None:
            whole, decimals = match["whole"].lstrip("0") or "0", (match["decimals"] or "").rstrip("0")
            found.append(f"{whole}.{decimals}" if decimals else whole)
            letters = False
        elif letters and between and " " not in between:
            found[-1] += match.group()
        else:
            found.append(match.group())
            letters = True
    return tuple(found)


def nearest(wanted: Parts, known: Iterable[tuple[Parts, str]], count: int = 3) -> list[str]:
    """Names most like the one that was wanted.

    Args:
        wanted: of the name that is not there
        known: parts and name of each that is there
        count: [-] how many at most
    Returns:
        best first, each name once
    Valid: at least one where anything is known.
    Ours: difflib's ratio over the joined parts.

    >>> nearest(parts("ЭЦН5-126"), [(parts(name), name) for name in ("ЭЦН5-125", "ВНН5-50")], 1)
    ['ЭЦН5-125']
    """
    joined = "-".join(wanted)
    scored = sorted(
        ((difflib.SequenceMatcher(None, joined, "-".join(those)).ratio(), name) for those, name in known),
        key=lambda one: -one[0],
    )
    return list(dict.fromkeys(name for _, name in scored))[:count]

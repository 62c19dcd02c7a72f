"""Signs of print as people type them: a size `2⅞″` is `2 7/8"`."""

from __future__ import annotations

import re
import unicodedata

_AFTER_FIGURE = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")


def plainly(text: str) -> str:
    """One kind of letters and figures, of fractions and of inches."""
    parted = unicodedata.normalize("NFKC", _AFTER_FIGURE.sub(" ", text))
    return parted.replace("\u2044", "/").replace("\u2032\u2032", '"')  # what `″` is made of

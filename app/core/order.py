"""In what order names stand."""

from __future__ import annotations

import re
from functools import lru_cache

NUMBER, DIGITS = re.compile(r"\d+"), 20


@lru_cache(maxsize=1 << 16)
def natural(text: str) -> str:
    """What texts are put in order by, as people count and spell: 10 comes after 9, `ё` stands with `е`.

    >>> sorted(["10", "9", "1097", "347Г", "9а"], key=natural)
    ['9', '9а', '10', '347Г', '1097']
    """
    return NUMBER.sub(lambda found: found.group().zfill(DIGITS), text.casefold().replace("ё", "е"))

"""Units of one letter behind a sign of its quantity, `Iа А`, `Uвх В`: elsewhere such a letter is a phase."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.importers.vocabulary import Vocabulary, folded, tail_of

_SIGN = re.compile(r"^(?P<sign>[IUІ][^\W\d_]{0,5}\.?)\s+(?P<unit>[AАVВ])$", re.IGNORECASE)


def tail_behind(name: str, headers: Iterable[str], words: Vocabulary) -> tuple[str, str]:
    """(the name, what may be its unit), of such a sign too: where the whole is no name, `I А` of a phase, and
    no other column has the sign with another letter, `U А | U В | U С`.
    """
    found, behind = tail_of(name), _SIGN.match(name.strip())
    if found[1] or behind is None or words.means(name):
        return found
    sign = folded(behind["sign"])
    others = [folded(header) for header in headers]
    alike = {other for other in others if other.startswith(f"{sign} ") and len(other) == len(sign) + 2}
    return (behind["sign"], behind["unit"]) if len(alike) == 1 else found

"""Units of one letter behind a sign of its quantity, `Iа А`, `Uвх В`: elsewhere such a letter is a phase."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.importers.vocabulary import Vocabulary, folded, tail_of

_SIGN = re.compile(r"^(?P<sign>[IUІ][^\W\d_]{0,5}\.?)\s+(?P<unit>[AАVВ])$", re.IGNORECASE)
_PHASES = frozenset(map(folded, "ABCАВС"))


def tail_behind(name: str, headers: Iterable[str], words: Vocabulary) -> tuple[str, str]:
    """(the name, what may be its unit), of such a sign too where the whole is no name, `I А` of a phase. No
    letter that another column has another phase for, `U А | U В`, `amps_a | amps_b`, is a unit.
    """
    bare, tail = tail_of(name)
    behind = _SIGN.match(name.strip())
    if not tail and behind is not None and not words.means(name):
        bare, tail = behind["sign"], behind["unit"]
    if folded(tail) not in _PHASES:
        return bare, tail
    sign = folded(bare)
    letters = {folded(header).removeprefix(f"{sign} ") for header in headers} & _PHASES
    return (bare, tail) if len(letters) < 2 else ("", "")

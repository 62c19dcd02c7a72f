"""Units that a header names and that are not what they look like: with a factor (`lbs x 1000`, `А (x0.1)`),
two that say different things (`PIP_psi` over `bar`), of one stage of a pump (`ft/stage`).
"""

from __future__ import annotations

import re

from app.core.unit_spellings import find_unit, quantities_of
from app.importers.vocabulary import per_hundred_turns, split_unit

_TIMES = (
    r"(?:(?<![^\W_])[xх]|[×*·∙])\s*(?:10+(?:(?:\^|\*\*)?[-−+]?\d+|[⁻⁺]?[⁰¹²³⁴-⁹]+)?|0[.,]0*1)(?![\w.,])"
    r"|(?<![\w.,])10\s*(?:\^|\*\*)\s*[-−+]?\d+(?!\w)\s*[x×х*·∙]?"
)
_FACTOR = re.compile(rf"[(\[{{]\s*(?:{_TIMES})\s*[)\]}}]|(?:{_TIMES})", re.IGNORECASE)
"""Whether the numbers are to be multiplied by it or were, nothing tells: `Гц*100` is 5000 for 50 Hz,
`lbs x 1000` is 10.2 for 10,200 lbs.
"""
_A_STAGE = re.compile(r"\s*/\s*(?:stage|stg|ступ\w*|ст)\.?(?=[\s)\],;]|$)", re.IGNORECASE)


def with_factor(header: str) -> tuple[str, str]:
    """(the header without it, the unit with it as it was written); empty where there is none that is not a
    part of a known unit, such as `10^3 m3`.
    """
    found = _FACTOR.search(header)
    if found is None or _is_heard(header, found[0]):
        return header, ""
    bare = f"{header[: found.start()]} {header[found.end() :]}".strip()
    bare = re.sub(r"\s+([)\],])", r"\1", bare)
    return bare, f"{split_unit(bare)[2]} {found[0].strip()}".strip()


def told(header: str, in_row: str) -> tuple[str, str, bool]:
    """(the header without a factor, the unit as it or the row of units spells it, whether that is none of the
    two alone: it has a factor, or they differ).
    """
    bare, odd = with_factor(header)
    spelled = split_unit(bare)[2]
    if in_row and spelled and differ(in_row, spelled):
        odd = f"{spelled} / {in_row}"
    return bare, odd or per_hundred_turns(bare, in_row or spelled), bool(odd)


def _is_heard(header: str, factor: str) -> bool:
    """Whether the unit that is heard has the factor in it."""
    spelled = split_unit(header)[2]
    return bool(spelled) and factor.strip(" ()[]{}") in spelled


def of_a_stage(header: str) -> str:
    """`Head (ft/stage)` → `Head (ft)`; the same where it names no stage."""
    return _A_STAGE.sub("", header)


def differ(one: str, other: str) -> bool:
    """Whether two spellings are units of one quantity and not the same: psi and bar. A zero of its own, gauge
    or absolute, is what only one of them says.
    """
    for quantity in set(quantities_of(one)) & set(quantities_of(other)):
        first, second = find_unit(one, quantity), find_unit(other, quantity)
        if first is None or second is None or abs(first.factor / second.factor - 1) < 1e-9:
            return False
    return bool(set(quantities_of(one)) & set(quantities_of(other)))

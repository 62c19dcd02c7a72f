"""Gauge or absolute, where words say it and not the unit: `Давление на приёме абсолютное, МПа`, or over the
table `All pressures are gauge`.
"""

from __future__ import annotations

import re

from app.core.unit_spellings import find_unit, is_absolute, is_gauge, usual_units

_ABSOLUTE = re.compile(r"абсолютн\w*|(?<![^\W_])абс\b\.?|(?<![^\W_])abs(?:olute)?\b", re.IGNORECASE)
_GAUGE = re.compile(r"избыт\w*|(?<![^\W_])изб\b\.?|[(\[,]\s*gauge\s*[)\]]?", re.IGNORECASE)
_GAUGE_TITLE = re.compile(
    r"давлени\w*[^.;|\n]{0,30}избыт|избыточн\w*\s+давл|pressures?\s+(?:are\s+|is\s+|in\s+|:\s*)?(?:all\s+)?gauge"
    r"|gauge\s+pressures\b",
    re.IGNORECASE,
)
_ABSOLUTE_TITLE = re.compile(
    r"давлени\w*[^.;|\n]{0,30}абсолют|абсолютн\w*\s+давл|pressures?\s+(?:are\s+|is\s+|in\s+|:\s*)?(?:all\s+)?abs"
    r"|absolute\s+pressures\b",
    re.IGNORECASE,
)
"""A gauge is an instrument as well: `gauge pressure` of one column says nothing."""


def by_words(unit: str, quantity: str, header: str, title: str) -> str:
    """The unit with what the header says of it, else what the title says of all pressures."""
    if quantity not in ("pressure", "surface_pressure"):
        return unit
    gauge, absolute = bool(_GAUGE.search(header)), bool(_ABSOLUTE.search(header))
    if gauge == absolute:
        gauge, absolute = bool(_GAUGE_TITLE.search(title)), bool(_ABSOLUTE_TITLE.search(title))
    if gauge == absolute:
        return unit
    plain = find_unit(unit, quantity) if unit else usual_units(quantity)[0]
    if plain is None or is_gauge(plain) or is_absolute(plain):
        return unit
    told = f"{plain.en} ({'g' if gauge else 'a'})"
    return told if find_unit(told, quantity) is not None else unit

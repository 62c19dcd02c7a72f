"""Numbers as a person types them into a field that takes any text."""

from __future__ import annotations

import math


def typed_number(words: str) -> float | None:
    """With a point or a comma; None of what is no number: Python alone reads 1_0 as ten."""
    if "_" in words:
        return None
    try:
        value = float(words.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None

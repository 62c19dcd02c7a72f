"""The dimensions of a pumping unit under their bare letters of API 11E: `A, мм`, `C`, `K` …"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.importers.vocabulary import split_unit
from app.models.kinds.rod_pumped import API_DIMENSIONS

LEAST = 4
"""So many letters of one unit stand together: one alone is a pad, a phase, a remark."""
_LATIN = str.maketrans("АСНРКасрк", "ACHPKACPK")


def letter_of(header: str) -> str:
    """`R` of `R, мм`; empty for what is no such letter."""
    name = split_unit(header)[0].strip().translate(_LATIN).upper()
    return name if len(name) == 1 and name in API_DIMENSIONS else ""


def are_letters(headers: Iterable[str]) -> bool:
    return len({letter for header in headers if (letter := letter_of(header))}) >= LEAST


def written_out(headers: Sequence[str]) -> list[str]:
    """The headers with each letter called a dimension, where they are those of a unit."""
    if not are_letters(headers):
        return list(headers)
    return [
        f"Размер {letter}{header.strip()[1:]}" if (letter := letter_of(header)) else header
        for header in headers
    ]

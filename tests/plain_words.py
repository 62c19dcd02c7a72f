"""What must not stand in a text for people: codes of the program."""

from __future__ import annotations

import re

FILES = "csv|docx|duckdb|jpg|json|las|log|md|pdf|png|py|txt|xlsx|zip"
_CODE = re.compile(
    rf"\b[a-z][a-z0-9_]*\.(?!(?:{FILES})\b)[a-z][a-z0-9_]*\b|\b[a-z][a-z0-9]+(?:_[a-z0-9]+)+\b"
)


def raw_codes(text: str) -> set[str]:
    """`rods.minimum_tensile_pa`, `fluid_pound`; names of files and addresses of plug-ins are none."""
    return set(_CODE.findall(text))

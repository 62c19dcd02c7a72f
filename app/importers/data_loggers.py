"""Wide logs of a server of tags: `101.PIP_VALUE | 101.PIP_TIMESTAMP | 101.PIP_QUALITY` are a value and what
is said of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.importers.sheets import Sheet

_PART = re.compile(r"^(?P<tag>.+)_(?P<part>value|numericid|timestamp|quality)$", re.IGNORECASE)
_KEPT = {"value": "", "quality": " Quality", "numericid": " NumericID", "timestamp": " Timestamp"}


def by_tags(sheet: Sheet) -> Sheet:
    """The columns called by their tags; the same where no value has its quality or its moment beside it."""
    parts = {header: match for header in sheet.headers if (match := _PART.match(header)) is not None}
    told: dict[str, set[str]] = {}
    for match in parts.values():
        told.setdefault(match["tag"].lower(), set()).add(match["part"].lower())
    if not any("value" in said and len(said) > 1 for said in told.values()):
        return sheet
    return replace(sheet, headers=tuple(_named(parts.get(header), header) for header in sheet.headers))


def _named(match: re.Match[str] | None, header: str) -> str:
    return header if match is None else match["tag"] + _KEPT[match["part"].lower()]

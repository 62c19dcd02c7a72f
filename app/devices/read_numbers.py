"""Numbers of a profile that an entry of a catalogue has no word for."""

from __future__ import annotations

from app.analysis.catalogue.entry import Entry


def whole(row: Entry, key: str, low: int, high: int, otherwise: int | None = None) -> int:
    """Raises KnownError (catalogue_…, device_whole)."""
    if otherwise is not None and row.data.get(key) is None:
        row.taken.add(key)
        return otherwise
    value = row.number(key, low, high)
    if value != int(value):
        raise row.wrong("device_whole", key, value)
    return int(value)


def number_or(row: Entry, key: str, low: float, high: float, otherwise: float) -> float:
    """Raises KnownError (catalogue_number)."""
    value = row.optional(key, low, high)
    return otherwise if value is None else value

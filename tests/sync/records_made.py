"""Records that tests of this room save."""

from __future__ import annotations

from datetime import UTC, datetime

from app.core.ids import new_id
from app.models.records import Record


def flow_test() -> Record:
    """Of the first well."""
    at = datetime(2026, 10, 20, 8, tzinfo=UTC)
    return Record(
        new_id(),
        "flow_test",
        1,
        at,
        None,
        {"liquid_m3_per_s": 0.001, "duration_s": 14_400.0, "valid": True},
    )

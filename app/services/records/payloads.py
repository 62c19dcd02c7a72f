"""What the payload of a record's entry says."""

from __future__ import annotations

from app.core.clock import parse_time
from app.models.records import Record
from app.models.values import Read, a_part, count_of, needed_text, text_of


def record_of(payload: Read) -> Record:
    until = text_of(payload, "until")
    return Record(
        needed_text(payload, "record"),
        needed_text(payload, "kind"),
        count_of(payload, "well"),
        parse_time(needed_text(payload, "at")),
        parse_time(until) if until else None,
        a_part(payload["values"], "values"),
    )

"""What an entry that came from elsewhere may say of a record: looked at like any file, with the limits of the
forms (app/models/limits). The centre asks here of what it is sent, a laptop of what came by a stick.
"""

from __future__ import annotations

from app.core.clock import iso
from app.core.errors import KnownError
from app.core.plain import Json, JsonObject
from app.models import limits
from app.models.holding import checked_values
from app.models.kinds import KINDS


def checked_body(payload: JsonObject) -> JsonObject:
    """record, kind, at, until, values, action, author, as they may be kept. Raises KnownError."""
    key = payload.get("kind")
    if not isinstance(key, str) or key not in KINDS:
        raise KnownError("kind_unknown", kind=limits.shown(key))
    action, until = payload.get("action"), payload.get("until")
    record = _checked_name(payload.get("record"))
    if action not in ("saved", "removed"):
        raise KnownError("value_wrong", field="action", value=limits.shown(action))
    return {
        "record": record,
        "kind": key,
        "at": iso(limits.moment(payload.get("at"), "at")),
        "until": None if until is None else iso(limits.moment(until, "until")),
        # What is removed may be anything: that it is gone is all that is said.
        "values": checked_values(KINDS[key], payload.get("values"), complete=action == "saved"),
        "action": action,
        "author": limits.name(payload.get("author") or "", "author"),
    }


def _checked_name(record: Json) -> str:
    if not isinstance(record, str) or not 8 <= len(record) <= 36 or not record.replace("-", "").isalnum():
        raise KnownError("record_name", value=limits.shown(record))
    return record

"""A record from outside is looked at like any file: the limits are those of the forms (app/models/limits)."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.clock import iso
from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models import limits
from app.models.holding import checked_values
from app.models.kinds import KINDS
from app.models.kinds.spec import Kind
from central.refusals import Refused


@dataclass(frozen=True)
class CheckedRecord:
    """`body` is what a version keeps: record, kind, at, until, values, action, author."""

    kind: Kind
    body: JsonObject


def check_record(payload: JsonObject) -> CheckedRecord:
    """Raises Refused."""
    key = payload.get("kind")
    if not isinstance(key, str) or key not in KINDS:
        raise Refused("kind_unknown", kind=limits.shown(key))
    record = payload.get("record")
    if not isinstance(record, str) or not 8 <= len(record) <= 36 or not record.replace("-", "").isalnum():
        raise Refused("record_name", value=limits.shown(record))
    action, until = payload.get("action"), payload.get("until")
    if action not in ("saved", "removed"):
        raise Refused("value_wrong", field="action", value=limits.shown(action))
    try:
        body: JsonObject = {
            "record": record,
            "kind": key,
            "at": iso(limits.moment(payload.get("at"), "at")),
            "until": None if until is None else iso(limits.moment(until, "until")),
            # What is removed may be anything: that it is gone is all that is said.
            "values": checked_values(KINDS[key], payload.get("values"), complete=action == "saved"),
            "action": action,
            "author": limits.name(payload.get("author") or "", "author"),
        }
    except KnownError as error:
        raise Refused.of(error) from error
    return CheckedRecord(KINDS[key], body)

"""A record from outside, looked at by the one home of what a record may be (app/models/record_bodies)."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.errors import KnownError
from app.core.plain import JsonObject
from app.models.kinds import KINDS
from app.models.kinds.spec import Kind
from app.models.record_bodies import checked_body
from app.models.values import needed_text
from central.refusals import Refused


@dataclass(frozen=True)
class CheckedRecord:
    """`body` is what a version keeps: record, kind, at, until, values, action, author."""

    kind: Kind
    body: JsonObject


def check_record(payload: JsonObject) -> CheckedRecord:
    """Raises Refused."""
    try:
        body = checked_body(payload)
    except KnownError as error:
        raise Refused.of(error) from error
    return CheckedRecord(KINDS[needed_text(body, "kind")], body)

"""A record from outside is looked at like any file: kinds, types and hard limits as the forms have them."""

from __future__ import annotations

import math
from typing import Any

from app.core.clock import parse_time
from app.models.kinds import KINDS
from app.models.kinds.spec import Field, Kind
from central.refusals import Refused

LONGEST_TEXT = 100_000
LARGEST_VALUES = 200


def check_record(payload: dict[str, Any]) -> Kind:
    """Raises Refused."""
    key = payload.get("kind")
    if not isinstance(key, str) or key not in KINDS:
        raise Refused("kind_unknown", kind=str(key)[:60])
    record = payload.get("record")
    if not isinstance(record, str) or not 8 <= len(record) <= 36 or not record.replace("-", "").isalnum():
        raise Refused("record_name", value=str(record)[:60])
    if payload.get("action") not in ("saved", "removed"):
        raise Refused("value_wrong", field="action", value=str(payload.get("action"))[:60])
    _moment(payload.get("at"), "at", required=True)
    _moment(payload.get("until"), "until", required=False)
    if not isinstance(payload.get("author", ""), str) or len(payload.get("author", "")) > 200:
        raise Refused("value_wrong", field="author", value="…")
    values = payload.get("values")
    if not isinstance(values, dict) or len(values) > LARGEST_VALUES:
        raise Refused("value_wrong", field="values", value="…")
    kind = KINDS[key]
    fields = {field.key: field for field in kind.fields}
    for name, value in values.items():
        if name not in fields:
            raise Refused("field_unknown", field=str(name)[:60])
        if value is not None:
            _check(fields[name], value)
    missing = [
        field.key
        for field in kind.fields
        if field.required and payload["action"] == "saved" and values.get(field.key) in (None, "")
    ]
    if missing:
        raise Refused("value_missing", field=missing[0])
    return kind


def _check(field: Field, value: Any) -> None:
    if field.type == "number":
        good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if good and not _within(field, float(value)):
            raise Refused(
                "value_out_of_limits", field=field.key, value=value, least=field.minimum, most=field.maximum
            )
    elif field.type == "flag":
        good = isinstance(value, bool)
    elif field.type == "time":
        _moment(value, field.key, required=True)
        return
    else:
        good = isinstance(value, str) and len(value) <= LONGEST_TEXT and "\0" not in value
        if good and field.type == "choice" and field.choices and value and value not in field.choices:
            good = False
    if not good:
        raise Refused("value_wrong", field=field.key, value=str(value)[:60])


def _within(field: Field, value: float) -> bool:
    slack = 1e-9 * max(abs(value), 1e-12)
    return (field.minimum is None or value >= field.minimum - slack) and (
        field.maximum is None or value <= field.maximum + slack
    )


def _moment(text: Any, name: str, *, required: bool) -> None:
    if text is None and not required:
        return
    try:
        moment = parse_time(text) if isinstance(text, str) and len(text) <= 40 else None
    except (ValueError, OverflowError):
        moment = None
    if moment is None or not 1900 <= moment.year <= 2200:
        raise Refused("value_wrong", field=name, value=str(text)[:60])

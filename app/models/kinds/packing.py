"""The packed column of a kind of record: one JSON object, the fields in it by their path."""

from __future__ import annotations

import json
from typing import Any

from app.models.kinds.spec import Field, Kind


def pack(kind: Kind, values: dict[str, Any], kept: dict[str, Any]) -> dict[str, Any]:
    """The packed column: what the fields say over what was there."""
    packed: dict[str, Any] = json.loads(json.dumps(kept))
    for field in kind.fields:
        if field.path:
            _put_path(packed, field, values.get(field.key))
    return packed


def _put_path(packed: dict[str, Any], field: Field, value: Any) -> None:
    place = packed
    for name in field.path[:-1]:
        place = place.setdefault(name, {})
    if value is None or value == "":
        place.pop(field.path[-1], None)
    else:
        place[field.path[-1]] = value


def unpack(kind: Kind, packed: dict[str, Any]) -> dict[str, Any]:
    """The fields that have a path, as the packed column has them; None where it has nothing."""
    found: dict[str, Any] = {}
    for field in kind.fields:
        if field.path:
            place: Any = packed
            for name in field.path:
                place = place.get(name) if isinstance(place, dict) else None
            found[field.key] = place
    return found

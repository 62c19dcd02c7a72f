"""The packed column of a kind of record: one JSON object, the fields in it by their path."""

from __future__ import annotations

import json
from typing import Any

from app.core.plain import Json, object_in
from app.models.kinds.spec import Field, Kind
from app.models.values import Values, a_part


def pack(kind: Kind, values: Values, kept: Values) -> Values:
    """The packed column: what the fields say over what was there."""
    packed: Values = object_in(json.dumps(kept))
    for field in kind.fields:
        if field.path:
            _put_path(packed, field, values.get(field.key))
    return packed


def _put_path(packed: Values, field: Field, value: Json) -> None:
    place = packed
    for name in field.path[:-1]:
        place = a_part(place.setdefault(name, {}), name)
    if value is None or value == "":
        place.pop(field.path[-1], None)
    else:
        place[field.path[-1]] = value


def unpack(kind: Kind, packed: Values) -> Values:
    """The fields that have a path, as the packed column has them; None where it has nothing."""
    found: Values = {}
    for field in kind.fields:
        if field.path:
            place: Any = packed
            for name in field.path:
                place = place.get(name) if isinstance(place, dict) else None
            found[field.key] = place
    return found

"""One JSON text for one content, and its hash: what the journal keeps, and both ends of the wire compare."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import numpy as np

from app.core.errors import KnownError
from app.core.plain import Json
from app.models.limits import shown


def payload_hash(payload: Mapping[str, Json]) -> tuple[str, str]:
    """The canonical JSON text and its SHA-256: the centre computes the same. Raises KnownError
    (entry_not_plain) for what no other program could read: NaN, an array, half a surrogate pair.
    """
    try:
        text = json.dumps(
            payload,
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
            allow_nan=False,
            default=_plain,
        )
        return text, hashlib.sha256(text.encode()).hexdigest()
    except (TypeError, ValueError, RecursionError) as error:  # an encoding error is a ValueError
        raise KnownError("entry_not_plain", reason=shown(error)) from error


def digest(body: Mapping[str, Json]) -> int:
    """What a record says, in 32 bits: equal at both ends when its body, as the centre tells it, is. Sums of
    two thousand million of them fit 63 bits.
    """
    return int(payload_hash(body)[1][:8], 16)


def _plain(value: object) -> object:
    """NumPy's numbers are numbers."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} in an entry")

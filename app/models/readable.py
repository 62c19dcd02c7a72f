"""What this version of the program can read of the centre's records, and a name for just that."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from app.models import upcasting
from app.models.kinds import KINDS
from app.models.upcasting import PAYLOAD_VERSION

TOPICS = ("well", "record", "well_test", "card", "well_left", "record_left")
WELL_FIELDS = frozenset({"lift", "state", "aliases", "depth_m"})
VERSION_KEY = "schema_version"
"""In a body of the centre: the oldest version that reads it right; 1 where there is none."""


@cache
def reader() -> str:
    """Another name when a kind, a field, a topic or a version more is understood."""
    known = {kind.key: [field.key for field in kind.fields] for kind in KINDS}
    said = [PAYLOAD_VERSION, TOPICS, sorted(WELL_FIELDS), known, sorted(upcasting.STEPS)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


def not_readable(topic: str, body: dict[str, Any]) -> str:
    """Why nothing of a change can be read: topic, version or kind; empty when it can."""
    if topic not in TOPICS:
        return "topic"
    version = body.get(VERSION_KEY, 1)
    if not isinstance(version, int) or version > PAYLOAD_VERSION:
        return "version"
    if topic == "record" and body.get("kind") not in KINDS:
        return "kind"
    return ""


def not_ours(kind: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values of fields that this version does not know."""
    known = {field.key for field in KINDS[kind].fields}
    return {key: value for key, value in values.items() if key not in known}


def has_more(topic: str, body: dict[str, Any]) -> bool:
    """Whether a readable change holds something that is passed over."""
    if topic == "record":
        return bool(not_ours(str(body["kind"]), body.get("values") or {}))
    return topic == "well" and not body.keys() <= WELL_FIELDS | {VERSION_KEY}

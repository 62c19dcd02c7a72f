"""What this version of the program can read of the centre's records, and a name for just that."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from app.models import upcasting
from app.models.holding import fits
from app.models.kinds import KINDS
from app.models.upcasting import PAYLOAD_VERSION
from app.models.values import Read, Values, number_of, part_of, text_of, texts_of

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


def not_readable(topic: str, body: Read) -> str:
    """Why nothing of a change can be read: topic, version, kind or content; empty when it can."""
    if topic not in TOPICS:
        return "topic"
    version = body.get(VERSION_KEY, 1)
    if not isinstance(version, int) or version > PAYLOAD_VERSION:
        return "version"
    if topic == "record" and body.get("kind") not in KINDS:
        return "kind"
    return "content" if topic == "well" and not _is_of_a_well(body) else ""


def _is_of_a_well(body: Read) -> bool:
    try:
        text_of(body, "lift"), text_of(body, "state"), texts_of(body, "aliases"), number_of(body, "depth_m")
    except ValueError:
        return False
    return True


def are_of(kind: str, values: Values) -> bool:
    """Whether a record of this kind may hold such values, whatever their limits."""
    return fits(KINDS[kind], values)


def not_ours(kind: str, values: Values) -> Values:
    """The values of fields that this version does not know."""
    known = {field.key for field in KINDS[kind].fields}
    return {key: value for key, value in values.items() if key not in known}


def has_more(topic: str, body: Read) -> bool:
    """Whether a readable change holds something that is passed over."""
    if topic == "record":
        return bool(not_ours(text_of(body, "kind"), part_of(body, "values")))
    return topic == "well" and not body.keys() <= WELL_FIELDS | {VERSION_KEY}

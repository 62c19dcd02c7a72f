"""What entries held in earlier versions, in the form of this one: one file a step, in their order.

A new version of the payloads: raise PAYLOAD_VERSION, write `to_v<N>.py` with
`upcast(kind, payload)` and a line in STEPS, say in CHANGED what changed, and keep a profile
(tests/data/journals). A step never changes once a program with it was given out, and never writes over what
is there: an older program may have carried on what a newer one put in.
"""

from __future__ import annotations

from collections.abc import Callable

from app.core.plain import JsonObject as Payload
from app.models.records import PLANNED
from app.models.upcasters import to_v2, to_v3, to_v4, to_v5, to_v6, to_v7, to_v8, to_v9, to_v10
from app.models.values import part_of

PAYLOAD_VERSION = 10
"""Of what entries hold. Each step up has its upcaster, and a profile that is kept (tests/data/journals)."""

STEPS: dict[int, Callable[[str, Payload], tuple[str, Payload]]] = {
    2: to_v2.upcast,
    3: to_v3.upcast,
    4: to_v4.upcast,
    5: to_v5.upcast,
    6: to_v6.upcast,
    7: to_v7.upcast,
    8: to_v8.upcast,
    9: to_v9.upcast,
    10: to_v10.upcast,
}

NOW_RECORDS = ("finding_decision",)
"""Kinds of entries of earlier versions that are records now."""

CHANGED = {
    "finding_decision": 2,
    "flow_test": 3,
    "installation": 8,
    "rod_string": 3,
    "pumping_unit": 3,
    "survey": 3,
    "fluid": 3,
    "reservoir": 3,
    "head_pressures": 3,
    "well_passport": 4,
    "workover": 5,
    "location": 5,
    "energy": 5,
    "alarm": 5,
    "well_merge": 6,
    "event": 8,
    "task": 8,
    "teardown": 8,
    "alarm_limit": 9,
    "alarm_act": 9,
    "model_curve": 10,
}
"""Kind (of a record, else of an entry) → the version in which its payload last got anything new: what an
older centre cannot take yet. 1 for the others.
"""
MISREAD = {"finding_decision": 2}
"""Kind → the version before which programs would misread it. A field more is no reason: it is kept unread."""


def upcast(kind: str, payload: Payload, version: int) -> tuple[str, Payload]:
    """Raises ValueError for a payload that no program of that version has written."""
    try:
        for step in sorted(STEPS):
            if step > version:
                kind, payload = STEPS[step](kind, payload)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{kind} of version {version}: {type(error).__name__} {error}") from error
    return kind, payload


def version_of(kind: str, payload: Payload) -> int:
    """What an entry written now is stamped with."""
    return CHANGED.get(_name(kind, payload), 1)


def readable_from(kind: str, payload: Payload) -> int:
    """The oldest version of the program that reads this right."""
    name = _name(kind, payload)
    if name == "event" and part_of(payload, "values").get("state") == PLANNED:
        return CHANGED[name]  # before, whatever was told of had happened
    return MISREAD.get(name, 1)


def _name(kind: str, payload: Payload) -> str:
    return str(payload.get("kind")) if kind == "record" else kind

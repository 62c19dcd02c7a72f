"""Version 2: a decision on a finding is a record of its own kind, with versions, conflicts and undo like any
other. Before, it was an entry that no other laptop read, and its finding had a name of this laptop only.
"""

from __future__ import annotations

import json

from app.core.clock import parse_time
from app.core.plain import JsonObject
from app.models.findings import finding_id
from app.models.values import needed_text, part_of


def upcast(kind: str, payload: JsonObject) -> tuple[str, JsonObject]:
    if kind != "finding_decision":
        return kind, payload
    finding, key = part_of(payload, "finding"), part_of(payload, "well_key")
    grounds = {name: finding[name] for name in ("evidence", "against", "settled_by")}
    code, since = needed_text(finding, "code"), parse_time(needed_text(finding, "from"))
    name = finding_id(needed_text(key, "uid"), code, since) if key else finding["id"]
    return "record", {
        "record": name,
        "kind": "finding_decision",
        "well": finding["well_id"],
        "at": finding["from"],
        "until": finding["to"],
        "values": {
            "code": finding["code"],
            "decision": payload["decision"],
            **({"reason": payload["reason"]} if payload["reason"] else {}),
            "severity": finding["severity"],
            "confidence": finding["confidence"],
            "grounds": json.dumps(grounds, ensure_ascii=False, sort_keys=True),
        },
        "action": "saved",
        "author": payload["author"],
        "well_key": payload.get("well_key"),
    }

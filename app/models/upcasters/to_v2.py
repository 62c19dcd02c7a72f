"""Version 2: a decision on a finding is a record of its own kind, with versions, conflicts and undo like any
other. Before, it was an entry that no other laptop read, and its finding had a name of this laptop only.
"""

from __future__ import annotations

import json
from typing import Any

from app.core.clock import parse_time
from app.models.findings import finding_id


def upcast(kind: str, payload: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    if kind != "finding_decision":
        return kind, payload
    finding, key = payload["finding"], payload.get("well_key")
    grounds = {name: finding[name] for name in ("evidence", "against", "settled_by")}
    name = finding_id(key["uid"], finding["code"], parse_time(finding["from"])) if key else finding["id"]
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
        "well_key": key,
    }

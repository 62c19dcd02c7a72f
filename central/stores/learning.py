"""What the next model learns from: each decision on a finding, with the numbers that the finding stood on."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.core.clock import iso, parse_time
from app.core.plain import JsonObject, loads, object_in
from app.models.findings import SEVERITIES
from app.models.limits import clean_name
from app.models.values import is_number, needed_text, number_of, part_of, text_of
from central.stores.engine import in_parts
from central.stores.tables import FEATURES, RECORDS, VERSIONS, WELLS
from central.stores.types import Flag

KIND = "finding_decision"
LONGEST_NAME = 120


def keep(connection: Connection, finding_id: str, body: JsonObject) -> None:
    """In the transaction that takes the decision; in place of what an earlier version of it gave."""
    connection.execute(sa.delete(FEATURES).where(FEATURES.c.finding_id == finding_id))
    if body["action"] == "removed":
        return
    rows = [
        {"finding_id": finding_id, "feature": name, "value": value}
        for name, value in sorted(features_of(body).items())
    ]
    if rows:
        connection.execute(sa.insert(FEATURES), rows)


def features_of(body: JsonObject) -> dict[str, float]:
    """`evidence.<code>.<detail>` and `against.<code>.<detail>`, SI as in the texts; 1 for an argument without
    numbers. Beside them the confidence, how serious it was called and how long it lasted.
    """
    values = part_of(body, "values")
    found: dict[str, float] = {}
    if (confidence := number_of(values, "confidence")) is not None:
        found["confidence"] = float(confidence)
    if (severity := text_of(values, "severity")) in SEVERITIES:
        found["severity"] = float(SEVERITIES.index(severity))
    if until := text_of(body, "until"):
        lasted = parse_time(until) - parse_time(needed_text(body, "at"))
        found["duration_s"] = lasted.total_seconds()
    for name, value in _numbers(text_of(values, "grounds")):
        if len(name) <= LONGEST_NAME and name == clean_name(name):
            found[name] = value
    return found


def _numbers(grounds: str) -> Iterator[tuple[str, float]]:
    """Grounds that are none (a laptop may send any text) give nothing; the decision itself is kept whole."""
    try:
        told = loads(grounds) if grounds else {}
    except ValueError:
        return
    for side in ("evidence", "against"):
        arguments = told.get(side) if isinstance(told, dict) else None
        for one in arguments if isinstance(arguments, list) else ():
            if not isinstance(one, dict) or not isinstance(one.get("code"), str):
                continue
            yield f"{side}.{one.get('code')}", 1.0
            details = one.get("details")
            for key, value in details.items() if isinstance(details, dict) else ():
                if is_number(value):
                    yield f"{side}.{one.get('code')}.{key}", float(value)


def seen_in(grounds: str) -> JsonObject:
    """The card as the models saw it; empty for grounds without, and for grounds that are none."""
    try:
        return part_of(object_in(grounds), "seen") if grounds else {}
    except ValueError:
        return {}


def decisions(
    connection: Connection, fields: tuple[str, ...], after: str, limit: int
) -> list[dict[str, object]]:
    """By the findings' names, those after `after`: what was decided, by whom, the features, and the card as
    the laptop's models saw it (`seen`, empty where they saw none).
    """
    table = RECORDS[KIND]
    later = [table.c.id > after] if after else []  # an empty text is NULL in Oracle
    rows = (
        connection.execute(
            sa.select(
                table,
                WELLS.c.name,
                WELLS.c.well_uid,
                WELLS.c.field_name,
                WELLS.c.lift,
                VERSIONS.c.author,
                VERSIONS.c.saved_at,
            )
            .join(WELLS, WELLS.c.id == table.c.well_id)
            .join(
                VERSIONS,
                sa.and_(VERSIONS.c.record_id == table.c.id, VERSIONS.c.version == table.c.version),
            )
            .where(table.c.deleted == sa.literal(False, Flag()), WELLS.c.field_name.in_(fields), *later)
            .order_by(table.c.id)
            .limit(limit)
        )
        .mappings()
        .all()
    )
    features = _features(connection, [row["id"] for row in rows])
    return [
        {
            "finding": row["id"],
            "well": row["name"],
            "well_uid": row["well_uid"],
            "field": row["field_name"],
            "lift": row["lift"],
            "code": row["code"],
            "from_at": iso(row["from_at"]),
            "to_at": iso(row["to_at"]) if row["to_at"] else None,
            "decision": row["decision"],
            "reason": row["reason"] or "",
            "author": row["author"] or "",
            "version": row["version"],
            "decided_at": iso(row["saved_at"]),
            "confidence": row["confidence"],
            "seen": seen_in(row["grounds"]),
            "features": features.get(row["id"], {}),
        }
        for row in rows
    ]


def _features(connection: Connection, ids: list[str]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for part in in_parts(ids):
        for name, feature, value in connection.execute(
            sa.select(FEATURES).where(FEATURES.c.finding_id.in_(part))
        ):
            found.setdefault(name, {})[feature] = value
    return found

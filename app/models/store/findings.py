"""Findings of the cache, with what the engineer decided about them."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import duckdb

from app.core.clock import from_us, iso, parse_time
from app.core.ids import new_id
from app.models.findings import CardPlace, Evidence, Finding
from app.models.store.database import Database
from app.models.store.records import naive
from app.models.store.rows import put

_STORED = (
    "id",
    "well",
    "code",
    "severity",
    "confidence",
    "from_at",
    "to_at",
    "body",
    "decision",
    "reason",
    "decided_by",
    "seen",
)
_COLUMNS = (
    "id, well, code, severity, confidence, epoch_us(from_at), epoch_us(to_at), body, decision, "
    "reason, decided_by, seen"
)


def renew(database: Database, well: int, findings: list[Finding]) -> list[Finding]:
    """Replace what the last diagnosis said. A finding met again (same code, overlapping time) keeps its id,
    decision and "seen"; one that the engineer decided on stays even when it is no longer found."""
    kept = of_well(database, well)
    result: list[Finding] = []
    claimed: set[str] = set()
    for finding in findings:
        twin = next(
            (
                old
                for old in kept
                if old.id not in claimed
                and old.code == finding.code
                and old.from_at <= finding.to_at
                and old.to_at >= finding.from_at
            ),
            None,
        )
        if twin is None:
            result.append(replace(finding, id=new_id()))
        else:
            claimed.add(twin.id)
            result.append(
                replace(
                    finding,
                    id=twin.id,
                    decision=twin.decision,
                    reason=twin.reason,
                    decided_by=twin.decided_by,
                    seen=twin.seen,
                )
            )
    result += [old for old in kept if old.id not in claimed and old.decision]
    with database.writing() as cursor:
        cursor.execute("DELETE FROM findings WHERE well = ?", [well])
        put(cursor, "findings", _STORED, [_row(f) for f in result])
    return sorted(result, key=lambda finding: finding.rank)


def of_well(database: Database, well: int) -> list[Finding]:
    """Worst and surest first."""
    with database.reading() as cursor:
        rows = cursor.execute(f"SELECT {_COLUMNS} FROM findings WHERE well = ?", [well]).fetchall()
    return sorted((_finding(row) for row in rows), key=lambda finding: finding.rank)


def open_by_well(database: Database) -> dict[int, list[tuple[str, bool, datetime]]]:
    """Well → (severity, seen, until) of every finding not rejected, for the tree."""
    with database.reading() as cursor:
        rows = cursor.execute(
            "SELECT well, severity, seen, epoch_us(to_at) FROM findings WHERE decision <> 'rejected'"
        ).fetchall()
    result: dict[int, list[tuple[str, bool, datetime]]] = {}
    for well, severity, seen, until_us in rows:
        result.setdefault(well, []).append((severity, seen, from_us(until_us)))
    return result


def open_findings(database: Database) -> dict[int, list[Finding]]:
    """Well → its findings that nobody rejected, worst first; all wells in one query."""
    with database.reading() as cursor:
        rows = cursor.execute(f"SELECT {_COLUMNS} FROM findings WHERE decision <> 'rejected'").fetchall()
    result: dict[int, list[Finding]] = {}
    for finding in sorted((_finding(row) for row in rows), key=lambda item: item.rank):
        result.setdefault(finding.well_id, []).append(finding)
    return result


def decide_in(
    cursor: duckdb.DuckDBPyConnection, finding: Finding, decision: str, reason: str, author: str
) -> None:
    """Written as a whole row: a rebuilt cache may not have this finding yet when the decision is replayed."""
    decided = replace(finding, decision=decision, reason=reason, decided_by=author, seen=True)
    put(cursor, "findings", _STORED, [_row(decided)])


def mark_seen(database: Database, well: int) -> None:
    with database.writing() as cursor:
        cursor.execute("UPDATE findings SET seen = true WHERE well = ? AND NOT seen", [well])


def to_json(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "well_id": finding.well_id,
        "code": finding.code,
        "severity": finding.severity,
        "confidence": round(finding.confidence, 4),
        "from": iso(finding.from_at),
        "to": iso(finding.to_at),
        "evidence": [_evidence_json(evidence) for evidence in finding.evidence],
        "against": [_evidence_json(evidence) for evidence in finding.against],
        "settled_by": list(finding.settled_by),
        "decision": finding.decision,
        "reason": finding.reason,
    }


def from_json(data: dict[str, Any]) -> Finding:
    return Finding(
        data["well_id"],
        data["code"],
        data["severity"],
        data["confidence"],
        parse_time(data["from"]),
        parse_time(data["to"]),
        tuple(_evidence(e) for e in data["evidence"]),
        tuple(_evidence(e) for e in data["against"]),
        tuple(data["settled_by"]),
        data["id"],
        data["decision"],
        data["reason"],
    )


def _evidence_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "code": evidence.code,
        "details": evidence.details,
        "sensor": evidence.sensor,
        "from": iso(evidence.from_at) if evidence.from_at else None,
        "to": iso(evidence.to_at) if evidence.to_at else None,
        "card_id": evidence.card_id,
        "place": None if evidence.place is None else asdict(evidence.place),
    }


def _evidence(data: dict[str, Any]) -> Evidence:
    return Evidence(
        data["code"],
        data["details"],
        data["sensor"],
        parse_time(data["from"]) if data["from"] else None,
        parse_time(data["to"]) if data["to"] else None,
        data["card_id"],
        _place(data),
    )


def _place(data: dict[str, Any]) -> CardPlace | None:
    """Findings of earlier versions name a part of the pump card and no stroke."""
    if data.get("card_part"):
        return CardPlace(tuple(data["card_part"]))
    place = data.get("place")
    if place is None:
        return None
    load_n = tuple(place["load_n"]) if place["load_n"] else None
    return CardPlace(tuple(place["part"]), place["stroke"], place["card"], load_n)


def _row(f: Finding) -> list[Any]:
    body = json.dumps(to_json(f), ensure_ascii=False)
    return [
        f.id,
        f.well_id,
        f.code,
        f.severity,
        f.confidence,
        naive(f.from_at),
        naive(f.to_at),
        body,
        f.decision,
        f.reason,
        f.decided_by,
        f.seen,
    ]


def _finding(row: tuple[Any, ...]) -> Finding:
    body = from_json(json.loads(row[7]))
    return replace(body, id=row[0], decision=row[8], reason=row[9], decided_by=row[10], seen=row[11])

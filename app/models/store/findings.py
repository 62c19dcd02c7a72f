"""Findings of the cache, with what the engineer decided about them."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import duckdb

from app.core.clock import from_us, iso, parse_time
from app.core.plain import as_json, object_in
from app.models.findings import CardPlace, Evidence, Finding
from app.models.records import Record
from app.models.store import merged
from app.models.store.database import Database
from app.models.store.records import naive
from app.models.store.rows import put
from app.models.values import (
    Read,
    Values,
    count_of,
    list_of,
    needed_number,
    needed_text,
    pair_of,
    part_of,
    rows_of,
    text_of,
    texts_of,
)

_STORED = ("id", "well", "code", "severity", "confidence", "from_at", "to_at", "body", "seen")
_COLUMNS = "id, well, code, severity, confidence, epoch_us(from_at), epoch_us(to_at), body, seen"
_OUTLINE = "id, well, code, severity, confidence, epoch_us(from_at), epoch_us(to_at), seen"
DECISION = "finding_decision"


def renew(database: Database, well: int, findings: list[Finding]) -> list[Finding]:
    """Replace what the last diagnosis said: each finding under its own name (models/findings.finding_id),
    with "seen" of the one before it (same code, overlapping time). Decisions are records of their own: one
    stays when its finding is no longer found.
    """
    with database.reading() as cursor:
        before = _said(cursor, well)
    seen = [(old.code, old.from_at, old.to_at) for old in before if old.seen]
    new = [
        replace(one, seen=any(_overlap(one, code, since, until) for code, since, until in seen))
        for one in findings
    ]
    with database.writing() as cursor:
        cursor.execute("DELETE FROM findings WHERE well = ?", [well])
        put(cursor, "findings", _STORED, [_row(one) for one in new])
    return of_well(database, well)


def of_well(database: Database, well: int) -> list[Finding]:
    """Worst and surest first."""
    with database.reading() as cursor:
        return _with_decisions(cursor, well)


def open_findings(database: Database, *, argued: bool = True) -> dict[int, list[Finding]]:
    """Well → its findings that nobody rejected, worst first; all wells in two queries. Not `argued`: without
    what they stand on, which takes most of the time and no list of wells tells.
    """
    with database.reading() as cursor:
        found = _with_decisions(cursor, None, argued=argued)
    result: dict[int, list[Finding]] = {}
    for finding in found:
        if finding.decision != "rejected":
            result.setdefault(finding.well_id, []).append(finding)
    return result


def _with_decisions(
    cursor: duckdb.DuckDBPyConnection, well: int | None, *, argued: bool = True
) -> list[Finding]:
    """What the last diagnosis said of a well, or of all, with what was decided, here or elsewhere; then what
    was decided and is no longer said. Of a merged well only the decisions count. A decision is its finding's
    by name, or by rule and time where another laptop saw it begin on another day.
    """
    into = merged.relation(cursor)
    decided = {one.id: one for one in _decided(cursor, well, into)}
    read = _said(cursor, well) if argued else _outlines(cursor)
    said = [one for one in read if one.well_id not in into or one.well_id == well]
    named = {one.id for one in said}
    unnamed: dict[int, list[Finding]] = {}
    for one in decided.values():
        if one.id not in named:
            unnamed.setdefault(one.well_id, []).append(one)
    result = []
    for finding in said:
        decision = decided.pop(finding.id, None) or next(
            (
                one
                for one in unnamed.get(finding.well_id, ())
                if one.id in decided and _overlap(finding, one.code, one.from_at, one.to_at)
            ),
            None,
        )
        if decision is not None:
            decided.pop(decision.id, None)
            finding = replace(
                finding,
                id=decision.id,
                decision=decision.decision,
                reason=decision.reason,
                decided_by=decision.decided_by,
                seen=True,
            )
        result.append(finding)
    return sorted([*result, *decided.values()], key=lambda finding: finding.rank)


def _overlap(finding: Finding, code: str, since: datetime, until: datetime) -> bool:
    return finding.code == code and finding.from_at <= until and finding.to_at >= since


def _said(cursor: duckdb.DuckDBPyConnection, well: int | None) -> list[Finding]:
    rows = cursor.execute(
        f"SELECT {_COLUMNS} FROM findings WHERE well = coalesce(?, well)", [well]
    ).fetchall()
    return [replace(from_json(json.loads(row[7])), id=row[0], seen=row[8]) for row in rows]


def _outlines(cursor: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Of every well, what stands in columns."""
    rows = cursor.execute(f"SELECT {_OUTLINE} FROM findings").fetchall()
    return [
        Finding(well, code, severity, confidence, from_us(since), from_us(until), id=name, seen=seen)
        for name, well, code, severity, confidence, since, until, seen in rows
    ]


def _decided(cursor: duckdb.DuckDBPyConnection, well: int | None, into: dict[int, int]) -> list[Finding]:
    """Decisions as findings, by what they stood on when they were made."""
    wells = None if well is None else merged.parts(cursor, well)
    rows = cursor.execute(
        """SELECT d.id, d.well, d.code, d.severity, d.confidence, epoch_us(d.from_at),
                epoch_us(coalesce(d.to_at, d.from_at)), d.grounds, d.decision, d.reason,
                coalesce(v.author, '')
            FROM (SELECT * FROM finding_decisions WHERE ? IS NULL OR list_contains(?, well)) d LEFT JOIN
                (SELECT record, arg_max(author, version) AS author FROM record_versions GROUP BY record) v
                ON v.record = d.id""",
        [well, wells],
    ).fetchall()
    return [_of_decision((row[0], into.get(row[1], row[1]), *row[2:])) for row in rows]


def _of_decision(row: tuple[Any, ...]) -> Finding:
    evidence, against, settled_by = _grounds(row[7])
    return Finding(
        row[1],
        row[2],
        row[3] or "watch",
        row[4] if row[4] is not None else 0.0,
        from_us(row[5]),
        from_us(row[6]),
        evidence,
        against,
        settled_by,
        row[0],
        row[8],
        row[9],
        row[10],
        True,
    )


def _grounds(text: str) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...], tuple[str, ...]]:
    """A decision stands also where another program wrote its grounds in a form that is not ours."""
    try:
        told = object_in(text)
        return (
            tuple(_evidence(one) for one in rows_of(told, "evidence")),
            tuple(_evidence(one) for one in rows_of(told, "against")),
            tuple(map(str, list_of(told, "settled_by"))),
        )
    except (ValueError, KeyError, TypeError):
        return (), (), ()


def decision_of(finding: Finding, decision: str, reason: str, seen: Values | None = None) -> Record:
    """As a record of its kind, with what the finding stood on: the next model learns from that. `seen`: the
    card as the models saw it.
    """
    said = to_json(finding)
    grounds = {name: said[name] for name in ("evidence", "against", "settled_by")}
    if seen:
        grounds["seen"] = seen
    values = {
        "code": finding.code,
        "decision": decision,
        "severity": finding.severity,
        "confidence": said["confidence"],
        "grounds": json.dumps(grounds, ensure_ascii=False, sort_keys=True),
    }
    if reason:
        values["reason"] = reason
    return Record(finding.id, DECISION, finding.well_id, finding.from_at, finding.to_at, values)


def group_of(values: Read) -> str:
    """Of a decision that was one for several cards; empty for one by itself."""
    try:
        return text_of(part_of(object_in(text_of(values, "grounds") or "{}"), "seen"), "group")
    except ValueError:
        return ""


def mark_seen(database: Database, well: int) -> None:
    with database.writing() as cursor:
        cursor.execute("UPDATE findings SET seen = true WHERE well = ? AND NOT seen", [well])


def to_json(finding: Finding) -> Values:
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


def from_json(data: Read) -> Finding:
    return Finding(
        count_of(data, "well_id"),
        needed_text(data, "code"),
        needed_text(data, "severity"),
        needed_number(data, "confidence"),
        parse_time(needed_text(data, "from")),
        parse_time(needed_text(data, "to")),
        tuple(_evidence(one) for one in rows_of(data, "evidence")),
        tuple(_evidence(one) for one in rows_of(data, "against")),
        tuple(texts_of(data, "settled_by")),
        needed_text(data, "id"),
        needed_text(data, "decision"),
        needed_text(data, "reason"),
    )


def _evidence_json(evidence: Evidence) -> Values:
    return {
        "code": evidence.code,
        "details": as_json(evidence.details),
        "sensor": evidence.sensor,
        "from": iso(evidence.from_at) if evidence.from_at else None,
        "to": iso(evidence.to_at) if evidence.to_at else None,
        "card_id": evidence.card_id,
        "place": None if evidence.place is None else asdict(evidence.place),
    }


def _evidence(data: Read) -> Evidence:
    since, until = text_of(data, "from"), text_of(data, "to")
    return Evidence(
        needed_text(data, "code"),
        part_of(data, "details"),
        text_of(data, "sensor") or None,
        parse_time(since) if since else None,
        parse_time(until) if until else None,
        text_of(data, "card_id") or None,
        _place(data),
    )


def _place(data: Read) -> CardPlace | None:
    """Findings of earlier versions name a part of the pump card and no stroke."""
    if data.get("card_part"):
        return CardPlace(pair_of(data, "card_part"))
    place = part_of(data, "place")
    if not place:
        return None
    load_n = pair_of(place, "load_n") if place.get("load_n") else None
    return CardPlace(pair_of(place, "part"), needed_text(place, "stroke"), needed_text(place, "card"), load_n)


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
        f.seen,
    ]

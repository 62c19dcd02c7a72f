"""Entries of earlier versions are read in the form of this one, and the version moves with the fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.models import upcasters, upcasting
from app.models.entries import State
from app.models.findings import finding_id
from app.models.journal import Journal
from app.models.kinds import KINDS
from app.models.upcasting import PAYLOAD_VERSION, STEPS, upcast
from tests.earlier_versions import VERSIONS, expected

KEY = "11" * 32
DECIDED = {
    "finding": {
        "id": "old",
        "well_id": 3,
        "code": "pump_off",
        "severity": "act",
        "confidence": 0.8,
        "from": "2026-11-18T08:00:00Z",
        "to": "2026-11-20T08:00:00Z",
        "evidence": [],
        "against": [],
        "settled_by": ["flow_test"],
        "decision": "",
        "reason": "",
    },
    "decision": "rejected",
    "reason": "меняли датчик",
    "author": "И. Петров",
    "well_key": {"uid": "u", "field": "", "pad": "", "name": "1"},
}


def test_there_is_one_file_for_each_step_and_a_kept_profile_for_each_version() -> None:
    files = {path.stem for path in Path(upcasters.__file__).parent.glob("to_v*.py")}
    assert files == {f"to_v{step}" for step in STEPS}
    assert sorted(STEPS) == list(range(2, PAYLOAD_VERSION + 1))
    assert list(range(1, PAYLOAD_VERSION + 1)) == VERSIONS


def test_a_change_of_fields_is_a_new_version() -> None:
    """Laptops of the version before must be able to tell: raise PAYLOAD_VERSION, and keep a profile."""
    assert expected(PAYLOAD_VERSION)["fields"] == {
        kind.key: [field.key for field in kind.fields] for kind in KINDS
    }


def test_versions_of_kinds_are_versions_that_there_are() -> None:
    for table in (upcasting.CHANGED, upcasting.MISREAD):
        assert all(1 < version <= PAYLOAD_VERSION for version in table.values())


def test_a_decision_of_version_one_is_a_record_of_its_finding() -> None:
    kind, payload = upcast("finding_decision", DECIDED, 1)
    assert kind == "record"
    assert (payload["kind"], payload["action"], payload["well"]) == ("finding_decision", "saved", 3)
    assert (payload["at"], payload["until"]) == ("2026-11-18T08:00:00Z", "2026-11-20T08:00:00Z")
    assert payload["values"]["decision"] == "rejected"
    assert json.loads(payload["values"]["grounds"])["settled_by"] == ["flow_test"]
    again = upcast("finding_decision", {**DECIDED, "decision": "accepted"}, 1)[1]
    assert again["record"] == payload["record"], "two decisions on one finding are one record"


@pytest.mark.parametrize("kind", ["record", "card", "import", "import_undone"])
def test_what_no_step_speaks_of_stays_as_it_is(kind: str) -> None:
    payload: dict[str, Any] = {"record": "x", "kind": "flow_test", "values": {"water_cut": 0.4}}
    assert upcast(kind, payload, 1) == (kind, payload)


def test_what_no_program_has_written_is_an_error_and_stays_whole_in_the_journal(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="value_wrong .*field=finding"):
        upcast("finding_decision", {"finding": 5}, 1)
    journal = Journal(tmp_path / "j.sqlite", tmp_path / "blobs", KEY)
    try:
        journal._file.execute(
            "INSERT INTO entry (id, kind, schema_version, payload, payload_sha256, created_at, zone, state) "
            "VALUES "
            "('a', 'finding_decision', 1, '{\"finding\": 5}', '', '2026-11-20T08:00:00Z', '', 'queued'),"
            "('b', 'hologram', 99, '{\"shape\": 1}', '', '2026-11-20T08:00:00Z', '', 'queued')"
        )
        entries = {entry.id: entry for entry in journal.entries(State.QUEUED)}
        assert [entries[name].readable for name in ("a", "b")] == [False, False]
        assert entries["b"].as_written.payload == {"shape": 1}
    finally:
        journal.close()


def test_the_hash_stays_that_of_what_was_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.sqlite", tmp_path / "blobs", KEY)
    try:
        text = json.dumps(DECIDED, ensure_ascii=False)
        journal._file.execute(
            "INSERT INTO entry (id, kind, schema_version, payload, payload_sha256, created_at, zone, state) "
            "VALUES ('a', 'finding_decision', 1, ?, 'h', '2026-11-20T08:00:00Z', '', 'queued')",
            (text,),
        )
        entry = journal.get("a")
        assert entry is not None
        assert (entry.kind, entry.as_written.kind) == ("record", "finding_decision")
        assert (entry.as_written.payload, entry.payload_sha256, entry.schema_version) == (DECIDED, "h", 1)
        last = journal.last_of_record(entry.payload["record"])
        assert last is not None
        assert last.id == "a"
        assert journal.pending_records() == {entry.payload["record"]}
    finally:
        journal.close()


def test_of_two_decisions_of_before_the_later_is_the_last_word_of_their_record(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j.sqlite", tmp_path / "blobs", KEY)
    try:
        for name, reason in (("b", "first"), ("a", "second"), ("c", "third")):
            text = json.dumps({**DECIDED, "reason": reason}, ensure_ascii=False)
            journal._file.execute(
                "INSERT INTO entry (id, kind, schema_version, payload, payload_sha256, created_at, zone, "
                "state) VALUES (?, 'finding_decision', 1, ?, 'h', '2026-11-20T08:00:00Z', '', 'queued')",
                (name, text),
            )
        first, last = journal.get("b"), journal.get("c")
        assert first is not None
        assert last is not None
        assert first.payload["record"] == last.payload["record"]
        found = journal.last_of_record(first.payload["record"])
        assert found is not None
        assert found.id == "c"
        assert journal.last_of_record("another") is None
    finally:
        journal.close()


def test_findings_of_the_same_data_have_the_same_name_on_every_laptop() -> None:
    from datetime import UTC, datetime, timedelta

    onset = datetime(2026, 11, 18, 8, tzinfo=UTC)
    name = finding_id("u", "pump_off", onset)
    assert name == finding_id("u", "pump_off", onset + timedelta(hours=3))
    others = {
        finding_id("v", "pump_off", onset),
        finding_id("u", "gas_interference", onset),
        finding_id("u", "pump_off", onset + timedelta(days=1)),
        finding_id("u", "pump_off", onset, 2),
    }
    assert len(others | {name}) == 5

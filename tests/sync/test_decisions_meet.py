"""Decisions on findings between two laptops and a real centre: one finding, one decision, the same rules as
for any record that two people change; and what the centre keeps for the next model.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.core.clock import iso
from app.core.jobs import Job
from app.models.entries import State
from app.models.findings import Evidence, Finding, finding_id
from app.models.store import findings as finding_store
from app.models.store import records
from app.models.wells import Well
from app.services.centre import conflicts, sync
from app.services.records import entries
from app.services.workspace import Workspace
from central.stores.engine import open_engine
from tests.centre_process import AT, CentreProcess, laptop, new_field

ONSET = AT - timedelta(days=3)


def synced(workspace: Workspace) -> sync.Outcome:
    outcome = sync.run(Job(), workspace)
    assert outcome.problems == {}
    return outcome


def well_of(workspace: Workspace) -> Well:
    return next(well for well in records.wells(workspace.store) if well.name == "123Г")


def found_on(workspace: Workspace, code: str = "pump_off", **changed: Any) -> Finding:
    """As this laptop's own diagnosis would say it."""
    well = well_of(workspace)
    why = Evidence("intake_pressure_low", {"share": 0.3, "sigma": 4.0, "text": "x"}, "intake_pressure")
    finding = Finding(int(well.id), code, "act", 0.81, ONSET, AT, (why,), (), ("flow_test",))
    finding = replace(finding, **changed)
    named = replace(finding, id=finding_id(well.key["uid"], code, finding.from_at))
    return next(f for f in finding_store.renew(workspace.store, int(well.id), [named]) if f.code == code)


def decided(workspace: Workspace, code: str = "pump_off") -> tuple[str, str, str]:
    found = finding_store.of_well(workspace.store, int(well_of(workspace).id))
    (one,) = [finding for finding in found if finding.code == code]
    return one.decision, one.reason, one.decided_by


@pytest.fixture
def two(centre: CentreProcess, tmp_path: Path) -> Any:
    field = new_field()
    with (
        laptop(tmp_path / "a", centre, field) as one,
        laptop(tmp_path / "b", centre, field) as other,
    ):
        one.settings.set("author", "Анна")
        other.settings.set("author", "Борис")
        yield one, other


def test_a_decision_is_on_the_other_laptop_at_the_finding_that_it_made_itself(
    two: tuple[Workspace, Workspace],
) -> None:
    one, other = two
    mine, theirs = found_on(one), found_on(other, confidence=0.78, from_at=ONSET + timedelta(hours=1))
    assert mine.id == theirs.id, "findings of the same data are one"
    entries.decide(one, mine, "rejected", "меняли датчик")
    synced(one)
    synced(other)
    assert decided(other) == ("rejected", "меняли датчик", "Анна")
    assert finding_store.open_findings(other.store) == {}
    entries.decide(other, found_on(other), "accepted", "")
    synced(other)
    synced(one)
    assert decided(one) == ("accepted", "", "Борис")


def test_a_decision_stays_when_the_finding_is_no_longer_made(two: tuple[Workspace, Workspace]) -> None:
    one, other = two
    entries.decide(one, found_on(one), "accepted", "")
    synced(one)
    synced(other)
    assert decided(other) == ("accepted", "", "Анна"), "without a diagnosis of its own"
    finding_store.renew(other.store, int(well_of(other).id), [])
    assert decided(other)[0] == "accepted"


def test_a_decision_finds_its_finding_where_another_laptop_saw_it_begin_on_another_day(
    two: tuple[Workspace, Workspace],
) -> None:
    one, other = two
    theirs = found_on(other, from_at=ONSET + timedelta(days=1))
    entries.decide(one, found_on(one), "accepted", "")
    synced(one)
    synced(other)
    assert theirs.decision == ""
    assert decided(other) == ("accepted", "", "Анна")


def test_two_that_decide_alike_are_not_asked(two: tuple[Workspace, Workspace]) -> None:
    one, other = two
    entries.decide(one, found_on(one), "accepted", "")
    entries.decide(other, found_on(other, confidence=0.5, severity="watch"), "accepted", "")
    synced(one)
    outcome = synced(other)
    assert (outcome.conflicts, outcome.merged) == (0, 1)
    synced(one)
    assert decided(one)[0] == decided(other)[0] == "accepted"
    assert other.journal.unsent_count() == 0


def test_two_that_decide_differently_are_asked_and_neither_is_lost(two: tuple[Workspace, Workspace]) -> None:
    """As for any record: no clock and no order of arrival decides what an engineer thinks."""
    one, other = two
    entries.decide(one, found_on(one), "accepted", "")
    entries.decide(other, found_on(other), "rejected", "меняли датчик")
    synced(one)
    assert synced(other).conflicts == 1
    assert decided(other)[:2] == ("rejected", "меняли датчик"), (
        "what was decided here stays until it is chosen"
    )
    (asked,) = conflicts.open_conflicts(other)
    assert asked.kind == "finding_decision"
    assert {c.field: (c.mine, c.theirs) for c in asked.fields} == {
        "values.decision": ("rejected", "accepted"),
        "values.reason": ("меняли датчик", None),
    }
    conflicts.resolve(other, asked.entry_id, {c.field: "mine" for c in asked.fields})
    synced(other)
    synced(one)
    assert decided(one)[:2] == decided(other)[:2] == ("rejected", "меняли датчик")


def test_an_entry_of_the_version_before_is_taken_and_meets_the_others(
    two: tuple[Workspace, Workspace],
) -> None:
    one, other = two
    finding = found_on(one)
    payload = {
        "finding": {**finding_store.to_json(finding), "id": "a name of that laptop only"},
        "decision": "rejected",
        "reason": "меняли датчик",
        "author": "Анна",
        "well_key": well_of(one).key,
    }
    entry = one.journal.add("finding_decision", payload)
    one.journal._file.execute("UPDATE entry SET schema_version = 1 WHERE id = ?", (entry.id,))
    assert synced(one).sent == 1
    synced(other)
    found_on(other)
    assert decided(other) == ("rejected", "меняли датчик", "Анна")
    assert [e.state for e in one.journal.entries()] == [State.CONFIRMED]


def test_a_laptop_newer_than_the_centre_waits_and_is_not_refused(two: tuple[Workspace, Workspace]) -> None:
    one, _ = two
    entry = one.journal.add("hologram", {"shape": "шар", "well_key": well_of(one).key})
    one.journal._file.execute("UPDATE entry SET schema_version = 99 WHERE id = ?", (entry.id,))
    note = entries.add_note(one, int(well_of(one).id), AT, "после неё")
    assert synced(one).sent == 1
    kept = one.journal.get(entry.id)
    assert kept is not None
    assert (kept.state, kept.error) == (State.RETRY, "centre_older")
    assert one.journal.last_of_record(note.id).state is State.CONFIRMED  # type: ignore[union-attr]


def test_the_centre_keeps_decisions_with_the_numbers_that_they_stood_on(
    two: tuple[Workspace, Workspace], centre: CentreProcess
) -> None:
    one, _ = two
    entries.decide(one, found_on(one), "rejected", "меняли датчик")
    synced(one)
    field = well_of(one).field_name
    with centre.client(centre.token(field)) as client:
        (told,) = client.get("/v1/decisions").raise_for_status().json()
        after = client.get("/v1/decisions", params={"after": told["finding"]}).json()
    assert after == []
    assert (told["well"], told["code"], told["decision"]) == ("123Г", "pump_off", "rejected")
    assert (told["reason"], told["author"]) == ("меняли датчик", "Анна")
    assert told["features"] == {
        "confidence": 0.81,
        "severity": 2.0,
        "duration_s": 3 * 86_400.0,
        "evidence.intake_pressure_low": 1.0,
        "evidence.intake_pressure_low.share": 0.3,
        "evidence.intake_pressure_low.sigma": 4.0,
    }
    with centre.client(centre.token(new_field())) as stranger:
        assert stranger.get("/v1/decisions").json() == []
    with centre.client(centre.token(field, "push")) as without_scope:
        assert without_scope.get("/v1/decisions").status_code == 403


def test_decisions_that_the_centre_took_before_there_were_versions_become_records(tmp_path: Path) -> None:
    from alembic import command

    from central.stores.migrating import alembic_config, migrate

    engine = open_engine(f"sqlite:///{tmp_path / 'c.sqlite'}")
    config = alembic_config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(sa.text("INSERT INTO change_counter VALUES (1, 7)"))
        connection.execute(
            sa.text(
                "INSERT INTO wells (id, well_uid, field_name, name, aliases, version) "
                "VALUES (1, 'u', 'Поле', '1', '[]', 1)"
            )
        )
        for number, decision in enumerate(("accepted", "rejected"), 6):
            said = {"id": "x", "well_id": 4, "code": "pump_off", "severity": "act", "confidence": 0.8}
            said |= {"from": iso(ONSET), "to": iso(AT), "evidence": [], "against": [], "settled_by": []}
            body = {"finding": said, "decision": decision, "reason": "", "author": "Анна"}
            body |= {"well_key": {"uid": "u", "field": "Поле", "pad": "", "name": "1"}}
            row = {"k": f"e{number}", "b": json.dumps(body), "n": number, "at": AT.isoformat()}
            connection.execute(
                sa.text("INSERT INTO items VALUES ('decision', :k, 1, 1, :k, :at, :b)").bindparams(
                    k=row["k"], at=row["at"], b=row["b"]
                )
            )
            connection.execute(
                sa.text("INSERT INTO changes VALUES (:n, 'decision', :k, 1, 1, 'Поле')").bindparams(
                    n=number, k=row["k"]
                )
            )
    migrate(engine)
    with engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT id, version, decision FROM finding_decisions")).fetchall()
        told = connection.execute(
            sa.text("SELECT change_no, topic, item_key, version FROM changes ORDER BY change_no")
        ).fetchall()
        last = connection.execute(sa.text("SELECT last_no FROM change_counter")).scalar()
        features = dict(
            connection.execute(sa.text("SELECT feature, value FROM decision_features")).fetchall()  # type: ignore[arg-type]
        )
    engine.dispose()
    name = finding_id("u", "pump_off", ONSET)
    assert kept == [(name, 2, "rejected")]
    assert told == [(8, "record", name, 1), (9, "record", name, 2)]
    assert last == 9
    assert features["confidence"] == 0.8

"""The demo field end to end: the truth is found on its well, the healthy are left alone, decisions are
kept.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from app.analysis.cards.outline import SURFACE_SIZE, VECTOR_NAMES, VECTOR_VERSION
from app.analysis.simulate import field_srp
from app.analysis.simulate.field import ESP_NAMES, ESP_TRUTH, SRP_NAMES, SRP_TRUTH
from app.analysis.simulate.pump import PumpRun
from app.analysis.simulate.rod_pump import RodWell
from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job
from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.models.entries import State
from app.models.store import cards as card_store
from app.models.store import findings as finding_store
from app.models.store import kinds, records
from app.models.values import part_of, text_of
from app.services.demo import building as demo
from app.services.diagnosis import taught
from app.services.diagnosis.diagnose import diagnose, findings_of
from app.services.imports import importing
from app.services.imports.opening import ImportOptions
from app.services.opening import open_workspace
from app.services.records import applying, entries
from app.services.wells.dashboard import field_rows
from app.services.wells.finding import find_well, statuses
from app.services.wells.overview import overview
from app.services.workspace import Workspace
from tests.conftest import shared_file


def test_each_demo_well_is_found_to_have_what_befell_it_and_the_healthy_ones_nothing(
    demo_workspace: Workspace,
) -> None:
    truth = {**ESP_TRUTH, **SRP_TRUTH}
    for name in (*ESP_NAMES, *SRP_NAMES):
        found = findings_of(demo_workspace, find_well(demo_workspace, name).id)
        codes = [finding.code for finding in found if finding.severity != "info" or name in truth]
        if name not in truth:
            assert codes == [], name
        else:
            assert codes[0] == truth[name], name
            assert found[0].evidence
            assert found[0].settled_by or found[0].severity == "info"


def test_what_is_usual_was_before_the_fault_and_not_in_its_days(demo_workspace: Workspace) -> None:
    """Parted rods since the 26th: a motor that idles since then is not "as usual"."""
    well = find_well(demo_workspace, "205")
    diagnose(demo_workspace, well)
    current = next(one for one in overview(demo_workspace, well).values if one.sensor.key == "motor_current")
    assert current.unusual
    assert current.usual_low is not None
    assert current.value < 0.5 * current.usual_low


def test_the_field_has_tests_events_analyses_and_cards(demo_workspace: Workspace) -> None:
    for name in ("101", "201"):
        seen = overview(demo_workspace, find_well(demo_workspace, name))
        assert seen.flow_tests
        assert len(seen.values) >= 5
        assert (seen.card is not None) == (name == "201")
    with demo_workspace.store.reading() as cursor:
        for table, least in (
            ("events", 10),
            ("lab_results", 20),
            ("flow_tests", 100),
            ("cards", 500),
            ("installations", 14),
        ):
            assert cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0] >= least, table


@pytest.mark.slow
def test_the_same_seed_gives_the_same_store_and_another_seed_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One ESP, and what the rod-pumped ones are run with: the whole field is held in test_demo_building."""

    def readings(name: str, seed: int) -> object:
        workspace = open_workspace(profile_paths(tmp_path / name / "cache.duckdb"), NoticeBus())
        demo.build(workspace, Job(), wells=1, days=7, seed=seed)
        with workspace.store.reading() as cursor:
            held = cursor.execute(
                "SELECT count(*), bit_xor(hash(well, sensor, ts, value, quality)) FROM readings"
            ).fetchone()
        workspace.close()
        return held

    def drawn(seed: int) -> tuple[bytes, float]:
        planned: list[tuple[bytes, float]] = []

        def run(wells: list[RodWell], pumps: PumpRun, **_: object) -> None:
            planned.append((np.asarray(pumps.fillage).tobytes(), wells[0].strokes_per_minute))
            raise Cancelled

        monkeypatch.setattr(field_srp, "run_cards", run)
        with pytest.raises(Cancelled):
            field_srp.simulate_srp(7, seed)
        return planned[0]

    assert readings("a", 1) == (first := readings("b", 1))
    assert readings("c", 2) != first
    assert drawn(1) == drawn(1)
    assert drawn(2)[0] != drawn(1)[0]


def test_building_can_be_cancelled_and_is_refused_where_wells_are(
    workspace: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(KnownError, match="demo_store_in_use"):
        demo.build(workspace, Job())
    empty = open_workspace(profile_paths(tmp_path / "empty" / "cache.duckdb"), NoticeBus())
    job = Job(lambda progress: job.cancel() if progress.done > 2 else None, min_gap_s=0.0)
    with pytest.raises(Cancelled):
        demo.build(empty, job, days=7)
    with pytest.raises(KnownError, match="demo_limits"):
        demo.build(empty, Job(), days=3)
    empty.close()


def test_a_decision_survives_the_next_diagnosis_and_a_lost_cache(demo_workspace: Workspace) -> None:
    well = find_well(demo_workspace, "103")
    worst = findings_of(demo_workspace, well.id)[0]
    entries.decide(demo_workspace, worst, "rejected", "the gauge was being changed")
    again = next(finding for finding in diagnose(demo_workspace, well) if finding.id == worst.id)
    assert (again.decision, again.reason) == ("rejected", "the gauge was being changed")
    assert worst.id not in [finding.id for finding in overview(demo_workspace, well).findings]
    with demo_workspace.store.writing() as cursor:
        cursor.execute("DELETE FROM findings")
    applying.replay(demo_workspace)
    assert [finding.decision for finding in findings_of(demo_workspace, well.id)] == ["rejected"]


def test_a_decision_on_a_card_is_kept_with_the_card_as_the_models_saw_it(demo_workspace: Workspace) -> None:
    finding = findings_of(demo_workspace, find_well(demo_workspace, "205").id)[0]
    taught.decide(demo_workspace, finding, "accepted", "")
    (entry,) = demo_workspace.journal.newest(tuple(State), 1)
    seen = json.loads(text_of(part_of(entry.payload, "values"), "grounds"))["seen"]
    assert seen["features"] == VECTOR_VERSION
    assert (len(seen["card"]), len(seen["outline"])) == (len(VECTOR_NAMES), SURFACE_SIZE)
    assert 0.02 <= seen["rules"][finding.code] <= 1
    esp = findings_of(demo_workspace, find_well(demo_workspace, "103").id)[0]
    assert taught.seen_of(demo_workspace, esp) == {}, "of no card"


def test_a_well_that_nobody_has_looked_at_is_not_all_right_and_its_card_is_its_last_data(
    workspace: Workspace,
) -> None:
    importing.import_file(workspace, shared_file("data/well-c.json"), ImportOptions(new_wells=True))
    well = next(one.well for one in statuses(workspace.store) if one.last_reading_at is not None)
    with workspace.store.writing() as cursor:
        records.put_wells(cursor, [replace(well, lift="srp")])
    well = find_well(workspace, well.name)
    (before,) = [one for one in statuses(workspace.store) if one.well.id == well.id]
    (card,) = card_store.of_well(workspace.store, int(well.id))
    assert (before.status, before.last_reading_at) == ("none", card.taken_at)
    diagnose(workspace, well)
    (after,) = [one for one in statuses(workspace.store) if one.well.id == well.id]
    assert after.status in ("ok", "watch", "act", "stop")


def test_readings_of_a_month_later_do_not_take_back_what_the_last_dynamogram_showed(
    demo_workspace: Workspace, tmp_path: Path
) -> None:
    """An archive was read from a controller, and parted rods that nobody had looked at since were all right
    in the tree, at a health of 92 %.
    """
    well = find_well(demo_workspace, "205")
    before = overview(demo_workspace, well)
    assert before.last_reading_at is not None
    at = before.last_reading_at + timedelta(days=28)
    rows = [f"{at + timedelta(minutes=n):%Y-%m-%d %H:%M:%S};{12 + n / 10}" for n in range(30)]
    (tmp_path / "later.csv").write_text("\n".join(["time;motor current, A", *rows]), encoding="utf-8")
    importing.import_file(demo_workspace, tmp_path / "later.csv", ImportOptions(well="205"))
    after = overview(demo_workspace, well)
    assert after.last_reading_at is not None
    assert after.last_reading_at > at
    assert after.health == pytest.approx(before.health)
    (row,) = [one for one in field_rows(demo_workspace) if one.status.well.id == well.id]
    assert (row.status.status, row.worst, row.ended) == ("stop", "rods_parted", None)


def test_a_rejection_without_a_reason_is_refused_and_not_journalled(demo_workspace: Workspace) -> None:
    worst = findings_of(demo_workspace, find_well(demo_workspace, "103").id)[0]
    with pytest.raises(KnownError, match="reason_missing"):
        entries.decide(demo_workspace, worst, "rejected", "  ")
    assert demo_workspace.journal.unsent_count() == 0


def test_the_tree_shows_the_worst_open_finding_and_how_many_are_unread(demo_workspace: Workspace) -> None:
    by_name = {status.well.name: status for status in statuses(demo_workspace.store)}
    assert by_name["205"].status == "stop"
    assert by_name["101"].status == "ok"
    assert by_name["205"].unread == 1
    finding_store.mark_seen(demo_workspace.store, by_name["205"].well.id)
    assert {s.well.name: s.unread for s in statuses(demo_workspace.store)}["205"] == 0


@pytest.mark.parametrize("typed", ["123Г", "123г", " скв. №123Г/К-5", "Скважина 123Г", "123Г \\ куст 5"])
def test_a_well_is_found_as_people_write_it(workspace: Workspace, typed: str) -> None:
    assert find_well(workspace, typed).name == "123Г"


def test_an_unknown_well_is_refused_with_the_nearest_ones(workspace: Workspace) -> None:
    with pytest.raises(KnownError) as caught:
        find_well(workspace, "124Г")
    assert "123Г" in str(caught.value.details["near"])


def test_a_note_is_in_the_journal_before_it_is_in_the_cache(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    put = kinds.put_one

    def watching(cursor: object, note: object) -> None:
        seen.append(workspace.journal.unsent_count())
        put(cursor, note)  # type: ignore[arg-type]

    monkeypatch.setattr(kinds, "put_one", watching)
    note = entries.add_note(workspace, 1, workspace.clock(), "  pressure gauge replaced ")
    assert seen == [1]
    assert [n.text for n in records.notes(workspace.store, 1, workspace.clock(), workspace.clock())] == [
        "pressure gauge replaced"
    ]
    entries.remove_record(workspace, note)
    assert records.notes(workspace.store, 1, workspace.clock(), workspace.clock()) == []
    assert workspace.journal.unsent_count() == 2
    with pytest.raises(KnownError, match="note_empty"):
        entries.add_note(workspace, 1, workspace.clock(), "  ")

"""Flow tests, well tests, forecast, dashboard and the cells that are kept: services on the demo field and on
what we make up.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from app.analysis import model_file
from app.analysis.forecast import failure
from app.analysis.forecast.features import NAMES, NEUTRAL, Features
from app.analysis.wells.inflow import curves_of
from app.core.clock import from_us
from app.core.errors import KnownError
from app.core.jobs import Cancelled, Job
from app.core.paths import resources
from app.core.texts import Speaker
from app.importers.welltest_json import read_test
from app.models.findings import Finding
from app.models.readings import Readings
from app.models.records import FlowTest
from app.models.sensors import SENSORS
from app.models.store import cells, findings, readings, records, well_tests
from app.models.wells import Installation, WellId
from app.reports import wording
from app.services.demo.history import build_up
from app.services.diagnosis.baselines import TEMPLATES, usual_bands
from app.services.diagnosis.diagnose import diagnose_field, esp_case_of
from app.services.diagnosis.grids import GridKeeper
from app.services.imports import importing
from app.services.records import entries
from app.services.wells import dashboard, flow, forecast
from app.services.wells.finding import find_well
from app.services.wells.well_tests import analyse
from app.services.workspace import Workspace
from tools import model_export

AT = datetime(2026, 10, 1, tzinfo=UTC)


def flow_test(
    n: int,
    liquid: float,
    *,
    hours: float = 4.0,
    oil: float | None = None,
    cut: float = 0.4,
    valid: bool = True,
) -> FlowTest:
    return FlowTest(
        str(n), 1, AT + timedelta(days=3 * n), hours * 3600, liquid / 86_400, oil, cut, None, 1e6, valid
    )


def test_a_flow_test_is_doubted_for_a_reason_and_a_falling_well_is_not() -> None:
    steady = [flow_test(n, 100 + n % 3) for n in range(5)]
    assert flow.doubts_of(flow_test(6, 102), steady) == ()
    assert flow.doubts_of(flow_test(6, 160), steady, flow_test(7, 101)) == ("jump",)
    assert flow.doubts_of(flow_test(6, 70), steady, flow_test(7, 45)) == (), "the next one goes the same way"
    assert flow.doubts_of(flow_test(6, 160), steady, flow_test(7, 101), 158 / 86_400) == (), (
        "the pump confirms it"
    )
    assert "short" in flow.doubts_of(flow_test(6, 101, hours=1), steady)
    assert "oil_over_liquid" in flow.doubts_of(flow_test(6, 101, oil=5.0), steady)
    assert "water_cut_impossible" in flow.doubts_of(flow_test(6, 101, cut=40), steady)
    assert "marked_invalid" in flow.doubts_of(flow_test(6, 101, valid=False), steady)


def test_the_virtual_rate_is_judged_on_tests_that_it_was_not_set_by() -> None:
    by_curve: list[float | None] = [100.0, 110.0, 90.0, 100.0, None]
    measured = [90.0, 99.0, 81.0, 90.0, 80.0]
    virtual, error = flow.calibrated(measured, by_curve)
    assert virtual[:4] == pytest.approx(measured[:4])
    assert virtual[4] is None
    assert error == pytest.approx(0.0, abs=1e-9)
    assert flow.calibrated([90.0], [100.0]) == ([None], None)


def test_flow_history_of_a_demo_well_has_levels_rates_by_pump_and_the_pump_itself(
    demo_workspace: Workspace,
) -> None:
    well = find_well(demo_workspace, "101")
    seen = flow.history(demo_workspace, well, *flow.usual_window(demo_workspace, well))
    assert len(seen.rows) > 5
    assert seen.virtual_error is not None
    assert seen.virtual_error < 0.08
    assert seen.level_from == "intake"
    assert well.depth_m is not None
    assert 0 < np.nanmedian(seen.level_m) < well.depth_m
    assert seen.pump is not None
    assert 0.3 < seen.pump.head_factor < 1.2
    assert seen.pump.nodal is not None
    assert seen.pump.nodal.meets_rate == pytest.approx(seen.pump.at_rate, rel=0.15), (
        "it runs where inflow and pump meet"
    )


def test_a_well_test_file_is_imported_found_on_its_well_and_taken_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    body = {**build_up("123Г", 1, AT, 5).body}
    file = tmp_path / "kvd.json"
    file.write_text(json.dumps(body))
    report = importing.import_file(workspace, file)
    assert report.kind == "well_test"
    assert report.added == 1
    (stored,) = well_tests.of_well(workspace.store, 1)
    answer, found = analyse(read_test(file))
    assert found is not None
    assert answer["permeability_m2"] is not None
    assert stored.taken_at == AT
    importing.undo(workspace, report.id)
    assert well_tests.of_well(workspace.store, 1) == []
    del body["taken_at"]
    file.write_text(json.dumps(body))
    with pytest.raises(KnownError, match="taken_at"):
        importing.import_file(workspace, file)


def test_every_inflow_model_has_a_curve_that_falls_to_the_reservoir_pressure() -> None:
    points = [{"rate_m3_per_s": 1e-3, "pressure_pa": 15e6}, {"rate_m3_per_s": 2e-3, "pressure_pa": 11e6}]
    from app.importers.welltest_json import test_from as read

    answer, _ = analyse(
        read(
            {"kind": "inflow", "points": points, "reservoir_pressure_pa": 18e6, "bubble_pressure_pa": 9e6},
            Path("x"),
        )
    )
    curves = curves_of(answer)
    assert [name for name, _, _ in curves] == ["pi", "vogel", "fetkovich", "composite"]
    for _, rate, pressure in curves:
        assert rate[0] == pytest.approx(0.0, abs=1e-6)
        assert (np.diff(rate) > 0).all()
        assert (np.diff(pressure) < 0).all()


def test_the_forecast_of_a_demo_well_has_run_life_chances_reasons_and_drifts(
    demo_workspace: Workspace,
) -> None:
    seen = forecast.forecast(demo_workspace, find_well(demo_workspace, "104"))
    assert seen.run_life.life is not None
    assert seen.run_life.curve is not None
    assert seen.run_life.curve.count == 48
    chances = [seen.run_life.by_age[days][0] for days in forecast.HORIZONS]
    assert chances == sorted(chances)
    assert seen.failure is not None
    assert list(seen.failure.probability.values()) == sorted(seen.failure.probability.values())
    assert any(reason.feature.startswith("insulation") for reason in seen.failure.reasons)
    assert [drift.sensor for drift in seen.drifts] == ["insulation_resistance"]
    assert seen.drifts[0].low <= seen.drifts[0].days <= seen.drifts[0].high


def test_a_rod_pumped_well_is_told_that_there_is_nothing_to_forecast_from(demo_workspace: Workspace) -> None:
    seen = forecast.forecast(demo_workspace, find_well(demo_workspace, "201"))
    assert seen.failure is None
    assert seen.run_life.refused is not None
    assert seen.run_life.refused.code == "survival_few_failures"


@pytest.mark.slow
def test_days_to_a_limit_have_an_interval_that_holds_them() -> None:
    days = np.arange(30.0)
    inside = 0
    for seed in range(20):
        rough = np.random.default_rng(seed).normal(0, 0.004, 30)
        falling = 10 ** (6.6 - 0.01 * days + rough)
        drift = forecast.drift_of("insulation_resistance", days, falling)
        assert drift is not None
        inside += drift.low <= 31 <= drift.high
    assert inside >= 11, "an eight-in-ten interval"
    assert forecast.drift_of("insulation_resistance", days, falling[::-1]) is None
    assert forecast.drift_of("motor_temperature", days, np.full(30, 360.0)) is None


def test_pumps_pulled_for_another_reason_are_censored() -> None:
    def pump(n: int, failed: bool, pulled: bool) -> Installation:
        return Installation(
            str(n),
            WellId(1),
            AT - timedelta(days=400),
            AT - timedelta(days=100) if pulled else None,
            {"failed": failed},
        )

    runs = forecast.runs_of([pump(1, True, True), pump(2, False, True), pump(3, True, False)], AT)
    assert runs.days.tolist() == [300.0, 300.0, 400.0]
    assert runs.failed.tolist() == [True, False, False]


def test_the_failure_model_refuses_foreign_files_and_other_features(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="model_missing"):
        failure.failure_model(tmp_path / "none.npz")
    broken = tmp_path / "broken.npz"
    broken.write_bytes(b"not a model")
    with pytest.raises(KnownError, match="model_foreign"):
        failure.failure_model(broken)
    file = model_file.read(resources() / "models" / "esp_failure.npz")
    model_export.write_arrays(tmp_path / "older.npz", {**file.about, "feature_version": 0}, file.arrays)
    with pytest.raises(KnownError, match="model_features"):
        failure.failure_model(tmp_path / "older.npz")


def test_worse_features_raise_the_chance_and_are_named_as_the_reason() -> None:
    model = failure.failure_model()
    known = np.ones(len(NAMES), bool)
    healthy = NEUTRAL.copy()
    healthy[0] = 300
    sick = healthy.copy()
    sick[NAMES.index("insulation")] = 1.6
    base, worse = model.forecast(Features(healthy, known)), model.forecast(Features(sick, known))
    assert worse.probability[30] > 1.5 * base.probability[30]
    assert worse.reasons[0].feature == "insulation"
    assert model.summary["pumps"] > 1000


def test_the_dashboard_has_the_worst_first_and_the_pad_its_episodes(demo_workspace: Workspace) -> None:
    rows = dashboard.field_rows(demo_workspace)
    assert len(rows) == 14
    assert [row.urgency for row in rows] == sorted(row.urgency for row in rows)
    assert all(row.sight is not None and 0 < row.sight.looked <= row.sight.of for row in rows)
    assert rows[0].status.well.name == "205"
    assert rows[-1].health == 1.0
    esp = next(row for row in rows if row.status.well.name == "103")
    lines = dashboard.sparks(demo_workspace, rows[:2] + [esp])
    assert set(lines) <= {row.status.well.id for row in (*rows[:2], esp)}
    assert np.isfinite(lines[esp.status.well.id]).sum() > 20
    assert dashboard.sparks(demo_workspace, []) == {}
    lines, span = dashboard.pad_lines(demo_workspace, "Полярное", "1")
    assert [line.status.well.name for line in lines] == ["101", "102", "103", "104"]
    assert span is not None
    assert {f.code for line in lines for f in line.episodes} >= {
        "gas_interference",
        "pump_off",
        "insulation_decline",
    }


def test_the_list_of_wells_and_the_dashboard_do_not_read_what_findings_stand_on(
    demo_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They read all of it, the dashboard twice: half of what it took with ten thousand findings."""
    argued = findings.open_findings(demo_workspace.store)
    assert any(one.evidence for found in argued.values() for one in found)
    one_decided = next(iter(argued.values()))[0]
    entries.decide(demo_workspace, one_decided, "rejected", "was not so")
    bare = {
        well: [replace(one, evidence=(), against=(), settled_by=()) for one in found]
        for well, found in findings.open_findings(demo_workspace.store).items()
    }
    asked: list[int] = []
    outlines = findings._outlines
    monkeypatch.setattr(findings, "_outlines", lambda cursor: (asked.append(1), outlines(cursor))[1])
    monkeypatch.setattr(findings, "from_json", lambda _: pytest.fail("a finding was read whole"))
    found = findings.open_findings(demo_workspace.store, argued=False)
    rounded = {
        well: [replace(one, confidence=round(one.confidence, 4)) for one in of_it]
        for well, of_it in found.items()
    }
    assert rounded == bare
    asked.clear()
    assert dashboard.field_rows(demo_workspace)
    assert asked == [1]


def test_what_is_over_is_told_with_its_end_and_colours_no_well(workspace: Workspace) -> None:
    """A green well had stood with the red word of what had been mended three weeks before."""
    at = datetime(2026, 11, 1, tzinfo=UTC)
    late = at + timedelta(days=30)
    moment = np.array([int(late.timestamp() * 1e6)])
    readings.write(workspace.store, Readings.of_one(1, 1, moment, np.ones(1)))
    over = Finding(1, "gas_interference", "act", 0.9, at, at + timedelta(days=9), id="a")
    lasting = Finding(1, "wax", "watch", 0.6, at, late, id="b")
    speaker = Speaker("en")
    findings.renew(workspace.store, 1, [over])
    (row,) = [one for one in dashboard.field_rows(workspace) if one.status.well.id == 1]
    assert (row.worst, row.severity, row.status.status) == ("gas_interference", "ok", "ok")
    assert row.ended == over.to_at
    assert wording.worst_line(row, speaker).endswith(f", ended {speaker.day(over.to_at)}")
    findings.renew(workspace.store, 1, [over, lasting])
    (row,) = [one for one in dashboard.field_rows(workspace) if one.status.well.id == 1]
    assert (row.worst, row.severity, row.ended) == ("wax", "watch", None)
    assert "ended" not in wording.worst_line(row, speaker)


def test_a_state_that_no_rule_recognises_is_not_all_right(workspace: Workspace) -> None:
    """A green mark had stood in the tree beside "health not determined"."""
    at = datetime(2026, 11, 1, tzinfo=UTC)
    findings.renew(workspace.store, 1, [Finding(1, "not_recognised", "info", 0.5, at, at, id="a")])
    (row,) = [one for one in dashboard.field_rows(workspace) if one.status.well.id == 1]
    assert (row.health, row.status.status) == (None, "none")


def test_an_empty_store_has_an_empty_dashboard(workspace: Workspace) -> None:
    rows = dashboard.field_rows(workspace)
    assert [row.worst for row in rows] == ["", ""]
    assert dashboard.pad_lines(workspace, "Северное", "5")[1] is None


@pytest.mark.slow
def test_the_whole_field_is_diagnosed_with_progress_and_can_be_stopped(demo_workspace: Workspace) -> None:
    seen: list[int] = []
    before = {
        well: [f.code for f in found] for well, found in findings.open_findings(demo_workspace.store).items()
    }
    assert diagnose_field(demo_workspace, Job(lambda p: seen.append(p.done), min_gap_s=0.0)) >= 3
    assert len(seen) == 14
    assert {
        well: [f.code for f in found] for well, found in findings.open_findings(demo_workspace.store).items()
    } == before
    job = Job()
    job.cancel()
    with pytest.raises(Cancelled):
        diagnose_field(demo_workspace, job)


def test_usual_bands_hold_what_the_well_did_and_templates_name_real_sensors(
    demo_workspace: Workspace,
) -> None:
    bands = usual_bands(demo_workspace, find_well(demo_workspace, "101"))
    assert {"motor_current", "intake_pressure"} <= set(bands)
    case = esp_case_of(demo_workspace, find_well(demo_workspace, "101"))
    assert case is not None
    assert case.departures is not None
    current, band = case.grid.mean["motor_current"], bands["motor_current"]
    inside = (current >= band.low) & (current <= band.high)
    assert inside[case.departures.settled].mean() > 0.9
    assert usual_bands(demo_workspace, find_well(demo_workspace, "201")) == {}
    for sensors in TEMPLATES.values():
        assert all(sensor in SENSORS for sensor in sensors)


def _minutes(start: int, count: int, value: float) -> Readings:
    time_us = (start + np.arange(count)) * 60_000_000
    return Readings.of_one(1, SENSORS["frequency"].number, time_us, np.full(count, value))


def test_new_readings_cost_only_their_cells_and_corrections_start_anew(workspace: Workspace) -> None:
    keeper, store = GridKeeper(), workspace.store
    day = 1440 * 60_000_000
    readings.write(store, _minutes(0, 1440, 50.0))
    keeper.cells(store, 1, 0, day - 1, 600_000_000)
    more = _minutes(1440, 35, 48.0)
    keeper.written(more)
    readings.write(store, more)
    asked: list[int] = []
    plain = cells.cells

    def counted(*arguments: object, **options: object) -> object:
        asked.append(int(arguments[2]))  # type: ignore[call-overload]
        return plain(*arguments, **options)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "cells", counted)
        joined = keeper.cells(store, 1, 0, day + 35 * 60_000_000, 600_000_000)[SENSORS["frequency"].number]
        assert asked == [day - 600_000_000], "only from the last cell that may have been half full"
    whole = plain(store, 1, 0, day + 35 * 60_000_000, 600_000_000)[SENSORS["frequency"].number]
    assert np.array_equal(joined.time_us, whole.time_us)
    assert np.array_equal(joined.mean, whole.mean)
    keeper.written(_minutes(10, 1, 47.0))
    readings.write(store, _minutes(10, 1, 47.0))
    again = keeper.cells(store, 1, 0, day + 35 * 60_000_000, 600_000_000)[SENSORS["frequency"].number]
    assert again.low[1] == 47.0


def test_earlier_runs_of_the_demo_field_end_before_the_next_begins(demo_workspace: Workspace) -> None:
    of_well = [i for i in records.installations(demo_workspace.store) if i.well == 1]
    assert len(of_well) == 6
    for one, following in zip(of_well, of_well[1:], strict=False):
        assert one.pulled_at is not None
        assert one.pulled_at < following.run_at
    assert of_well[-1].pulled_at is None


def test_oil_is_foretold_by_the_water_cuts_of_the_tests_though_the_liquid_does_not_fall(
    demo_workspace: Workspace,
) -> None:
    well = find_well(demo_workspace, "104")
    seen = forecast.forecast(demo_workspace, well)
    tests = records.flow_tests(demo_workspace.store, well.id, from_us(0), demo_workspace.clock())
    known = [test.water_cut for test in tests if test.water_cut is not None]
    assert seen.decline_refused is not None
    assert seen.decline_refused.code == "decline_not_falling"
    assert seen.oil is not None
    assert seen.oil.count == len(known)
    assert seen.oil.cut == pytest.approx(float(np.median(known[-5:])), abs=0.05)
    assert seen.oil.low < 1 < 2 * seen.oil.high

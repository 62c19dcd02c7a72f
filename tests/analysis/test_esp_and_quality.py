"""The ESP simulator's physics and its conditions, the grid that rules look at, and their tools."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.diagnosis import diagnose_esp
from app.analysis.esp.arbitrate import arbitrated, overlap
from app.analysis.esp.changes import change_points
from app.analysis.esp.grid import Samples, grid_of, rolling_extreme, rolling_mean, step_for
from app.analysis.esp.modes import stretches
from app.analysis.few import theil_sen
from app.analysis.quality.marks import quality_of
from app.analysis.rules.base import EspCase, Verdict, certainty, esp_case
from app.analysis.simulate import esp_faults
from app.analysis.simulate.esp import run_esp
from app.analysis.simulate.esp_conditions import Conditions
from app.analysis.simulate.esp_wells import EspWells
from app.core.texts import Speaker
from app.models.readings import Quality
from app.models.sensors import SENSORS
from app.reports.wording import evidence_line
from tests.analysis.esp_table import tell

DAYS = 30
DAY_US = 86_400_000_000


def simulate(story: object, seed: int = 5, wells: int = 3, days: int = DAYS) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    return run_esp(EspWells.varied(wells, rng), days * 1440, story, rng).values  # type: ignore[arg-type]


def case_of(values: dict[str, np.ndarray], well: int = 0) -> EspCase:
    samples = {}
    for code, rows in values.items():
        there = np.isfinite(rows[well])
        time_us = np.flatnonzero(there).astype(np.int64) * 60_000_000
        value = rows[well][there].astype(float)
        samples[code] = Samples(time_us, value, quality_of(SENSORS[code], time_us, value))
    case = esp_case(grid_of(samples))
    assert case is not None
    return case


def quiet(day: float, c: Conditions) -> None:
    c.switched_on[:] = True


@functools.cache
def healthy() -> dict[str, np.ndarray]:
    return simulate(quiet)


def test_a_healthy_pump_settles_where_inflow_equals_what_it_lifts() -> None:
    rate, pressure = healthy()["liquid_rate"][:, -1440:], healthy()["intake_pressure"][:, -1440:]
    assert (rate.mean(axis=1) * 86_400 > 40).all()
    assert (np.ptp(pressure, axis=1) < 0.1e6).all()
    assert ((healthy()["discharge_pressure"] - healthy()["intake_pressure"])[:, -1] > 8e6).all()
    assert ((healthy()["motor_temperature"] - healthy()["intake_temperature"])[:, -1] > 5).all()


def test_the_same_seed_gives_the_same_field_to_the_last_bit() -> None:
    once, again = simulate(quiet, days=3), simulate(quiet, days=3)
    for code, rows in once.items():
        assert np.array_equal(rows, again[code]), code


def test_a_higher_frequency_lifts_more_and_draws_the_intake_down() -> None:
    def faster(day: float, c: Conditions) -> None:
        c.frequency_hz[:] = 50 if day < DAYS / 2 else 54

    values = simulate(faster)
    half = DAYS * 720
    assert (
        values["liquid_rate"][:, -1000:].mean(1) > values["liquid_rate"][:, half - 1000 : half].mean(1)
    ).all()
    assert (
        values["intake_pressure"][:, -1000:].mean(1)
        < values["intake_pressure"][:, half - 1000 : half].mean(1)
    ).all()
    assert (
        values["active_power"][:, -1000:].mean(1) > values["active_power"][:, half - 1000 : half].mean(1)
    ).all()


def test_a_stopped_well_gives_nothing_and_its_level_comes_back() -> None:
    def stop(day: float, c: Conditions) -> None:
        c.switched_on[:] = day < DAYS - 1

    values = simulate(stop)
    assert (values["liquid_rate"][:, -10:] == 0).all()
    assert (values["motor_current"][:, -10:] == 0).all()
    assert (values["intake_pressure"][:, -1] > values["intake_pressure"][:, -1500] + 1e6).all()


CONDITIONS = tuple(esp_faults.FAULTS)


@pytest.fixture(scope="module")
def lives() -> tuple[list[esp_faults.Life], dict[str, np.ndarray]]:
    """Every condition on a well of its own, then gauges that fail, then healthy wells with their stops and
    periodic runs.
    """
    rng = np.random.default_rng(17)
    codes = [*CONDITIONS, *esp_faults.GAUGE_FAULTS, "gap", None, None, None, None]
    drawn = [esp_faults.draw(code, 45, rng) for code in codes]
    return drawn, esp_faults.simulate(drawn, 45, rng).values


@pytest.mark.slow
def test_every_condition_of_the_simulator_is_found_when_it_happens_and_healthy_wells_are_left_alone(
    lives: tuple[list[esp_faults.Life], dict[str, np.ndarray]],
) -> None:
    drawn, values = lives
    missed, false = [], []
    for well, life in enumerate(drawn):
        said = [
            (code, v)
            for code, v in diagnose_esp(case_of(values, well))
            if v.confidence >= 0.5 and (v.severity != "info" or code == "gap")
        ]
        truth = life.fault
        if truth is None:
            false += [code for code, _ in said]
        elif not any(
            code == truth.code and v.from_us < truth.stop * 6e7 and v.to_us > truth.start * 6e7
            for code, v in said
        ):  # type: ignore[operator]
            missed.append(truth.code)
    assert len(missed) <= 1, missed
    assert false == []


TOLD = (
    "gas_interference",
    "gas_lock",
    "pump_off",
    "intake_plugging",
    "stage_wear",
    "scale_or_solids",
    "broken_shaft",
    "tubing_leak",
    "deadhead",
    "motor_overheat",
    "insulation_decline",
    "phase_unbalance",
    "power_disturbance",
    "reverse_rotation",
    "frequent_starts",
)


@pytest.mark.parametrize("code", TOLD)
@pytest.mark.parametrize(
    ("days", "step_min", "seed", "size"), [(30, 5, 1, 1.0), (60, 10, 3, 1.0), (30, 5, 6, 0.6)]
)
def test_wells_told_from_the_signature_table_get_their_condition_first(
    code: str, days: float, step_min: int, seed: int, size: float
) -> None:
    """No physics of ours in them: a second, independent judge."""
    case = esp_case(grid_of(tell(code, days=days, step_min=step_min, seed=seed, size=size).samples()))
    assert case is not None
    found = diagnose_esp(case)
    assert found[0][0] == code
    verdict = found[0][1]
    assert verdict.evidence
    assert verdict.from_us is not None
    begins = 0.35 if code == "insulation_decline" else 0.55
    assert verdict.from_us > begins * days * DAY_US - 0.4 * DAY_US


@pytest.mark.parametrize("life", ["periodic", "planned_stop", "new_frequency", None])
@pytest.mark.parametrize("step_min", [1, 10])
def test_what_is_no_fault_is_not_called_one(life: str | None, step_min: int) -> None:
    case = esp_case(grid_of(tell(life, days=30, step_min=step_min, seed=9).samples()))
    assert case is not None
    assert [code for code, v in diagnose_esp(case) if v.severity != "info"] == []
    if life == "periodic":
        assert case.modes.periodic.mean() > 0.8


def test_modes_are_told_in_a_row_without_a_gap() -> None:
    well = tell(None, days=12, step_min=5, seed=2)
    well.stop_pump(3.0, 3.4)
    well.bend("frequency", 0.06, 8.0)
    case = esp_case(grid_of(well.samples()))
    assert case is not None
    row = stretches(case.grid, case.modes)
    assert [name for name, *_ in row] == ["running", "stopped", "starting", "running", "running"]
    assert all(a[2] == b[1] for a, b in zip(row, row[1:], strict=False))
    assert row[0][3] == pytest.approx(50, abs=0.2)
    assert row[-1][3] == pytest.approx(53, abs=0.2)


def test_the_evidence_gives_the_change_in_units_and_in_sigmas() -> None:
    case = esp_case(grid_of(tell("tubing_leak", seed=4).samples()))
    assert case is not None
    verdict = diagnose_esp(case)[0][1]
    rate = next(item for item in verdict.evidence if item.code == "rate_down")
    assert rate.details["now"] * 86_400 == pytest.approx(70, rel=0.03)
    assert rate.details["before"] * 86_400 == pytest.approx(100, rel=0.03)
    assert rate.details["sigmas"] > 5


def test_planned_stops_are_no_fault() -> None:
    def stops(day: float, c: Conditions) -> None:
        c.switched_on[:] = not (10 <= day < 10.4 or 21 <= day < 21.2 or 27 <= day < 27.5)

    values = simulate(stops)
    assert [diagnose_esp(case_of(values, well)) for well in range(3)] == [[], [], []]


def test_a_frozen_gauge_is_found_and_kept_out_of_the_diagnosis() -> None:
    values = {code: rows.copy() for code, rows in healthy().items()}
    values["intake_pressure"][0, -4000:] = values["intake_pressure"][0, -4000]
    found = diagnose_esp(case_of(values, 0))
    assert [code for code, _ in found] == ["sensor_frozen"]
    assert found[0][1].evidence[0].sensor == "intake_pressure"


def test_a_clock_that_runs_behind_is_told_by_starts_and_stops() -> None:
    well = tell(None, days=20, step_min=5, seed=3)
    for k in range(4):
        well.stop_pump(3 + 4 * k, 3.3 + 4 * k)
    late = 12  # an hour
    for code in ("active_power",):
        well.values[code] = np.roll(well.values[code], late)
    case = esp_case(grid_of(well.samples()))
    assert case is not None
    said = {code: verdict for code, verdict in diagnose_esp(case)}
    assert said["clock_shift"].evidence[0].details["shift"] == pytest.approx(3600, abs=600)


def test_change_points_tell_when_a_parameter_moved_and_what_the_log_says() -> None:
    well = tell("tubing_leak", days=30, step_min=10, seed=5)
    at = int(18.0 * DAY_US)
    grid = grid_of(well.samples(), (("workover", at, at),))
    case = esp_case(grid)
    assert case is not None
    assert case.departures is not None
    found = change_points(case.grid, case.departures)
    moved = {change.parameter: change for change in found}
    assert {"rate", "intake"} <= set(moved)
    assert moved["rate"].after < moved["rate"].before
    assert abs(moved["rate"].time_us - at) < 1.5 * DAY_US
    assert "workover" in {change.event for change in found} or abs(moved["rate"].time_us - at) > 6 * 3600e6
    quiet = esp_case(grid_of(tell(None, days=30, step_min=10, seed=5).samples()))
    assert quiet is not None
    assert quiet.departures is not None
    assert change_points(quiet.grid, quiet.departures) == []


def test_a_well_without_current_or_frequency_is_not_diagnosed() -> None:
    samples = tell(None).samples()
    assert esp_case(grid_of({"intake_pressure": samples["intake_pressure"]})) is None
    assert esp_case(grid_of({})) is None


def over(code: str, confidence: float, first: int = 0, last: int = 100) -> tuple[str, Verdict]:
    return code, Verdict("act", confidence, (), from_us=first, to_us=last)


def test_rivals_for_the_same_time_step_back() -> None:
    kept = arbitrated(
        [
            over("tubing_leak", 0.9, 0, 100),
            over("intake_plugging", 0.7, 10, 90),
            over("motor_overheat", 0.8, 200, 300),
        ]
    )
    said = {code: verdict.confidence for code, verdict in kept}
    assert said["tubing_leak"] == 0.9
    assert said["intake_plugging"] == pytest.approx(0.7 * 0.45)
    assert said["motor_overheat"] == 0.8
    assert overlap(kept[0][1], kept[1][1]) == 0.0
    sure, shaft = over("frequent_starts", 0.98), over("broken_shaft", 0.7)
    assert [code for code, _ in arbitrated([sure, shaft])] == ["broken_shaft"]


@pytest.mark.parametrize("surer", [0.98, 0.5])
def test_findings_with_one_cause_stand_under_it_whichever_is_surer(surer: float) -> None:
    found = [over("frequent_starts", surer), over("gas_interference", surer), over("power_disturbance", 0.7)]
    ((code, cause),) = arbitrated(found)
    assert code == "power_disturbance"
    (told,) = cause.evidence
    assert told.details == {"consequences": ["frequent_starts", "gas_interference"]}
    assert evidence_line(told, Speaker("en")) == "It also explains: Frequent starts, Gas interference"
    apart = arbitrated([over("frequent_starts", surer, 500, 600), over("power_disturbance", 0.7)])
    assert {code: verdict.evidence for code, verdict in apart} == {
        "frequent_starts": (),
        "power_disturbance": (),
    }, "at another time it is a finding of its own"


# ---- the grid ----------------------------------------------------------------------------------------------


def test_the_grid_takes_good_samples_only_and_holds_slow_sensors() -> None:
    time_us = np.arange(600, dtype=np.int64) * 60_000_000
    value = np.full(600, 5e6)
    value[30] = 9e6
    marks = np.zeros(600, np.uint8)
    marks[30] = Quality.SPIKE
    slow = Samples(time_us[::60], np.arange(10.0), np.zeros(10, np.uint8))
    grid = grid_of({"intake_pressure": Samples(time_us, value, marks), "liquid_rate": slow})
    assert grid is not None
    assert np.nanmax(grid.high["intake_pressure"]) == 5e6
    assert np.isfinite(grid.mean["liquid_rate"]).mean() > 0.9
    assert step_for(90 * DAY_US) == 600_000_000
    assert step_for(5 * DAY_US) == 60_000_000


@given(
    st.lists(st.one_of(st.floats(-100, 100), st.just(float("nan"))), min_size=1, max_size=60),
    st.integers(1, 12),
)
def test_rolling_figures_are_those_of_the_window(values: list[float], cells: int) -> None:
    array = np.array(values)
    mean, top = rolling_mean(array, cells), rolling_extreme(array, cells, highest=True)
    for i in range(len(array)):
        window = array[max(0, i - cells + 1) : i + 1]
        known = window[np.isfinite(window)]
        if len(known) * 3 >= cells and len(known):
            assert mean[i] == pytest.approx(known.mean(), abs=1e-9)
        if len(known):
            assert top[i] == known.max()


# ---- tools of the rules ------------------------------------------------------------------------------------


def test_certainty_is_half_and_nine_tenths_where_it_says() -> None:
    assert certainty(2.0, half=2.0, sure=3.0) == pytest.approx(0.5)
    assert certainty(3.0, half=2.0, sure=3.0) == pytest.approx(0.9)
    assert certainty(1e9, half=2.0, sure=3.0) <= 0.98


def test_theil_sen_is_not_moved_by_an_outlier() -> None:
    x = np.arange(20.0)
    y = 3 - 0.5 * x
    y[7] = 100
    slope, agreement = theil_sen(x, y)
    assert slope == pytest.approx(-0.5)
    assert agreement < -0.8

"""Of several columns that fit one field, which is it: what speaks for each, and how much."""

from __future__ import annotations

import numpy as np
import pytest

from app.importers.preferred import preferred
from app.importers.scoring import SURE, Profile
from app.importers.targets import TABLE_KINDS
from app.importers.vocabulary import split_unit, vocabulary

SCORE = 0.9


def score(kind: str, key: str, header: str, *, of: str = "time", before: float = SCORE) -> float:
    table = TABLE_KINDS[kind]
    target = table.target(key)
    assert target is not None
    profile = Profile(of, np.zeros(0), 0, 1)
    return preferred(before, target, table, header, split_unit(header)[0], profile, vocabulary())


@pytest.mark.parametrize(
    ("kind", "key", "header", "more"),
    [
        ("event", "time", "Дата", 0.0),
        ("event", "time", "Плановая дата", -0.1),
        ("event", "until", "Scheduled end", -0.1),
        ("event", "note", "План", 0.0),
        ("event", "time", "Дата отчёта", -0.1),
        ("event", "until", "Entered", -0.1),
        ("flow_test", "liquid_m3_per_s", "Дебит за месяц", -0.05),
        ("flow_test", "liquid_m3_per_s", "Дебит", 0.0),
        ("readings", "voltage", "Uвх", -0.05),
        ("readings", "voltage", "Input V", -0.05),
        ("readings", "voltage", "Uвых", 0.0),
        ("readings", "motor_current", "Input A", 0.0),
        ("readings", "time", "Time", 0.0),
        ("readings", "time", "Time (UTC)", 0.04),
        ("event", "time", "Дата начала", 0.05),
        ("event", "time", "Начало", 0.05),
        ("event", "time", "Start", 0.0),
        ("workover", "time", "Start", 0.05),
        ("workover", "time", "Начало ремонта", 0.05),
        ("workover", "time", "Ремонт: начало", 0.0),
        ("production", "time", "Месяц", -0.1),
        ("passport", "time", "Дата спуска", 0.1),
        ("passport", "time", "Дата", 0.0),
        ("installation", "time", "Run date", 0.1),
        ("event", "time", "Дата спуска", 0.0),
    ],
)
def test_each_word_moves_the_score_of_a_column_by_what_it_says(
    kind: str, key: str, header: str, more: float
) -> None:
    assert score(kind, key, header) == pytest.approx(SCORE + more)


@pytest.mark.parametrize(("of", "more"), [("time", 0.0), ("epoch", 0.15)])
def test_a_count_of_seconds_is_the_surest_of_times(of: str, more: float) -> None:
    assert score("readings", "time", "Time", of=of) == pytest.approx(SCORE + more)


def test_what_is_not_sure_is_made_no_surer_by_its_zone_its_beginning_or_its_cells() -> None:
    assert score("readings", "time", "Time (UTC)", of="epoch", before=SURE) == pytest.approx(SURE + 0.19)
    low = SURE - 0.01
    assert score("readings", "time", "Time (UTC)", of="epoch", before=low) == pytest.approx(low)
    assert score("workover", "time", "Start", before=SURE) == pytest.approx(SURE + 0.05)
    assert score("workover", "time", "Start", before=low) == pytest.approx(low)


def test_hours_of_a_days_production_are_no_time_since_its_beginning() -> None:
    assert score("production", "elapsed", "Время, ч", of="number") == 0.0
    assert score("production", "elapsed", "Elapsed time, h", of="number") == SCORE
    assert score("readings", "elapsed", "Время, ч", of="number") == SCORE


def test_a_date_that_something_was_run_in_is_of_no_measurement() -> None:
    for kind in ("flow_test", "fluid_level", "valve_test", "lab_result"):
        assert score(kind, "time", "Дата спуска насоса") == 0.0
    assert score("flow_test", "time", "Дата замера") == SCORE


def test_when_it_was_measured_stands_behind_the_date_of_the_row() -> None:
    assert score("passport", "measured_at", "Дата замера") == pytest.approx(SCORE - 0.05)
    assert score("passport", "measured_at", "Дата спуска") == 0.0


def test_of_two_azimuths_the_one_to_the_grid_goes_before_the_compass() -> None:
    kind = next(one.key for one in TABLE_KINDS if one.target("azimuth_rad") is not None)
    assert score(kind, "azimuth_rad", "Азимут магнитный") == pytest.approx(SCORE - 0.05)
    assert score(kind, "azimuth_rad", "Azimuth") == SCORE

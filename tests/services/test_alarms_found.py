"""Readings of a well against its limits: whose these are, and what new, late and bad readings make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest

from app.analysis.formula import Cells
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.plain import Json
from app.models.readings import Quality, Readings
from app.models.records import Record
from app.models.sensors import SENSORS
from app.models.store import alarm_list, alarms, readings, records
from app.models.store.alarm_list import Wanted
from app.models.store.alarms import StoredEpisode
from app.models.values import Values
from app.models.wells import Installation, Well, WellId
from app.reports import alarm_words
from app.services.alarms import looking
from app.services.alarms.limits import book
from app.services.alarms.pens import pen_of, unit_of
from app.services.records import entries
from app.services.wells.computed_pens import cells_of
from app.services.workspace import Workspace

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOT = SENSORS["motor_temperature"].number


def the_well(workspace: Workspace, number: int = 1) -> Well:
    return next(one for one in records.wells(workspace.store) if one.id == number)


def limit(workspace: Workspace, at: datetime | None = None, well: int = 1, **values: Json) -> Record:
    told: Values = {"scope": "well", "pen": "motor_temperature", "level": "high", "limit_unit": "°C"} | values
    moment = at or workspace.clock() - 60 * DAY
    return entries.save_record(workspace, Record(new_id(), "alarm_limit", well, moment, None, told))


def measured(
    workspace: Workspace, values: list[float], begin: datetime, sensor: str = "motor_temperature", **more: int
) -> None:
    """A minute apart; °C and Hz as they are in SI."""
    n = len(values)
    at = int(begin.timestamp()) * 1_000_000 + np.arange(n) * 60_000_000 * more.get("step", 1)
    value = np.array(values) + (273.15 if SENSORS[sensor].quantity == "temperature" else 0.0)
    quality = np.full(n, more.get("quality", 0), np.uint8)
    readings.write(
        workspace.store, Readings.of_one(1, SENSORS[sensor].number, at, value.astype(np.float32), quality)
    )


def now_of(workspace: Workspace, number: int = 1) -> dict[tuple[str, str], tuple[str, float]]:
    """What holds now: whose word, and the limit."""
    found = book(workspace.store).of_well(the_well(workspace, number))
    return {
        (one.key, one.level): (one.now.origin, round(one.now.limit.threshold, 2))
        for one in found
        if one.now.limit
    }


def found(workspace: Workspace) -> list[StoredEpisode]:
    """Oldest first."""
    looking.look(workspace, the_well(workspace))
    with workspace.store.reading() as cursor:
        rows = cursor.execute(
            """SELECT well, pen, level, epoch_us(began_at), epoch_us(raised_at), epoch_us(ended_at), ended_by,
                furthest, threshold, unknown_s FROM alarm_episodes WHERE well = 1
                ORDER BY began_at, pen, level"""
        ).fetchall()
    return [StoredEpisode(*row) for row in rows]


KEY = ("motor_temperature", "high")


def test_a_limit_is_inherited_and_whoever_is_nearer_to_the_well_says_another(workspace: Workspace) -> None:
    limit(workspace, scope="field", limit_value=120)
    assert now_of(workspace)[KEY] == ("field", 393.15)
    limit(workspace, scope="pad", scope_of="5", limit_value=110)
    limit(workspace, scope="pad", scope_of="6", limit_value=50)
    assert now_of(workspace)[KEY] == ("pad", 383.15)
    limit(workspace, scope="lift", scope_of="esp", limit_value=100)
    assert now_of(workspace)[KEY][0] == "lift"
    limit(workspace, limit_value=90)
    assert now_of(workspace)[KEY] == ("well", 363.15)
    assert now_of(workspace, 2)[KEY] == ("pad", 323.15)


def test_not_here_and_as_inherited_are_words_too(workspace: Workspace) -> None:
    limit(workspace, scope="field", limit_value=120)
    limit(workspace, workspace.clock() - 9 * DAY, says="off")
    assert KEY not in now_of(workspace)
    limit(workspace, workspace.clock() - 8 * DAY, says="inherit")
    assert now_of(workspace)[KEY][0] == "field"


def test_this_motor_says_its_own_limit_until_another_is_run_in(workspace: Workspace) -> None:
    at = workspace.clock() - 30 * DAY
    runs = [
        Installation("a" * 32, WellId(1), at, at + 9 * DAY, {"esp": {"motor_temperature_limit_k": 423.15}}),
        Installation("b" * 32, WellId(1), at + 10 * DAY, None, {"rated_current_a": 40.0}),
    ]
    with workspace.store.writing() as cursor:
        records.put_installations(cursor, runs)
    of_one = {(one.key, one.level): one for one in book(workspace.store).of_well(the_well(workspace))}
    winding = of_one["motor_temperature", "high_high"]
    assert [one.said.limit.threshold for one in winding.spans if one.said.limit] == [423.15]
    assert winding.now.limit is None, "the motor that is in it now said nothing"
    assert now_of(workspace)["motor_current", "high_high"] == ("equipment", 46.0)
    assert [of_one["motor_current", level].now.priority for level in ("high", "high_high")] == [
        "medium",
        "high",
    ]


def test_a_pull_that_is_dated_after_the_next_run_takes_no_limit_from_what_is_in_the_well(
    workspace: Workspace,
) -> None:
    at = workspace.clock() - 30 * DAY
    runs = [
        Installation("a" * 32, WellId(1), at, at + 10 * DAY + HOUR, {"rated_current_a": 30.0}),
        Installation("b" * 32, WellId(1), at + 10 * DAY, None, {"rated_current_a": 40.0}),
    ]
    with workspace.store.writing() as cursor:
        records.put_installations(cursor, runs)
    assert now_of(workspace)["motor_current", "high_high"] == ("equipment", 46.0)


def test_of_two_words_on_one_run_a_persons_holds_whoever_looks(workspace: Workspace) -> None:
    at = workspace.clock() - 30 * DAY
    runs = [
        Installation(new_id(), WellId(1), at, None, {"rated_current_a": 40.0}),
        Installation("f" * 32, WellId(1), at, None, {"rated_current_a": 30.0}),
    ]
    with workspace.store.writing() as cursor:
        records.put_installations(cursor, runs)
    measured(workspace, [20.0] * 5, workspace.clock() - DAY, "motor_current")
    looking.look(workspace, the_well(workspace))
    assert looking.look_at_all(workspace) == [], "the answer is the same"
    assert now_of(workspace)["motor_current", "high_high"] == ("equipment", 46.0)


def test_a_limit_in_a_unit_of_something_else_is_not_watched_and_says_why(workspace: Workspace) -> None:
    limit(workspace, limit_value=120, limit_unit="атм")
    measured(workspace, [200.0] * 5, workspace.clock() - DAY)
    assert found(workspace) == []
    watch = alarms.watches_of(workspace.store, 1)[KEY]
    assert (watch.threshold, "alarm_unit" in watch.trouble) == (None, True)


def test_what_was_beyond_the_limit_is_an_alarm_and_a_bad_reading_is_none(workspace: Workspace) -> None:
    limit(workspace, limit_value=100, dead_band=5, on_delay_s=120)
    begin = workspace.clock() - DAY
    measured(workspace, [90, 110, 112, 111, 97, 94, 90], begin)
    measured(workspace, [190.0] * 5, begin + HOUR, quality=int(Quality.SPIKE))
    (one,) = found(workspace)
    assert (one.raised_us - one.began_us, one.ended_us - one.began_us) == (120_000_000, 240_000_000)  # type: ignore[operator]
    assert one.furthest == pytest.approx(385.15, abs=1e-3)


def test_bad_readings_and_silence_are_no_return(workspace: Workspace) -> None:
    limit(workspace, limit_value=100)
    begin = workspace.clock() - DAY
    measured(workspace, [110.0] * 5, begin)
    measured(workspace, [20.0] * 600, begin + HOUR, quality=int(Quality.UNIT_SUSPECT))
    (one,) = found(workspace)
    assert one.ended_us is None
    watch = alarms.watches_of(workspace.store, 1)[KEY]
    assert watch.known_until == begin + timedelta(minutes=4)


def test_a_changed_limit_leaves_what_was_raised_by_the_old_one(workspace: Workspace) -> None:
    limit(workspace, limit_value=100)
    begin = workspace.clock() - 2 * DAY
    measured(workspace, [90, 110, 90], begin)
    measured(workspace, [110.0] * 3, begin + DAY)
    limit(workspace, begin + HOUR, limit_value=120)
    assert [round(one.threshold - 273.15) for one in found(workspace)] == [100]
    limit(workspace, begin + timedelta(minutes=1, seconds=30), says="off")
    assert [one.ended_by for one in found(workspace)] == ["limit"]


def test_a_stopped_pump_suppresses_and_an_unknown_one_does_not(workspace: Workspace) -> None:
    limit(workspace, pen="intake_pressure", level="low", limit_value=3, limit_unit="МПа")
    begin = workspace.clock() - DAY
    measured(workspace, [2e6] * 30, begin, "intake_pressure")
    (one,) = found(workspace)
    assert one.raised_us is not None
    measured(workspace, [0.0] * 30, begin, "frequency")
    (one,) = found(workspace)
    assert one.raised_us is None
    assert alarms.watches_of(workspace.store, 1)["intake_pressure", "low"].suppressed


def test_where_the_surest_line_is_silent_the_next_one_tells_whether_the_pump_stands(
    workspace: Workspace,
) -> None:
    limit(workspace, pen="intake_pressure", level="low", limit_value=3, limit_unit="МПа")
    begin = workspace.clock() - 9 * DAY
    measured(workspace, [50.0] * 30, begin, "frequency")
    measured(workspace, [2e6] * 30, begin + 5 * DAY, "intake_pressure")
    measured(workspace, [0.0] * 30, begin + 5 * DAY, "motor_current")
    (one,) = found(workspace)
    assert one.raised_us is None, "the current is dead, whatever a frequency said days before"


def test_a_rule_of_the_site_is_a_formula_over_pens(workspace: Workspace) -> None:
    pen = "[Температура ПЭД] - intake_temperature"
    limit(workspace, scope="field", pen=pen, limit_value=30, limit_unit="К", pen_name="Перегрев")
    begin = (workspace.clock() - DAY).replace(minute=0, second=0, microsecond=0)
    measured(workspace, [100.0] * 30 + [140.0] * 30 + [100.0] * 30, begin)
    measured(workspace, [90.0] * 90, begin, "intake_temperature")
    (one,) = found(workspace)
    assert (one.pen, round(one.furthest, 3)) == (pen, 50.0)
    assert alarms.watches_of(workspace.store, 1)[pen, "high"].pen_name == "Перегрев"


def test_two_limits_of_a_formula_read_its_sensors_once(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pen = "motor_temperature - intake_temperature"
    limit(workspace, pen=pen, limit_value=30, limit_unit="К")
    limit(workspace, pen=pen, level="high_high", limit_value=40, limit_unit="К")
    begin = workspace.clock() - DAY
    measured(workspace, [100.0] * 30 + [140.0] * 30 + [100.0] * 30, begin)
    measured(workspace, [90.0] * 90, begin, "intake_temperature")
    asked: list[tuple[str, ...]] = []

    def counted(*given: object) -> Cells:
        asked.append(given[2])  # type: ignore[arg-type]
        return cells_of(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(looking, "cells_of", counted)
    assert [one.level for one in found(workspace)] == ["high", "high_high"]
    assert len(asked) == 1


def test_a_change_too_fast_is_told_by_the_hour(workspace: Workspace) -> None:
    limit(workspace, level="rise", limit_value=10, limit_unit="°C")
    measured(workspace, [*([100.0] * 90), *np.linspace(100, 130, 90)], workspace.clock() - DAY)
    (one,) = found(workspace)
    assert one.furthest == pytest.approx(20.0, abs=0.5)


@pytest.mark.parametrize("unit", ["K", "K/d", "К/сут", "К / сут."])
def test_a_limit_of_a_change_in_a_day_is_so_much_a_day_and_said_so(workspace: Workspace, unit: str) -> None:
    pen = "change(motor_temperature)"
    limit(workspace, pen=pen, limit_value=40, limit_unit=unit)
    begin = workspace.clock().replace(minute=0, second=0, microsecond=0) - 12 * HOUR
    measured(workspace, [90 + 0.1 * n for n in range(600)], begin)
    assert [(one.pen, one.threshold) for one in found(workspace)] == [(pen, 40.0)]
    (line,) = alarm_list.lines(workspace.store, Wanted(), workspace.clock())
    speaker = workspace.settings.speaker("ru")
    assert alarm_words.limit_words(line, speaker).startswith("40\u00a0К/сут")


def test_a_unit_a_day_is_none_of_what_is_no_change(workspace: Workspace) -> None:
    with pytest.raises(KnownError) as refused:
        unit_of(pen_of("motor_temperature"), "°C/сут")
    assert refused.value.code == "alarm_unit"


def test_nothing_is_looked_at_twice(workspace: Workspace) -> None:
    limit(workspace, limit_value=100)
    measured(workspace, [90, 110, 90], workspace.clock() - DAY)
    assert looking.look(workspace, the_well(workspace))
    assert not looking.look(workspace, the_well(workspace))
    measured(workspace, [91.0], workspace.clock() - DAY + timedelta(minutes=2))
    assert looking.look(workspace, the_well(workspace)), "a corrected reading"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_as_readings_come_late_ones_among_them_it_is_what_all_of_them_say(
    workspace: Workspace, seed: int
) -> None:
    random = np.random.default_rng(seed)
    hot_over_warm = "mean(motor_temperature, 6 h) - intake_temperature"
    limit(workspace, limit_value=100, dead_band=3, on_delay_s=300, off_delay_s=600)
    limit(workspace, level="rise", limit_value=15)
    limit(workspace, pen=hot_over_warm, limit_value=12, limit_unit="К")
    limit(workspace, pen="change(intake_temperature)", limit_value=40, limit_unit="К")
    limit(workspace, workspace.clock() - 4 * DAY, limit_value=104)
    begin = int((workspace.clock() - 6 * DAY).timestamp()) // 3_600 * 3_600_000_000
    at_us = begin + np.arange(6 * 24 * 12) * 300_000_000
    n = len(at_us)
    hot = 95 + 10 * np.sin(np.arange(n) / 84) + np.repeat(random.normal(0, 3, n // 12), 12)
    lines = {
        "motor_temperature": hot + random.normal(0, 2, n) + 273.15,
        "intake_temperature": 85 + random.normal(0, 4, n) + 273.15,
        "frequency": np.where(np.arange(n) // 12 % 9 == 0, 0.0, 50.0),
    }
    parts = [one for one in np.array_split(np.arange(n), 16) if random.random() < 0.9]
    parts += [parts.pop(int(random.integers(2, 6))) for _ in range(2)]
    for part in parts:
        rows = (Readings.of_one(1, SENSORS[k].number, at_us[part], v[part]) for k, v in lines.items())
        readings.write(workspace.store, Readings.join(list(rows)))
        if random.random() < 0.5:
            looking.look(workspace, the_well(workspace))
    as_it_came = found(workspace)
    with workspace.store.writing() as cursor:
        cursor.execute("DELETE FROM alarm_marks")
    at_once = found(workspace)
    assert len({(one.pen, one.level) for one in at_once}) == 4, "every limit has something to find"
    assert [replace(one, furthest=0) for one in as_it_came] == [replace(one, furthest=0) for one in at_once]
    assert [one.furthest for one in as_it_came] == pytest.approx([one.furthest for one in at_once], rel=1e-9)

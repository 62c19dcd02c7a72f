"""Runs of pumps: from start to pull, through wells by serial number, in figures that say what they are."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from app.analysis.forecast.run_figures import run_figures
from app.core.errors import KnownError
from app.core.ids import new_id
from app.core.texts import Speaker
from app.models.failure_codes import failure_codes
from app.models.records import Record
from app.models.values import Read, Values, rows_of
from app.models.wells import Installation, Well, WellId
from app.reports import run_words
from app.reports.run_words import figure_lines
from app.services.records import entries
from app.services.wells import forecast, pump_runs, run_life
from app.services.wells.pump_runs import PumpRun
from app.services.workspace import Workspace

DAY = timedelta(days=1)
AT = datetime(2026, 1, 1, tzinfo=UTC)


def run_in(
    workspace: Workspace, day: float, pulled: float | None = None, well: int = 1, **said: object
) -> None:
    values = {"pump_name": "ЭЦН5-80", **said}
    until = None if pulled is None else AT + pulled * DAY
    entries.save_record(
        workspace, Record(new_id(), "installation", well, AT + day * DAY, until, dict(values))
    )  # type: ignore[arg-type]


def of_first(workspace: Workspace) -> list[PumpRun]:
    return [one for one in pump_runs.runs(workspace) if int(one.well.id) == 1]


def event(workspace: Workspace, day: float, **said: object) -> None:
    values = {"kind": "start", **said}
    entries.save_record(workspace, Record(new_id(), "event", 1, AT + day * DAY, None, dict(values)))  # type: ignore[arg-type]


def test_a_run_begins_with_its_start_and_not_with_a_planned_one(workspace: Workspace) -> None:
    run_in(workspace, 0, 100, failed=True)
    event(workspace, 1, state="planned")
    event(workspace, 3)
    event(workspace, 50)
    (run,) = of_first(workspace)
    assert (run.started, run.days(AT + 200 * DAY), run.failed) == (AT + 3 * DAY, 97.0, True)


def test_a_pull_that_nobody_wrote_is_by_the_next_run_and_no_failure(workspace: Workspace) -> None:
    run_in(workspace, 0)
    run_in(workspace, 80)
    first, second = of_first(workspace)
    assert (first.ended, first.is_guessed, first.failed) == (AT + 80 * DAY, True, None)
    assert (second.ended, second.days(AT + 100 * DAY)) == (None, 20.0)
    told = pump_runs.figures([first, second], AT + 100 * DAY)
    assert (told.pulls, told.failures, told.per_failure_days) == (1, 0, None)


def test_a_change_beside_the_pump_is_no_run(workspace: Workspace) -> None:
    run_in(workspace, 0, failed=False)
    values = {"casing_diameter_m": 0.146}
    entries.save_record(workspace, Record(new_id(), "installation", 1, AT + 10 * DAY, None, dict(values)))
    (run,) = of_first(workspace)
    assert (run.ended, run.failed) == (None, None), "what runs has not failed, whatever a form has by itself"


@pytest.mark.parametrize("said", [{"failed": True}, {"pulled_because": "износ"}, {"failed_item": "pump"}])
def test_a_pull_of_a_pump_that_nobody_named_is_counted(workspace: Workspace, said: Values) -> None:
    """A table of failures without the column of pumps gave no run at all, and МРП was the better for it."""
    run_in(workspace, 0, 100)
    run_in(workspace, 150, 180, pump_name="", **said)
    found = of_first(workspace)
    assert [one.ended for one in found] == [AT + 100 * DAY, AT + 180 * DAY]
    assert pump_runs.figures(found, AT + 200 * DAY).pulls == 2


def test_a_serial_number_is_followed_through_wells_with_what_was_found_in_it(workspace: Workspace) -> None:
    numbers = [{"item": "motor", "serial": "0117/А"}]
    run_in(workspace, 0, 90, well=1, serials=numbers, failed=False)
    run_in(workspace, 120, 200, well=2, serials=numbers, failed=True)
    torn = {"item": "motor", "serial": "0117/А", "failed_item": "motor", "cause": "insulation"}
    entries.save_record(workspace, Record(new_id(), "teardown", 2, AT + 220 * DAY, None, dict(torn)))
    first, second = pump_runs.of_serial(pump_runs.runs(workspace), " 0117/а ")
    assert [int(one.well.id) for one in (first, second)] == [1, 2]
    assert (second.said("failed_item"), second.said("failure_cause")) == ("motor", "insulation")
    assert first.said("failed_item") == "", "it was found after the other run, in the other well"


def test_figures_of_run_life_differ_and_each_says_what_it_is() -> None:
    began, ended = np.array([0.0, 100.0, 0.0]), np.array([100.0, np.nan, 165.0])
    told = run_figures(began, ended, np.array([True, False, False]), 365.0)
    # 100 + 265 + 165 days; two pulls, one of them a failure
    assert (told.between_pulls_days, told.per_failure_days) == (265.0, 530.0)
    words = figure_lines(told, Speaker("ru"))
    assert words[1] == "МРП (отработано на один подъём): 265 сут"
    assert words[2] == "СНО (отработано на один отказ): 530 сут"


def test_a_window_counts_only_what_lies_in_it() -> None:
    told = run_figures(np.array([-1000.0, 300.0]), np.array([-10.0, 400.0]), np.array([True, True]), 365.0)
    assert (told.worked_days, told.pulls, told.failures) == (65.0, 0, 0)
    assert told.between_pulls_days is None


def test_code_tables_are_data_and_a_site_has_its_own(tmp_path: Path) -> None:
    (tmp_path / "failure-codes.json").write_text(
        json.dumps({"items": {"ped103": {"ru": "ПЭД 103", "en": "Motor 103"}}}), encoding="utf-8"
    )
    codes = failure_codes(tmp_path)
    assert codes.words("failed_item", "ped103", "ru") == "ПЭД 103"
    assert codes.words("failed_item", "motor", "en") == "Motor"
    assert codes.words("failed_item", "что-то своё", "ru") == "что-то своё"
    assert codes.code("failed_item", " пэд ") == "motor"


@pytest.mark.parametrize("content", ["{", '{"items": {"a": "ПЭД"}}', '{"parts": {}}', "[]"])
def test_a_table_that_cannot_be_read_is_told_with_its_place(tmp_path: Path, content: str) -> None:
    (tmp_path / "failure-codes.json").write_text(content, encoding="utf-8")
    with pytest.raises(KnownError, match="failure_codes_wrong") as told:
        failure_codes(tmp_path)
    assert "failure-codes.json" in str(told.value.details["file"])


def test_reasons_are_counted_by_what_they_mean_and_what_nobody_said_is_counted_too(
    workspace: Workspace,
) -> None:
    run_in(workspace, 0, 50, failed=True, pulled_because="failure", failed_item="ПЭД", failure_cause="gas")
    run_in(workspace, 60, 90, failed=True, pulled_because="failure", failed_item="motor")
    run_in(workspace, 100, 120, failed=False, pulled_because="ГТМ")
    run_in(workspace, 130, 140)
    run_in(workspace, 150)
    codes = failure_codes(workspace.paths.folder)
    found = pump_runs.runs(workspace)
    because, item, cause = pump_runs.counted(found, codes)
    assert (because.counts[0], because.unsaid) == (("failure", 2), 1)
    assert len(because.counts) == 2
    assert (item.counts, item.unsaid) == ((("motor", 2),), 0)
    assert (cause.counts, cause.unsaid) == ((("gas", 1),), 1)
    said = {
        language: run_life.lines(found, AT + 200 * DAY, 365.0, codes, Speaker(language))
        for language in ("ru", "en")
    }
    assert "What failed: Motor 2" in said["en"]
    assert "Причина отказа: Газ 1; не сказано 1" in said["ru"]


def test_a_serial_number_is_followed_through_its_wells_with_its_days_in_each(workspace: Workspace) -> None:
    motor, other = ({"item": "motor", "serial": number} for number in ("А-17", "А-18"))
    run_in(workspace, 0, 50, failed=True, serials=[motor])
    run_in(workspace, 60, 100, well=2, serials=[dict(motor, serial=" а-17"), other])
    found = pump_runs.runs(workspace)
    ((item, serial, runs),) = pump_runs.travelled(found)
    assert (item, serial, [int(one.well.id) for one in runs]) == ("motor", "А-17", [1, 2])
    codes = failure_codes(workspace.paths.folder)
    told = run_life.lines(found, AT + 200 * DAY, 365.0, codes, Speaker("ru"))
    (line,) = [one for one in told if "А-17" in one]
    assert line.startswith("ПЭД А-17: ")
    assert "50 сут, отказ → " in line
    assert "40 сут" in line


def test_of_a_field_with_many_runs_the_serial_numbers_of_each_are_read_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[object] = []

    def counting(values: Read, key: str) -> list[Values]:
        read.append(values)
        return rows_of(values, key)

    monkeypatch.setattr(pump_runs, "rows_of", counting)
    found = []
    for n in range(30):
        numbers: Values = {
            "serials": [{"item": "pump", "serial": f"{n // 2}"}, {"item": "motor", "serial": " "}]
        }
        one = Installation(str(n), WellId(n), AT - n * DAY, None, numbers)
        found.append(PumpRun(Well(WellId(n), str(n), "", "", "esp"), one, one.run_at, None, None))
    told = [
        (item, serial, [int(one.well.id) for one in runs])
        for item, serial, runs in pump_runs.travelled(found)
    ]
    assert told == [("pump", str(n), [2 * n + 1, 2 * n]) for n in range(15)]
    assert len(read) == len(found)


@pytest.mark.parametrize("said", [{"failed": True}, {"pulled_because": "failure"}, {"failure_cause": "gas"}])
def test_a_pump_that_was_pulled_on_a_day_nobody_wrote_does_not_run_on(
    workspace: Workspace, said: Values
) -> None:
    """Its cell held 31.02: every day since then was worked, and the well had a pump."""
    run_in(workspace, 0, **said)
    (run,) = of_first(workspace)
    now = AT + 200 * DAY
    assert (run.state, run.ended, run.days(now)) == ("undated", None, None)
    told = pump_runs.figures([run], now)
    assert (told.worked_days, told.pulls, told.failures) == (0.0, 0, 0)
    codes, speaker = failure_codes(workspace.paths.folder), Speaker("ru")
    lines = run_life.lines([run], now, 365.0, codes, speaker)
    assert "Сняты без даты подъёма и в наработку не вошли: 1" in lines
    span = (run.started, run.ended)
    line = run_words.line(run.well.name, run.pump, span, run.days(now), run.state, {}, codes, speaker)
    assert "работает" not in line
    assert line.endswith("– ? · снят, дата подъёма не записана")
    assert forecast.forecast(workspace, run.well).run_life.age_days is None

"""What speaks for one kind of table and against another: each word from both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from app.importers import kind_hints as hints
from app.importers.plan import ColumnPlan
from app.importers.sheets import Sheet
from app.importers.targets import TABLE_KINDS
from app.importers.vocabulary import vocabulary
from tests.importers.sheets_at_hand import sheet_of_headers

Made = ColumnPlan | tuple[str, str]


def columns(*made: Made) -> list[ColumnPlan]:
    """Of (header, field)."""
    return [one if isinstance(one, ColumnPlan) else ColumnPlan(*one) for one in made]


def fields(made: Sequence[ColumnPlan]) -> list[str]:
    return [column.field for column in made]


def sheet(*headers: str, rows: Sequence[Sequence[Any]] = (), name: str = "Л", above: str = "") -> Sheet:
    return sheet_of_headers(headers, rows, name=name, above=above)


PASSPORT, TEST, PRODUCTION = TABLE_KINDS["passport"], TABLE_KINDS["flow_test"], TABLE_KINDS["production"]
EVENT, WORKOVER, LAB = TABLE_KINDS["event"], TABLE_KINDS["workover"], TABLE_KINDS["lab_result"]


# ---- passports ---------------------------------------------------------------------------------------------


def test_a_column_of_which_no_record_comes_is_left_out_unless_somebody_chose_it_before() -> None:
    """Oil makes no flow test without its liquid."""
    pump, oil, well = ("Насос", "pump_name"), ("Qн", "oil_kg_per_s"), ("Скв", "well")
    assert fields(hints.without_untold(PASSPORT, columns(pump, oil, well))) == ["pump_name", "", "well"]
    assert fields(hints.without_untold(PASSPORT, columns(oil, well))) == ["oil_kg_per_s", "well"]
    kept = ColumnPlan("Qн", "oil_kg_per_s", why="remembered")
    assert fields(hints.without_untold(PASSPORT, columns(pump, kept))) == ["pump_name", "oil_kg_per_s"]
    lift = ("Способ", "lift")
    assert fields(hints.without_untold(PASSPORT, columns(pump, lift))) == ["pump_name", "lift"]
    told = columns(pump, oil, ("Qж", "liquid_m3_per_s"))
    assert hints.without_untold(PASSPORT, told) == told


@pytest.mark.parametrize(
    ("header", "field", "beside", "found"),
    [
        ("Мощность, кВт", "", ["motor"], "rated_power_w"),
        ("Power (hp)", "", ["motor"], "rated_power_w"),
        ("Мощность, кВт", "", ["pump"], ""),
        ("Мощность", "", ["motor"], ""),  # in no unit
        ("Мощность, м", "", ["motor"], ""),  # in none of a power
        ("Мощность насоса, кВт", "", ["motor"], ""),
        ("Мощность, кВт", "note", ["motor"], "note"),
        ("Мощность, кВт", "unit_power_w", ["motor"], "rated_power_w"),
        ("Мощность, кВт", "unit_power_w", ["motor", "unit_name"], "unit_power_w"),
        ("Мощность, кВт", "", ["motor", "rated_power_w"], ""),
    ],
)
def test_a_bare_power_beside_a_motor_is_the_motors(
    header: str, field: str, beside: list[str], found: str
) -> None:
    made = columns(*((key, key) for key in beside), (header, field), ("last", "note"))
    told = hints.power_of_the_motor(made, PASSPORT)
    assert fields(told) == [*beside, found, "note"]
    if found == "rated_power_w":
        mine = told[len(beside)]
        assert (mine.header, mine.unit in ("кВт", "hp"), mine.score, mine.why) == (header, True, 0.9, "word")


def test_a_kind_that_has_no_motor_gives_none_a_power() -> None:
    made = columns(("M", "motor"), ("Мощность, кВт", ""))
    assert hints.power_of_the_motor(made, TEST) == made


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (["unit_name", "motor", "rated_power_w"], ["unit_name", "unit_motor", "unit_power_w"]),
        (["unit_name", "motor", "stages"], ["unit_name", "motor", "stages"]),
        (["motor", "rated_power_w"], ["motor", "rated_power_w"]),
        (["unit_name", "motor", "unit_motor"], ["unit_name", "motor", "unit_motor"]),
    ],
)
def test_the_motor_beside_a_pumping_unit_and_no_stages_is_the_units(
    given: list[str], found: list[str]
) -> None:
    made = columns(*((key, key) for key in given))
    assert fields(hints.motor_of_the_unit(made, PASSPORT)) == found
    assert fields(hints.motor_of_the_unit(made, TEST)) == given


# ---- laboratories ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "field", "found"),
    [
        ("Плотность", "oil_density_20c", "water_density"),
        ("Плотность нефти", "oil_density_20c", "oil_density_20c"),
        ("Density of dead oil", "oil_density_20c", "oil_density_20c"),
        ("Хлориды", "chlorides", "chloride_ion"),
        ("Хлористые соли", "chlorides", "chlorides"),
        ("Salt content", "chlorides", "chlorides"),
        ("Вязкость", "viscosity_20c", "viscosity_20c"),
    ],
)
def test_among_ions_a_parameter_is_the_waters_unless_its_name_says_otherwise(
    header: str, field: str, found: str
) -> None:
    mine = ColumnPlan(header, field, why="word")
    ion = ColumnPlan("pH", "ph", why="word")
    assert fields(hints.of_the_water([mine, ion], LAB)) == [found, "ph"]
    assert fields(hints.of_the_water([mine], LAB)) == [field], "without ions it is as it was"
    assert fields(hints.of_the_water([mine, ion], TEST)) == [field, "ph"]
    chosen = ColumnPlan(header, field, why="chosen")
    assert fields(hints.of_the_water([chosen, ion], LAB)) == [field, "ph"]


def test_of_two_columns_of_chlorides_the_ion_is_the_one_that_is_called_so() -> None:
    made = [ColumnPlan("Хлориды", "chlorides", why="word"), ColumnPlan("Cl-", "chloride_ion", why="word")]
    assert fields(hints.of_the_water(made, LAB)) == ["chlorides", "chloride_ion"]


@pytest.mark.parametrize(
    ("header", "field", "is_sampled"),
    [
        ("Дата отбора", "time", True),
        ("Sampled at", "clock", True),
        ("Дата анализа", "time", False),
        ("Место отбора", "point", False),
    ],
)
def test_what_was_sampled_says_so_in_its_moment(header: str, field: str, is_sampled: bool) -> None:
    assert hints.sampled(columns((header, field), ("pH", "ph"))) is is_sampled


@pytest.mark.parametrize(("header", "tells"), [("Qж, м3/сут", True), ("Дебит нефти", True), ("pH", False)])
def test_a_laboratory_measures_no_rate(header: str, tells: bool) -> None:
    assert hints.tells_rates(sheet("Скв", header), vocabulary()) is tells


# ---- stops and repairs -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "made", "name", "stops"),
    [
        (["Начало простоя"], [("Начало простоя", "time")], "Л", True),
        (["Down from"], [("Down from", "until")], "Л", True),
        (["Stop"], [("Stop", "lasted")], "Л", True),
        (["Off, h"], [("Off, h", "downtime_s")], "Л", True),
        (["Stop"], [("Stop", "note")], "Л", False),
        (["Дата"], [("Дата", "time")], "Л", False),
        (["Дата", "Downtime"], [("Дата", "time")], "Л", True),
        (["Down from", "Бригада"], [("Down from", "time")], "Л", False),
        (["Down from"], [("Down from", "time")], "Workover", False),
        (["Дата", "Ремонт"], [("Дата", "time")], "Л", False),
    ],
)
def test_when_a_well_stood_is_no_repair_unless_the_table_speaks_of_one(
    headers: list[str], made: list[tuple[str, str]], name: str, stops: bool
) -> None:
    assert hints.says_stops(sheet(*headers, name=name), columns(*made)) is stops


@pytest.mark.parametrize(
    ("kind", "told", "header", "above", "only"),
    [
        (WORKOVER, ["reason", "note"], "Причина", "", True),
        (WORKOVER, ["well", "time", "downtime_s", "lost_oil_kg"], "Простой", "", True),
        (WORKOVER, ["reason", "note"], "Причина ремонта", "", False),
        (WORKOVER, ["reason"], "Причина", "Ремонты за год", False),
        (WORKOVER, ["reason", "work"], "Причина", "", False),
        (EVENT, ["reason", "note"], "Причина", "", False),
    ],
)
def test_why_and_how_long_a_well_stood_tells_of_no_repair(
    kind: Any, told: list[str], header: str, above: str, only: bool
) -> None:
    made = columns(*((key, key) for key in told), ("", ""))
    assert hints.only_reasons(sheet(header, above=above), made, kind) is only


@pytest.mark.parametrize(
    ("stop", "start", "why", "found"),
    [
        ("Stop time", "Start time", "twice:time", "until"),
        ("Дата останова", "Дата запуска", "twice:time", "until"),
        ("Date", "Start time", "twice:time", ""),
        ("Stop time", "Reported", "twice:time", ""),
        ("Stop time", "Start time", "word", ""),
    ],
)
def test_beside_when_it_stopped_when_it_started_is_its_end(
    stop: str, start: str, why: str, found: str
) -> None:
    made = [ColumnPlan(stop, "time"), ColumnPlan(start, "", why=why)]
    here = sheet(stop, start)
    told = hints.end_of_the_stop(here, made, EVENT)
    assert fields(told) == ["time", found]
    if found:
        assert (told[1].score, told[1].why) == (0.9, "word")
    assert fields(hints.end_of_the_stop(here, made, WORKOVER)) == ["time", ""]
    ended = [*made, ColumnPlan("Till", "until")]
    assert fields(hints.end_of_the_stop(here, ended, EVENT)) == ["time", "", "until"]
    assert fields(hints.end_of_the_stop(here, made[1:], EVENT)) == [""]


@pytest.mark.parametrize(
    ("stopped", "found"), [("2026-10-03 04:10", ["until", "time"]), ("2026-10-03 12:00", ["time", ""])]
)
def test_a_start_in_the_first_column_is_the_end_of_a_stop_that_was_before_it(
    stopped: str, found: list[str]
) -> None:
    made = [ColumnPlan("Start", "time"), ColumnPlan("Stop", "", why="twice:time")]
    here = sheet("Start", "Stop", rows=[["2026-10-03 09:40", stopped]])
    assert fields(hints.end_of_the_stop(here, made, EVENT)) == found


# ---- tests and amounts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "field", "is_test"),
    [
        ("Дата замера", "time", True),
        ("TEST DATE", "time", True),
        ("Дата", "time", False),
        ("Test", "note", False),
    ],
)
def test_a_date_of_a_test_says_so(header: str, field: str, is_test: bool) -> None:
    made = columns((header, field))
    assert hints.says_test(sheet(header), made) is is_test


@pytest.mark.parametrize(
    ("start", "other", "hours"),
    [("Test Start", "Test End", True), ("Test Start", "Choke", False), ("Start", "End", False)],
)
def test_between_the_start_and_the_end_of_a_test_are_its_hours(start: str, other: str, hours: bool) -> None:
    found = hints.says_test_of_hours(sheet(start, other), columns((start, "time"), (other, "")), vocabulary())
    assert found is hours


@pytest.mark.parametrize(
    ("told", "only"),
    [
        (["well", "pad", "field", "time", "clock", "lift", "", "on_stream_s"], True),
        (["year", "month", "day", "on_stream_s"], True),
        (["on_stream_s", "oil_kg"], False),
        (["well", "time"], False),
    ],
)
def test_hours_alone_say_nothing_of_what_a_well_gave(told: list[str], only: bool) -> None:
    assert hints.only_hours(columns(*((key, key) for key in told))) is only


@pytest.mark.parametrize(
    ("months", "field", "why", "kind", "amounts"),
    [
        (["08.2026", "09.2026"], "oil_kg", "word", PRODUCTION, True),
        (["08.2026", "09.2026"], "gas_m3", "word", PRODUCTION, True),
        (["08.2026", "09.2026"], "oil_kg", "near", PRODUCTION, False),
        (["08.2026", "09.2026"], "on_stream_s", "word", PRODUCTION, False),
        (["01.08.2026", "02.08.2026"], "oil_kg", "word", PRODUCTION, False),
        (["08.2026", "09.2026"], "oil_kg", "word", TEST, False),
    ],
)
def test_amounts_beside_months_are_of_months(
    months: list[str], field: str, why: str, kind: Any, amounts: bool
) -> None:
    table = sheet("Q", "Месяц", rows=[(1, month) for month in months])
    made = [ColumnPlan("Q", field, why=why), ColumnPlan("Месяц", "time")]
    assert hints.amounts_of_months(table, made, kind) is amounts
    assert hints.amounts_of_months(table, made[:1], kind) is False


@pytest.mark.parametrize(
    ("header", "field", "found", "unit"),
    [
        ("Hours", "", "duration_s", "h"),
        ("Часы", "", "duration_s", "h"),
        ("Время, ч", "", "duration_s", "ч"),
        ("Duration (min)", "", "duration_s", "min"),
        ("Время", "", "", ""),
        ("Hours, m", "", "duration_s", "h"),
        ("Время, м", "", "", ""),
        ("Hours", "note", "note", ""),
    ],
)
def test_hours_beside_the_date_of_a_test_are_how_long_it_was(
    header: str, field: str, found: str, unit: str
) -> None:
    made = columns(("Test date", "time"), (header, field), ("x", ""))
    told = hints.hours_of_the_test(sheet("Test date", header, "x"), made, TEST)
    assert [(one.field, one.unit) for one in told] == [("time", ""), (found, unit), ("", "")]
    if found == "duration_s":
        assert (told[1].score, told[1].why) == (0.9, "word")


def test_hours_of_a_test_are_looked_for_in_a_test_alone_and_where_nothing_else_says_them() -> None:
    made = columns(("Test date", "time"), ("Hours", ""))
    table = sheet("Test date", "Hours")
    assert hints.hours_of_the_test(table, made, PRODUCTION) == made
    dated = columns(("Date", "time"), ("Hours", ""))
    assert hints.hours_of_the_test(sheet("Date", "Hours"), dated, TEST) == dated
    told = [*made, ColumnPlan("Длит.", "duration_s")]
    assert hints.hours_of_the_test(table, told, TEST) == told


def test_volumes_beside_how_long_a_test_was_are_the_tests() -> None:
    told = ["oil_part", "water_part", "duration_s"]
    made = columns(("Test date", "time"), *((key, key) for key in told))
    assert hints.by_volumes(sheet("Test date", *told), made) is True
    assert hints.by_volumes(sheet("Test date", *told), made[:-1]) is False
    assert (
        hints.by_volumes(sheet("Date", *told), columns(("Date", "time"), *((key, key) for key in told)))
        is False
    )


@pytest.mark.parametrize(
    ("kind", "made", "count"),
    [
        (TEST, [("Дата", "time", ""), ("Ж", "liquid_m3_per_s", "м3"), ("Г", "gas_m3_per_s", "м3")], 2),
        (TEST, [("Дата", "time", ""), ("Ж", "liquid_m3_per_s", "м3/сут")], 0),
        (TEST, [("Дата", "time", ""), ("Ж", "liquid_m3_per_s", "м3"), ("t", "duration_s", "ч")], 0),
        (TEST, [("Дата замера", "time", ""), ("Ж", "liquid_m3_per_s", "м3")], 0),
        (PRODUCTION, [("Дата", "time", ""), ("Ж", "liquid_m3", "м3")], 0),
    ],
)
def test_volumes_without_a_time_are_no_rates_of_a_test(
    kind: Any, made: list[tuple[str, str, str]], count: int
) -> None:
    found = [*(ColumnPlan(*one) for one in made), ColumnPlan("x")]
    assert hints.untimed_volumes(sheet(*(one.header for one in found)), kind, found) == count


@pytest.mark.parametrize(
    ("days", "header", "by_hand"),
    [
        (["01.08.2026", "02.08.2026"], "Обв", True),
        (["01.08.2026", ""], "Обв", True),
        (["01.08.2026 10:00", "02.08.2026"], "Обв", False),
        (["", ""], "Обв", False),
        (["01.08.2026", "02.08.2026"], "Диаметр плунжера", False),
        (["01.08.2026", "02.08.2026"], "Тип станка-качалки", False),
    ],
)
def test_a_level_on_a_day_without_an_hour_was_shot_by_hand(
    days: list[str], header: str, by_hand: bool
) -> None:
    table = sheet("Ндин", "Дата", header, rows=[(900, day, 1) for day in days])
    made = columns(("Ндин", "level_m"), ("Дата", "time"), (header, ""))
    assert hints.shot_by_hand(table, made) is by_hand
    assert hints.shot_by_hand(table, columns(("Ндин", ""), ("Дата", "time"))) is False
    assert hints.shot_by_hand(table, columns(("Ндин", "level_m"), ("Дата", ""))) is False

"""Hours that a well worked beside hours of the day, wells under any name, units at the end of tags, fillers
of counters: read as what they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.importers.naming_wells import calls_a_well
from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, strangers

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
PIP = "intake_pressure"


def packed(record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(record.get("equipment") or record["body"])
    return found


def numbers_in(told: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """Every number of a record, wherever in it, by its path."""
    if isinstance(told, (dict, list)):
        for key, value in told.items() if isinstance(told, dict) else enumerate(told):
            yield from numbers_in(value, f"{name}/{key}")
    elif isinstance(told, float):
        yield name, told


def take(strangers: Workspace, tmp_path: Path, text: str, **options: Any) -> Imported:
    path = tmp_path / "f.csv"
    path.write_bytes(text.encode())
    return imported(strangers, path, ImportOptions(**options))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Well;Date;Oil, t;Water, m3;Hours\n101;2026-10-01;20;30;24\n101;2026-10-02;21;30;20\n", [24, 20]),
        (
            "Скважина;Дата;Нефть, т;Вода, м3;Время, ч\n101;01.10.2026;20;30;24\n102;01.10.2026;21;31;20\n",
            [24, 20],
        ),
        ("Скважина;Дата;Нефть, т;Вода, м3;Часы\n101;01.10.2026;20;30;8\n101;02.10.2026;21;31;24\n", [8, 24]),
    ],
)
def test_hours_that_a_well_worked_are_no_hour_of_the_day(
    strangers: Workspace, tmp_path: Path, text: str, hours: list[int]
) -> None:
    found = take(strangers, tmp_path, text)
    assert not found.refused, (found.refused, found.details)
    assert [row["on_stream_s"] for row in found.records] == [hour * 3600 for hour in hours]
    assert {row["at"][10:] for row in found.records} == {"T00:00:00Z"}


def test_hours_worked_beside_rates_of_the_day_of_the_title_leave_the_rates_on_that_day(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Сводка за 01.10.2026\nСкважина;Дебит жидкости, м3/сут;Обв., %;Часы\n101;20;30;24\n102;21;31;20\n"
    found = take(strangers, tmp_path, text)
    assert [at for at, _ in found.readings["101"]["liquid_rate"]] == ["2026-10-01T00:00:00Z"]
    assert [at for at, _ in found.readings["102"]["liquid_rate"]] == ["2026-10-01T00:00:00Z"]
    assert "import.column_unused" in found.said


@pytest.mark.parametrize("header", ["Hours", "Часы", "Время"])
def test_hours_that_tell_the_rows_of_one_day_apart_are_hours_of_the_day(
    strangers: Workspace, tmp_path: Path, header: str
) -> None:
    rows = "101;2026-10-01;1;900\n101;2026-10-01;2;905\n101;2026-10-02;1;906\n"
    found = take(strangers, tmp_path, f"Well;Date;{header};PIP, psi\n{rows}")
    assert [at for at, _ in found.readings["101"][PIP]] == [
        "2026-10-01T01:00:00Z",
        "2026-10-01T02:00:00Z",
        "2026-10-02T01:00:00Z",
    ]


@pytest.mark.parametrize("header", ["WELL_BORE_CODE", "Well #", "Код скважины", "API No.", "WELLNAME"])
def test_a_column_of_wells_under_another_name_speaks_before_what_was_said(
    strangers: Workspace, tmp_path: Path, header: str
) -> None:
    text = f"Date,{header},PIP kPa\n2026-10-01,101,5000\n2026-10-13,102,5010\n"
    found = take(strangers, tmp_path, text, well="101")
    assert [value for _, value in found.readings["101"][PIP]] == [5e6]
    assert [value for _, value in found.readings["102"][PIP]] == [5.01e6]


@pytest.mark.parametrize("header", ["API", "Name", "Номер", "Well depth", "Bore", "No", "Код", ""])
def test_a_name_alone_and_a_gravity_of_oil_call_no_well(header: str) -> None:
    assert not calls_a_well(header)


def test_the_usual_name_of_a_well_goes_before_its_number_in_a_register(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "API No.,Date,Well name,PIP kPa\n42301,2026-10-01,101,5000\n42302,2026-10-13,102,5010\n"
    found = take(strangers, tmp_path, text)
    assert sorted(found.readings) == ["101", "102"]


@pytest.mark.parametrize(
    "tags",
    [
        ("101.PIP.bar", "102.PIP.bar"),
        ("K1.101.ESP.PIP_bar", "K1.102.ESP.PIP_bar"),
        ("101/PIP/bar", "102/PIP/bar"),
    ],
)
def test_a_unit_at_the_end_of_a_tag_is_the_unit_of_its_values(
    strangers: Workspace, tmp_path: Path, tags: tuple[str, str]
) -> None:
    rows = "".join(f"{tag};2026-10-01 00:00;{50 + i}\n" for i, tag in enumerate(tags))
    found = take(strangers, tmp_path, f"Tag;Timestamp;Value\n{rows}")
    assert [value for _, value in found.readings["101"][PIP]] == [50e5]
    assert [value for _, value in found.readings["102"][PIP]] == [51e5]


def test_a_unit_at_the_end_of_a_tag_in_the_header_is_heard_and_the_least_is_no_minute(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Timestamp;101.PIP.min;101.PIP.bar\n2026-10-01 00:00;49;50\n2026-10-01 01:00;50;51\n"
    found = take(strangers, tmp_path, text)
    assert [value for _, value in found.readings["101"][PIP]] == [50e5, 51e5]
    assert "import.column_unused" in found.said


def test_nines_far_beyond_the_rest_of_their_column_are_no_production(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "101;2026-10-01;20;30\n101;2026-10-02;21;31\n101;2026-10-03;99999;99999\n101;2026-10-04;22;32\n"
    found = take(strangers, tmp_path, f"Well;Date;Oil, t;Water, m3\n{rows}")
    assert not found.refused, (found.refused, found.details)
    assert [row.get("oil_kg") for row in found.records if row.get("oil_kg")] == [20e3, 21e3, 22e3]
    assert sum(row.get("water_m3") or 0 for row in found.records) == 93


def test_nines_that_the_rest_of_their_column_comes_near_are_a_volume(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "101;2026-01;9000;3000\n101;2026-02;9999;3100\n101;2026-03;9500;3200\n"
    found = take(strangers, tmp_path, f"Well;Month;Oil, t;Water, m3\n{rows}")
    assert [row["oil_kg"] for row in found.records] == [9e6, 9.999e6, 9.5e6]


def test_a_tag_that_begins_with_another_wells_number_is_not_taken_for_the_well_that_was_said(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take(strangers, tmp_path, "Tag;Timestamp;Value\n102.PIP;2026-10-01 00:00;50\n", well="101")
    assert "101" not in found.readings


@pytest.mark.parametrize("title", ["", "Суточный рапорт\n"])
def test_amounts_of_hours_are_no_amounts_of_days(strangers: Workspace, tmp_path: Path, title: str) -> None:
    rows = "".join(f"101;2026-10-01 {hour:02d}:00;{10 + hour};5\n" for hour in (0, 1, 2, 3))
    found = take(strangers, tmp_path, f"{title}Well;Time;Oil, bbl;Water, bbl\n{rows}")
    assert found.refused == "amounts_of_hours"
    assert found.details["hours"] == 1.0


def test_days_of_a_changed_shift_are_days(strangers: Workspace, tmp_path: Path) -> None:
    rows = "101;2026-10-01 08:00;20;5\n101;2026-10-02 06:00;21;5\n101;2026-10-03 06:00;22;5\n"
    found = take(strangers, tmp_path, f"Well;Date;Oil, t;Water, m3\n{rows}")
    assert not found.refused, (found.refused, found.details)
    assert {row["period"] for row in found.records} == {"day"}


@pytest.mark.parametrize(
    "title", ["Дебит жидкости по скважинам, м3/сут, октябрь 2026", "Liquid rate by well, m3/d, October 2026"]
)
def test_days_of_a_month_across_under_a_title_that_says_by_wells_are_days(
    strangers: Workspace, tmp_path: Path, title: str
) -> None:
    found = take(strangers, tmp_path, f"{title}\nСкв.;1;2;3;4\n101;45;46;47;44\n102;50;51;52;50\n")
    assert found.readings["102"]["liquid_rate"][3] == ("2026-10-04T00:00:00Z", pytest.approx(50 / 86_400))
    assert len(found.readings["101"]["liquid_rate"]) == 4


def test_pressures_of_a_long_list_that_are_told_above_the_atmosphere_say_what_was_added(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "101/PIP;2026-10-01 00:00;50;barg\n102/PIP;2026-10-01 00:00;60;barg\n"
    found = take(strangers, tmp_path, f"ItemID;SourceTimestamp;Value;UOM\n{rows}")
    assert [value for _, value in found.readings["101"][PIP]] == [50e5 + 101_325]
    assert "import.gauge" in found.said


def test_a_filler_in_a_row_that_is_left_out_is_not_told_of_without_a_line(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "101;2026-10-01;20;30\n101;2026-10-02;21;31\nВсего;;99999;99999\n"
    found = take(strangers, tmp_path, f"Well;Date;Oil, t;Water, m3\n{rows}")
    assert not found.refused, (found.refused, found.details)
    assert "import.sentinels" not in found.said


def test_a_reading_of_nines_within_its_limits_stays_a_reading(strangers: Workspace, tmp_path: Path) -> None:
    rows = "2026-10-01 00:00;200\n2026-10-01 01:00;210\n2026-10-01 02:00;9999\n"
    found = take(strangers, tmp_path, f"Time;PIP, kPa\n{rows}", well="101")
    assert [round(value / 1e3) for _, value in found.readings["101"][PIP]] == [200, 210, 9999]


BBL_DAY = 0.158987294928 / 86_400


def test_a_column_of_units_speaks_for_the_number_before_it(strangers: Workspace, tmp_path: Path) -> None:
    rows = "101;2026-10-01;500;bbl/d;200;psig\n102;2026-10-01;450;bbl/d;210;psig\n"
    found = take(strangers, tmp_path, f"Well;Date;Liquid rate;Unit;WHP;Unit\n{rows}")
    assert found.readings["101"]["liquid_rate"][0][1] == pytest.approx(500 * BBL_DAY)
    assert found.readings["102"]["wellhead_pressure"][0][1] == pytest.approx(210 * 6_894.757293168 + 101_325)


def test_rows_in_several_units_are_refused_with_the_units(strangers: Workspace, tmp_path: Path) -> None:
    rows = "101;2026-10-01;500;bbl/d\n102;2026-10-01;45;m3/d\n"
    found = take(strangers, tmp_path, f"Well;Date;Liquid rate;Unit\n{rows}")
    assert found.refused == "unit_unknown"
    assert "bbl/d, m3/d" in str(found.details)


@pytest.mark.parametrize("days", [("2026-01-31", "2026-02-28"), ("2026-01-01", "2026-02-01")])
def test_a_month_is_the_same_month_by_its_last_day_and_by_its_first(
    strangers: Workspace, tmp_path: Path, days: tuple[str, str]
) -> None:
    rows = "".join(f"101;{day};{990 - i};300;{31 - 3 * i}\n" for i, day in enumerate(days))
    found = take(strangers, tmp_path, f"Well;Date;Oil, m3;Water, m3;Days\n{rows}")
    assert not found.refused, (found.refused, found.details)
    assert [row["at"] for row in found.records] == ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"]


def test_a_flow_by_the_hour_is_no_rated_flow_of_a_pump(strangers: Workspace, tmp_path: Path) -> None:
    rows = "101;2026-10-01 00:00;1000;2\n101;2026-10-01 01:00;1002;2.1\n"
    found = take(strangers, tmp_path, f"Well;Timestamp;Oil total counter, m3;Flow rate, m3/h\n{rows}")
    assert found.kind != "installation" or found.refused


@pytest.mark.parametrize(
    ("unit", "pascals"),
    [("м3/сут/атм", 101_325), ("м3/(сут·бар)", 1e5), ("м3/сут/ат", 98_066.5), ("м3/сут/МПа", 1e6)],
)
def test_a_productivity_is_heard_in_whatever_pressure_it_is_told(
    strangers: Workspace, tmp_path: Path, unit: str, pascals: float
) -> None:
    text = f"Скважина;Дата;Рпл, атм;Кпрод, {unit};Тпл, °С\n101;01.10.2026;150;0,7;85\n"
    (row,) = take(strangers, tmp_path, text).records
    told = json.loads(row["body"])["productivity_m3_per_s_pa"]
    assert told == pytest.approx(0.7 / 86_400 / pascals, rel=1e-9, abs=0)


def test_units_that_call_their_own_columns_speak_for_the_numbers_before_them(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "101,2026-10-01,100,bbl,50,bbl\n101,2026-10-02,110,bbl,51,bbl\n"
    found = take(strangers, tmp_path, f"Well,Date,Oil,bbl,Water,bbl\n{rows}")
    assert found.records[0]["oil_m3"] == pytest.approx(15.8987294928)
    assert found.records[1]["water_m3"] == pytest.approx(51 * 0.158987294928)


def test_sums_of_wells_are_no_result_of_a_workover(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, "Дата;Скв.101;Скв.102;Итого\n01.10.2026;45;50;95\n", well="101")
    assert found.refused
    assert not found.records


def test_inches_and_feet_behind_a_name_are_its_unit(strangers: Workspace, tmp_path: Path) -> None:
    head = "Well,Date,Pump depth ft,Plunger in,Stroke in,SPM,Tubing OD in"
    found = take(strangers, tmp_path, f"{head}\n101,2026-10-13,4500,1.75,100,8,2.875\n")
    assert not found.refused, (found.refused, found.details)
    shown = {name: f"{value:.6g}" for name, value in numbers_in([packed(row) for row in found.records])}
    assert {"0.04445", "0.073025", "2.54", "1371.6"} <= set(shown.values())


def test_depths_in_feet_of_a_survey_are_feet(strangers: Workspace, tmp_path: Path) -> None:
    text = "MD ft;Inc;Azi;TVD ft\n0;0;0;0\n500;1.5;120;499.9\n1000;3;121;999.4\n"
    found = take(strangers, tmp_path, text, well="101", kind="survey")
    assert not found.refused, (found.refused, found.details)
    assert "304.8" in str(found.records[0])


def test_a_well_has_one_place_and_points_called_x_and_y_are_none(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "0,8000\n50,15000\n100,16000\n60,9000\n"
    found = take(strangers, tmp_path, f"X,Y\n{rows}", well="101", kind="location")
    assert found.refused == "places_of_one_well"
    assert take(strangers, tmp_path, "Скважина;X;Y\n101;500100;6800200\n", kind="location").records


def test_a_static_level_is_told_from_a_dynamic_one_under_the_kind_of_measurement(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "101;01.10.2026;950;11;дин.\n101;05.10.2026;400;10;стат.\n"
    found = take(strangers, tmp_path, f"Скважина;Дата;Нд, м;Рз, атм;Тип замера\n{rows}")
    assert [(row["level"], row["level_m"]) for row in found.records] == [("dynamic", 950), ("static", 400)]
    assert found.records[0]["casing_pressure_pa"] == pytest.approx(11 * 101_325)


def test_times_that_nobody_takes_are_said(strangers: Workspace, tmp_path: Path) -> None:
    rows = "101;01.10.2026;10:00;12:30;ЗСП\n101;01.10.2026;23:00;01:00;КЗ\n"
    found = take(strangers, tmp_path, f"Скв.;Дата;Время откл.;Время вкл.;Причина\n{rows}")
    assert "import.column_unused" in found.said

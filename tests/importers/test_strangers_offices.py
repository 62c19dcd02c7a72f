"""Tables as field offices keep them: what is nominal beside a pump, states that are no repairs, tables under
each other by well, titles with several things, footnotes, thousands before a unit.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importers.odd_units import with_factor
from app.importers.vocabulary import split_unit
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, strangers
from tests.importers.test_strangers_kinds import series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")
DAY_S = 86_400.0


def test_a_head_and_a_rate_of_each_pump_are_nominal_and_no_curve(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "Скважина;Дата спуска;Типоразмер УЭЦН;Напор, м;Подача, м3/сут\n"
        "101;12.06.2026;ЭЦН5-60-2100;2100;60\n102;13.06.2026;ЭЦН5-80-1900;1900;80\n"
    )
    first, _ = take(strangers, tmp_path, text).records
    assert "curve" not in first["equipment"]
    assert '"rated_head_m": 2100' in first["equipment"]
    assert '"rated_flow_m3_per_s": 0.00069' in first["equipment"]


def test_the_state_of_a_well_is_no_repair_and_its_purpose_no_production(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Скважина;Назначение;Состояние;Дата;Рнаг, атм\n101;добыв.;в работе;01.10.2026;145\n"
    found = take(strangers, tmp_path, text)
    assert found.refused
    assert not found.records


def test_a_well_over_each_of_several_tables_is_theirs(strangers: Workspace, tmp_path: Path) -> None:
    text = "".join(
        f"Скважина;{well}\nДата;Qж, м3/сут\n01.10.2026;{rate}\n02.10.2026;{rate + 1}\n"
        for well, rate in ((101, 45), (102, 80))
    )
    found = take(strangers, tmp_path, text)
    for well, rate in (("101", 45), ("102", 80)):
        got = [value * DAY_S for _, value in series(found, well, "liquid_rate")]
        assert got == pytest.approx([rate, rate + 1], rel=1e-6)


def test_a_date_in_the_middle_of_a_title_is_the_tables(strangers: Workspace, tmp_path: Path) -> None:
    title = "Отчёт о фонде\nЦДНГ-2;Дата:;05.10.2026\n"
    text = f"{title}Скв.;F, Гц;Qж, м3/сут;Рпр, атм\n101;50;62;45\n102;48;85;50\n"
    found = take(strangers, tmp_path, text)
    assert series(found)[0][0] == "2026-10-05T00:00:00Z"


def test_footnotes_under_a_table_are_no_rows(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата;Qж, м3/сут\n101;01.10.2026;45*\n101;02.10.2026;47**\n* - расчетный\n** - по АГЗУ\n"
    found = take(strangers, tmp_path, text)
    assert len(series(found, "101", "liquid_rate")) == 2
    assert "import.row_left_out" in found.said


def test_a_stop_with_a_clock_of_its_own_is_not_said_to_begin_at_midnight(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Well,Date,Time,Event,Duration\n101,2026-10-01,06:30,ESP trip,02:15\n"
    found = take(strangers, tmp_path, text)
    (event,) = found.records
    assert str(event["until"])[:16] == "2026-10-01 08:45"
    assert "import.stops_from_midnight" not in found.said


@pytest.mark.parametrize(
    ("header", "name", "factor"),
    [
        ("Gas 10^3 m3", "Gas", 1e3),
        ("Газ, 10^3 м3", "Газ", 1e3),
        ("Gas 10³ m³", "Gas", 1e3),
        ("Газ тыс. м3", "Газ", 1e3),
        ("Gas, thousand m3", "Gas", 1e3),
        ("Gas [mill Sm3]", "Gas", 1e6),
        ("Gas mill. Sm3", "Gas", 1e6),
        ("Oil bbls/month", "Oil", 0.158987294928),
    ],
)
def test_thousands_before_a_unit_are_a_part_of_it(header: str, name: str, factor: float) -> None:
    assert with_factor(header) == (header, "")
    found, unit, _ = split_unit(header)
    assert found == name
    assert unit is not None
    assert unit.factor == factor


def test_days_without_their_year_are_of_the_titles(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Сводка простоев за октябрь 2026\nСкв;Дата ост.;Время ост.;Дата зап.;Время зап.;Причина\n"
        "101;05.10;06:30;05.10;18:45;ЭЭ\n102;07.10;22:00;08.10;02:00;ГТМ\n"
    )
    found = take(strangers, tmp_path, text)
    assert [(one["well"], one["at"], str(one["until"])[:16]) for one in found.records] == [
        ("101", "2026-10-05T06:30:00Z", "2026-10-05 18:45"),
        ("102", "2026-10-07T22:00:00Z", "2026-10-08 02:00"),
    ]


def test_days_of_which_no_year_is_said_are_none(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата;Qж, м3/сут\n101;05.10;45\n101;06.10;46\n"
    assert take(strangers, tmp_path, text).refused == "column_missing"


def test_a_fluid_a_row_is_an_amount_of_it_in_the_unit_of_the_header(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "UWI,Production Month,Product,Volume (m3),Hours\n101,2026-01,OIL,350.5,744\n"
        "101,2026-01,WATER,120.4,744\n101,2026-02,OIL,340.1,672\n101,2026-02,WATER,122.0,672\n"
    )
    found = take(strangers, tmp_path, text)
    assert [(one["oil_m3"], one["water_m3"], one["period"]) for one in found.records] == [
        (350.5, 120.4, "month"),
        (340.1, 122.0, "month"),
    ]


def test_what_is_said_of_the_well_over_a_survey_is_no_part_of_it(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "Скважина;101;Куст;1\nМагн. склонение, град;15.2\nГлубина, м;Зенит. угол, град;Азимут магн., град;"
        "Азимут дир., град\n0;0;0;15.2\n500;1.5;30;45.2\n1000;12.75;31;46.2\n"
    )
    (survey,) = take(strangers, tmp_path, text).records
    assert survey["well"] == "101"
    assert '"azimuth_rad": 0.788' in str(survey)


def test_hours_of_a_day_stand_beside_each_other(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Давление на приеме, атм\nСкв;Дата;0:00;4:00;8:00\n101;01.10.2026;48;;50\n102;01.10.2026;58;59;60\n"
    )
    found = take(strangers, tmp_path, text)
    assert [at for at, _ in series(found)] == ["2026-10-01T00:00:00Z", "2026-10-01T08:00:00Z"]
    assert [value / 101_325 for _, value in series(found, "102")] == pytest.approx([58, 59, 60])


def test_what_was_to_be_stands_beside_what_was(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Суточный рапорт\nза 5 октября 2026 г.\n;Режим;;Факт;;\nСкв.;Qж;Qн;Qж;Qн;Откл. Qж\n"
        "101;60;30;62;31;2\n102;80;30;78;29;-2\n"
    )
    found = take(strangers, tmp_path, text)
    assert [value * DAY_S for _, value in series(found, "101", "liquid_rate")] == pytest.approx([62])
    assert "import.column_twice" in found.said


def test_a_unit_of_a_group_is_that_of_each_of_its_columns(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Дата;Скв;Давление, кгс/см2;;\n;;на приеме;буферное;затрубное\n"
        "05.10.2026;101;48;18;12\n06.10.2026;101;47;18;12\n"
    )
    found = take(strangers, tmp_path, text)
    firsts = [
        series(found, "101", f"{key}_pressure")[0][1] / 98_066.5 for key in ("intake", "wellhead", "annulus")
    ]
    assert firsts == pytest.approx([48, 18, 12])


def test_a_unit_behind_a_name_is_not_said_to_be_missing(strangers: Workspace, tmp_path: Path) -> None:
    text = "date,well,oil_bpd,wat_bpd,gas_mcfd,thp_psig\n2026-10-05,101,200,250,120,250\n"
    found = take(strangers, tmp_path, text)
    assert "unnamed_units" not in found.said
    assert series(found, "101", "gas_rate")[0][1] == pytest.approx(120 * 28.316846592 / DAY_S)


@pytest.mark.parametrize("head", ["Shut-in date;On-line date", "Дата отключения;Дата включения"])
def test_a_well_that_is_on_line_again_stands_no_longer(
    strangers: Workspace, tmp_path: Path, head: str
) -> None:
    text = f"Well;{head};Reason\n101;2026-10-05;2026-10-13;Workover\n"
    (event,) = take(strangers, tmp_path, text).records
    assert (event["at"][:10], str(event["until"])[:10]) == ("2026-10-05", "2026-10-13")


def test_wells_beside_each_other_over_what_is_measured_are_wells(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = (
        "Отчёт за октябрь 2026 г.\nПоказатель;Ед.изм.;101;102;Итого\nДобыча нефти;т;620;310;930\n"
        "Добыча воды;м3;600;290;890\nОтработано;ч;744;700;1444\n"
    )
    found = take(strangers, tmp_path, text, well="101")
    assert [(one["well"], one["oil_kg"], one["on_stream_s"] / 3600) for one in found.records] == [
        ("101", 620e3, 744),
        ("102", 310e3, 700),
    ]


def test_years_beside_each_other_are_no_wells(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Показатель;Ед.изм.;2024;2025\nДобыча нефти;т;620;310\nДобыча воды;м3;600;290\nОтработано;ч;744;700\n"
    )
    assert take(strangers, tmp_path, text, new_wells=True).refused


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Qж, м3/сут 2026 год\nСкв.;01.10;02.10\n101;45;46\n102;80;81\n", "2026-10-01 2026-10-02"),
        (
            "2026 год\nСкв.;Qж, м3/сут;;Обв., %;\n;сен;окт;сен;окт\n101;45;46;40;41\n102;80;81;60;61\n",
            "2026-09-01 2026-10-01",
        ),
    ],
)
def test_the_year_of_a_title_is_that_of_its_columns(
    strangers: Workspace, tmp_path: Path, text: str, days: str
) -> None:
    found = take(strangers, tmp_path, text)
    assert [at[:10] for at, _ in series(found, "102", "liquid_rate")] == days.split()


def test_places_of_nobody_are_asked_whose_they_are(strangers: Workspace, tmp_path: Path) -> None:
    text = "Номер;Широта;Долгота\n101;61.2344;73.3456\n102;61.2350;73.3472\n"
    assert take(strangers, tmp_path, text).refused == "import_needs_well"


def test_a_gauge_in_the_well_goes_before_what_was_reckoned(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата;Давление на приёме, атм (расч. по Нд);Рпр ТМС, атм\n101;05.10.2026;47;48\n"
    found = take(strangers, tmp_path, text)
    assert series(found)[0][1] == pytest.approx(48 * 101_325)


def test_a_protocol_of_tests_is_one(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Sample no.: 455; Well: 101; Date: 2026-10-05\nTest;Unit;Result;Limit\n"
        "Water content;% vol;0.45;≤0.5\nSalt;mg/l;85;100\nSulphur;% wt;1.25;-\n"
    )
    found = take(strangers, tmp_path, text)
    assert not found.refused
    assert {one["parameter"]: one["value"] for one in found.records} == {
        "water_cut": 0.45,
        "salts": 85,
        "sulphur": 1.25,
    }


@pytest.mark.parametrize(
    "title",
    [
        "Потери нефти за октябрь 2026",
        "Закачка воды за октябрь 2026",
        "Среднесуточные показатели за октябрь 2026",
        "Накопленная добыча за октябрь 2026",
        "Oil sales for October 2026",
    ],
)
def test_amounts_of_anything_else_are_no_production(strangers: Workspace, tmp_path: Path, title: str) -> None:
    found = take(strangers, tmp_path, f"{title}\nСкв;Нефть, т;Вода, м3\n101;20;19\n102;10;9\n")
    assert (found.refused, found.details["columns"]) == ("other_amounts", title)


@pytest.mark.parametrize("title", ["Добыча нефти за октябрь 2026", "Добыча и закачка за октябрь 2026"])
def test_what_is_said_to_be_production_is(strangers: Workspace, tmp_path: Path, title: str) -> None:
    found = take(strangers, tmp_path, f"{title}\nСкв;Нефть, т;Вода, м3\n101;620;600\n102;310;290\n")
    assert [(one["well"], one["period"]) for one in found.records] == [("101", "month"), ("102", "month")]


def test_a_mean_of_a_day_is_no_amount_of_its_month(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Дата;Нефть, т (среднесут.)\n101;30.09.2026;20\n101;31.10.2026;19\n"
    assert take(strangers, tmp_path, text).refused == "other_amounts"


@pytest.mark.parametrize(
    "title", ["Проектные показатели", "Расчётные параметры (подбор УЭЦН)", "Уставки защит", "Design rates"]
)
def test_what_nobody_measured_is_no_reading(strangers: Workspace, tmp_path: Path, title: str) -> None:
    found = take(strangers, tmp_path, f"{title}\nСкв;Дата;Рпр, атм;I, А\n101;01.10.2026;40;45\n")
    assert found.refused == "planned_figures"


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Источник", "прогноз"),
        ("Метод", "расчёт"),
        ("Тип", "режим"),
        ("Сост.", "ост"),
        ("Исключить", "x"),
        ("Source", "forecast"),
    ],
)
def test_a_word_that_makes_a_row_no_reading_is_told(
    strangers: Workspace, tmp_path: Path, header: str, word: str
) -> None:
    text = f"Скв;Дата;{header};Qж, м3/сут\n101;05.10.2026;;45\n101;06.10.2026;{word};46\n"
    assert "import.column_unused" in take(strangers, tmp_path, text).said

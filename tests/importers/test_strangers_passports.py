"""Passports, tallies, plans and journals of an own well in other layouts than ours: read right, or asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.importers.choices import choice_of
from app.importers.rod_words import section_of
from app.importers.targets import TABLE_KINDS
from app.importers.titles import well_said
from app.models.wells import SRP
from app.services.workspace import Workspace
from tests.importers.imported import readers_here, two_wells
from tests.importers.test_strangers_wells import packed, take, take_sheet

__all__ = ["readers_here"]

pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    yield from two_wells(tmp_path_factory.mktemp("passports"), SRP)


DAY = 86_400.0
KWH = 3.6e6


def sections(found: Any) -> list[tuple[float, float]]:
    strings = [packed(one) for one in found.records if "body" in one]
    (rods,) = [one["sections"] for one in strings if "sections" in one]
    return [(one["diameter_m"], one["length_m"]) for one in rods]


# ---- whose -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Well: Baker 4-12", "Baker 4-12"),
        ("Well\tBaker 4-12", "Baker 4-12"),
        ("Well: 15/9-F-1 C", "15/9-F-1 C"),
        ("Скважина: 103 Куст: 5", "103"),
        ("Скважина: 101 от 12.10.2026", "101"),
        ("Мера штанг. Скважина № 777, спуск 15.03.2026", "777"),
        ("Well name\tSmith 3H", "Smith 3H"),
        ("Well test of 5", ""),
    ],
)
def test_a_wells_name_of_several_words_is_read_whole(line: str, name: str) -> None:
    assert well_said(line) == name


# ---- passports ---------------------------------------------------------------------------------------------

ON_ITS_SIDE: list[list[Any]] = [
    ["Паспорт скважины № 102"],
    ["ЦДНГ-3"],
    [],
    ["Способ эксплуатации", "УШСН"],
    ["Дата спуска насоса", "15.03.2026"],
    ["Тип насоса", "25-175-THM-12-4-2"],
    ["Диаметр плунжера, мм", 44.45],
    ["Глубина спуска насоса, м", 1520],
    ["Длина хода, м", 3],
    ["Обсадная колонна", "168х8,9"],
    ["НКТ", "73х5,5"],
    ["Обводненность, %", 65],
    ["Плотность нефти, кг/м3", 868],
    ["Плотность воды, кг/м3", 1110],
]


def test_a_passport_on_its_side_names_its_well_in_the_title(strangers: Workspace, tmp_path: Path) -> None:
    found = take_sheet(strangers, tmp_path, *ON_ITS_SIDE)
    assert not found.refused, found.details
    assert {one["well"] for one in found.records} == {"102"}
    assert {one["at"] for one in found.records} == {"2026-03-15T00:00:00Z"}
    installed, unit, fluid = (packed(one) for one in found.records)
    assert installed["pump"]["plunger_diameter_m"] == pytest.approx(0.04445)
    assert installed["hole"]["casing_diameter_m"] == pytest.approx(0.168)
    assert unit["stroke_m"] == 3
    assert fluid == {"oil_relative_density": 0.868, "water_relative_density": 1.11, "water_cut": 0.65}
    assert "import.column_unused" not in found.said, "without a rate the water cut is the fluid's"


def test_units_behind_the_values_of_a_passport_on_its_side_are_heard(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows: list[list[Any]] = [
        ["WELL DATA SHEET"],
        ["Well name", "101", None],
        ["Artificial lift", "ESP", None],
        ["Pump model", "DN1750", None],
        ["Number of stages", 220, None],
        ["Pump setting depth", 7200, "ft"],
        ["Motor rated power", 120, "hp"],
        ["Run date", "2026-04-03", None],
        ["Reservoir pressure", 2100, "psi"],
    ]
    found = take_sheet(strangers, tmp_path, *rows)
    assert not found.refused, found.details
    installed, reservoir = (packed(one) for one in found.records)
    assert installed["pump"]["depth_m"] == pytest.approx(7200 * 0.3048)
    assert installed["rated_power_w"] == pytest.approx(120 * 745.7, rel=1e-4)
    assert reservoir["reservoir_pressure_pa"] == pytest.approx(2100 * 6894.757)


WITH_PAIRS = (
    "Well,Lift type,Plunger diameter (in),Pump depth (ft),{date},Rod 1 diameter (in),Rod 1 length (ft),"
    "Rod 2 diameter (in),Rod 2 length (ft)\n102,Sucker rod pump,1.5,5500,2026-02-14,1,1500,0.875,{last}\n"
)


def test_rods_in_pairs_of_columns_are_a_string(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, WITH_PAIRS.format(date="Install date", last=1700))
    assert not found.refused, found.details
    assert sections(found) == [
        (pytest.approx(0.0254), pytest.approx(457.2)),
        (pytest.approx(0.022225), pytest.approx(518.16)),
    ]
    assert {one["at"] for one in found.records} == {"2026-02-14T00:00:00Z"}


def test_half_a_section_is_no_section(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, WITH_PAIRS.format(date="Install date", last=""))
    assert found.refused == "section_half"


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        ("Rod 1 diameter, in", ("diameter", 1)),
        ("Длина 2 ступени штанг, м", ("length", 2)),
        ("Taper 3 length, ft", ("length", 3)),
        ("Штанги: d1, мм", ("diameter", 1)),
        ("Штанги 22 мм, м", None),
        ("Number of rods 1", None),
        ("Диаметр плунжера, мм", None),
    ],
)
def test_a_header_names_one_half_of_one_section(header: str, meant: tuple[str, int] | None) -> None:
    assert section_of(header) == meant


@pytest.mark.parametrize(
    ("said", "at"), [("take", "2026-02-14T00:00:00Z"), ("leave", "1950-01-01T00:00:00Z")]
)
def test_a_date_that_nobody_knows_is_asked_of_before_rows_hold_for_ever(
    strangers: Workspace, tmp_path: Path, said: str, at: str
) -> None:
    text = WITH_PAIRS.format(date="Tallied", last=1700)
    assert take(strangers, tmp_path, text).refused == "since_when"
    found = take(strangers, tmp_path, text, answers={"since_when": said})
    assert {one["at"] for one in found.records} == {at}


def test_a_form_of_two_pairs_of_columns_is_read_whole(strangers: Workspace, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Паспорт скважины 101"],
        ["Месторождение", "Северное", "Куст", "1"],
        ["Способ эксплуатации", "УЭЦН", "Дата запуска", "03.02.2026"],
        ["Тип насоса", "ЭЦН5-125-1500", "Число ступеней", 290],
        ["Глубина спуска, м", 1900, "Номинальный ток, А", 25.5],
    ]
    found = take_sheet(strangers, tmp_path, *rows)
    (installed,) = found.records
    assert installed["at"] == "2026-02-03T00:00:00Z"
    said = packed(installed)
    assert (said["pump"]["depth_m"], said["stages"]) == (1900, 290)


def test_fluid_and_reservoir_on_one_sheet_are_both_taken(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скважина;Дата;Рнас, МПа;Газовый фактор, м3/м3;Пластовое давление, МПа\n101;01.10.2026;9,2;65;19,4\n"
    )
    fluid, reservoir = (packed(one) for one in take(strangers, tmp_path, text).records)
    assert fluid["bubble_point_pa"] == pytest.approx(9.2e6)
    assert reservoir == {"reservoir_pressure_pa": pytest.approx(19.4e6)}


@pytest.mark.parametrize("cell", ["2 7/8", '2 7/8"'])
def test_inches_of_a_pipe_may_be_a_fraction(strangers: Workspace, tmp_path: Path, cell: str) -> None:
    head = ["Well", "Pump depth, ft", "Tubing OD, in", "Run date"]
    found = take_sheet(strangers, tmp_path, head, ["101", 6500, cell, "2026-01-15"])
    assert packed(found.records[0])["tubing"]["outer_diameter_m"] == pytest.approx(0.073025)


# ---- rods --------------------------------------------------------------------------------------------------


def test_a_tally_from_the_bottom_is_kept_from_the_top_and_its_inches_may_be_fractions(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows: list[list[Any]] = [
        ["Well 101 rod string (from bottom)"],
        ["Size, in", "Length, ft", "Grade"],
        ["3/4", 3281, "D"],
        ["7/8", 2133, "D"],
    ]
    found = take_sheet(strangers, tmp_path, *rows)
    assert not found.refused, found.details
    assert [size for size, _ in sections(found)] == [pytest.approx(0.022225), pytest.approx(0.01905)]
    assert "import.rods_turned" in found.said


THIN_FIRST = "Скважина;Диаметр, мм;Длина, м\n101;19;820\n101;22;560\n"


@pytest.mark.parametrize(("said", "first"), [("from_top", 0.019), ("from_bottom", 0.022)])
def test_thin_rods_over_thick_ones_are_asked_of(
    strangers: Workspace, tmp_path: Path, said: str, first: float
) -> None:
    assert take(strangers, tmp_path, THIN_FIRST).refused == "rod_order"
    found = take(strangers, tmp_path, THIN_FIRST, answers={"rod_order": said})
    assert sections(found)[0][0] == first


def test_sinker_bars_at_the_pump_are_no_string_on_its_head(strangers: Workspace, tmp_path: Path) -> None:
    for text in (
        "Скважина;Диаметр, мм;Длина, м\n101;22;560\n101;19;820\n101;38;40\n",
        "Скважина;Тип;Диаметр, мм;Длина, м\n102;ШН-22;22;560\n102;ШН-19;19;820\n102;Утяжелённый низ;25;40\n",
    ):
        found = take(strangers, tmp_path, text)
        assert not found.refused
        assert len(sections(found)) == 3


def test_a_string_in_one_cell_is_asked_of_in_the_same_way(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скважина;Способ экспл.;Нсп, м;Компоновка штанг;Дата спуска\n"
        "102;ШГН;1390;19х820 + 22х560;12.06.2026\n"
    )
    assert take(strangers, tmp_path, text).refused == "rod_order"
    found = take(strangers, tmp_path, text, answers={"rod_order": "from_bottom"})
    assert sections(found) == [(0.022, 560.0), (0.019, 820.0)]


def test_a_date_in_the_title_of_a_tally_is_asked_of(strangers: Workspace, tmp_path: Path) -> None:
    rows = (["Мера штанг скв. 102, 10.05.2026"], ["Диаметр, мм", "Длина, м"], [22, 560], [19, 820])
    assert take_sheet(strangers, tmp_path, *rows).refused == "since_when"
    found = take_sheet(strangers, tmp_path, *rows, answers={"since_when": "take"})
    assert found.records[0]["at"] == "2026-05-10T00:00:00Z"
    printed = (["Мера штанг скв. 102, напечатано 10.05.2026"], *rows[1:])
    assert take_sheet(strangers, tmp_path, *printed).records[0]["at"] == "1950-01-01T00:00:00Z"


def test_rods_may_be_told_by_their_names_and_a_pump_among_them_is_none(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = (
        ["Компоновка скв 102 (спуск 15.03.2026)"],
        ["Наименование", "Кол-во", "Длина, м"],
        ["Штанга 22 мм", 70, 560],
        ["Штанга 19 мм", 119, 952],
        ["Насос НН2Б-44", 1, 4.2],
    )
    found = take_sheet(strangers, tmp_path, *rows)
    assert sections(found) == [(0.022, 560), (0.019, 952)]
    assert found.checked is not None
    assert [one.code for one in found.checked.left_out] == ["row_words"]


# ---- angles and places -------------------------------------------------------------------------------------


def test_degrees_with_minutes_are_degrees(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Глубина, м;Зенитный угол;Азимут\n101;0;0°00';0°00'\n101;100;1°30';110°15'\n"
    stations = packed(take(strangers, tmp_path, text).records[0])["stations"]
    assert stations[1]["inclination_rad"] == pytest.approx(1.5 * 3.141592653589793 / 180)
    assert stations[1]["azimuth_rad"] == pytest.approx(110.25 * 3.141592653589793 / 180)


@pytest.mark.parametrize(
    "head",
    [
        "Скважина;Глубина, м;Зенитный угол, град.мин;Азимут\n",
        "Скважина;Глубина;Зенитный угол;Азимут\n;м;град.мин;град\n",
    ],
)
def test_decimals_of_degrees_with_minutes_are_minutes(
    strangers: Workspace, tmp_path: Path, head: str
) -> None:
    text = head + "101;0;0.00;0.00\n101;500;{angle};120.30\n"
    stations = packed(take(strangers, tmp_path, text.format(angle="5.45")).records[0])["stations"]
    assert stations[1]["inclination_rad"] == pytest.approx(5.75 * 3.141592653589793 / 180)
    assert take(strangers, tmp_path, text.format(angle="5.75")).refused == "value_not_number"


def test_a_protocol_is_dated_by_its_sample(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Протокол испытаний № 345 от 11.10.2026\nСкважина 101, проба отобрана 09.10.2026\n"
        "Показатель;Ед. изм.;Результат\nПлотность нефти;г/см3;0,867\nОбводненность;%;40\n"
    )
    found = take(strangers, tmp_path, text)
    assert {one["at"] for one in found.records} == {"2026-10-09T00:00:00Z"}


def test_a_station_says_what_it_lacks(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, "Скважина;Глубина, м;Зенитный угол, град\n101;100;5\n")
    assert (found.refused, found.details["missing"]["ru"]) == ("station_incomplete", "азимут")


@pytest.mark.parametrize(
    ("cell", "degrees"), [("61°15'30\"", 61.2583333), ("61.26 N", 61.26), ("12 30 00 S", -12.5)]
)
def test_a_place_may_be_written_in_degrees_minutes_and_seconds(
    strangers: Workspace, tmp_path: Path, cell: str, degrees: float
) -> None:
    found = take_sheet(strangers, tmp_path, ["Скважина", "Широта", "Долгота"], ["101", cell, "73°24'00\""])
    assert found.records[0]["latitude_deg"] == pytest.approx(degrees)
    assert found.records[0]["longitude_deg"] == pytest.approx(73.4)


# ---- tests, levels, energy, plans, alarms ------------------------------------------------------------------


def test_a_volume_and_how_long_it_was_measured_are_a_rate(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скв;Начало замера;Q жидкости, м3;Время замера, мин;Обв,%\n"
        "101;11.11.2026 06:00;3,1;240;64\n102;11.11.2026 10:30;6,6;60;70\n"
    )
    found = take(strangers, tmp_path, text)
    assert [one["liquid_m3_per_s"] * DAY for one in found.records] == pytest.approx([18.6, 158.4])
    assert [one["duration_s"] for one in found.records] == [14_400, 3_600]
    assert "import.by_duration" in found.said


def test_a_volume_without_its_time_is_no_rate(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скв;Начало замера;Q жидкости, м3;Время замера, мин\n101;11.11.2026 06:00;3,1;\n"
    assert take(strangers, tmp_path, text).refused == "duration_missing"


def test_rates_of_a_test_are_known_by_their_units(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Well,Test Date,Duration (hrs),Gas (MSCFD),Liquid (BLPD),BSW (%)\n"
        "101,11/15/2026,24,150,800,60\n102,11/16/2026,24,20,125,64\n"
    )
    found = take(strangers, tmp_path, text)
    assert [one["liquid_m3_per_s"] * DAY for one in found.records] == pytest.approx(
        [127.19, 19.874], rel=1e-3
    )
    assert found.records[0]["gas_m3_per_s"] * DAY == pytest.approx(150_000 * 0.0283168, rel=1e-4)


def test_levels_of_days_are_levels_and_no_readings(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Дата;Нд, м;Рзатр, атм;Рбуф, атм;Нст, м\n101;18.11.2026;905;12,1;13;\n"
    found = take(strangers, tmp_path, text)
    assert [(one["level_m"], one["at"]) for one in found.records] == [(905, "2026-11-18T00:00:00Z")]
    assert not found.readings


def test_a_static_level_is_none_that_is_dynamic(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Well,Date/Time,Static/Dynamic,Fluid Level (ft),Casing Pressure (psi)\n"
        "101,2026-10-14 09:30,Dynamic,4921,150\n101,2026-10-20 09:30,Static,1640,300\n"
        "102,2026-10-15 11:00,D,3281,45\n"
    )
    found = take(strangers, tmp_path, text)
    assert [one["level"] for one in found.records] == ["dynamic", "static", "dynamic"]


def test_a_protocol_with_the_norms_of_its_methods_stands_upright(
    strangers: Workspace, tmp_path: Path
) -> None:
    names = ("Плотность нефти", "Обводненность", "Парафин", "Смолы", "Асфальтены", "Сера")
    lines = "".join(f"{name};%;{i + 1};ГОСТ {3900 + i}\n" for i, name in enumerate(names) if i)
    text = "Протокол испытаний от 11.10.2026\nСкважина 101\nПоказатель;Ед. изм.;Результат;НД\n" + lines
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert {one["method"] for one in found.records} >= {"ГОСТ 3901", "ГОСТ 3904"}


@pytest.mark.parametrize(
    ("period", "meant"), [("10.2026", "month"), ("01.10.2026", "day"), ("9.2026", "month")]
)
def test_energy_of_a_month_is_none_of_a_day(
    strangers: Workspace, tmp_path: Path, period: str, meant: str
) -> None:
    found = take(strangers, tmp_path, f"Скв №;Период;Потребление эл.энергии, кВт·ч\n101;{period};6510\n")
    assert not found.refused, found.details
    assert [
        (one["energy_period"] if meant == "month" else one.get("energy_period", "day"))
        for one in found.records
    ] == [meant]
    assert found.records[0]["energy_j"] == pytest.approx(6510 * KWH)


def test_what_is_planned_is_dated_with_its_plan(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Скв.;Ремонт;План. начало;План. окончание;Мероприятие;Статус\n"
        "101;ПРС;02.12.2026;04.12.2026;Смена насоса;планируется\n"
    )
    (job,) = take(strangers, tmp_path, text).records
    assert (job["at"], job["kind"], job["state"], job["work"]) == (
        "2026-12-02T00:00:00Z",
        "prs",
        "planned",
        "Смена насоса",
    )


def test_alarms_without_tags_are_called_by_what_they_say(strangers: Workspace, tmp_path: Path) -> None:
    text = "Дата и время;Скважина;Сообщение;Приоритет\n12.11.2026 03:14:05;101;Недогрузка по току;высокий\n"
    assert take(strangers, tmp_path, text).records[0]["alarm_tag"] == "Недогрузка по току"


def test_the_time_within_a_stroke_dates_no_card(strangers: Workspace, tmp_path: Path) -> None:
    points = "".join(f"{i / 10:.1f};{1.2 - abs(i - 10) / 10:.2f};{50 + 15 * (i < 10)}\n" for i in range(20))
    head = "Well;101\nDate and time;2026-10-20 14:05\nPumping speed, spm;6\nTime, s;Position, m;Load, kN\n"
    assert take(strangers, tmp_path, head + points).cards == 1


# ---- words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "word", "code"),
    [
        ("lift", "г/л", "gas_lift"),
        ("lift", "УЭВН", "pcp"),
        ("lift", "ППД", "injection"),
        ("state", "закачка", "running"),
        ("state", "б/д", "inactive"),
        ("state", "Shut-in", "stopped"),
        ("state", "Producing", "running"),
        ("state", "не работает", "stopped"),
    ],
)
def test_lifts_and_states_are_understood_as_people_write_them(field: str, word: str, code: str) -> None:
    target = TABLE_KINDS["wells"].target(field)
    assert target is not None
    assert choice_of(word, target) == code


@pytest.mark.parametrize("word", ["Против часовой", "против часовой стрелки", "Counter-clockwise", "ccw"])
def test_a_choice_is_understood_as_the_program_itself_calls_it(word: str) -> None:
    target = TABLE_KINDS["pumping_unit"].target("rotation")
    assert target is not None
    assert choice_of(word, target) == "counter_clockwise"


def test_what_is_no_choice_is_told_with_the_choices_in_words(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, "Скважина;Способ эксплуатации\n101;мотыга\n")
    assert found.refused == "value_not_choice"
    assert "Нагнетательная" in found.details["known"]["ru"]
    assert "srp" not in found.details["known"]["ru"]


@pytest.mark.parametrize(
    ("unit", "value", "pascals"),
    [("ГПа", 210.29, 210.29e9), ("10⁶ psi", 30.5, 30.5 * 6_894.757293168e6), ("МПа", 210_290, 210.29e9)],
)
def test_a_modulus_in_gigapascals_is_none_in_hectopascals(
    strangers: Workspace, tmp_path: Path, unit: str, value: float, pascals: float
) -> None:
    text = f"Скважина;Длина секции, м;Диаметр, мм;Модуль упругости, {unit}\n102;500;22;{value}\n"
    (one,) = take(strangers, tmp_path, text).records
    assert packed(one)["sections"][0]["modulus_pa"] == pytest.approx(pascals)

"""Passports and tables of equipment as strangers write them: what each column is proposed to be and what is
made of it, in SI. No file, no store.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.core.clock import UTC
from app.importers.base import Contents
from app.importers.grid import sheet_of
from app.importers.opening import Asked, proposal
from app.importers.perforation_words import intervals_of
from app.importers.titles import field_said
from app.importers.trial import Tried, try_plan
from app.importers.vocabulary import vocabulary

BOOK = Path("book.xlsx")
Rows = Sequence[Sequence[Any]]
PSI, ATM = 6_894.757293168, 101_325.0
BBL_D = 0.158987294928 / 86_400


def tried(**sheets: Rows) -> Tried:
    """A book of these sheets, taken as it is proposed."""
    words = vocabulary()
    made = [sheet_of(BOOK, name, [list(row) for row in rows], words) for name, rows in sheets.items()]
    contents = Contents(tuple(sheet for sheet in made if sheet is not None))
    plan = proposal(BOOK, contents, Asked())
    return try_plan(BOOK, contents, plan, None, datetime(2026, 12, 1, tzinfo=UTC))


def records(found: Tried, kind: str) -> list[dict[str, Any]]:
    """With what is packed in them unpacked."""
    made = []
    for batch in found.batches:
        if batch.kind is not None and batch.kind.key == kind and batch.named_records is not None:
            for row in batch.named_records.to_pylist():
                made.append(row | json.loads(row[batch.kind.packed] if batch.kind.packed else "{}"))
    return made


def passport(*pairs: tuple[str, Any]) -> Tried:
    whose = [("Скважина", "515"), ("Месторождение", "Берёзовское"), ("Куст", "17")]
    return tried(Паспорт=[*whose, *pairs])


def equipment(found: Tried) -> dict[str, Any]:
    (record,) = records(found, "installation")
    return record


def said(found: Tried) -> set[str]:
    return {code for code, _ in found.remarks}


def left_out(found: Tried) -> set[str]:
    return {about["column"] for code, about in found.remarks if code == "import.column_unused"}


# ---- gas lift ----------------------------------------------------------------------------------------------


def test_a_table_of_gas_lift_valves_is_one_record_with_a_row_a_valve() -> None:
    header = ("Скважина", "Дата", "Глубина клапана, м", "Диаметр седла, мм", "Давление открытия, МПа")
    rows = [("515", "01.09.2026", *valve) for valve in ((1100, 6, 7.8), (650, 6, 8.1), (1500, 6, 7.5))]
    found = tried(Клапаны=[header, *rows])
    valves = equipment(found)["gas_lift"]["valves"]
    assert [valve["depth_m"] for valve in valves] == [650.0, 1100.0, 1500.0]
    assert [valve["opening_pressure_pa"] for valve in valves] == pytest.approx([8.1e6, 7.8e6, 7.5e6])
    assert {valve["port_m"] for valve in valves} == {0.006}
    assert equipment(found)["jet"] == {}


def test_american_valves_beside_a_well_and_a_date_are_no_survey() -> None:
    header = ("Well", "Field", "Install Date", "MD (ft)", "Port Size (1/64 in)", "Ptro (psig)")
    rows = [("SMITH 7H", "Eagle Flat", "09/14/2026", *one) for one in ((2150, 16, 985), (6700, 20, None))]
    first, last = equipment(tried(**{"GL Valves": [header, *rows]}))["gas_lift"]["valves"]
    assert first["depth_m"] == pytest.approx(2150 * 0.3048)
    assert first["port_m"] == pytest.approx(0.00635)
    assert first["opening_pressure_pa"] == pytest.approx(985 * PSI + ATM)
    assert last["port_m"] == pytest.approx(20 * 0.0254 / 64)
    assert "opening_pressure_pa" not in last


def test_valves_that_name_no_well_are_of_the_one_that_the_books_passport_names_and_it_is_said() -> None:
    wellbore = [("Well Name", "SMITH 7H"), ("Field", "Eagle Flat"), ("Lift Type", "Gas Lift")]
    wellbore += [("Install Date", "09/14/2026"), ("Tubing OD (in)", 2.875), ("Packer Depth (ft)", 6900)]
    valves = [("Valve No", "MD (ft)", "Port Size (1/64 in)"), (1, 2150, 16), (2, 3640, 16), (3, 4820, 16)]
    found = tried(**{"Wellbore": wellbore, "GL Valves": valves})
    assert {record["well_name"] for record in records(found, "installation")} == {"SMITH 7H"}
    assert "import.well_of_book" in said(found)
    assert "Valve No" not in left_out(found)


def test_depths_alone_are_no_valves_and_a_nozzle_is_no_seat() -> None:
    stations = [("MD (ft)", "Inc (deg)", "Azi (deg)"), (0, 0, 0), (500, 1.5, 40), (900, 2.5, 41)]
    assert tried(**{"Well 12": stations}).kind == "survey"
    jet = passport(("Способ", "Струйный насос"), ("Дата спуска", "12.07.2026"), ("Диаметр сопла, мм", 4.2))
    assert equipment(jet)["jet"]["nozzle_m"] == pytest.approx(0.0042)


# ---- perforations ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "cell", "top", "bottom"),
    [
        ("Интервал перфорации, м", "1402-1410", 1402.0, 1410.0),
        ("Перфорация, м", "1402,5 – 1410,0", 1402.5, 1410.0),
        ("Интервалы перфорации", "1415-1420; 1402-1410", 1402.0, 1420.0),
        ("Perfs", "4602-4630 ft", 4602 * 0.3048, 4630 * 0.3048),
        ("Perforated interval, ft", "4602-4630", 4602 * 0.3048, 4630 * 0.3048),
    ],
)
def test_an_interval_in_one_cell_is_top_and_bottom_of_the_perforations(
    name: str, cell: str, top: float, bottom: float
) -> None:
    found = passport(("Дата спуска", "03.09.2026"), ("Способ", "ШГН"), ("НКТ", "73х5,5"), (name, cell))
    hole = equipment(found)["hole"]
    assert (hole["perforation_top_m"], hole["perforation_bottom_m"]) == pytest.approx((top, bottom))
    assert ("import.perforations_joined" in said(found)) == (";" in cell)


def test_what_is_no_interval_is_left_empty_and_said_and_columns_of_their_own_go_before() -> None:
    assert intervals_of("1402-1410 и 15") == []
    assert intervals_of("2026-09-03") == []
    assert intervals_of("1402-1410 (ЮВ1), 1415-1420") == [(1402.0, 1410.0), (1415.0, 1420.0)]
    assert intervals_of("1460-1450 м") == [(1460.0, 1450.0)]  # upside down: told by what checks the record
    found = passport(("Дата спуска", "03.09.2026"), ("Пакер, м", 1390), ("Перфорация, м", "два"))
    assert [problem.code for problem in found.problems] == ["value_odd"]
    own = [("Top Perf (ft)", 7010), ("Bottom Perf (ft)", 7060), ("Perfs", "100-200")]
    hole = equipment(passport(("Install Date", "2026-09-14"), ("Tubing OD (in)", 2.875), *own))["hole"]
    assert hole["perforation_top_m"] == pytest.approx(7010 * 0.3048)
    assert hole["perforation_bottom_m"] == pytest.approx(7060 * 0.3048)


# ---- progressing cavity pumps ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "turn_m3"),
    [
        ("Подача на 100 об/мин, м3/сут", 2.5, 2.5 / 144_000),
        ("Displacement, bbl/d/100rpm", 24, 24 * BBL_D / 100 * 60),
        ("Подача на оборот, см3/об", 20, 20e-6),
    ],
)
def test_a_rate_at_a_hundred_turns_a_minute_is_the_volume_of_a_turn(
    name: str, value: float, turn_m3: float
) -> None:
    found = passport(("Способ", "УЭВН"), ("Дата спуска", "20.08.2026"), (name, value))
    assert equipment(found)["pcp"]["displacement_m3"] == pytest.approx(turn_m3)


# ---- running numbers ---------------------------------------------------------------------------------------


def test_a_running_number_of_sections_is_no_doubtful_column() -> None:
    rows = [(1, 22, 464, 5), (2, 19, 816, 6)]
    found = tried(Мера=[("Мера штанг скв. 512",), ("№ секции", "Диаметр, мм", "Длина, м", "Износ"), *rows])
    assert left_out(found) == {"Износ"}
    assert "№ секции" not in found.sheets[0]["not_used"]


# ---- how it is run -----------------------------------------------------------------------------------------


def test_a_screw_pump_has_its_speed_and_what_it_is_rated_for() -> None:
    rated = [("Номинальная подача, м3/сут", 25), ("Номинальный напор, м", 1500)]
    turning = ("Частота вращения, об/мин", 1000)
    found = passport(("Способ", "УЭВН"), ("Дата спуска", "20.08.2026"), *rated, turning)
    assert equipment(found)["pcp"]["speed_per_s"] == pytest.approx(1000 / 60)
    assert equipment(found)["pump"]["rated_flow_m3_per_s"] == pytest.approx(25 / 86_400)
    assert equipment(found)["pump"]["rated_head_m"] == 1500.0
    header = ("Well", "Field", "Lift", "Install date", "Pump model", "Pump intake depth, ft", "Speed, rpm")
    american = tried(Sheet1=[header, ("JONES 3", "Eagle Flat", "PCP", "2026-08-02", "24-1200", 3850, 210)])
    assert equipment(american)["pcp"]["speed_per_s"] == pytest.approx(3.5)
    assert equipment(american)["pump"]["depth_m"] == pytest.approx(3850 * 0.3048)
    assert not american.problems
    assert not records(american, "pumping_unit")


def test_gas_that_lifts_power_fluid_and_choke_stand_beside_the_equipment() -> None:
    lifted = passport(
        ("Lift Type", "Gas Lift"),
        ("Install Date", "09/14/2026"),
        ("Packer Depth (ft)", 6900),
        ("Injection Gas Rate (Mscf/d)", 650),
        ("Injection Pressure (psig)", 1050),
    )
    injected = equipment(lifted)["injection"]
    assert injected["injection_m3_per_s"] == pytest.approx(650 * 28.316846592 / 86_400)
    assert injected["injection_pressure_pa"] == pytest.approx(1050 * PSI + ATM)
    jet = passport(
        ("Способ", "Струйный насос"),
        ("Дата спуска", "12.07.2026"),
        ("Диаметр сопла, мм", 4.2),
        ("Давление рабочей жидкости, МПа", 18),
        ("Расход рабочей жидкости, м3/сут", 140),
    )
    assert equipment(jet)["jet"]["power_fluid_pressure_pa"] == 18e6
    assert equipment(jet)["jet"]["power_fluid_m3_per_s"] == pytest.approx(140 / 86_400)
    tubing = [("НКТ", "73х5,5"), ("Глубина спуска НКТ, м", 2300)]
    flowing = passport(("Способ", "Фонтан"), ("Дата", "05.05.2026"), *tubing, ("Диаметр штуцера, мм", 8))
    assert equipment(flowing)["choke_m"] == pytest.approx(0.008)
    assert (equipment(flowing)["tubing"]["depth_m"], equipment(flowing)["pump"]) == (2300.0, {})


def test_how_a_well_is_run_alone_is_no_change_of_its_equipment() -> None:
    rows = [("515", f"0{day}.10.2026", 31, 62, 8) for day in (1, 2, 3)]
    found = tried(Замеры=[("Скважина", "Дата", "Qж, м3/сут", "Обв., %", "Диаметр штуцера, мм"), *rows])
    assert (found.kind, records(found, "installation")) == ("readings", [])
    alone = tried(Лист=[("Скважина", "Дата", "Диаметр штуцера, мм"), ("515", "01.10.2026", 8)])
    assert not records(alone, "installation")


# ---- injection wells ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "lift"),
    [
        ("Назначение", "Нагнетательная", "injection"),
        ("Категория", "нагн.", "injection"),
        ("Характер работы", "ППД", "injection"),
        ("Well type", "Injector", "injection"),
        ("Назначение", "Добывающая", None),
    ],
)
def test_a_purpose_whose_words_are_lifts_says_the_lift(name: str, value: str, lift: str | None) -> None:
    tubing = [("НКТ", "89х6,5"), ("Пакер, м", 2395), ("Приёмистость, м3/сут", 220)]
    found = passport((name, value), ("Дата ввода", "01.03.2024"), *tubing, ("Давление закачки, МПа", 14))
    assert dict(pair for batch in found.batches for pair in batch.lifts).get("515") == lift
    assert equipment(found)["injection"]["injection_m3_per_s"] == pytest.approx(220 / 86_400)
    assert equipment(found)["injection"]["injection_pressure_pa"] == 14e6


def test_producers_among_injectors_are_no_errors_and_a_lift_of_its_own_goes_before() -> None:
    header = ("Скважина", "Месторождение", "Назначение", "Дата спуска", "НКТ", "Глубина спуска НКТ, м")
    rows = [("1", "М", "Нагнетательная", "01.03.2024", "89х6,5", 2410)]
    rows.append(("2", "М", "Добывающая", "01.03.2024", "73х5,5", 2300))
    found = tried(Фонд=[header, *rows])
    assert not found.problems
    assert [pair for batch in found.batches for pair in batch.lifts] == [("1", "injection")]
    both = passport(("Назначение", "Нагнетательная"), ("Способ", "ЭЦН"), ("Дата спуска", "01.03.2024"))
    assert {pair for batch in both.batches for pair in batch.lifts} <= {("515", "esp")}


# ---- motors ------------------------------------------------------------------------------------------------


def test_an_american_motor_has_its_horse_power_amps_and_volts() -> None:
    motor = [("Motor HP", 100), ("Motor Amps", 38), ("Motor Volts", 1450)]
    found = passport(("Lift", "ESP"), ("Install Date", "2026-07-15"), ("Stages", 185), *motor)
    record = equipment(found)
    assert record["rated_power_w"] == pytest.approx(100 * 745.699872, rel=1e-6)
    assert (record["rated_current_a"], record["esp"]["motor_voltage_v"]) == (38.0, 1450.0)


def test_a_power_beside_a_motor_is_the_motors_and_beside_a_unit_it_is_not() -> None:
    header = ("№ п/п", "Скважина", "Месторождение", "Способ", "Дата монтажа", "Насос", "ПЭД", "Мощность, кВт")
    found = tried(Фонд=[header, (1, "601", "М", "УЭЦН", "01.06.2026", "ЭЦН5-125-2000", "ПЭД45-117", 45)])
    assert equipment(found)["rated_power_w"] == 45e3
    assert not left_out(found)


# ---- rods --------------------------------------------------------------------------------------------------


def test_a_sinker_bar_is_a_section_with_its_part_and_plunger_and_anchor_are_read_in_inches() -> None:
    header = ("Well", "Run date", "Section", "Rod size, in", "Grade", "Length, ft", "Count")
    sizes = (('1"', 1250), ('7/8"', 1500), ('3/4"', 1750), ('1 1/2" sinker bar', 200))
    rows = [("SMITH 4", "2026-08-01", n, size, "D", length, 8) for n, (size, length) in enumerate(sizes, 1)]
    pump_header = ("Well", "Field", "Lift", "Run date", "Plunger size, in", "Pump depth, ft", "Anchor")
    pump = [pump_header, ("SMITH 4", "Eagle Flat", "Rod Pump", "2026-08-01", 1.75, 4700, "Yes")]
    found = tried(**{"Rod tally": [header, *rows], "Pump": pump})
    assert not found.problems
    sections = records(found, "rod_string")[0]["sections"]
    assert [one["diameter_m"] for one in sections] == pytest.approx([0.0254, 0.022225, 0.01905, 0.0381])
    assert [one.get("part") for one in sections] == [None, None, None, "sinker_bars"]
    assert sections[-1]["length_m"] == pytest.approx(200 * 0.3048)
    assert equipment(found)["pump"]["plunger_diameter_m"] == pytest.approx(1.75 * 0.0254)
    assert equipment(found)["tubing"]["anchored"] is True


@pytest.mark.parametrize("cell", ["Утяжелитель 38 мм", "Тяжёлый низ 38 мм"])
def test_russian_sinker_bars_are_told_beside_sizes_in_millimetres(cell: str) -> None:
    rows = [(22, 464), (19, 800), (cell, 16)]
    found = tried(Мера=[("Мера насосных штанг скв. 512",), ("Диаметр, мм", "Длина, м"), *rows])
    sections = records(found, "rod_string")[0]["sections"]
    assert [one.get("part") for one in sections] == [None, None, "sinker_bars"]
    assert sections[-1]["diameter_m"] == pytest.approx(0.038)


# ---- several kinds in a row, curves, cards -----------------------------------------------------------------


def test_fluid_pressures_and_level_of_one_sheet_are_records_of_their_kinds() -> None:
    header = ("Well", "Field", "Date", "Oil gravity, API", "Water cut, %", "GOR, scf/bbl", "Water SG")
    pressures = ("Tubing pressure, psig", "Casing pressure, psig", "Fluid level, ft")
    row = ("SMITH 4", "Eagle Flat", "2026-10-10", 34, 55, 280, 1.08, 120, 85, 3900)
    found = tried(Fluid=[(*header, *pressures), row])
    (fluid,), (head,), (level,) = (
        records(found, kind) for kind in ("fluid", "head_pressures", "fluid_level")
    )
    assert fluid["oil_relative_density"] == pytest.approx(141.5 / 165.5)
    assert fluid["gas_oil_ratio"] == pytest.approx(280 * 0.028316846592 / 0.158987294928)
    assert (fluid["water_cut"], fluid["water_relative_density"]) == (0.55, 1.08)
    assert head["tubing_pressure_pa"] == pytest.approx(120 * PSI + ATM)
    assert level["level_m"] == pytest.approx(3900 * 0.3048)
    assert not left_out(found)


def test_a_level_beside_a_rate_with_its_densities_stays_a_test_or_a_level() -> None:
    header = ("Скважина", "Дата замера", "Qж, м3/сут", "Обв., %", "Плотность нефти, г/см3", "Ндин, м")
    found = tried(Замеры=[header, ("515", "01.10.2026 06:00", 31, 62, 0.86, 905)])
    assert not records(found, "fluid")


def test_a_curve_whose_head_rises_with_the_rate_is_refused_and_one_in_barrels_and_feet_is_in_si() -> None:
    header = ("Скважина", "Дата", "Подача, м3/сут", "Напор, м")
    rows = [
        ("513", "01.09.2026", q, h)
        for q, h in zip(range(0, 100, 20), (100, 300, 600, 800, 1000), strict=False)
    ]
    rising = tried(НРХ=[header, *rows])
    assert [problem.code for problem in rising.problems] == ["curve_is_no_pumps"]
    american = [("BROWN 2", 185, q, h, b) for q, h, b in ((0, 6290, 46), (900, 5890, 61), (2100, 2700, 76))]
    found = tried(Curve=[("Well", "Stages", "Rate, bpd", "Head, ft", "BHP"), *american])
    points = equipment(found)["esp"]["curve"]
    assert [one["flow_m3_per_s"] for one in points] == pytest.approx([0, 900 * BBL_D, 2100 * BBL_D])
    assert [one["head_m"] for one in points] == pytest.approx([6290 * 0.3048, 5890 * 0.3048, 2700 * 0.3048])
    assert points[0]["power_w"] == pytest.approx(46 * 745.699872, rel=1e-6)


def test_a_survey_in_feet_and_a_card_in_inches_and_pounds_are_in_si() -> None:
    stations = [(depth, 0.02 * depth, 45) for depth in (0, 250, 500)]
    survey = tried(Survey=[("Well: SMITH 4",), ("MD (ft)", "Inc (deg)", "Azi (deg)"), *stations])
    last = records(survey, "survey")[0]["stations"][-1]
    assert last["measured_depth_m"] == pytest.approx(152.4)
    assert last["inclination_rad"] == pytest.approx(math.radians(10))
    lines = [("Well", "SMITH 4"), ("Date", "2026-10-12 14:05"), ("SPM", 8.2)]
    turn = [2 * math.pi * i / 40 for i in range(40)]
    points = [(43 - 43 * math.cos(a), 12_000 + 3_000 * math.sin(a)) for a in turn]
    ((_, card),) = next(
        batch.named_cards
        for batch in tried(Card=[*lines, ("Position (in)", "Load (lbf)"), *points]).batches
        if batch.named_cards
    )
    assert float(np.ptp(card.position_m)) == pytest.approx(86 * 0.0254, rel=1e-3)
    assert float(np.max(card.load_n)) == pytest.approx(15_000 * 4.4482216152605, rel=1e-3)


def test_a_sheet_that_is_left_out_says_why() -> None:
    valves = [("Скважина", "Дата", "Глубина клапана, м", "Диаметр седла, мм"), ("515", "01.09.2026", 650, 6)]
    found = tried(Клапаны=valves, Меню=[("Блюдо", "Цена", "Ккал"), ("Борщ", 120, 340), ("Котлета", 180, 420)])
    (skipped,) = (sheet for sheet in found.sheets if sheet.get("skipped"))
    assert (skipped["name"], skipped["why"]["code"]) == ("Меню", "no_kind_fits")


# ---- the field in a title ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Технологический режим на октябрь 2026 г. Берёзовское месторождение", "Берёзовское"),
        ("Мера штанг Южно-Приобского месторождения, куст 17", "Южно-Приобское"),
        ("Field: Eagle Flat", "Eagle Flat"),
        ("Field\tEagle Flat \nPad\t7", "Eagle Flat"),
        ("Месторождение: Северное, куст 5", "Северное"),
        ("Отчёт по месторождению за месяц", ""),
        ("Оборудование, куст 31, месторождение Ключевское, на 25.11.2026", "Ключевское"),
        ("Паспорт месторождения Верхне-Тарского", "Верхне-Тарское"),
        ("Месторождение Оборудование скважин", ""),
        ("Oil field report", ""),
    ],
)
def test_a_title_says_the_field(title: str, field: str) -> None:
    assert field_said(title) == field


def test_a_field_in_the_title_is_the_wells_unless_a_column_says_it() -> None:
    stations = [(depth, 0.02 * depth, 45) for depth in (0, 250, 500)]
    header = ("MD (ft)", "Inc (deg)", "Azi (deg)")
    found = tried(Survey=[("Well: SMITH 4",), ("Field: Eagle Flat",), header, *stations])
    assert found.plan.sheets[0].field_name == "Eagle Flat"
    columns = ("№ скв.", "Способ экспл.", "Типоразмер насоса", "Глубина спуска, м")
    wells = [("513", "ЭЦН", "ЭЦН5-80-1800", 1750), ("516", "ФОН", None, None)]
    regime = tried(
        ТР=[("Технологический режим на октябрь 2026 г. Берёзовское месторождение",), columns, *wells]
    )
    assert {well.field_name for batch in regime.batches for well in batch.wells} == {"Берёзовское"}
    own = tried(
        Лист=[
            ("Берёзовское месторождение",),
            ("Скважина", "Месторождение", "Способ"),
            ("1", "Северное", "ЭЦН"),
        ]
    )
    assert own.plan.sheets[0].field_name == ""

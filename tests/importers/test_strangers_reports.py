"""Reports of a month, stops, plans, money and tests as departments and operators write them: what has a home
is taken, what has none is said by its name, and one odd cell refuses no file.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest

from app.cli.files import import_
from app.core.errors import KnownError
from app.core.texts import Speaker
from app.importers.targets import TABLE_KINDS
from app.services.imports.opening import ImportOptions
from app.services.imports.writing import refuse
from app.services.workspace import Workspace
from tests.importers.imported import imported, readers_here, strangers
from tests.importers.test_strangers_kinds import BBL, DAY, book, series, take

__all__ = ["readers_here", "strangers"]

pytestmark = pytest.mark.usefixtures("readers_here")


# ---- lifts -------------------------------------------------------------------------------------------------


def test_the_lift_of_a_monthly_report_is_the_wells(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "Месячный эксплуатационный рапорт\n№ скв.;Месяц;Способ экспл.;Добыча нефти, т;Время работы, ч\n"
        "101;09.2026;ШГН;500;700\n101;10.2026;ЭЦН;500;740\n801;10.2026;ШГН;200;720\n"
    )
    path = tmp_path / "f.csv"
    path.write_text(text)
    found = imported(strangers, path, ImportOptions(new_wells=True))
    assert found.checked is not None
    assert not found.refused, found.details
    assert [(well.name, well.lift) for well in found.checked.new_wells] == [("801", "srp")]
    assert not found.checked.lifts  # what it was a month before is no change of today's


def test_another_lift_than_is_known_is_asked_about(strangers: Workspace, tmp_path: Path) -> None:
    text = "№ скв.;Месяц;Способ экспл.;Добыча нефти, т\n101;10.2026;ШГН;500\n"
    assert take(strangers, tmp_path, text).refused == "lift_changes"
    found = take(strangers, tmp_path, text.replace("ШГН", "по графику"))
    assert not found.refused
    assert "value_not_choice" in found.said


# ---- stops -------------------------------------------------------------------------------------------------

STOPS = "Скважина;Начало простоя;Конец простоя;Причина\n101;01.10.2026 05:00;01.10.2026 08:00;Нет э/э\n"


def test_a_stop_without_an_end_is_open_and_one_without_a_beginning_is_said(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = STOPS + "101;13.10.2026 05:00;;Ремонт ВЛ\n101;;14.10.2026 05:00;Клин\n"
    found = take(strangers, tmp_path, text)
    assert found.kind == "event"
    assert [(row["at"], "until" in row, row["note"]) for row in found.records] == [
        ("2026-10-01T05:00:00Z", True, "Нет э/э"),
        ("2026-10-13T05:00:00Z", False, "Ремонт ВЛ"),
    ]
    assert "start_missing" in found.said


def test_a_repair_stays_a_repair(strangers: Workspace, tmp_path: Path) -> None:
    text = STOPS.replace("простоя", "ремонта")
    assert take(strangers, tmp_path, text).kind == "workover"


def test_a_stop_told_by_its_length_ends_then_and_one_of_no_length_is_none(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Date,Well,Downtime (hrs),Reason\n2026-10-13,101,0,\n2026-10-14,101,12,Power\n"
    found = take(strangers, tmp_path, text)
    assert [(row["at"], row["until"].hour, row["note"]) for row in found.records] == [
        ("2026-10-14T00:00:00Z", 12, "Power")
    ]
    assert found.said >= {"import.stops_of_no_length", "import.stops_from_midnight"}


# ---- money and pipes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("head", "cell"), [("Tariff", "$0.085/kWh"), ("Tariff (USD/kWh)", "0.085")])
def test_money_of_another_country_is_left_out_by_name(
    strangers: Workspace, tmp_path: Path, head: str, cell: str
) -> None:
    text = f"Date,Well,Energy (kWh),{head}\n2026-10-13,101,1200,{cell}\n2026-10-14,101,1300,{cell}\n"
    found = take(strangers, tmp_path, text)
    assert [row["energy_j"] for row in found.records] == [1200 * 3.6e6, 1300 * 3.6e6]
    assert not any("tariff_per_j" in row for row in found.records)
    assert "import.currency" in found.said


@pytest.mark.parametrize(
    "cell", ['5 1/2"" 17#', '5-1/2"" 17# J-55', '5.5"" 17 ppf', '5 1/2"" 23 lb/ft N-80 LTC']
)
def test_a_casing_is_told_by_its_size_beside_its_weight(
    strangers: Workspace, tmp_path: Path, cell: str
) -> None:
    text = f'Well,Lift,Pump depth (ft),Casing,Stages\n101,ESP,7500,"{cell}",210\n'
    found = take(strangers, tmp_path, text)
    assert '"casing_diameter_m": 0.1397' in found.records[0]["equipment"]


# ---- plans -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Скважина;Месяц;План добычи нефти, т\n101;октябрь 2026;500\n",
        "Well,Plan oil (bbl/d),Forecast oil (bbl/d),Month\n101,80,70,2026-10\n",
        "План добычи по цеху\nСкважина;Месяц;Добыча нефти, т\n101;10.2026;500\n",
    ],
)
def test_a_plan_is_refused_as_one_and_no_sensor_is_offered(
    strangers: Workspace, tmp_path: Path, text: str
) -> None:
    found = take(strangers, tmp_path, text)
    assert found.refused == "planned_figures"


def test_of_a_sheet_of_plans_and_one_of_facts_the_facts_are_taken(
    strangers: Workspace, tmp_path: Path
) -> None:
    table = [["Скважина", "Месяц", "Добыча нефти, т"], ["101", "10.2026", 500]]
    path = book(tmp_path / "b.xlsx", {"Факт": table, "План": [table[0], ["101", "10.2026", 600]]})
    found = imported(strangers, path)
    assert [row["oil_kg"] for row in found.records] == [500e3]


# ---- tests by oil and water --------------------------------------------------------------------------------


def test_oil_and_water_by_volume_are_the_liquid_and_its_water_cut(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Test Date,Well,Oil (BOPD),Water (BWPD),Gas (MCFD),THP (psi)\n2026-10-13,101,100,300,50,200\n"
    found = take(strangers, tmp_path, text + "2026-10-14,101,100,,50,200\n")
    assert found.kind == "flow_test"
    assert [(row["liquid_m3_per_s"], row["water_cut"]) for row in found.records] == [
        (pytest.approx(400 * BBL / DAY), pytest.approx(0.75))
    ]
    assert found.said >= {"import.by_parts", "part_missing", "import.column_unused"}


def test_a_liquid_of_its_own_needs_no_parts(strangers: Workspace, tmp_path: Path) -> None:
    text = "Test Date,Well,Gross (bbl/d),Oil (BOPD),Water (BWPD)\n2026-10-13,101,410,100,300\n"
    found = take(strangers, tmp_path, text)
    assert [row["liquid_m3_per_s"] for row in found.records] == [pytest.approx(410 * BBL / DAY)]
    assert "import.column_unused" in found.said


# ---- tags, words, files ------------------------------------------------------------------------------------


def test_tags_in_the_header_name_their_well_be_it_the_only_one(strangers: Workspace, tmp_path: Path) -> None:
    rows = "2026-10-13 05:00,800,50\n2026-10-13 06:00,801,50\n"
    text = "Time,SMITH 12H.PIP (psi),SMITH 12H.Freq (Hz)\n" + rows
    found = take(strangers, tmp_path, text, well="101", new_wells=True)
    assert set(found.readings) == {"SMITH 12H"}
    assert set(found.readings["SMITH 12H"]) == {"intake_pressure", "frequency"}
    found = take(strangers, tmp_path, text.replace("SMITH 12H", "ESP1"), well="101")
    assert "ESP1" not in found.readings


def test_a_month_of_production_is_known_by_its_usual_names(strangers: Workspace, tmp_path: Path) -> None:
    text = "Well,Prod Month,Oil (BBL),Days On\n101,Sep-26,900,30\n101,Oct-26,910,31\n"
    found = take(strangers, tmp_path, text)
    assert [(row["at"], row["period"]) for row in found.records] == [
        ("2026-09-01T00:00:00Z", "month"),
        ("2026-10-01T00:00:00Z", "month"),
    ]


def test_insulation_and_what_was_not_measured_are_understood(strangers: Workspace, tmp_path: Path) -> None:
    text = "Время;Сопр. изоляции, кОм;Рпр, атм\n01.10.2026 05:00;5000;н/з\n13.10.2026 06:00;не зам.;51\n"
    found = take(strangers, tmp_path, text, well="101")
    assert series(found, "101", "insulation_resistance") == [("2026-10-01T05:00:00Z", 5e6)]
    assert len(series(found)) == 1


def test_noise_that_calls_itself_a_workbook_is_told_so(strangers: Workspace, tmp_path: Path) -> None:
    noise = bytes((i * 7919 + i * i * 31) % 256 for i in range(5000))
    found = take(strangers, tmp_path, noise, "noise.xlsx")
    assert found.refused == "file_other_inside"
    assert take(strangers, tmp_path, noise, "noise.qqq").refused == "file_unknown_kind"


# ---- what is said ------------------------------------------------------------------------------------------


def test_a_row_with_two_errors_names_both_and_no_column_is_without_a_name(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Дата;Скважина;Qж, м3/сут;Обв, %\n99.99.2026;101;5O;45\n13.10.2026;101;50;45\n"
    found = take(strangers, tmp_path, text)
    assert found.refused == "value_not_time"
    assert "Qж, м3/сут" in found.details["also"]["ru"]
    assert "not a number" in found.details["also"]["en"]
    found = take(strangers, tmp_path, "Qж, м3/сут;Обв, %\n50;45\n51;44\n", well="101", kind="flow_test")
    assert found.details.get("column", "?") != ""


def test_no_error_of_a_row_is_told_of_a_column_without_a_name(strangers: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("Скважина;Дата;Вид ремонта\n101;;КРС\n")
    found = imported(strangers, path)
    assert found.checked is not None
    assert found.refused
    for language in ("ru", "en"):
        with pytest.raises(KnownError) as stopped:
            refuse(path, found.checked, found.checked.plan)
        words = Speaker(language).error(stopped.value)
        assert "«»" not in words
        assert "“”" not in words


# ---- texts of programs, tables in long form ----------------------------------------------------------------

RODSTAR = """RODSTAR-V  Rod String Design
Company: X   Well: 101
Stroke length (in): 100.5   SPM: 8.5

Diameter (inches)  Rod Grade  Length (ft)
------------------------------------------
1                  D          1500
0.875              D          2000

Pump depth (ft): 3500
"""


@pytest.mark.parametrize(
    "text",
    [
        RODSTAR,
        RODSTAR.replace("Diameter (inches)  Rod Grade  Length (ft)", "Diameter  Rod Grade  Length").replace(
            "-" * 42, "(in)  -  (ft)"
        ),
        "RP-11L PREDICTION\nWELL: 101\nROD STRING:\n SECTION DIAMETER(IN) LENGTH(FT) GRADE\n"
        " 1 1 1500 D\n 2 0.875 2000 D\n",
    ],
)
def test_the_string_in_a_report_of_a_rod_program_is_taken_and_the_rest_is_said(
    strangers: Workspace, tmp_path: Path, text: str
) -> None:
    found = take(strangers, tmp_path, text, "design.txt")
    assert not found.refused, (found.refused, found.details)
    sections = json.loads(found.records[0]["body"])["sections"]
    assert [(one["diameter_m"], one["length_m"]) for one in sections] == [
        (pytest.approx(0.0254), pytest.approx(457.2)),
        (pytest.approx(0.022225), pytest.approx(609.6)),
    ]
    assert found.records[0]["well"] == "101"
    assert "import.rod_text_rest" in found.said


LONG = (
    "Well,Date,Product,Volume,UOM\n101,2026-09-01,Oil,900,BBL\n101,2026-09-01,Gas,1200,MCF\n"
    "101,2026-10-01,Oil,910,BBL\n101,2026-10-01,Gas,1210,MCF\n"
)


def test_production_in_long_form_is_read_where_each_row_says_its_unit(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take(strangers, tmp_path, LONG)
    assert [(row["at"], row["period"], row["oil_m3"]) for row in found.records] == [
        ("2026-09-01T00:00:00Z", "month", pytest.approx(900 * BBL)),
        ("2026-10-01T00:00:00Z", "month", pytest.approx(910 * BBL)),
    ]
    assert found.records[0]["gas_m3"] == pytest.approx(1200 * 28.316846592)


@pytest.mark.parametrize(
    "text",
    [
        LONG + "101,2026-10-01,Oil,5,BBL\n",  # said twice
        LONG.replace("910,BBL", "910,m3"),  # in two units
    ],
)
def test_a_fluid_that_is_said_twice_or_in_two_units_is_not_put_together(
    strangers: Workspace, tmp_path: Path, text: str
) -> None:
    assert take(strangers, tmp_path, text).refused


def test_a_test_that_tells_volumes_and_hours_is_no_day_of_production(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Well,Test Date,Test Hrs,Oil (bbl),Water (bbl),Gas (mcf)\n101,10/13/2026,12,100,300,50\n"
    found = take(strangers, tmp_path, text)
    assert found.kind == "flow_test"
    [row] = found.records
    assert row["liquid_m3_per_s"] == pytest.approx(400 * BBL / (DAY / 2))
    assert row["gas_m3_per_s"] == pytest.approx(50 * 28.316846592 / (DAY / 2))
    assert found.said >= {"import.by_parts", "import.by_duration"}
    daily = take(strangers, tmp_path, text.replace("Test Date", "Date").replace("Test Hrs", "Down hrs"))
    assert daily.kind == "production"


def test_units_behind_names_are_heard_and_a_remark_alone_is_no_equipment(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Well,Date,Oil bbl,Gas mcf,Tbg psi,Remarks\n101,10/13/2026,100,50,200,down 4 hrs\n"
    found = take(strangers, tmp_path, text)
    assert [row["oil_m3"] for row in found.records] == [pytest.approx(100 * BBL)]
    found = take(strangers, tmp_path, "Well,Colour,Remarks\n101,red,down 4 hrs\n")
    assert found.refused


def test_an_event_in_free_words_is_a_note_and_refuses_no_file(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Дата;Время;События\n101;13.10.2026;05:00;Запуск\n101;13.10.2026;06:00;Отбивка уровня\n"
    found = take(strangers, tmp_path, text)
    assert [(row["kind"], row["note"]) for row in found.records] == [
        ("start", "Запуск"),
        ("note", "Отбивка уровня"),
    ]
    assert "event_as_note" in found.said


def test_a_line_that_says_things_is_no_upper_row_of_the_header(strangers: Workspace, tmp_path: Path) -> None:
    rows = [
        ["Скважина: 101", "Дата отбора: 13.10.2026"],
        ["Показатель", "Ед. изм.", "Норма", "Результат", "Метод"],
        ["Плотность нефти", "кг/м3", "-", "860", "ГОСТ 3900"],
        ["Мех. примеси", "мг/л", "-", "150", "ГОСТ 6370"],
    ]
    found = imported(strangers, book(tmp_path / "p.xlsx", {"Протокол": rows}))
    assert [(row["well"], row["parameter"], row["value"]) for row in found.records] == [
        ("101", "oil_density_20c", 860.0),
        ("101", "solids", 150.0),
    ]


def test_a_table_of_wells_across_is_measured_in_what_its_title_ends_with(
    strangers: Workspace, tmp_path: Path
) -> None:
    text = "Шахматка Рпр, атм\nДата;101;102\n01.10.2026;50;70\n13.10.2026;51;71\n"
    found = take(strangers, tmp_path, text)
    assert series(found, "102")[0][1] == pytest.approx(70 * 101_325, rel=1e-6)


def test_names_of_controllers_are_known(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "DateTime,Drive Freq (Hz),Motor Amps A,Motor Amps B,Pi (psia),Pd (psia),Tm (F)\n"
        "10/13/2026 5:00:00 AM,60,42.1,42.0,1200,3100,245\n"
    )
    found = take(strangers, tmp_path, text, well="101")
    assert set(found.readings["101"]) == {
        "frequency",
        "motor_current_a",
        "motor_current_b",
        "intake_pressure",
        "discharge_pressure",
        "motor_temperature",
    }
    text = "TIME;P_IN;T_MOT;I_AVG\nUnix,s;bar;C;A\n1791867600;51.2;98;25.1\n"
    found = take(strangers, tmp_path, text, well="101")
    assert set(found.readings["101"]) == {"intake_pressure", "motor_temperature", "motor_current"}


def test_whoever_is_asked_for_a_kind_is_told_which_there_are(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, "Well,Colour,Owner\n101,red,me\n")
    assert found.refused == "no_kind_fits"
    words = Speaker("ru").error(KnownError(found.refused, **found.details))
    told = str(inspect.signature(import_).parameters["kind"].annotation)
    for kind in TABLE_KINDS:
        assert kind.key in words
        assert kind.key in told


# ---- liquid or oil -----------------------------------------------------------------------------------------

MONTHLY = (
    "Well;Prod Month;Liquid (Bbls);Gas (Mcf);Water (Bbls)\n"
    "101;Sep-26;900;100;{water}\n101;Oct-26;880;90;400\n"
)


def test_a_liquid_beside_water_is_asked_whether_it_is_oil(strangers: Workspace, tmp_path: Path) -> None:
    text = MONTHLY.format(water=410)
    assert take(strangers, tmp_path, text).refused == "liquid_or_oil"
    path = tmp_path / "answered.csv"
    path.write_text(text)
    for answer, field in (("oil", "oil_m3"), ("total", "liquid_m3")):
        found = imported(strangers, path, ImportOptions(new_wells=True, answers={"liquid_or_oil": answer}))
        assert not found.refused, found.details
        assert [row[field] for row in found.records] == pytest.approx([900 * BBL, 880 * BBL])


def test_more_water_than_liquid_says_that_the_liquid_is_oil(strangers: Workspace, tmp_path: Path) -> None:
    found = take(strangers, tmp_path, MONTHLY.format(water=2000))
    assert not found.refused, found.details
    assert "import.liquid_is_oil" in found.said


def test_a_total_liquid_and_a_russian_one_are_all_of_it(strangers: Workspace, tmp_path: Path) -> None:
    for name in ("Total Liquid (Bbls)", "Добыча жидкости, м3"):
        found = take(strangers, tmp_path, MONTHLY.format(water=410).replace("Liquid (Bbls)", name))
        assert found.refused != "liquid_or_oil"


# ---- units in names ----------------------------------------------------------------------------------------


def test_a_unit_that_a_name_ends_with_is_that_of_the_column(strangers: Workspace, tmp_path: Path) -> None:
    text = (
        "taken_at,well,duration_s,liquid_m3_per_s,oil_kg_per_s,water_cut,line_pressure_pa\n"
        "2026-09-17T10:00:00Z,101,14400,0.001197,0.4262,0.587,992600.9\n"
        "2026-09-20T10:00:00Z,101,14400,0.001094,0.3699,0.608,992600.9\n"
    )
    path = tmp_path / "tests.csv"
    path.write_text(text)
    found = imported(strangers, path, ImportOptions(answers={"share_unit": "fraction"}))
    assert not found.refused, found.details
    (first, _) = found.records
    assert first["liquid_m3_per_s"] == pytest.approx(0.001197)
    assert first["oil_kg_per_s"] == pytest.approx(0.4262)
    assert first["line_pressure_pa"] == pytest.approx(992600.9)
    assert not any("assumed" in code for code in found.said)


def test_a_poor_wells_liquid_of_no_unit_is_that_of_a_day(strangers: Workspace, tmp_path: Path) -> None:
    text = "Скважина;Дата замера;Дебит жидкости\n101;01.10.2026 10:00;0,9\n101;02.10.2026 10:00;0,8\n"
    found = take(strangers, tmp_path, text)
    assert not found.refused, found.details
    assert found.records[0]["liquid_m3_per_s"] == pytest.approx(0.9 / DAY)

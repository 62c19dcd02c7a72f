"""Files of a well that nobody here made: passports, tallies, surveys, plans, alarms … each becomes records of
its kind or is refused by name; the founders' files, and others of the same kinds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from app.core.notices import NoticeBus
from app.core.paths import profile_paths
from app.importers.plan import UNDATED
from app.models.store import records
from app.models.wells import ESP, SRP, Well, WellId
from app.services.imports.opening import ImportOptions
from app.services.opening import open_workspace
from app.services.workspace import Workspace
from tests.conftest import NOW, shared_file
from tests.importers.imported import Imported, imported, readers_here

__all__ = ["readers_here"]
pytestmark = pytest.mark.usefixtures("readers_here")


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A profile with the wells 103, 104 and 201. Nothing is ever written to it here."""
    folder = tmp_path_factory.mktemp("own well")
    opened = open_workspace(profile_paths(folder / "cache.duckdb"), NoticeBus(), lambda: NOW)
    lifts = {"103": ESP, "104": ESP, "201": SRP}
    with opened.store.writing() as cursor:
        wells = [
            Well(WellId(n), name, "Северное", "1", lift) for n, (name, lift) in enumerate(lifts.items(), 1)
        ]
        records.put_wells(cursor, wells)
    yield opened
    opened.close()


@pytest.fixture
def book(tmp_path: Path, field: Workspace) -> Any:
    def take(*rows: tuple[Any, ...], name: str = "file.xlsx", **options: Any) -> Imported:
        made = Workbook()
        for row in rows:
            made.active.append(row)
        made.save(tmp_path / name)
        return imported(field, tmp_path / name, ImportOptions(**options))

    return take


def tables(found: Imported) -> dict[str, list[dict[str, Any]]]:
    """Kind → its rows, with what is packed in them unpacked."""
    assert found.checked is not None
    made: dict[str, list[dict[str, Any]]] = {}
    for batch in found.checked.batches:
        if batch.kind is not None and batch.named_records is not None:
            packed = batch.kind.packed
            for row in batch.named_records.to_pylist():
                body = json.loads(row.pop(packed)) if packed else {}
                made.setdefault(batch.kind.key, []).append(row | body)
    return made


def close(values: dict[str, Any], expected: dict[str, Any]) -> None:
    for key, value in expected.items():
        assert values[key] == (pytest.approx(value) if isinstance(value, float) else value), key


def of_the_founders(field: Workspace, name: str) -> Imported:
    return imported(field, shared_file(f"data/own-well/{name}"))


# ---- passports ---------------------------------------------------------------------------------------------

RODS = [{"length_m": 560.0, "diameter_m": 0.022}, {"length_m": 820.0, "diameter_m": 0.019}]


def test_a_passport_is_a_well_with_its_pump_its_rods_and_its_unit(field: Workspace) -> None:
    found = of_the_founders(field, "passport.xlsx")
    made = tables(found)
    (installation,), (rods,), (unit,) = made["installation"], made["rod_string"], made["pumping_unit"]
    assert found.refused == ""
    assert found.new_wells == ["501"]
    assert installation["pump"] == {"depth_m": 1389.5, "plunger_diameter_m": 0.044}
    assert installation["run_at"].isoformat() == "2026-02-01T00:00:00"
    assert rods["sections"] == RODS
    assert unit == {**unit, "unit_name": "СКД8-3-4000", "stroke_m": 2.5}
    assert found.checked is not None
    assert ("import.rods_short", {"well": "501", "rods_m": 1380.0, "pump_m": 1389.5, "gap_m": 9.5}) in (
        found.checked.remarks
    )


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Штанги", "ШН22 - 560 м; ШН19 - 820 м"),
        ("Компоновка штанг", "22х560+19х820"),
        ("Rod string", "22-560, 19-820"),
    ],
)
def test_rods_in_one_cell_are_the_same_rods(book: Any, header: str, cell: str) -> None:
    found = book(
        ("Скважина", "Насос", "Глубина спуска, м", header, "Дата спуска"),
        ("201", "НВ-44", 1380, cell, "01.02.2026"),
    )
    assert tables(found)["rod_string"][0]["sections"] == RODS
    assert "import.rods_short" not in found.said


def test_rods_that_are_none_are_marked_in_their_cell(book: Any) -> None:
    found = book(
        ("Скважина", "Насос", "Штанги", "Дата спуска"), ("201", "НВ-44", "как в прошлый раз", "01.02.2026")
    )
    assert found.refused == "value_not_rods"


def test_a_passport_in_english_with_rods_in_inches(book: Any) -> None:
    found = book(
        (
            "Well",
            "Lift",
            "Pump",
            "Setting depth, ft",
            "Plunger, in",
            "Rods 7/8 in, ft",
            "Rods 3/4 in, ft",
            "Pumping unit",
            "Stroke length, in",
            "Run date",
        ),
        ("201", "Rod pump", "25-175-RHBC", 4528, 1.75, 1837, 2690, "C-228D-213-86", 86, "2026-02-01"),
    )
    made = tables(found)
    assert [round(one["diameter_m"], 6) for one in made["rod_string"][0]["sections"]] == [0.022225, 0.01905]
    close(made["pumping_unit"][0], {"unit_name": "C-228D-213-86", "stroke_m": 86 * 0.0254})
    assert {"import.unit_whole", "import.unit_rated"} & found.said


def test_a_unit_that_the_catalogue_does_not_have_keeps_its_name_and_its_stroke(book: Any) -> None:
    found = book(
        ("Скважина", "Насос", "Тип СК", "Длина хода, м", "Дата спуска"),
        ("201", "НВ-44", "ЛЕГЕНДА-1", 2.1, "01.02.2026"),
    )
    close(tables(found)["pumping_unit"][0], {"unit_name": "ЛЕГЕНДА-1", "stroke_m": 2.1})
    assert "import.unit_not_in_library" in found.said


def test_a_technological_regime_is_equipment_and_measurements_of_its_month(book: Any) -> None:
    found = book(
        (
            "Скважина",
            "Дата",
            "СЭ",
            "Насос",
            "Глубина спуска, м",
            "Рбуф, атм",
            "Рзатр, атм",
            "Ндин, м",
            "Qж, м3/сут",
            "Обв, %",
        ),
        ("103", "01.10.2026", "ЭЦН", "ЭЦН5А-80-2100", 2150, 18, 12, 950, 80, 45),
    )
    made = tables(found)
    assert set(made) == {"installation", "flow_test", "fluid_level", "head_pressures"}
    close(made["flow_test"][0], {"liquid_m3_per_s": 80 / 86400, "water_cut": 0.45})
    close(made["fluid_level"][0], {"level_m": 950.0, "casing_pressure_pa": 12 * 101325.0})


def test_a_regime_without_a_date_is_asked_for_one(book: Any) -> None:
    found = book(
        ("Скважина", "Насос", "Глубина спуска, м", "Qж, м3/сут", "Обв, %"),
        ("103", "ЭЦН5А-80-2100", 2150, 80, 45),
    )
    assert found.refused in ("column_missing", "value_missing")


def test_a_table_of_one_kind_is_no_passport(book: Any) -> None:
    rows = (
        ("Скважина", "Дата спуска", "Насос", "Глубина спуска, м"),
        ("103", "01.02.2026", "ЭЦН5-50-2000", 2100),
    )
    assert book(*rows).kind == "installation"


# ---- rows that make one record -----------------------------------------------------------------------------


def test_a_survey_is_one_record_of_its_stations(field: Workspace) -> None:
    found = of_the_founders(field, "incl.xlsx")
    ((survey,),) = tables(found).values()
    assert found.kind == "survey"
    assert len(survey["stations"]) == 21
    close(
        survey["stations"][10],
        {
            "measured_depth_m": 1000.0,
            "inclination_rad": 0.3490658503988659,
            "azimuth_rad": 2.0943951023931953,
            "elevation_m": -970.0,
        },
    )
    assert survey["surveyed_at"].isoformat()[:10] == UNDATED
    assert "import.undated" in found.said


def test_a_vertical_piece_needs_no_azimuth_and_stations_go_down(book: Any) -> None:
    found = book(
        ("Well", "MD, ft", "Incl, deg", "Azi, deg"),
        ("201", 1000, 5, 45),
        ("201", 0, 0, None),
        ("201", 500, 0.5, None),
        name="deviation.xlsx",
    )
    stations = tables(found)["survey"][0]["stations"]
    assert [round(one["measured_depth_m"] / 0.3048) for one in stations] == [0, 500, 1000]
    assert {round(one["azimuth_rad"], 6) for one in stations} == {0.785398}


def test_an_inclined_station_without_an_azimuth_is_marked(book: Any) -> None:
    found = book(
        ("Скважина", "Глубина, м", "Зенитный угол", "Азимут"), ("201", 0, 0, 0), ("201", 900, 12, None)
    )
    assert found.refused == "station_incomplete"


def test_surveys_of_two_wells_are_two(book: Any) -> None:
    rows = [(well, depth, depth / 100, 30) for well in ("103", "201") for depth in (0, 100, 200)]
    found = book(("Скважина", "Глубина по стволу, м", "Зенитный угол, град", "Азимут, град"), *rows)
    assert [(one["well_name"], len(one["stations"])) for one in tables(found)["survey"]] == [
        ("103", 3),
        ("201", 3),
    ]


def test_a_tally_is_one_string_of_sections(book: Any) -> None:
    found = book(
        ("Скважина", "Дата спуска", "Диаметр штанг, мм", "Длина, м", "Марка", "Масса, кг/м"),
        ("201", "05.03.2026", 22, 560, "Д", 3.14),
        ("201", "05.03.2026", 19, 820, "Д", 2.35),
        name="штанги.xlsx",
    )
    (string,) = tables(found)["rod_string"]
    assert string["sections"] == [
        {"length_m": 560.0, "diameter_m": 0.022, "grade": "Д", "mass_kg_per_m": 3.14},
        {"length_m": 820.0, "diameter_m": 0.019, "grade": "Д", "mass_kg_per_m": 2.35},
    ]


def test_single_rods_are_told_as_sections_and_counted_ones_multiplied(book: Any) -> None:
    singles = [("201", "05.03.2026", diameter, 8) for diameter in (22, 22, 22, 19, 19)]
    found = book(("Скважина", "Дата спуска", "Диаметр штанг, мм", "Длина, м"), *singles)
    assert [(s["diameter_m"], s["length_m"]) for s in tables(found)["rod_string"][0]["sections"]] == [
        (0.022, 24),
        (0.019, 16),
    ]
    found = book(
        ("Скважина", "Дата спуска", "Диаметр штанг, мм", "Длина штанги, м", "Количество, шт"),
        ("201", "05.03.2026", 22, 8, 70),
    )
    assert tables(found)["rod_string"][0]["sections"] == [{"diameter_m": 0.022, "length_m": 560.0}]


def test_a_pump_curve_by_points_is_one_of_the_installation(book: Any) -> None:
    points = [
        ("103", "01.02.2026", q, h, p)
        for q, h, p in ((0, 1450, 12), (40, 1380, 14), (80, 1100, 16), (110, 600, 17))
    ]
    found = book(
        ("Скважина", "Дата", "Подача, м3/сут", "Напор, м", "Мощность, кВт"),
        *points,
        name="характеристика.xlsx",
    )
    (installation,) = tables(found)["installation"]
    assert len(installation["esp"]["curve"]) == 4
    close(installation["esp"]["curve"][2], {"flow_m3_per_s": 80 / 86400, "head_m": 1100.0, "power_w": 16e3})


@pytest.mark.parametrize(
    ("kind", "rows", "expected"),
    [
        (
            "pumping_unit",
            [
                ("Скважина", "Тип СК", "Длина хода, м", "Момент редуктора, кН*м"),
                ("201", "СКД8-3-4000", 3, 40),
            ],
            {"unit_name": "СКД8-3-4000", "stroke_m": 3.0, "gearbox_rating_n_m": 40e3},
        ),
        (
            "fluid",
            [
                (
                    "Скважина",
                    "Дата",
                    "Газовый фактор, м3/м3",
                    "Давление насыщения, МПа",
                    "Относительная плотность газа",
                ),
                ("201", "01.03.2026", 45, 8.5, 0.8),
            ],
            {"gas_oil_ratio": 45.0, "bubble_point_pa": 8.5e6, "gas_relative_density": 0.8},
        ),
        (
            "reservoir",
            [
                ("Скважина", "Дата", "Пластовое давление, МПа", "Пластовая температура, °C"),
                ("201", "01.03.2026", 21.5, 78),
            ],
            {"reservoir_pressure_pa": 21.5e6, "reservoir_temperature_k": 351.15},
        ),
        (
            "location",
            [("Well", "Latitude", "Longitude"), ("201", 61.25, 73.4)],
            {"latitude_deg": 61.25, "longitude_deg": 73.4},
        ),
        (
            "energy",
            [("Well", "Date", "Energy, kWh", "Tariff, RUB/kWh"), ("103", "2026-10-01", 1200, 5.2)],
            {"energy_j": 1200 * 3.6e6, "tariff_per_j": 5.2 / 3.6e6},
        ),
        (
            "alarm",
            [
                ("Время", "Скважина", "Тег", "Приоритет", "Состояние", "Сообщение"),
                ("30.10.2026 03:00", "103", "ZSP", "1", "ACK", "Защита"),
            ],
            {"alarm_tag": "ZSP", "alarm_state": "ACK", "message": "Защита"},
        ),
    ],
)
def test_tables_of_each_kind(
    book: Any, kind: str, rows: list[tuple[Any, ...]], expected: dict[str, Any]
) -> None:
    found = book(*rows)
    assert found.refused == ""
    close(tables(found)[kind][0], expected)


# ---- plans, alarms, coordinates, electricity, models -------------------------------------------------------


def test_a_plan_is_a_workover_that_is_planned_and_no_wrong_clock(field: Workspace) -> None:
    found = of_the_founders(field, "plan.xlsx")
    (workover,) = tables(found)["workover"]
    assert workover["state"] == "planned"
    close(workover, {"kind": "trs", "downtime_s": 96 * 3600.0, "cost": 1250e3, "lost_oil_kg": 60e3})
    assert "import.future" not in found.said


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        (
            "alarms.csv",
            "alarm",
            {
                "alarm_tag": "PINT_LOW",
                "priority": "high",
                "alarm_state": "UNACK",
                "message": "low intake pressure",
            },
        ),
        (
            "coords.xlsx",
            "location",
            {"latitude_deg": 61.25, "longitude_deg": 73.4, "x_m": 5e5, "y_m": 6.8e6, "altitude_m": 55.0},
        ),
        ("energy.xlsx", "energy", {"energy_j": 1200 * 3.6e6, "tariff_per_j": 5.2 / 3.6e6}),
    ],
)
def test_the_founders_files_become_records_of_their_kind(
    field: Workspace, name: str, kind: str, expected: dict[str, Any]
) -> None:
    found = of_the_founders(field, name)
    assert (found.refused, found.new_wells) == ("", [])
    close(tables(found)[kind][0], {"well_name": "103", **expected})


def test_a_models_results_have_their_quantity_and_their_unit(field: Workspace) -> None:
    rows = tables(of_the_founders(field, "model.xlsx"))["model_result"]
    assert len(rows) == 12
    assert {(row["quantity"], row["unit"]) for row in rows} == {
        ("Дебит жидкости", "м3/сут"),
        ("Давление на приёме", "МПа"),
    }


# ---- the field's own clock ---------------------------------------------------------------------------------


@pytest.fixture
def five_hours_ahead(field: Workspace) -> Iterator[Workspace]:
    field.settings.set("time_zone", "UTC+5")
    yield field
    field.settings.set("time_zone", "")


def test_hours_without_a_zone_are_those_of_the_fields_clock(five_hours_ahead: Workspace) -> None:
    found = of_the_founders(five_hours_ahead, "agzu.xlsx")
    assert [row["at"] for row in found.records] == ["2026-10-30T03:00:00Z", "2026-10-30T07:30:00Z"]


def test_a_day_stays_that_day_whatever_the_fields_clock(five_hours_ahead: Workspace) -> None:
    found = of_the_founders(five_hours_ahead, "energy.xlsx")
    assert [row["at"] for row in found.records] == ["2026-10-01T00:00:00Z"]


# ---- what nothing fits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        ("Скважина", "Зарплата", "Стаж"),
        ("Скважина", "Куст", "Кол-во собак", "Цвет ограды", "Сторож"),
        ("Well", "Colour", "Owner"),
    ],
)
def test_what_no_kind_fits_is_refused_by_its_columns_and_is_no_list_of_wells(
    book: Any, headers: tuple[str, ...]
) -> None:
    found = book(headers, ("777", *range(1, len(headers))))
    assert found.refused in ("no_kind_fits", "no_sensor_column")
    assert headers[-1] in str(found.details.get("columns") or found.details.get("known"))
    assert found.new_wells == []


def test_columns_that_are_not_taken_are_named_and_counted(book: Any) -> None:
    found = book(
        ("Скважина", "Дата", "Qж, м3/сут", "Цвет", "Пусто"), ("103", "01.10.2026", 80, "синий", None)
    )
    assert found.checked is not None
    assert found.checked.sheets[0]["not_used"] == ["Цвет"]

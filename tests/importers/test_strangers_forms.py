"""Passports and tallies whose cells say their own units, whose dimensions are bare letters, whose wells stand
across: read right, or refused by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.importers.cell_units import parted
from app.importers.curve_titles import hertz_said, stages_said
from app.importers.scoring import nearness
from app.importers.titles import date_said
from app.importers.unit_letters import are_letters, written_out
from app.importers.vocabulary import folded, vocabulary
from app.models.wells import SRP
from app.services.imports.opening import ImportOptions
from app.services.workspace import Workspace
from tests.importers.imported import Imported, imported, readers_here, two_wells
from tests.importers.test_strangers_passports import sections
from tests.importers.test_strangers_wells import packed, take, take_sheet

__all__ = ["readers_here"]

pytestmark = pytest.mark.usefixtures("readers_here")
FOOT, INCH, AT = 0.3048, 0.0254, 98_066.5


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    yield from two_wells(tmp_path_factory.mktemp("forms"), SRP)


def told(found: Imported) -> dict[str, Any]:
    """What the records of one well say, all in one."""
    assert not found.refused, found.details
    values: dict[str, Any] = {}
    for one in found.records:
        body = packed(one) if {"body", "equipment"} & set(one) else {}
        values |= body | body.get("pump", {}) | body.get("tubing", {})
    return values


def close(values: dict[str, Any], expected: dict[str, float]) -> None:
    assert {key: values[key] for key in expected} == pytest.approx(expected, rel=1e-6)


# ---- cells that say their own unit -------------------------------------------------------------------------

MIXED: list[list[Any]] = [
    ["Паспорт скважины 102"],
    ["Дата спуска", "12 марта 2026 г."],
    ["Глубина спуска насоса", "4560 фут"],
    ["Диаметр плунжера", '1 3/4"'],
    ["Длина хода", "2,5 м"],
    ["Число качаний", "5,5 мин-1"],
    ["Буферное давление", "14 кгс/см2"],
    ["Затрубное давление", "0,9 МПа"],
    ["Обводненность", "63 %"],
    ["Шкив электродвигателя", "224 мм"],
]


def test_a_passport_may_mix_metric_and_american_units_where_each_cell_says_its_own(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take_sheet(strangers, tmp_path, *MIXED)
    values = told(found)
    close(
        values,
        {
            "depth_m": 4560 * FOOT,
            "plunger_diameter_m": 1.75 * INCH,
            "stroke_m": 2.5,
            "strokes_per_s": 5.5 / 60,
            "tubing_pressure_pa": 14 * AT,
            "casing_pressure_pa": 0.9e6,
            "water_cut": 0.63,
        },
    )
    assert values["sheaves"] == "224 мм", "a text keeps what stands in its cell"
    assert {one["at"] for one in found.records} == {"2026-03-12T00:00:00Z"}


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("4,528 ft", ("4,528", "ft")),
        ("1 250 м", ("1 250", "м")),
        ("-450 lb", ("-450", "lb")),
        ("63%", ("63", "%")),
        ("НН2Б-44", None),
        ("12 марта", None),
        ("7/8 in", None),
        ("73х5,5 мм", None),
        ("2026-03-12", None),
    ],
)
def test_a_number_with_a_unit_behind_it_is_parted(cell: str, parts: tuple[str, str] | None) -> None:
    assert parted(cell) == parts


def test_one_column_in_two_units_is_refused_and_never_read_in_one_of_them(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "102;4560 ft;01.02.2026\n102;1100 м;02.02.2026\n"
    found = take(
        strangers, tmp_path, "Скважина;Глубина спуска насоса;Дата спуска\n" + rows, kind="installation"
    )
    assert found.refused == "value_not_number"


def test_names_that_end_like_a_unit_stay_names(strangers: Workspace, tmp_path: Path) -> None:
    rows = "103 г;4 м;ШГН;1000;01.02.2026\n104 г;4 м;ШГН;1100;01.02.2026\n"
    header = "Скважина;Куст;Способ эксплуатации;Глубина спуска насоса, м;Дата спуска\n"
    found = take(strangers, tmp_path, header + rows, new_wells=True)
    assert {one["well"] for one in found.records} == {"103 г", "104 г"}


def test_sizes_in_millimetres_in_the_cells_of_a_tally_are_sizes(strangers: Workspace, tmp_path: Path) -> None:
    found = take_sheet(
        strangers,
        tmp_path,
        ["Мера штанг, скважина 102, спуск 03.04.2026"],
        ["Ступень", "Диаметр", "Длина, м", "Марка стали"],
        ["1", "22 мм", 480, "20Н2М"],
        ["2", "19 мм", "720,5", "20Н2М"],
        ["ТН", "38 мм", 60, None],
    )
    assert sections(found) == [(0.022, 480.0), (0.019, 720.5), (0.038, 60.0)]
    assert packed(found.records[0])["sections"][2]["part"] == "sinker_bars"


def test_a_running_number_of_joints_counts_no_rods(strangers: Workspace, tmp_path: Path) -> None:
    joints = [[number, '7/8"' if number < 4 else '3/4"', 25] for number in range(1, 8)]
    found = take_sheet(
        strangers,
        tmp_path,
        ["Rod run list", "Well 102", "Run 2026-06-01"],
        ["Joint", "OD (in)", "Length (ft)"],
        *joints,
    )
    assert sections(found) == [
        (pytest.approx(0.022225), pytest.approx(75 * FOOT)),
        (pytest.approx(0.01905), pytest.approx(100 * FOOT)),
    ]


# ---- dimensions under bare letters -------------------------------------------------------------------------


def test_the_letters_of_api_are_dimensions_where_several_stand_together(
    strangers: Workspace, tmp_path: Path
) -> None:
    sizes = {"A": 129, "C": 111.07, "I": 111, "K": 151.34, "P": 132, "H": 232, "G": 96.05, "R": 42}
    found = take_sheet(
        strangers,
        tmp_path,
        ["Pumping unit data, well 102"],
        ["Parameter", "Value", "Unit"],
        ["Unit designation", "C-228D-213-86", None],
        ["Installed", "2025-12-20", None],
        *([letter, size, "in"] for letter, size in sizes.items()),
        ["Structural unbalance", -450, "lb"],
        ["Max counterbalance moment", 520_000, "in-lb"],
    )
    values = told(found)
    close(values, {f"api_{letter.lower()}_m": size * INCH for letter, size in sizes.items()})
    assert values["unit_name"] == "C-228D-213-86"
    close(
        values, {"structural_imbalance_n": -450 * 4.4482216, "counterbalance_moment_n_m": 520_000 * 0.1129848}
    )


def test_the_same_letters_across_in_millimetres_and_in_cyrillic(strangers: Workspace, tmp_path: Path) -> None:
    found = take_sheet(
        strangers,
        tmp_path,
        [
            "№ скв",
            "Тип СК",
            "Дата установки",
            "А, мм",
            "С, мм",
            "I, мм",
            "К, мм",
            "Р, мм",
            "R, мм",
            "Мкр.макс, кН·м",
        ],
        ["102", "СКД8-3-4000", "10.01.2026", 3000, 2500, 2400, 4100, 3300, 1150, 40],
    )
    close(
        told(found),
        {"api_a_m": 3.0, "api_c_m": 2.5, "api_k_m": 4.1, "api_r_m": 1.15, "gearbox_rating_n_m": 40e3},
    )


def test_a_letter_or_two_are_no_dimensions() -> None:
    assert not are_letters(["A", "B", "C", "Well"])
    assert written_out(["A, мм", "C", "Well"]) == ["A, мм", "C", "Well"]
    assert written_out(["A, мм", "С", "K", "P", "Q"])[:4] == [
        "Размер A, мм",
        "Размер C",
        "Размер K",
        "Размер P",
    ]


# ---- other forms -------------------------------------------------------------------------------------------


def test_a_form_of_two_pairs_under_a_title_merged_over_all_columns_is_read_whole(
    strangers: Workspace, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Паспорт скважины № 102", None, None, None],
        ["Способ эксплуатации", "УШГН", "Тип насоса", "НВ1Б-38"],
        ["Дата спуска", "05.02.2026", "Глубина спуска, м", 1180],
        ["Диаметр плунжера, мм", 38, "Длина хода, м", 3],
    ):
        book.active.append(row)
    book.active.merge_cells("A1:D1")
    book.save(tmp_path / "f.xlsx")
    found = imported(strangers, tmp_path / "f.xlsx", ImportOptions())
    close(told(found), {"depth_m": 1180.0, "plunger_diameter_m": 0.038, "stroke_m": 3.0})
    assert {one["well"] for one in found.records} == {"102"}


def test_wells_across_a_form_are_named_by_its_first_row(strangers: Workspace, tmp_path: Path) -> None:
    found = take_sheet(
        strangers,
        tmp_path,
        ["Паспорта скважин"],
        ["Показатель", "Ед. изм.", "101", "102"],
        ["Дата спуска", None, "01.02.2026", "14.02.2026"],
        ["Тип насоса", None, "НВ-44", "НН-57"],
        ["Глубина спуска", "м", 1210, 980],
        ["Диаметр плунжера", "мм", 44, 57],
        ["Внутренний диаметр НКТ", "мм", 62, 76],
    )
    assert not found.refused, found.details
    depths = {one["well"]: packed(one)["pump"]["depth_m"] for one in found.records}
    assert depths == {"101": 1210.0, "102": 980.0}


def test_lines_over_a_curve_say_its_stages_and_its_frequency(strangers: Workspace, tmp_path: Path) -> None:
    above = "Well,101\nStages,1\nFrequency (Hz),60\n"
    found = take(strangers, tmp_path, above + "Rate (bpd),Head (ft)\n0,28\n1000,26\n1750,21.5\n2500,10\n")
    esp = packed(found.records[0])["esp"]
    assert (esp["curve_stages"], esp["curve_frequency_hz"]) == (1.0, 60.0)
    assert (stages_said("Число ступеней\t330"), hertz_said("Частота, Гц: 50")) == (330.0, 50.0)
    assert (stages_said("Stages\t1.5"), hertz_said("Frequency\t2")) == (None, None)


def test_the_azimuth_to_true_north_is_taken_before_the_magnetic_one_which_is_told(
    strangers: Workspace, tmp_path: Path
) -> None:
    rows = "0;0;0;0\n250;5;100;112\n500;12;101;113\n"
    header = "Глубина, м;Зенитный угол, °;Азимут магнитный, °;Азимут истинный, °\n"
    found = take(strangers, tmp_path, "Скв. 102\n" + header + rows)
    stations = packed(found.records[0])["stations"]
    assert [round(one["azimuth_rad"] * 57.29578) for one in stations] == [0, 112, 113]
    assert "import.column_unused" in found.said


def test_the_depth_of_a_gauge_is_no_depth_of_a_packer() -> None:
    assert nearness(folded("глубина замера"), "packer_m", vocabulary()) == 0.0
    assert nearness(folded("глубина пакеров"), "packer_m", vocabulary()) > 0.7


def test_a_month_in_numbers_dates_a_regime() -> None:
    assert date_said("Техрежим за 11.2026") == "01.11.2026"
    assert date_said("за 12.11.2026") == "12.11.2026"


def test_a_dash_in_a_column_of_lifts_says_nothing(strangers: Workspace, tmp_path: Path) -> None:
    found = take(
        strangers, tmp_path, "Скважина;Куст;Способ эксплуатации\n751;3;ШГН\n752;3;—\n", new_wells=True
    )
    assert not found.refused, found.details
    assert found.checked is not None
    wells = {well.name: well.lift for batch in found.checked.batches for well in batch.wells}
    assert wells == {"751": "srp", "752": "other"}


def test_a_new_well_that_a_passport_lists_with_its_field_has_the_lift_of_its_equipment(
    strangers: Workspace, tmp_path: Path
) -> None:
    found = take_sheet(
        strangers,
        tmp_path,
        ["Well name", "Baker 4-12"],
        ["Field", "Spraberry"],
        ["Date installed", "2026-06-15"],
        ["Pump", "25-150-RWBC-20-4"],
        ["Pump setting depth, ft", 5812],
        ["Pump bore", '1 1/2"'],
        ["Stroke", "100 in"],
        new_wells=True,
    )
    assert found.checked is not None
    (well,) = [well for batch in found.checked.batches for well in batch.wells]
    assert (well.name, well.field_name, well.lift) == ("Baker 4-12", "Spraberry", "srp")


def test_a_moment_of_counterweights_alone_is_kept_of_the_unit(strangers: Workspace, tmp_path: Path) -> None:
    found = take_sheet(
        strangers,
        tmp_path,
        ["Паспорт скважины 102"],
        ["Дата спуска", "2026-04-10"],
        ["Глубина спуска насоса, м", 1100],
        ["Диаметр плунжера, мм", 44],
        ["Момент противовесов, кН·м", 32],
    )
    assert told(found)["counterbalance_moment_n_m"] == pytest.approx(32e3)

"""What is told of plungers, perforations, pipes and rods beside their columns."""

from __future__ import annotations

import pytest

from app.importers.perforation_words import intervals_of
from app.importers.rod_order import stands_on_its_head
from app.importers.rod_roles import part_of, size_of
from tests.importers.sheets_at_hand import Column, extracted, marks, numbers, told, under

DAY = "01.03.2026"


def test_a_plunger_is_known_by_its_pumps_name_where_no_cell_says_it() -> None:
    columns: list[Column] = ["time", "pump_name", ("plunger_diameter_m", "мм")]
    found = extracted("installation", columns, [DAY, "НН2Б-44-30", ""], [DAY, "НН2Б-57", 32], [DAY, "x", ""])
    assert numbers(found.values["plunger_diameter_m"]) == [0.044, pytest.approx(0.032), None]
    assert found.shown["plunger_diameter_m"][0] == pytest.approx(44.0)
    assert [(code, details["lines"], details["size"]) for code, details in found.remarks] == [
        ("import.plunger_by_name", [2], "44")
    ]
    assert "plunger_diameter_m" not in extracted("installation", columns[:2], [DAY, "x"]).values


@pytest.mark.parametrize("named", ["pump_name", "pump_type"])
def test_either_name_of_a_pump_tells_its_plunger(named: str) -> None:
    found = extracted("installation", ["time", named], [DAY, "НН2Б-44-30"])
    assert found.values["plunger_diameter_m"].tolist() == [0.044]


@pytest.mark.parametrize(
    ("cell", "intervals"),
    [
        ("1402-1410", [(1402.0, 1410.0)]),
        ("1402,5 – 1410.25 м", [(1402.5, 1410.25)]),
        ("1415-1420; 1402-1410", [(1415.0, 1420.0), (1402.0, 1410.0)]),
        ("1402-1410 (Д1)", [(1402.0, 1410.0)]),
        ("4602-4630 ft", [(4602.0, 4630.0)]),
        ("1402-1410, 3 отв.", []),
        ("1402", []),
        ("нет", []),
        ("", []),
    ],
)
def test_perforations_stand_in_one_cell(cell: str, intervals: list[tuple[float, float]]) -> None:
    assert intervals_of(cell) == intervals


def test_a_cell_of_perforations_is_their_top_and_bottom_in_metres() -> None:
    columns: list[Column] = ["time", ("perforations", "м"), "pump_name"]
    rows = [
        [DAY, "1415-1420; 1402-1410", "a"],
        [DAY, "1000-1010 ft", "b"],
        [DAY, "см. акт", "c"],
        [DAY, "", "d"],
    ]
    found = extracted("installation", columns, *rows)
    assert numbers(found.values["perforation_top_m"]) == [1402.0, pytest.approx(304.8), None, None]
    assert numbers(found.values["perforation_bottom_m"]) == [1420.0, pytest.approx(307.848), None, None]
    assert "perforations" not in found.values
    assert marks(found) == [(4, 1, "value_odd", "warning")]
    assert [(code, details["lines"]) for code, details in found.remarks] == [
        ("import.perforations_joined", [2])
    ]


def test_a_top_of_its_own_goes_before_the_cell_of_both_and_a_depth_that_no_well_has_is_refused() -> None:
    columns: list[Column] = ["time", ("perforations", "м"), ("perforation_top_m", "м")]
    found = extracted("installation", columns, [DAY, "1402-1410", 1400], [DAY, "1402-99999", 1400])
    assert found.values["perforation_top_m"].tolist() == [1400.0, 1400.0]
    assert numbers(found.values["perforation_bottom_m"]) == [1410.0, None]
    assert marks(found) == [(3, 1, "value_out_of_range", "error")]


def test_a_wall_beside_its_pipe_is_the_bore() -> None:
    """73 mm with walls of 5.5 mm leave 62 mm."""
    pipe, wall = ("tubing_outer_diameter_m", "мм"), ("tubing_wall_m", "мм")
    rows = [[DAY, 73, 5.5, "a"], [DAY, "", 5.5, "b"], [DAY, 40, 20, "c"]]
    found = extracted("installation", ["time", pipe, wall, "pump_name"], *rows)
    assert numbers(found.values["tubing_inner_diameter_m"]) == [pytest.approx(0.062), None, None]
    assert found.shown["tubing_inner_diameter_m"][0] == pytest.approx(62.0)
    assert "tubing_wall_m" not in found.values | found.shown
    assert marks(found) == [(3, 2, "wall_without_pipe", "warning"), (4, 2, "wall_without_pipe", "warning")]
    inner = ("tubing_inner_diameter_m", "мм")
    found = extracted("installation", ["time", pipe, wall, inner], [DAY, 73, 5.5, 60], [DAY, 73, 5.5, ""])
    assert found.values["tubing_inner_diameter_m"] == pytest.approx([0.060, 0.062])
    alone = extracted("installation", ["time", wall, "pump_name"], [DAY, "", "x"])
    assert "tubing_inner_diameter_m" not in alone.values


def test_the_wall_of_a_casing_is_heard_without_one_of_a_tubing_and_perforations_behind_a_wrong_cell() -> None:
    """146 mm with walls of 7.7 mm leave 130.6 mm."""
    columns: list[Column] = ["time", ("casing_diameter_m", "мм"), ("casing_wall_m", "мм")]
    found = extracted("installation", columns, [DAY, 146, 7.7])
    assert found.values["casing_inner_diameter_m"] == pytest.approx([0.1306])
    shots: list[Column] = ["time", ("perforations", "м"), "pump_name"]
    found = extracted("installation", shots, [DAY, "", "a"], [DAY, "см. акт", "b"], [DAY, "1402-1410", "c"])
    assert numbers(found.values["perforation_top_m"]) == [None, None, 1402.0]


@pytest.mark.parametrize(
    ("cell", "part", "metres"),
    [
        ('1 1/2" sinker bar', "sinker_bars", 0.0381),
        ("Шток полированный 32 мм", "polished_rod", 0.032),
        ("K-bars 1 1/2", "sinker_bars", 0.0381),
        ("утяжелители 38 мм", "sinker_bars", 0.038),
        ("тн", "sinker_bars", None),
        ("Штанга 22 мм", "", None),
        ("", "", None),
    ],
)
def test_bars_and_polished_rods_are_parts_of_their_own(cell: str, part: str, metres: float | None) -> None:
    assert part_of(cell) == part
    found = size_of(cell)
    assert found == (None if metres is None else pytest.approx(metres))


RODS: list[Column] = ["time", ("diameter_m", "мм"), ("length_m", "м"), "note"]


def test_the_part_of_each_row_of_a_tally_is_heard_wherever_it_stands() -> None:
    found = extracted("rod_string", RODS, [DAY, 22, 800, ""], [DAY, 38, 40, "sinker bar"])
    assert found.values["part"].tolist() == ["", "sinker_bars"]
    assert 3 in found.beside
    assert "part" not in extracted("rod_string", RODS, [DAY, 22, 800, "новые"]).values
    own: list[Column] = [*RODS[:3], "part", "note"]
    found = extracted("rod_string", own, [DAY, 22, 800, "штанги", "sinker bar"])
    assert found.values["part"].tolist() != ["sinker_bars"]


@pytest.mark.parametrize(
    ("diameters_mm", "on_its_head"),
    [
        ((19, 22), True),
        ((22, 19), False),
        ((22, 22), False),
        ((22,), False),
        ((22, 38), False),
        ((19, 30), True),
    ],
)
def test_a_string_whose_first_rods_are_the_thinner_ones_stands_on_its_head(
    diameters_mm: tuple[int, ...], on_its_head: bool
) -> None:
    assert stands_on_its_head([mm / 1000 for mm in diameters_mm]) is on_its_head


UPWARDS = ([DAY, 19, 800, "a"], [DAY, 22, 400, "b"])


def test_rods_told_from_the_pump_up_are_turned_where_the_title_or_the_person_says_so() -> None:
    for found in (
        under("rod_string", RODS, *UPWARDS, above="снизу вверх"),
        under("rod_string", RODS, *UPWARDS, answers={"rod_order": "from_bottom"}),
    ):
        assert found.values["length_m"].tolist() == [400.0, 800.0]
        assert found.values["note"].tolist() == ["b", "a"]
        assert found.shown["diameter_m"].tolist() == [22.0, 19.0]
        assert found.line.tolist() == [3, 2]
        assert "rods_turned" in told(found)
        assert found.problems == []


def test_rods_on_their_head_are_asked_of_and_those_from_the_top_are_left() -> None:
    found = under("rod_string", RODS, *UPWARDS)
    assert [(p.line, p.code, p.severity, p.options) for p in found.problems] == [
        (2, "rod_order", "question", {"from_top": "19, 22", "from_bottom": "22, 19"})
    ]
    for found in (
        under("rod_string", RODS, *UPWARDS, above="сверху"),
        under("rod_string", RODS, *UPWARDS, answers={"rod_order": "from_top"}),
        under("rod_string", RODS, *UPWARDS[::-1]),
        under("rod_string", RODS, *UPWARDS, asks=False),
    ):
        assert found.problems == []
        assert "rods_turned" not in told(found)
        assert found.line.tolist() == [2, 3]


def test_each_wells_rods_are_looked_at_until_one_stands_on_its_head() -> None:
    columns: list[Column] = ["well", "time", ("diameter_m", "мм"), ("length_m", "м")]
    rows = [["1", DAY, 22, 400], ["1", DAY, 19, 800], ["2", DAY, 19, 800], ["2", DAY, 22, 400]]
    found = extracted("rod_string", columns, *rows)
    assert [(p.line, p.code) for p in found.problems] == [(4, "rod_order")]
    assert extracted("rod_string", columns, *rows[:2]).problems == []


def test_thick_bars_at_the_pump_make_no_string_stand_on_its_head() -> None:
    columns: list[Column] = ["time", ("diameter_m", "мм"), ("length_m", "м"), "part"]
    rows = [[DAY, 22, 400, "штанги"], [DAY, 19, 800, "штанги"], [DAY, 25, 100, "тяжёлый низ"]]
    assert [p.code for p in extracted("rod_string", columns, *rows).problems if p.code == "rod_order"] == []


def test_serial_numbers_in_columns_of_their_own_are_rows_of_the_run() -> None:
    columns: list[Column] = ["time", "pump_name", "serial_pump", "serial_motor"]
    rows = [[DAY, "ЭЦН5-80", " Н-12 ", "0777"], [DAY, "ЭЦН5-80", "", "Д-3"], [DAY, "ЭЦН5-80", "", " "]]
    assert extracted("installation", columns, *rows).values["serials"].tolist() == [
        [{"item": "pump", "serial": "Н-12"}, {"item": "motor", "serial": "0777"}],
        [{"item": "motor", "serial": "Д-3"}],
        None,
    ]
    assert "serials" not in extracted("installation", columns[:2], *[row[:2] for row in rows]).values

"""What cells, headers and titles tell beside the columns is heard while a sheet is read: each stage by a
table that nothing else could tell it of, and none of them where it has nothing to say.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from app.importers.curve_titles import hertz_said, stages_said
from app.importers.extract import extract
from app.importers.liquid_parts import make_liquid, where_needed
from app.importers.perforation_words import intervals_of
from app.importers.plan import ColumnPlan
from app.importers.rod_order import stands_on_its_head
from app.importers.rod_roles import part_of, size_of
from app.importers.rows import Rows
from tests.importers.sheets_at_hand import Column, extracted, marks, numbers, plan_at_hand, sheet_at_hand

DAY = "01.03.2026"
M3_PER_DAY = 1 / 86_400


def under(
    kind: str,
    columns: list[Column],
    *rows: list[Any],
    headers: dict[int, str] | None = None,
    above: str = "",
    asks: bool = True,
    **said: Any,
) -> Rows:
    """With headers of their own for some columns, and a line above the table."""
    sheet = sheet_at_hand(rows, len(columns))
    names = tuple((headers or {}).get(i, name) for i, name in enumerate(sheet.headers))
    sheet = replace(sheet, headers=names, above=((above,),) if above else ())
    plan = plan_at_hand(kind, columns, **said)
    plan = replace(
        plan,
        columns=tuple(ColumnPlan(name, c.field, c.unit) for name, c in zip(names, plan.columns, strict=True)),
    )
    return extract(sheet, sheet.table, plan, asks=asks)


def told(found: Rows) -> set[str]:
    return {code.removeprefix("import.") for code, _ in found.remarks}


# ---- pump curves -------------------------------------------------------------------------------------------

CURVE: list[Column] = ["time", ("flow_m3_per_s", "м3/сут"), ("head_m", "м")]


@pytest.mark.parametrize(
    ("title", "stages", "hertz"),
    [
        ("ЭЦН5-80 (100 ступеней), 50 Гц", 100.0, 50.0),
        ("на одну ступень, at 60 Hz", 1.0, 60.0),
        ("Число ступеней: 256; Частота: 52,5", 256.0, 52.5),
        ("stages = 1000", 1000.0, None),
        ("1001 stages", None, None),
        ("0 ступеней", None, None),
        ("20 Hz", None, 20.0),
        ("90 Гц", None, 90.0),
        ("19 Hz", None, None),
        ("91 Hz", None, None),
        ("два насоса", None, None),
        ("single stage", 1.0, None),
        ("2.100 ступеней", None, None),
    ],
)
def test_the_title_of_a_curve_tells_its_stages_and_its_frequency(
    title: str, stages: float | None, hertz: float | None
) -> None:
    assert (stages_said(title), hertz_said(title)) == (stages, hertz)
    found = under("pump_curve", CURVE, [DAY, 80, 5], above=title)
    for key, value in (("curve_stages", stages), ("curve_frequency_hz", hertz)):
        assert numbers(found.values.get(key, [])) == ([] if value is None else [value]), key


def test_what_a_column_says_of_a_curve_goes_before_its_title_and_old_imports_heard_none() -> None:
    columns: list[Column] = [*CURVE, "curve_stages"]
    assert under("pump_curve", columns, [DAY, 80, 5, 7], above="100 ступеней").values[
        "curve_stages"
    ].tolist() == [7.0]
    assert (
        "curve_stages"
        not in under("pump_curve", CURVE, [DAY, 80, 5], above="100 ступеней", asks=False).values
    )


def test_heads_of_one_stage_are_of_one_stage() -> None:
    found = under("pump_curve", CURVE, [DAY, 80, 5], headers={2: "Напор на одну ступень, м"}, above="50 Гц")
    assert found.values["curve_stages"].tolist() == [1.0]


# ---- passports ---------------------------------------------------------------------------------------------


def test_a_plunger_is_known_by_its_pumps_name_where_no_cell_says_it() -> None:
    columns: list[Column] = ["time", "pump_name", ("plunger_diameter_m", "мм")]
    found = extracted("installation", columns, [DAY, "НН2Б-44-30", ""], [DAY, "НН2Б-57", 32], [DAY, "x", ""])
    assert numbers(found.values["plunger_diameter_m"]) == [0.044, pytest.approx(0.032), None]
    assert found.shown["plunger_diameter_m"][0] == pytest.approx(44.0)
    assert [(code, details["lines"], details["size"]) for code, details in found.remarks] == [
        ("import.plunger_by_name", [2], "44")
    ]
    assert "plunger_diameter_m" not in extracted("installation", columns[:2], [DAY, "x"]).values


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


# ---- rods --------------------------------------------------------------------------------------------------


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


# ---- liquids -----------------------------------------------------------------------------------------------

PARTS: list[Column] = ["time", ("oil_part", "м3/сут"), ("water_part", "м3/сут")]


def test_oil_and_water_are_a_liquid_and_its_cut() -> None:
    found = extracted("flow_test", PARTS, [DAY, 30, 10], [DAY, 0, 0], [DAY, 30, ""])
    assert found.values["liquid_m3_per_s"] == pytest.approx([40 * M3_PER_DAY, 0.0])
    assert numbers(found.values["water_cut"]) == [0.25, None]
    assert not {"oil_part", "water_part"} & set(found.values)
    assert marks(found) == [(4, 2, "part_missing", "warning")]
    assert "by_parts" in told(found)


def test_a_liquid_of_its_own_and_a_cut_of_its_own_stay() -> None:
    found = extracted("flow_test", [*PARTS, ("water_cut", "%")], [DAY, 30, 10, 77])
    assert found.values["water_cut"] == pytest.approx([0.77])
    found = extracted("flow_test", [*PARTS, ("liquid_m3_per_s", "м3/сут")], [DAY, 30, 10, 50])
    assert found.values["liquid_m3_per_s"] == pytest.approx([50 * M3_PER_DAY])
    assert "water_cut" not in found.values
    assert extracted("flow_test", PARTS[:2], [DAY, 30]).values == {}


WET: list[Column] = ["time", ("liquid_m3", "м3"), ("water_m3", "м3")]
LIQUID = {1: "Liquid"}


def test_less_liquid_than_water_is_oil_and_otherwise_it_is_asked() -> None:
    found = under("production", WET, [DAY, 10, 100], headers=LIQUID)
    assert found.values["oil_m3"].tolist() == [10.0]
    assert "liquid_m3" not in found.values
    assert "liquid_is_oil" in told(found)
    for water in (100, 100.1):
        found = under("production", WET, [DAY, 100, water], headers=LIQUID)
        assert found.values["liquid_m3"].tolist() == [100.0]
        assert [(p.line, p.column, p.code, p.severity) for p in found.problems if p.code != "period"] == [
            (2, 1, "liquid_or_oil", "question")
        ]
    assert "oil_m3" in under("production", WET, [DAY, 100, 100.2], headers=LIQUID).values


@pytest.mark.parametrize(
    ("headers", "answers", "oil"),
    [
        (LIQUID, {"liquid_or_oil": "oil"}, True),
        (LIQUID, {"liquid_or_oil": "total"}, False),
        ({1: "Total liquid"}, {}, False),
        ({1: "Жидкость"}, {}, False),
    ],
)
def test_what_was_answered_or_is_called_all_of_it_is_asked_no_more(
    headers: dict[int, str], answers: dict[str, str], oil: bool
) -> None:
    found = under("production", WET, [DAY, 100, 50], headers=headers, answers=answers)
    assert ("oil_m3" in found.values) is oil
    assert "liquid_or_oil" not in [p.code for p in found.problems]
    assert "liquid_is_oil" not in told(found)


# ---- events ------------------------------------------------------------------------------------------------


def test_an_event_in_ones_own_words_is_a_note_of_them() -> None:
    found = extracted("event", ["time", "kind"], [DAY, "пуск"], [DAY, "промыли глушилкой"])
    assert found.values["kind"].tolist()[1] == "note"
    assert found.values["kind"].tolist()[0] not in ("", "note")
    assert found.values["note"].tolist()[1] == "промыли глушилкой"
    assert marks(found) == [(3, 1, "event_as_note", "warning")]


def test_a_repair_whose_kind_no_cell_tells_is_another_one() -> None:
    found = extracted(
        "workover", ["time", "kind", "work"], [DAY, "ТРС", "a"], [DAY, "", "b"], [DAY, "так", "c"]
    )
    assert found.values["kind"].tolist() == ["trs", "other", "other"]
    assert found.values["work"].tolist() == ["a", "b", "c"]
    assert marks(found) == [(4, 1, "workover_as_other", "warning")]
    assert extracted("workover", ["time", "work"], [DAY, "b"]).values["kind"].tolist() == ["other"]


# ---- clocks and marks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "zone", "said"),
    [
        ("01.03.2026 12:00", "", {"zone_unknown"}),
        ("01.03.2026 12:00", "Asia/Omsk", {"zone_of_field"}),
        ("01.03.2026", "Asia/Omsk", set()),
        ("2026-03-01T12:00:00+05:00", "Asia/Omsk", set()),
    ],
)
def test_in_which_zone_clocks_were_read_is_said_where_the_file_names_none(
    cell: str, zone: str, said: set[str]
) -> None:
    columns: list[Column] = ["time", ("liquid_m3_per_s", "м3/сут")]
    found = extracted("flow_test", columns, [cell, 5], zone=zone)
    assert told(found) & {"zone_unknown", "zone_of_field"} == said


def test_the_moment_of_a_measurement_is_kept_beside_the_date_of_the_row() -> None:
    columns: list[Column] = ["time", "measured_at", "pump_name"]
    found = extracted("passport", columns, [DAY, "05.03.2026", "a"], [DAY, "", "b"], [DAY, "потом", "c"])
    at = found.values["measured_at"].tolist()
    assert at[0] == 1_772_668_800_000_000.0
    assert math.isnan(at[1])
    assert math.isnan(at[2])
    assert marks(found) == [(4, 1, "value_not_time", "error")]


def test_what_the_source_says_of_a_row_is_kept_with_it() -> None:
    columns: list[Column] = ["time", ("intake_pressure", "МПа"), "quality"]
    found = extracted("readings", columns, [DAY, 5, 192], ["02.03.2026", 6, 0])
    assert [said.tolist() for said in found.quality.values()] == [["192", "0"]]


def test_a_liquid_is_made_of_oil_and_water_and_of_nothing_less() -> None:
    assert make_liquid("liquid_m3_per_s", ["time", "oil_part", "water_part"])
    assert not make_liquid("liquid_m3_per_s", ["oil_part"])
    assert not make_liquid("water_cut", ["oil_part", "water_part"])


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ([("oil_part", "bbl/d"), ("water_part", "bbl/d")], ["oil_part", "water_part"]),
        ([("oil_part", "bbl"), ("water_part", "bbl")], ["", ""]),
        (
            [("oil_part", "bbl"), ("water_part", "bbl"), ("duration_s", "ч")],
            ["oil_part", "water_part", "duration_s"],
        ),
        ([("oil_part", "bbl/d")], [""]),
        (
            [("oil_part", "bbl/d"), ("water_part", "bbl/d"), ("liquid_m3_per_s", "")],
            ["", "", "liquid_m3_per_s"],
        ),
    ],
)
def test_parts_are_kept_where_a_liquid_is_made_of_them(
    fields: list[tuple[str, str]], kept: list[str]
) -> None:
    columns = [ColumnPlan(f"H{i}", field, unit) for i, (field, unit) in enumerate(fields)]
    assert [column.field for column in where_needed(columns)] == kept


@pytest.mark.parametrize("named", ["pump_name", "pump_type"])
def test_either_name_of_a_pump_tells_its_plunger(named: str) -> None:
    found = extracted("installation", ["time", named], [DAY, "НН2Б-44-30"])
    assert found.values["plunger_diameter_m"].tolist() == [0.044]


def test_the_wall_of_a_casing_is_heard_without_one_of_a_tubing_and_perforations_behind_a_wrong_cell() -> None:
    """146 mm with walls of 7.7 mm leave 130.6 mm."""
    columns: list[Column] = ["time", ("casing_diameter_m", "мм"), ("casing_wall_m", "мм")]
    found = extracted("installation", columns, [DAY, 146, 7.7])
    assert found.values["casing_inner_diameter_m"] == pytest.approx([0.1306])
    shots: list[Column] = ["time", ("perforations", "м"), "pump_name"]
    found = extracted("installation", shots, [DAY, "", "a"], [DAY, "см. акт", "b"], [DAY, "1402-1410", "c"])
    assert numbers(found.values["perforation_top_m"]) == [None, None, 1402.0]


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

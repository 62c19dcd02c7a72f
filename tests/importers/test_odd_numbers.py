"""Numbers written in parts, each worked out by hand: angles, inches, hours, sizes of rods."""

from __future__ import annotations

from typing import Any

import pytest

from app.importers.numbers import numbers_of
from app.importers.odd_numbers import _degrees, _inches, put_right
from app.importers.pipe_words import pipe_of
from app.importers.sheet_reading import SheetReading
from app.importers.sheets import column_name
from tests.importers.sheets_at_hand import numbers, reading_at_hand

INCH = 0.0254


@pytest.mark.parametrize(
    ("cell", "degrees"),
    [
        ("61°15'30\"", 61 + 15 / 60 + 30 / 3600),
        ("61° 15′ 30,5″ N", 61 + 15 / 60 + 30.5 / 3600),
        ("61°", 61.0),
        ("61 град. 30 мин", 61.5),
        ("61°15'30\" S", -(61 + 15 / 60 + 30 / 3600)),
        ("-61°30'", -61.5),
        ("-61°30' S", 61.5),
        ("61°30' с.ш.", 61.5),
        ("73°30' з.д.", -73.5),
        ("61°60'", None),
        ("61°59'60\"", None),
        ("61°59.9'", 61 + 59.9 / 60),
        ("73.41 E", 73.41),
        ("73,41 W", -73.41),
        ("73.41° Ю", -73.41),
        ("102 07 09.6 W", -(102 + 7 / 60 + 9.6 / 3600)),
        ("N 61 15 30", 61 + 15 / 60 + 30 / 3600),
        ("S61-15-30", -(61 + 15 / 60 + 30 / 3600)),
        ("61:15:30 N", 61 + 15 / 60 + 30 / 3600),
        ("N 61 15 30 E", None),
        ("61 15 30", None),
        ("1234°", None),
        ("61", None),
        ("север", None),
    ],
)
def test_an_angle_in_degrees_minutes_and_seconds(cell: str, degrees: float | None) -> None:
    assert _degrees(cell) == (None if degrees is None else pytest.approx(degrees, rel=1e-12))


@pytest.mark.parametrize(
    ("cell", "inches"),
    [
        ('7/8"', 0.875),
        ("7/8", 0.875),
        ("1 1/8", 1.125),
        ("1-1/8 in.", 1.125),
        ("2 7/8″", 2.875),
        ('3"', 3.0),
        ('3,5"', 3.5),
        ("⅞″", 0.875),
        ("1⅛", 1.125),
        ("3", None),
        ("8/7", None),
        ("7/7", None),
        ("0/8", None),
        ("1/0", None),
        ("1 1/8 мм", None),
    ],
)
def test_inches_as_a_fraction_or_with_their_sign(cell: str, inches: float | None) -> None:
    assert _inches(cell) == inches


@pytest.mark.parametrize(
    ("cell", "pipe"),
    [
        ("НКТ 73х5,5", (0.073, 0.062)),
        ("73 x 5.5 мм", (0.073, 0.062)),
        ("НКТ 73", (0.073, None)),
        ("60,3 мм", (0.0603, None)),
        ("ЭК 146×7,7", (0.146, 0.1306)),
        ('2 7/8"', (2.875 * INCH, None)),
        ("2-7/8 in", (2.875 * INCH, None)),
        ("2.875″", (2.875 * INCH, None)),
        ("НКТ 2⅞″", (2.875 * INCH, None)),
        ('2⅞"', (2.875 * INCH, None)),
        ('5 1/2" 17#', (5.5 * INCH, None)),
        ('7" 23 lb/ft N-80 LTC', (7 * INCH, None)),
        ("5 дюймов", (5 * INCH, None)),
        ('2 7/0"', None),
        ("73х40", None),
        ("73х36,5", None),
        ("73х36", (0.073, 0.001)),
        ("73х0", None),
        ("5", None),
        ("2 7/8", None),
        ("см. акт", None),
    ],
)
def test_a_pipe_in_one_cell(cell: str, pipe: tuple[float, float | None] | None) -> None:
    found = pipe_of(cell)
    assert found == (None if pipe is None else (pytest.approx(pipe[0]), pipe[1]))


def righted(
    kind: str, field: str, unit: str, *cells: Any, header: str = "H0"
) -> tuple[list[float | None], list[bool], str, SheetReading]:
    reading = reading_at_hand(kind, ((field, unit),), *([cell] for cell in cells))
    columns = tuple(type(c)(header, c.field, c.unit) for c in reading.plan.columns)
    reading.plan = type(reading.plan)(reading.plan.name, kind, reading.plan.layout, columns)
    target = reading.kind.target(field)
    assert target is not None
    found, told = put_right(reading, 0, target, numbers_of(reading.table.column(column_name(0))))
    return numbers(found.value), found.bad.tolist(), told, reading


def test_hours_as_a_clock_are_hours_where_the_column_has_no_other_unit() -> None:
    value, bad, told, _ = righted("flow_test", "duration_s", "", "5:30", 4, "позже")
    assert (value, bad, told) == ([5.5, 4.0, None], [False, False, True], "h")
    value, bad, told, _ = righted("flow_test", "duration_s", "мин", "5:30", 4)
    assert (value, bad, told) == ([None, 4.0], [True, False], "")
    assert righted("flow_test", "duration_s", "", 5, 4)[2] == ""
    assert righted("flow_test", "duration_s", "", "позже", 4)[2] == "", "words tell no unit"


def test_degrees_with_minutes_behind_the_point_are_read_where_the_header_says_so() -> None:
    """5.45 is 5° 45'."""
    value, bad, told, _ = righted(
        "survey", "inclination_rad", "", 5.45, -1.30, 5.60, "", header="Угол, град.мин"
    )
    assert value == [pytest.approx(5.75), pytest.approx(-1.5), None]
    assert (bad, told) == ([False, False, True], "°")
    assert righted("survey", "inclination_rad", "", 5.45, header="Угол")[0] == [5.45]


def test_sizes_in_inches_are_inches_where_the_column_is_not_metric() -> None:
    value, bad, told, _ = righted("installation", "plunger_diameter_m", "", "1 3/4", "2 1/4")
    assert (value, bad, told) == ([1.75, 2.25], [False, False], "in")
    value, bad, told, _ = righted("installation", "plunger_diameter_m", "", "1 3/4", "x")
    assert (value, bad, told) == ([1.75, None], [False, True], "in")
    assert righted("installation", "plunger_diameter_m", "мм", "1 3/4", 44)[1:3] == ([True, False], "")
    assert righted("installation", "plunger_diameter_m", "", 44, 32)[1:3] == ([False, False], "")


def test_the_sizes_of_a_tally_are_read_out_of_the_names_of_its_rods_and_what_is_no_rod_is_left_out() -> None:
    value, bad, told, reading = righted("rod_string", "diameter_m", "", "Штанга 22 мм", "Насос НН2Б-44", 19)
    assert value == [pytest.approx(22.0), None, 19.0]
    assert (bad, told) == ([False, False, False], "mm")
    assert reading.keep.tolist() == [True, False, True]
    assert [(p.line, p.value, p.code) for p in reading.left_out] == [(3, "Насос НН2Б-44", "row_words")]

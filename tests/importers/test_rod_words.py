"""Rods as passports write them."""

from __future__ import annotations

import pytest

from app.importers.rod_words import diameter_of, section_of, sections_of, size_of


@pytest.mark.parametrize(
    ("header", "size"),
    [
        ("Штанги 22 мм, м", 22),
        ("ШН22, м", 22),
        ("ШН-19", 19),
        ("Длина штанг ø25 мм", 25),
        ("Штанги d=19, м", 19),
        ("Rods 7/8 in, ft", 22),
        ('Rods 3/4", m', 19),
        ("Штанги ⅞″, м", 22),
        ("Rods 1⅛″, ft", 29),
        ("Rods 1 1/8 in", 29),
        ('Rods 1", m', 25),
    ],
)
def test_a_header_names_the_diameter_of_its_rods(header: str, size: int) -> None:
    assert size_of(header) == size


@pytest.mark.parametrize(
    "header",
    [
        "Количество штанг 22 мм, шт",
        "Диаметр штанг, мм",
        "Штанги, м",
        "Насос НВ-44",
        "22 мм",
        "Масса штанг 22 мм",
    ],
)
def test_what_is_no_length_of_rods_of_a_diameter_names_none(header: str) -> None:
    assert size_of(header) is None


def test_an_inch_is_kept_as_it_is() -> None:
    assert diameter_of("Rods 7/8 in, ft") == 0.022225
    assert diameter_of("Штанги 22 мм, м") == 0.022


@pytest.mark.parametrize(
    ("cell", "sections"),
    [
        ("ШН22 - 560 м; ШН19 - 820 м", [(0.022, 560), (0.019, 820)]),
        ("22х560 + 19х820", [(0.022, 560), (0.019, 820)]),
        ("22мм-560м, 19мм-820м", [(0.022, 560), (0.019, 820)]),
        ("560 м × 22 мм; 820 м × 19 мм", [(0.022, 560), (0.019, 820)]),
        ("ШН 22 (560,5 м), ШН 19 (820 м)", [(0.022, 560.5), (0.019, 820)]),
        ("ШН22-560 ШН19-820", [(0.022, 560), (0.019, 820)]),
        ("25-300;22-560,5;19-820", [(0.025, 300), (0.022, 560.5), (0.019, 820)]),
        ('7/8" - 1837 ft; 3/4" - 2690 ft', [(0.022225, 559.9176), (0.01905, 819.912)]),
        ('1" x 300 + 7/8" x 500', [(0.0254, 300), (0.022225, 500)]),
    ],
)
def test_a_cell_holds_a_whole_string(cell: str, sections: list[tuple[float, float]]) -> None:
    found = [(one.diameter_m, one.length_m) for one in sections_of(cell)]
    assert found == [(diameter, pytest.approx(length, rel=1e-6)) for diameter, length in sections]


@pytest.mark.parametrize("cell", ["", "нет", "22", "560 м", "ШН22 - 560 - 19", "17 мм - 300 м"])
def test_what_is_no_rod_string_gives_no_section(cell: str) -> None:
    assert sections_of(cell) == []


@pytest.mark.parametrize(
    ("header", "section"),
    [
        ("Rod 1 diameter, in", ("diameter", 1)),
        ("Длина 2 ступени, м", ("length", 2)),
        ("Диаметр штанг 3 секции", ("diameter", 3)),
        ("Taper 6 length", ("length", 6)),
        ("Taper 7 length", None),
        ("Rod diameter", None),
        ("Diameter 1", None),
        ("Rod 1 diameter length", None),
        ("Rod 1 count", None),
    ],
)
def test_a_header_names_the_section_that_it_sizes(header: str, section: tuple[str, int] | None) -> None:
    assert section_of(header) == section

"""Which mark parts decimals: what each cell of a column proves, and what their sizes say."""

from __future__ import annotations

import pyarrow as pa
import pytest

from app.importers.number_marks import Marks, both_ways, by_size, marks_in
from tests.importers.cells_at_hand import texts


@pytest.mark.parametrize(
    ("cell", "marks"),
    [
        ("12,5", Marks(decimal_commas=1)),
        ("0,234", Marks(decimal_commas=1)),
        ("1234,567", Marks(decimal_commas=1)),
        (",5", Marks(decimal_commas=1)),
        ("5,", Marks(decimal_commas=1)),
        ("12.5", Marks(decimal_points=1)),
        ("0.234", Marks(decimal_points=1)),
        ("1.5e3", Marks(decimal_points=1)),
        ("<0.5%", Marks(decimal_points=1)),
        ("1,234", Marks(open_commas=1)),
        ("123,456", Marks(open_commas=1)),
        ("-1,234", Marks(open_commas=1)),
        ("~1,234", Marks(open_commas=1)),
        ("1.234", Marks(open_points=1)),
        ("1,234,567", Marks(grouping_commas=1)),
        ("1.234.567", Marks(grouping_points=1)),
        ("1,234.5", Marks(decimal_points=1)),
        ("1.234,5", Marks(decimal_commas=1)),
        ("12,34.5", Marks()),
        ("1234", Marks()),
        ("1,5 м", Marks()),
        ("01.02.2026", Marks()),
        ("", Marks()),
    ],
)
def test_a_cell_proves_one_thing_or_is_open(cell: str, marks: Marks) -> None:
    assert marks_in(texts(cell, None)) == marks


def test_cells_are_counted_and_columns_are_added() -> None:
    one = marks_in(texts("12,5", "7,25", "1,234", "1.234,5", "x"))
    assert one == Marks(decimal_commas=3, open_commas=1)
    assert one + marks_in(texts("1.5", "1,234,567")) == Marks(3, 1, 1, 0, 1, 0)
    assert marks_in(pa.chunked_array([pa.array([1.5])])) == Marks()
    assert marks_in(pa.chunked_array([pa.array(["1,5"], pa.large_string())])) == Marks(decimal_commas=1)
    assert marks_in(texts()) == Marks()


@pytest.mark.parametrize(
    ("marks", "decimal"),
    [
        (Marks(decimal_commas=1), ","),
        (Marks(grouping_points=1), ","),
        (Marks(decimal_points=1), "."),
        (Marks(grouping_commas=1), "."),
        (Marks(decimal_commas=1, grouping_points=2), ","),
        (Marks(decimal_commas=1, decimal_points=1), ""),
        (Marks(grouping_points=1, decimal_points=1), ""),
        (Marks(decimal_commas=1, grouping_commas=1), ""),
        (Marks(open_commas=3, open_points=2), ""),
        (Marks(), ""),
    ],
)
def test_a_mark_is_the_decimal_one_where_something_says_so_and_nothing_otherwise(
    marks: Marks, decimal: str
) -> None:
    assert marks.decimal == decimal


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        (["1,234.5", "1.234,5"], (1, 0)),
        (["1.234,5", "1,234.5"], (0, 1)),
        (["12,5", "1,234.5"], (0, 1)),
        (["1,234.5", "12,5"], (1, 0)),
        (["12.5", "1.234,5"], (1, 0)),
        (["1,234,567", "12,5"], (1, 0)),
        (["1,234.5", "1,234"], None),
        (["12.5", "12,5"], None),
        (["1,234.5", "12.5"], None),
        (["1.234,5", "12,5"], None),
        (["x", ""], None),
    ],
)
def test_a_column_that_is_written_both_ways_is_told_of_with_a_row_of_each(
    cells: list[str], rows: tuple[int, int] | None
) -> None:
    assert both_ways(texts(*cells)) == rows
    assert both_ways(pa.chunked_array([pa.array([1.5])])) is None


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["987", "1,234"], "."),
        (["987", "1.234"], ","),
        (["2", "1,234"], ","),
        (["2", "1.234"], "."),
        (["40", "1,234"], ""),
        (["987"], ""),
        (["1,234"], ""),
        (["0", "1,234"], ""),
        (["987", "1,234", "x"], "."),
        (["987", "12,5"], ""),
    ],
)
def test_open_cells_are_as_large_as_the_whole_numbers_beside_them(cells: list[str], mark: str) -> None:
    """`1,234` beside 987: as a comma of thousands 1,234, as a decimal one a thousandth of its neighbours."""
    assert by_size(texts(*cells)) == mark
    assert by_size(pa.chunked_array([pa.array([1.5])])) == ""

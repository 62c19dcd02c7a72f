"""Columns of months: which are, and when they begin."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from app.importers.months import firsts_of_months, names_months, writes_months
from app.importers.sheets import SAMPLE
from tests.importers.cells_at_hand import texts


@pytest.mark.parametrize(
    ("cell", "written", "named"),
    [
        ("10.2026", True, True),
        ("1/1999", True, True),
        ("01-2026", True, True),
        ("12.2026", True, True),
        ("13.2026", False, False),
        ("0.2026", False, False),
        ("10.1899", False, False),
        ("10.2126", False, False),
        ("202610", True, True),
        ("2026-01", True, True),
        ("2026.12", True, True),
        ("2026-1", False, False),
        ("202613", False, False),
        ("202600", False, False),
        ("2026-10-01", False, False),
        ("1.10.2026", False, False),
        ("Aug-2026", False, True),
        ("Aug-26", False, True),
        ("август 2026 г.", False, True),
        ("сент. 2026", False, True),
        ("31", False, False),
        ("2026", False, False),
        ("Q 2026", False, False),
        ("", False, False),
    ],
)
def test_a_column_of_months_is_known_by_its_cells(cell: str, written: bool, named: bool) -> None:
    assert writes_months(texts(cell, None, cell)) is written
    assert names_months(texts(cell, "", cell)) is named


def test_one_other_cell_makes_a_column_none_of_months() -> None:
    assert not writes_months(texts("10.2026", "11.2026", "100.5"))
    assert not names_months(texts("Aug-2026", "всего"))
    assert not names_months(texts("всего", "Aug-2026"))
    assert not writes_months(texts(*["10.2026"] * SAMPLE, "100.5")), "also behind the first of many"
    assert writes_months(texts(*["10.2026"] * SAMPLE, "11.2026"))
    assert writes_months(texts(*["10.2026"] * SAMPLE))
    assert not writes_months(texts())


def test_what_came_as_days_is_no_column_of_months() -> None:
    days = pa.chunked_array([pa.array([date(2026, 10, 1)])])
    assert not writes_months(days)
    assert not names_months(days)


def test_a_month_begins_on_its_first() -> None:
    found = firsts_of_months(texts("10.2026", "3/1999", "202612", "2026-01", None))
    assert found.to_pylist() == ["2026-10-01", "1999-3-01", "2026-12-01", "2026-01-01", ""]

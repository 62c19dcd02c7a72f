"""One sheet while it is read: what is marked, and what is cut."""

from __future__ import annotations

import numpy as np
import pytest

from app.importers import sheet_reading
from app.importers.rows import Rows
from tests.importers.sheets_at_hand import marks, reading_at_hand

COLUMNS = ("well", "time", "note")
ROWS = (["1", "01.03.2026", " a "], ["2", "", 5], ["3", "?", None])


def test_lines_cells_and_texts_are_those_of_the_file() -> None:
    reading = reading_at_hand("flow_test", COLUMNS, *ROWS)
    assert reading.line.tolist() == [2, 3, 4]
    assert reading.keep.tolist() == [True, True, True]
    assert reading.texts(2).tolist() == ["a", "5", ""]
    assert reading.cells(np.array([0, 1])) == [["1", "01.03.2026", "a"], ["2", "5"]]
    assert reading.cells(np.empty(0, int)) == []


def test_moments_are_read_once_and_only_where_there_is_a_column() -> None:
    reading = reading_at_hand("flow_test", COLUMNS, *ROWS)
    assert reading.moments is not None
    assert reading.moments is reading.moments
    assert reading.moments.empty.tolist() == [False, True, False]
    assert reading.moments.bad.tolist() == [False, False, True]
    assert reading_at_hand("flow_test", ("well", "note"), ["1", "a"]).moments is None


def test_what_is_wrong_is_marked_with_its_place_and_its_value() -> None:
    reading = reading_at_hand("flow_test", COLUMNS, *ROWS)
    reading.mark(np.array([True, False, True]), 2, "H2", "odd", "warning", {"known": "x"})
    assert marks(reading) == [(2, 2, "odd", "warning"), (4, 2, "odd", "warning")]
    first = reading.problems[0]
    assert (first.sheet, first.header, first.value, first.details) == ("Лист1", "H2", "a", {"known": "x"})


def test_a_mark_is_an_error_without_details_unless_more_is_said() -> None:
    reading = reading_at_hand("flow_test", COLUMNS, *ROWS)
    reading.mark(np.array([True, False, False]), -1, "", "odd")
    assert marks(reading) == [(2, -1, "odd", "error")]
    assert (reading.problems[0].value, reading.problems[0].details) == ("", {})


def test_rows_that_are_out_already_are_not_marked() -> None:
    reading = reading_at_hand("flow_test", COLUMNS, *ROWS)
    reading.keep[0] = False
    reading.mark(np.array([True, True, False]), 0, "H0", "odd")
    assert [line for line, *_ in marks(reading)] == [3]
    reading.mark(np.array([True, False, False]), 0, "H0", "odd")
    assert len(reading.problems) == 1


def test_a_column_that_is_wrong_throughout_is_told_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_reading, "MOST_PROBLEMS", 2)
    reading = reading_at_hand("flow_test", COLUMNS, *ROWS)
    reading.mark(np.ones(3, bool), 0, "H0", "odd")
    assert [line for line, *_ in marks(reading)] == [2, 3]


def test_a_long_value_is_told_by_its_beginning() -> None:
    reading = reading_at_hand("flow_test", ("note",), ["x" * 500])
    reading.mark(np.array([True]), 0, "H0", "odd")
    assert reading.problems[0].value == "x" * 120


def test_everything_is_cut_to_the_rows_that_stay() -> None:
    reading = reading_at_hand("flow_test", COLUMNS, *ROWS)
    reading.mark(np.array([True, False, False]), 0, "H0", "odd")
    reading.keep[1] = False
    n = np.arange(3)
    cut = reading.cut(Rows("flow_test", reading.line, n, n, n, {"v": n}, {"v": n + 10}, {}, {"v": n + 20}))
    assert cut.line.tolist() == [2, 4]
    assert cut.well.tolist() == cut.time_us.tolist() == [0, 2]
    assert cut.until_us is not None
    assert cut.until_us.tolist() == [0, 2]
    assert cut.values["v"].tolist() == [0, 2]
    assert cut.qualifiers["v"].tolist() == [10, 12]
    assert cut.shown["v"].tolist() == [20, 22]
    assert cut.problems is reading.problems
    assert cut.left_out is reading.left_out


def test_rows_without_ends_are_cut_without_them() -> None:
    reading = reading_at_hand("flow_test", COLUMNS, *ROWS)
    n = np.arange(3)
    assert reading.cut(Rows("flow_test", reading.line, n, n, None, {})).until_us is None

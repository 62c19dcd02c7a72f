"""Rows that say the same, without a loop over them."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from app.importers.distinct import distinct_rows

ROWS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "", None]), st.sampled_from(["1", "2", None])), max_size=12
)


@given(ROWS)
def test_each_combination_is_told_where_it_first_stands_and_every_row_is_one(
    rows: list[tuple[str | None, str | None]],
) -> None:
    columns = [
        pa.chunked_array([pa.array(part, pa.string()) for part in (own[:5], own[5:])])
        for own in ([row[i] for row in rows] for i in (0, 1))
    ]
    where, which = distinct_rows(columns)
    told = [rows[row] for row in where.tolist()]
    assert told == list(dict.fromkeys(rows))
    assert [told[number] for number in which.tolist()] == rows


def test_many_columns_of_many_values_do_not_run_over() -> None:
    column = pa.array([str(i) for i in range(3_000)])
    where, which = distinct_rows([column] * 8)
    assert where.tolist() == which.tolist() == list(range(3_000))

"""Counts of days, seconds and ticks at the borders between them, whether they say their own zone, and what a
column of them looks like.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from app.importers.moments import clocks_of, looks_like, moments_of
from app.models.limits import LATEST
from tests.importers.test_moments import FLOAT, SECOND, column, us

TICKS_A_SECOND = 10_000_000


def since_year_one(moment: datetime) -> int:
    """[100 ns]"""
    return (moment - datetime(1, 1, 1)) // timedelta(seconds=1) * TICKS_A_SECOND


def since_1601(moment: datetime) -> int:
    """[100 ns]"""
    return (moment - datetime(1601, 1, 1)) // timedelta(seconds=1) * TICKS_A_SECOND


@pytest.mark.parametrize(
    ("count", "moment", "zoned"),
    [
        (1e8, us(1973, 3, 3, 9, 46, 40), True),
        (1e11, us(1973, 3, 3, 9, 46, 40), True),
        (1e14, us(1973, 3, 3, 9, 46, 40), True),
        (1e17, us(1973, 3, 3, 9, 46, 40), True),
        (1.7726e9, us(2026, 3, 4, 4, 53, 20), True),
        (1.7726e12, us(2026, 3, 4, 4, 53, 20), True),
        (1.7726e15, us(2026, 3, 4, 4, 53, 20), True),
        (1.7726e18, us(2026, 3, 4, 4, 53, 20), True),
        (float(since_year_one(datetime(2026, 3, 4, 5))), us(2026, 3, 4, 5), False),
        (float(since_1601(datetime(2026, 3, 4, 5))), us(2026, 3, 4, 5), True),
        # ticks of a clock of no zone are between these two, nanoseconds beside them
        (6.3e17, 63_000_000_000_000_000 - 62_135_596_800_000_000, False),
        (6.3e17 - 1e6, 630_000_000_000_000 - 1_000, True),
        (6.6e17 - 1e6, 66_000_000_000_000_000 - 100_000 - 62_135_596_800_000_000, False),
        (6.6e17, 660_000_000_000_000, True),
        # those since 1601 between these two
        (1.2e17, 12_000_000_000_000_000 - 11_644_473_600_000_000, True),
        (1.2e17 - 1e6, 120_000_000_000_000 - 1_000, True),
        (1.5e17 - 1e6, 15_000_000_000_000_000 - 100_000 - 11_644_473_600_000_000, True),
        (1.5e17, 150_000_000_000_000, True),
        (46_085.25, us(2026, 3, 4, 6), False),
        (20_260_304.0, us(2026, 3, 4), False),
        (202_603_040_506.0, us(2026, 3, 4, 5, 6), False),
        (20_260_304_050_607.0, us(2026, 3, 4, 5, 6, 7), False),
    ],
)
def test_a_count_is_of_the_unit_in_which_it_is_a_moment_of_our_time(
    count: float, moment: int, zoned: bool
) -> None:
    found = moments_of(column([count], FLOAT))
    assert found.bad.tolist() == [False]
    assert found.zoned.tolist() == [zoned]
    # Of eighteen figures a float holds sixteen.
    assert found.time_us.tolist() == [pytest.approx(moment, abs=200 if count > 1e17 else 0)]


@pytest.mark.parametrize(
    ("cell", "moment", "zoned"),
    [
        ("177260000", us(1975, 8, 14, 14, 53, 20), True),
        ("1772600000", us(2026, 3, 4, 4, 53, 20), True),
        ("600000000000", us(1989, 1, 5, 10, 40), True),
        ("999999999999", us(2001, 9, 9, 1, 46, 39) + 999_000, True),
        ("599999999999", None, False),
        ("1772600000000", us(2026, 3, 4, 4, 53, 20), True),
        ("177260000000000", us(1975, 8, 14, 14, 53, 20), True),
        ("1772600000000000", us(2026, 3, 4, 4, 53, 20), True),
        ("1772600000000000000", us(2026, 3, 4, 4, 53, 20), True),
        (str(since_year_one(datetime(2026, 3, 4, 5))), us(2026, 3, 4, 5), False),
        (str(since_1601(datetime(2026, 3, 4, 5))), us(2026, 3, 4, 5), True),
        ("630000000000000000", us(1997, 5, 23, 16), False),
        ("629999999999999999", us(1989, 12, 18, 16) - 1, True),
        ("660000000000000000", us(1990, 11, 30, 21, 20), True),
        ("120000000000000000", us(1981, 4, 7, 21, 20), True),
        ("150000000000000000", us(1974, 10, 3, 2, 40), True),
        ("1772600000.5", us(2026, 3, 4, 4, 53, 20) + SECOND // 2, True),
        ("1772600000,000001", us(2026, 3, 4, 4, 53, 20) + 1, True),
        ("03.2026", us(2026, 3, 1), False),
        ("2026-12", us(2026, 12, 1), False),
        ("12345678", None, False),
    ],
)
def test_a_count_as_text_is_the_same(cell: str, moment: int | None, zoned: bool) -> None:
    found = moments_of(column([cell, ""]))
    assert (found.time_us.tolist()[0] or None, found.zoned.tolist()[0] and moment is not None) == (
        moment,
        zoned,
    )
    assert found.bad.tolist() == [moment is None, False]


def test_what_says_its_own_zone_is_told_of_row_by_row() -> None:
    found = moments_of(column(["2026-03-04T05:06:07Z", "2026-03-04 05:06:07", "", "x"]))
    assert found.zoned.tolist()[:2] == [True, False]
    assert moments_of(column(["2026-03-04 05:06:07", None])).zoned.tolist() == [False, False]
    assert moments_of(column(["01.03.2026 05:06 UTC+5", "01.03.2026"])).zoned.tolist() == [True, False]
    aware = column([datetime(2026, 3, 4, tzinfo=UTC), None], pa.timestamp("us", "UTC"))
    assert moments_of(aware).zoned.tolist() == [True, True]
    assert moments_of(column([datetime(2026, 3, 4)], pa.timestamp("us"))).zoned.tolist() == [False]


def test_the_latest_moment_is_none_and_what_is_before_it_is_one() -> None:
    last = LATEST - timedelta(seconds=1)
    cells = [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in (last, LATEST)]
    assert moments_of(column(cells)).bad.tolist() == [False, True]


def test_a_fraction_is_kept_to_the_microsecond_and_no_further() -> None:
    cells = ["03.04.2026 05:06:07.123456789", "03.04.2026 05:06:07,5", "03.04.2026 05:06:07.000001"]
    at = us(2026, 4, 3, 5, 6, 7)
    assert moments_of(column(cells)).time_us.tolist() == [at + 123_456, at + 500_000, at + 1]


# ---- what a column of them looks like ----------------------------------------------------------------------


@pytest.mark.parametrize("unit", [1.0, 1e3, 1e6, 1e9])
@pytest.mark.parametrize(
    ("seconds", "kind"), [(6.3e8, "epoch"), (6.299e8, "number"), (2.209e9, "epoch"), (2.21e9, "number")]
)
def test_seconds_since_1970_are_of_1990_to_2040(seconds: float, unit: float, kind: str) -> None:
    assert looks_like(column([seconds * unit], FLOAT))[0] == kind


@pytest.mark.parametrize(
    ("count", "kind"), [(1.2e17, "epoch"), (1.199e17, "number"), (1.499e17, "epoch"), (1.5e17, "number")]
)
def test_a_long_count_since_1601_is_one_too(count: float, kind: str) -> None:
    assert looks_like(column([count], FLOAT))[0] == kind


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["01.2025", "10.2025"], "time"),
        (["10.2025", "11.2025"], "number"),
        (["01.2025", "13.2025"], "number"),
        (["01.2025", "5"], "number"),
        (["12/25/2026", "12/26/2026"], "time"),
        (["202603040506", "202603040507"], "compact"),
        (["20260304050607"], "compact"),
        (["19500101"], "compact"),
        (["19491231"], "number"),
        (["21991231"], "compact"),
        (["20260304.5"], "number"),
        (["08:30"] * 7 + ["x"] * 3, "clock"),
        (["08:30"] * 6 + ["x"] * 4, "text"),
        (["3", "x"], "number"),
        (["3", "x", "x"], "text"),
    ],
)
def test_a_column_is_known_by_most_of_its_cells(cells: list[str], kind: str) -> None:
    assert looks_like(column(cells))[0] == kind


def test_a_share_of_a_day_is_a_clock_up_to_the_end_of_the_day() -> None:
    found = clocks_of(column([0.25, 1.0, 1.00000009, 1.0000002, float("nan")], FLOAT))
    assert found.bad.tolist() == [False, False, False, True, False]
    assert found.empty.tolist() == [False, False, False, False, True]
    assert found.time_us.tolist() == [21_600 * SECOND, 86_400 * SECOND, 86_400 * SECOND, 0, 0]
    assert found.time_us.dtype == np.int64
    assert not found.zoned.any()
